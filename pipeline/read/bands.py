"""One frame of ruled boxes as several tables: where the columns change from one height to the next, another table begins."""

from __future__ import annotations

from typing import Final

from extractors.vocabulary import Box
from pipeline.read.lattice import Lattice, Place

# Borders fit when the side with fewer of them shares this many with the other one. Header trees and categories share all of theirs;
# a single row with a cell cut in two must not tear its table apart.
SHARED: Final = 0.5


def bands_of(lattice: Lattice) -> list[Lattice]:
    """The lattice, parted at every rule from edge to edge on whose two sides the cells' borders do not fit each other.

    An evaluation sheet is one frame of such tables: a head of names, indicators by year, costs by year, each with its own columns.
    """
    for along in (True, False):
        at = _parting(lattice.places, along)
        if at is not None:
            sides = ([p for p in lattice.places if _start(p, along) < at], [p for p in lattice.places if _start(p, along) >= at])
            return [band for side in sides for band in bands_of(_renumbered(side))]
    return [lattice]


def _parting(places: list[Place], along: bool) -> int | None:
    """The first row (`along`) or column at which another table begins, or None."""
    reach = _reach(places, along)
    count = max([end for _, end in reach.values()], default=0)
    titles = _titles(places) if along else []
    # The usual case: all borders run through.
    through = all(first == 0 and end == count for first, end in reach.values())
    if through and not titles:
        return None
    crossed = {i for p in places for i in range(_start(p, along) + 1, _end(p, along))}
    for i in range(1, count):
        if not through and i not in crossed:
            over, under = [b for b, (first, _) in reach.items() if first < i], [b for b, (_, end) in reach.items() if end > i]
            if not _fit(_inner(over), _inner(under)):
                return i
        if i in titles and not _fit(*_around(places, i, titles, count)):
            return i
    return None


def _titles(places: list[Place]) -> list[int]:
    """The rows that a single cell fills from edge to edge, in order."""
    first, last = min(p.column for p in places), max(p.column + p.column_span for p in places)
    return sorted(p.row for p in places if p.column == first and p.column + p.column_span == last and p.row_span == 1)


def _around(places: list[Place], title: int, titles: list[int], count: int) -> tuple[set[int], set[int]]:
    """The borders of the rows over a title, up to the one before, and of those under it, down to the next.

    A sheet of many small tables has borders everywhere when it is seen as a whole; only neighbours tell where one table ends.
    """
    over = max((t + 1 for t in titles if t + 1 < title and t + 1 not in titles), default=0)
    below = next((t for t in titles if t > title + 1), count)
    return _borders(places, over, title, True), _borders(places, title + 1, below, True)


def _fit(one: set[int], other: set[int]) -> bool:
    """A side without any border (a title over the full width) fits everything."""
    fewer = min(len(one), len(other))
    return len(one & other) >= SHARED * fewer


def _start(place: Place, along: bool) -> int:
    return place.row if along else place.column


def _end(place: Place, along: bool) -> int:
    return place.row + place.row_span if along else place.column + place.column_span


def _borders(places: list[Place], lo: int, hi: int, along: bool) -> set[int]:
    """Where the cells of rows (or columns) lo to hi begin, the outer border apart."""
    return _inner([_start(p, not along) for p in places if _start(p, along) < hi and _end(p, along) > lo])


def _inner(borders: list[int]) -> set[int]:
    return set(borders) - {min(borders)} if borders else set()


def _reach(places: list[Place], along: bool) -> dict[int, tuple[int, int]]:
    """Each place at which cells begin, with the first row (or column) in which one does and the end of the last."""
    out: dict[int, tuple[int, int]] = {}
    for p in places:
        begin, first, end = _start(p, not along), _start(p, along), _end(p, along)
        known = out.get(begin)
        out[begin] = (first, end) if known is None else (min(known[0], first), max(known[1], end))
    return out


def _renumbered(places: list[Place]) -> Lattice:
    """The places as a lattice of their own, counted from 0 again."""
    row, column = min(p.row for p in places), min(p.column for p in places)
    moved = [p.moved(-row, -column) for p in places]
    box = Box(min(p.box.x0 for p in places), min(p.box.top for p in places), max(p.box.x1 for p in places), max(p.box.bottom for p in places))
    return Lattice(moved, max(_end(p, True) for p in moved), max(_end(p, False) for p in moved), box)
