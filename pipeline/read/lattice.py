"""From strokes to the cells that they bound: which rectangles of a ruled table are one cell, with its span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import Final, NamedTuple

from extractors.vocabulary import Box
from pipeline.read.strokes import Stroke

# A stroke that ends this close to another meets it: hand-drawn tables leave small gaps at the corners.
TOUCH: Final = 3.0
# Two rules closer than this are one double rule: no text fits between.
DOUBLE: Final = 3.0
# A wall stands where strokes cover this share of a side; less is a tick or a rule that ends early.
COVER: Final = 0.6


class Place(NamedTuple):
    """A cell of a lattice: 0-based row and column, its spans, and its box in points."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


class Lattice(NamedTuple):
    """A ruled table: its places on `rows` x `columns`, its box in points, and whether no rule bounds it at the top, at the bottom."""

    places: list[Place]
    rows: int
    columns: int
    box: Box
    open_top: bool = False
    open_bottom: bool = False


def lattices_of(across: list[Stroke], down: list[Stroke]) -> list[Lattice]:
    """The ruled tables of a page, top to bottom: strokes that touch one another are one table."""
    found = []
    for level, upright in _touching(across, down):
        lattice = _lattice(level, upright)
        if lattice.places:
            found.append(lattice)
    return sorted(found, key=lambda x: (x.box.top, x.box.x0))


def _touching(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that meet, each with at least one in both directions."""
    upright = sorted(down)
    places = [s.at for s in upright]
    parent = list(range(len(across) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, stroke in enumerate(across):
        for j in range(bisect_left(places, stroke.lo - TOUCH), bisect_right(places, stroke.hi + TOUCH)):
            if upright[j].lo - TOUCH <= stroke.at <= upright[j].hi + TOUCH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, stroke in enumerate(across):
        groups[root(i)][0].append(stroke)
    for j, stroke in enumerate(upright):
        groups[root(len(across) + j)][1].append(stroke)
    return [g for g in groups.values() if g[0] and g[1]]


def _lattice(level: list[Stroke], upright: list[Stroke]) -> Lattice:
    xs = _places([s.at for s in upright], [s.lo for s in level], [s.hi for s in level])
    ys = _places([s.at for s in level], [s.lo for s in upright], [s.hi for s in upright])
    walls = _walls(upright, xs, ys)
    floors = _walls(level, ys, xs)
    places = [p for region in _regions(walls, floors, len(ys) - 1, len(xs) - 1) for p in _cells(region, walls, floors, xs, ys)]
    return Lattice(sorted(places), len(ys) - 1, len(xs) - 1, Box(xs[0], ys[0], xs[-1], ys[-1]), not any(floors[0]), not any(floors[-1]))


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
    """Whether a wall stands on line i of `at`, between lines j and j + 1 of `along`."""
    walls = []
    standing = sorted(strokes)
    places = [s.at for s in standing]
    for place in at:
        some = standing[bisect_left(places, place - 2 * DOUBLE) : bisect_right(places, place + 2 * DOUBLE)]
        near = sorted([(s.lo, s.hi) for s in some if abs(s.at - place) <= DOUBLE])
        walls.append([_covered(near, lo, hi) >= COVER * (hi - lo) for lo, hi in pairwise(along)])
    return walls


def _covered(spans: list[tuple[float, float]], lo: float, hi: float) -> float:
    """How much of lo to hi the sorted spans cover."""
    total, reached = 0.0, lo
    for start, end in spans:
        if start >= hi:
            break
        start, end = start if start > reached else reached, end if end < hi else hi
        if end > start:
            total, reached = total + end - start, end
    return total


Region = list[tuple[int, int]]


def _regions(walls: list[list[bool]], floors: list[list[bool]], rows: int, columns: int) -> list[Region]:
    """Squares of the lattice that no wall parts, together."""
    seen = [[False] * columns for _ in range(rows)]
    return [_region(row, column, walls, floors, seen) for row in range(rows) for column in range(columns) if not seen[row][column]]


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
