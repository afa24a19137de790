"""The nouns that every stage shares: where a character stands, what a page holds, what a fact is.

Coordinates are pdfplumber's: points from the top left of the page as a reader sees it (after rotation).
A text file has lines (1-based, counted by line feeds over form feeds) in place of boxes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from extractors.normalise.characters import plain

# The blocks CJK Radicals Supplement and Kangxi Radicals.
FIRST_RADICAL, LAST_RADICAL = "\u2e80", "\u2fdf"
# What some printers write for the katakana middle dot.
DOTS = "\u2027\u00b7\u2219\u22c5"


class Box(NamedTuple):
    """A rectangle on a page in points: left, top, right, bottom, as pdfplumber names them."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))


class Glyph:
    """One character of a document and the place where it stands; compared by identity.

    `page` is 1-based (the page of a form feed in a text file), `line` the 1-based line of a text file (0 in a PDF), `box` its
    rectangle (None in a text file), `size` the font size in points (0 in a text file), `printed` False for a blank or line break
    that reading put between words: it stands nowhere and no account asks for it. `char` is the ideograph where the file holds a
    radical for it (⽬ for 目, as browsers and some PDF printers write), ・ for every middle dot, `raw` the character that the file holds.
    """

    __slots__ = ("box", "char", "line", "page", "printed", "raw", "size")

    def __init__(self, char: str, page: int, line: int = 0, box: Box | None = None, size: float = 0.0, printed: bool = True) -> None:
        self.raw, self.page, self.line, self.box, self.size, self.printed = char, page, line, box, size, printed
        self.char = plain(char) if FIRST_RADICAL <= char <= LAST_RADICAL else "・" if char in DOTS else char

    def __repr__(self) -> str:
        return f"Glyph({self.char!r}, page={self.page}, line={self.line})"


