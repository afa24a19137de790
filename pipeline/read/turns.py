"""Text and tables turned by a quarter or a half: everything in the frame in which it reads from left to right, and back."""

from __future__ import annotations

from collections import Counter
from typing import Final

from extractors.vocabulary import Box, Cell, Grid, Line
from pipeline.read.lattice import Lattice, Place, by_row
from pipeline.read.letters import Letter
from pipeline.read.strokes import Drawing, Stroke, by_place

# From this share of the letters on, the direction of a page or table is theirs; a turned label in an upright table is less.
MOST: Final = 0.7


def main_turn(letters: list[Letter]) -> int:
    """The direction in which most of the letters read: 0, 90, 180 or 270 degrees; 0 where none has MOST of them."""
    if not any(x.turn for x in letters):
        return 0
    counts = Counter(x.turn for x in letters if not x.blank)
    turn, count = max(counts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return turn if count > MOST * counts.total() else 0


def levelled(box: Box, turn: int, page: Box) -> Box:
    """The box on the page as it lies when text of this direction reads from left to right."""
    if turn == 90:
        return Box(page.height - box.bottom, box.x0, page.height - box.top, box.x1)
    if turn == 180:
        return Box(page.width - box.x1, page.height - box.bottom, page.width - box.x0, page.height - box.top)
    if turn == 270:
        return Box(box.top, page.width - box.x1, box.bottom, page.width - box.x0)
    return box


def restored(box: Box, turn: int, page: Box) -> Box:
    """The opposite of `levelled`; `page` is the page as it is seen."""
    if turn == 90:
        return Box(box.top, page.height - box.x1, box.bottom, page.height - box.x0)
    if turn == 270:
        return Box(page.width - box.bottom, box.x0, page.width - box.top, box.x1)
    return levelled(box, turn, page)


def level_letters(letters: list[Letter], turn: int, page: Box) -> list[Letter]:
    """The letters in the frame of the direction. Their glyphs keep their places on the page."""
    return [x.within(levelled(x.box, turn, page), (x.turn - turn) % 360) for x in letters]


def level_drawing(drawing: Drawing, turn: int, page: Box) -> Drawing:
    """What is drawn in the frame of the direction."""
    across, down = _strokes(drawing.across, drawing.down, turn, page)
    frames, fills = ([levelled(box, turn, page) for box in boxes] for boxes in (drawing.frames, drawing.fills))
    return Drawing(across, down, frames, fills, _strokes(*drawing.pale, turn, page))


def _strokes(across: list[Stroke], down: list[Stroke], turn: int, page: Box) -> tuple[list[Stroke], list[Stroke]]:
    boxes = [levelled(Box(s.lo, s.at, s.hi, s.at), turn, page) for s in across] + [levelled(Box(s.at, s.lo, s.at, s.hi), turn, page) for s in down]
    level = [Stroke(b.top, b.x0, b.x1) for b in boxes if b.width > b.height]
    upright = [Stroke(b.x0, b.top, b.bottom) for b in boxes if b.width <= b.height]
    return sorted(level, key=by_place), sorted(upright, key=by_place)


def level_lattice(lattice: Lattice, turn: int, page: Box) -> Lattice:
    """The lattice in the frame of the direction, its rows and columns counted anew."""
    rows, columns = (lattice.columns, lattice.rows) if turn in (90, 270) else (lattice.rows, lattice.columns)
    places = []
    for p in lattice.places:
        below, right = lattice.rows - p.row - p.row_span, lattice.columns - p.column - p.column_span
        row, column = {0: (p.row, p.column), 90: (p.column, below), 180: (below, right), 270: (right, p.row)}[turn]
        spans = (p.column_span, p.row_span) if turn in (90, 270) else (p.row_span, p.column_span)
        places.append(Place(row, column, *spans, levelled(p.box, turn, page)))
    return Lattice(sorted(places, key=by_row), rows, columns, levelled(lattice.box, turn, page))


def restored_block(block: Line | Grid, turn: int, page: Box) -> Line | Grid:
    """The block with its boxes back on the page as it is seen."""
    if turn == 0 or block.box is None:
        return block
    if isinstance(block, Line):
        return Line(block.text, restored(block.box, turn, page), block.charted, block.level)
    boxes = [restored(c.box, turn, page) if c.box else None for c in block.cells]
    cells = tuple(Cell(c.row, c.column, c.text, c.row_span, c.column_span, box) for c, box in zip(block.cells, boxes, strict=True))
    box = restored(block.box, turn, page)
    return Grid(cells, block.rows, block.columns, box, block.spans_known, block.open_top, block.open_bottom)
