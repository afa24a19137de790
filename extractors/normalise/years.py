"""Years, months and days in every form that plans print, and the Japanese fiscal year in which they lie.

A When is read in two steps: `read_when` parses the printed points (`tokens.Point`), `place` gives them dates, with a Calendar for what the print leaves out.
The grammar of pairs (平成31年度（令和元年度）, 2028年(R10)度) is forced by plans that cross the change of an era: such a pair is one year.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import regex

from extractors.normalise.dates import place
from extractors.normalise.kanji import value_of
from extractors.normalise.tokens import Calendar, Point, When

_ERAS = tomllib.loads((Path(__file__).parent / "eras.toml").read_text(encoding="utf-8"))
FIRST_YEARS: dict[str, int] = {name: era["first"] for name, era in _ERAS.items()}
_SHORT = {short: name for name, era in _ERAS.items() for short in (era["letters"] + " " + era["kanji"]).split()}
_LETTERS = "".join(era["letters"].replace(" ", "") for era in _ERAS.values())
_KANJI = "".join(era["kanji"] for era in _ERAS.values())
_NAMES = "|".join(rf"{name[0]}[ \n]{{0,2}}{name[1]}" for name in _ERAS)
_N = r"(?P<n>元|\d{1,2}(?![\d,])|\d \d(?= {0,2}年)|[一二三四五六七八九十]{1,3}(?= ?年))"
_ABBREVIATED = rf"(?<!\p{{Han}})[{_KANJI}](?= ?(?:\d|元))|(?<![A-Za-z0-9])[{_LETTERS}](?=\.? ?(?:\d|元))"
_ERA_YEAR = regex.compile(rf"(?P<era>{_NAMES}|{_ABBREVIATED})\.? {{0,2}}\n?{_N}(?![A-Za-z])")
_WESTERN = regex.compile(r"(?<![\d,.])(?P<n>(?:18|19|20|21)\d{2}|二〇[〇一二三四五六七八九]{2}(?=年))(?![\d,])")
_BARE = regex.compile(r"(?<![\d,.])(?P<n>元|\d{1,2}|\d \d)(?= {0,2}年)")
# A number that is a year only as one end of a range: 5 of 5～7年度; 10 of R6～10.
_LOOSE_FIRST = regex.compile(r"(?<![\d,.])(?P<n>\d{1,2})(?= ?(?:~|-|から|・) ?\d{1,2} {0,2}年度)")
_LOOSE_LAST = regex.compile(r"(?P<n>\d{1,2})(?=$|[ )\]」】\n、。|])")
_LOOSE = {"first": _LOOSE_FIRST, "last": _LOOSE_LAST}
_SUFFIX = regex.compile(r" {0,2}\n?(年 {0,2}\n?度|年|度(?!合))")
_OPEN = regex.compile(r" {0,2}\n?[(\[/・]= ?|[ \n]{0,2}[(\[/・] ?")
_BESIDE = regex.compile(rf"[ \n]{{1,2}}(?=[{_LETTERS}令平]|(?:19|20)\d\d(?!\d))")
_CLOSE = regex.compile(r" ?[)\]]")
_MONTH = regex.compile(r" {0,2}(?P<m>1[0-2]|0?[1-9]|[1-9]) {0,2}月(?!額|間|数)")
_FIRST_MONTH = regex.compile(r" {0,2}(?P<m>1[0-2]|0?[1-9])(?= ?[~\-・] ?(?:1[0-2]|0?[1-9]) ?月)")
_DAY = regex.compile(r" {0,2}(?P<d>3[01]|[12]\d|0?[1-9]) {0,2}日(?!間|数)")
_DOTTED_DAY = regex.compile(r"(?P<s>[./\-]) ?(?P<m>1[0-2]|0?[1-9])(?P=s) ?(?P<d>3[01]|[12]\d|0?[1-9])(?![\d])")
_DOTTED_MONTH = regex.compile(r"[.] ?(?P<m>1[0-2]|0?[1-9])(?!\d|[.,]\d|[%倍])(?: ?月)?")
_WESTERN_MONTH = regex.compile(r"[./] ?(?P<m>1[0-2]|0?[1-9])(?: ?月|(?= ?(?:末|時点|現在)))|[/](?P<m>1[0-2]|0?[1-9])(?![\d./])|-(?P<m>0[1-9]|1[0-2])(?![\d-])")
_AS_OF = regex.compile(r" {0,2}\n?(?P<end>末(?:日)?)?(?: ?の?(?P<now>現在|時点))?")
_PART = regex.compile(r"(?: ?の? ?)(?:(?P<half>上|下)(?: ?半)? ?期|第 ?(?P<q>[1-4一二三四]) ?・?四半期|(?P<q>[1-4])Q(?![A-Za-z])|Q(?P<q>[1-4])(?!\d))")
_RELATIVES = "前昨本今当次来翌一"
_OPENINGS = "".join(_ERAS)[::2] + _LETTERS + _KANJI + "元上下第二Q"
# Digits open a time only where one of these follows; most numbers of a table are passed by here.
_NUMBER_GATE = regex.compile(r"\d{1,2} {0,2}\n?(?:[年月~・\-]|から|より)|\d{4} {0,2}\n?[年(\[/.~・\-RH令平]|\d \d ?年|[1-4]Q|\d{4}から")
_TIE = regex.compile(r" ?\n?(?:年|年度)?(?P<tie>~|-|から|より|・(?=[\d元]+ ?(?:年度|月))) ?\n?")
_FOLLOWING = regex.compile(r"翌年?")
_UNTIL = regex.compile(r" ?(?:まで|迄)")
_RELATIVE = regex.compile(
    r"(?<![\p{Han}0-9])(?P<same>[前昨]年度?同(?:月|期|日))|(?P<word>前々|翌々|一昨|前|昨|(?<!\p{Han})(?:当該|本|当|今|次|来)|翌)(?P<unit>年度|年(?![\p{Han}](?<![比末に])))"
)
_OFFSETS = {"前々": -2, "一昨": -2, "前": -1, "昨": -1, "本": 0, "今": 0, "当": 0, "当該": 0, "翌": 1, "次": 1, "来": 1, "翌々": 2}


def read_when(string: str, at: int, calendar: Calendar | None = None) -> When | None:
    """The time printed at `at` of a folded string (offsets of the result count in it), None if none begins there."""
    opening = string[at]
    if opening in _RELATIVES:
        return _relative(string, at, calendar)
    if opening not in _OPENINGS and not (opening.isdecimal() and _NUMBER_GATE.match(string, at)):
        return None
    first, end = _point(string, at, loose="first")
    if first is None:
        return None
    second = _tied(string, end, first)
    if second is not None:
        late, stop = second
        early = _inherit_back(first, late)
        return place(at, stop, (early, late), calendar)
    if _is_loose(first):
        return None
    return place(at, end, (first,), calendar)


def resolve(when: When, calendar: Calendar | None) -> When:
    """The same time placed anew: bare years, relative words and months without a year get their year from the calendar, if it has one."""
    return place(when.start, when.end, when.points, calendar) if when.points else when


def _is_loose(point: Point) -> bool:
    """A number that is a year only as part of a range (2023～2027年度, 5～7年度)."""
    return point.assumed and (point.era is None or (point.era == "" and point.month is None))


def _point(string: str, at: int, loose: str = "") -> tuple[Point | None, int]:
    """(point, its end) at `at`; (None, at) where none begins."""
    head = _year(string, at, loose)
    if head is None:
        return _yearless(string, at)
    point, end = head
    if point.assumed or not point.fiscal:
        point, end = _month_and_day(string, end, point)
    if point.era is None and not point.fiscal and point.month is None and not point.assumed and not string.startswith("末", end):
        # A bare 25年 is as often a span of years as a year.
        return (point, end) if point.number == 1 and string[at] == "元" else (None, at)
    return _tail(string, end, point)


def _tail(string: str, end: int, point: Point) -> tuple[Point, int]:
    """The point with 上半期, 末, 現在 behind it."""
    part = _PART.match(string, end) if point.month is None else None
    if part:
        return replace(point, part=_part_name(part), fiscal=point.fiscal or point.assumed), part.end()
    match = _AS_OF.match(string, end)
    if match and (match["end"] or match["now"]):
        return replace(point, as_of=True, end_of=bool(match["end"]) and point.day is None), match.end()
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
    match = _ERA_YEAR.match(string, at)
    if match:
        name = match["era"].replace(" ", "").replace("\n", "")
        era, number = _SHORT.get(name, name), _number(match["n"])
        return (Point(era=era, number=number, assumed=True), match.end()) if 0 < number <= _ERAS[era]["most"] else None
    match = _WESTERN.match(string, at)
    if match:
        return Point(era="", number=_number(match["n"]), assumed=True), match.end()
    match = _BARE.match(string, at) or (_LOOSE[loose].match(string, at) if loose else None)
    if match and 0 < _number(match["n"]) <= 64:
        return Point(number=_number(match["n"]), assumed=True), match.end()
    return None


def _suffixed(string: str, head: tuple[Point, int]) -> tuple[Point, int]:
    point, end = head
    match = _SUFFIX.match(string, end)
    if not match or (match[1] == "度" and point.era is None):
        return head
    return replace(point, assumed=False, fiscal="度" in match[1]), match.end()


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
    fiscal = point.fiscal or twin.fiscal
    after = _SUFFIX.match(string, stop)
    if after and not (after[1] == "度" and point.assumed and twin.assumed):
        fiscal, stop = fiscal or "度" in after[1], after.end()
        return replace(point, fiscal=fiscal, assumed=False), stop
    # 2024 (R6) has no 年 at all, but two reckonings: a year for certain, read as a fiscal one.
    named = point if point.era else twin
    return replace(point, fiscal=fiscal, assumed=point.assumed and twin.assumed, era=named.era, number=named.number), stop


def _pair(string: str, end: int, point: Point) -> tuple[Point, int] | None:
    opened = _OPEN.match(string, end) or _BESIDE.match(string, end)
    if not opened:
        return None
    head = _single_year(string, opened.end(), "")
    if head is None:
        return None
    twin, stop = _suffixed(string, head)
    if twin.era is None or _western(twin) != _western(point):
        return None
    if opened[0].strip() in ("(", "["):
        close = _CLOSE.match(string, stop)
        return (twin, close.end()) if close else None
    return twin, stop


def _western(point: Point) -> int | None:
    if point.number is None or point.era is None:
        return None
    return point.number if point.era == "" else FIRST_YEARS[point.era] - 1 + point.number


def _month_and_day(string: str, end: int, point: Point) -> tuple[Point, int]:
    if point.assumed:
        return _dotted(string, end, point)
    month = _MONTH.match(string, end) or _FIRST_MONTH.match(string, end)
    if not month:
        return point, end
    point, end = replace(point, month=int(month["m"])), month.end()
    day = _DAY.match(string, end)
    return (replace(point, day=int(day["d"])), day.end()) if day else (point, end)


def _dotted(string: str, end: int, point: Point) -> tuple[Point, int]:
    """R6.4.18, 2025.3.31, R5.8, H25.10月, 2025.3末: a Western year with one number behind it may be a decimal, so it needs a word."""
    if point.era is None:
        return point, end
    match = _DOTTED_DAY.match(string, end)
    if match:
        return replace(point, month=int(match["m"]), day=int(match["d"]), assumed=False), match.end()
    match = _WESTERN_MONTH.match(string, end) or (_DOTTED_MONTH.match(string, end) if point.era else None)
    if not match:
        return point, end
    point, end = replace(point, month=int(match["m"]), assumed=False), match.end()
    day = _DAY.match(string, end)
    return (replace(point, day=int(day["d"])), day.end()) if day else (point, end)


def _yearless(string: str, at: int) -> tuple[Point | None, int]:
    """8月, 6月1日, 10月末, 上半期, 第1四半期: a time whose year stands elsewhere."""
    if at and string[at - 1] in "0123456789.,か":
        return None, at
    month = _MONTH.match(string, at) or _FIRST_MONTH.match(string, at)
    if month:
        point, end = Point(month=int(month["m"])), month.end()
        day = _DAY.match(string, end)
        if day:
            point, end = replace(point, day=int(day["d"])), day.end()
        return _tail(string, end, point)
    part = _PART.match(string, at)
    return (Point(part=_part_name(part), fiscal=True), part.end()) if part and part.start() == at and string[at] not in " の" else (None, at)


def _tied(string: str, end: int, first: Point) -> tuple[Point, int] | None:
    """The second point of a range behind `end`, with what it leaves out taken from the first; None if there is no range."""
    tie = _TIE.match(string, end)
    if not tie or first.part or first.relative is not None:
        return None
    at = tie.end()
    following = _FOLLOWING.match(string, at)
    late, stop = _point(string, following.end() if following else at, loose="last")
    if late is None or late.part or (late.month is None) != (first.month is None):
        return None
    late = _inherit(first, late, following is not None)
    if late is None or (_is_loose(late) and not _strict(first)):
        return None
    until = _UNTIL.match(string, stop)
    return late, until.end() if until else stop


def _strict(first: Point) -> bool:
    return first.era is not None and (bool(first.era) or not first.assumed)


def _inherit(first: Point, late: Point, next_year: bool) -> Point | None:
    """The later point with era and year of the first where it prints none; None where the two are no range."""
    if first.number is None:
        return late if late.number is None else None
    number = late.number
    if number is None:
        return replace(late, era=first.era, number=first.number + (next_year or _wraps(first, late)), assumed=first.assumed)
    if late.era is None and first.era:
        late = replace(late, era=first.era)
    elif late.era is None and first.era == "":
        late = replace(late, era="", number=first.number // 100 * 100 + number)
    if _key(late) <= _key(first):
        return None
    return replace(late, fiscal=late.fiscal or first.fiscal, assumed=late.assumed and first.assumed) if late.month is None else late


def _key(point: Point) -> tuple[int, int, int]:
    """Order of two points of one reckoning; R6-1 and 25～24年度 run backwards and are no ranges."""
    return _western(point) or point.number or 0, point.month or 0, point.day or 0


def _wraps(first: Point, late: Point) -> bool:
    """4月～3月 runs into the next year."""
    return (late.month or 0, late.day or 0) < (first.month or 0, first.day or 0)


def _inherit_back(first: Point, late: Point) -> Point:
    """5～7年度: the first takes 年度 from the second; 平成30～令和2年度 keeps its own era."""
    if late.month is not None:
        return first
    return replace(first, fiscal=first.fiscal or late.fiscal, assumed=first.assumed and late.assumed)


def _relative(string: str, at: int, calendar: Calendar | None) -> When | None:
    match = _RELATIVE.match(string, at)
    if not match:
        return None
    if match["same"]:
        return place(at, match.end(), (Point(relative=-1, same_month=True),), calendar)
    point = Point(relative=_OFFSETS[match["word"]], fiscal="度" in match["unit"])
    point, end = _tail(string, match.end(), point)
    return place(at, end, (point,), calendar)
