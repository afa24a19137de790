"""From a number to a quantity: its unit, bound, range, change. All offsets are of a folded string."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.normalise.numbers import Number, read_number, read_wu
from extractors.normalise.tokens import Quantity
from extractors.normalise.units import find_spaced_unit, find_unit, opens_with_counter

_COMPARATOR = regex.compile(
    r" ?(?:(?P<least>以上)|(?P<most>以下|以内)|(?P<less>未満|を?下回(?:る|って)?|に満たない)|(?P<more>を?超え(?:る|て)?|を?上回(?:る|って)?|超(?![過高音党]))"
    r"|(?P<about>程度|前後(?!期)|強(?![化いく靭制])|弱(?![者い点])|ほど|くらい|ぐらい))"
)
_BEFORE = regex.compile(
    r"(?:(?P<about>約|およそ|おおよそ|概ね|おおむね|≒)|(?P<sum>累計|累積)|(?P<least>最低|少なくとも|[≧≥])|(?P<most>最大|最高|上限|[≦≤])|(?P<more>>)|(?P<less><))"
    r"[ :で]{0,2}(?:延べ?|のべ|計)? ?$"
)
# The last characters of those words: most numbers have none of them before them.
_BEFORE_ENDS = "約そよねむ≒計積低も≧≥大高限≦≤><べ延"
_NOTE = regex.compile(r"注 ?\d{1,2}")
_BOUNDS = {"least": ">=", "most": "<=", "less": "<", "more": ">", "about": "~"}
_CHANGE = regex.compile(r" ?の?(?:増(?![員加進築田設]人?)|減(?![免災量塩農築価])|増加|上昇|低下|減少|削減|改善|悪化|アップ|ダウン|UP|DOWN|縮小|拡大|向上)")
_RANGE = regex.compile(r" ?(?P<unit>[^\d\s~\-]{0,6}?) ?(?P<tie>~|-|から|ないし|乃至) ?(?=[△▲+\-]?\d)")
_UNTIL = regex.compile(r" ?まで")
_OPEN_END = regex.compile(r" ?~(?= ?(?:$|[)\]、。,\n]))")
# A note mark may stand between the digits and the unit (120²人).
_GAP = regex.compile(r"[¹²³⁴-⁹]{0,2} {0,6}")
_GAP_BREAK = regex.compile(r" ?\n ?")
_WORD = regex.compile(r"[\p{Han}\p{Katakana}A-Za-z]")
_NOUN_GOES_ON = regex.compile(r"[\p{Hiragana}]|・[\p{Han}\p{Katakana}]")
_OWN_WORD = regex.compile(r"(?![千百万億兆]|以[上下]|未満|程度|超|前後)[\p{Han}\p{Katakana}ー]{1,6}?(?=\s*(?:以上|以下|未満|程度)?\s*$)")
_NOTHING_BEFORE = regex.compile(r"[\s(]*(?:約|延べ?|のべ|計|合計|累計)?\s*")


class Reader:
    """Reads the quantities of one folded string."""

    def __init__(self, string: str) -> None:
        self.string = string

    def read(self, number: Number) -> tuple[Quantity, ...]:
        """The quantity of a number, or the two of a range (3～6社: both with the unit, the first `>=` and the second `<=`)."""
        return self._range(number) or (self.single(number),)

    def _range(self, number: Number) -> tuple[Quantity, ...]:
        match = _RANGE.match(self.string, number.end)
        if not match:
            return ()
        own = find_unit(self.string, match.start("unit")) if match["unit"] else None
        if match["unit"] and (own is None or own.end != match.end("unit")):
            return ()
        last = read_number(self.string, match.end())
        if last is None or last.value <= number.value:
            return ()
        late = self.single(last)
        until = _UNTIL.match(self.string, late.end)
        if (match["tie"] in "-から" and late.unit is None and not until) or (own is not None and own.name != late.unit):
            return ()
        end = own.end if own else number.end
        early = Quantity(number.start, end, float(number.value), late.unit, ">=", number.start, number.end, printed_unit=late.printed_unit, range_part=1)
        return early, replace(late, comparator="<" if late.comparator == "<" else "<=", range_part=2)

    def single(self, number: Number) -> Quantity:
        """The number with its unit, bound and signs of change, read alone."""
        string, value = self.string, number.value
        wu = read_wu(string, number.start)
        if wu is not None:
            value, end = wu
            unit: str | None = "割"
            printed: str | None = "割"
        else:
            unit, printed, end = self._unit(number)
        comparator, stop = self._comparator(end, unit)
        opened = string[max(0, number.start - 2) : number.start].rstrip(" :で")[-1:]
        before = _BEFORE.search(string, max(0, number.start - 8), number.start) if opened and opened in _BEFORE_ENDS else None
        if comparator is None and before:
            comparator = next((sign for name, sign in _BOUNDS.items() if before[name]), None)
        return Quantity(
            start=number.start,
            end=stop,
            value=float(value),
            unit=unit,
            comparator=comparator,
            number_start=number.start,
            number_end=number.end,
            cumulative=bool(before and before["sum"]),
            change=number.signed in ("+", "±") or bool(_CHANGE.match(string, stop)),
            printed_unit=printed,
            rank=unit == "位",
            bracketed=self._bracketed(number.start, stop),
        )

    def _unit(self, number: Number) -> tuple[str | None, str | None, int]:
        """(canonical, printed, end): directly behind the digits, or behind blanks or one line break where no other word follows the unit."""
        string, at = self.string, number.end
        gap = _GAP_BREAK.match(string, at) or _GAP.match(string, at)
        behind = gap.end() if gap else at
        found = (find_spaced_unit(string, behind) if string[behind + 1 : behind + 2] == " " else None) or find_unit(string, behind)
        if found is not None and (string[behind - 1] not in " \n" or self._stands_alone(number.start, behind, found.end)):
            return found.name, found.printed, found.end
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
        match = _COMPARATOR.match(self.string, end)
        if match:
            return _BOUNDS[str(match.lastgroup)], match.end()
        open_end = _OPEN_END.match(self.string, end) if unit is not None else None
        return (">=", open_end.end()) if open_end else (None, end)

    def _bracketed(self, start: int, end: int) -> bool:
        before, behind = self.string[:start].rstrip()[-1:], self.string[end:].lstrip()[:1]
        return before != "" and before in "([〔<" and behind != "" and behind in ")]〕>"
