"""Lists of indicators with their grades, as a plan's overview prints them: one row an indicator, with category, 施策 and name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from extractors.labels.hints import Role, read_label
from extractors.normalise.characters import plain
from extractors.normalise.names import clean_name
from extractors.normalise.patterns import compiled
from extractors.vocabulary import Grid, Text
from pipeline.check.matter import Matter, Table

GRADE: Final = "[A-ES◎○〇△×]"
_GRADES: Final = regex.compile(rf"{GRADE}(?:[\s、,/・]*{GRADE})*")
# Fewer graded rows are no list.
FEWEST: Final = 3


@dataclass(frozen=True)
class Row:
    """One row of a graded list: category, 施策 and indicator as printed (empty where the list has no such column), its grades and their place."""

    category: str
    measure: str
    name: str
    grades: tuple[str, ...]
    place: Text


@lru_cache(maxsize=16_384)
def grades_in(text: str) -> tuple[str, ...]:
    """The grades of a cell that holds nothing else: `B C` has two; empty for every other cell."""
    tight = plain(text).strip()
    return tuple(compiled(GRADE).findall(tight)) if _GRADES.fullmatch(tight) else ()


def rows(matter: Matter) -> list[Row]:
    """The rows of every graded list of a document; a list that goes on over the page keeps the columns of its header. Rules ask with `matter.once`."""
    out: list[Row] = []
    columns: dict[Role, int] = {}
    width = 0
    for grid in matter.grids:
        column = _grade_column(grid)
        if column is None:
            continue
        table = Table(grid)
        own = _columns(table, column)
        if own:
            columns, width = own, table.columns
        if columns and width == table.columns:
            out += _rows(table, column, columns, out[-1] if out and not own else None)
    return out


def _grade_column(grid: Grid) -> int | None:
    counts = dict.fromkeys(range(grid.columns), 0)
    for cell in grid.cells:
        counts[cell.column] += bool(grades_in(cell.text.string))
    best = max(counts, key=lambda column: counts[column], default=None)
    return best if best is not None and counts[best] >= FEWEST else None


def _columns(table: Table, grade: int) -> dict[Role, int]:
    """The columns of category, 施策 and indicator by the header's words."""
    first = min(row for (row, column), cell in table.cells.items() if column == grade and grades_in(cell.text.string))
    found: dict[Role, int] = {}
    for row in range(first):
        for column in range(table.columns):
            role = read_label(table.text(row, column)).role
            if role in (Role.SECTION, Role.MEASURE, Role.NAME) and role not in found and column != grade:
                found[role] = column
    return found if Role.NAME in found or Role.MEASURE in found else {}


def _rows(table: Table, grade: int, columns: dict[Role, int], before: Row | None) -> Iterator[Row]:
    category, measure = (before.category, before.measure) if before else ("", "")
    for row in range(table.rows):
        cell = table.covering.get((row, grade))
        marks = grades_in(cell.text.string) if cell else ()
        texts = {role: table.text(row, column) for role, column in columns.items()}
        if texts.get(Role.SECTION):
            category, measure = texts[Role.SECTION], ""
        measure = texts.get(Role.MEASURE) or measure
        if cell is not None and marks and cell.row == row:
            yield Row(category, measure, clean_name(texts.get(Role.NAME, "")), marks, cell.text)
