"""What a document says of its own list of grades: how many of each, and which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

import regex

from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.vocabulary import Finding, Text
from pipeline.check.graded import GRADE, Row, rows
from pipeline.check.matter import DIGIT, Matter, Table, key, where
from pipeline.check.rule import found, rule

_GRADE: Final = re.compile(GRADE)
_COUNTED: Final = regex.compile(rf"({GRADE})\s*[:：は]?\s*(\d+)\s*(?:項目|件|指標|事業|施策|個|つ)")
# No list of names is longer, in lines.
LONGEST: Final = 60
_WHOLE: Final = frozenset({"全体", "計", "合計", "総計"})
# A heading has a bracket; all that fold to one, or to something in one.
_BRACKET: Final = re.compile(r"[【\[(<「『（＜［｢⁽₍⒜-⒵㈀-㉃︵︻﹁﹃﹇﹙﹤🄐-🄩]")
# 【C、D】の指標に係る施策名, 評価がCの事業
_GRADE_SET: Final = rf"({GRADE}(?:\s*[、,・/]?\s*(?:及び|と)?\s*{GRADE})*)"
_JUDGED: Final = "(?:評価|判定)?"
_HEADING: Final = regex.compile(
    rf"^[\s■●○・]*[【\[(（<「『]\s*{_GRADE_SET}\s*{_JUDGED}\s*[】\])）>」』]\s*{_JUDGED}(?:と(?:なった|した)|の)?\p{{Han}}[^：:]*(?P<colon>[：:])?"
)
_ITEM: Final = regex.compile(r"^\s*(?:[-・○●*]\s*)?(?:(?P<mark>[①-⑳㉑-㊿]|[(（]?\d{1,3}[)）.．]?)\s*)?(?P<name>\S.*)$")
_NOT_ITEM: Final = regex.compile(r"。$|^\s*[●■◆【]|^\s*$")


def _summaries(table: Table) -> Iterator[tuple[str, Counter[str], Text]]:
    """(category, number of each grade, place) of a table that counts grades: `A : 1項目 B : 1項目`, or a column for each grade."""
    columns = {column: table.text(0, column) for column in range(table.columns) if _GRADE.fullmatch(table.text(0, column))}
    told = _told(table)
    for row in range(table.rows) if told or len(columns) >= 2 else ():
        category = table.text(row, 0)
        for _, counts, place in sorted(told.get(row, ()), key=lambda one: one[0]):
            yield category, counts, place
        if len(columns) >= 2 and all((row, column) in table.amounts for column in columns):
            counts = Counter({grade: int(table.amounts[row, column].value) for column, grade in columns.items()})
            yield category, +counts, table.amounts[row, min(columns)].text


def _told(table: Table) -> dict[int, list[tuple[int, Counter[str], Text]]]:
    """Row to (column, number of each grade, place) of the cells that say how many of each grade there are, and nothing else."""
    told: dict[int, list[tuple[int, Counter[str], Text]]] = defaultdict(list)
    for spot, cell in table.cells.items():
        one = table.amounts.get(spot)
        if spot[1] == 0 or (one is not None and not one.unit) or not DIGIT.search(cell.text.string) or not _GRADE.search(string := plain(cell.text.string)):
            continue
        counted = _COUNTED.findall(string)
        if counted and not compiled(r"\p{L}").search(_COUNTED.sub("", string)):
            told[spot[0]].append((spot[1], Counter({grade: int(count) for grade, count in counted}), cell.text))
    return told


@rule(
    "error",
    "the grades that a summary counts for each category with the list that it counts",
    "The summary is what is read and quoted; where it and the list of the same document disagree, one of the grades is wrong.",
    "交通 B：1項目 C：1項目 / 26 交通 C, 27 交通 A",
)
def grade_counts(matter: Matter) -> Iterator[Finding]:
    by_category: dict[str, list[Row]] = defaultdict(list)
    listed = matter.once(rows)
    if not listed:
        return
    for row in listed:
        by_category[key(row.category)].append(row)
    told = [(category, counts, place) for table in matter.tables for category, counts, place in _summaries(table)]
    pairs = [(c, counts, place, listed if key(c) in _WHOLE else by_category.get(key(c), [])) for c, counts, place in told]
    # A summary of other things has other categories.
    if sum(bool(some) for *_, some in pairs) < 2:
        return
    for category, counts, place, some in pairs:
        right = Counter(grade for row in some for grade in row.grades)
        if some and right != counts:
            stated, expected = (" ".join(f"{grade}:{n}" for grade, n in sorted(one.items())) for one in (counts, right))
            said = f"「{category}」は{stated}とありますが、一覧 ({where(some[0].place)}から) では{expected}です。"
            yield found("error", said, place, stated, expected, [fact for fact in matter.facts if len(fact.figure) and fact.figure.keys[0] in place.keys])


@rule(
    "warning",
    "the names listed under a heading of grades with the list of all grades",
    "A list of what went badly that leaves one out: its readers will not look for it.",
    "【C、D】の施策名 ⑮, ⑲ / 14 地域の事業 D",
)
def names_of_grades(matter: Matter) -> Iterator[Finding]:
    listed = matter.once(rows)
    if not listed:
        return
    by_name = {key(name): row for row in listed for name in (row.measure, row.name) if name}
    headings: dict[tuple[str, ...], list[Text]] = defaultdict(list)
    named: dict[tuple[str, ...], list[tuple[str, Text]]] = defaultdict(list)
    lines = matter.lines
    for at, text in matter.lines_with(_BRACKET):
        match = _HEADING.match(plain(text.string))
        if match:
            grades = tuple(compiled(GRADE).findall(match[1]))
            headings[grades].append(text)
            named[grades] += _inline(lines[at : at + LONGEST], match.end(), by_name) if match["colon"] else _items(lines[at + 1 : at + LONGEST], by_name)
    for grades, items in named.items():
        known = {key(name) for name, _ in items} & set(by_name)
        if len(known) < 2 or len(known) < 0.6 * len(items):
            continue
        told = {id(by_name[name]) for name in known} | {id(row) for row in listed if key(row.measure) in known}
        for row in listed:
            has = [grade for grade in row.grades if grade in grades]
            if has and id(row) not in told:
                heading = plain(headings[grades][0].string).strip()[:LONGEST]
                said = f"一覧で評価{'、'.join(has)}の「{row.measure or row.name}」({where(row.place)}) が、「{heading}」に挙げられていません。"
                yield found("warning", said, headings[grades][0], None, row.measure or row.name)
        for name, place in items:
            one = by_name.get(key(name))
            if one is not None and not any(grade in grades for other in listed if key(other.measure) == key(one.measure) for grade in other.grades):
                said = f"「{name}」は{'、'.join(grades)}に挙げられていますが、一覧では{'、'.join(one.grades)}です。"
                yield found("warning", said, place, "、".join(grades), "、".join(one.grades))


def _inline(lines: tuple[Text, ...], start: int, by_name: dict[str, Row]) -> Iterator[tuple[str, Text]]:
    """The items behind a colon, parted by numbers in circles; a line that ends within a name goes on in the next one."""
    names = _parted(plain(lines[0].string)[start:])
    for text in lines[1:]:
        if not names or key(names[-1]) in by_name or _NOT_ITEM.search(plain(text.string)):
            break
        names[-1:] = _parted(names[-1] + plain(text.string))
    yield from ((name, lines[0]) for name in names)


def _parted(string: str) -> list[str]:
    return [name.strip("、, ") for name in compiled(r"[①-⑳㉑-㊿]").split(string.rstrip("。")) if name.strip("、, ")]


def _items(lines: tuple[Text, ...], by_name: dict[str, Row]) -> Iterator[tuple[str, Text]]:
    """The items of a list: marked lines, and unmarked ones that the graded list names, up to the first line that is neither."""
    for text in lines:
        string = plain(text.string)
        match = _ITEM.match(string)
        if _NOT_ITEM.search(string) or match is None:
            return
        name = match["name"].strip()
        if not match["mark"] and key(name) not in by_name:
            return
        yield name, text
