"""One document's pages in, its facts out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from extractors.account import account
from extractors.calendar import calendar_of, last_year_of, texts
from extractors.context import Grade
from extractors.meaning import Verdict, attach_rates, judge
from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.normalise.places import code_of
from extractors.normalise.tokens import Calendar
from extractors.publisher import Publisher, publisher_of
from extractors.ratings import attach_ratings, for_ratings
from extractors.vocabulary import Document, Extraction, Fact
from extractors.walk import Seen, walk

# A title is a line, not a sentence.
TITLE_LENGTH: Final = 60


class Trace(NamedTuple):
    """One run over a document, for those who look into it: what it gave, the verdict on each figure with the labels that governed it,
    the lines and tables in which these stand, and what bare years meant."""

    extraction: Extraction
    verdicts: tuple[Verdict, ...]
    seen: tuple[Seen, ...]
    calendar: Calendar


def extract(document: Document) -> Extraction:
    """The facts of a document, and every numeral that is none with its reason."""
    return _trace(document, whole=False).extraction


def traced(document: Document) -> tuple[Extraction, tuple[Verdict, ...]]:
    """The extraction, and from the same run the verdict on each figure with the labels that governed it."""
    return trace(document)[:2]


def trace(document: Document) -> Trace:
    """The extraction with all that led to it."""
    return _trace(document, whole=True)


def _trace(document: Document, whole: bool) -> Trace:
    """As `trace`; without `whole` a page's labels and tables are let go once its figures are judged, which are most of what a long report needs."""
    calendar = calendar_of(document)
    publisher = publisher_of(document, calendar.day)
    verdicts, reasons, seen = _verdicts(document, calendar, whole)
    facts = tuple([v.fact for v in verdicts if v.fact is not None])
    _place(facts, publisher, calendar)
    unclaimed = account(document, facts, reasons)
    title = document.title or _title(document)
    extraction = Extraction(facts, unclaimed, (), title, calendar.fiscal_year, publisher.name, publisher.code, calendar)
    return Trace(extraction, tuple(verdicts), seen, calendar)


def _place(facts: Iterable[Fact], publisher: Publisher, calendar: Calendar) -> None:
    """Gives each fact its place: the publisher's where its row names none; of two places of one name, a row means the one in the publisher's prefecture."""
    codes: dict[str | None, str | None] = {None: publisher.code}
    for fact in facts:
        if fact.area is not None and fact.area not in codes:
            codes[fact.area] = code_of(fact.area, on=calendar.day) or code_of(fact.area, publisher.prefecture, on=calendar.day)
        fact.area_code = codes[fact.area]


def _title(document: Document) -> str | None:
    """The first line of a document that is no sentence and holds more than marks."""
    lines = (plain(text.string) for text in texts(document))
    return next((line for line in lines if len(compiled(r"\p{L}").findall(line)) >= 4 and len(line) <= TITLE_LENGTH and not line.endswith("。")), None)


def _verdicts(document: Document, calendar: Calendar, whole: bool = True) -> tuple[list[Verdict], dict[object, str], tuple[Seen, ...]]:
    """The verdicts, for the key of the first character of each figure why it is no fact, and the blocks; without `whole` the verdicts on facts alone."""
    last = last_year_of(document, calendar)
    verdicts: list[Verdict] = []
    reasons: dict[object, str] = {}
    grades: list[Grade] = []
    seen: list[Seen] = []
    for page in walk(document, calendar):
        # A row lies on one page: its rates can be attached before the next one is read.
        judged = attach_rates(judge(figure, calendar, last) for figure in page.figures)
        reasons.update([(v.figure.text.keys[0], v.reason) for v in judged if v.fact is None and v.reason and len(v.figure.text)])
        verdicts += judged if whole else [for_ratings(v) for v in judged if v.fact is not None]
        grades += page.grades
        seen += page.seen if whole else ()
    return attach_ratings(verdicts, grades, calendar), reasons, tuple(seen)


def explain(document: Document, page: int, line: int | None = None) -> Iterator[str]:
    """For every figure of a page, or of one line of a text file: its labels from near to far, what each hints, and what was decided by which words."""
    for verdict in _verdicts(document, calendar_of(document))[0]:
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
            dated = f"fy={fact.fiscal_year} {fact.period_start}..{fact.period_end}"
            decided = f"[{fact.role_from} | {fact.year_from} | {fact.unit_from}]"
            yield f"  -> {fact.kind} {fact.indicator} / {fact.component} {dated} {fact.value:g} {fact.unit} {decided}"
