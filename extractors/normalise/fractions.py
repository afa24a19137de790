"""Fractions and proportions that are one number in several numerals: 2分の1, 百分の五, 2/3以上, 10人に1人, 3割5分. All offsets are of a folded string."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final, NamedTuple

from extractors.normalise.kanji import DIGITS, NUMERALS, value_of
from extractors.normalise.patterns import HAN
from extractors.normalise.units import find_unit

_N: Final = rf"(?:\d[\d,]*|[{NUMERALS}]+)"
_FRACTION: Final = re.compile(rf"(?P<of>{_N}) ?分 ?の ?(?P<n>{_N})(?![\d.,])")
# 5/10 may be the tenth of May: only a bound behind it or a word of rates beside it makes it a fraction.
_STROKE: Final = re.compile(r"(?P<n>\d{1,3}) ?/ ?(?P<of>\d{1,4}) ?(?=以上|以下|以内|未満|程度|を?超|を?(?:補助|助成|負担|軽減|減額|削減))")
_RATE_BEFORE: Final = re.compile(r"(?:補助|助成|負担|減免|軽減|交付)(?:率|割合)? ?(?:は|[:(])? ?$")
_RATE_STROKE: Final = re.compile(r"(?P<n>\d{1,3}) ?/ ?(?P<of>\d{1,4})(?![\d/.,])")
_PROPORTION: Final = re.compile(rf"(?P<of>{_N}) ?(?P<unit>[{HAN}]{{1,3}}) ?に ?(?P<n>{_N}) ?(?P=unit)(?:の割合)?")
_KANJI: Final = "".join(DIGITS)
# 3割増 is three tenths more; 割合, 割引, 割当 are words of their own.
_WU: Final = re.compile(rf"(?P<w>\d+(?:\.\d+)?|[{_KANJI}])割(?![合引当賦振])(?:(?P<b>[\d{_KANJI}])分)?(?:(?P<r>[\d{_KANJI}])厘)?")


# What every fraction of digits has behind its first numeral.
_GATE: Final = re.compile(rf"{_N}(?:\.\d+)? ?(?:[分割/]|[{HAN}]{{1,3}} ?に)")


class Fraction(NamedTuple):
    """A fraction up to `end`: its value, and its unit where its words are one (割)."""

    end: int
    value: Decimal
    unit: str | None = None


def read_fraction(string: str, at: int) -> Fraction | None:
    """The fraction that begins at `at`, None where none does: never a number that is more than its whole (`2分の3` is read, `3/2` is not)."""
    mark = unicodedata.normalize("NFKC", string[at]) if string[at] in _VULGAR else ""
    if mark:
        above, _, below = mark.partition("⁄")
        return Fraction(at + 1, Decimal(above) / Decimal(below))
    if not _GATE.match(string, at):
        return None
    return _in_wu(string, at) or _in_words(string, at) or _by_stroke(string, at)


# ½ ⅓ … ⅞ (Number Forms): one character, no decimal digit.
_VULGAR: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"


def _in_words(string: str, at: int) -> Fraction | None:
    """2分の1, 十分の一, 10人に1人: the unit of the two counts is the same, else it is so many of one for each of the other (2人に1台)."""
    match = _FRACTION.match(string, at)
    if match is None:
        match = _PROPORTION.match(string, at)
        unit = find_unit(string, match.start("unit")) if match else None
        if match is None or unit is None or unit.end != match.end("unit"):
            return None
    return _divided(match)


def _by_stroke(string: str, at: int) -> Fraction | None:
    if at and string[at - 1] in "0123456789/.,":
        return None
    match = _STROKE.match(string, at)
    if match is None and string[at - 1 : at] and _RATE_BEFORE.search(string, max(0, at - 8), at):
        match = _RATE_STROKE.match(string, at)
    found = _divided(match) if match else None
    return found._replace(end=match.end("of")) if match and found and found.value <= 1 else None


def _divided(match: re.Match[str]) -> Fraction | None:
    number, whole = value_of(match["n"]), value_of(match["of"])
    if number is None or not whole:
        return None
    return Fraction(match.end(), number / whole)


def _in_wu(string: str, at: int) -> Fraction | None:
    """`3割5分` as 3.5 in 割."""
    match = _WU.match(string, at)
    if not match:
        return None
    whole, tenths, hundredths = (value_of(match[part] or "0") or Decimal(0) for part in "wbr")
    return Fraction(match.end(), whole + tenths / 10 + hundredths / 100, "割")
