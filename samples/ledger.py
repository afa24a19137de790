"""The book of a sample's facts: what a builder prints is checked against it, so that the truth is what the PDF states.

A builder's texts carry each figure in double square brackets (`就職件数 [[581件]]`). The k-th bracket of a document must be
the k-th row of its facts CSV: a wrong, missing or doubled figure stops the build.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = (
    "kind", "indicator", "component", "area", "section", "fiscal_year", "period", "value", "unit", "comparator",
    "cumulative", "achievement_rate", "rating", "raw", "tier", "note",
)  # fmt: skip
TRUTH_COLUMNS = (*COLUMNS[:-2], "page", *COLUMNS[-2:])
MARK = re.compile(r"\[\[(.*?)\]\]")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class LedgerError(Exception):
    """What a builder prints and what its facts CSV says are not the same."""


@dataclass(frozen=True)
class Fact:
    """One row of a facts CSV: the columns of COLUMNS as printed text."""

    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def optional(self) -> bool:
        return self.cells["note"].startswith("optional")


@dataclass(frozen=True)
class Piece:
    """One run of text as printed. `places` are (offset in text, number of the fact); `page` is 1-based where the builder knows it."""

    text: str
    places: tuple[tuple[int, int], ...] = ()
    page: int | None = None


@dataclass
class Ledger:
    """The facts of one document, in the order in which the document prints them, and what has been printed so far."""

    facts: list[Fact]
    pieces: list[Piece] = field(default_factory=list)
    page: int | None = None
    _next: int = 0
    _taken: int = 0

    def fill(self, text: str) -> str:
        """The text without its brackets. Raises LedgerError where a bracketed figure is not the next fact's `raw`."""
        out, places, at = "", [], 0
        for match in MARK.finditer(text):
            out += text[at : match.start()]
            places.append((len(out), self._claim(match[1])))
            out += match[1]
            at = match.end()
        out += text[at:]
        self.pieces.append(Piece(out, tuple(places), self.page))
        return out

    def take(self, kind: str, year: int | str = "") -> str:
        """The next fact as a bracketed figure for `fill`. Raises LedgerError where it is of another kind or fiscal year."""
        at = self.taken
        fact = self.fact(at)
        if fact["kind"] != kind or fact["fiscal_year"] != str(year):
            raise LedgerError(f"row {at + 2}: wanted {kind} {year}, the facts say {fact.cells}")
        self._taken = at + 1
        return f"[[{fact['raw']}]]"

    @property
    def printed(self) -> int:
        """How many facts have been printed."""
        return self._next

    @property
    def taken(self) -> int:
        """How many facts have been printed or taken for printing."""
        return max(self._taken, self._next)

    def fact(self, at: int) -> Fact:
        """The fact of that number (from 0). Raises LedgerError past the end."""
        if at >= len(self.facts):
            raise LedgerError("the document prints more figures than there are facts")
        return self.facts[at]

    def close(self) -> None:
        """Raises LedgerError where a fact has not been printed."""
        if self._next != len(self.facts):
            raise LedgerError(f"not printed from row {self._next + 2} on: {self.fact(self._next).cells}")

    def _claim(self, raw: str) -> int:
        fact = self.fact(self._next)
        if fact["raw"] != raw:
            raise LedgerError(f"row {self._next + 2}: printed {raw!r}, the facts say {fact.cells}")
        self._next += 1
        return self._next - 1


def load(path: Path) -> Ledger:
    """A facts CSV (UTF-8, the columns of COLUMNS). Raises LedgerError where a row's number is not the one in its `raw`."""
    with path.open(encoding="utf-8", newline="") as handle:
        facts = [Fact({column: row[column] for column in COLUMNS}) for row in csv.DictReader(handle)]
    for number, fact in enumerate(facts, start=2):
        if not _agrees(fact):
            raise LedgerError(f"{path.name} row {number}: {fact['raw']!r} is not {fact['value']}")
    return Ledger(facts)


def _agrees(fact: Fact) -> bool:
    """Whether `raw` shows `value`. Blanks between digits and a comma before one or two digits (a misprint) are read as a person would."""
    shown = THOUSANDS.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", fact["raw"])))
    match = NUMBER.search(shown)
    return match is not None and float(match[0].replace(",", ".")) == float(fact["value"])


def write_truth(path: Path, facts: Iterable[Fact], pages: Iterable[int]) -> None:
    """The truth CSV of one PDF: its facts and the 1-based page of each."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, TRUTH_COLUMNS, lineterminator="\n")
        writer.writeheader()
        for fact, page in zip(facts, pages, strict=True):
            writer.writerow({**fact.cells, "page": page})
