"""Years, months and days in every form that plans print, and the Japanese fiscal year in which they lie.

A When is read in two steps: `read_when` parses the printed points (`points.read_point`), `place` gives them dates, with a Calendar for what the
print leaves out. All offsets are of a folded string.
"""

from __future__ import annotations

import re
from typing import Final

import regex

from extractors.normalise.dates import place
from extractors.normalise.points import OPENINGS, read_day_end, read_dotted_end, read_point, read_tail, western
from extractors.normalise.tokens import Calendar, Point, When
from extractors.normalise.units import find_unit

_RELATIVES: Final = "前昨本今当次来翌一"
# Words of roles make a bare Western year before them a fiscal one (2024実績).
_ROLE: Final = re.compile(r" ?(?:目標|実績|計画|見込|予算|決算|現状|基準)")
# Digits open a time only where one of these follows; most numbers of a table are passed by here.
_NUMBER_GATE: Final = re.compile(
    r"\d{1,2} {0,2}\n?(?:[年月~・\-]|から|より)|\d{1,2} ?[、,](?= ?\d{1,2} ?(?:[・、,] ?\d{1,2} ?)*[年月])|"
    r"\d{4} {0,2}\n?[年(\[/.~・\-RrHhSF令平昭目実計見予決現基上下第]"
    r"|\d \d ?年|[1-4]Q|\d{4}から|\d{1,2}[/.]\d{1,2}(?:\.\d{1,2})? ?(?:現在|時点)"
)
_WEEKDAY: Final = r"(?: ?\([日月火水木金土](?:曜日?)?(?:[・.]?[祝休])?\))?"
_TIE: Final = re.compile(rf"{_WEEKDAY} ?\n?(?P<tie>~|-|から|より|・(?=\d{{1,2}} ?月)) ?\n?")
_LIST: Final = re.compile(r" ?(?P<rest>(?:[・、,] ?\d{1,2} ?)*)[・、,] ?(?=(?P<last>\d{1,2}) ?年度)")
_LISTED: Final = re.compile(r"\d+")
_FOLLOWING: Final = re.compile(r"(?P<next>翌年?)|同年?")
_UNTIL: Final = re.compile(r" ?(?:まで|迄)")
_RELATIVE: Final = regex.compile(
    r"(?<![\p{Han}0-9])(?P<same>[前昨]年度?同(?:月|期|日))|(?P<word>前々|翌々|一昨|前|昨|(?<!\p{Han})(?:当該|本|当|今|次|来)|翌)(?P<unit>年度|年(?![\p{Han}](?<![比末以])))"
)
_OFFSETS: Final = {"前々": -2, "一昨": -2, "前": -1, "昨": -1, "本": 0, "今": 0, "当": 0, "当該": 0, "翌": 1, "次": 1, "来": 1, "翌々": 2}
# No plan runs longer: 2024～2028 without a unit are years, 1950～2100 are numbers.
_LONGEST_PLAN: Final = 30


def read_when(string: str, at: int, calendar: Calendar | None = None) -> When | None:
    """The time printed at `at` of a folded string (offsets of the result count in it), None if none begins there."""
    opening = string[at]
    if opening in _RELATIVES:
        return _relative(string, at, calendar)
    if opening not in OPENINGS and not (opening.isdecimal() and _NUMBER_GATE.match(string, at)):
        return None
    first, end = read_point(string, at, loose="first")
    if first is None:
        return None
    second = _tied(string, end, first)
    if second is not None:
        late, stop = second
        return place(at, stop, (_inherit_back(first, late), late), calendar)
    if _is_loose(first) and not (first.era == "" and _ROLE.match(string, end)):
        return None
    return place(at, end, (first,), calendar)


def resolve(when: When, calendar: Calendar | None) -> When:
    """The same time placed anew: bare years, relative words and months without a year get their year from the calendar, if it has one."""
    # An era's or a Western year is the same in every calendar.
    if all(point.number is not None and point.era is not None for point in when.points):
        return when
    return place(when.start, when.end, when.points, calendar)


def _is_loose(point: Point) -> bool:
    """A number that is a year only as part of a range (2023～2027年度, 5～7年度)."""
    return point.assumed and not point.fiscal and (point.era is None or (point.era == "" and point.month is None))


