"""Which era and fiscal year a document is of: what `25年度` and 前年度 in it mean."""

from __future__ import annotations

import re
from typing import Final

from extractors.normalise.characters import fold, plain
from extractors.normalise.patterns import matcher
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, When
from extractors.normalise.years import resolve
from extractors.vocabulary import Document, Grid, Text

# Eras as offices abbreviate them: the letter alone, where a year follows. (Behind the letter stands what must not be before it: so a search skips to letters.)
ERAS: Final = {"令和": re.compile(r"R(?<!\wR)(?=\d)"), "平成": re.compile(r"H(?<!\wH)(?=\d)"), "昭和": re.compile(r"S(?<!\wS)(?=\d)")}
# In half-width characters an era is a letter.
_LETTERS: Final = re.compile("[RHS]")
# What every time that says as of when ends in.
_AS_OF: Final = re.compile("末|現在|時点")
# The title, with its year, stands among the first lines; a plan's cover or first table may take some of them.
OPENING: Final = 60
TITLE_LENGTH: Final = 60
# Producers that set no date write the first day of 1970, 1980 or 2000; few municipal PDFs are older than this year.
UNSET: Final = 2000


def calendar_of(document: Document) -> Calendar:
    """The document's era (the one it names most) and fiscal year (the first its opening lines name, else the later of its last
    現在 or 時点 and the day the file was made; None where nothing tells)."""
    lines = list(texts(document))
    era = _era(lines)
    calendar = Calendar(era, None)
    opening = [years[0] for line in _prose(document)[:OPENING] if len(set(years := _years([line], calendar))) == 1]
    if opening:
        return Calendar(era, opening[0])
    known = [year for year in (_latest(lines, calendar), _made(document)) if year is not None]
    return Calendar(era, max(known, default=None))


def last_year_of(document: Document, calendar: Calendar) -> int | None:
    """The last fiscal year of which a document can report: its own, or that of its latest 現在 or 時点."""
    known = [year for year in (calendar.fiscal_year, _latest(texts(document), calendar)) if year is not None]
    return max(known, default=None)


def texts(document: Document) -> list[Text]:
    """Every line and cell of a document, in order."""
    out: list[Text] = []
    for page in document.pages:
        for block in page.blocks:
            out += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return out


def shifted(when: When, years: int) -> When:
    """The same month or days, `years` later (前年同月 of 令和7年3月 is March 2024)."""
    days = (when.period_start, when.period_end)
    start, end = (day and day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day) for day in days)
    year = when.fiscal_year + years if when.fiscal_year is not None else None
    return When(when.start, when.end, when.kind, year, start, end, when.as_of, when.relative, when.era_known, when.same_month, when.assumed)


def _era(lines: list[Text]) -> str | None:
    printed = "\n".join([plain(line.string) for line in lines if not line.string.isascii() or _LETTERS.search(line.string)])
    counts = {era: printed.count(era) + len(letter.findall(printed)) for era, letter in ERAS.items()}
    best = max(counts, key=lambda era: counts[era])
    return best if counts[best] else None


def _made(document: Document) -> int | None:
    """The fiscal year of the file's own date (`D:20160401…`, PDF 32000-1 section 7.9.4)."""
    found = matcher(r"D?:?(20\d\d)(0[1-9]|1[0-2])").match(document.metadata.get("creationdate", ""))
    return int(found[1]) - (int(found[2]) < 4) if found and int(found[1]) > UNSET else None


def _prose(document: Document) -> list[Text]:
    """The lines outside tables that may be titles: a table's header names many years, a note (※) some other one, a sentence any."""
    lines = [block.text for page in document.pages for block in page.blocks if not isinstance(block, Grid)]
    return [text for text in lines if len(text) <= TITLE_LENGTH and not matcher(r"\s*[※*＊(（]?(?:注|※)|.*。").match(text.string)]


def _latest(lines: list[Text], calendar: Calendar) -> int | None:
    worded = [line.string for line in lines if not line.string.isascii() and _AS_OF.search(fold(line.string).string)]
    days = [t for string in worded for t in scan(string, calendar) if isinstance(t, When) and t.as_of and t.period_end is not None]
    return max((t.fiscal_year for t in days if t.fiscal_year is not None), default=None)


def _years(lines: list[Text], calendar: Calendar) -> list[int]:
    tokens = (t for line in lines for t in scan(line.string, calendar) if isinstance(t, When) and t.kind == "fiscal_year")
    return [year for t in tokens if (year := resolve(t, calendar).fiscal_year) is not None]
