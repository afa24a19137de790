"""One label, read once and alone. The words and what they mean are data (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import regex

from extractors.normalise.characters import fold, plain
from extractors.normalise.names import clean_name
from extractors.normalise.patterns import BLANKS, matcher
from extractors.normalise.scan import is_number, may_hold_time, scan, times
from extractors.normalise.tokens import Calendar, When
from extractors.normalise.units import bracket_unit, canonical, unit_note
from extractors.normalise.years import resolve


class Role(StrEnum):
    """What a label says of the figures that it governs."""

    TARGET = "target"
    ACTUAL = "actual"
    BASELINE = "baseline"
    RATE = "rate"
    RATING = "rating"
    CHANGE = "change"
    COST = "cost"
    BUDGET = "budget"
    SETTLED = "settled"
    NAME = "name"
    MEASURE = "measure"
    SECTION = "section"
    UNIT = "unit"
    NUMBER = "number"
    AREA = "area"
    YEAR = "year"
    REMARK = "remark"


MONEY: Final = frozenset({Role.COST, Role.BUDGET, Role.SETTLED})
VALUE_ROLES: Final = frozenset({Role.TARGET, Role.ACTUAL, Role.BASELINE}) | MONEY
KEY_ROLES: Final = frozenset({Role.NAME, Role.MEASURE, Role.SECTION, Role.AREA})


class Hint:
    """What one label says. Never changed once it is made.

    `role` of its head word, `word` that word; `mentioned`: the one value role that it names anywhere, in words that mean it outside
    tables too, None where it names several, and `both` where these are targets and results; `when` the year or days it names, resolved
    against the calendar; `unit` from its brackets or a 単位 note; `name` what is left when role, year, unit and marks are taken out (empty for
    a key); `narrative` True where the label heads prose that reports results; `cumulative` True for 累計;
    `compared` True where a year is named as what the number is compared with (2013年度比).
    """

    __slots__ = ("both", "compared", "cumulative", "mentioned", "name", "narrative", "role", "unit", "when", "word")

    def __init__(
        self,
        role: Role | None = None,
        word: str = "",
        when: When | None = None,
        unit: str | None = None,
        name: str = "",
        narrative: bool = False,
        cumulative: bool = False,
        mentioned: Role | None = None,
        both: bool = False,
        compared: bool = False,
    ) -> None:
        self.role, self.word, self.when, self.unit, self.name = role, word, when, unit, name
        self.narrative, self.cumulative, self.mentioned, self.both, self.compared = narrative, cumulative, mentioned, both, compared

    @property
    def said(self) -> tuple[object, ...]:
        """All that the label says, by which hints are compared."""
        return (self.role, self.word, self.when, self.unit, self.name, self.narrative, self.cumulative, self.mentioned, self.both, self.compared)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hint) and self.said == other.said

    def __hash__(self) -> int:
        return hash(self.said)

    def __repr__(self) -> str:
        return f"Hint{self.said!r}"

    def copy(self) -> Hint:
        return Hint(self.role, self.word, self.when, self.unit, self.name, self.narrative, self.cumulative, self.mentioned, self.both, self.compared)

    def dated(self, when: When | None) -> Hint:
        """The same with another time, or with none."""
        made = self.copy()
        made.when = when
        return made

    def saying(self, role: Role | None) -> Hint:
        """The same with another role, or with none."""
        made = self.copy()
        made.role = role
        return made

    def naming(self, name: str) -> Hint:
        """The same with another name."""
        made = self.copy()
        made.name = name
        return made

    def unitless(self) -> Hint:
        """The same without its unit."""
        made = self.copy()
        made.unit = None
        return made

    @property
    def strong(self) -> Role | None:
        """The role, unless its word means one only in the header of a table."""
        return None if self.word in WEAK else self.role

    @property
    def whole(self) -> bool:
        """Whether the label is a key: it says a role, a year or a unit and names nothing."""
        return not self.name and (self.role is not None or self.when is not None or self.unit is not None)


def _load() -> dict[str, list[str]]:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return {group: [_tight(word) for word in entry["words"]] for group, entry in tomllib.load(file).items()}


@lru_cache(maxsize=16_384)
def _tight(string: str) -> str:
    return BLANKS.sub("", plain(string))


WORDS: Final = _load()
NARRATIVE: Final = tuple(WORDS["narrative"])
WEAK: Final = frozenset(WORDS["weak"])
# One of these ends every word that heads a narrative.
_OF_NARRATIVE: Final = re.compile(f"[{''.join(sorted({word[-1] for word in NARRATIVE}))}]")
CHANGE_WORDS: Final = tuple(word for word in WORDS["change"] if len(word) >= 3)
_ROLE_OF: dict[str, Role] = {word: Role(group) for group in reversed([r.value for r in Role]) for word in WORDS[group]}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest first: parted by their first characters, since each way that a pattern may go takes its time."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    return re.compile("|".join([f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()]))


_ROLES: Final = _any_of(_ROLE_OF)
_FILLER: Final = _any_of(WORDS["filler"])
# Characters of names alone, in no role word and no filler: where one stands outside brackets, something is left.
_OF_NAMES: Final = re.compile(f"(?![{re.escape(''.join(sorted({*''.join(_ROLE_OF), *''.join(WORDS['filler'])})))}])[ぁ-ゖ一-鿿]")
_BRACKETED: Final = re.compile(r"[(\[（［【<〈《][^()\[\]（）［］【】<>〈〉《》]*[)\]）］】>〉》]")
_MARKS: Final = regex.compile(r"[\p{P}\p{S}\s①-⓿]+")
# Who reached a target reports a result: 事業目標達成状況, 目標を達成した拠点.
ACHIEVED: Final = re.compile(r"(?:数値|事業)?目標値?[のを]?達成(?!目標)")
# 2013年度比: the year is what the number is compared with, not the number's own.
COMPARED: Final = re.compile(r"\s*[)）]?\s*(?:対?比|と比べ|に比べ|からの)")
# A narrow header breaks words (令和元年 / 度); between two Japanese characters a line break parts nothing.
BROKEN: Final = regex.compile(r"(?<=[\p{Han}\p{Kana}\p{Hiragana}ー])\s*\n\s*(?=[\p{Han}\p{Kana}\p{Hiragana}ー])")
# The letter by which a formula names a row: 量の見込み(A), 差引(B)-(A).
SYMBOL: Final = re.compile(r"[(（][A-Za-zア-ン①-⑳][)）]")
YEAR_ALONE: Final = re.compile("(?:19[5-9]|20[0-9])[0-9]$")


_OPENING: Final = re.compile("[(\\[（［【<〈《]")
_BLANK: Final = re.compile("[\n \u3000]")
# What a unit is announced with: 単位, brackets, a line or a blank of its own.
_OF_UNITS: Final = re.compile("[単(\\[〔【<〈\n ]")


NO_CALENDAR: Final = Calendar(None, None)


class _Alone(NamedTuple):
    """A label as it reads in any document: its hint but for the time, and the times it names before a calendar places them."""

    hint: Hint
    dates: tuple[When, ...] = ()


@lru_cache(maxsize=50_000)
def read_label(string: str, calendar: Calendar = NO_CALENDAR) -> Hint:
    """The hints of one label as printed (`令和６年度目標`, `事業費 (千円)`, `来館者数`). `calendar` resolves bare and relative years."""
    hint, dates = _read_alone(string)
    for date in dates:
        when = resolve(date, calendar)
        # A month without a year waits for one: the row's, the title's.
        if when.fiscal_year or when.period_end or when.relative is not None or any(p.month or p.part for p in when.points):
            return hint.dated(when)
    return hint


def may_have_keys(string: str) -> bool:
    """Whether a part of a line could be a key that says a role or a time, or have its unit in brackets."""
    tight = _tight(string)
    return _ROLES.search(tight) is not None or may_hold_time(tight) or _OF_UNITS.search(tight) is not None


def may_say_role(string: str) -> bool:
    """Whether a label could have a role: without a role word it has none, but where a time between two halves of one is taken out."""
    return names_role(string) or may_say_when(string)


def names_role(string: str) -> bool:
    """Whether a role word stands in a label."""
    return _ROLES.search(_tight(string)) is not None


def may_say_when(string: str) -> bool:
    """Whether a label could have a time: one is read in it, or it is a year alone."""
    return bool(times(string)) or YEAR_ALONE.fullmatch(_tight(string)) is not None


def may_be_key(string: str) -> bool:
    """Whether a label could be a key: without a role, a time and a mark of units it names something, or nothing."""
    return _OF_UNITS.search(fold(string).string) is not None or may_say_role(string)


@lru_cache(maxsize=50_000)
def _read_alone(string: str) -> _Alone:
    if is_number(string) and not YEAR_ALONE.fullmatch(string):
        # One digit is the number of a list.
        return _Alone(Hint(name=string if len(string) > 1 else ""))
    return _read_words(string) if string.strip() else _Alone(Hint())


def _read_words(string: str) -> _Alone:
    string, below = _unit_below(string)
    if "\n" in string:
        string = BROKEN.sub("", string)
    whens = times(string)
    dates = [t for t in whens if not COMPARED.match(string, t.end)]
    whole = _tight(string)
    rest = _without(string, dates) if dates else string
    tight = _tight(rest) if dates else whole
    unit = below or unit_note(string) or bracket_unit(string)
    exact = _exact(whole)
    found = list(_ROLES.finditer(tight))
    role, word, head = _change(whole) or exact or _role(tight, found)
    if role is None and YEAR_ALONE.fullmatch(tight):
        return _Alone(Hint(when=_western(tight)))
    name = clean_name(rest) if not exact and _names(tight, unit) else ""
    said = (role, word) if head or not name else (None, "")
    hint = Hint(*said, None, unit, name, _narrates(tight), "累計" in tight, *_mentioned(tight, found), len(dates) < len(whens))
    return _Alone(hint, tuple(dates))


def _unit_below(string: str) -> tuple[str, str | None]:
    """A header without its last line, and the unit that this line is (`実績値` over `千円`); the header whole where it is none."""
    if _BLANK.search(string) is None:
        return string, None
    head, _, last = string.rstrip().rpartition("\n")
    if not head and (parted := matcher(r"(.*\S)[ 　]+(\S{1,6})").fullmatch(string.strip())) and _ends_in_role(_tight(parted[1])):
        head, last = parted[1], parted[2]
    # （百万 over 円） is one bracket, and 令和６ over 年度 one year: their last lines are no units.
    opened = sum(map(head.count, "(（")) > sum(map(head.count, ")）"))
    opened = opened or (last.strip() in ("年", "年度") and bool(matcher(r"[\d元]\s*$").search(head)))
    unit = bracket_unit(f"({last.strip()})") if head.strip() and last.strip() and not opened else None
    return (head, unit) if unit else (string, None)


def _western(tight: str) -> When | None:
    """A year alone, read as a fiscal one: no calendar moves a Western year."""
    return next((t for t in scan(f"{tight}年度") if isinstance(t, When)), None)


def _without(string: str, tokens: list[When]) -> str:
    out, at = [], 0
    for token in tokens:
        out.append(string[at : token.start])
        at = token.end
    return "".join([*out, string[at:]])


def _unbracketed(string: str, between: str = "") -> str:
    """The string without its brackets and what stands in them."""
    return _BRACKETED.sub(between, string) if _OPENING.search(string) else string


def _exact(whole: str) -> tuple[Role, str, bool] | None:
    """A label that is one role word with a year's word in it (次年度以降の取組)."""
    return (_ROLE_OF[whole], whole, True) if whole in _ROLE_OF else None


