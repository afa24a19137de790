"""One pass over a string: every numeral in it becomes a quantity, a time or an aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from extractors.normalise.asides import classify, named_before, read_chain, read_list_number, read_opened
from extractors.normalise.characters import Folded, fold
from extractors.normalise.kanji import NUMERALS
from extractors.normalise.numbers import Number, read_kanji, read_number, read_wu
from extractors.normalise.tokens import Aside, Calendar, Quantity, Token, When
from extractors.normalise.units import find_spaced_unit, find_unit
from extractors.normalise.years import read_when

# Where a token may begin: digits and their signs, kanji numerals, era names, relative words, opening words of asides.
_CANDIDATE = regex.compile(
    rf"[\d{NUMERALS}]|[△▲+±\-](?= ?\.?\d)|令 ?和|平 ?成|昭 ?和|大 ?正|明 ?治|[令平昭](?= ?(?:\d|元))|元 ?年|(?<![A-Za-z])[A-Za-z](?=[A-Za-z.&]*[\-_ .]? ?(?:\d|元))"
    r"|[前昨本今当次来翌]々?該?年|一昨年|上 ?半 ?期|下 ?半 ?期|上期|下期|Q[1-4]|第(?= ?[\d一二三四五六七八九十])|[※*†](?= ?\(?\d)|注(?:釈)?(?= ?\(?\d)|備考(?=\d)|#(?=\d)|〒"
    r"|内線|電話|ファッ?クス|☎|℡|https?:|www\.|\((?=0\d{1,4}\) ?\d)|午[前後]"
)
_UPPER = (("以上", ">="), ("以下", "<="), ("未満", "<"), ("超", ">"), ("を超え", ">"), ("を上回", ">"), ("を下回", "<"), ("に満たない", "<"), ("以内", "<="), ("程度", "~"), ("前後", "~"))
_COMPARATOR = regex.compile(r" ?(?:以上|以下|未満|以内|超(?!過|高|音|党|え)|を?超え(?:る|て)?|を上回(?:る|って)?|を下回(?:る|って)?|に満たない|程度|前後|強(?!化|い|く|靭|制)|弱(?!者|い)|ほど|くらい|ぐらい)")
_SIGNS = {"以上": ">=", "以下": "<=", "未満": "<", "以内": "<=", "に満": "<", "程度": "~", "前後": "~", "ほど": "~", "くら": "~", "ぐら": "~"}
_BEFORE = regex.compile(r"(?:(?P<about>約|およそ|おおよそ|概ね|おおむね|≒)|(?P<sum>累計|累積)|(?P<least>最低|少なくとも|≧|≥|>=)|(?P<most>最大|最高|上限|≦|≤|<=)|(?P<more>>|>)|(?P<less><)|(?:延べ?|のべ|計|合計|総計))[ :で]{0,2}$")
_CHANGE = regex.compile(r" ?(?:の)?(?:増(?!員|加人|進|築|田|設)|減(?!免|災|量|塩|農)|上昇|低下|減少|改善|悪化|アップ|ダウン|UP|DOWN|プラス|マイナス|縮小|拡大|向上)")
_RANGE = regex.compile(r" ?(?P<unit>[^\d\s~\-]{0,6}?) ?(?P<tie>~|-|から|ないし|乃至) ?(?=[△▲+\-]?\d)")
_NO_SIGN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}A-Za-z0-9ー)]")
_OWN_WORD = regex.compile(r"[\p{Han}\p{Katakana}ー]{1,6}(?=\s*(?:以上|以下|未満|程度)?\s*$)")


def scan(string: str, calendar: Calendar | None = None) -> tuple[Token, ...]:
    """All numerals of a raw string in order: no two tokens overlap, every decimal digit lies in one of them, offsets count raw characters. Never raises.

    A number that nothing explains is a Quantity without unit; no reading guesses across a line break except from a number to its unit.
    """
    folded = fold(string)
    return tuple(_raw(token, folded) for token in _Scan(folded.string, calendar).tokens())


def _raw(token: Token, folded: Folded) -> Token:
    start, end = folded.raw_span(token.start, token.end)
    if isinstance(token, Quantity):
        first, last = folded.raw_span(token.number_start, token.number_end)
        return replace(token, start=start, end=end, number_start=first, number_end=last)
    return replace(token, start=start, end=end)


class _Scan:
    """The pass over one folded string."""

    def __init__(self, string: str, calendar: Calendar | None) -> None:
        self.string, self.calendar = string, calendar
        self.stripped = (len(string) - len(string.lstrip()), len(string.rstrip()))

    def tokens(self) -> Iterator[Token]:
        at, string = 0, self.string
        first = self._list_number()
        if first is not None:
            yield first
            at = first.end
        while match := _CANDIDATE.search(string, at):
            found = self._read(match.start())
            for token in found:
                yield token
            at = max(found[-1].end if found else 0, match.start() + 1)

    def _list_number(self) -> Aside | None:
        if not self.string[:40].lstrip(" \n([<")[:1].isdecimal():
            return None
        span = read_list_number(self.string)
        if span is None:
            return None
        inner = next(at for at in range(*span) if self.string[at].isdecimal())
        tokens = self._read(inner)
        plain = tokens and isinstance(tokens[0], Quantity) and (tokens[0].unit is None or self.string[tokens[0].number_end] in ".)、")
        return Aside(self.stripped[0], span[1], "list_number") if plain else None

    def _read(self, at: int) -> list[Token]:
        """The tokens that begin at a candidate; an empty list where it begins none (一 of 一般)."""
        string = self.string
        when = read_when(string, at, self.calendar)
        if when is not None:
            return [when]
        aside = read_opened(string, at) or read_chain(string, at)
        if aside is not None:
            return [aside]
        number = read_number(string, at) or (read_kanji(string, at) if self._free(at) else None)
        if number is None or (number.signed and not self._signs(number)):
            return []
        return self._quantity(number)

    def _free(self, at: int) -> bool:
        """A kanji numeral counts only where no kanji but a counting word stands before it (約二十件, 計三社)."""
        return at == 0 or self.string[at - 1] in "約計延各全ら" or not regex.match(r"\p{Han}", self.string[at - 1])

    def _signs(self, number: Number) -> bool:
        """A dash behind a word is a sign only where the word compares (前年度比-5.2%); 施策-1 and 3-5 are no negative numbers."""
        if number.signed == "+" or self.string[number.start] in "△▲±" or number.start == 0:
            return True
        before = self.string[number.start - 1]
        return not _NO_SIGN.match(before) or before in "比差減増額値率計は"

    def _quantity(self, number: Number) -> list[Token]:
        string, end = self.string, number.end
        if not number.signed and not number.kanji:
            aside = self._aside(number)
            if aside is not None:
                return [aside]
        ranged = self._range(number)
        if ranged:
            return ranged
        return [self._with_unit(number)]

    def _aside(self, number: Number) -> Aside | None:
        string = self.string
        if number.value != number.value.to_integral_value() or "," in string[number.start : number.end]:
            return None
        aside = classify(string, number.start, number.end, self._whole(number))
        if aside is not None:
            return aside
        if named_before(string, number.start) and find_unit(string, number.end) is None:
            return Aside(number.start, number.end, "name")
        return None

    def _whole(self, number: Number) -> bool:
        """Whether the number with its unit (and brackets) fills the string, as in a cell."""
        unit = find_unit(self.string, number.end + (self.string[number.end : number.end + 1] == " "))
        tail = self.string[unit.end if unit else number.end :].strip(" \n)")
        return self.string[: number.start].strip(" \n(約延べのべ計") == "" and tail in ("", "以上", "以下", "未満", "程度", "超", "以内")

    def _range(self, number: Number) -> list[Token]:
        """3～6社: two quantities, both with the unit, the first `>=` and the second `<=`."""
        string = self.string
        match = _RANGE.match(string, number.end)
        if not match:
            return []
        first_unit = find_unit(string, match.start("unit")) if match["unit"] else None
        if match["unit"] and (first_unit is None or first_unit.end != match.end("unit")):
            return []
        last = read_number(string, match.end())
        if last is None or last.value <= number.value:
            return []
        late = self._with_unit(last)
        dash = match["tie"] == "-" or match["tie"] == "から"
        if (dash and late.unit is None) or (first_unit and first_unit.name != late.unit):
            return []
        early_end = first_unit.end if first_unit else number.end
        early = Quantity(number.start, early_end, float(number.value), late.unit, ">=", number.start, number.end, printed_unit=late.printed_unit, range_part=1)
        return [early, replace(late, comparator=late.comparator if late.comparator in ("<", ) else "<=", range_part=2)]

    def _with_unit(self, number: Number) -> Quantity:
        string, value, end = self.string, number.value, number.end
        wu = read_wu(string, number.start)
        unit, printed = None, None
        if wu is not None:
            value, end = wu
            unit = printed = "割"
        else:
            unit, printed, end = self._unit(number)
        comparator, stop = self._comparator(end, number.start)
        before = _BEFORE.search(string, max(0, number.start - 6), number.start)
        return Quantity(
            start=number.start,
            end=stop,
            value=float(value),
            unit=unit,
            comparator=comparator,
            number_start=number.start,
            number_end=number.end,
            cumulative=bool(before and before["sum"]),
            change=number.signed == "+" or bool(_CHANGE.match(string, stop)),
            printed_unit=printed,
            rank=unit == "位",
            bracketed=self._bracketed(number.start, stop),
        )

    def _unit(self, number: Number) -> tuple[str | None, str | None, int]:
        """(canonical, printed, end): directly behind the digits, or behind blanks or one line break where no other word follows the unit."""
        string, at = self.string, number.end
        gap = regex.match(r"(?: {0,6}|[ ]?\n)", string[at : at + 7])
        behind = at + (gap.end() if gap else 0)
        found = (find_spaced_unit(string, behind) if string[behind + 1 : behind + 2] == " " else None) or find_unit(string, behind)
        if found is not None and (behind == at or self._ends(found.end)):
            return found.name, found.printed, found.end
        own = _OWN_WORD.match(string, at)
        if own and not string[: number.start].strip(" \n(約延べのべ計") and not regex.match("以[上下]|未満|程度|超", own[0]):
            return own[0], own[0], own.end()
        return None, None, at

    def _ends(self, end: int) -> bool:
        """Whether a unit parted from its digits by a blank is a word of its own."""
        behind = self.string[end : end + 1]
        return not behind or not regex.match(r"[\p{Han}\p{Katakana}A-Za-z]", behind) or bool(_COMPARATOR.match(self.string, end))

    def _comparator(self, end: int, start: int) -> tuple[str | None, int]:
        match = _COMPARATOR.match(self.string, end)
        if match:
            word = match[0].strip()
            sign = _SIGNS.get(word[:2]) or (">" if "超" in word or "上回" in word else "<" if "下回" in word else "~")
            return sign, match.end()
        before = _BEFORE.search(self.string, max(0, start - 6), start)
        if before:
            for name, sign in (("about", "~"), ("least", ">="), ("most", "<="), ("more", ">"), ("less", "<")):
                if before[name]:
                    return sign, end
        return None, end

    def _bracketed(self, start: int, end: int) -> bool:
        before, behind = self.string[:start].rstrip()[-1:], self.string[end:].lstrip()[:1]
        return before != "" and before in "([〔<" and behind != "" and behind in ")]〕>"


__all__ = ["Aside", "Calendar", "Quantity", "Token", "When", "scan"]
