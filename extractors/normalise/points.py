"""One printed point of time: a year, month, day, part of a year, with what stands directly behind it. All offsets are of a folded string.

The grammar of pairs (平成31年度（令和元年度）, 2028年(R10)度) is forced by plans that cross the change of an era: such a pair is one year.
"""

from __future__ import annotations

import re
from typing import Final

import regex

from extractors.normalise.eras import ERAS, era_year
from extractors.normalise.kanji import value_of
from extractors.normalise.patterns import HAN
from extractors.normalise.tokens import Point

_SHORT: Final = {short: name for name, era in ERAS.items() for short in (*era.letters, *era.kanji)}
_LETTERS: Final = "".join(letter for era in ERAS.values() for letter in era.letters)
_KANJI: Final = "".join(kanji for era in ERAS.values() for kanji in era.kanji)
# What a point may begin with, besides digits.
OPENINGS: Final = "".join(ERAS)[::2] + _LETTERS + _KANJI + "元上下第二QF'’"
_NAMES: Final = "|".join(rf"{name[0]}[ \n]{{0,2}}{name[1]}" for name in ERAS)
_N: Final = r"(?P<n>元|(?<= )\d \d(?= {0,2}年)|\d \d(?= {1,2}年)|\d{1,2}(?!\d|,\d{3})|[一二三四五六七八九十]{1,3}(?= ?年))"
_ABBREVIATED: Final = rf"(?<![{HAN}])[{_KANJI}](?= ?(?:\d|元))|(?<![A-Za-z0-9])[{_LETTERS}](?=\.? ?(?:\d|元))"
_ERA_YEAR: Final = re.compile(rf"(?P<era>{_NAMES}|{_ABBREVIATED})\.? {{0,2}}\n?{_N}(?![A-Za-z])")
_WESTERN: Final = re.compile(r"(?<![\d,.])(?P<n>(?:18|19|20|21)\d{2}|二〇[〇一二三四五六七八九]{2}(?=年))(?![\d,])")
# '24年度, FY2024, FY24: the century left out is this one.
_SHORTENED: Final = regex.compile(r"(?:FY ?['’]?(?P<n>20\d\d|\d\d)(?!\d)|['’](?P<n>\d\d)(?= ?年))")
_FISCAL: Final = re.compile(r" ?FY(?![A-Za-z])")
# A bare year: before 年, or in a dated state (7.3.31現在).
_BARE: Final = re.compile(r"(?<![\d.])(?<!\d,(?=\d{3}))(?P<n>元|\d{1,2}|\d \d)(?= {0,2}年(?! ?度? ?目(?![標的指])))")
_BARE_STATE: Final = re.compile(r"(?<![\d,.\-/])(?P<n>\d{1,2})(?=\.\d{1,2}\.\d{1,2} ?(?:現在|時点))")
# A number that is a year only as one end of a range or in a list: 5 of 5～7年度 and 5・6・7年度; 10 of R6～10.
_LOOSE_FIRST = re.compile(r"(?<![\d.])(?<!\d,(?=\d{3}))(?P<n>\d{1,2})(?= ?(?:~|-|から|(?:[・、,] ?\d{1,2} ?)*[・、,]) ?\d{1,2} {0,2}年度(?!目(?![標的指])))")
_LOOSE_LAST: Final = re.compile(r"(?P<n>\d{1,2})(?=$|[ )\]」】\n、。|]|目標|実績|計画|見込|予算|決算|累計|合計|平均)")
_LOOSE: Final = {"first": _LOOSE_FIRST, "last": _LOOSE_LAST}
_SUFFIX: Final = re.compile(r" {0,2}\n?(年 {0,2}\n?度|年|度(?!合))")
_OPEN: Final = re.compile(r" {0,2}\n?\(= ?|[ \n]{0,2}[(\[/・] ?")
_BESIDE: Final = re.compile(rf"[ \n]{{1,2}}(?=[{_LETTERS}{_KANJI}]|(?:19|20)\d\d(?!\d))")
_ALSO: Final = re.compile(r" ?[・/、] ?")
_CLOSE: Final = re.compile(r" ?[)\]]")
_MONTH: Final = re.compile(r" {0,2}(?P<m>1[0-2]|0?[1-9]) {0,2}月(?!額|間|数)")
_FIRST_MONTH: Final = re.compile(r" {0,2}(?P<m>1[0-2]|0?[1-9])(?= ?(?:[~\-・、] ?|(?:[・、] ?(?:1[0-2]|0?[1-9]) ?)+[・、] ?)(?:1[0-2]|0?[1-9]) ?月)")
_DAY: Final = re.compile(r" {0,2}(?P<d>3[01]|[12]\d|0?[1-9]) {0,2}日(?!間|数)")
_KANJI_MONTH: Final = re.compile(r" ?(?P<m>十[一二]?|[一二三四五六七八九])月(?!額|間|数)")
_KANJI_DAY: Final = re.compile(r" ?(?P<d>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日(?!間|数)")
_DOTTED_DAY: Final = re.compile(r"(?P<s>[./\-]) ?(?P<m>1[0-2]|0?[1-9])(?P=s) ?(?P<d>3[01]|[12]\d|0?[1-9])(?![\d])")
_DOTTED_MONTH: Final = re.compile(r"[.] ?(?P<m>1[0-2]|0?[1-9])(?!\d|[.,]\d|[%倍])(?: ?月)?")
_WESTERN_MONTH: Final = regex.compile(
    r"[./] ?(?P<m>1[0-2]|0?[1-9])(?: ?月|(?= ?(?:末|時点|現在)))|[/](?P<m>1[0-2]|0?[1-9])(?![\d./])|-(?P<m>0[1-9]|1[0-2])(?![\d-])"
    r"|\.(?P<m>1[0-2]|0?[1-9])(?= ?[~\-] ?(?:19|20)\d\d\.(?:1[0-2]|0?[1-9])(?!\d))"
)
# 10/1現在, 4.1時点: month and day only where a word says so.
_STROKED_DAY: Final = re.compile(r"(?<!/)(?P<m>1[0-2]|0?[1-9])[/.](?P<d>3[01]|[12]\d|0?[1-9])(?= ?(?:現在|時点))")
# The end of R6.4～7.3, R6.4.1～7.3.31, R6.4.1～9.30, R6.1～12: what is left out is the first point's.
_DOTTED_LAST: Final = re.compile(rf"(?:(?P<y>\d{{4}}|\d{{1,2}})\.)?(?P<m>1[0-2]|0?[1-9])(?:\.(?P<d>3[01]|[12]\d|0?[1-9]))?(?![\d.,%]|[{HAN}](?<![末現時の]))")
_SPAN_OF_YEARS: Final = re.compile(r" ?(?:間|後|目|以[内上下]|未満|連続|程度|ごと|前)")
_AS_OF: Final = re.compile(r" {0,2}\n?(?P<end>末(?:日)?)?(?: ?の?(?P<now>現在|時点))?")
_THIRD: Final = re.compile(r" ?の?(?P<third>[上初中下])旬")
_PART: Final = regex.compile(r"(?: ?の? ?)(?:(?P<half>上|下)(?: ?半)? ?期|第 ?(?P<q>[1-4一二三四]) ?・?四半期|(?P<q>[1-4])Q(?![A-Za-z])|Q(?P<q>[1-4])(?!\d))")


