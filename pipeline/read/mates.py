"""Columns drawn apart: a box of one column beside a table whose row rules it continues belongs to that table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.read.lattice import Lattice, Place, by_row, from_top

# Rules of the two are level within this many points.
LEVEL: Final = 3.0
# The widest room between the two, as a share of the table's width: an arrow stands there, or a border that was left out.
ROOM: Final = 0.6


def with_mates(lattices: Sequence[Lattice]) -> list[Lattice]:
    """The lattices, each column that stands alone joined to the table beside it.

    A lone column of two rows or more says nothing without its rows' labels. It joins where its top, its bottom and every rule in it are
    level with rules of the neighbour, and nothing else ruled lies between. Tables of two columns or more stay what they are.
    """
    out = sorted(lattices, key=lambda x: (x.columns == 1, x.box.x0))
    tables = [x for x in out if x.columns > 1]
    for lone in [x for x in out if x.columns == 1]:
        beside = [i for i, table in enumerate(tables) if lone.rows > 1 and _continues(lone, table)]
        nearest = min(beside, key=lambda i: _room(lone, tables[i]), default=None)
        if nearest is None:
            tables.append(lone)
        else:
            tables[nearest] = _together(tables[nearest], lone)
    return sorted(tables, key=from_top)


def _room(lone: Lattice, table: Lattice) -> float:
    return max(lone.box.x0 - table.box.x1, table.box.x0 - lone.box.x1)


def _continues(lone: Lattice, table: Lattice) -> bool:
    heights = [p.box.top for p in table.places] + [p.box.bottom for p in table.places]
    own = [p.box.top for p in lone.places] + [p.box.bottom for p in lone.places]
    return 0 <= _room(lone, table) <= ROOM * table.box.width and all(any(abs(a - b) <= LEVEL for b in heights) for a in own)


def _together(table: Lattice, lone: Lattice) -> Lattice:
    """The table with one more column, to the left or to the right."""
    left = lone.box.x1 <= table.box.x0
    places = [p.moved(0, 1) if left else p for p in table.places]
    for p in lone.places:
        first = _row(table, p.box.top)
        last = _row(table, p.box.bottom)
        places.append(Place(first, 0 if left else table.columns, max(last - first, 1), 1, p.box))
    return Lattice(sorted(places, key=by_row), table.rows, table.columns + 1, table.box.union(lone.box))


def _row(table: Lattice, height: float) -> int:
    """The row that begins at the height (the number of rows for the table's bottom)."""
    tops = {p.row: p.box.top for p in table.places} | {table.rows: table.box.bottom}
    ends = {p.row + p.row_span: p.box.bottom for p in table.places}
    return min((abs(y - height), row) for row, y in [*tops.items(), *ends.items()])[1]
