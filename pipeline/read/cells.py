"""Characters into the cells of a lattice: each into exactly one, a run of text whole where it outgrows its cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import regex

from extractors.vocabulary import Box, Cell, Grid, Text
from pipeline.read.lattice import Lattice, Place
from pipeline.read.letters import Letter, in_box
from pipeline.read.sublines import Filled, with_sublines
from pipeline.read.typeset import runs_of, set_block

# A wall that cuts a character by more than this share of its size shows text that outgrew its cell.
CUT: Final = 0.2
# Letters closer than this (in ems) are of one word: full cells set side by side leave more.
TIGHT: Final = 0.12
# A letter further (in ems) behind the one before begins a word of its own, with no cell to outgrow but its own.
LOOSE: Final = 0.6
# Digits of one number stand side by side; where they lie upon each other by this much (in ems), two full cells meet.
UPON: Final = 0.03
NUMERAL: Final = regex.compile(r"[\p{Nd},.，．%％△▲－-]+")
# A blank cell thinner than this (in points) is the room between the two lines of a double rule.
SLIVER: Final = 5.0


def whole_words(letters: Sequence[Letter], lattice: Lattice) -> list[Letter]:
    """The letters of the lattice's cells, and with them what sticks out of the table of a word that begins in it."""
    top, bottom = lattice.box.top, lattice.box.bottom
    near = [x for x in letters if top <= x.down <= bottom]
    among = [x for x in near if in_box(x, lattice.box)]
    finder = _Finder(lattice)
    inside = {id(x) for x in among if finder.holds(x)}
    if inside and len(among) < len(near):
        # Something stands beside the table.
        _stretch(inside, near, lattice.box)
    return [x for x in near if id(x) in inside]


def _stretch(inside: set[int], near: Sequence[Letter], box: Box) -> None:
    """Adds to the letters `inside` those that go on, out of the box, with a word that begins there."""
    for run in runs_of(near):
        before = run[0]
        held = id(before) in inside
        for letter in run[1:]:
            tight = letter.x0 - before.x1 < TIGHT * before.em and not before.blank and not letter.blank
            if not tight or in_box(letter, box):
                held = id(letter) in inside
            elif held:
                inside.add(id(letter))
            before = letter


def deal(lattice: Lattice, letters: Sequence[Letter]) -> list[list[Letter]]:
    """The letters of the lattice's places, in the order of `lattice.places`; every letter in exactly one."""
    finder = _Finder(lattice)
    dealt: dict[int, list[Letter]] = defaultdict(list)
    for run in runs_of(letters):
        before = run[0]
        home = finder.place(before)
        dealt[home].append(before)
        for letter in run[1:]:
            if _begins(before, letter) or not (_overhangs(letter, finder.boxes[home]) or finder.cut(before, letter, home)):
                home = finder.place(letter)
            dealt[home].append(letter)
            before = letter
    return [dealt[i] for i in range(len(lattice.places))]


def _begins(before: Letter, letter: Letter) -> bool:
    """Whether a letter begins another word than the one that the letter before it ends."""
    em = before.em if before.em < letter.em else letter.em
    gap = (letter.x0 - before.x1) / (em if em > 1.0 else 1.0)
    return gap > LOOSE or (gap < -UPON and NUMERAL.fullmatch(before.string + letter.string) is not None)


def _overhangs(letter: Letter, box: Box) -> bool:
    """Whether the right wall of the box goes through the letter."""
    return box.x1 - letter.x0 > CUT * letter.em and letter.x1 - box.x1 > CUT * letter.em


