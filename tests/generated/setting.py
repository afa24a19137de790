"""Lays out the texts of cells: line breaking as Japanese typesetting does it, and the heights of a table's rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tests.generated.model import Cell, Table

Width = Callable[[str], float]
# A number with its separators and what is written without a gap is never broken; nor is a latin word.
PIECES = re.compile(r"[0-9０-９][0-9０-９,.，．]*[%％]?|[A-Za-z][A-Za-z0-9\-]*|.", re.DOTALL)
NEVER_FIRST = set("、。，．）)」』】・ー～%％")
LEADING = 1.35


def broken(text: str, room: float, width: Width) -> list[str]:
    """The lines of a text in `room` points, with the text's own line feeds kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in PIECES.findall(paragraph):
            if line and width(line + piece) > room and piece not in NEVER_FIRST:
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    return lines


def cell_lines(cell: Cell, room: float, width: Width) -> list[str]:
    """The printed lines of a cell; of an upright cell one character each."""
    return [char for char in cell.text if not char.isspace()] if cell.upright else broken(cell.text, room, width)


def column_places(table: Table, room: float) -> list[float]:
    """The x of each column's left side and of the table's right side, from 0."""
    whole, places = sum(table.widths), [0.0]
    for share in table.widths:
        places.append(places[-1] + share / whole * room * table.share)
    return places


def row_heights(table: Table, places: Sequence[float], size: float, padding: float, width: Width) -> list[float]:
    """The height of each row: its cells' lines; what a merged cell lacks is given to its last row."""
    least = size * LEADING + 2 * padding
    heights = [least] * len(table.rows)
    for down in sorted({cell.down for _, _, cell in table.placed()}):
        for i, j, cell in table.placed():
            if cell.down == down:
                lines = cell_lines(cell, places[j + cell.across] - places[j] - 2 * padding, width)
                lack = len(lines) * size * (1.1 if cell.upright else LEADING) + 2 * padding - sum(heights[i : i + down])
                heights[i + down - 1] += max(0.0, lack)
    return [height * table.stretch for height in heights]
