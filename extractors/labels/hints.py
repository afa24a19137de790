"""One label, read once and alone. The words and what they mean are data (`words.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import regex

from extractors.normalise.characters import plain
from extractors.normalise.names import clean_name
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
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


MONEY = frozenset({Role.COST, Role.BUDGET, Role.SETTLED})
VALUE_ROLES = frozenset({Role.TARGET, Role.ACTUAL, Role.BASELINE}) | MONEY
KEY_ROLES = frozenset({Role.NAME, Role.MEASURE, Role.SECTION, Role.AREA})


@dataclass(frozen=True, slots=True)
class Hint:
    """What one label says.

    `role` of its head word, `word` that word; `mentioned`: the one value role that it names anywhere, in words that mean it outside
    tables too, None where it names several, and `both` where these are targets and results; `when` the year or days it names, resolved
    against the calendar; `unit` from its brackets or a 単位 note; `name` what is left when role, year, unit and marks are taken out (empty for
    a key); `narrative` True where the label heads prose that reports results; `cumulative` True for 累計;
    `compared` True where a year is named as what the number is compared with (2013年度比).
    """

    role: Role | None = None
    word: str = ""
    when: When | None = None
    unit: str | None = None
    name: str = ""
    narrative: bool = False
    cumulative: bool = False
    mentioned: Role | None = None
    both: bool = False
    compared: bool = False

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


def _tight(string: str) -> str:
    return compiled(r"\s+").sub("", plain(string))


WORDS = _load()
NARRATIVE = frozenset(WORDS["narrative"])
WEAK = frozenset(WORDS["weak"])
_ROLE_OF: dict[str, Role] = {word: Role(group) for group in reversed([r.value for r in Role]) for word in WORDS[group]}
_ROLES = regex.compile("|".join(sorted(map(regex.escape, _ROLE_OF), key=len, reverse=True)))
_FILLER = regex.compile("|".join(sorted(map(regex.escape, WORDS["filler"]), key=len, reverse=True)))
_BRACKETED = regex.compile(r"[(\[（［【<〈《][^()\[\]（）［］【】<>〈〉《》]*[)\]）］】>〉》]")
_MARKS = regex.compile(r"[\p{P}\p{S}\s①-⓿]+")
# Who reached a target reports a result: 事業目標達成状況, 目標を達成した拠点.
ACHIEVED = regex.compile(r"(?:数値|事業)?目標値?[のを]?達成(?!目標)")
# 2013年度比: the year is what the number is compared with, not the number's own.
COMPARED = regex.compile(r"\s*[)）]?\s*(?:対?比|と比べ|に比べ|からの)")
# A narrow header breaks words (令和元年 / 度); between two Japanese characters a line break parts nothing.
BROKEN = regex.compile(r"(?<=[\p{Han}\p{Kana}\p{Hiragana}ー])\s*\n\s*(?=[\p{Han}\p{Kana}\p{Hiragana}ー])")
# The letter by which a formula names a row: 量の見込み(A), 差引(B)-(A).
SYMBOL = regex.compile(r"[(（][A-Za-zア-ン①-⑳][)）]")
YEAR_ALONE = regex.compile(r"(?:19[5-9]|20[0-9])\d$")


NO_CALENDAR = Calendar(None, None)


@lru_cache(maxsize=50_000)
def read_label(string: str, calendar: Calendar = NO_CALENDAR) -> Hint:
    """The hints of one label as printed (`令和６年度目標`, `事業費 (千円)`, `来館者数`). `calendar` resolves bare and relative years."""
    if not string.strip():
        return Hint()
    string, below = _unit_below(string)
    string = BROKEN.sub("", string)
    dates = [t for t in scan(string, calendar) if isinstance(t, When) and not COMPARED.match(string[t.end :])]
    whens = [resolve(t, calendar) for t in dates]
    rest = _without(string, dates)
    tight = _tight(rest)
    unit = below or unit_note(string) or bracket_unit(string)
    role, word, head = _change(_tight(string)) or _exact(_tight(string)) or _role(tight)
    left = "" if _exact(_tight(string)) else _left_over(tight, unit)
    if role is None and YEAR_ALONE.fullmatch(tight):
        return Hint(when=_western(tight, calendar))
    name = "" if not left else clean_name(rest)
    # A month without a year waits for one: the row's, the title's.
    when = next((w for w in whens if w.fiscal_year or w.period_end or w.relative is not None or any(p.month or p.part for p in w.points)), None)
    compared = any(isinstance(t, When) and COMPARED.match(string[t.end :]) for t in scan(string, calendar))
    said = (role, word) if head or not name else (None, "")
    return Hint(*said, when, unit, name, _narrates(tight), "累計" in tight, *_mentioned(tight), compared)


def _unit_below(string: str) -> tuple[str, str | None]:
    """A header without its last line, and the unit that this line is (`実績値` over `千円`); the header whole where it is none."""
    head, _, last = string.rstrip().rpartition("\n")
    if not head and (parted := compiled(r"(.*\S)[ 　]+(\S{1,6})").fullmatch(string.strip())) and _role(_tight(parted[1]))[2]:
        head, last = parted[1], parted[2]
    # （百万 over 円） is one bracket, and 令和６ over 年度 one year: their last lines are no units.
    opened = sum(map(head.count, "(（")) > sum(map(head.count, ")）")) or bool(regex.search(r"[\d元]\s*$", head) and last.strip() in ("年", "年度"))
    unit = bracket_unit(f"({last.strip()})") if head.strip() and last.strip() and not opened else None
    return (head, unit) if unit else (string, None)


def _western(tight: str, calendar: Calendar) -> When | None:
    return next((resolve(t, calendar) for t in scan(f"{tight}年度", calendar) if isinstance(t, When)), None)


def _without(string: str, tokens: list[When]) -> str:
    out, at = [], 0
    for token in tokens:
        out.append(string[at : token.start])
        at = token.end
    return "".join([*out, string[at:]])


def _exact(whole: str) -> tuple[Role, str, bool] | None:
    """A label that is one role word with a year's word in it (次年度以降の取組)."""
    return (_ROLE_OF[whole], whole, True) if whole in _ROLE_OF else None


