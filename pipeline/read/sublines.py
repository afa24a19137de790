"""Rows that no rule parts: a cell of figures one below the other, in line with the figures and labels of the cells beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import regex

from extractors.vocabulary import Box
from pipeline.read.lattice import Place, by_row
from pipeline.read.letters import Letter
from pipeline.read.parts import is_figure
from pipeline.read.typeset import Run, around, rows_of

Filled = tuple[Place, list[Letter]]

# Statistics are ruled every five years or not at all between their rows; two lines alone may be one name and its continuation.
FEWEST: Final = 3
# Columns in which this share of the lines has a figure are columns of the same rows.
SHARE: Final = 0.6

# Figures (with their unit, as `parts` reads them), times, and marks in the place of one.
MARKS: Final = regex.compile(r"[\p{N}.,，．:：%％△▲－ー―‐−+＋()（）\s\-–—/]*|[\p{P}\p{S}…]+")


def with_sublines(filled: Sequence[Filled]) -> list[Filled]:
    """The cells of a lattice, those cut into one for each line whose row holds several rows without rules between them.

    A row is cut where at least two of its cells hold FEWEST figures or more, each on a line of its own, the lines of these cells are
    level, and a cell of words has a line beside most of them. Cells that span the row span the new rows.
    """
    rows: dict[int, list[Run]] = defaultdict(list)
    for place, letters in filled:
        if place.row_span == 1:
            rows[place.row].append(letters)
    cuts = {row: cut for row, cells in rows.items() if (cut := _cuts(cells))}
    if not cuts:
        return list(filled)
    out: list[Filled] = []
    for place, letters in filled:
        shift = sum(len(cut) for row, cut in cuts.items() if row < place.row)
        inside = sum(len(cut) for row, cut in cuts.items() if place.row <= row < place.row + place.row_span)
        moved = place.moved(shift, 0)
        if inside and place.row_span == 1 and _level(letters, cuts[place.row]):
            out += _cut(moved, letters, cuts[place.row])
        else:
            out.append((Place(moved.row, moved.column, moved.row_span + inside, moved.column_span, moved.box), letters))
    return sorted(out, key=lambda cell: by_row(cell[0]))


def _cuts(cells: list[Run]) -> list[float]:
    """Heights at which the row of cells, given by their letters, is to be cut; empty where it is one row."""
    some = [i for i, letters in enumerate(cells) if _pieces(letters) >= FEWEST]
    figures = [i for i in some if _listed(_lines(cells[i]))] if len(some) > 1 else []
    if len(figures) < 2:
        return []
    lines = [_lines(letters) for letters in cells]
    middles = _middles([_middle(line) for i in figures for line in lines[i]], _pitch(lines[figures[0]]))
    if len(middles) < FEWEST or any(len(lines[i]) < SHARE * len(middles) for i in figures):
        return []
    labels = [held for i, held in enumerate(lines) if i not in figures or i == figures[0]]
    if not any(_beside(held, middles, _pitch(lines[figures[0]])) for held in labels):
        return []
    return [(a + b) / 2 for a, b in pairwise(middles)]


def _pieces(letters: Run) -> int:
    """As many pieces as the letters of a cell, in content order, can have at most: a line has one or more."""
    count, prior = 0, -2
    for letter in letters:
        if letter.blank:
            prior = -2
            continue
        if not letter.follows or letter.prior != prior:
            count += 1
        prior = letter.order
    return count


def _listed(lines: list[Run]) -> bool:
    """Whether a cell is a list of figures, each on a line of its own."""
    return len(lines) >= FEWEST and all(_figure("".join([x.string for x in line])) for line in lines)


def _lines(letters: list[Letter]) -> list[Run]:
    return rows_of([x for x in letters if not x.blank and x.turn == 0])


@lru_cache(8192)
def _figure(string: str) -> bool:
    return is_figure(string) or MARKS.fullmatch(string) is not None


def _middle(line: Run) -> float:
    box = around(line)
    return (box.top + box.bottom) / 2


def _pitch(lines: list[Run]) -> float:
    """The smallest distance between two lines of a cell."""
    middles = sorted(map(_middle, lines))
    return min(b - a for a, b in pairwise(middles))


def _middles(heights: list[float], pitch: float) -> list[float]:
    """The heights of the common lines: those of all cells, equal ones once."""
    out: list[list[float]] = []
    for height in sorted(heights):
        if out and height - out[-1][0] < 0.4 * pitch:
            out[-1].append(height)
        else:
            out.append([height])
    return [sum(group) / len(group) for group in out]


def _beside(lines: list[Run], middles: list[float], pitch: float) -> bool:
    """Whether a cell has a line beside most of the common lines, and hardly another one."""
    met = set()
    for height in map(_middle, lines):
        nearest = min(range(len(middles)), key=lambda i: abs(middles[i] - height))
        if abs(middles[nearest] - height) < 0.4 * pitch:
            met.add(nearest)
    return len(met) >= SHARE * len(middles) and len(lines) <= len(met) + 1


def _level(letters: list[Letter], cuts: list[float]) -> bool:
    """Whether a cell is cut with its row: not where it has one line for all of them (the name of the group), beyond a blank cell."""
    lines = _lines(letters)
    return not lines or len(lines) > 1 or len(cuts) < 2


def _cut(place: Place, letters: list[Letter], cuts: list[float]) -> list[Filled]:
    edges = [place.box.top, *cuts, place.box.bottom]
    parts: list[list[Letter]] = [[] for _ in edges[1:]]
    for line in rows_of(letters):
        at = sum(cut < _middle(line) for cut in cuts)
        parts[at].extend(line)
    out = []
    for i, (part, top, bottom) in enumerate(zip(parts, edges, edges[1:], strict=False)):
        box = Box(place.box.x0, top, place.box.x1, bottom)
        out.append((Place(place.row + i, place.column, 1, place.column_span, box), part))
    return out