def _change(whole: str) -> tuple[Role, str, bool] | None:
    """A change word at the label's end (前年度比 is one word, not the year 前年度 and 比)."""
    bare = _unbracketed(whole).strip("()（）[]：:・、")
    if not bare.endswith(CHANGE_WORDS):
        return None
    return Role.CHANGE, next(word for word in CHANGE_WORDS if bare.endswith(word)), True


def _role(tight: str, found: Sequence[re.Match[str]]) -> tuple[Role | None, str, bool]:
    """The role of the last role word outside brackets (inside, where there is none outside), that word, and whether it ends the label.

    `found`: the role words of the whole label.
    """
    if not found:
        # A bracket gives way to a blank: no word comes together that was not there.
        return None, "", False
    searched = _unbracketed(tight, " ")
    outside = found if searched == tight else list(_ROLES.finditer(searched))
    last, string = (outside[-1], searched) if outside else (found[-1], tight)
    tail = _MARKS.sub("", _FILLER.sub("", string[last.end() :]))
    return _ROLE_OF[last.group()], last.group(), not tail


def _ends_in_role(tight: str) -> bool:
    return _role(tight, list(_ROLES.finditer(tight)))[2]


def _mentioned(tight: str, found: Sequence[re.Match[str]]) -> tuple[Role | None, bool]:
    """The one value role that the label names anywhere, and whether it names targets and results both (実績と目標).

    `found`: the role words of the label as it stands.
    """
    achieved = ACHIEVED.sub("実績", tight) if "達成" in tight else tight
    words = [m.group() for m in (found if achieved == tight else _ROLES.finditer(achieved))]
    said = {_ROLE_OF[word] for word in words if _ROLE_OF[word] in VALUE_ROLES}
    both = Role.TARGET in said and bool(said & {Role.ACTUAL, Role.BASELINE})
    return said.pop() if len(said) == 1 and any(word not in WEAK and _ROLE_OF[word] in said for word in words) else None, both


def _names(tight: str, unit: str | None) -> bool:
    """Whether something stays when role words, fillers, a unit's brackets, numerals of lists and marks are taken out."""
    return (unit is None and _OF_NAMES.search(tight) is not None) or _stays(tight, unit)


def _stays(tight: str, unit: str | None) -> bool:
    if unit is not None:
        tight = _BRACKETED.sub(lambda m: "" if canonical(m.group()[1:-1].removeprefix("単位:").removeprefix("単位")) else m.group(), tight)
    left = _ROLES.sub("", SYMBOL.sub("", tight))
    left = _MARKS.sub("", _FILLER.sub("", left))
    return not matcher(r"[\da-zA-Zアイウエオ]?").fullmatch(left)


def _narrates(tight: str) -> bool:
    return _OF_NARRATIVE.search(tight) is not None and _MARKS.sub("", _unbracketed(tight)).endswith(NARRATIVE)
