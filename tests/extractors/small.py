"""Documents of a few lines made for one test, and what extraction says of them in plain tuples."""

from __future__ import annotations

from typing import Any

from extractors import extract
from extractors.vocabulary import Document, Extraction, Fact, Glyph, Line, Page, Text
from pipeline.read import read

# What a fact says, where a test asks for nothing else.
SAYS = ("kind", "indicator", "fiscal_year", "value", "unit")


def extraction_of(source: str | bytes) -> Extraction:
    """What extraction makes of a text file with this content (a string is written as UTF-8)."""
    return extract(read(source.encode() if isinstance(source, str) else source, "document.txt"))


def facts_of(source: str | bytes | Document, *columns: str) -> list[tuple[Any, ...]]:
    """The facts in the order in which they were found, each as a tuple of these columns (`SAYS` where none is named)."""
    extraction = extract(source) if isinstance(source, Document) else extraction_of(source)
    return [tuple(_value(fact, column) for column in columns or SAYS) for fact in extraction.facts]


def values_of(source: str | bytes | Document, column: str) -> list[Any]:
    """One column of the facts."""
    return [value for (value,) in facts_of(source, column)]


def unclaimed_of(source: str | bytes) -> list[tuple[str, str]]:
    """The numerals that no fact took, with the reason of each."""
    return [(one.numeral.string, one.reason) for one in extraction_of(source).unclaimed]


def table(*rows: str) -> str:
    """A pipe table; each row is a string with its cells parted by `|`, the first row the header."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(len(row) for row in cells)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]) + "\n"


def slides(*pages: tuple[str, ...], slide: bool = True) -> Document:
    """A PDF's pages as reading hands them over: lines of equal size, no boxes; slides unless `slide` is False."""
    return Document("d_1", tuple(_page(number, lines, slide) for number, lines in enumerate(pages, 1)), "application/pdf", paged=True)


def _page(number: int, lines: tuple[str, ...], slide: bool) -> Page:
    texts = [Text(Glyph(char, number, size=12.0) for char in line) for line in lines]
    return Page(number, tuple(Line(text) for text in texts), tuple(glyph for text in texts for glyph in text), 960, 540, slide=slide)


def _value(fact: Fact, column: str) -> Any:
    if column == "raw":
        return fact.figure.string
    if column == "kind":
        return fact.kind.value
    return getattr(fact, column)