class _Finder:
    """Which place a point belongs to, without asking every place for every letter."""

    def __init__(self, lattice: Lattice) -> None:
        self.boxes = [place.box for place in lattice.places]
        self.tops = sorted({box.top for box in self.boxes})
        self.bands: list[list[int]] = [[] for _ in self.tops]
        self.last = 0
        for i, box in enumerate(self.boxes):
            band = bisect_left(self.tops, box.top)
            while band < len(self.tops) and self.tops[band] < box.bottom:
                self.bands[band].append(i)
                band += 1

    def holds(self, letter: Letter) -> bool:
        """Whether the letter's middle lies in one of the places. A letter lies mostly where the one before it does."""
        if in_box(letter, self.boxes[self.last]):
            return True
        band = max(bisect_right(self.tops, letter.down) - 1, 0)
        # What ends where this band begins lies in the one above.
        for above in (0, 1) if band and letter.down == self.tops[band] else (0,):
            for i in self.bands[band - above]:
                if in_box(letter, self.boxes[i]):
                    self.last = i
                    return True
        return False

    def place(self, letter: Letter) -> int:
        """The index of the place that holds the letter's middle, or of the nearest one."""
        across, down = letter.across, letter.down
        box = self.boxes[self.last]
        if box.x0 < across < box.x1 and box.top < down < box.bottom:
            # Places share their walls alone: what is within one is in no other.
            return self.last
        for i in self.bands[max(bisect_right(self.tops, down) - 1, 0)]:
            if in_box(letter, self.boxes[i]):
                self.last = i
                return i
        distances = [_distance(box, across, down) for box in self.boxes]
        return distances.index(min(distances))

    def cut(self, before: Letter, letter: Letter, home: int) -> bool:
        """Whether the run has left its home through a character before: then what follows stays at home too."""
        box = self.boxes[home]
        return before.x1 - box.x1 > CUT * before.em and letter.x0 - before.x1 < CUT * letter.em


def _distance(box: Box, across: float, down: float) -> float:
    aside = max(box.x0 - across, 0.0, across - box.x1)
    return aside * aside + max(box.top - down, 0.0, down - box.bottom) ** 2


def filled(lattice: Lattice, letters: Sequence[Letter]) -> list[Filled]:
    """Each place of the lattice with its letters."""
    return list(zip(lattice.places, deal(lattice, letters), strict=True))


def grid_of(lattice: Lattice, some: Sequence[Filled]) -> Grid:
    """The lattice with its text. Rows and columns in which no cell begins are drawn together."""
    return _tight([_cell(place, letters) for place, letters in with_sublines(some)], lattice.box)


def torn(some: Sequence[Filled]) -> float:
    """The share of character runs that walls tear between two letters of one word: large in a drawing, next to nothing in a table."""
    home: dict[int, int] = {}
    inked: list[Letter] = []
    for i, (_, letters) in enumerate(some):
        for x in letters:
            if not x.blank:
                home[x.order] = i
                inked.append(x)
    runs = [run for run in runs_of(inked) if len(run) > 1]
    return sum([_is_torn(run, home) for run in runs]) / max(len(runs), 1)


def _is_torn(run: list[Letter], home: dict[int, int]) -> bool:
    """Whether a wall stands between two letters of one word; `home` tells by a letter's order in which place it is."""
    before = run[0]
    here = home[before.order]
    for letter in run[1:]:
        there = home[letter.order]
        if here != there and letter.x0 - before.x1 < TIGHT * before.em and not _begins(before, letter):
            return True
        before, here = letter, there
    return False


def _cell(place: Place, letters: list[Letter]) -> Cell:
    lines = [line.strip() for line in set_block(letters, place.box.width) if line]
    text = lines[0] if len(lines) == 1 else Text.join(lines, "\n")
    return Cell(place.row, place.column, text, place.row_span, place.column_span, place.box)


def _spans_end(cell: Cell, rows: dict[int, int], columns: dict[int, int]) -> bool:
    """Whether a cell ends no further than where the last row and the last column do."""
    return cell.row + cell.row_span <= len(rows) and cell.column + cell.column_span <= len(columns)


def _tight(cells: list[Cell], box: Box) -> Grid:
    """Rows and columns numbered anew without those in which no cell begins (a line that only a neighbour needed)."""
    cells = [c for c in cells if c.text or not c.box or min(c.box.width, c.box.height) >= SLIVER] or cells
    rows = {row: i for i, row in enumerate(sorted({c.row for c in cells}))}
    columns = {column: i for i, column in enumerate(sorted({c.column for c in cells}))}
    if len(rows) == max(rows) + 1 and len(columns) == max(columns) + 1 and all(_spans_end(c, rows, columns) for c in cells):
        # The usual case: a cell begins in each row and column.
        return Grid(tuple(cells), len(rows), len(columns), box)
    out = []
    for c in cells:
        row_span = sum([row in rows for row in range(c.row, c.row + c.row_span)]) if c.row_span > 1 else 1
        column_span = sum([column in columns for column in range(c.column, c.column + c.column_span)]) if c.column_span > 1 else 1
        out.append(Cell(rows[c.row], columns[c.column], c.text, row_span, column_span, c.box))
    return Grid(tuple(out), len(rows), len(columns), box)
