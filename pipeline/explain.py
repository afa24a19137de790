"""Why each figure of a page became what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.read import read
from pipeline.read.errors import Unreadable


def explained(file: Path, page: int, line: int | None = None) -> Iterator[str]:
    """Rows of text for a person about the figures on a page (1-based), or on one line of a text file (1-based, `page` is then of no matter).

    Raises LookupError with a sentence where there is no such page or line, Unreadable where the file or the page cannot be read.
    """
    from extractors import explain

    document = read(file.read_bytes(), file.name)
    if line is not None:
        if document.paged:
            raise LookupError(f"{file} has pages, not lines: leave out --line")
        page = next((one.number for one in document.pages if any(glyph.line == line for glyph in one.glyphs)), 0)
        if not page:
            raise LookupError(f"{file} has nothing on line {line}")
    if page > len(document.pages):
        raise LookupError(f"{file} has {len(document.pages)} pages, there is no page {page}")
    if reason := document.pages[page - 1].unreadable:
        raise Unreadable(reason)
    yield from explain(document, page, line)
