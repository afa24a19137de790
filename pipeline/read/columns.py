"""Where a wide gap in a line parts two columns, and where it ties a label to its number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import regex

from extractors.vocabulary import Box
from pipeline.read.letters import Letter
from pipeline.read.typeset import WIDE, Run, around

# Columns may stand as close as this (in ems); a gap in a list or between a label and its number is wider.
ROOM: Final = 0.8
# A corridor between columns must stay open over lines this close to each other (in heights of a line).
NEAR: Final = 2.6
# Running text: at least this many characters, more than half of them kana, kanji or Latin letters.
RUNNING: Final = 8
# Between two boxes of a slide there is more room than a list leaves before its numbers.
APART: Final = 3.0

BULLET: Final = regex.compile(r"[・●○◎◆◇■□▲△▼▽★☆※►▶➢✓①-⑳❶-❿⑴-⒇]|[(（]?[0-9０-９一-十ア-オA-Z]{1,2}[)）.．、]\s?\D")
LETTER: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Latin}]")
NUMERAL: Final = regex.compile(r"[0-9０-９]")


class Piece:
    """Part of a line without wide gaps: its letters from left to right and its box; whether it is running text, or a number with its unit."""

    __slots__ = ("_running", "box", "em", "letters", "string")

    def __init__(self, letters: Run) -> None:
        self._running: bool | None = None
        self.letters = letters
        self.box = around([x for x in letters if not x.blank] or letters)
        self.em = max(sorted([x.em for x in letters])[len(letters) // 2], 1.0)
        self.string = "".join([x.string for x in letters]).strip()

    @property
    def running(self) -> bool:
        # Every gap of the lines around asks.
        if self._running is None:
            self._running = _is_running(self.string)
        return self._running

    @property
    def number(self) -> bool:
        return NUMERAL.search(self.string) is not None and _words(self.string) <= 2 + 0.5 * len(self.string)


@lru_cache(8192)
def _is_running(string: str) -> bool:
    # A number with its unit and the name of an office beside it is a row's end, not a sentence.
    short = len(string) < 2 * RUNNING and NUMERAL.match(string) is not None
    return len(string) >= RUNNING and not short and _words(string) > 0.5 * len(string)


def _words(string: str) -> int:
    """How many of the characters are letters."""
    return len(LETTER.findall(string))


def lines_of(lines: Sequence[Run], wide: bool) -> list[Piece]:
    """The lines of one region, parted where a gap is one between columns; `wide` for a page that is wider than high (slides)."""
    rows = [pieces for line in lines if (pieces := pieces_of(line))]
    extents = [_extent(row) for row in rows]
    return [line for i in range(len(rows)) for line in _tied(rows, extents, i, wide)]


def pieces_of(row: Run) -> list[Piece]:
    """The row parted at every gap that may be one between columns. Blanks at a gap are left to the piece before."""
    out: list[Run] = []
    last: Letter | None = None
    for letter in row:
        if letter.blank:
            if out:
                out[-1].append(letter)
            continue
        if last is None or letter.x0 - last.x1 > ROOM * min(last.em, letter.em):
            out.append([])
        out[-1].append(letter)
        last = letter
    return [Piece(run) for run in out]


def _tied(rows: list[list[Piece]], extents: list[Box], i: int, wide: bool) -> list[Piece]:
    """The pieces of row i, those joined that no column parts."""
    out = rows[i][:1]
    for piece in rows[i][1:]:
        if _parted(out[-1], piece, rows, extents, i, wide):
            out.append(piece)
        else:
            out[-1] = Piece([*out[-1].letters, *piece.letters])
    return out


def _parted(left: Piece, right: Piece, rows: list[list[Piece]], extents: list[Box], i: int, wide: bool) -> bool:
    gap = (right.box.x0 - left.box.x1) / min(left.em, right.em)
    if gap > WIDE and BULLET.match(right.string) and (BULLET.match(left.string) or right.running) and not NUMERAL.match(right.string):
        return True
    if wide and gap > APART and left.number == right.number:
        return True
    aside = _along(rows, extents, i, left.box.x1, right.box.x0)
    before = [piece for row in aside for piece in row if piece.box.x1 <= right.box.x0 - 0.5 and piece.running]
    after = [piece for row in aside for piece in row if piece.box.x0 >= left.box.x1 + 0.5 and piece.running]
    fewest = 2 if gap > WIDE else 3
    return len(before) >= fewest and len(after) >= fewest


def _along(rows: list[list[Piece]], extents: list[Box], i: int, x0: float, x1: float) -> list[list[Piece]]:
    """Row i and those above and below through which the corridor between x0 and x1 stays open for an em at least."""
    found = [rows[i]]
    for step in (-1, 1):
        lo, hi, j = x0, x1, i + step
        last = extents[i]
        while 0 <= j < len(rows):
            here = extents[j]
            if max(here.top - last.bottom, last.top - here.bottom) > NEAR * min(here.height, last.height):
                break
            lo, hi = _narrowed(rows[j], lo, hi)
            if hi - lo < rows[j][0].em:
                break
            found.append(rows[j])
            last, j = here, j + step
    return found


def _extent(row: list[Piece]) -> Box:
    box = row[0].box
    for piece in row[1:]:
        box = box.union(piece.box)
    return box


def _narrowed(row: list[Piece], lo: float, hi: float) -> tuple[float, float]:
    """What the pieces of a row leave of the corridor (nothing where one lies across it)."""
    for piece in row:
        if piece.box.x1 <= lo or piece.box.x0 >= hi:
            continue
        if piece.box.x0 > lo and piece.box.x1 < hi:
            return lo, lo
        if piece.box.x0 <= lo:
            lo = max(lo, piece.box.x1)
        else:
            hi = min(hi, piece.box.x0)
    return lo, hi
