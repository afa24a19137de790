"""One document's pages in, its facts out."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.account import account
from extractors.calendar import calendar_of
from extractors.meaning import Verdict, attach_rates, judge
from extractors.ratings import attach_ratings
from extractors.vocabulary import Document, Extraction, Glyph, Page
from extractors.walk import walk


def extract(document: Document) -> Extraction:
    """The facts of a document, and every numeral that is none with its reason."""
    calendar = calendar_of(document)
    verdicts = _verdicts(document)
    facts = tuple(v.fact for v in verdicts if v.fact is not None)
    reasons: dict[Glyph, str] = {}
    for verdict in verdicts:
        if verdict.fact is None and verdict.reason and verdict.figure.text.glyphs:
            reasons[verdict.figure.text.glyphs[0]] = verdict.reason
    unclaimed = account(document, facts, reasons, calendar)
    return Extraction(facts, unclaimed, (), document.title, calendar.fiscal_year)


def _verdicts(document: Document) -> list[Verdict]:
    calendar = calendar_of(document)
    context = walk(document, calendar)
    verdicts = attach_rates(judge(figure, calendar) for figure in context.figures)
    return attach_ratings(verdicts, context.grades, calendar)


def explain(document: Document, page: int, line: int | None = None) -> Iterator[str]:
    """For every figure of a page, or of one line of a text file: its labels from near to far, what each hints, and what was decided by which words."""
    for verdict in _verdicts(document):
        figure = verdict.figure
        if figure.text.page != page or line not in (None, figure.text.line):
            continue
        yield f"{figure.text.string!r} = {figure.quantity.value:g} {figure.quantity.unit or ''} (line {figure.text.line}, {figure.extractor})"
        for label in figure.labels:
            hint = label.hint
            said = [hint.role and f"role={hint.role}", hint.when and f"when={hint.when.fiscal_year or hint.when.period_end or hint.when.kind}"]
            said += [hint.unit and f"unit={hint.unit}", hint.name and f"name={hint.name[:40]}"]
            yield f"    {label.relation:<9}{label.text.string[:50]!r}  {' '.join(s for s in said if s)}"
        fact = verdict.fact
        if fact is None:
            yield f"  -> {'rate' if verdict.rate else verdict.reason}"
        else:
            yield f"  -> {fact.kind} {fact.indicator} / {fact.component} fy={fact.fiscal_year} {fact.period_start}..{fact.period_end} {fact.value:g} {fact.unit} [{fact.role_from} | {fact.year_from} | {fact.unit_from}]"


def pages_with_facts(extraction: Extraction) -> list[int]:
    """The 1-based numbers of the pages that hold at least one fact."""
    return sorted({fact.page for fact in extraction.facts})


def readable(page: Page) -> bool:
    return page.unreadable is None
