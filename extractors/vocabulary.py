"""The nouns that every stage shares: where a character stands, what a page holds, what a fact is.

Coordinates are pdfplumber's: points from the top left of the page as a reader sees it (after rotation).
A text file has lines (1-based, counted by line feeds over form feeds) in place of boxes. None of these is changed once it is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from extractors.glyphs import MOST_OF_A_SHEET, Box, Glyph, Scattered, Sheet
from extractors.native import mypyc_attr
from extractors.normalise.tokens import Calendar
from extractors.texts import Text

__all__ = [
    "MOST_OF_A_SHEET",
    "Box",
    "Cell",
    "Document",
    "Extraction",
    "Fact",
    "Finding",
    "Glyph",
    "Grid",
    "Kind",
    "Line",
    "Page",
    "Scattered",
    "Sheet",
    "Text",
    "Unclaimed",
]


# The classes of a page say themselves how pickle makes them again: compiled, a class is made through `__init__` alone. Ranges of a long document's
# pages go from process to process so.


@mypyc_attr(acyclic=True)
class Line:
    """One printed line, or one column's part of it where a wide gap parts it. A slide's text box gives one Line for each line in it.

    `charted`: it lies in a chart, whose bars and colours its numbers belong to. `level`: the file itself says that it is a heading of this level, 1 the highest
    (`## ` of markdown is 2); 0 where it says nothing.
    """

    __slots__ = ("box", "charted", "level", "text")

    def __init__(self, text: Text, box: Box | None = None, charted: bool = False, level: int = 0) -> None:
        self.text, self.box, self.charted, self.level = text, box, charted, level

    def __reduce__(self) -> tuple[type[Line], tuple[object, ...]]:
        return Line, (self.text, self.box, self.charted, self.level)

    def __repr__(self) -> str:
        return f"Line({self.text!r}, {self.box!r})"


@mypyc_attr(acyclic=True)
class Cell:
    """One cell of a grid, 0-based; a merged cell is one Cell with a span of more than one. Lines in it are parted by unprinted line breaks."""

    __slots__ = ("box", "column", "column_span", "row", "row_span", "text")

    def __init__(self, row: int, column: int, text: Text, row_span: int = 1, column_span: int = 1, box: Box | None = None) -> None:
        self.row, self.column, self.text, self.row_span, self.column_span, self.box = row, column, text, row_span, column_span, box

    def __reduce__(self) -> tuple[type[Cell], tuple[object, ...]]:
        return Cell, (self.row, self.column, self.text, self.row_span, self.column_span, self.box)

    def __repr__(self) -> str:
        return f"Cell({self.row}, {self.column}, {self.text!r}, {self.row_span}, {self.column_span})"


class Grid:
    """A table: cells on `rows` x `columns`.

    `spans_known` is True where the cells' boxes tell which of them are merged, False where the source cannot (pipe tables,
    tables without rules): there an empty cell may mean 'as above' or nothing. `open_top` and `open_bottom`: no rule is drawn over the first
    row, or under the last one, of a table with rules. A row that a page end cuts in two is the last row of the first page's grid.
    """

    __slots__ = ("box", "cells", "columns", "open_bottom", "open_top", "rows", "spans_known")

    def __init__(
        self,
        cells: tuple[Cell, ...],
        rows: int,
        columns: int,
        box: Box | None = None,
        spans_known: bool = True,
        open_top: bool = False,
        open_bottom: bool = False,
    ) -> None:
        self.cells, self.rows, self.columns, self.box = cells, rows, columns, box
        self.spans_known, self.open_top, self.open_bottom = spans_known, open_top, open_bottom

    def __reduce__(self) -> tuple[type[Grid], tuple[object, ...]]:
        return Grid, (self.cells, self.rows, self.columns, self.box, self.spans_known, self.open_top, self.open_bottom)

    def __repr__(self) -> str:
        return f"Grid({self.cells!r}, {self.rows}, {self.columns}, {self.box!r})"

    def guessed(self) -> Grid:
        """The grid without the claim that its cells' boxes tell which of them are merged."""
        return Grid(self.cells, self.rows, self.columns, self.box, False, self.open_top, self.open_bottom)

    def bounded(self, open_top: bool, open_bottom: bool) -> Grid:
        """The grid with or without a rule over its first row and under its last one."""
        return Grid(self.cells, self.rows, self.columns, self.box, self.spans_known, open_top, open_bottom)

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
    the frame in which that text reads from left to right, all others (glyphs) on the page as it is seen.
    """

    number: int
    blocks: tuple[Line | Grid, ...]
    glyphs: Sequence[Glyph]
    width: float = 0.0
    height: float = 0.0
    unreadable: str | None = None
    slide: bool = False
    turn: int = 0

    def __reduce__(self) -> tuple[type[Page], tuple[object, ...]]:
        return Page, (self.number, self.blocks, self.glyphs, self.width, self.height, self.unreadable, self.slide, self.turn)

    @property
    def string(self) -> str:
        """The characters of `glyphs`."""
        return self.glyphs.string if isinstance(self.glyphs, Scattered) else "".join([g.char for g in self.glyphs])

    @property
    def sizes(self) -> list[float]:
        """The font sizes of `glyphs` in points, in any order."""
        return self.glyphs.sizes if isinstance(self.glyphs, Scattered) else [g.size for g in self.glyphs]

    @property
    def keys(self) -> Sequence[object]:
        """Text.keys of `glyphs`."""
        return self.glyphs.keys if isinstance(self.glyphs, Scattered) else Text(self.glyphs).keys


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


@dataclass(init=False, slots=True, unsafe_hash=True)
class Fact:
    """One number with its meaning: a row of `targets`, `actuals` or `costs`. Columns and units are those of pipeline.schema.

    Changed by nobody but who makes it: `extract` gives it its place's code when all of its document is read.
    """

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

    # What a dataclass writes for itself is never compiled.
    def __init__(
        self,
        kind: Kind,
        figure: Text,
        indicator: str,
        value: float,
        page: int,
        section: str | None = None,
        component: str | None = None,
        area: str | None = None,
        area_code: str | None = None,
        fiscal_year: int | None = None,
        period_start: dt.date | None = None,
        period_end: dt.date | None = None,
        unit: str | None = None,
        comparator: str | None = None,
        cumulative: bool = False,
        role_from: str | None = None,
        year_from: str | None = None,
        unit_from: str | None = None,
        extractor: str = "",
        baseline: bool = False,
        achievement_rate: float | None = None,
        rating: str | None = None,
        basis: str | None = None,
        words: tuple[Text, ...] = (),
    ) -> None:
        self.kind, self.figure, self.indicator, self.value, self.page = kind, figure, indicator, value, page
        self.section, self.component, self.area, self.area_code = section, component, area, area_code
        self.fiscal_year, self.period_start, self.period_end = fiscal_year, period_start, period_end
        self.unit, self.comparator, self.cumulative = unit, comparator, cumulative
        self.role_from, self.year_from, self.unit_from, self.extractor = role_from, year_from, unit_from, extractor
        self.baseline, self.achievement_rate, self.rating, self.basis, self.words = baseline, achievement_rate, rating, basis, words


class Unclaimed:
    """One numeral that no fact took, and the reason: a word of `extractors.account.REASONS`."""

    __slots__ = ("context", "numeral", "reason")

    def __init__(self, numeral: Text, context: str, reason: str) -> None:
        self.numeral, self.context, self.reason = numeral, context, reason

    def __repr__(self) -> str:
        return f"Unclaimed({self.numeral!r}, {self.context!r}, {self.reason!r})"


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
    """What one document holds, and the calendar by which its bare years were read.

    Every numeral of every readable page is in a fact's figure, in a fact's words, or in `unclaimed`.
    """

    facts: tuple[Fact, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str | None = None
    fiscal_year: int | None = None
    publisher: str | None = None
    area_code: str | None = None
    calendar: Calendar | None = None
