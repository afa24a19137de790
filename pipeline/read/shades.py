"""Tables drawn with colour instead of rules: cells by their background, and white borders between coloured cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.vocabulary import Box
from pipeline.read.lattice import Lattice, lattices_of
from pipeline.read.letters import Letter, in_box
from pipeline.read.strokes import Drawing, Stroke

# A shaded area smaller than this holds no text.
SMALL: Final = 6.0
# A cell has at most this share of the page; larger areas are backgrounds.
LARGE: Final = 0.5
# So many areas are a picture.
MOST: Final = 2000
# A border is drawn on the edge of its cell or a little beside it.
BESIDE: Final = 2.0
# A row without shade between two shaded ones is at most this many times as high as they are.
HIGHER: Final = 2.5


def shaded_lattices(drawing: Drawing, letters: list[Letter], taken: Sequence[Box], visible: Box) -> list[Lattice]:
    """Lattices of two rows and two columns or more that backgrounds and white borders make, apart from the tables already `taken`."""
    fills = [f for f in drawing.fills if min(f.width, f.height) >= SMALL and f.width * f.height <= LARGE * visible.width * visible.height]
    fills = [f for f in dict.fromkeys(fills) if not any(_overlap(f, box) for box in taken)]
    if not 3 < len(fills) <= MOST:
        return []
    fills += _between(fills, letters)
    across = [edge for f in fills for edge in (Stroke(f.top, f.x0, f.x1), Stroke(f.bottom, f.x0, f.x1))]
    down = [edge for f in fills for edge in (Stroke(f.x0, f.top, f.bottom), Stroke(f.x1, f.top, f.bottom))]
    pale_across, pale_down = drawing.pale
    across += [s for s in pale_across if any(f.top - BESIDE <= s.at <= f.bottom + BESIDE and s.lo < f.x1 and s.hi > f.x0 for f in fills)]
    down += [s for s in pale_down if any(f.x0 - BESIDE <= s.at <= f.x1 + BESIDE and s.lo < f.bottom and s.hi > f.top for f in fills)]
    return [x for x in lattices_of(across, down) if x.rows >= 2 and x.columns >= 2]


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _between(fills: list[Box], letters: list[Letter]) -> list[Box]:
    """The cells of the rows without shade, where every second row of a table is shaded cell by cell.

    They lie between two shaded rows of the same columns, or below the last one, and hold text.
    """
    rows: dict[tuple[int, int], list[Box]] = {}
    for fill in sorted(fills, key=lambda f: (f.top, f.x0)):
        rows.setdefault((round(fill.top), round(fill.bottom)), []).append(fill)
    shaded = [row for row in rows.values() if len(row) > 1]
    out: list[Box] = []
    for i, row in enumerate(shaded):
        below = next((other for other in shaded[i + 1 :] if _same_columns(row, other)), None)
        # Two headers of equal tables, pages apart, make no stripes.
        earlier = any(_same_columns(row, other) and row[0].top - other[0].bottom <= HIGHER * row[0].height for other in shaded[:i])
        bottom = row[0].bottom
        end = below[0].top if below else bottom + row[0].height if earlier else bottom
        cells = [Box(cell.x0, bottom, cell.x1, end) for cell in row]
        fits = BESIDE < end - bottom <= HIGHER * row[0].height and _written(cells, letters)
        if fits and (below or abs(_indent(cells, letters) - _indent(row, letters)) <= BESIDE):
            out += cells
    return out


def _indent(cells: list[Box], letters: list[Letter]) -> float:
    """How far below the upper edge of the row its text begins."""
    return min([x.top for x in letters if not x.blank and any(in_box(x, cell) for cell in cells)], default=cells[0].top) - cells[0].top


def _same_columns(one: list[Box], other: list[Box]) -> bool:
    return len(one) == len(other) and all(abs(a.x0 - b.x0) <= BESIDE and abs(a.x1 - b.x1) <= BESIDE for a, b in zip(one, other, strict=True))


def _written(cells: list[Box], letters: list[Letter]) -> bool:
    """Whether at least two of the cells hold text, and no letter of the row lies across a border."""
    held = [[x for x in letters if not x.blank and in_box(x, cell)] for cell in cells]
    inside = all(cell.x0 - BESIDE <= x.box.x0 and x.box.x1 <= cell.x1 + BESIDE for cell, some in zip(cells, held, strict=True) for x in some)
    return inside and sum(bool(some) for some in held) >= 2
