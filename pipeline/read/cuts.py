"""Rows that a page end cuts in two: the rest of a row at the top of a page goes to its first half on the page before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.vocabulary import Cell, Grid, Line, Page, Text

# Points by which the borders of a table's two parts may differ.
LEVEL: Final = 3.0
# Lines of a page's head or foot between a table and the page end.
MARGIN: Final = 2


def with_whole_rows(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, each row that a page end cuts in two as one row, on the page on which it begins.

    Only where no rule is drawn under the first half and none over the second: a row with empty cells under a rule is a row of its own
    (a category, an indicator that has no numbers yet).
    """
    out = list(pages)
    for at in range(1, len(out)):
        before, after = _last(out[at - 1]), _first(out[at])
        joined = _joined(before, after) if before is not None and after is not None else None
        if joined is not None and before is not None and after is not None:
            out[at - 1] = _exchanged(out[at - 1], before, joined[0])
            out[at] = _exchanged(out[at], after, joined[1])
    return tuple(out)


def _last(page: Page) -> Grid | None:
    """The grid at the end of a page."""
    return _outermost(page.blocks[::-1])


def _first(page: Page) -> Grid | None:
    """The grid at the top of a page."""
    return _outermost(page.blocks)


def _outermost(blocks: Sequence[Line | Grid]) -> Grid | None:
    return next((block for block in blocks[: MARGIN + 1] if isinstance(block, Grid)), None)


def _joined(before: Grid, after: Grid) -> tuple[Grid, Grid] | None:
    """The two grids with the cut row in the first one; None where no row is cut."""
    if not (before.open_bottom and after.open_top) or after.rows < 2:
        return None
    places = _places(before), _places(after)
    if len(places[0]) != len(places[1]) or any(abs(a - b) > LEVEL for a, b in zip(*places, strict=True)):
        return None
    rest = [cell for cell in after.cells if cell.row == 0]
    homes = {cell.column: cell for cell in before.cells if cell.row + cell.row_span == before.rows}
    if any(cell.row_span > 1 or cell.column not in homes for cell in rest if cell.text) or not _halves(rest, homes):
        return None
    texts = {homes[cell.column]: Text.join([t for t in (homes[cell.column].text, cell.text) if t], "\n") for cell in rest if cell.text}
    whole = tuple(Cell(c.row, c.column, texts.get(c, c.text), c.row_span, c.column_span, c.box) for c in before.cells)
    left = tuple(_raised(cell) for cell in after.cells if cell.row > 0 or cell.row_span > 1)
    return (
        Grid(whole, before.rows, before.columns, before.box, before.spans_known, before.open_top, False),
        Grid(left, after.rows - 1, after.columns, after.box, after.spans_known, False, after.open_bottom),
    )


def _halves(rest: Sequence[Cell], homes: dict[int, Cell]) -> bool:
    """Whether two rows may be one: some cells are empty in either, and no cell holds numerals in both."""
    doubled = any(_numbered(cell) and _numbered(homes[cell.column]) for cell in rest if cell.text)
    some = [cell for cell in rest if cell.row_span == 1]
    return not doubled and any(cell.text for cell in some) and any(bool(cell.text) != bool(homes[cell.column].text) for cell in some if cell.column in homes)


def _numbered(cell: Cell) -> bool:
    return any(char.isdecimal() for char in cell.text.string)


def _raised(cell: Cell) -> Cell:
    """The cell one row further up, or one row shorter where it began in the row that is gone."""
    row, span = (cell.row - 1, cell.row_span) if cell.row > 0 else (0, cell.row_span - 1)
    return Cell(row, cell.column, cell.text, span, cell.column_span, cell.box)


def _places(grid: Grid) -> list[float]:
    """Where the columns of a grid begin, and where the last one ends, in points."""
    begins: dict[int, float] = {}
    for cell in grid.cells:
        if cell.box:
            begins[cell.column] = min(cell.box.x0, begins.get(cell.column, cell.box.x0))
    ends = [grid.box.x1] if grid.box else []
    return [begins[column] for column in sorted(begins)] + ends


def _exchanged(page: Page, old: Grid, new: Grid) -> Page:
    return replace(page, blocks=tuple(new if block is old else block for block in page.blocks))
