"""How docs/readings.md writes down what each function makes of a string: one line of text for any result."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from extractors.normalise import dates, history, keys, marks, names, places, units
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Aside, Calendar, Quantity, Token

DOCUMENT = Path(__file__).parents[3] / "docs" / "readings.md"
ROW = re.compile(r"^\| `(?P<printed>[^`]*)` \| `(?P<reading>[^`]*)` \|$")
HEADING = re.compile(r"^## .*`(?P<function>\w+)`(?: in a document of (?P<era>[^\d\s]+)?(?: ?(?P<year>\d{4}))?)?(?: on (?P<day>[\d-]{10}))?")


class Row(NamedTuple):
    """One row of the document: which function reads the printed string (`⏎` is a line break), in which calendar or on which day, as what."""

    line: int
    function: str
    calendar: Calendar | None
    printed: str
    reading: str
    day: date | None = None


def rows() -> list[Row]:
    """All rows of docs/readings.md, in order."""
    out: list[Row] = []
    function, calendar, day = "", None, None
    for number, line in enumerate(DOCUMENT.read_text(encoding="utf-8").splitlines(), 1):
        if heading := HEADING.match(line):
            function = heading["function"]
            year = int(heading["year"]) if heading["year"] else None
            calendar = Calendar(heading["era"], year) if heading["era"] or year else None
            day = date.fromisoformat(heading["day"]) if heading["day"] else None
        elif row := ROW.match(line):
            out.append(Row(number, function, calendar, row["printed"].replace("⏎", "\n"), row["reading"], day))
    return out


def read(function: str, printed: str, calendar: Calendar | None = None, day: date | None = None) -> str:
    """The reading of a printed string as the document writes it."""
    if function == "find_places":
        return _places(printed, day)
    if function == "scan":
        return "; ".join(token_text(token, printed) for token in scan(printed, calendar)) or "nothing"
    return READERS[function](printed)


def token_text(token: Token, printed: str) -> str:
    """`«2,162件以上» >= 2162 件`: what the token covers, then what it says."""
    covered = f"«{printed[token.start : token.end]}»".replace("\n", "⏎")
    if isinstance(token, Aside):
        return f"{covered} {token.reason}"
    if isinstance(token, Quantity):
        flags = [name for name in ("cumulative", "change", "rank", "bracketed") if getattr(token, name)]
        return " ".join(filter(None, [covered, token.comparator, f"{token.value:.10g}", token.unit or "no unit", *flags]))
    days = f"{token.period_start}..{token.period_end}" if token.period_start else "no days"
    if token.period_start == token.period_end and token.period_start:
        days = str(token.period_start)
    said = ["as of" if token.as_of else "", f"relative {token.relative:+d}" if token.relative is not None else "", "same month" if token.same_month else ""]
    year = f"FY{token.fiscal_year}" if token.fiscal_year is not None else "no FY"
    return " ".join(filter(None, [covered, token.kind, year, days, *said]))


def _places(printed: str, day: date | None) -> str:
    return "; ".join(f"{place.name} {place.code or 'no code'}" for place in places.find_places(printed, day)) or "nothing"


def _successors(code: str) -> str:
    return "; ".join(f"{place.name} {place.code} since {place.day}" for place in history.successors_of(code)) or "none"


READERS: dict[str, Callable[[str], str]] = {
    "canonical": lambda printed: units.canonical(printed) or "nothing",
    "unit_note": lambda printed: units.unit_note(printed) or "nothing",
    "bracket_unit": lambda printed: units.bracket_unit(printed) or "nothing",
    "clean_name": names.clean_name,
    "split_compound": lambda printed: " + ".join(names.split_compound(printed)) or "one name",
    "match_key": keys.match_key,
    "successors_of": _successors,
    "nothing": lambda printed: marks.nothing(printed) or "may be a number",
    "direction": lambda printed: marks.direction(printed) or "no direction",
    "era_year": lambda printed: str(dates.era_year(printed[:2], int(printed[2:]))),
}
