"""Kanji numerals to numbers: 二十三, 二〇二四, 壱百弐拾参, 千二百, and scales between digits (1万2千, 3億5,000万)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

# The legal forms (壱, 拾, 萬) stand in contracts and old budgets; most of the rest of them open words (陸前, 漆器), so that a scan does not look for those.
DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九")}
DIGITS |= {"零": 0, "壱": 1, "壹": 1, "弐": 2, "貳": 2, "参": 3, "參": 3, "肆": 4, "伍": 5, "陸": 6, "漆": 7, "捌": 8, "玖": 9}
SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "陌": 100, "千": 1000, "仟": 1000, "阡": 1000}
LARGE: Final = {"万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12}
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
NUMERALS: Final = "〇一二三四五六七八九壱弐参十拾百千万萬億兆"


def value_of(text: str) -> Decimal | None:
    """The number that digits and kanji numerals spell (`二十三`, `1万2千`, `3億5000万`, `〇・五`, `1.5千`); None where they spell none (`十百`, `万`)."""
    whole, point, rest = text.replace(",", "").partition("・")
    if point:
        return _with_fraction(whole, rest)
    total, section, current = Decimal(0), Decimal(0), ""
    below_large, below_small = 10**16, 10**4
    for char in whole:
        if char in LARGE:
            if LARGE[char] >= below_large or not (current or section):
                return None
            number = _plain(current) if current else Decimal(0)
            if number is None:
                return None
            total += (section + number) * LARGE[char]
            section, current, below_large, below_small = Decimal(0), "", LARGE[char], 10**4
        elif char in SMALL:
            number = _plain(current) if current else Decimal(1)
            if SMALL[char] >= below_small or number is None:
                return None
            section += number * SMALL[char]
            current, below_small = "", SMALL[char]
        else:
            current += char
    number = _plain(current) if current else Decimal(0)
    return None if number is None else total + section + number


def _with_fraction(whole: str, rest: str) -> Decimal | None:
    head = value_of(whole) if whole else None
    if head is None or not rest or any(char not in DIGITS for char in rest):
        return None
    return Decimal(f"{head}.{''.join(str(DIGITS[char]) for char in rest)}")


def _plain(text: str) -> Decimal | None:
    """Digits in a row (`2024`, `二〇二四`, `1.5`, `〇.五`), None where something else stands among them."""
    digits = "".join(str(DIGITS[char]) if char in DIGITS else char for char in text)
    return Decimal(digits) if _PLAIN.fullmatch(digits) else None
