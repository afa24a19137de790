"""One document as the rules look at it: its facts by what they are about, its lines, its tables as cells with their numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, TypeVar, cast

import regex

from extractors.calendar import calendar_of
from extractors.normalise.characters import plain
from extractors.normalise.names import clean_name
from extractors.normalise.scan import is_number
from extractors.normalise.tokens import Calendar
from extractors.vocabulary import Cell, Document, Extraction, Fact, Grid, Kind, Text

T = TypeVar("T")

# A cell that holds one number: a sign, digits in groups, decimals, a unit or 以上 behind it. `12 34` and `12(34)` are two.
# Groups: sign, digits, decimals, unit.
_NUMBER: Final = regex.compile(r"(?:約|延べ|のべ|計)?\s*([△▲+\-−－]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([^\d\s,.]{0,6}(?:以上|以下|未満)?)")
# A digit of any script folds to one of these, and nothing else does.
DIGIT: Final = re.compile(r"\d")
_DATE: Final = re.compile(r"年|月|日|期|位|番|号|頁|ページ|章|条|歳|次|か年")
# A count without a comma in this range is taken for a year: offices print 2,024人, but 2024.
_YEAR: Final = re.compile(r"19[5-9][0-9]|20[0-7][0-9]")
DASHES: Final = frozenset("-－―—–…‐ー")
_GAPS: Final = regex.compile(r"[\s\p{P}\p{S}]+")


class Amount:
    """A number that fills a cell: its value, its printed decimals, its unit as printed ("" where none is), and where it stands."""

    __slots__ = ("places", "text", "unit", "value")

    def __init__(self, value: float, places: int, unit: str, text: Text) -> None:
        self.value, self.places, self.unit, self.text = value, places, unit, text

    @property
    def half(self) -> float:
        """Half of the last printed digit."""
        return 0.5 * 10.0**-self.places


def amount(text: Text) -> Amount | None:
    """The number that fills a cell; None where it holds words, several numbers or nothing, and for years, days and numbers of rows (2024, 3年度)."""
    string = text.string
    if is_number(string):
        if len(string) == 4 and _YEAR.fullmatch(string):
            return None
        return Amount(float(string.replace(",", "")), len(string) - 1 - string.find(".") if "." in string else 0, "", text)
    match = _NUMBER.fullmatch(plain(string)) if DIGIT.search(string) else None
    if match is None:
        return None
    sign, digits, part, unit = match.groups()
    if _DATE.match(unit) or (not part and not unit and _YEAR.fullmatch(digits)):
        return None
    value = float(digits.replace(",", "") + (part or ""))
    return Amount(-value if sign and sign in "△▲-−－" else value, len(part or ".") - 1, unit, text)


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """A name without blanks and marks, for comparing what two places of one document print: 「消防・防災」 is 「消防防災」."""
    return _GAPS.sub("", plain(clean_name(name)))


class Table:
    """A grid with its cells by (row, column), and the numbers in them; a merged cell counts where it begins."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows, self.columns = grid.rows, grid.columns
        self.cells: dict[tuple[int, int], Cell] = {(cell.row, cell.column): cell for cell in grid.cells}
        # Where no cell is merged, a cell covers its own place alone: half of what a table of a thousand cells takes.
        merged = any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells)
        self.covering = grid.covering() if merged else self.cells
        self._text: dict[tuple[int, int], str] = {}
        self._labels: dict[int, list[str]] = {}
        self._headers: dict[int, list[str]] = {}
        self.amounts: dict[tuple[int, int], Amount] = {}
        # Where a cell holds a dash: nothing, or nought.
        self.dashes: list[tuple[int, int]] = []
        for spot, cell in self.cells.items():
            found = amount(cell.text)
            if found is not None:
                self.amounts[spot] = found
            elif cell.text.string.strip() in DASHES:
                self.dashes.append(spot)

    def text(self, row: int, column: int) -> str:
        """The words of the cell that covers a place, on one line; empty where none does."""
        spot = row, column
        if spot not in self._text:
            cell = self.covering.get(spot)
            self._text[spot] = plain(cell.text.string).replace("\n", "").strip() if cell else ""
        return self._text[spot]

    def labels(self, row: int) -> list[str]:
        """The words at the left of a row, outermost first."""
        if row not in self._labels:
            self._labels[row] = self._words(row, 0, down=False)
        return self._labels[row]

    def headers(self, column: int) -> list[str]:
        """The words at the head of a column, outermost first."""
        if column not in self._headers:
            self._headers[column] = self._words(0, column, down=True)
        return self._headers[column]

    def _words(self, row: int, column: int, down: bool) -> list[str]:
        """The words of the cells from a place on, downwards or to the right, up to the first number, each once."""
        words: list[str] = []
        while row < self.rows and column < self.columns and (row, column) not in self.amounts:
            text = self.text(row, column)
            if text and text not in words and text not in DASHES:
                words.append(text)
            row, column = (row + 1, column) if down else (row, column + 1)
        return words


