"""Characters and where each of them stands: one by one while a page is read, in columns of numbers once it has been.

A Glyph takes 120 bytes, a report of 1,500 dense pages has more than a million of them. A Sheet holds the characters of a page in 30 bytes
each, and makes a Glyph only for those who ask for one.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, overload

from extractors.native import mypyc_attr
from extractors.normalise.characters import plain

# The blocks CJK Radicals Supplement and Kangxi Radicals.
FIRST_RADICAL, LAST_RADICAL = "\u2e80", "\u2fdf"
# What some printers write for the katakana middle dot.
DOTS: Final = "\u2027\u00b7\u2219\u22c5"
# Characters that a sheet may hold: twenty times what a page may (pipeline.read.pdf_device).
MOST_OF_A_SHEET: Final = 1 << 20


@mypyc_attr(acyclic=True)
class Box:
    """A rectangle on a page in points: left, top, right, bottom, as pdfplumber names them. Compared, ordered and hashed by its sides.

    A class of its own, not a tuple: compiled, its sides are plain numbers, and a document has one box for each character.
    """

    __slots__ = ("bottom", "top", "x0", "x1")

    def __init__(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.x0, self.top, self.x1, self.bottom = x0, top, x1, bottom

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom)"""
        return self.x0, self.top, self.x1, self.bottom

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))

    def __iter__(self) -> Iterator[float]:
        return iter(self.sides)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Box) and self.sides == other.sides

    def __lt__(self, other: Box) -> bool:
        return self.sides < other.sides

    def __hash__(self) -> int:
        return hash(self.sides)

    def __reduce__(self) -> tuple[type[Box], tuple[float, float, float, float]]:
        return Box, self.sides

    def __repr__(self) -> str:
        return f"Box(x0={self.x0!r}, top={self.top!r}, x1={self.x1!r}, bottom={self.bottom!r})"


