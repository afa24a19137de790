"""The characters of a PDF page as a reader sees them: upright boxes, no double prints, nothing outside the visible page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from extractors.vocabulary import Box, Glyph

# Bold by printing twice shifts a character by a fraction of a point; two real equal characters stand at least a quarter of their size apart.
DOUBLE_PRINT = 0.2
# What pdfminer writes where a font does not tell the character; its digits must not be taken for numbers of the page.
CID = re.compile(r"\(cid:\d+\)")
UNKNOWN = "\ufffd"
# The direction of text that lies across the page, as a watermark does: it belongs to no line and no cell.
SKEW = 45


class Letter:
    """One printed character (or several letters in one box, as ligatures are); compared by identity.

    `string` is what it says, `turn` the direction of reading in degrees: 0 to the right, 90 upwards, 270 downwards, SKEW. `order` is its place
    in the content stream; `box`, its middle (`across`, `down`) and `size` are points of the visible page.
    """

    __slots__ = ("across", "blank", "box", "down", "glyphs", "order", "size", "string", "turn")

    def __init__(self, glyphs: tuple[Glyph, ...], box: Box, size: float, turn: int, order: int) -> None:
        self.glyphs, self.box, self.size, self.turn, self.order = glyphs, box, size, turn, order
        self.string = glyphs[0].char if len(glyphs) == 1 else "".join(g.char for g in glyphs)
        self.blank = not self.string.strip()
        self.across, self.down = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2

    def __repr__(self) -> str:
        return f"Letter({self.string!r}, {self.box.x0:.0f}, {self.box.top:.0f})"


def in_box(letter: Letter, box: Box) -> bool:
    """Whether the middle of the letter lies in the box."""
    return box.x0 <= letter.across <= box.x1 and box.top <= letter.down <= box.bottom


def letters_of(chars: Iterable[dict[str, Any]], origin: tuple[float, float], visible: Box, number: int) -> list[Letter]:
    """pdfplumber's characters as letters, in content order.

    `origin` is the top left of the visible page in pdfplumber's points, `visible` the visible page from (0, 0), `number` the 1-based page.
    Characters without size, outside the visible page, or printed over themselves are left out, and so are blanks that lie on a character.
    """
    # Characters of one line share its height and size: a document of millions of characters holds each number once for a line.
    shared: dict[float, float] = {}
    found = [_letter(char, origin, number, order, shared) for order, char in enumerate(chars)]
    kept = [x for x in found if x is not None and _inside(x.box, visible)]
    return _without_covered_blanks(_without_double_prints(kept))


def _letter(char: dict[str, Any], origin: tuple[float, float], number: int, order: int, shared: dict[float, float]) -> Letter | None:
    left, upper = origin
    top, bottom = char["top"] - upper, char["bottom"] - upper
    # Zero has two signs and is left alone.
    box = Box(char["x0"] - left, shared.setdefault(top, top) if top else top, char["x1"] - left, shared.setdefault(bottom, bottom) if bottom else bottom)
    string = char["text"]
    if len(string) > 1 and CID.fullmatch(string):
        string = UNKNOWN
    # A character without any extent cannot be seen; some producers print search helps so.
    if not string or box.height <= 0.01 or (box.width <= 0.01 and not string.isspace()):
        return None
    turn = _turn(char)
    # pdfminer takes the height of the box for the size, which is the advance where the text is turned.
    size = box.width if turn in (90, 270) else float(char["size"])
    told = round(size, 2)
    told = shared.setdefault(told, told)
    # A string of one character is taken as it is: the font's, not a copy for each place.
    glyphs = (Glyph(string, number, 0, box, told),) if len(string) == 1 else tuple([Glyph(c, number, 0, box, told) for c in string])
    return Letter(glyphs, box, size, turn, order)


def _turn(char: dict[str, Any]) -> int:
    """Reading direction from the text matrix: a quarter turn, or SKEW where the text lies across the page."""
    a, b = char["matrix"][:2]
    if b == 0:
        return 0 if a >= 0 else 180
    if min(abs(a), abs(b)) > 0.2 * max(abs(a), abs(b)):
        return SKEW
    if abs(b) <= abs(a):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


def _inside(box: Box, visible: Box) -> bool:
    across, down = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return visible.x0 <= across <= visible.x1 and visible.top <= down <= visible.bottom


def _without_double_prints(letters: list[Letter]) -> list[Letter]:
    """Each character once, where the same one is printed again in nearly the same place at the same size."""
    seen: dict[str, dict[tuple[int, int], list[Letter]]] = defaultdict(dict)
    kept = []
    for letter in letters:
        step = max(letter.size * DOUBLE_PRINT, 0.1)
        column, row = int(letter.box.x0 // step), int(letter.box.top // step)
        alike = seen[letter.string]
        near = [x for place in _places_around(column, row) if place in alike for x in alike[place]] if alike else ()
        if any(_doubles(letter, other, step) for other in near):
            continue
        alike.setdefault((column, row), []).append(letter)
        kept.append(letter)
    return kept


def _places_around(column: int, row: int) -> tuple[tuple[int, int], ...]:
    a, b, c, d = column - 1, column + 1, row - 1, row + 1
    return (a, c), (a, row), (a, d), (column, c), (column, row), (column, d), (b, c), (b, row), (b, d)


def _doubles(one: Letter, other: Letter, step: float) -> bool:
    return abs(one.box.x0 - other.box.x0) < step and abs(one.box.top - other.box.top) < step and abs(one.size - other.size) < step


def _without_covered_blanks(letters: list[Letter]) -> list[Letter]:
    """Without blanks that lie upon a printed character: they part nothing, and would break a word in two."""
    inked: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for letter in letters:
        if not letter.blank:
            inked[int(letter.box.x0 // 20), int(letter.box.top // 20)].append(letter.box)
    return [x for x in letters if not (x.blank and _covered(x, inked))]


def _covered(blank: Letter, inked: dict[tuple[int, int], list[Box]]) -> bool:
    across, down = blank.across, blank.down
    column, row = int(blank.box.x0 // 20), int(blank.box.top // 20)
    near = (box for i in range(-2, 2) for j in range(-2, 2) for box in inked.get((column + i, row + j), ()))
    return any(box.x0 < across < box.x1 and box.top < down < box.bottom for box in near)
