"""From a number to a quantity: its unit, bound, range, change. All offsets are of a folded string."""

from __future__ import annotations

import re
from typing import Final

import regex

from extractors.normalise.fractions import Fraction
from extractors.normalise.numbers import Number, read_number
from extractors.normalise.patterns import HAN, HIRAGANA, KATAKANA
from extractors.normalise.tokens import Quantity
from extractors.normalise.units import find_spaced_unit, find_unit, kind_of, opens_with_counter

_COMPARATOR: Final = regex.compile(
    r" ?(?:(?P<least>以上|を?下回ら(?:ない|ず)|を?割ら(?:ない|ず))|(?P<most>を?超えない|を?上回らない)|(?P<most>以下|以内)"
    r"|(?P<less>未満|を?下回(?:る|って)?|に満たない)|(?P<more>を?超え(?:る|て)?|を?上回(?:る|って)?|超(?![過高音党]))"
    r"|(?P<about>程度|前後(?!期)|強(?![化いく靭制])|弱(?![者い点])|余り?(?![剰暇裕分力地談])|台(?![\p{Han}\p{Katakana}])|ほど|くらい|ぐらい))"
)
_COMPARATOR_BEGINS: Final = frozenset(" 以を割未下に超上程前強弱余台ほくぐ")
_BEFORE: Final = re.compile(
    r"(?:(?P<about>約|およそ|概ね|おおむね|ほぼ|≒)|(?P<sum>累計|累積)|(?P<least>最低|少なくとも|[≧≥])|(?P<most>最大|最高|上限|[≦≤])|(?P<more>(?<![^\s(\[:、])>)|(?P<less>(?<![^\s(\[:、])<))"
    r"[ :で]{0,2}(?:延べ?|のべ|計)? ?$"
)
# The last characters of those words: most numbers have none of them before them.
_BEFORE_ENDS: Final = "約そねぼ≒計積低も≧≥大高限≦≤><べ延"
_NOTE: Final = re.compile(r"注 ?\d{1,2}")
_BOUNDS: Final = {"least": ">=", "most": "<=", "less": "<", "more": ">", "about": "~"}
_CHANGE: Final = re.compile(r" ?の?(?:増(?![員進築田設])|減(?![免災量塩農築価])|上昇|低下|削減|改善|悪化|アップ|ダウン|UP|DOWN|縮小|拡大|向上)")
_CHANGE_BEGINS: Final = frozenset(" の増減上低削改悪アダUD縮拡向")
_RANGE: Final = re.compile(r" ?(?P<unit>[^\d\s~\-]{0,6}?) ?(?P<tie>~|-|から|ないし|乃至) ?(?=[△▲+\-]?[¥$]?\d)")
# A unit of six characters, two blanks, and the tie itself.
_TIE_WITHIN: Final = 11
_TIES: Final = re.compile(r"[~\-]|から|ないし|乃至")
_UNTIL: Final = re.compile(r" ?まで")
# 2、3人: two or three; 基本目標2、3 is a list.
_OR: Final = re.compile(r"[、,・](?=\d)")
_LISTED: Final = re.compile(rf"[{HAN}{KATAKANA}A-Za-z\d、,・.-]")
_MORE: Final = re.compile(r"余(?!分)")
# 100数件 says no number.
_VAGUE: Final = re.compile(r"数[十百千万]*(?![値量式学表字列])")
# 120/130, 130人中120人: a part and its whole.
_WHOLE_BEHIND: Final = re.compile(r" ?/ ?(?=\d)")
_PART_BEHIND: Final = re.compile(r" ?(?:中|のうち|うち)[、,]? ?(?=\d)")
_SHARE_BEGINS: Final = frozenset(" /中のう")
_CURRENCIES: Final = {"¥": "円", "$": "ドル"}
_OPEN_END: Final = re.compile(r" ?~(?= ?(?:$|[)\]、。,\n]))")
# A note mark may stand between the digits and the unit (120²人).
_GAP: Final = re.compile(r"[¹²³⁴-⁹]{0,2} {0,6}")
_GAP_BEGINS: Final = frozenset(" \n¹²³⁴⁵⁶⁷⁸⁹")
_GAP_BREAK: Final = re.compile(r" ?\n ?")
_WORD: Final = re.compile(rf"[{HAN}{KATAKANA}A-Za-z]")
_NOUN_GOES_ON: Final = re.compile(rf"[{HIRAGANA}]|・[{HAN}{KATAKANA}]")
_OWN_WORD: Final = re.compile(rf"(?![千百万億兆ー]|以[上下]|未満|程度|超|前後)[{HAN}{KATAKANA}ー]{{1,6}}?(?=\s*(?:以上|以下|未満|程度)?\s*$)")
_NOTHING_BEFORE: Final = re.compile(r"[\s(]*(?:約|延べ?|のべ|計|合計|累計)?\s*")


