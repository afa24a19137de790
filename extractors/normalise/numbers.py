"""Numbers as printed: signs, thousands, decimals, kanji and mixed scales. All offsets are of a folded string (`characters.fold`)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import regex

from extractors.normalise.kanji import DIGITS, LARGE, NUMERALS, SMALL, value_of
from extractors.normalise.patterns import HAN, KATAKANA
from extractors.normalise.units import Found, find_spaced_unit, find_unit, kind_of

# △ 12, ▲¥1,234, △(12): what may stand between a sign and its digits. A blank parts a dash from them only where both fill a cell (`- 1,234`).
_SIGN: Final = r"(?P<sign>[△▲±] ?|[+\-](?: {1,3}(?<=^ *- +))?|マイナス ?)"
_CURRENCY: Final = r"(?P<currency>[¥$] ?)"
_OPEN: Final = r"(?P<open>(?<=[△▲] ?)\( ?)"
# Thousands are groups of three; `1,2345` is two numbers, `11,5%` a misprinted decimal point (only a per cent sign makes that certain).
_DECIMAL: Final = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
# A comma with a blank or line break behind it (2, 162 件) joins only where a unit follows, or at the end of a line; 、 only where the number is the whole cell.
_WIDE: Final = r"\d{1,3}(?:,\n?\d{3})*,\n\d{3}(?:,\n?\d{3})*(?!\d)|\d{1,3}(?:, \d{3})+(?= ?(?:[人件円社回名台%千万億校戸枚冊㎡k]|世帯|か所|団体))"
_WHOLE: Final = r"(?<![^\s△▲+\-])\d{1,2}(?:、\d{3})+(?=[^\d、]{0,3}$)"
_NUMBER: Final = regex.compile(rf"{_SIGN}?{_CURRENCY}?{_OPEN}?(?P<digits>{_WHOLE}|{_WIDE}|\d+,\d{{1,2}}(?= ?%)|{_DECIMAL}|\.\d+)")
_NUMBER_BEGINS: Final = frozenset("0123456789.△▲±+-マ¥$(")
# Most numbers of a table: nothing behind them that could still belong to them.
_SIMPLE: Final = re.compile(rf"(?>\d{{1,3}}(?:,\d{{3}})+|\d+)(?>\.\d+)?(?! {{0,3}}[\d,.、{''.join(SMALL)}{''.join(LARGE)}]|\n?,)")
_SCALE_BEGINS: Final = frozenset((" ", *SMALL, *LARGE))
_SCALES: Final = re.compile(rf"[{''.join(SMALL)}{''.join(LARGE)}]+")
_NEXT_DIGITS: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[一二三四五六七八九]+")
_SPACED_DIGITS: Final = re.compile(r"\d(?: \d)+(?!\d)(?= ?\D)")
_KANJI_DIGITS: Final = "".join(DIGITS)
# Vertical texts part thousands with 、 (一、二三四). A run of 〇 alone (〇〇〇人) is a blank to be filled in, not a zero.
_KANJI_NUMBER: Final = re.compile(rf"(?:[{_KANJI_DIGITS}]{{1,3}}(?:[、,][{_KANJI_DIGITS}]{{3}})+(?![{NUMERALS}])|[{NUMERALS}]+)(?:[・.][{_KANJI_DIGITS}]+)?")
_BLANK: Final = re.compile(r"[〇零、,]{2,}")

_PARTED_SCALE: Final = re.compile(r"(?P<gap> {1,3})[万億兆]")
# 1 億 2,000 万 円: a spaced-out amount. 1億 2,000 万円: two scales parted by a blank are one amount.
_SPACED_MONEY: Final = re.compile(
    r"(?: {0,3}[万億兆](?: {0,2}\d[\d,]*(?: ?千)?)?)+(?= {1,2}円)"
    r"| {0,3}[億兆](?: {0,2}\d[\d,]*(?: ?千)? {0,2}[万億])+(?:\d[\d,]*+千?+)?+(?! ?[\d.万億])"
)
_WORD_BEHIND: Final = re.compile(rf" ?[{HAN}{KATAKANA}\d]")


class Number:
    """A number at start..end of a folded string; `signed` the printed sign (`-` for △ ▲ −, `+`, `±` or empty). `kanji`: spelt in kanji alone.

    `currency`: the sign of money before the digits (¥ $), else empty.
    """

    __slots__ = ("currency", "end", "kanji", "signed", "start", "value")

    def __init__(self, start: int, end: int, value: Decimal, signed: str = "", kanji: bool = False, currency: str = "") -> None:
        self.start, self.end, self.value, self.signed, self.kanji, self.currency = start, end, value, signed, kanji, currency

    def until(self, end: int) -> Number:
        """The same with what stands behind it up to `end`."""
        return Number(self.start, end, self.value, self.signed, self.kanji, self.currency)


def read_number(string: str, at: int) -> Number | None:
    """The number that begins at `at` (sign included), None if none does. Digits that are part of a longer run are the caller's to exclude."""
    if string[at : at + 1] not in _NUMBER_BEGINS:
        return None
    simple = read_simple(string, at)
    if simple:
        return simple
    match = _NUMBER.match(string, at)
    if not match:
        return None
    printed = (match["sign"] or "").strip()
    sign = "-" if printed in ("△", "▲", "マイナス") else printed
    spaced = _spaced(string, match)
    if spaced:
        spaced.signed, spaced.value = sign, -spaced.value if sign == "-" else spaced.value
        return spaced
    digits, end = match["digits"], match.end("digits")
    if "、" in digits or " " in digits or "\n" in digits:
        digits = digits.replace("、", ",").replace(" ", "").replace("\n", "")
    if _misprinted_point(digits):
        value: Decimal = Decimal(digits.replace(",", "."))
    else:
        text, end = _scaled(string, digits.replace(",", ""), end)
        value = Decimal(text) if text.isascii() else value_of(text) or Decimal(0)
    if match["open"] and string[end : end + 1] == ")":
        end += 1
    return Number(at, end, -value if sign == "-" else value, sign, currency=(match["currency"] or "").strip())


