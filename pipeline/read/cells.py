"""Characters into the cells of a lattice: each into exactly one, a run of text whole where it outgrows its cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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


def whole_words(letters: list[Letter], finder: Finder) -> list[Letter]:
    """The letters of the lattice's cells, and with them what sticks out of the table of a word that begins in it; each with its place as its `home`."""
    box = finder.box
    near = [x for x in letters if box.top <= x.down <= box.bottom]
    beside = inside = False
    for x in near:
        among = box.x0 <= x.across <= box.x1
        x.home = finder.home(x) if among else -1
        beside, inside = beside or not among, inside or x.home >= 0
    if inside and beside:
        _stretch(near, finder)
    return [x for x in near if x.home >= 0]


def _stretch(near: list[Letter], finder: Finder) -> None:
    """Gives a home to the letters that go on, out of the table, with a word that begins there."""
    for run in runs_of(near):
        before = run[0]
        held = before.home >= 0
        for letter in run[1:]:
            tight = letter.x0 - before.x1 < TIGHT * before.em and not before.blank and not letter.blank
            if not tight or in_box(letter, finder.box):
                held = letter.home >= 0
            elif held:
                letter.home = finder.nearest(letter)
            before = letter


def filled(finder: Finder, letters: list[Letter]) -> list[Filled]:
    """The lattice's places in order, each with its letters; every letter in exactly one, which is its `home` then: a word whole where it outgrows its cell."""
    dealt: list[list[Letter]] = [[] for _ in finder.boxes]
    for run in runs_of(letters):
        before = run[0]
        home = before.home
        dealt[home].append(before)
        for letter in run[1:]:
            if home != letter.home and (_begins(before, letter) or not (_overhangs(letter, finder.boxes[home]) or finder.cut(before, letter, home))):
                home = letter.home
            letter.home = home
            dealt[home].append(letter)
            before = letter
    return list(zip(finder.places, dealt, strict=True))


def _begins(before: Letter, letter: Letter) -> bool:
    """Whether a letter begins another word than the one that the letter before it ends."""
    em = before.em if before.em < letter.em else letter.em
    gap = (letter.x0 - before.x1) / (em if em > 1.0 else 1.0)
    return gap > LOOSE or (gap < -UPON and NUMERAL.fullmatch(before.string + letter.string) is not None)


def _overhangs(letter: Letter, box: Box) -> bool:
    """Whether the right wall of the box goes through the letter."""
    return box.x1 - letter.x0 > CUT * letter.em and letter.x1 - box.x1 > CUT * letter.em


class Finder:
    """Which place of a lattice a letter belongs to, without asking every place for every letter."""

    def __init__(self, lattice: Lattice) -> None:
        self.places, self.box = lattice.places, lattice.box
        self.boxes = [place.box for place in lattice.places]
        self.tops = sorted({box.top for box in self.boxes})
        self.bands: list[list[int]] = [[] for _ in self.tops]
        self.last = 0
        for i, box in enumerate(self.boxes):
            band = bisect_left(self.tops, box.top)
            while band < len(self.tops) and self.tops[band] < box.bottom:
                self.bands[band].append(i)
                band += 1

    def home(self, letter: Letter) -> int:
        """The index of the place that holds the letter's middle; -1 where none does."""
        across, down = letter.across, letter.down
        box = self.boxes[self.last]
        if box.x0 < across < box.x1 and box.top < down < box.bottom:
            # A letter lies mostly where the one before it does. Places share their walls alone: what is within one is in no other.
            return self.last
        band = max(bisect_right(self.tops, down) - 1, 0)
        # What ends where this band begins lies in the one above.
        for above in (0, 1) if band and down == self.tops[band] else (0,):
            for i in self.bands[band - above]:
                if in_box(letter, self.boxes[i]):
                    self.last = i
                    return i
        return -1

    def nearest(self, letter: Letter) -> int:
        """The index of the place nearest to the letter's middle."""
        distances = [_distance(box, letter.across, letter.down) for box in self.boxes]
        return distances.index(min(distances))

    def settle(self, letters: list[Letter]) -> None:
        """Gives each of the letters the place that holds it, or the nearest one, as its `home`."""
        for letter in letters:
            home = self.home(letter)
            letter.home = home if home >= 0 else self.nearest(letter)

    def cut(self, before: Letter, letter: Letter, home: int) -> bool:
        """Whether the run has left its home through a character before: then what follows stays at home too."""
        box = self.boxes[home]
        return before.x1 - box.x1 > CUT * before.em and letter.x0 - before.x1 < CUT * letter.em


def _distance(box: Box, across: float, down: float) -> float:
    aside = max(box.x0 - across, 0.0, across - box.x1)
    return aside * aside + max(box.top - down, 0.0, down - box.bottom) ** 2


def grid_of(lattice: Lattice, some: Sequence[Filled]) -> Grid:
    """The lattice with its text. Rows and columns in which no cell begins are drawn together."""
    return _tight([_cell(place, letters) for place, letters in with_sublines(some)], lattice.box)


def torn(letters: list[Letter]) -> float:
    """The share of character runs that walls tear between two letters of one word, by their homes: large in a drawing, next to nothing in a table."""
    runs = [run for run in runs_of([x for x in letters if not x.blank]) if len(run) > 1]
    return sum([_is_torn(run) for run in runs]) / max(len(runs), 1)


def _is_torn(run: list[Letter]) -> bool:
    """Whether a wall stands between two letters of one word."""
    before = run[0]
    for letter in run[1:]:
        if before.home != letter.home and letter.x0 - before.x1 < TIGHT * before.em and not _begins(before, letter):
            return True
        before = letter
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