@mypyc_attr(acyclic=True)
class Glyph:
    """One character of a document and the place where it stands.

    `page` is 1-based (the page of a form feed in a text file), `line` the 1-based line of a text file (0 in a PDF), `x0`, `top`, `x1` and `bottom` its
    sides in points where it is `placed` (nothing is in a text file), `size` the font size in points (0 in a text file), `printed` False for a blank or
    line break that reading put between words: it stands nowhere and no account asks for it. `char` is the ideograph where the file holds a
    radical for it (⽬ for 目, as browsers and some PDF printers write), ・ for every middle dot, `raw` the character that the file holds.
    `key` is its number among the characters of its document where a sheet holds it, else 0: two of one key are the same character, two without
    one are the same only where they are one object.
    """

    __slots__ = ("bottom", "char", "key", "line", "page", "placed", "printed", "raw", "size", "top", "x0", "x1")

    def __init__(self, char: str, page: int, line: int = 0, box: Box | None = None, size: float = 0.0, printed: bool = True) -> None:
        self.raw, self.page, self.line, self.size, self.printed, self.key = char, page, line, size, printed, 0
        self.char = plain(char) if FIRST_RADICAL <= char <= LAST_RADICAL else "・" if char in DOTS else char
        self.placed = False
        self.x0 = self.top = self.x1 = self.bottom = 0.0
        if box is not None:
            self.put(box.x0, box.top, box.x1, box.bottom)

    def put(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Places the character on its page."""
        self.x0, self.top, self.x1, self.bottom, self.placed = x0, top, x1, bottom, True

    @property
    def box(self) -> Box | None:
        """Its rectangle, made for who asks; None where it stands nowhere."""
        return Box(self.x0, self.top, self.x1, self.bottom) if self.placed else None

    def __repr__(self) -> str:
        return f"Glyph({self.char!r}, page={self.page}, line={self.line})"

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Glyph) and self.key != 0 and self.key == other.key)

    def __hash__(self) -> int:
        return self.key or id(self)

    def __reduce__(self) -> tuple[object, ...]:
        return Glyph, (self.raw, self.page, self.line, self.box, self.size, self.printed), (None, {"char": self.char, "key": self.key})


class Sheet:
    """The characters of one page of a PDF, the texts of its blocks one after the other and then those that no block took.

    `chars`, `raws` (None where it would be `chars`), `printed` (a byte each, 0 or 1), `x0` and `x1` hold one attribute of all of them. Characters of
    a line share their height and size: `top`, `bottom` and `size` hold those of each band, a stretch of characters that begins where `starts` says.
    What is not printed has neither, and lies in the band before.
    """

    __slots__ = ("bottom", "chars", "page", "printed", "raws", "size", "starts", "top", "x0", "x1")

    def __init__(
        self, page: int, chars: str, raws: str | None, printed: bytes, sides: Sequence[array[float]], starts: array[int], bands: Sequence[array[float]]
    ) -> None:
        """`sides` are x0 and x1, `bands` top, bottom and size. Raises ValueError where there are more characters than MOST_OF_A_SHEET."""
        if len(chars) > MOST_OF_A_SHEET:
            raise ValueError(f"more than {MOST_OF_A_SHEET} characters on page {page}")
        self.page, self.chars, self.raws, self.printed, self.starts = page, chars, raws, printed, starts
        self.x0, self.x1 = sides
        self.top, self.bottom, self.size = bands

    @staticmethod
    def of(page: int, glyphs: Sequence[Glyph]) -> Sheet:
        """A sheet of characters that stand on a page."""
        chars = "".join([g.char for g in glyphs])
        raws = "".join([g.raw for g in glyphs]) if any(g.raw is not g.char for g in glyphs) else chars
        sides = _packed([g.x0 for g in glyphs]), _packed([g.x1 for g in glyphs])
        starts: list[int] = []
        firsts: list[Glyph] = []
        last: Glyph | None = None
        for at, g in enumerate(glyphs):
            if g.printed and (last is None or g.top != last.top or g.bottom != last.bottom or g.size != last.size):
                starts.append(at)
                firsts.append(g)
                last = g
        bands = _packed([g.top for g in firsts]), _packed([g.bottom for g in firsts]), _packed([g.size for g in firsts])
        return Sheet(page, chars, None if raws == chars else raws, bytes([g.printed for g in glyphs]), sides, array("i", starts), bands)

    def __reduce__(self) -> tuple[type[Sheet], tuple[object, ...]]:
        bands = self.top, self.bottom, self.size
        return Sheet, (self.page, self.chars, self.raws, self.printed, (self.x0, self.x1), self.starts, bands)

    def raw(self, first: int, last: int) -> str:
        """The characters from `first` to before `last` as the file holds them."""
        return (self.chars if self.raws is None else self.raws)[first:last]

    def key(self, at: int) -> int:
        """The number of a character among those of its document; never 0, for pages begin with 1."""
        return self.page * MOST_OF_A_SHEET + at

    def glyph(self, at: int) -> Glyph:
        if self.printed[at]:
            band = self.bands((at,))[0]
            made = Glyph(self.chars[at], self.page, 0, None, self.size[band])
            made.put(self.x0[at], self.top[band], self.x1[at], self.bottom[band])
        else:
            made = Glyph(self.chars[at], self.page, printed=False)
        made.raw, made.key = self.raw(at, at + 1), self.key(at)
        return made

    def inked(self, first: int, last: int) -> Sequence[int]:
        """Where the printed, visible characters of a stretch are."""
        whole = self.chars[first:last]
        if 0 not in self.printed[first:last] and whole.split() == [whole]:
            return range(first, last)
        return [at for at in range(first, last) if self.printed[at] and not self.chars[at].isspace()]

    def bands(self, places: Sequence[int]) -> list[int]:
        """The band of each printed character, given by their places in order; of a range of them each band but once."""
        starts = self.starts
        first = bisect_right(starts, places[0]) - 1
        if isinstance(places, range):
            return list(range(first, bisect_right(starts, places[-1], first)))
        out: list[int] = []
        band, end = first, starts[first]
        for at in places:
            if at >= end:
                band = bisect_right(starts, at, band) - 1
                end = starts[band + 1] if band + 1 < len(starts) else len(self.chars)
            out.append(band)
        return out

    def sizes(self, places: Sequence[int]) -> list[float]:
        """The font sizes of printed characters, given by their places in order; of those of one band once."""
        bands = self.bands(places)
        if bands[0] == bands[-1]:
            return [self.size[bands[0]]]
        return [self.size[band] for band in (self.bands(list(places)) if isinstance(places, range) else bands)]


def _packed(values: list[float]) -> array[float]:
    # Packed at once: an array takes number by number, twice as slowly.
    return array("d", struct.pack(f"{len(values)}d", *values))


class Scattered(Sequence[Glyph]):
    """Characters of a sheet in an order of their own: all of a page as its content stream has them."""

    __slots__ = ("order", "sheet")

    def __init__(self, sheet: Sheet, order: array[int]) -> None:
        self.sheet, self.order = sheet, order

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Glyph]:
        return map(self.sheet.glyph, self.order)

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type[Scattered], tuple[Sheet, array[int]]]:
        return Scattered, (self.sheet, self.order)

    @overload
    def __getitem__(self, key: int) -> Glyph: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Glyph, ...]: ...
    def __getitem__(self, key: int | slice) -> Glyph | tuple[Glyph, ...]:
        return self.sheet.glyph(self.order[key]) if isinstance(key, int) else tuple(map(self.sheet.glyph, self.order[key]))

    @property
    def string(self) -> str:
        chars = self.sheet.chars
        return "".join([chars[at] for at in self.order])

    @property
    def sizes(self) -> list[float]:
        """The font sizes in points, in any order."""
        sheet = self.sheet
        ends = [*sheet.starts[1:], len(sheet.chars)]
        return [size for size, start, end in zip(sheet.size, sheet.starts, ends, strict=True) for _ in range(sheet.printed.count(1, start, end))]

    @property
    def keys(self) -> list[int]:
        """As Text.keys, in this order."""
        first = self.sheet.key(0)
        return [first + at for at in self.order]