def read_point(string: str, at: int, loose: str = "") -> tuple[Point | None, int]:
    """(point, its end) at `at`; (None, at) where none begins. `loose` is `first` or `last` where a number alone may be an end of a range of years."""
    head = _year(string, at, loose)
    if head is None:
        return _yearless(string, at)
    point, end = head
    point, end = _month_and_day(string, end, point)
    if point.era is None and not point.fiscal and point.month is None and not point.assumed and not string.startswith("末", end):
        # A bare 25年 is as often a span of years as a year, but for the end of a range (令和元年～3年).
        if loose == "last" and not _SPAN_OF_YEARS.match(string, end):
            return point, end
        return (point, end) if point.number == 1 and string[at] == "元" else (None, at)
    return read_tail(string, end, point)


def western(point: Point) -> int | None:
    """The Western year of a point that prints its reckoning, None for a bare or missing year."""
    if point.number is None or point.era is None:
        return None
    return point.number if point.era == "" else era_year(point.era, point.number)


def read_dotted_end(string: str, at: int, first: Point) -> tuple[Point, int] | None:
    """The end of a range that began with a dotted month or day (R6.4～7.3): the month, with a year of the same reckoning where one is printed."""
    match = _DOTTED_LAST.match(string, at)
    if match is None or (first.day is None) != (match["d"] is None and not (first.day is not None and match["y"])):
        return None
    year, month, day = match["y"] or "", match["m"], match["d"]
    if first.day is not None and day is None:
        # 9.30 behind a day is month and day.
        if int(year) > 12:
            return None
        year, month, day = "", year, month
    era = "" if len(year) == 4 else None
    point = Point(era=era, number=int(year) if year else None, month=int(month), day=int(day) if day else None)
    return read_tail(string, match.end(), point)


