"""How a header is compared: its words with years counted from the document's own, and without its unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import regex

from extractors.labels import Hint
from extractors.labels.hints import YEAR_ALONE
from extractors.normalise.characters import plain
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, When
from extractors.normalise.units import bracket_unit
from extractors.normalise.years import resolve

RELATIVE = {-2: "前々年度", -1: "前年度", 0: "本年度", 1: "翌年度", 2: "翌々年度"}
# What numbers a heading, row or table: a section put in before it changes that alone.
NUMBERED = regex.compile(
    r"^(?:第?\s*[0-9一二三四五六七八九十]+\s*[章節部編]|(?:図表|[図表])\s*[0-9]+(?:\s*[-.]\s*[0-9]+)*|[0-9]{1,2}(?:[-.][0-9]{1,2})*[.、)]?(?=\s|\p{L})"
    r"|[(][0-9]{1,2}[)]|[①-⑳㉑-㉟⑴-⒇]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+(?=[\s.、])|[アイウエオカキクケコ](?=[\s.)])|[■□◆◇●○◎・])\s*"
)
BRACKETED = regex.compile(r"[(\[【<〈《][^()\[\]【】<>〈〉《》]*[)\]】>〉》]")
NOTED = regex.compile(r"単\s*位\s*[::]?\s*[^()\s、]{1,10}")
# A year in a spelling, so that no word of a header can be taken for one.
OPEN, CLOSE = "⟨", "⟩"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A header's words in three forms: `relative` with each year counted from the document's, `fixed` with Western years, `bare` with none;
    `said` is how a person reads the first (前年度実績). Units, blanks and the header's own number are left out of all but `said`."""

    relative: str
    fixed: str
    bare: str
    said: str


def spelled(string: str, calendar: Calendar, hint: Hint) -> Spelling:
    """The spellings of a header as printed; `hint` is what was read from it, `calendar` its document's."""
    times = _times(string, calendar, hint)
    base = calendar.fiscal_year
    return Spelling(
        _tight(string, times, hint.unit, lambda when: _counted(when, base)),
        _tight(string, times, hint.unit, lambda when: _counted(when, None)),
        _tight(string, times, hint.unit, lambda when: ""),
        flat("".join(_cut(string, times, lambda when: _word(when, base) or string[when.start : when.end]))),
    )


def flat(string: str) -> str:
    """A header as printed, on one line, with line breaks in Japanese words left out."""
    return regex.sub(r"\s+", " ", regex.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", string.strip()))


def year_in(when: When | None) -> int | None:
    """The Western year for which a time stands: the fiscal one, else that in which it begins."""
    return None if when is None else when.fiscal_year if when.fiscal_year is not None else when.period_start.year if when.period_start else None


def offset_word(when: When | None, base: int | None) -> str:
    """A time as a person counts it from the document's year: 前年度, `令和2年度` as its Western year where it is far, with its months and days."""
    if when is None:
        return ""
    return _word(when, base) or str(year_in(when) or when.kind)


def _times(string: str, calendar: Calendar, hint: Hint) -> list[When]:
    if hint.when is not None and YEAR_ALONE.fullmatch(plain(string)):
        return [hint.when.over(0, len(string))]
    found = (resolve(token, calendar) for token in scan(string, calendar) if isinstance(token, When))
    # 4月 over a column is the same header in every year: only what prints a year is counted from one.
    return [when for when in found if year_in(when) is not None and any(p.number is not None or p.relative is not None for p in when.points)]


def _cut(string: str, times: list[When], word: Callable[[When], str]) -> list[str]:
    out, last = [], 0
    for when in times:
        out += [string[last : when.start], word(when)]
        last = when.end
    return [*out, string[last:]]


def _tight(string: str, times: list[When], unit: str | None, word: Callable[[When], str]) -> str:
    """The words without blanks, unit and own number, each time as `word` spells it."""
    marked = plain("".join(_cut(string, times, lambda when: f"{OPEN}{word(when)}{CLOSE}")))
    marked = NUMBERED.sub("", marked.strip()) or marked
    if unit is not None:
        marked = NOTED.sub("単位", BRACKETED.sub(lambda m: "単位" if NOTED.search(m.group()) else "" if bracket_unit(m.group()) else m.group(), marked))
        marked = marked.removesuffix(unit) or marked
    return regex.sub(r"[\s\p{Po}\p{Pd}]+", "", marked) or marked


def _counted(when: When, base: int | None) -> str:
    """A time with its year (Western, or counted from `base`), its kind, and the months and days within it."""
    year = year_in(when) or 0
    within = ""
    if when.kind not in ("fiscal_year", "calendar_year", "relative") and when.period_start and when.period_end:
        start, end = when.period_start, when.period_end
        # February ends on another day every four years.
        last = "末" if (end + dt.timedelta(days=1)).day == 1 else f"{end:%d}"
        within = f"/{start:%m%d}-{end.year - start.year}{end:%m}{last}"
    return f"{year if base is None else format(year - base, '+d')}{within}"


def _word(when: When, base: int | None) -> str:
    if base is None or when.kind not in ("fiscal_year", "calendar_year", "relative"):
        return ""
    offset = (year_in(when) or 0) - base
    return RELATIVE.get(offset, f"{abs(offset)}年度{'前' if offset < 0 else '後'}")