def _change(whole: str) -> tuple[Role, str, bool] | None:
    """A change word at the label's end (前年度比 is one word, not the year 前年度 and 比)."""
    bare = _BRACKETED.sub("", whole).strip("()（）[]：:・、")
    word = next((w for w in WORDS["change"] if len(w) >= 3 and bare.endswith(w)), None)
    return (Role.CHANGE, word, True) if word else None


def _role(tight: str) -> tuple[Role | None, str, bool]:
    """The role of the last role word outside brackets (inside, where there is none outside), that word, and whether it ends the label."""
    for searched in (_BRACKETED.sub(" ", tight), tight):
        found = list(_ROLES.finditer(searched))
        if found:
            last = found[-1]
            tail = _MARKS.sub("", _FILLER.sub("", searched[last.end() :]))
            return _ROLE_OF[last.group()], last.group(), not tail
    return None, "", False


def _mentioned(tight: str) -> tuple[Role | None, bool]:
    """The one value role that the label names anywhere, and whether it names targets and results both (実績と目標)."""
    tight = ACHIEVED.sub("実績", tight)
    found = [m.group() for m in _ROLES.finditer(tight)]
    said = {_ROLE_OF[word] for word in found if _ROLE_OF[word] in VALUE_ROLES}
    both = Role.TARGET in said and bool(said & {Role.ACTUAL, Role.BASELINE})
    return said.pop() if len(said) == 1 and any(word not in WEAK and _ROLE_OF[word] in said for word in found) else None, both


def _left_over(tight: str, unit: str | None) -> str:
    """What stays when role words, fillers, a unit's brackets, numerals of lists and marks are taken out."""
    if unit is not None:
        tight = _BRACKETED.sub(lambda m: "" if canonical(m.group()[1:-1].removeprefix("単位:").removeprefix("単位")) else m.group(), tight)
    left = _ROLES.sub("", SYMBOL.sub("", tight))
    left = _MARKS.sub("", _FILLER.sub("", left))
    return "" if compiled(r"[\da-zA-Zアイウエオ]?").fullmatch(left) else left


def _narrates(tight: str) -> bool:
    bare = _MARKS.sub("", _BRACKETED.sub("", tight))
    return bare in NARRATIVE or any(bare.endswith(word) for word in NARRATIVE)