def _tied(string: str, end: int, first: Point) -> tuple[Point, int] | None:
    """The second point of a range behind `end`, with what it leaves out taken from the first; None if there is no range."""
    listed = _listed(string, end, first)
    tie = _TIE.match(string, end) if listed is None else None
    at = tie.end() if tie else listed
    if at is None or first.part or first.relative is not None:
        return None
    following = _FOLLOWING.match(string, at)
    late, stop = _end(string, following.end() if following else at, first, end)
    if late is None or late.part or (late.month is None) != (first.month is None):
        return None
    if tie is not None and tie["tie"] == "・" and late.month != (first.month or 0) + 1:
        # 4・7月 are two months, not April to July.
        return None
    late = _inherit(first, late, following is not None and following["next"] is not None)
    if late is None or (_is_loose(late) and not _strict(first) and not _plan_years(first, late, string, stop)):
        return None
    until = _UNTIL.match(string, stop)
    return late, until.end() if until else stop


def _listed(string: str, end: int, first: Point) -> int | None:
    """Where the last year of a list begins (令和6・7・8年度, 5、6年度): its years follow each other, so that it is a span."""
    match = _LIST.match(string, end) if first.month is None and first.number is not None else None
    if match is None:
        return None
    numbers = [int(text) for text in (*_LISTED.findall(match["rest"]), match["last"])]
    start = first.number or 0
    return match.end() if numbers == list(range(start + 1, start + 1 + len(numbers))) else None


def _end(string: str, at: int, first: Point, end: int) -> tuple[Point | None, int]:
    """The point that ends a range; after a dotted first point (R6.4～) it may leave out its year, after a day its month."""
    late, stop = read_point(string, at, loose="last")
    if first.month is not None and string[end - 1].isdecimal() and (late is None or late.month is None):
        dotted = read_dotted_end(string, at, first)
        if dotted is not None:
            return dotted
    return (late, stop) if late is not None else read_day_end(string, at, first) or (None, at)


def _plan_years(first: Point, late: Point, string: str, stop: int) -> bool:
    """2024～2028 with no unit: the years of a plan."""
    if first.era != "" or late.era != "" or not (1950 <= (first.number or 0) < (late.number or 0) <= 2100):
        return False
    return (late.number or 0) - (first.number or 0) <= _LONGEST_PLAN and find_unit(string, stop + (string[stop : stop + 1] == " ")) is None


def _strict(first: Point) -> bool:
    return first.era is not None and (bool(first.era) or not first.assumed)


def _inherit(first: Point, late: Point, next_year: bool) -> Point | None:
    """The later point with era and year of the first where it prints none; None where the two are no range."""
    if first.number is None:
        return late if late.number is None else None
    number = late.number
    if number is None and first.fiscal:
        # 令和6年度1月～3月: both are months of one fiscal year.
        return late._replace(era=first.era, number=first.number, fiscal=True)
    if number is None:
        return late._replace(era=first.era, number=first.number + (next_year or _wraps(first, late)))
    if late.era is None and first.era:
        late = late._replace(era=first.era)
    elif late.era is None and first.era == "":
        late = late._replace(era="", number=first.number // 100 * 100 + number)
    if _key(late) <= _key(first):
        return None
    return late._replace(fiscal=late.fiscal or first.fiscal, assumed=late.assumed and first.assumed) if late.month is None else late


def _key(point: Point) -> tuple[int, int, int]:
    """Order of two points of one reckoning; R6-1 and 25～24年度 run backwards and are no ranges."""
    return western(point) or point.number or 0, point.month or 0, point.day or 0


def _wraps(first: Point, late: Point) -> bool:
    """4月～3月 runs into the next year."""
    return (late.month or 0, late.day or 0) < (first.month or 0, first.day or 0)


def _inherit_back(first: Point, late: Point) -> Point:
    """5～7年度: the first takes 年度 from the second; 平成30～令和2年度 keeps its own era."""
    if late.month is not None:
        return first
    return first._replace(fiscal=first.fiscal or late.fiscal, assumed=first.assumed and late.assumed)


def _relative(string: str, at: int, calendar: Calendar | None) -> When | None:
    match = _RELATIVE.match(string, at)
    if not match:
        return None
    if match["same"]:
        return place(at, match.end(), (Point(relative=-1, same_month=True),), calendar)
    point = Point(relative=_OFFSETS[match["word"]], fiscal="度" in match["unit"])
    point, end = read_tail(string, match.end(), point)
    return place(at, end, (point,), calendar)
