"""Characters and where each of them stands: one by one while a page is read, in columns of numbers once it has been.

A Glyph with its Box takes about 240 bytes, a report of 1,500 dense pages has more than a million of them. A Sheet holds the characters of a page
in 45 bytes each; a Text of such a page is a stretch of its sheet, and makes a Glyph only for those who ask for one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

from extractors.normalise.characters import plain

# The blocks CJK Radicals Supplement and Kangxi Radicals.
FIRST_RADICAL, LAST_RADICAL = "\u2e80", "\u2fdf"
# What some printers write for the katakana middle dot.
DOTS: Final = "\u2027\u00b7\u2219\u22c5"
# Characters that a sheet may hold: twenty times what a page may (pipeline.read.pdf_device).
MOST_OF_A_SHEET: Final = 1 << 20


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


class Glyph:
    """One character of a document and the place where it stands.

    `page` is 1-based (the page of a form feed in a text file), `line` the 1-based line of a text file (0 in a PDF), `box` its
    rectangle (None in a text file), `size` the font size in points (0 in a text file), `printed` False for a blank or line break
    that reading put between words: it stands nowhere and no account asks for it. `char` is the ideograph where the file holds a
    radical for it (⽬ for 目, as browsers and some PDF printers write), ・ for every middle dot, `raw` the character that the file holds.
    `key` is its number among the characters of its document where a sheet holds it, else 0: two of one key are the same character, two without
    one are the same only where they are one object.
    """

    __slots__ = ("box", "char", "key", "line", "page", "printed", "raw", "size")

    def __init__(self, char: str, page: int, line: int = 0, box: Box | None = None, size: float = 0.0, printed: bool = True) -> None:
        self.raw, self.page, self.line, self.box, self.size, self.printed, self.key = char, page, line, box, size, printed, 0
        self.char = plain(char) if FIRST_RADICAL <= char <= LAST_RADICAL else "・" if char in DOTS else char

    def __repr__(self) -> str:
        return f"Glyph({self.char!r}, page={self.page}, line={self.line})"

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Glyph) and self.key != 0 and self.key == other.key)

    def __hash__(self) -> int:
        return self.key or id(self)


class Sheet:
    """The characters of one page of a PDF, the texts of its blocks one after the other and then those that no block took.

    Each field holds one attribute of all of them; `printed` has a byte each, 0 or 1. `raws` is None where it would be `chars`.
    """

    __slots__ = ("bottom", "chars", "page", "printed", "raws", "size", "top", "x0", "x1")

    def __init__(self, page: int, glyphs: Sequence[Glyph]) -> None:
        """Raises ValueError where there are more glyphs than MOST_OF_A_SHEET."""
        if len(glyphs) > MOST_OF_A_SHEET:
            raise ValueError(f"more than {MOST_OF_A_SHEET} characters on page {page}")
        self.page = page
        self.chars, raws = "".join([g.char for g in glyphs]), "".join([g.raw for g in glyphs])
        self.raws = None if raws == self.chars else raws
        self.printed = bytes([g.printed for g in glyphs])
        boxes = [g.box or _NOWHERE for g in glyphs]
        self.x0, self.top = array("d", [box.x0 for box in boxes]), array("d", [box.top for box in boxes])
        self.x1, self.bottom = array("d", [box.x1 for box in boxes]), array("d", [box.bottom for box in boxes])
        self.size = array("d", [g.size for g in glyphs])

    def raw(self, first: int, last: int) -> str:
        """The characters from `first` to before `last` as the file holds them."""
        return (self.chars if self.raws is None else self.raws)[first:last]

    def key(self, at: int) -> int:
        """The number of a character among those of its document; never 0, for pages begin with 1."""
        return self.page * MOST_OF_A_SHEET + at

    def glyph(self, at: int) -> Glyph:
        printed = bool(self.printed[at])
        box = Box(self.x0[at], self.top[at], self.x1[at], self.bottom[at]) if printed else None
        made = Glyph(self.chars[at], self.page, 0, box, self.size[at], printed)
        made.raw, made.key = self.raw(at, at + 1), self.key(at)
        return made

    def inked(self, first: int, last: int) -> Sequence[int]:
        """Where the printed, visible characters of a stretch are."""
        whole = self.chars[first:last]
        if 0 not in self.printed[first:last] and whole.split() == [whole]:
            return range(first, last)
        return [at for at in range(first, last) if self.printed[at] and not self.chars[at].isspace()]


_NOWHERE: Final = Box(0.0, 0.0, 0.0, 0.0)


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
        return [self.sheet.size[at] for at in self.order]

    @property
    def keys(self) -> list[int]:
        """As Text.keys, in this order."""
        first = self.sheet.key(0)
        return [first + at for at in self.order]


class Text:
    """A run of characters that knows where each of them stands. `string` and `glyphs` have the same length; slicing keeps both.

    It holds its glyphs, or the stretch of a sheet in which they are.
    """

    __slots__ = ("_first", "_glyphs", "_sheet", "string")

    def __init__(self, glyphs: Iterable[Glyph] = (), string: str | None = None) -> None:
        """`string`: the characters of the glyphs, where the caller knows them already."""
        self._glyphs: tuple[Glyph, ...] = tuple(glyphs)
        self._sheet: Sheet | None = None
        self._first = 0
        self.string = "".join([g.char for g in self._glyphs]) if string is None else string

    @staticmethod
    def on(sheet: Sheet, first: int, string: str) -> Text:
        """The stretch of a sheet that begins at `first` and holds `string`."""
        made = Text((), string)
        made._sheet, made._first = sheet, first
        return made

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        if self._sheet is None:
            return self._glyphs
        return tuple(map(self._sheet.glyph, range(self._first, self._first + len(self.string))))

    @property
    def keys(self) -> Sequence[object]:
        """What tells each character from all others of its document, in order: quicker to come by than the glyphs, and equal where they are."""
        if self._sheet is None:
            return [g.key or g for g in self._glyphs]
        first = self._sheet.key(self._first)
        return range(first, first + len(self.string))

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string.strip())

    def __iter__(self) -> Iterator[Glyph]:
        return iter(self.glyphs)

    def __getitem__(self, key: slice) -> Text:
        if self._sheet is None:
            return Text(self._glyphs[key], self.string[key])
        start, stop, step = key.indices(len(self.string))
        return Text.on(self._sheet, self._first + start, self.string[start:stop]) if step == 1 else Text(self.glyphs[key], self.string[key])

    def __add__(self, other: Text) -> Text:
        whole = Text._stretch((self, other))
        return Text(self.glyphs + other.glyphs, self.string + other.string) if whole is None else whole

    def __repr__(self) -> str:
        return f"Text({self.string!r})"

    @staticmethod
    def join(parts: Iterable[Text], between: str = "") -> Text:
        """The parts in one run, with `between` as unprinted characters between them."""
        parts = list(parts)
        whole = Text._stretch(parts) if not between else None
        if whole is not None:
            return whole
        out: list[Glyph] = []
        for part in parts:
            if out and between:
                out.extend(Glyph(char, out[-1].page, printed=False) for char in between)
            out.extend(part.glyphs)
        return Text(out)

    @staticmethod
    def _stretch(parts: Sequence[Text]) -> Text | None:
        """Parts that follow each other on one sheet as the stretch that they are; None where they do not."""
        if not parts or (sheet := parts[0]._sheet) is None:
            return None
        ends = [part._first + len(part.string) for part in parts]
        if any(part._sheet is not sheet or part._first != end for part, end in zip(parts[1:], ends, strict=False)):
            return None
        return Text.on(sheet, parts[0]._first, "".join([part.string for part in parts]))

    def strip(self) -> Text:
        left = len(self.string) - len(self.string.lstrip())
        right = len(self.string.rstrip())
        if left == 0 and right == len(self.string):
            return self
        return self[left:right] if left < right else Text()

    def split_lines(self) -> list[Text]:
        """The parts between line breaks, empty ones left out."""
        if "\n" not in self.string:
            return [self] if self else []
        out, start = [], 0
        for line in self.string.split("\n"):
            if line.strip():
                out.append(self[start : start + len(line)])
            start += len(line) + 1
        return out

    @property
    def raw(self) -> str:
        """The characters as the file holds them."""
        if self._sheet is None:
            return "".join([g.raw for g in self._glyphs])
        return self._sheet.raw(self._first, self._first + len(self.string))

    @property
    def page(self) -> int:
        """1-based page of the first printed character; 0 for an empty run."""
        if self._sheet is None:
            return next((g.page for g in self._glyphs if g.printed), 0)
        return self._sheet.page if 1 in self._sheet.printed[self._first : self._first + len(self.string)] else 0

    @property
    def line(self) -> int:
        """1-based line of the first printed character in a text file; 0 in a PDF."""
        return next((g.line for g in self._glyphs if g.printed), 0)

    @property
    def box(self) -> Box | None:
        """The rectangle around all printed, visible characters on the page of the first one; None in a text file."""
        if self._sheet is not None:
            return self._box_on(self._sheet)
        page = self.page
        boxes = [g.box for g in self._glyphs if g.printed and g.page == page and g.box is not None and not g.char.isspace()]
        if not boxes:
            return None
        return Box(min([b.x0 for b in boxes]), min([b.top for b in boxes]), max([b.x1 for b in boxes]), max([b.bottom for b in boxes]))

    def _box_on(self, sheet: Sheet) -> Box | None:
        places = sheet.inked(self._first, self._first + len(self.string))
        if not places:
            return None
        if isinstance(places, range):
            part = slice(places.start, places.stop)
            return Box(min(sheet.x0[part]), min(sheet.top[part]), max(sheet.x1[part]), max(sheet.bottom[part]))
        x0, top, x1, bottom = sheet.x0, sheet.top, sheet.x1, sheet.bottom
        return Box(min([x0[i] for i in places]), min([top[i] for i in places]), max([x1[i] for i in places]), max([bottom[i] for i in places]))

    @property
    def size(self) -> float:
        """The median font size in points; 0 in a text file."""
        if self._sheet is None:
            sizes = sorted([g.size for g in self._glyphs if g.printed and not g.char.isspace()])
        else:
            size = self._sheet.size
            sizes = sorted([size[at] for at in self._sheet.inked(self._first, self._first + len(self.string))])
        return sizes[len(sizes) // 2] if sizes else 0.0
