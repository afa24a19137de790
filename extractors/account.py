"""Every numeral of a document in exactly one place: a fact, a fact's own words, or here, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

import regex

from extractors.normalise.patterns import BLANKS
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Aside, Quantity, When
from extractors.vocabulary import Document, Fact, Grid, Page, Text, Unclaimed

# Why a numeral is no fact. The words are data for a reader; `unknown` is what a person looks at first.
REASONS: Final = {
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
CONTEXT: Final = 20
# Japanese digits in running text (〇 to 九) are numerals only where a quantity or date was read from them.
DIGIT: Final = regex.compile(r"\p{Nd}")
_RAISED: Final = re.compile("[⁰¹²³⁴-⁹]+")


def account(document: Document, facts: Iterable[Fact], reasons: dict[object, str]) -> tuple[Unclaimed, ...]:
    """The numerals that no fact took. `reasons` gives, for the key of the first character of a figure, why it became no fact."""
    claimed: set[object] = set()
    for fact in facts:
        claimed.update(fact.figure.keys)
        for words in fact.words:
            claimed.update(words.keys)
    out: list[Unclaimed] = []
    for page, (own, before) in zip(document.pages, _held(document), strict=True):
        charted = {id(block.text) for block in page.blocks if not isinstance(block, Grid) and block.charted}
        for text in _texts(page):
            why = "unreadable" if page.unreadable is not None else "chart" if id(text) in charted else None
            out += _of_text(text, claimed, reasons, why)
        out += _leftover(page, claimed, own, before)
    return tuple(out)


def _held(document: Document) -> Iterator[tuple[set[object], set[object]]]:
    """For each page the keys of the characters that blocks hold: its own, and the page's before, which took the rest of a row cut in two."""
    if not document.paged:
        everywhere = set().union(*map(_keys, document.pages))
        yield from ((everywhere, everywhere) for _ in document.pages)
        return
    before: set[object] = set()
    for page in document.pages:
        own = _keys(page)
        yield own, before
        before = own


def _keys(page: Page) -> set[object]:
    """The keys of the characters that a page's blocks hold."""
    out: set[object] = set()
    for text in _texts(page):
        out.update(text.keys)
    return out


def _texts(page: Page) -> list[Text]:
    out: list[Text] = []
    for block in page.blocks:
        out += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return out


def _of_text(text: Text, claimed: set[object], reasons: dict[object, str], why: str | None) -> list[Unclaimed]:
    """The numerals of one text that no fact took; `why` where its place alone is the reason."""
    out = []
    for token in scan(text.string):
        numeral = text if token.start == 0 and token.end == len(text) else text[token.start : token.end]
        keys = numeral.keys
        if claimed.issuperset(keys):
            continue
        if not claimed.isdisjoint(keys) and all(key in claimed for key, char in zip(keys, numeral.string, strict=True) if _is_digit(char)):
            continue
        reason = why or _reason(token, numeral, reasons)
        out.append(Unclaimed(numeral, _around(text.string, token.start, token.end), reason))
    return out + _note_marks(text)


@lru_cache(maxsize=4096)
def _is_digit(char: str) -> bool:
    return DIGIT.match(char) is not None


def _note_marks(text: Text) -> list[Unclaimed]:
    """Digits that the page sets raised and reading took for the marks of notes."""
    if text.string.isascii() or _RAISED.search(text.string) is None:
        return []
    marks = (m for m in _RAISED.finditer(text.string) if text.raw[m.start()].isdecimal())
    return [Unclaimed(text[m.start() : m.end()], _around(text.string, m.start(), m.end()), "note_mark") for m in marks]


def _reason(token: Quantity | When | Aside, numeral: Text, reasons: dict[object, str]) -> str:
    if isinstance(token, When):
        return "date"
    if isinstance(token, Aside):
        return token.reason if token.reason in REASONS else "unknown"
    return next((reasons[key] for key in numeral.keys if key in reasons), "unknown")


def _around(string: str, start: int, end: int) -> str:
    return BLANKS.sub(" ", string[max(0, start - CONTEXT) : end + CONTEXT]).strip()


def _leftover(page: Page, claimed: set[object], own: set[object], before: set[object]) -> list[Unclaimed]:
    """Digits of the page that stand in no block: runs of neighbouring characters, so that none is lost with the block that reading dropped."""
    keys = page.keys
    digits = [found.start() for found in DIGIT.finditer(page.string)]
    left = [at for at in digits if (key := keys[at]) not in own and key not in before and key not in claimed and page.glyphs[at].printed]
    out: list[Unclaimed] = []
    begins = [i for i, at in enumerate(left) if i == 0 or left[i - 1] != at - 1]
    for first, last in pairwise([*begins, len(left)]):
        text = Text(page.glyphs[at] for at in left[first:last])
        out.append(Unclaimed(text, text.string, "unreadable" if page.unreadable else "unknown"))
    return out
