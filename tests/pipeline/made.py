"""Documents and facts made by hand for the tests of the pipeline, and extractors that find what a test needs."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import regex

from extractors.vocabulary import Box, Document, Extraction, Fact, Glyph, Kind, Line, Page, Text, Unclaimed
from pipeline.known import Known
from pipeline.limits import NO_LIMITS
from pipeline.offer import due, offered
from pipeline.rows import Outcome
from pipeline.run import Run, Work, load, run
from pipeline.sources import Source, find
from pipeline.store import Store
from pipeline.work import work

KINDS = {"目標": Kind.TARGET, "実績": Kind.ACTUAL, "予算": Kind.COST}


def text_document(*lines: str, name: str = "d_1") -> Document:
    """A text file of one page with these lines."""
    texts = [Text(Glyph(char, 1, line=number) for char in string) for number, string in enumerate(lines, 1)]
    page = Page(1, tuple(Line(text) for text in texts), tuple(glyph for text in texts for glyph in text))
    return Document(name, (page,), "text/plain", paged=False)


def paged_document(string: str, name: str = "d_1", top: float = 100.0) -> Document:
    """A PDF of one page with one line; each character is 10 points wide, the first begins at x0 = 50."""
    glyphs = tuple(Glyph(char, 1, box=Box(50 + 10 * at, top, 60 + 10 * at, top + 12), size=12) for at, char in enumerate(string))
    return Document(name, (Page(1, (Line(Text(glyphs)),), glyphs, 595, 842),), "application/pdf", paged=True)


def extract_words(document: Document) -> Extraction:
    """`目標`, `実績` or `予算` and a number after it are a fact named by the line's first word; other numbers are unclaimed."""
    facts, unclaimed = [], []
    for page in document.pages:
        for line in sorted({glyph.line for glyph in page.glyphs}):
            text = Text(glyph for glyph in page.glyphs if glyph.line == line)
            for match in regex.finditer(r"(目標|実績|予算)?([0-9]+)", text.string):
                figure = text[match.start(2) : match.end(2)]
                if match[1]:
                    facts.append(fact(figure, KINDS[match[1]], indicator=text.string.split()[0], page=page.number))
                else:
                    unclaimed.append(Unclaimed(figure, text.string, "unknown"))
    return Extraction(tuple(facts), tuple(unclaimed))


def fact(figure: Text, kind: Kind = Kind.TARGET, **said: Any) -> Fact:
    said = {"indicator": "件数", "value": float(figure.string), "page": 1, "extractor": "lines"} | said
    return Fact(kind, figure, **said)


def work_with_words(source: Source) -> Outcome:
    """`work` with `extract_words`, for worker processes."""
    return work(source, extract_words)


def work_or_die(source: Source) -> Outcome:
    """As `work_with_words`, but a document called `killer` kills its process, as a fault in a C library would."""
    if source.name.startswith("killer"):
        os.kill(os.getpid(), signal.SIGKILL)
    return work_with_words(source)


def run_in(folder: Path, state: Path, jobs: int = 0, worker: Work = work_with_words, **more: Any) -> Run:
    """Everything in a folder read by `worker`, with what is kept between runs under `state`."""
    known, store = Known.load(state / "files.json"), Store(state / "readings", "v1")
    offer = offered(find(folder).sources, known)
    result = run(offer, due(offer, store, more.get("limits", NO_LIMITS)), store, jobs, worker=worker, **more)
    known.save()
    return result


def put(folder: Path, **texts: str) -> None:
    """Text files called by their keyword, `.txt` put after it."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def outcomes(run: Run) -> list[Outcome]:
    """What every document of a run gave, as rows."""
    found = [load(run.store, entry) for entry in run.entries]
    return [Outcome(one.document, {name: table.to_pylist() for name, table in one.tables.items()}) for one in found]