def read_simple(string: str, at: int) -> Number | None:
    """As `read_number` where the number is digits, commas and a point, and nothing behind it could still belong to it; None for any other."""
    match = _SIMPLE.match(string, at)
    return Number(at, match.end(), Decimal(match[0].replace(",", ""))) if match else None


def _misprinted_point(digits: str) -> bool:
    _, comma, tail = digits.partition(",")
    return bool(comma) and len(tail) < 3


def _scaled(string: str, text: str, end: int) -> tuple[str, int]:
    """The digits with 万, 億, 千 and further digits behind them, up to a unit that keeps its own scale (1,234千円, 500百万円)."""
    behind = string[end : end + 1]
    if behind not in _SCALE_BEGINS:
        return text, end
    if behind not in SMALL:
        money = _SPACED_MONEY.match(string, end)
        if money and value_of(text + money[0].replace(" ", "")) is not None:
            return text + money[0].replace(" ", ""), money.end()
        parted = _PARTED_SCALE.match(string, end)
        if parted and find_unit(string, parted.end("gap")) is not None:
            end = parted.end("gap")
    while True:
        match = _SCALES.match(string, end)
        if not match or _is_scaled_unit(string, end, text):
            return text, end
        longer = text + match[0]
        if value_of(longer) is None or _begins_word(string, match.end()):
            return text, end
        text, end = longer, match.end()
        more = _NEXT_DIGITS.match(string, end)
        if not more or value_of(text + more[0]) is None:
            return text, end
        text, end = text + more[0], more.end()


