"""Reading order: from the top to the bottom, columns from left to right, and what belongs together not torn apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extractors.vocabulary import Box


class Item:
    """Something to be put in order: its box, its number in the caller's list, and the height of its letters (0 for a table or a drawn box)."""

    __slots__ = ("box", "em", "number")

    def __init__(self, box: Box, number: int, em: float) -> None:
        self.box, self.number, self.em = box, number, em


def _from_top(item: Item) -> tuple[float, float]:
    return item.box.top, item.box.x0


def _by_left(item: Item) -> float:
    return item.box.x0


def _from_left(item: Item) -> tuple[float, float]:
    return item.box.x0, item.box.top


def in_order(items: Sequence[Item]) -> list[int]:
    """The numbers of the items in reading order. Every item comes once."""
    rows = _rows(items)
    beyond = _beyond(rows)
    out: list[int] = []
    i = 0
    while i < len(rows):
        band = _band(rows, i, *beyond[i])
        if band is None:
            out += [rows[i][0].number] if len(rows[i]) < 2 else _row(rows[i])
            i += 1
            continue
        last, corridor = band
        some = [item for row in rows[i : last + 1] for item in row]
        out += in_order([x for x in some if x.box.x0 < corridor]) + in_order([x for x in some if x.box.x0 >= corridor])
        i = last + 1
    return out


def _beyond(rows: list[list[Item]]) -> list[tuple[float, float]]:
    """How far to the left what stands in each row or below it ends, and how far to the right it begins."""
    out: list[tuple[float, float]] = []
    ends, begins = math.inf, -math.inf
    for row in reversed(rows):
        for item in row:
            ends = item.box.x1 if item.box.x1 < ends else ends
            begins = item.box.x0 if item.box.x0 > begins else begins
        out.append((ends, begins))
    out.reverse()
    return out


def _row(row: list[Item]) -> list[int]:
    """Items side by side: parted at the leftmost open corridor, so that what stands one above the other stays together."""
    ordered = sorted(row, key=_from_left)
    reach = ordered[0].box.x1
    for i, item in enumerate(ordered[1:], start=1):
        if item.box.x0 >= reach - 0.5:
            return in_order(ordered[:i]) + in_order(ordered[i:])
        reach = max(reach, item.box.x1)
    return [item.number for item in sorted(row, key=_from_top)]


def _rows(items: Sequence[Item]) -> list[list[Item]]:
    """Items whose heights overlap (by more than a little), from the top."""
    out: list[list[Item]] = []
    top = bottom = 0.0
    for item in sorted(items, key=_from_top):
        box = item.box
        if out and box.top < bottom - 0.3 * min(box.height, bottom - top):
            out[-1].append(item)
            bottom = max(bottom, box.bottom)
        else:
            out.append([item])
            top, bottom = box.top, box.bottom
    return out


def _band(rows: list[list[Item]], start: int, ends: float, begins: float) -> tuple[int, float] | None:
    """The last row of a band of columns that begins with row `start`, and where the column on the right begins; None where there is none.
    What stands from there on ends at `ends` or further right, and begins at `begins` or further left.

    A band has two rows or more, and at least two items on either side of the corridor. A heading under the columns does not belong to
    the left one: the band ends with its last row on both sides, or where the left column runs on without a wider gap.
    """
    best: tuple[int, float] | None = None
    alone = len(rows[start]) == 1
    for lo, hi in _gaps(rows[start]) or _sides(rows[start][0].box, *((ends, begins) if alone else (-math.inf, math.inf))):
        last, end = start, start
        for j in range(start + 1, len(rows)):
            narrowed = _open(rows[j], lo, hi)
            if narrowed is None:
                break
            (lo, hi), last = narrowed, j
        for j in range(last, start, -1):
            if any(x.box.x0 >= hi for x in rows[j]):
                end = j
                break
        end = _run_on(rows, end, last, lo)
        some = [x for row in rows[start : end + 1] for x in row]
        left, right = [x for x in some if x.box.x0 < hi], [x for x in some if x.box.x0 >= hi]
        if end > start and min(len(right), len(left)) >= 2 and (best is None or end > best[0]) and (not alone or _abreast(left, right)):
            best = end, hi
    return best


def _sides(box: Box, ends: float, begins: float) -> list[tuple[float, float]]:
    """Corridors beside a single item, where something stands wholly beyond."""
    right = [(box.x1, math.inf)] if begins > box.x1 else []
    return [*right, (-math.inf, box.x0)] if ends < box.x0 else right


def _abreast(left: list[Item], right: list[Item]) -> bool:
    """Whether the two sides stand beside each other for most of the shorter one: columns whose lines are not level."""
    tops, bottoms = zip(*((min(x.box.top for x in side), max(x.box.bottom for x in side)) for side in (left, right)), strict=True)
    return bool(min(bottoms) - max(tops) > 0.6 * min(b - a for a, b in zip(tops, bottoms, strict=True)))


def _run_on(rows: list[list[Item]], end: int, last: int, corridor: float) -> int:
    """The last row down to which the column on the left runs on at its own pitch."""
    while end < last:
        here = [x.box for x in rows[end] if x.box.x1 <= corridor]
        below = rows[end + 1][0].box
        if not here or below.top - max(box.bottom for box in here) > 0.8 * min(here[-1].height, below.height):
            break
        end += 1
    return end


def _gaps(row: list[Item]) -> list[tuple[float, float]]:
    """Corridors that a row leaves: between its items."""
    if len(row) < 2:
        return []
    ordered = sorted(row, key=_by_left)
    out, reach = [], ordered[0].box.x1
    for item in ordered[1:]:
        if item.box.x0 > reach:
            out.append((reach, item.box.x0))
        reach = max(reach, item.box.x1)
    return out


def _open(row: list[Item], lo: float, hi: float) -> tuple[float, float] | None:
    """What a row leaves of the corridor; None where less than half of an em (4 points for drawn boxes) stays.

    A corridor without an end is one beside a single item: what stands wholly beyond gives it its end.
    """
    for item in sorted(row, key=_by_left, reverse=lo == -math.inf) if len(row) > 1 else row:
        if item.box.x1 <= lo or item.box.x0 >= hi:
            continue
        if lo == -math.inf:
            lo, hi = (item.box.x1, hi) if item.box.x1 < hi else (lo, min(hi, item.box.x0))
        elif item.box.x0 <= lo:
            lo = item.box.x1
        elif item.box.x1 >= hi or hi == math.inf:
            hi = item.box.x0
        else:
            return None
    fewest = 4.0
    for item in row:
        fewest = max(fewest, 0.5 * item.em)
    return (lo, hi) if hi - lo >= fewest else None
