"""Whether two documents are editions of one, by what they print: title, head, and what their numbers are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from pipeline.indicators import plain
from pipeline.supersede.words import Edition, day_of, edition_of, edition_of_name, fold, later, parts_of, says_edition

Row = Mapping[str, Any]
Key = tuple[Any, ...]

# Fewer numbers that are about the same may be so by chance: five are a row of years of one indicator.
LEAST = 5
# Of a document whose publisher nobody knows, a form of a ministry that two towns filled in must not pass.
LEAST_UNKNOWN = 10
# An edition drops or adds a measure here and there; a short form, a part or next year's plan lacks most of them.
ABOUT_THE_SAME = 0.75
# A file put right changes a few numbers; sheets of two wards, or of two months, change most of those that are results.
SAME_VALUES = 0.75
# What was 案 and is decided may have changed a lot, as long as its words say so.
SAME_VALUES_OF_DRAFTS = 0.25
SAME_VALUES_OF_OTHER_HEADS = 0.9
# In no one table may most numbers differ: targets that a city sets for all its wards are the same on every sheet, results are not.
SAME_IN_A_TABLE = 0.5
# Lines of the opening that are compared, with all of the other's opening.
HEAD = 12
TITLES = 8
LEAST_TITLE = 4


@dataclass(frozen=True)
class Edited:
    """One document as far as editions are concerned. `facts` has for what a number is about (table, name, place, time) the rows that say it."""

    row: Row
    titles: frozenset[str]
    undated_titles: frozenset[str]
    title: str
    undated_title: str
    words: Edition
    name_words: Edition
    day: str | None
    facts: Mapping[Key, list[Row]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.row["document_id"])

    @property
    def count(self) -> int:
        return sum(map(len, self.facts.values()))


def edited(document: Row, facts: Iterable[tuple[str, Row]]) -> Edited:
    """What tells a document's edition. `facts` are (table, row) of its targets, actuals and costs."""
    title, opening = document["title"] or "", document["opening"]
    said = tuple(line for line in (title, *opening[:HEAD]) if line == title or says_edition(line))
    by_key: dict[Key, list[Row]] = {}
    for table, row in facts:
        by_key.setdefault(key_of(table, row), []).append(row)
    return Edited(
        document,
        _titles([title, *opening[:TITLES]], dates=True),
        _titles([title, *opening[:TITLES]], dates=False),
        fold(title, dates=True),
        fold(title, dates=False),
        edition_of(said),
        edition_of_name(document["source_name"]),
        day_of((title, *opening[:HEAD])),
        by_key,
    )


def _titles(lines: Sequence[str], *, dates: bool) -> frozenset[str]:
    return frozenset(title for line in lines if len(title := fold(line, dates=dates)) >= LEAST_TITLE)


def key_of(table: str, row: Row) -> Key:
    """What a number is about, apart from the number and its unit."""
    names = (plain(row["indicator"]) or row["indicator"], plain(row["component"]), plain(row["area"]))
    return (table, *names, row["fiscal_year"], row["period_start"], row["period_end"], bool(row.get("baseline")), row["cumulative"])


def same_document(one: Edited, other: Edited) -> bool:
    """Whether two documents are editions of one. The order of the two does not matter."""
    if one.row["publisher"] != other.row["publisher"] or one.row["fiscal_year"] != other.row["fiscal_year"]:
        return False
    worded = bool(later(one.words, other.words) or later(one.name_words, other.name_words))
    # A date that differs and is no edition's is another month's report, unless one of the two is called a draft or put right.
    if not _same_title(one, other, worded) or _parts(one) != _parts(other):
        return False
    return _same_facts(one, other, worded, heads := same_head(one, other, dates=not worded)) and (heads or worded)


def _same_title(one: Edited, other: Edited, worded: bool) -> bool:
    if worded:
        return one.undated_title in other.undated_titles or other.undated_title in one.undated_titles
    return one.title in other.titles or other.title in one.titles


def _parts(one: Edited) -> frozenset[str]:
    return parts_of(PurePath(one.row["source_name"]).stem)


def same_head(one: Edited, other: Edited, *, dates: bool) -> bool:
    """Whether at most one of two openings has lines that the other lacks: an edition adds a line, two wards' sheets each name their ward."""
    return not (_own_lines(one, other, dates) and _own_lines(other, one, dates))


def _own_lines(one: Edited, other: Edited, dates: bool) -> list[str]:
    whole = "".join(fold(line, dates=dates, figures=False) for line in other.row["opening"])
    folded = (fold(line, dates=dates, figures=False) for line in one.row["opening"][:HEAD])
    # Lines may break elsewhere in another edition: what counts is whether the words are there.
    return [line for line in folded if line and line not in whole]


def _same_facts(one: Edited, other: Edited, worded: bool, same_heads: bool) -> bool:
    if one.row["fiscal_year"] is None:
        # Without a year of the document, only years of its numbers tell one year's report from the next.
        one, other = _dated(one), _dated(other)
    shared = {key: min(len(one.facts[key]), len(rows)) for key, rows in other.facts.items() if key in one.facts}
    count = sum(shared.values())
    least = LEAST if one.row["publisher"] else LEAST_UNKNOWN
    if count < least or count < ABOUT_THE_SAME * max(one.count, other.count) or _ends(one) != _ends(other):
        return False
    same = Counter[str]()
    for key in shared:
        same[key[0]] += (Counter(row["value"] for row in one.facts[key]) & Counter(row["value"] for row in other.facts[key])).total()
    needed = SAME_VALUES if not worded else SAME_VALUES_OF_DRAFTS if same_heads else SAME_VALUES_OF_OTHER_HEADS
    if same.total() < needed * count:
        return False
    in_table = Counter({table: sum(some for key, some in shared.items() if key[0] == table) for table in {key[0] for key in shared}})
    return worded or all(same[table] >= SAME_IN_A_TABLE * some for table, some in in_table.items() if some >= LEAST)


def _dated(one: Edited) -> Edited:
    return replace(one, facts={key: rows for key, rows in one.facts.items() if rows[0]["period_end"] is not None})


def _ends(one: Edited) -> dict[str, Any]:
    """The last day that the numbers of each table reach: a later report has later results, a later plan later targets."""
    ends: dict[str, Any] = {}
    for (table, *_), rows in one.facts.items():
        for day in filter(None, (row["period_end"] for row in rows)):
            ends[table] = max(ends.get(table, day), day)
    return ends


def differences(old: Edited, new: Edited) -> Iterator[tuple[str, Row | None, Row | None]]:
    """(table, row of the old, row of the new) of each number that is not the same in both, None where one of the two has no such number."""
    for key in sorted(old.facts.keys() | new.facts.keys(), key=repr):
        rows = [_by_number(one.facts.get(key, ())) for one in (old, new)]
        only = [[row for number in sorted(mine, key=repr) for row in mine[number][len(others.get(number, ())) :]] for mine, others in (rows, rows[::-1])]
        for at in range(max(map(len, only))):
            before, after = (some[at] if at < len(some) else None for some in only)
            yield key[0], before, after


def _by_number(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    out: dict[Key, list[Row]] = {}
    for row in sorted(rows, key=lambda row: str(row["fact_id"])):
        out.setdefault((row["value"], row["unit"], row["comparator"]), []).append(row)
    return out
