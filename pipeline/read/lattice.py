"""From strokes to the cells that they bound: which rectangles of a ruled table are one cell, with its span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import Final

from extractors.native import mypyc_attr
from extractors.vocabulary import Box
from pipeline.read.strokes import Stroke, by_place

# A stroke that ends this close to another meets it: hand-drawn tables leave small gaps at the corners.
TOUCH: Final = 3.0
# Two rules closer than this are one double rule: no text fits between.
DOUBLE: Final = 3.0
# A wall stands where strokes cover this share of a side; less is a tick or a rule that ends early.
COVER: Final = 0.6


@mypyc_attr(acyclic=True)
class Place:
    """A cell of a lattice: 0-based row and column, its spans, and its box in points."""

    __slots__ = ("box", "column", "column_span", "row", "row_span")

    def __init__(self, row: int, column: int, row_span: int, column_span: int, box: Box) -> None:
        self.row, self.column, self.row_span, self.column_span, self.box = row, column, row_span, column_span, box

    def moved(self, rows: int, columns: int) -> Place:
        """So many rows further down, so many columns further right."""
        return Place(self.row + rows, self.column + columns, self.row_span, self.column_span, self.box)


def by_row(place: Place) -> tuple[int, int]:
    """By which places are sorted; no two of a lattice begin in one row and column."""
    return place.row, place.column


class Lattice:
    """A ruled table: its places on `rows` x `columns`, its box in points, and whether no rule bounds it at the top, at the bottom."""

    __slots__ = ("box", "columns", "open_bottom", "open_top", "places", "rows")

    def __init__(self, places: list[Place], rows: int, columns: int, box: Box, open_top: bool = False, open_bottom: bool = False) -> None:
        self.places, self.rows, self.columns, self.box, self.open_top, self.open_bottom = places, rows, columns, box, open_top, open_bottom


def lattices_of(across: list[Stroke], down: list[Stroke]) -> list[Lattice]:
    """The ruled tables of a page, top to bottom: strokes that touch one another are one table."""
    found = []
    for level, upright in _touching(sorted(across, key=by_place), sorted(down, key=by_place)) if across and down else ():
        lattice = _lattice(level, upright)
        if lattice.places:
            found.append(lattice)
    return sorted(found, key=from_top) if len(found) > 1 else found


def from_top(lattice: Lattice) -> tuple[float, float]:
    """By which the tables of a page are sorted."""
    return lattice.box.top, lattice.box.x0


def _touching(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that meet, each with at least one in both directions, both sorted by place."""
    places = [s.at for s in down]
    parent = list(range(len(across) + len(down)))
    for i, stroke in enumerate(across):
        for j in range(bisect_left(places, stroke.lo - TOUCH), bisect_right(places, stroke.hi + TOUCH)):
            if down[j].lo - TOUCH <= stroke.at <= down[j].hi + TOUCH:
                parent[_root(parent, i)] = _root(parent, len(across) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, stroke in enumerate(across):
        groups[_root(parent, i)][0].append(stroke)
    for j, stroke in enumerate(down):
        groups[_root(parent, len(across) + j)][1].append(stroke)
    return [g for g in groups.values() if g[0] and g[1]]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _lattice(level: list[Stroke], upright: list[Stroke]) -> Lattice:
    xs = _places([s.at for s in upright], [s.lo for s in level], [s.hi for s in level])
    ys = _places([s.at for s in level], [s.lo for s in upright], [s.hi for s in upright])
    walls = _walls(upright, xs, ys)
    floors = _walls(level, ys, xs)
    places = _bounded(walls, floors, xs, ys)
    return Lattice(places, len(ys) - 1, len(xs) - 1, Box(xs[0], ys[0], xs[-1], ys[-1]), not any(floors[0]), not any(floors[-1]))


def _places(at: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """The lines of a lattice along one axis: where strokes stand, double rules once, and how far the crossing strokes reach.

    The reach makes the outer columns of a table whose left and right borders are not drawn.
    """
    out: list[list[float]] = []
    for value in sorted(at):
        if out and value - out[-1][0] <= DOUBLE:
            out[-1].append(value)
        else:
            out.append([value])
    lines = [sum(group) / len(group) for group in out]
    if min(starts) < lines[0] - 2 * TOUCH:
        lines.insert(0, min(starts))
    if max(ends) > lines[-1] + 2 * TOUCH:
        lines.append(max(ends))
    return lines


def _walls(strokes: list[Stroke], at: list[float], along: list[float]) -> list[list[bool]]:
    """Whether a wall stands on line i of `at`, between lines j and j + 1 of `along`. The strokes are sorted by place."""
    walls = []
    places = [s.at for s in strokes]
    for place in at:
        some = strokes[bisect_left(places, place - 2 * DOUBLE) : bisect_right(places, place + 2 * DOUBLE)]
        near = [s for s in some if abs(s.at - place) <= DOUBLE]
        if len(near) > 1:
            near.sort(key=_extent)
        walls.append([_covered(near, along[j], along[j + 1]) >= COVER * (along[j + 1] - along[j]) for j in range(len(along) - 1)])
    return walls


def _extent(stroke: Stroke) -> tuple[float, float]:
    return stroke.lo, stroke.hi


def _covered(strokes: list[Stroke], lo: float, hi: float) -> float:
    """How much of lo to hi the strokes, sorted by extent, cover."""
    total, reached = 0.0, lo
    for stroke in strokes:
        start, end = stroke.lo, stroke.hi
        if start >= hi:
            break
        start, end = start if start > reached else reached, end if end < hi else hi
        if end > start:
            total, reached = total + end - start, end
    return total


Region = list[tuple[int, int]]


def _bounded(walls: list[list[bool]], floors: list[list[bool]], xs: list[float], ys: list[float]) -> list[Place]:
    """The cells that the walls and floors bound, by row: squares of the lattice, those together that no wall parts."""
    rows, columns = len(ys) - 1, len(xs) - 1
    seen = [[False] * columns for _ in range(rows)]
    places: list[Place] = []
    for row in range(rows):
        for column in range(columns):
            if seen[row][column]:
                continue
            if walls[column][row] and walls[column + 1][row] and floors[row][column] and floors[row + 1][column]:
                # The usual case: a square with walls on all sides.
                places.append(_place((row, column, row, column), xs, ys))
            else:
                places += _cells(_region(row, column, walls, floors, seen), walls, floors, xs, ys)
    return sorted(places, key=by_row)


def _region(row: int, column: int, walls: list[list[bool]], floors: list[list[bool]], seen: list[list[bool]]) -> Region:
    """The squares that no wall parts from the one in `row` and `column`, which is the first of them; all are then `seen`."""
    rows, columns = len(seen), len(seen[0])
    seen[row][column] = True
    region, todo = [], [(row, column)]
    while todo:
        r, c = todo.pop()
        region.append((r, c))
        if c > 0 and not walls[c][r] and not seen[r][c - 1]:
            seen[r][c - 1] = True
            todo.append((r, c - 1))
        if c + 1 < columns and not walls[c + 1][r] and not seen[r][c + 1]:
            seen[r][c + 1] = True
            todo.append((r, c + 1))
        if r > 0 and not floors[r][c] and not seen[r - 1][c]:
            seen[r - 1][c] = True
            todo.append((r - 1, c))
        if r + 1 < rows and not floors[r + 1][c] and not seen[r + 1][c]:
            seen[r + 1][c] = True
            todo.append((r + 1, c))
    return sorted(region) if len(region) > 1 else region


def _cells(region: Region, walls: list[list[bool]], floors: list[list[bool]], xs: list[float], ys: list[float]) -> list[Place]:
    """The region as cells; none where it is the paper beside a table of steps rather than a cell with an undrawn border."""
    (row, column), (down, last) = region[0], region[-1]
    if len(region) == (down - row + 1) * (last - column + 1) and (row == down or column == last):
        # The usual case: one square, or several in one row or column.
        return [_place((row, column, down, last), xs, ys)]
    columns = [c for _, c in region]
    rectangle = len(region) == (down - row + 1) * (max(columns) - min(columns) + 1)
    sides = _open_sides(region, walls, floors)
    corner = bool(sides & {"left", "right"}) and bool(sides & {"top", "bottom"})
    if sides and (not rectangle or corner):
        return []
    return [_place(part, xs, ys) for part in _rectangles(region)]


def _open_sides(region: Region, walls: list[list[bool]], floors: list[list[bool]]) -> set[str]:
    last_row, last_column = len(floors) - 2, len(walls) - 2
    sides = set()
    for r, c in region:
        sides |= {"left"} if c == 0 and not walls[0][r] else set()
        sides |= {"right"} if c == last_column and not walls[-1][r] else set()
        sides |= {"top"} if r == 0 and not floors[0][c] else set()
        sides |= {"bottom"} if r == last_row and not floors[-1][c] else set()
    return sides


def _rectangles(region: Region) -> list[tuple[int, int, int, int]]:
    """The region cut into rectangles (row, column, last row, last column), widest rows first from the top."""
    left = set(region)
    out = []
    while left:
        row, column = min(left)
        last = column
        while (row, last + 1) in left:
            last += 1
        down = row
        while all((down + 1, c) in left for c in range(column, last + 1)):
            down += 1
        out.append((row, column, down, last))
        left -= {(r, c) for r in range(row, down + 1) for c in range(column, last + 1)}
    return out


def _place(part: tuple[int, int, int, int], xs: list[float], ys: list[float]) -> Place:
    row, column, down, last = part
    return Place(row, column, down - row + 1, last - column + 1, Box(xs[column], ys[row], xs[last + 1], ys[down + 1]))
