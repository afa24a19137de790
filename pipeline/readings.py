"""What each function of `extractors.normalise` makes of one string, in words: `yojitsu explain --text`, and the rows of docs/readings.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from extractors.normalise import characters, history, kanji, keys, marks, names, places, units
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Aside, Calendar, Quantity, Token, When

_FLAGS = ("cumulative", "change", "rank", "bracketed")
_SHARES = ("", "part", "whole")


def token_text(token: Token, printed: str) -> str:
    """`«2,162件以上» >= 2162 件`: what a token of the printed string covers, then what it says."""
    covered = f"«{printed[token.start : token.end]}»".replace("\n", "⏎")
    if isinstance(token, Aside):
        return f"{covered} {token.reason}"
    return f"{covered} {_quantity(token) if isinstance(token, Quantity) else _when(token)}"


def _quantity(token: Quantity) -> str:
    flags = [name for name in _FLAGS if getattr(token, name)]
    return " ".join(filter(None, [token.comparator, f"{token.value:.10g}", token.unit or "no unit", *flags, _SHARES[token.share_part]]))


def _when(token: When) -> str:
    days = f"{token.period_start}..{token.period_end}" if token.period_start else "no days"
    if token.period_start == token.period_end and token.period_start:
        days = str(token.period_start)
    said = ["as of" if token.as_of else "", f"relative {token.relative:+d}" if token.relative is not None else "", "same month" if token.same_month else ""]
    year = f"FY{token.fiscal_year}" if token.fiscal_year is not None else "no FY"
    return " ".join(filter(None, [token.kind, year, days, *said]))


def _scanned(printed: str, calendar: Calendar | None) -> str:
    return "; ".join(token_text(token, printed) for token in scan(printed, calendar)) or "nothing"


def _value(printed: str) -> str:
    value = kanji.value_of(characters.plain(printed))
    return "no number" if value is None else f"{value.normalize():f}"


def _placed(printed: str, day: date | None = None) -> str:
    return "; ".join(f"{place.name} {place.code or 'no code'}" for place in places.find_places(printed, day)) or "nothing"


def _successors(code: str) -> str:
    return "; ".join(f"{place.name} {place.code} since {place.day}" for place in history.successors_of(code)) or "none"


READERS: dict[str, Callable[[str], str]] = {
    "plain": characters.plain,
    "value_of": _value,
    "canonical": lambda printed: units.canonical(printed) or "nothing",
    "unit_note": lambda printed: units.unit_note(printed) or "nothing",
    "bracket_unit": lambda printed: units.bracket_unit(printed) or "nothing",
    "nothing": lambda printed: marks.nothing(printed) or "may be a number",
    "direction": lambda printed: marks.direction(printed) or "no direction",
    "clean_name": names.clean_name,
    "split_compound": lambda printed: " + ".join(names.split_compound(printed)) or "one name",
    "match_key": keys.match_key,
    "find_places": _placed,
    "successors_of": _successors,
}


def reading(function: str, printed: str, calendar: Calendar | None = None, day: date | None = None) -> str:
    """What one function makes of a printed string, on one line; `day` asks for the places of that day.

    Raises KeyError for a function that is neither `scan` nor in READERS.
    """
    if function == "scan":
        return _scanned(printed, calendar)
    return _placed(printed, day) if function == "find_places" else READERS[function](printed)


def readings(printed: str, calendar: Calendar | None = None) -> Iterator[tuple[str, str]]:
    """(function, reading) for every function; a string with several numerals gives `scan` a row for each."""
    for token in scan(printed, calendar):
        yield "scan", token_text(token, printed)
    for function in READERS:
        yield function, reading(function, printed, calendar, calendar.day if calendar else None)
