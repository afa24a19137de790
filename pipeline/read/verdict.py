"""Tables told from other things that are ruled: frames around text, charts, maps, forms nobody filled in."""

from __future__ import annotations

from typing import Final

import regex

from extractors.vocabulary import Cell, Grid
from pipeline.read.lattice import Lattice

# A ruled area with more blank cells than this is a page frame, a chart or a form to fill in.
BLANK_CELLS: Final = 0.9
# In a table of many columns each border runs on over at least this share of the rows on average, in stacked bars over a few.
RUN_ON, RUN_ON_BARS = 0.1, 0.4
# Between bars there is room: rows without text. Tables of many columns have few of them.
ROOM: Final = 0.3
# A cell with this share of the text, in so many lines, is a frame around a text or a picture with a title box.
BULK, BULK_LINES = 0.7, 8
# Cells of which this share of the lines has a wide gap hold columns of their own; with this share of the text they are no cells.
GAPPED: Final = 0.5

# A single row without a word in it is a bar of a chart, or boxes to tick.
WORD: Final = regex.compile(r"\p{L}")


def is_drawing(lattice: Lattice) -> bool:
    """Whether hardly a border runs on from one row to the next: maps and drawings of many boxes."""
    return lattice.columns >= 10 and _run_on(lattice) < RUN_ON


def is_table(grid: Grid, lattice: Lattice) -> bool:
    """Whether the cells of a grid are tied to each other.

    They are where two with text stand side by side, or three stand one above the other beside a blank column (the rest of a table whose
    labels stand on the page before). Boxes one above the other, or a title box over a frame, are drawn alike but tie nothing.
    """
    full = [cell for cell in grid.cells if cell.text]
    if grid.rows == 1 and not any(WORD.search(cell.text.string) for cell in full):
        return False
    if grid.columns < 2 or len(full) < max(2.0, (1 - BLANK_CELLS) * len(grid.cells)) or _bulk(full):
        return False
    bars = grid.columns >= 6 and _run_on(lattice) < RUN_ON_BARS and _empty_rows(grid) >= ROOM
    return not bars and (_side_by_side(full) or len({cell.row for cell in full}) >= 3)


def _run_on(lattice: Lattice) -> float:
    """Over which share of the rows an inner border stands, on average."""
    spans = [0] * max(lattice.columns, 1)
    for p in lattice.places:
        spans[p.column] += p.row_span
    crossing = [span / lattice.rows for span in spans[1:]]
    return sum(crossing) / max(len(crossing), 1)


def _empty_rows(grid: Grid) -> float:
    """The share of rows that no cell with text covers."""
    covered = {row for cell in grid.cells if cell.text for row in range(cell.row, cell.row + cell.row_span)}
    return 1 - len(covered) / max(grid.rows, 1)


def _side_by_side(full: list[Cell]) -> bool:
    rows: set[int] = set()
    for cell in full:
        own = set(range(cell.row, cell.row + cell.row_span))
        if own & rows:
            return True
        rows |= own
    return False


def _bulk(full: list[Cell]) -> bool:
    """Whether most of the text stands in one long cell, or in long cells whose lines are parted by wide gaps: charts in frames that touch."""
    letters = sum(len(cell.text) for cell in full)
    largest = max(full, key=lambda cell: len(cell.text))
    gapped = sum(len(cell.text) for cell in full if _gapped(cell))
    return (len(largest.text) > BULK * letters and largest.text.string.count("\n") >= BULK_LINES) or gapped > GAPPED * letters


def _gapped(cell: Cell) -> bool:
    lines = cell.text.string.split("\n")
    return len(lines) >= BULK_LINES and sum("  " in line for line in lines) > GAPPED * len(lines)
