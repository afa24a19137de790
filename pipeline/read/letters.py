"""The characters of a PDF page as a reader sees them: upright boxes, no double prints, nothing outside the visible page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from extractors.vocabulary import Box, Glyph
from pipeline.read.objects import Char

# Numbers are Final here and in the modules beside: compiled, they are taken as they are, not from the module's names at each use.
# Bold by printing twice shifts a character by a fraction of a point; two real equal characters stand at least a quarter of their size apart.
DOUBLE_PRINT: Final = 0.2
# What pdfminer writes where a font does not tell the character; its digits must not be taken for numbers of the page.
CID: Final = re.compile(r"\(cid:\d+\)")
UNKNOWN: Final = "\ufffd"
# Places are looked up in squares, so many to a point: text of the usual size has a few equal characters in one of 24 points.
PART: Final = 1 / 24.0
# Squares are numbered from the top, column by column; no page is so many squares high.
ROW: Final = 1 << 15
SQUARES: Final = ROW * ROW


class Letter:
    """One printed character (or several letters in one box, as ligatures are); compared by identity.

    `string` is what it says, `turn` the direction of reading in degrees: 0 to the right, 90 upwards, 270 downwards, SKEW. `order` is its place
    in the content stream; `box` and its sides, its middle (`across`, `down`) and `size` are points of the visible page. `prior` is the order of the
    letter before it on the page (-1 where nothing was asked), and `follows` whether it goes on with that letter's line.
    """

    __slots__ = (*("across", "blank", "bottom", "box", "down", "follows", "glyphs", "order"), *("prior", "size", "string", "top", "turn", "x0", "x1"))

    def __init__(self, glyphs: tuple[Glyph, ...], box: Box, size: float, turn: int, order: int) -> None:
        self.glyphs, self.box, self.size, self.turn, self.order = glyphs, box, size, turn, order
        self.string = glyphs[0].char if len(glyphs) == 1 else "".join([g.char for g in glyphs])
        self.blank = self.string.isspace()
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        self.x0, self.top, self.x1, self.bottom = x0, top, x1, bottom
        self.across, self.down = (x0 + x1) / 2, (top + bottom) / 2
        self.prior, self.follows = -1, False

    def __repr__(self) -> str:
        return f"Letter({self.string!r}, {self.x0:.0f}, {self.top:.0f})"


def in_box(letter: Letter, box: Box) -> bool:
    """Whether the middle of the letter lies in the box."""
    return box.x0 <= letter.across <= box.x1 and box.top <= letter.down <= box.bottom


class Where:
    """Letters by where they stand: those in a box are found without asking all of a page for each box."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        """`letters` are looked for by their middles; their order is lost."""
        self.letters = sorted(letters, key=_down)
        self.heights = [x.down for x in self.letters]

    def inside(self, box: Box) -> list[Letter]:
        """The letters whose middle lies in the box, from the top, as `in_box` tells them."""
        x0, x1 = box.x0, box.x1
        return [x for x in self.letters[bisect_left(self.heights, box.top) : bisect_right(self.heights, box.bottom)] if x0 <= x.across <= x1]


def _down(letter: Letter) -> float:
    return letter.down


def letters_of(chars: Iterable[Char], origin: tuple[float, float], visible: Box, number: int) -> list[Letter]:
    """The characters of a page as letters, in content order.

    `origin` is the top left of the visible page in pdfplumber's points, `visible` the visible page from (0, 0), `number` the 1-based page.
    Characters without size, outside the visible page, or printed over themselves are left out, and so are blanks that lie on a character.
    """
    return _without_covered_blanks(_without_double_prints(_seen(chars, origin, visible, number)))


def _seen(chars: Iterable[Char], origin: tuple[float, float], visible: Box, number: int) -> list[Letter]:
    """The letters that have a size and their middle on the visible page."""
    left, upper = origin
    out: list[Letter] = []
    last: Char | None = None
    top = bottom = told = 0.0
    for order, char in enumerate(chars):
        if last is None or char.top != last.top or char.bottom != last.bottom or char.size != last.size:
            # Characters of one line share their height and size: a document of millions of characters holds each number once for a line.
            top, bottom, told = char.top - upper, char.bottom - upper, round(char.size, 2)
            last = char
        x0, x1 = char.x0 - left, char.x1 - left
        # A character without any extent cannot be seen; some producers print search helps so.
        if not char.text or bottom - top <= 0.01 or (x1 - x0 <= 0.01 and not char.text.isspace()):
            continue
        if not (visible.x0 <= (x0 + x1) / 2 <= visible.x1 and visible.top <= (top + bottom) / 2 <= visible.bottom):
            continue
        turned = char.turn in (90, 270)
        # pdfminer takes the height of the box for the size, which is the advance where the text is turned.
        size = x1 - x0 if turned else char.size
        box = Box(x0, top, x1, bottom)
        out.append(Letter(_glyphs(char.text, number, box, round(size, 2) if turned else told), box, size, char.turn, order))
    return out


def _glyphs(text: str, number: int, box: Box, size: float) -> tuple[Glyph, ...]:
    if len(text) == 1:
        # A string of one character is taken as it is: the font's, not a copy for each place.
        return (Glyph(text, number, 0, box, size),)
    return tuple([Glyph(c, number, 0, box, size) for c in (UNKNOWN if CID.fullmatch(text) else text)])


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
    step = max(letter.size * DOUBLE_PRINT, 0.1)
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
    near = abs(one.x0 - other.x0) < step and abs(one.top - other.top) < step and abs(one.size - other.size) < step
    return near and one.turn == other.turn and one.string == other.string


def _without_covered_blanks(letters: list[Letter]) -> list[Letter]:
    """Without blanks that lie upon a printed character: they part nothing, and would break a word in two."""
    if not any(letter.blank for letter in letters):
        return letters
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