class Reader:
    """Reads the quantities of one folded string."""

    def __init__(self, string: str) -> None:
        self.string = string

    def read(self, number: Number) -> tuple[Quantity, ...]:
        """The quantity of a number, or the two of a range (3～6社: both with the unit, the first `>=` and the second `<=`) or of a share (120/130)."""
        found = self._range(number) or self._either(number)
        if found:
            return found
        single = self.single(number)
        return self._share(single) or (single,)

    def fraction(self, at: int, fraction: Fraction) -> Quantity:
        """The quantity of a fraction that begins at `at`: its numerals are one number."""
        return self._bounded(Number(at, fraction.end, fraction.value), fraction.unit, fraction.unit, fraction.end)

    def vague(self, number: Number) -> int | None:
        """The end of a number that leaves its last digits open (100数件), None for any other."""
        match = _VAGUE.match(self.string, number.end) if self.string.startswith("数", number.end) else None
        unit = find_unit(self.string, match.end()) if match else None
        return unit.end if unit else None

    def _range(self, number: Number) -> tuple[Quantity, ...]:
        match = _RANGE.match(self.string, number.end) if _TIES.search(self.string, number.end, number.end + _TIE_WITHIN) else None
        if not match:
            return ()
        own = find_unit(self.string, match.start("unit")) if match["unit"] else None
        if match["unit"] and (own is None or own.end != match.end("unit")):
            return ()
        last = read_number(self.string, match.end())
        if last is None or last.value <= number.value:
            return ()
        # ¥1,000～2,000: the sign of money is printed once.
        last.currency = last.currency or number.currency
        late = self.single(last)
        until = _UNTIL.match(self.string, late.end)
        if (match["tie"] in "-から" and late.unit is None and not until) or (own is not None and own.name != late.unit):
            return ()
        end = own.end if own else number.end
        return self._ends(number, end, late, "<" if late.comparator == "<" else "<=")

    def _ends(self, number: Number, end: int, late: Quantity, last: str) -> tuple[Quantity, Quantity]:
        """The two ends of a range: 累計 stands before the first, the unit and 増 behind the second, and each is said of both."""
        cumulative = self._bounded(number, None, None, number.end).cumulative
        early = Quantity(number.start, end, float(number.value), late.unit, ">=", number.start, number.end, cumulative, late.change, late.printed_unit)
        early.range_part, late.range_part = 1, 2
        late.comparator, late.cumulative = last, cumulative
        return early, late

    def _either(self, number: Number) -> tuple[Quantity, ...]:
        """2、3人: a range of two neighbours before one unit."""
        match = _OR.match(self.string, number.end) if number.end - number.start == 1 else None
        if match is None or (number.start and _LISTED.match(self.string, number.start - 1)):
            return ()
        last = read_number(self.string, match.end())
        late = self.single(last) if last is not None and last.value == number.value + 1 else None
        if late is None or late.unit is None or kind_of(late.unit) not in ("people", "body", "case", "time"):
            return ()
        return self._ends(number, number.end, late, "<=")

    def _share(self, first: Quantity) -> tuple[Quantity, ...]:
        """120/130, 130人中120人: a part and its whole; 5/10 may be a day, 2024/2028 two years."""
        if self.string[first.end : first.end + 1] not in _SHARE_BEGINS:
            return ()
        over, among = _WHOLE_BEHIND.match(self.string, first.end), _PART_BEHIND.match(self.string, first.end)
        tie = over or among
        last = read_number(self.string, tie.end()) if tie and first.comparator is None else None
        if last is None or last.signed:
            return ()
        second = self.single(last)
        part, whole = (first, second) if over else (second, first)
        if part.value > whole.value or first.unit not in (None, second.unit) or (among and first.unit is None):
            return ()
        if over and (self.string[last.end : last.end + 1] == "/" or _dated(part, whole)):
            return ()
        first.share_part, second.share_part = (1, 2) if over else (2, 1)
        return first, second

    def single(self, number: Number) -> Quantity:
        """The number with its unit, bound and signs of change, read alone."""
        more = _MORE.match(self.string, number.end) if self.string.startswith("余", number.end) else None
        if more and find_unit(self.string, more.end()):
            # 50余件: the word of the bound stands between digits and unit.
            found = self._bounded(number, *self._unit(number.until(more.end())))
            found.comparator = found.comparator or "~"
            return found
        return self._bounded(number, *self._unit(number))

    def _bounded(self, number: Number, unit: str | None, printed: str | None, end: int) -> Quantity:
        """The quantity of a number whose unit ends at `end`: with the bound and the words of change around it."""
        string = self.string
        comparator, stop = self._comparator(end, unit)
        opened = string[max(0, number.start - 4) : number.start].rstrip(" :で")[-1:]
        before = _BEFORE.search(string, max(0, number.start - 8), number.start) if opened and opened in _BEFORE_ENDS else None
        bracketed = self._bracketed(number.start, stop)
        # <16.0％> is a number in brackets, not a bound.
        if comparator is None and before and not (bracketed and before["less"]):
            comparator = next((sign for name, sign in _BOUNDS.items() if before[name]), None)
        return Quantity(
            start=number.start,
            end=stop,
            value=float(number.value),
            unit=unit,
            comparator=comparator,
            number_start=number.start,
            number_end=number.end,
            cumulative=bool(before and before["sum"]),
            change=number.signed in ("+", "±") or (string[stop : stop + 1] in _CHANGE_BEGINS and bool(_CHANGE.match(string, stop))),
            printed_unit=printed,
            rank=unit == "位",
            bracketed=bracketed,
        )

    def _unit(self, number: Number) -> tuple[str | None, str | None, int]:
        """(canonical, printed, end): directly behind the digits, or behind blanks or one line break where no other word follows the unit."""
        string, at = self.string, number.end
        if number.currency:
            printed = find_unit(string, at)
            return _CURRENCIES[number.currency], number.currency, printed.end if printed and printed.name in _CURRENCIES.values() else at
        gap = (_GAP_BREAK.match(string, at) or _GAP.match(string, at)) if string[at : at + 1] in _GAP_BEGINS else None
        behind = gap.end() if gap else at
        found = (find_spaced_unit(string, behind) if string[behind + 1 : behind + 2] == " " else None) or find_unit(string, behind)
        if found is not None and (string[behind - 1] not in " \n" or self._stands_alone(number.start, behind, found.end)):
            return found.name, found.printed, found.end
        if at == len(string):
            return None, None, at
        own = _OWN_WORD.match(string, at) if _NOTHING_BEFORE.fullmatch(string, 0, number.start) and not opens_with_counter(string, at) else None
        return (own[0], own[0], own.end()) if own else (None, None, at)

    def _stands_alone(self, start: int, begin: int, end: int) -> bool:
        """Whether a unit parted from its digits by a blank is a word of its own, not the opening of a heading (`3 施策に対する満足度`)."""
        string = self.string
        if end >= len(string) or _COMPARATOR.match(string, end):
            return True
        if _WORD.match(string, end) and not _NOTE.match(string, end):
            return False
        return not (end - begin > 1 and not string[:start].strip() and _NOUN_GOES_ON.match(string, end))

    def _comparator(self, end: int, unit: str | None) -> tuple[str | None, int]:
        match = _COMPARATOR.match(self.string, end) if self.string[end : end + 1] in _COMPARATOR_BEGINS else None
        if match:
            return _BOUNDS[str(match.lastgroup)], match.end()
        open_end = _OPEN_END.match(self.string, end) if unit is not None else None
        return (">=", open_end.end()) if open_end else (None, end)

    def _bracketed(self, start: int, end: int) -> bool:
        string, before, behind = self.string, start - 1, end
        while before >= 0 and string[before].isspace():
            before -= 1
        if before < 0 or string[before] not in "([〔<":
            return False
        while behind < len(string) and string[behind].isspace():
            behind += 1
        return behind < len(string) and string[behind] in ")]〕>"


def _dated(part: Quantity, whole: Quantity) -> bool:
    """Whether the two sides of a stroke may be month and day, or two years: 5/12 may, 5/12人 may not."""
    if whole.unit not in (None, "日"):
        return False
    return (part.value <= 12 and whole.value <= 31) or (1900 <= part.value <= 2100 and whole.value <= 2100)


def signed_by_brackets(quantity: Quantity) -> Quantity:
    """The quantity as a table reads whose note says that brackets mean a minus: negative where it stands in brackets and prints no sign."""
    if not quantity.bracketed or quantity.value <= 0 or quantity.change or quantity.comparator:
        return quantity
    return quantity.negative()