def read_day_end(string: str, at: int, first: Point) -> tuple[Point, int] | None:
    """The end of a range of days that prints its day alone (4月1日～10日): the month is the first point's."""
    match = _DAY.match(string, at)
    if match is None or first.day is None or _SPAN_OF_YEARS.match(string, match.end()):
        return None
    day = _number(match["d"])
    return read_tail(string, match.end(), Point(month=first.month, day=day)) if day > first.day else None


def read_tail(string: str, end: int, point: Point) -> tuple[Point, int]:
    """The point, which ends at `end`, and its new end, with 上半期, 上旬, 末, 現在 behind it."""
    part = _PART.match(string, end) if point.month is None else None
    if part:
        end = part.end()
        point = point._replace(part=_part_name(part), fiscal=point.fiscal or point.assumed)
    third = _THIRD.match(string, end) if point.month is not None and point.day is None else None
    if third:
        return point._replace(third="上中下".find(third["third"].replace("初", "上")) + 1), third.end()
    match = _AS_OF.match(string, end)
    if match and (match["end"] or match["now"]):
        return point._replace(as_of=True, end_of=bool(match["end"]) and point.day is None), match.end()
    return point, end


def _part_name(match: regex.Match[str]) -> str:
    if match["half"]:
        return "H1" if match["half"] == "上" else "H2"
    return "Q" + str("一二三四".find(match["q"]) + 1 or match["q"])


def _number(text: str) -> int:
    text = text.replace(" ", "")
    if text == "元":
        return 1
    return int(text) if text.isdecimal() else int(value_of(text) or 0)


def _single_year(string: str, at: int, loose: str) -> tuple[Point, int] | None:
    bare = string[at : at + 1].isdecimal()
    match = None if bare else _ERA_YEAR.match(string, at)
    if match:
        name = match["era"].replace(" ", "").replace("\n", "")
        era, number = _SHORT.get(name, name), _number(match["n"])
        return (Point(era=era, number=number, assumed=True), match.end()) if 0 < number <= ERAS[era].most else None
    match = _WESTERN.match(string, at)
    if match:
        return _in_fiscal_letters(string, Point(era="", number=_number(match["n"]), assumed=True), match.end())
    short = None if bare else _SHORTENED.match(string, at)
    if short:
        number = int(short["n"])
        return Point(era="", number=number if number > 99 else 2000 + number, assumed=True, fiscal=string[at] == "F"), short.end()
    match = _BARE.match(string, at) or _BARE_STATE.match(string, at) or (_LOOSE[loose].match(string, at) if loose else None)
    if match and 0 < _number(match["n"]) <= 64:
        return Point(number=_number(match["n"]), assumed=True), match.end()
    return None


def _in_fiscal_letters(string: str, point: Point, end: int) -> tuple[Point, int]:
    """2024FY."""
    letters = _FISCAL.match(string, end)
    return (point._replace(fiscal=True), letters.end()) if letters else (point, end)


def _suffixed(string: str, head: tuple[Point, int]) -> tuple[Point, int]:
    point, end = head
    match = _SUFFIX.match(string, end)
    if not match:
        return head
    return point._replace(assumed=False, fiscal="度" in match[1]), match.end()


