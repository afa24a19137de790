"""One pass over a string: every numeral in it becomes a quantity, a time or an aside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import regex

from extractors.normalise.asides import classify, list_number, marked_list_number, named_before, page_number, read_opened
from extractors.normalise.characters import Folded, fold
from extractors.normalise.eras import ERAS
from extractors.normalise.fractions import read_fraction
from extractors.normalise.kanji import NUMERALS
from extractors.normalise.numbers import Number, read_kanji, read_number, read_simple
from extractors.normalise.patterns import HAN, HIRAGANA, KATAKANA
from extractors.normalise.quantities import Reader
from extractors.normalise.tokens import Aside, Calendar, Quantity, Token, When
from extractors.normalise.units import find_unit
from extractors.normalise.years import read_when, resolve

# Where a token may begin: digits and their signs, kanji numerals, era names, relative words, opening words of asides.
_CANDIDATE: Final = re.compile(
    rf"[\d{NUMERALS}½⅓⅔¼¾⅕-⅞⅐-⅒]|[△▲](?= ?[¥$]? ?\(? ?\d)|[+\-](?=[¥$]? ?\.?\d)|±(?= ?\d)|マイナス(?= ?\d)|[¥$](?= ?\d)|\.(?=\d)"
    r"|['’](?=\d\d ?年)|(?<![A-Za-z])FY(?= ?['’]?\d\d)|令[ \n]{0,2}和|平[ \n]{0,2}成|昭 {0,2}和|大 {0,2}正|明 {0,2}治|[令平昭](?= ?(?:\d|元))|元 ?年"
    r"|[前昨本今当次来翌]々?該?年|一昨年|[上下] ?半 ?期|[上下]期"
    r"|第(?= ?[\d一二三四五六七八九十])"
    r"|(?<![A-Za-z])[A-Za-z](?=[A-Za-z.&]*[\-_]?(?:\d|元)|[.]? ?(?:\d|元)|(?:[Oo]|EL|el|AX|ax)[.:]? ?\(?\d|ttps?://|ww\.)"
    r"|[※*†](?= ?[(\[]? ?\d)|注釈?(?= ?[(\[]? ?\d)|備考(?= ?[(\[]?\d)|#(?= ?\d)|〒|内線|電話|ファッ?クス|☎|℡|\((?=0\d{1,4}\) ?\d|cid:)|午[前後]"
)
# A dash parted from its number by blanks is a sign where the two fill a cell.
_DASH_ALONE: Final = re.compile(r"- {1,3}\d[\d,.]* ?[^\s\d\-~]{0,4} ?$")
# Its first characters: most of a text is passed by with this alone.
_OPENING: Final = re.compile(rf"[0-9{NUMERALS}½⅓⅔¼¾⅕-⅞⅐-⅒△▲+\-±マ¥$.'’令平昭大明元前昨本今当次来翌一上下第A-Za-z※*†注備#〒内電フ☎℡(午]")
# What must stand behind those of them that open many words (大 of 大正, 前 of 前年): all others are passed by with this alone.
_NEEDS: Final = {
    **dict.fromkeys("令", " \n和0123456789元"),
    **dict.fromkeys("平", " \n成0123456789元"),
    **dict.fromkeys("昭", " 和0123456789元"),
    **dict.fromkeys("大明", " 正治"),
    **dict.fromkeys("元", " 年"),
    **dict.fromkeys("前昨本今当次来翌", "々該年"),
    **dict.fromkeys("上下", " 半期"),
    **dict.fromkeys("第", " 0123456789一二三四五六七八九十"),
    **dict.fromkeys("注備内電フ午マ", "釈考線話ァッ前後イ 0123456789(["),
}
# One of these stands in every printed time, or a Western year does.
_OF_TIMES: Final = re.compile(
    f"[年月期現時二QF'’{''.join(sorted({opening[0] for name, era in ERAS.items() for opening in (name, *era.letters, *era.kanji)}))}]"
)
_WESTERN_YEAR: Final = re.compile("[12][0189][0-9]{2}")
_WORDS_BEFORE_WHOLE: Final = re.compile(
    r"[\s(]*(?:(?:目標値?|実績値?|約|およそ|概ね|延べ?|のべ|計|合計|累計|累積|年間|毎?年|毎?月|毎?週|全|各|最低|最大|平均|第)[:\s]*)*"
)
_WORDS_BEHIND_WHOLE: Final = re.compile(r"[\s)]*(?:以上|以下|未満|程度|超|以内|前後)?[\s)]*")
_NO_SIGN: Final = re.compile(rf"[{HAN}{HIRAGANA}{KATAKANA}A-Za-z0-9ー)]")
_HAN: Final = re.compile(rf"[{HAN}]")
_EACH: Final = re.compile(r" ?(?:平均)? ?(?:当たり|あたり|当り|につき)|(?P<mean>平均)")
# 対10万人, 人口対千人: what a rate is measured by; 3対1 is a score.
_PER_HEAD: Final = regex.compile(r"(?<!\d ?)対 ?$")
_EACH_BEGINS: Final = frozenset(" 平当あに")
# No plan counts in more digits than a float holds: such a run is an identifier.
_LONGEST: Final = 15
_PAGE_MARKS: Final = frozenset("-~·•|Pp")
# Digits with nothing or one of these behind them are no year, day, fraction or code.
_PLAIN_BEHIND: Final = frozenset(("", "%", "円"))
_DIGITS: Final = frozenset("0123456789")
# Beside a character that the font does not tell, a number may lack a digit: �240人 is not 240人.
_UNTOLD, _UNTOLD_BEFORE = re.compile(r"[.,]?[\ufffd\ue000-\uf01f]"), re.compile(r"[\ufffd\ue000-\uf01f][.,]?$")
# 実績値÷目標値×100: a factor of a formula counts nothing.
_FACTOR: Final = re.compile(r"[×÷✕✖] ?$")
_ODD: Final = re.compile(r"[\ufffd\ue000-\uf01f×÷✕✖]")
_LEADERS: Final = re.compile(r"[.…‥・]{3,}\s*$")
# Digits in groups of three and a point, and nothing else: most cells of a table.
_NUMBER_ALONE: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]+)?")


def scan(string: str, calendar: Calendar | None = None) -> tuple[Token, ...]:
    """All numerals of a raw string in order: no two tokens overlap, every decimal digit lies in one of them, offsets count raw characters. Never raises.

    A number that nothing explains is a Quantity without unit; no reading guesses across a line break except from a number to its unit.
    """
    tokens, dated = _read_once(string)
    return _dated(string, calendar) if dated and calendar is not None else tokens


def times(string: str, calendar: Calendar | None = None) -> list[When]:
    """The times among the tokens of a raw string, in order; most strings are seen to hold none without reading them."""
    if not may_hold_time(fold(string).string):
        return []
    return [token for token in scan(string, calendar) if isinstance(token, When)]


def may_hold_time(folded: str) -> bool:
    """Whether a folded string has a character that times have, or what may be a Western year."""
    return _OF_TIMES.search(folded) is not None or _WESTERN_YEAR.search(folded) is not None


def is_number(string: str) -> bool:
    """Whether a string is a plain number and nothing else, in half-width digits: no year, code or list number, no unit or sign."""
    return _NUMBER_ALONE.fullmatch(string) is not None


# The same cell is asked for its numerals by its table, its headings, the account and the checks, with a calendar and without.
@lru_cache(maxsize=50_000)
def _read_once(string: str) -> tuple[tuple[Token, ...], bool]:
    """The tokens of a string before a calendar places them, and whether a time is among them."""
    folded = fold(string)
    if is_number(folded.string):
        # Full-width digits fold one to one.
        return (Quantity(0, len(string), float(folded.string.replace(",", "")), number_end=len(string)),), False
    tokens = tuple(_Scan(folded.string).tokens())
    if not isinstance(folded.starts, range):
        for token in tokens:
            _to_raw(token, folded)
    return tokens, any(isinstance(token, When) for token in tokens)


@lru_cache(maxsize=16_384)
def _dated(string: str, calendar: Calendar) -> tuple[Token, ...]:
    """The tokens of a string with its times placed: where a time begins and ends is the same for every calendar."""
    return tuple([resolve(token, calendar) if isinstance(token, When) else token for token in _read_once(string)[0]])


def _to_raw(token: Token, folded: Folded) -> None:
    """Moves a token, just made, from its place in the folded string to that in the raw one."""
    token.start, token.end = folded.raw_span(token.start, token.end)
    if isinstance(token, Quantity):
        token.number_start, token.number_end = folded.raw_span(token.number_start, token.number_end)


def _may_begin(string: str, at: int) -> bool:
    """Whether the character behind an opening one lets a token begin; a candidate always passes."""
    needed = _NEEDS.get(string[at])
    return needed is None or (at + 1 < len(string) and string[at + 1] in needed)


def _begins(string: str, at: int) -> bool:
    """Whether a token may begin with an opening character."""
    if string[at] in _DIGITS:
        return True
    if _may_begin(string, at) and _CANDIDATE.match(string, at):
        return True
    return string[at] == "-" and not string[:at].strip(" ") and _DASH_ALONE.match(string, at) is not None


class _Scan:
    """The pass over one folded string."""

    def __init__(self, string: str) -> None:
        self.string = string
        self.quantities = Reader(string)
        self.odd = not string.isascii() and bool(_ODD.search(string))

    def tokens(self) -> list[Token]:
        out: list[Token] = []
        at, string = 0, self.string
        first = self._opening()
        if first is not None:
            out.append(first)
            at = first.end
        while match := _OPENING.search(string, at):
            start = match.start()
            found = self._read(start) if _begins(string, start) else None
            out += found or ()
            at = found[-1].end if found else start + 1
        return out

    def _opening(self) -> Aside | None:
        """A list number or page number at the start of the string."""
        string = self.string
        head = string[:16].lstrip(" \n([<-~·•|P")[:1]
        if not head.isdecimal() or string.isdecimal():
            return None
        page = page_number(string) if string.lstrip(" \n")[:1] in _PAGE_MARKS else None
        if page is not None:
            return Aside(*page, "code")
        span = list_number(string)
        if span is None:
            return None
        inner = next(at for at in range(*span) if string[at].isdecimal())
        tokens = self._read(inner)
        branch = "-" in string[inner : span[1]] and bool(tokens) and tokens[-1].end < len(string.rstrip())
        counts = tokens and isinstance(tokens[0], Quantity) and (tokens[0].unit is None or string[tokens[0].number_end] in ".)、")
        chain = tokens and isinstance(tokens[0], Aside) and tokens[0].reason == "code"
        if tokens and isinstance(tokens[0], Quantity) and tokens[0].number_end > span[1]:
            # 5千万, 1、234: the number goes on behind what could have counted rows.
            return None
        start = len(string) - len(string.lstrip())
        return Aside(start, span[1], "list_number") if counts or chain or branch else None

    def _read(self, at: int) -> list[Token]:
        """The tokens that begin at a candidate; an empty list where it begins none (一 of 一般)."""
        string = self.string
        plain = read_simple(string, at)
        if plain is not None and string[plain.end : plain.end + 1] in _PLAIN_BEHIND and string[at - 1 : at] != "\n":
            aside = self._aside(plain)
            return [aside] if aside is not None else list(self.quantities.read(plain))
        when = read_when(string, at)
        if when is not None:
            return [when]
        aside = read_opened(string, at) or self._list_number_below(at)
        if aside is not None:
            return [aside]
        fraction = read_fraction(string, at)
        if fraction is not None and (string[at].isdecimal() or self._free(at)):
            return [self.quantities.fraction(at, fraction)]
        number = plain or read_number(string, at) or (read_kanji(string, at) if self._free(at) else None)
        if number is None or (number.signed and not self._signs(number)):
            return []
        aside = self._aside(number)
        if aside is not None:
            return [aside]
        vague = self.quantities.vague(number)
        if vague is not None:
            return [Aside(at, vague, "vague")]
        found = self.quantities.read(number)
        if found[0].unit == "人" and _PER_HEAD.search(string, max(0, at - 3), at):
            return [Aside(at, found[0].end, "name")]
        each = _EACH.match(string, found[-1].end) if found[-1].unit is not None and string[found[-1].end : found[-1].end + 1] in _EACH_BEGINS else None
        # 10万人当たり, 1日平均: part of a measure's name, not a measure.
        return [Aside(found[0].start, each.end(), "name")] if each and (found[0].value == 1 or not each["mean"]) else list(found)

    def _list_number_below(self, at: int) -> Aside | None:
        """A marked list number at the start of a line that is not the first."""
        start = at - 1 if at and self.string[at - 1] == "(" else at
        if start == 0 or self.string[start - 1] != "\n":
            return None
        end = marked_list_number(self.string, start)
        return Aside(at, end, "list_number") if end is not None else None

    def _free(self, at: int) -> bool:
        """A kanji numeral counts only where no kanji but a counting word stands before it (約二十件, 計三社)."""
        return at == 0 or self.string[at - 1] in "約計延各全第金" or not _HAN.match(self.string[at - 1])

    def _signs(self, number: Number) -> bool:
        """A dash behind a word is a sign only where the word compares (前年度比-5.2%); 施策-1 and 3-5 are no negative numbers."""
        if number.signed != "-" or self.string[number.start] in "△▲マ" or number.start == 0:
            return True
        before = self.string[number.start - 1]
        return not _NO_SIGN.match(before) or before in "比差減増額値率計は"

    def _aside(self, number: Number) -> Aside | None:
        string = self.string
        start, end = number.start, number.end
        if self.odd and (_UNTOLD.match(string, end) or _UNTOLD_BEFORE.search(string, max(0, start - 2), start)):
            return Aside(start, end, "unreadable")
        if self.odd and _FACTOR.search(string, max(0, start - 2), start):
            return Aside(start, end, "name")
        if end - start > _LONGEST and string[start:end].isdecimal():
            return Aside(start, end, "code")
        printed = string[start:end]
        if number.signed or number.kanji or number.currency or "," in printed or ("." in printed and number.value != number.value.to_integral_value()):
            return None
        aside = classify(string, start, end, self._whole)
        if aside is not None:
            return aside
        if (named_before(string, start) and find_unit(string, end) is None) or (start and not string[end:].strip() and _LEADERS.search(string, 0, start)):
            return Aside(start, end, "name" if named_before(string, start) else "code")
        return None

    def _whole(self, start: int, end: int) -> bool:
        """Whether the number with its unit (and 約, 年, 以上 …) fills the string, as in a cell."""
        string = self.string
        if not _WORDS_BEFORE_WHOLE.fullmatch(string, 0, start):
            return False
        unit = find_unit(string, end + (string[end : end + 1] == " "))
        return bool(_WORDS_BEHIND_WHOLE.fullmatch(string, unit.end if unit else end))


__all__ = ["Aside", "Calendar", "Quantity", "Token", "When", "scan"]