class Text:
    """A run of characters that knows where each of them stands. `string` and `glyphs` have the same length; slicing keeps both."""

    __slots__ = ("glyphs", "string")

    def __init__(self, glyphs: Iterable[Glyph] = ()) -> None:
        self.glyphs: tuple[Glyph, ...] = tuple(glyphs)
        self.string = "".join(g.char for g in self.glyphs)

    def __len__(self) -> int:
        return len(self.glyphs)

    def __bool__(self) -> bool:
        return bool(self.string.strip())

    def __iter__(self) -> Iterator[Glyph]:
        return iter(self.glyphs)

    def __getitem__(self, key: slice) -> Text:
        return Text(self.glyphs[key])

    def __add__(self, other: Text) -> Text:
        return Text(self.glyphs + other.glyphs)

    def __repr__(self) -> str:
        return f"Text({self.string!r})"

    @staticmethod
    def join(parts: Iterable[Text], between: str = "") -> Text:
        """The parts in one run, with `between` as unprinted characters between them."""
        out: list[Glyph] = []
        for part in parts:
            if out and between:
                out.extend(Glyph(char, out[-1].page, printed=False) for char in between)
            out.extend(part.glyphs)
        return Text(out)

    def strip(self) -> Text:
        left = len(self.string) - len(self.string.lstrip())
        right = len(self.string.rstrip())
        return self[left:right] if left < right else Text()

    def split_lines(self) -> list[Text]:
        """The parts between line breaks, empty ones left out."""
        out, start = [], 0
        for at, char in enumerate(self.string + "\n"):
            if char == "\n":
                if self.string[start:at].strip():
                    out.append(self[start:at])
                start = at + 1
        return out

    @property
    def raw(self) -> str:
        """The characters as the file holds them."""
        return "".join(g.raw for g in self.glyphs)

    @property
    def page(self) -> int:
        """1-based page of the first printed character; 0 for an empty run."""
        return next((g.page for g in self.glyphs if g.printed), 0)

    @property
    def line(self) -> int:
        """1-based line of the first printed character in a text file; 0 in a PDF."""
        return next((g.line for g in self.glyphs if g.printed), 0)

    @property
    def box(self) -> Box | None:
        """The rectangle around all printed, visible characters on the page of the first one; None in a text file."""
        found: Box | None = None
        page = self.page
        for glyph in self.glyphs:
            if glyph.printed and glyph.page == page and glyph.box is not None and not glyph.char.isspace():
                found = glyph.box if found is None else found.union(glyph.box)
        return found

    @property
    def size(self) -> float:
        """The median font size in points; 0 in a text file."""
        sizes = sorted(g.size for g in self.glyphs if g.printed and not g.char.isspace())
        return sizes[len(sizes) // 2] if sizes else 0.0


class Rule(NamedTuple):
    """A drawn line (or the edge of a filled box) in points; `horizontal` tells its direction."""

    x0: float
    top: float
    x1: float
    bottom: float
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together on one baseline."""

    text: Text
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one column's part of it where a wide gap parts it. A slide's text box gives one Line for each line in it.

    `charted`: it lies in a chart, whose bars and colours its numbers belong to. `level`: the file itself says that it is a heading of this level, 1 the highest
    (`## ` of markdown is 2); 0 where it says nothing.
    """

    text: Text
    box: Box | None = None
    charted: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid, 0-based; a merged cell is one Cell with a span of more than one. Lines in it are parted by unprinted line breaks."""

    row: int
    column: int
    text: Text
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None


@dataclass(frozen=True)
class Grid:
    """A table: cells on `rows` x `columns`.

    `spans_known` is True where the cells' boxes tell which of them are merged, False where the source cannot (pipe tables,
    tables without rules): there an empty cell may mean 'as above' or nothing. `open_top` and `open_bottom`: no rule is drawn over the first
    row, or under the last one, of a table with rules. A row that a page end cuts in two is the last row of the first page's grid.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    box: Box | None = None
    spans_known: bool = True
    open_top: bool = False
    open_bottom: bool = False

    def covering(self) -> dict[tuple[int, int], Cell]:
        """Each (row, column) to the cell that covers it."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }


@dataclass(frozen=True)
class Page:
    """One page: its blocks in reading order, and all its characters for the account.

    `number` is 1-based. `width` and `height` are points (0 in a text file). `glyphs` are all printed characters of the page, those in
    blocks and any that no block took. `unreadable` is a sentence for a person where the text layer is missing or wrong: the page's
    numbers are then not published. `slide` is True for a wide page of text boxes rather than running lines. `turn` is the direction in
    which most of the text reads on the page as it is seen: 0 to the right, 90 upwards, 180, 270 downwards. Boxes of blocks and cells lie in
    the frame in which that text reads from left to right, all others (glyphs, words, rules) on the page as it is seen.
    """

    number: int
    blocks: tuple[Line | Grid, ...]
    glyphs: tuple[Glyph, ...]
    width: float = 0.0
    height: float = 0.0
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    unreadable: str | None = None
    slide: bool = False
    turn: int = 0


@dataclass(frozen=True)
class Document:
    """One document as read: `id` comes from its bytes alone, `paged` is False for a text file (whose facts carry lines, not pages)."""

    id: str
    pages: tuple[Page, ...]
    media_type: str
    paged: bool
    title: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)


class Kind(StrEnum):
    """Which table a fact belongs to."""

    TARGET = "target"
    ACTUAL = "actual"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number with its meaning: a row of `targets`, `actuals` or `costs`. Columns and units are those of pipeline.schema."""

    kind: Kind
    figure: Text
    indicator: str
    value: float
    page: int
    section: str | None = None
    component: str | None = None
    area: str | None = None
    area_code: str | None = None
    fiscal_year: int | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    unit: str | None = None
    comparator: str | None = None
    cumulative: bool = False
    role_from: str | None = None
    year_from: str | None = None
    unit_from: str | None = None
    extractor: str = ""
    baseline: bool = False
    achievement_rate: float | None = None
    rating: str | None = None
    basis: str | None = None
    words: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """One numeral that no fact took, and the reason: a word of `extractors.account.REASONS`."""

    numeral: Text
    context: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader must know before using a number. `message` is a Japanese sentence, `severity` info, warning or error."""

    rule: str
    severity: str
    message: str
    place: Text | None = None
    stated: str | None = None
    expected: str | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """What one document holds. Every numeral of every readable page is in a fact's figure, in a fact's words, or in `unclaimed`."""

    facts: tuple[Fact, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str | None = None
    fiscal_year: int | None = None
    publisher: str | None = None
    area_code: str | None = None
