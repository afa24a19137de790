"""Every numeral of a document in exactly one place: a fact, a fact's own words, or here, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Aside, Calendar, Quantity, When
from extractors.vocabulary import Document, Fact, Glyph, Grid, Page, Text, Unclaimed

# Why a numeral is no fact. The words are data for a reader; `unknown` is what a person looks at first.
REASONS = {
    "date": "a date or fiscal year that no fact used",
    "article": "the number of a law's article",
    "ordinal": "an ordinal: 第1回, 3人目",
    "list_number": "the number of a list item, heading or row",
    "note_mark": "the number of a note",
    "page_number": "a page number, or the page that a table of contents names",
    "phone": "a phone or extension number",
    "age": "an age or a range of ages",
    "grade": "a school year",
    "duration": "a length of time",
    "frequency": "how often something is held",
    "time": "a time of day",
    "code": "a code, an address or an identifier",
    "name": "part of a name",
    "change": "a change against another period, or a ratio to it",
    "remark": "in a column or row of remarks",
    "threshold": "a legal or formal threshold",
    "undated": "a number without target or actual word and without a date",
    "future": "a number for a year that has not come, without a target word",
    "no_unit": "a number in prose without a unit",
    "money_in_prose": "an amount of money in running text",
    "unnamed": "a number whose name was not found",
    "rate_without_actual": "a rate with no actual in its row",
    "vague": "a number that leaves its last digits open: 100数件",
    "chart": "in a chart, whose bars no words name",
    "unreadable": "beside a character that the text layer does not tell, or on a page whose text layer cannot be trusted",
    "unknown": "not explained",
}
CONTEXT = 20
# Japanese digits in running text (〇 to 九) are numerals only where a quantity or date was read from them.
DIGIT = regex.compile(r"\p{Nd}")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


def account(document: Document, facts: Iterable[Fact], reasons: dict[Glyph, str], calendar: Calendar) -> tuple[Unclaimed, ...]:
    """The numerals that no fact took. `reasons` gives, for the first character of a figure, why it became no fact."""
    claimed = {glyph for fact in facts for text in (fact.figure, *fact.words) for glyph in text.glyphs}
    out: list[Unclaimed] = []
    # Over all pages: a row that a page end cuts in two is a row of the first page.
    seen = {glyph for page in document.pages for text in _texts(page) for glyph in text.glyphs}
    for page in document.pages:
        charted = {id(block.text) for block in page.blocks if not isinstance(block, Grid) and block.charted}
        for text in _texts(page):
            why = "unreadable" if page.unreadable is not None else "chart" if id(text) in charted else None
            out += _of_text(text, claimed, reasons, calendar, why)
        out += _leftover(page, claimed, seen)
    return tuple(out)


def _texts(page: Page) -> list[Text]:
    out: list[Text] = []
    for block in page.blocks:
        out += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return out


def _of_text(text: Text, claimed: set[Glyph], reasons: dict[Glyph, str], calendar: Calendar, why: str | None) -> list[Unclaimed]:
    """The numerals of one text that no fact took; `why` where its place alone is the reason."""
    out = []
    for token in scan(text.string, calendar):
        numeral = text if token.start == 0 and token.end == len(text) else text[token.start : token.end]
        if not claimed.isdisjoint(numeral.glyphs) and all(glyph in claimed for glyph in numeral.glyphs if _is_digit(glyph.char)):
            continue
        reason = why or _reason(token, numeral, reasons)
        out.append(Unclaimed(numeral, _around(text.string, token.start, token.end), reason))
    return out + _note_marks(text)


@lru_cache(maxsize=4096)
def _is_digit(char: str) -> bool:
    return DIGIT.match(char) is not None


def _note_marks(text: Text) -> list[Unclaimed]:
    """Digits that the page sets raised and reading took for the marks of notes."""
    if _RAISED.isdisjoint(text.string):
        return []
    marks = (m for m in compiled(r"[⁰¹²³⁴-⁹]+").finditer(text.string) if text.glyphs[m.start()].raw.isdecimal())
    return [Unclaimed(text[m.start() : m.end()], _around(text.string, m.start(), m.end()), "note_mark") for m in marks]


def _reason(token: Quantity | When | Aside, numeral: Text, reasons: dict[Glyph, str]) -> str:
    if isinstance(token, When):
        return "date"
    if isinstance(token, Aside):
        return token.reason if token.reason in REASONS else "unknown"
    return next((reasons[glyph] for glyph in numeral.glyphs if glyph in reasons), "unknown")


def _around(string: str, start: int, end: int) -> str:
    return compiled(r"\s+").sub(" ", string[max(0, start - CONTEXT) : end + CONTEXT]).strip()


def _leftover(page: Page, claimed: set[Glyph], seen: set[Glyph]) -> list[Unclaimed]:
    """Digits of the page that stand in no block: runs of neighbouring characters, so that none is lost with the block that reading dropped."""
    out: list[Unclaimed] = []
    run: list[Glyph] = []
    for glyph in (*page.glyphs, Glyph("", page.number, printed=False)):
        if glyph not in seen and glyph.printed and _is_digit(glyph.char) and glyph not in claimed:
            run.append(glyph)
        elif run:
            text = Text(run)
            out.append(Unclaimed(text, text.string, "unreadable" if page.unreadable else "unknown"))
            run = []
    return out