def _is_scaled_unit(string: str, end: int, text: str) -> bool:
    """千円 and 百万円 behind plain digits are units of their own; behind 1万2 they are part of the number, and 万, 億, 千万 always are."""
    if any(char in LARGE or char in SMALL for char in text):
        return False
    scale = _SCALES.match(string, end)
    if scale is None or scale[0] not in ("百万", "千"):
        return False
    unit = find_unit(string, end)
    return unit is not None and unit.name.startswith(scale[0])


_WORDS: Final = re.compile(r"(?:代田|葉|歳|住|鳥|能|里|華|貨|博|全)")


def _begins_word(string: str, end: int) -> bool:
    """千 or 万 that opens a word (3千葉, 2万博) is no scale."""
    return string[end - 1] in "千万百" and bool(_WORDS.match(string, end))


def _spaced(string: str, match: regex.Match[str]) -> Number | None:
    """`1 3 7 か 所`: single digits parted by single blanks are one number where a known unit follows; two digits only where the unit is spaced out too."""
    if match.end("digits") - match.start("digits") != 1:
        return None
    run = _SPACED_DIGITS.match(string, match.start("digits"))
    if not run:
        return None
    at = run.end() + (string[run.end() : run.end() + 1] == " ")
    spaced = find_spaced_unit(string, at)
    unit = find_unit(string, at) if len(run[0]) >= 5 else None
    enough = unit is not None and (at == run.end() or not _WORD_BEHIND.match(string, unit.end))
    return Number(match.start(), run.end(), Decimal(run[0].replace(" ", ""))) if spaced or enough else None


def read_kanji(string: str, at: int) -> Number | None:
    """A kanji numeral used as a number: a known unit follows it, or it fills the string (`二十三`); it is no scale alone (千円 and 百万円 in a
    header are units) and no word (一部, 十分).

    Areas are left out: kanji numerals before 市, 町, 県 are parts of names (四万十市, 三重県) far more often than counts.
    """
    match = _KANJI_NUMBER.match(string, at)
    if not match or _BLANK.fullmatch(match[0]) or not any(char in DIGITS or char in SMALL for char in match[0]):
        return None
    text, end = match[0], match.end()
    if not (_fills(string, at, end) and len(text) > 1 and any(char in DIGITS for char in text)):
        unit = find_unit(string, end + (string[end : end + 1] == " "))
        if unit is None or (kind_of(unit.name) == "area" and unit.name not in _COUNTS) or not _counts(string, at, text, unit):
            return None
        if string[unit.end : unit.end + 1] in _PLACE_ENDS:
            # 三名町, 五社市: names of places.
            return None
    value = value_of(text.replace("、", "").replace(",", "").replace(".", "・"))
    return None if value is None else Number(at, end, value, kanji=True)


_PLACE_ENDS: Final = frozenset("都道府県市区町村郡駅")


def _fills(string: str, start: int, end: int) -> bool:
    return not string[:start].strip(" (約") and not string[end:].strip(" )")


# One kanji numeral and a counter are a number only with counters that build no other word: 三件, 五社; but 一部, 一人ひとり, 二次, 三者, 一体.
_COUNTS: Final = frozenset(
    ("件", "社", "団体", "か所", "事業所", "施設", "校", "店舗", "世帯", "か国", "か年", "か月", "年間", "項目", "種類", "事業", "倍", "円", "%")
)


def _counts(string: str, at: int, text: str, unit: Found) -> bool:
    """Whether a numeral of one sign, or one without a digit (百人, 千件), counts what follows it."""
    if len(text) > 1 and any(char in DIGITS for char in text):
        return True
    if text in DIGITS:
        counter = unit.name in _COUNTS or unit.printed == "名"
        return counter and text not in "〇零" and not (text == "一" and unit.printed in ("名", "校", "事業"))
    if text in ("十", "拾", "百"):
        return (unit.name in _COUNTS and unit.name != "円") or string[at - 1 : at] in tuple("約計延各全")
    # 千件, 百人 need a word of counting before them: 千円 and 千人 in a header are units, 百人一首 and 十人十色 words.
    return string[at - 1 : at] in tuple("約計延各全")