class Matter:
    """What the rules take: one document and what extraction made of it."""

    def __init__(self, document: Document, extraction: Extraction) -> None:
        self.document, self.extraction = document, extraction
        self.facts: tuple[Fact, ...] = extraction.facts
        self._made: dict[object, object] = {}

    def once(self, make: Callable[[Matter], T]) -> T:
        """What a function makes of the document, made once for all the rules that ask for it. Nobody changes it."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    @property
    def calendar(self) -> Calendar:
        return self.once(_calendar)

    def facts_at(self, amounts: Iterable[Amount]) -> list[Fact]:
        """The facts whose figures are these numbers of a table."""
        by_digit = self.once(_by_digit)
        facts = {id(fact): fact for one in amounts for key in one.text.keys for fact in by_digit.get(key, ())}
        return list(facts.values())

    @property
    def grids(self) -> Iterator[Grid]:
        """The grids of pages that can be read, in reading order."""
        for page in self.document.pages:
            for block in () if page.unreadable else page.blocks:
                if isinstance(block, Grid):
                    yield block

    @property
    def tables(self) -> Iterator[Table]:
        """The grids as tables, made when they are asked for: a long report's take more than its pages do."""
        for grid in self.grids:
            yield Table(grid)

    @property
    def lines(self) -> tuple[Text, ...]:
        """Every printed line in reading order: the lines outside tables, and those of each cell. Pages that cannot be read are left out."""
        return self.once(_lines)

    def lines_with(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, Text]]:
        """(number in `lines`, line) of the lines in which a pattern finds something. It takes no line break; all lines are searched at once."""
        whole, starts = self.once(_joined)
        lines = self.lines
        match = pattern.search(whole)
        while match is not None:
            behind = bisect_right(starts, match.start())
            yield behind - 1, lines[behind - 1]
            match = pattern.search(whole, starts[behind])

    @property
    def passages(self) -> tuple[Text, ...]:
        """Running text: the lines outside tables, those that follow each other joined; and each cell as it is."""
        return self.once(_passages)

    @property
    def records(self) -> dict[tuple[object, ...], list[Fact]]:
        """The facts of each indicator in one place: same name, part, area, section and page. Costs are records of their own."""
        return self.once(_records)

    def alike(self, fact: Fact) -> list[Fact]:
        """All facts of a fact's record, itself among them."""
        return self.records[_record(fact)]


def _calendar(matter: Matter) -> Calendar:
    return matter.extraction.calendar or calendar_of(matter.document)


def _by_digit(matter: Matter) -> dict[object, list[Fact]]:
    by_digit: dict[object, list[Fact]] = defaultdict(list)
    for fact in matter.facts:
        for key, char in zip(fact.figure.keys, fact.figure.string, strict=True):
            if char.isdigit():
                by_digit[key].append(fact)
    return by_digit


def _lines(matter: Matter) -> tuple[Text, ...]:
    out: list[Text] = []
    for page in matter.document.pages:
        for block in () if page.unreadable else page.blocks:
            for text in [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]:
                out += text.split_lines()
    return tuple(out)


def _joined(matter: Matter) -> tuple[str, list[int]]:
    """All lines as one string, parted by line breaks, and where each of them begins; at last the end."""
    strings = [line.string for line in matter.lines]
    at, starts = 0, [0]
    for string in strings:
        at += len(string) + 1
        starts.append(at)
    return "\n".join(strings), starts


def _passages(matter: Matter) -> tuple[Text, ...]:
    out: list[Text] = []
    for page in matter.document.pages:
        running: list[Text] = []
        for block in () if page.unreadable else page.blocks:
            if isinstance(block, Grid):
                out += [Text.join(running), *(cell.text for cell in block.cells)]
                running = []
            else:
                running.append(block.text)
                if block.text.string.rstrip().endswith("。"):
                    out.append(Text.join(running))
                    running = []
        out.append(Text.join(running))
    return tuple([text for text in out if text])


def _records(matter: Matter) -> dict[tuple[object, ...], list[Fact]]:
    records: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in matter.facts:
        records[_record(fact)].append(fact)
    return records


def _record(fact: Fact) -> tuple[object, ...]:
    return fact.kind is Kind.COST, key(fact.indicator), fact.component, fact.area, fact.section, fact.page


def shown(value: float) -> str:
    """A number for a message: 1,234.5."""
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"


def where(text: Text) -> str:
    """Where a text stands, for a message: 201行, or 12ページ of a PDF."""
    return f"{text.line}行" if text.line else f"{text.page}ページ"