def _year(string: str, at: int, loose: str) -> tuple[Point, int] | None:
    """A year with 年, 年度 and the same year in another reckoning behind it, in brackets or after a stroke."""
    head = _single_year(string, at, loose)
    if head is None:
        return None
    point, end = _suffixed(string, head)
    if point.era is None and point.assumed:
        return point, end
    pair = _pair(string, end, point)
    if pair is None:
        return point, end
    twin, stop = pair
    # 平成31・令和元(2019)年度: a third reckoning.
    third = _pair(string, stop, point)
    if third is not None:
        stop = third[1]
    fiscal = point.fiscal or twin.fiscal
    after = _SUFFIX.match(string, stop)
    if after and not (after[1] == "度" and point.assumed and twin.assumed):
        return point._replace(fiscal=fiscal or "度" in after[1], assumed=False), after.end()
    # 2024 (R6) has no 年 at all, but two reckonings: a year for certain, read as a fiscal one.
    named = point if point.era else twin
    return point._replace(fiscal=fiscal, assumed=point.assumed and twin.assumed, era=named.era, number=named.number), stop


def _pair(string: str, end: int, point: Point) -> tuple[Point, int] | None:
    """The same year in another reckoning, from its bracket or stroke at `end` on; in the bracket there may be two (2019(平成31・令和元))."""
    opened = _OPEN.match(string, end) or _BESIDE.match(string, end)
    twin = _twin(string, opened.end(), point) if opened else None
    if opened is None or twin is None:
        return None
    if opened[0].strip(" \n=") not in ("(", "["):
        return twin
    also = _ALSO.match(string, twin[1])
    another = _twin(string, also.end(), point) if also else None
    close = _CLOSE.match(string, another[1] if another else twin[1])
    return (twin[0], close.end()) if close else None


def _twin(string: str, at: int, point: Point) -> tuple[Point, int] | None:
    head = _single_year(string, at, "")
    if head is None:
        return None
    twin, stop = _suffixed(string, head)
    return (twin, stop) if twin.era is not None and western(twin) == western(point) else None


def _month_and_day(string: str, end: int, point: Point) -> tuple[Point, int]:
    if point.assumed:
        return (point, end) if point.fiscal else _dotted(string, end, point)
    month = _MONTH.match(string, end) or _FIRST_MONTH.match(string, end) or _KANJI_MONTH.match(string, end)
    if not month:
        return point, end
    return _with_day(string, month.end(), point._replace(month=_number(month["m"])))


def _with_day(string: str, end: int, point: Point) -> tuple[Point, int]:
    day = _DAY.match(string, end) or _KANJI_DAY.match(string, end)
    return (point._replace(day=_number(day["d"])), day.end()) if day else (point, end)


def _dotted(string: str, end: int, point: Point) -> tuple[Point, int]:
    """R6.4.18, 2025.3.31, R5.8, H25.10月, 2025.3末: a Western year with one number behind it may be a decimal, so it needs a word or a range."""
    match = _DOTTED_DAY.match(string, end)
    if match:
        return point._replace(month=int(match["m"]), day=int(match["d"]), assumed=False), match.end()
    if point.era is None:
        return point, end
    month = _WESTERN_MONTH.match(string, end) or (_DOTTED_MONTH.match(string, end) if point.era else None)
    if not month:
        return point, end
    return _with_day(string, month.end(), point._replace(month=int(month["m"]), assumed=False))


def _yearless(string: str, at: int) -> tuple[Point | None, int]:
    """8月, 6月1日, 10月末, 10/1現在, 上半期, 第1四半期: a time whose year stands elsewhere."""
    if at and string[at - 1] in "0123456789.,か":
        return None, at
    month = _MONTH.match(string, at) or _FIRST_MONTH.match(string, at)
    if month:
        point, end = _with_day(string, month.end(), Point(month=int(month["m"])))
        return read_tail(string, end, point)
    day = _STROKED_DAY.match(string, at)
    if day:
        return read_tail(string, day.end(), Point(month=int(day["m"]), day=int(day["d"])))
    part = _PART.match(string, at)
    return read_tail(string, at, Point()) if part else (None, at)
