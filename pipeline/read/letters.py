"""The characters of a PDF page as a reader sees them: upright boxes, no double prints, nothing outside the visible page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from extractors.native import mypyc_attr
from extractors.vocabulary import Box, Glyph
from pipeline.read.objects import Char

# Numbers are Final here and in the modules beside: compiled, they are taken as they are, not from the module's names at each use.
# Bold by printing twice shifts a character by a fraction of a point; two real equal characters stand at least a quarter of their size apart.
DOUBLE_PRINT: Final = 0.2
# What pdfminer writes where a font does not tell the character; its digits must not be taken for numbers of the page.
CID: Final = re.compile(r"\(cid:\d+\)")
UNKNOWN: Final = "\ufffd"
# Strips of letters are asked with a little more room than two letters, for their sums are not the same.
ALMOST: Final = 1.001
# Places are looked up in squares, so many to a point: text of the usual size has a few equal characters in one of 24 points.
PART: Final = 1 / 24.0
# Squares are numbered from the top, column by column; no page is so many squares high.
ROW: Final = 1 << 15
SQUARES: Final = ROW * ROW
# So many strips, and so many blanks times strips, are no longer quicker to ask than all letters by their squares.
MOST_STRIPS: Final = 4000
MOST_ASKED: Final = 200_000


@mypyc_attr(acyclic=True)
class Letter(Glyph):
    """One printed character, or several letters in one box, as ligatures are.

    `string` is what it says, `turn` the direction of reading in degrees: 0 to the right, 90 upwards, 270 downwards, SKEW. `order` is its place
    in the content stream; its sides, its middle (`across`, `down`) and `em`, the font size as it is, are points of the visible page. `prior` is the
    order of the letter before it on the page (-1 where nothing was asked), and `follows` whether it goes on with that letter's line. `home` is its cell
    in the lattice that was looked at last (-1: none). `own` are the characters that it stands for where it is not the character itself: those of a
    ligature, and the one on the page where the page lies turned.
    """

    __slots__ = (*("across", "blank", "down", "em", "follows", "home"), *("order", "own", "prior", "string", "turn"))

    def __init__(self, string: str, page: int, box: tuple[float, float, float, float], size: float, em: float, turn: int, order: int) -> None:
        """`box` is x0, top, x1, bottom, `size` the rounded font size."""
        super().__init__(string, page, 0, None, size)
        x0, top, x1, bottom = box
        self.put(x0, top, x1, bottom)
        self.across, self.down = (x0 + x1) / 2, (top + bottom) / 2
        self.string, self.blank = self.char, self.char.isspace()
        self.em, self.turn, self.order = em, turn, order
        self.prior, self.follows, self.home = -1, False, -1
        self.own: tuple[Glyph, ...] = ()

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """The characters that it stands for, where they are on the page."""
        return self.own or (self,)

    def within(self, box: Box, turn: int) -> Letter:
        """The letter in another frame, in which it stands in the box and reads in this direction; its characters stay where they are."""
        made = Letter("".join([g.char for g in self.glyphs]), self.page, box.sides, self.size, self.em, turn, self.order)
        made.own = self.glyphs
        return made

    def __repr__(self) -> str:
        return f"Letter({self.string!r}, {self.x0:.0f}, {self.top:.0f})"


def glyphs_of(letters: list[Letter]) -> list[Glyph]:
    """The characters for which the letters stand, in order."""
    out: list[Glyph] = []
    for letter in letters:
        if letter.own:
            out += letter.own
        else:
            out.append(letter)
    return out


def in_box(letter: Letter, box: Box) -> bool:
    """Whether the middle of the letter lies in the box."""
    return box.x0 <= letter.across <= box.x1 and box.top <= letter.down <= box.bottom


class Where:
    """Letters by where they stand: those in a box are found without asking all of a page for each box."""

    def __init__(self, letters: list[Letter]) -> None:
        """`letters` are looked for by their middles; their order is lost."""
        self.letters = sorted(letters, key=_down)
        self.heights = [x.down for x in self.letters]

    def inside(self, box: Box) -> list[Letter]:
        """The letters whose middle lies in the box, from the top, as `in_box` tells them."""
        x0, x1 = box.x0, box.x1
        return [x for x in self.letters[bisect_left(self.heights, box.top) : bisect_right(self.heights, box.bottom)] if x0 <= x.across <= x1]


def _down(letter: Letter) -> float:
    return letter.down


def letters_of(chars: list[Char], origin: tuple[float, float], visible: Box, number: int) -> list[Letter]:
    """The characters of a page as letters, in content order.

    `origin` is the top left of the visible page in pdfplumber's points, `visible` the visible page from (0, 0), `number` the 1-based page.
    Characters without size, outside the visible page, or printed over themselves are left out, and so are blanks that lie on a character.
    """
    letters = _seen(chars, origin, visible, number)
    strips = _strips(letters)
    if _may_be_double(strips):
        letters = _without_double_prints(letters)
    return _without_covered_blanks(letters) if _may_cover_blanks(letters, strips) else letters


def _seen(chars: list[Char], origin: tuple[float, float], visible: Box, number: int) -> list[Letter]:
    """The letters that have a size and their middle on the visible page."""
    left, upper = origin
    out: list[Letter] = []
    last: Char | None = None
    top = bottom = told = 0.0
    for order, char in enumerate(chars):
        if last is None or char.top != last.top or char.bottom != last.bottom or char.size != last.size:
            # Characters of one line share their height and size.
            top, bottom, told = char.top - upper, char.bottom - upper, round(char.size, 2)
            last = char
        x0, x1 = char.x0 - left, char.x1 - left
        # A character without any extent cannot be seen; some producers print search helps so.
        if not char.text or bottom - top <= 0.01 or (x1 - x0 <= 0.01 and not char.text.isspace()):
            continue
        if not (visible.x0 <= (x0 + x1) / 2 <= visible.x1 and visible.top <= (top + bottom) / 2 <= visible.bottom):
            continue
        size, em = told, char.size
        if char.turn == 90 or char.turn == 270:
            # pdfminer takes the height of the box for the size, which is the advance where the text is turned.
            size, em = round(x1 - x0, 2), x1 - x0
        sides = (x0, top, x1, bottom)
        if len(char.text) == 1:
            # A string of one character is taken as it is: the font's, not a copy for each place.
            out.append(Letter(char.text, number, sides, size, em, char.turn, order))
        else:
            out.append(_several(char.text, number, sides, size, em, char.turn, order))
    return out


def _several(text: str, number: int, sides: tuple[float, float, float, float], size: float, em: float, turn: int, order: int) -> Letter:
    """The letter of a code that stands for several characters, or for none that the font tells."""
    glyphs = tuple([Glyph(c, number, 0, Box(*sides), size) for c in (UNKNOWN if CID.fullmatch(text) else text)])
    letter = Letter("".join([g.char for g in glyphs]), number, sides, size, em, turn, order)
    letter.own = glyphs
    return letter


@mypyc_attr(acyclic=True)
class _Strip:
    """Letters of one size on one line, each of which begins clearly to the right of the one before, or a blank: the sides of all of them, where the
    last one begins (`last`), and how near to each other two of them would be one, printed twice (`step`)."""

    __slots__ = ("bottom", "em", "inked", "last", "step", "top", "turn", "x0", "x1")

    def __init__(self, letter: Letter) -> None:
        self.x0, self.top, self.x1, self.bottom, self.last = letter.x0, letter.top, letter.x1, letter.bottom, letter.x0
        self.em, self.turn, self.step, self.inked = letter.em, letter.turn, _step(letter), not letter.blank


def _strips(letters: list[Letter]) -> list[_Strip]:
    """The letters of a page, in content order, in strips."""
    out: list[_Strip] = []
    strip: _Strip | None = None
    for letter in letters:
        if letter.blank:
            out.append(_Strip(letter))
            strip = None
        elif strip is None or letter.em != strip.em or letter.top != strip.top or letter.turn != strip.turn or letter.x0 - strip.last < strip.step:
            strip = _Strip(letter)
            out.append(strip)
        else:
            strip.last = letter.x0
            strip.x1 = letter.x1 if letter.x1 > strip.x1 else strip.x1
            strip.bottom = letter.bottom if letter.bottom > strip.bottom else strip.bottom
    return out


def _may_be_double(strips: list[_Strip]) -> bool:
    """Whether letters of two strips may stand in one place; False is certain."""
    if len(strips) > MOST_STRIPS:
        return True
    ordered = sorted(strips, key=_top)
    widest = ALMOST * max([strip.step for strip in strips], default=0.0)
    for i, strip in enumerate(ordered):
        j = i - 1
        while j >= 0 and strip.top - ordered[j].top <= widest:
            if _may_share(strip, ordered[j]):
                return True
            j -= 1
    return False


def _may_share(one: _Strip, other: _Strip) -> bool:
    near = ALMOST * (one.step if one.step > other.step else other.step)
    apart = one.x0 - other.last if one.x0 > other.x0 else other.x0 - one.last
    return apart <= near and abs(one.top - other.top) <= near and abs(one.em - other.em) <= near and one.turn == other.turn


def _top(strip: _Strip) -> float:
    return strip.top


def _may_cover_blanks(letters: list[Letter], strips: list[_Strip]) -> bool:
    """Whether a blank may lie upon a letter; False is certain."""
    blanks = [x for x in letters if x.blank]
    if len(blanks) * len(strips) > MOST_ASKED:
        return True
    for blank in blanks:
        across, down = blank.across, blank.down
        for strip in strips:
            if strip.x0 < across < strip.x1 and strip.top < down < strip.bottom and strip.inked:
                return True
    return False


def _step(letter: Letter) -> float:
    """How near to a letter the same one is that letter, printed again."""
    return max(letter.em * DOUBLE_PRINT, 0.1)


def _without_double_prints(letters: list[Letter]) -> list[Letter]:
    """Each character once, where the same one is printed again in nearly the same place at the same size and in the same direction."""
    seen = _Squares()
    kept = []
    for letter in letters:
        if not _printed_again(letter, seen):
            seen.put(letter, ord(letter.string[0]) * SQUARES)
            kept.append(letter)
    return kept


class _Squares:
    """Letters by the number of the square in which they begin, added to a number of their own: the `first` one there, and any `more`.

    A square has mostly one, and a list for each letter of a document keeps the collector of garbage busy.
    """

    __slots__ = ("first", "more")

    def __init__(self) -> None:
        self.first: dict[int, Letter] = {}
        self.more: dict[int, list[Letter]] = {}

    def put(self, letter: Letter, kind: int) -> None:
        # Multiplied and cut off, not divided and floored, which takes ten times as long: those around 0 are twice as large.
        square = kind + int(letter.x0 * PART) * ROW + int(letter.top * PART)
        if square not in self.first:
            self.first[square] = letter
        else:
            self.more.setdefault(square, []).append(letter)


def _printed_again(letter: Letter, seen: _Squares) -> bool:
    """Whether one of the letters seen stands where this one does, and says the same."""
    step = _step(letter)
    kind = ord(letter.string[0]) * SQUARES
    upper, lower = int((letter.top - step) * PART), int((letter.top + step) * PART)
    for column in range(int((letter.x0 - step) * PART), int((letter.x0 + step) * PART) + 1):
        start = kind + column * ROW
        for square in range(start + upper, start + lower + 1):
            first = seen.first.get(square)
            if first is not None and (_same(letter, first, step) or any(_same(letter, x, step) for x in seen.more.get(square, ()))):
                return True
    return False


def _same(one: Letter, other: Letter, step: float) -> bool:
    """Whether two letters are one, printed twice at most `step` points apart."""
    near = abs(one.x0 - other.x0) < step and abs(one.top - other.top) < step and abs(one.em - other.em) < step
    return near and one.turn == other.turn and one.string == other.string


def _without_covered_blanks(letters: list[Letter]) -> list[Letter]:
    """Without blanks that lie upon a printed character: they part nothing, and would break a word in two."""
    inked = _Squares()
    for letter in letters:
        if not letter.blank:
            inked.put(letter, 0)
    return [x for x in letters if not (x.blank and _covered(x, inked))]


def _covered(blank: Letter, inked: _Squares) -> bool:
    across, down = blank.across, blank.down
    column, row = int(blank.x0 * PART), int(blank.top * PART)
    for i in range(column - 2, column + 2):
        for square in range(i * ROW + row - 2, i * ROW + row + 2):
            first = inked.first.get(square)
            if first is not None and (_holds(first, across, down) or any(_holds(x, across, down) for x in inked.more.get(square, ()))):
                return True
    return False


def _holds(letter: Letter, across: float, down: float) -> bool:
    """Whether the place lies within the letter's box."""
    return letter.x0 < across < letter.x1 and letter.top < down < letter.bottom
