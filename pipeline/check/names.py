"""Names of indicators and measures that differ between a list and the sheets that it lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from extractors.labels.hints import Role, read_label
from extractors.vocabulary import Finding, Text
from pipeline.check.graded import Row, rows
from pipeline.check.matter import Matter, Table, key, where
from pipeline.check.rule import found, rule

# A list belongs to the sheets where this many of them agree with it to the letter.
AGREEING: Final = 3
# Two names of one thing share most of their characters.
ALIKE: Final = 0.5


@dataclass(frozen=True)
class Sheet:
    """A sheet of one measure: its name and its indicators' names, as printed beside 施策名 and 成果指標, with their places."""

    measure: str
    name: str
    measure_place: Text
    name_place: Text


def sheets(matter: Matter) -> list[Sheet]:
    """Every table in which a label for a measure and one for an indicator each stand left of their value."""
    out = []
    for table in matter.tables:
        labels = list(_labels(table))
        measure, name = _value(table, labels, Role.MEASURE), _value(table, labels, Role.NAME)
        if measure is not None and name is not None and measure is not name:
            out.append(Sheet(_flat(measure), _flat(name), measure, name))
    return out


def _flat(text: Text) -> str:
    return text.string.replace("\n", "").strip()


def _labels(table: Table) -> Iterator[tuple[int, int, Role]]:
    """(row, column, role) of the labels for a measure or an indicator, from the uppermost on."""
    for (row, column), cell in sorted(table.cells.items()):
        hint = read_label(cell.text.string)
        if hint.role in (Role.MEASURE, Role.NAME) and hint.whole and hint.when is None:
            yield row, column, hint.role


def _value(table: Table, labels: list[tuple[int, int, Role]], role: Role) -> Text | None:
    """The one cell that follows the uppermost label of this role in its row; None where several follow, as in a header."""
    for row, column, said in labels:
        if said is role:
            behind = [table.cells[row, at].text for at in range(column + 1, table.columns) if (row, at) in table.cells and table.cells[row, at].text]
            return behind[0] if len(behind) == 1 and not read_label(behind[0].string).whole else None
    return None


@rule(
    "warning",
    "the name of an indicator or measure in a list with the one on its sheet",
    "Two names for one number: who looks for one of them misses the other, and where more than a word differs two things were measured.",
    "一覧 講演会の参加者数 / シート 講演会等の参加者数",
)
def name_of_sheet(matter: Matter) -> Iterator[Finding]:
    by_measure: dict[str, list[Row]] = defaultdict(list)
    for row in matter.once(rows):
        if row.measure and row.name:
            by_measure[key(row.measure)].append(row)
    if not by_measure:
        return
    by_name = {key(row.name): row for some in by_measure.values() for row in some}
    found_sheets = sheets(matter)
    same = [one for one in found_sheets if one.measure and _lists(by_measure.get(key(one.measure), []), one.name)]
    if len(same) < AGREEING:
        return
    for one in found_sheets:
        listed = by_measure.get(key(one.measure), [])
        other = by_name.get(key(one.name))
        if listed and not _lists(listed, one.name):
            names = "、".join(row.name for row in listed)
            said = f"「{one.measure}」の指標は、一覧 ({where(listed[0].place)}) では「{names}」、シートでは「{one.name}」です。"
            yield found("warning", said, one.name_place, one.name, names)
        elif not listed and other is not None and SequenceMatcher(None, other.measure, one.measure).ratio() >= ALIKE:
            said = f"「{one.name}」の施策名は、一覧 ({where(other.place)}) では「{other.measure}」、シートでは「{one.measure}」です。"
            yield found("warning", said, one.measure_place, one.measure, other.measure)


def _lists(listed: list[Row], name: str) -> bool:
    """Whether the rows name just what a sheet names: one row with it, or one row for each of its indicators."""
    printed = key(name)
    return printed == "".join(key(row.name) for row in listed) or any(key(row.name) == printed for row in listed)
