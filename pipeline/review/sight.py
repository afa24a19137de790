"""What the tables do not hold: the pictures of a document's pages, the lines of its text, and where the words stand that gave a fact its meaning.

The words come from the extraction itself, run once more over the raw file: the objects that decided, not strings looked up on the page.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extractors.extract import traced
from extractors.meaning import Verdict
from extractors.naming import words_in
from extractors.vocabulary import Document, Fact, Glyph, Text, Unclaimed
from pipeline.link.forms import plain
from pipeline.read import read
from pipeline.read.errors import Unreadable
from pipeline.review.pictures import draw_pages
from pipeline.rows import Places, fact_ids, printed
from pipeline.sources import Source
from pipeline.work import not_opened

LOG = logging.getLogger(__name__)

# A place of words: (page, x0, top, x1, bottom) in points on the page as it is seen, or (line, first, end) in characters of a text file's line.
Mark = tuple[float, ...]
# A numeral of a text file: its line, characters and reason, which is all that its row in the table says.
Numeral = tuple[int | None, str, str]


class Leaf(NamedTuple):
    """A page as it is seen: points, whether it has a picture, and why nothing was read from it."""

    width: float
    height: float
    drawn: bool
    unreadable: str | None


@dataclass
class Sight:
    """What a second look at the raw file gave.

    `words` maps a fact's id to its words by what they decided (`role`, `year`, `unit`, `name`, `figure`). `numerals` are the places of a
    text file's unclaimed numerals, in reading order for those that their row cannot tell apart. `missing` is a sentence for a person where
    the file could not be looked at again.
    """

    paged: bool = True
    leaves: list[Leaf] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    words: dict[str, dict[str, list[Mark]]] = field(default_factory=dict)
    numerals: dict[Numeral, list[Mark]] = field(default_factory=dict)
    missing: str | None = None


def look_again(source: Source, pages: Path, expected: dict[str, str]) -> Sight:
    """Reads a document that the tables hold, and draws its pages into `pages`/document_id. `expected` maps a source's path to its sha256."""
    try:
        data = source.file.read_bytes()
    except OSError as error:
        return Sight(missing=not_opened(error))
    if hashlib.sha256(data).hexdigest() != expected[source.path]:
        return Sight(missing="元のファイルが表を作ったときから変わっています。make ingest をやり直してください。")
    try:
        document = read(data, source.name)
        sight = seen(document)
        if document.paged:
            drawn = draw_pages(data, pages / document.id, len(document.pages))
            sight.leaves = [Leaf(page.width, page.height, page.number in drawn, page.unreadable) for page in document.pages]
    except Unreadable as error:
        return Sight(missing=error.reason)
    except Exception as error:
        # As when tables are made: one broken file does not take the others with it.
        LOG.debug("%s", source.path, exc_info=True)
        return Sight(missing=f"元のファイルをもう一度読む途中で誤りが起きました ({type(error).__name__})。詳しくは --log-level debug で調べられます。")
    return sight


def died(source: Source, exitcode: int | None) -> Sight:
    """The sight of a file whose process ended while it looked at it."""
    return Sight(missing="元のファイルをもう一度読む途中で処理が強制終了しました。")


def seen(document: Document) -> Sight:
    """Words, and a text file's lines and numerals, from one extraction."""
    extraction, verdicts = traced(document)
    places = Places(document)
    ids = fact_ids(document.id, extraction.facts, [fact.figure.box for fact in extraction.facts], places)
    decided = (verdict for verdict in verdicts if verdict.fact is not None)
    words = {
        fact_id: {name: marks for name, text in deciding(fact, verdict) if (marks := marks_of(text.strip(), places))}
        for fact_id, fact, verdict in zip(ids, extraction.facts, decided, strict=True)
    }
    if document.paged:
        return Sight(words=words)
    return Sight(paged=False, words=words, lines=lines_of(document), numerals=numerals_of(extraction.unclaimed, places))


def deciding(fact: Fact, verdict: Verdict) -> Iterator[tuple[str, Text]]:
    """The texts that made a fact what it is, by what each of them decided."""
    for name, said in (("role", fact.role_from), ("year", fact.year_from), ("unit", fact.unit_from)):
        text = next((text for text in fact.words if said is not None and words_in(text) == said), None)
        if text is not None:
            yield name, text
    # The tightest of the labels that hold the name: a sentence may hold it too.
    naming = [label.text for label in verdict.figure.labels if plain(fact.indicator) and plain(fact.indicator) in plain(label.text.string)]
    if naming:
        yield "name", min(naming, key=len)
    yield "figure", fact.figure


def marks_of(text: Text, places: Places) -> list[Mark]:
    """Where a text stands: a box for each of its lines on a page, or a stretch for each line of a text file."""
    if places.paged:
        return [mark for line in text.split_lines() for mark in _boxes(line)]
    stretches: dict[int, list[int]] = defaultdict(list)
    for glyph in text:
        if glyph.printed and id(glyph) in places.in_line:
            stretches[glyph.line].append(places.in_line[id(glyph)])
    return [(line, min(stands), max(stands) + 1) for line, stands in sorted(stretches.items())]


def _boxes(line: Text) -> Iterator[Mark]:
    by_page: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in line:
        if glyph.printed:
            by_page[glyph.page].append(glyph)
    for page, glyphs in sorted(by_page.items()):
        box = Text(glyphs).box
        if box is not None:
            yield (page, *(round(float(edge), 1) for edge in box))


def lines_of(document: Document) -> list[str]:
    """The lines of a text file as its facts count them, form feeds left out."""
    last = max((glyph.line for page in document.pages for glyph in page.glyphs), default=0)
    lines: list[list[str]] = [[] for _ in range(last)]
    for page in document.pages:
        for glyph in page.glyphs:
            lines[glyph.line - 1].append(glyph.raw)
    return ["".join(line) for line in lines]


def numerals_of(unclaimed: tuple[Unclaimed, ...], places: Places) -> dict[Numeral, list[Mark]]:
    """Where the unclaimed numerals of a text file stand in their lines."""
    found: dict[Numeral, list[Mark]] = defaultdict(list)
    for one in unclaimed:
        found[one.numeral.line or None, printed(one.numeral), one.reason] += marks_of(one.numeral, places)[:1]
    return dict(found)
