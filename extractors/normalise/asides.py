"""Numerals that are neither quantity nor time: articles, ordinals, list numbers, telephone numbers, ages, grades, digits inside names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import regex

from extractors.normalise.patterns import HAN, HIRAGANA, KATAKANA
from extractors.normalise.tokens import Aside
from extractors.normalise.units import find_unit

_N: Final = r"(?:\d+|[一二三四五六七八九十百]+)"
_COUNTERS: Final = "回|次|期|子|弾|段階|種|版|報|世代|者|セクター|学年|日|年度|年|週|号様式|類|層|地区|分団|工区|線|室|席|問|話|戦|部"
# Whether the number at start..end with its unit fills the string.
Fills = Callable[[int, int], bool]
# What a word, mark or letter before the digits opens. Tried in order; each names a reason of tokens.REASONS.
_OPENED: dict[str, tuple[tuple[str, str], ...]] = {
    "第": (
        ("article", rf"第 ?{_N} ?(?:条|項|号(?!様式)|編|章|節|款|目|巻|表|図|部会|面)(?:の ?\d+)?"),
        ("ordinal", rf"第 ?{_N}(?:[・,、~\-] ?\d+(?!\d*[,.]\d))*(?! ?位(?!置)) ?(?:{_COUNTERS})?"),
    ),
    "※*†": (("note_mark", r"(?<=[(\[])[※*†] ?\d{1,2}(?![\d.,])|[※*†] ?[(\[]? ?\d{1,2}[)\]]?(?![\d.,])"),),
    "注備": (("note_mark", r"(?<![発受外傾])(?:注釈?|備考) ?[(\[]? ?\d{1,2}[)\]]?(?![\d.,])(?! ?(?:件|人|回))"),),
    "#": (("phone", r"# ?\d{3,4}(?!\d)"),),
    "〒": (("code", r"〒 ?\d{3} ?-? ?\d{0,4}"),),
    "内電フ☎℡": (("phone", r"内線(?:番号)? ?[:.]? ?\d{2,5}(?!\d)|(?:内線|電話番号|電話|ファックス|ファクス|☎|℡)(?:番号)? ?[:.]? ?\(?\d[\d\-() ]{2,}\d"),),
    "(": (("phone", r"\(0\d{1,4}\) ?\d{1,4} ?- ?\d{3,4}(?!\d)"), ("code", r"\(cid:\d+\)")),
    "午": (("time", r"午[前後] ?\d{1,2} ?(?:時(?: ?(?:\d{1,2} ?分|半))?|:\d{2})"),),
}
# The same for Latin letters; digits behind them are part of a name (COVID-19, Web3, PM2.5) unless a Japanese counter follows (ALT15人, AED5台).
_LATIN: tuple[tuple[str, str], ...] = (
    ("code", r"(?:https?://|www\.)[^\s、。()「」<>|]+|[A-Za-z0-9._\-]+@[A-Za-z0-9._\-]+\.[A-Za-z]+"),
    ("phone", r"(?:TEL|Tel|tel|FAX|Fax|fax) ?[:.]? ?\(?\d[\d\-() ]{2,}\d"),
    ("code", r"(?:pp|PP|p|P)\.? ?\d{1,3}(?:[~-]\d{1,3})?(?![\d%.])"),
    ("ordinal", r"(?:No|NO|no)\.? ?\d+"),
    ("name", r"[A-Za-z][A-Za-z.&]*[-_]?\d+(?:\.\d+)?(?:[A-Za-z]+\d*)*(?:[-:]\d+)*"),
)
# Digits that show by themselves what they are.
_DIGITS: tuple[tuple[str, str], ...] = (
    ("phone", r"0\d{1,4} ?- ?\d{1,4} ?- ?\d{3,4}(?!\d)|0\d{1,4}\(\d{1,4}\)\d{3,4}(?!\d)"),
    ("code", r"\d+(?:-\d+){2,}|\d+(?:\.\d+){2,}"),
    ("time", r"(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)|(?:[01]?\d|2[0-4]) ?時(?!間|期|代|点|給|短|差|数|価|系|速)(?: ?(?:\d{1,2} ?分(?!の|間)|半))?"),
)
_BY_FIRST: Final = {first: tuple((reason, re.compile(p)) for reason, p in patterns) for firsts, patterns in _OPENED.items() for first in firsts}
_BY_LATIN: Final = tuple((reason, re.compile(p)) for reason, p in _LATIN)
_BY_DIGIT: Final = tuple((reason, re.compile(p)) for reason, p in _DIGITS)
_SELF_EVIDENT: Final = re.compile(r"\d+(?: ?[\-:(時]|\.\d+\.)")

# What stands behind a plain integer. Tried in order.
_YEAR_TAILS: Final = "連続|間連続|ぶり|以内|以上|未満|ごと|毎|おき|後|計画|目途|かけて|余|来|分の|程度|ほど|前|経過|近"
_AFTER: tuple[tuple[str, str], ...] = (
    ("name", r"次 ?(?:産業|交通|医療|救急|予防|活動|避難|判定|健診|検診)"),
    ("ordinal", r"番 ?目|(?:人|回|年度?|件|社|つ|か月|日|か所|本|校|期|代|世代)目|学期|合目|巡目|番手|位以内"),
    ("ordinal", r"次(?![世元])|期(?![間待日限末首])|番(?![号組])|級(?!河)"),
    ("grade", r"年 ?生|学年|年次生|年制|歳児"),
    ("age", r"(?:歳|才) ?代|代(?= ?(?:$|[~以のから女男前後半、・)(:,。 ]))"),
    ("name", rf"階(?:建て?)?(?!級|層)|号(?:館|線|棟|車|室|機|被保険者|様式|認定|店|公園|俸|議案)?(?![{HAN}])"),
    ("name", r"丁目|番地|番 ?\d+ ?号|番(?:札所|線|出口)|級河川"),
    ("name", r"類(?!型)|種(?=感染|混合|住|農|免|中)|車線|大(?=都市|事業|重点|疾|ニュース)|本柱|つの|つ星|部(?:制|構成|作)|輪車|者(?:協|連|面|懇)|[カか]条"),
    ("name", r"(?<=万)対(?![応策象前])|と(?:した|する)(?=場合|とき|時|値|指数)"),
    ("grade", r"[~・、,\-] ?\d ?(?:年 ?生|学年|歳児)"),
    ("ordinal", r"[~・、,\-] ?\d{1,2} ?(?:番目|[回人年件期]目|次(?![世元])|期(?![間待日限末首])|級(?!河))"),
    ("duration", rf"年(?:度)? ?(?:{_YEAR_TAILS})|[かカヵヶケ箇] ?年"),
    ("duration", r"年 ?間(?!売|販|平|延|利|観|来|入|計|予|総|消|排|使|商|発|の(?:総|延))"),
    ("duration", r"[かカヵヶケ箇] ?月(?: ?(?:間|連続|で|以内|以上|未満|ごと|毎|後|前|ぶり|余|程度|分))?"),
    ("duration", r"(?:日|週|時間|分|週間|日間)(?:間)? ?(?:連続|以内|ごと|毎|おき|後(?!期)|前(?!年)|ぶり|にわたり)|日 ?間|週 ?間|月 ?間|分 ?間"),
)
_BEHIND: Final = re.compile(" ?(?:" + "|".join(f"(?P<{reason}_{at}>{pattern})" for at, (reason, pattern) in enumerate(_AFTER)) + ")")
_MAY_BE_ASIDE: Final = re.compile(
    r" ?(?:[年月日歳才代次番期級学階号丁類種車大本つ部輪者カか条回人件社校位かカヵヶケ箇週分時戸台施家万対合巡SLD、,~\-・]|から|と[しす])"
)
_YEARS_LONG: Final = re.compile(r" ?(?:[かカヵヶケ箇] ?年|年 ?間)")
_AGE_UNIT: Final = re.compile(r" ?[歳才]")
_AGE: Final = re.compile(rf" ?[歳才] ?(?:代|以上|以下|未満|から|~|-|の|児|を|超|まで|で|に|と|、|・|\(|到達|時|女|男|人口|[{HAN}])")
_AGE_BOUND: Final = re.compile(r" ?[歳才] ?(?:以上|以下|未満|代)")
_AGE_LAST: Final = re.compile(r"\d{1,3} ?[歳才]? ?(?:~|-|から|・) ?$")
_AGE_RANGE: Final = re.compile(r" ?[歳才]? ?(?:~|-|から|・) ?\d{1,3} ?[歳才]|代? ?(?:~|-|から|・) ?\d{2} ?(?:歳 ?)?代")
_FREQUENCY: Final = regex.compile(r"(?:(?<![\d元度] ?)(?:毎?年|毎?月|毎?週|隔週|隔月|隔年)|\d ?日) ?(?:に|あたり|当たり)? ?$")
# 2位は「防災」: the number says which one is told of; 全国2位は says where one stands.
_PLACE_BEHIND: Final = re.compile(" ?位 ?は")
_HAN_BEFORE: Final = re.compile(f"[{HAN}]")
_FREQUENCY_BEHIND: Final = re.compile(r" ?(?:~ ?\d+ ?)?(?:回|日|度|時間)(?!答|数|収)")
_NAMES: Final = (
    "国道|県道|市道|府道|都道|町道|村道|要介護|要支援|レベル|ステージ|フェーズ|カテゴリー|ステップ|ランク|タイプ|パターン|ゾーン"
    "|様式|別表|別紙|別添|図表|基本目標|基本方針|政策|番号|シーズン|クラスター"
)
_NAME_BEFORE: Final = regex.compile(rf"(?:{_NAMES}|(?<!\p{{Han}})(?:図|表|資料))\.? ?(?:\d+[・,~] ?)?$")
# A row number or heading at the start: `1 `, `１．`, `(1)`, `1-2 `, `1)`.
_LIST_NUMBER: Final = re.compile(r"\s*(?:\(\d{1,2}\)|\[\d{1,2}\]|<\d{1,2}>|\d{1,2}(?:[-.]\d{1,2}){0,3}\)|\d{1,2}(?:[-.]\d{1,2}){0,3}\.?|\d{1,2}、)")
_MARKED: Final = re.compile(r" *(?:\(\d{1,2}\)|\d{1,2}\)|\d{1,2}\.(?!\d))")
_WORD_BEHIND: Final = re.compile(rf"\.? *(?=[{HAN}{HIRAGANA}{KATAKANA}A-Za-z]|[「『【〈《〔｢](?!\d))")
# Digits that touch the word behind them count headings only if they are few and the word is one (１地域福祉, not 12ア or 2分の1).
_TOUCHING: Final = re.compile(rf"\s*\d(?!分の|から|つ|人に)(?=[{HAN}{HIRAGANA}{KATAKANA}]{{2}}|[「『【])")
# A number with a note behind it (`26 注¹`) counts no row: 注 is a word, the mark is none.
_NOTE_BEHIND: Final = re.compile(r" *[(（]?注 ?[\d¹²³⁴-⁹]")
_PAGE_NUMBER: Final = regex.compile(r"\s*(?:[-~·•|] ?(?P<n>\d{1,4}) ?[-~·•|]|(?:P|p|Page|page)\.? ?(?P<n>\d{1,4}))\s*")


def read_opened(string: str, at: int) -> Aside | None:
    """An aside that its own opening shows (第2条, ※1, 〒…, 内線5635, COVID-19, 13:30), None if none begins at `at`."""
    first = string[at]
    if first.isdecimal():
        patterns = _BY_DIGIT if _SELF_EVIDENT.match(string, at) else ()
    elif first.isascii() and first.isalpha():
        return _latin(string, at)
    else:
        patterns = _BY_FIRST.get(first, ())
    for reason, pattern in patterns:
        match = pattern.match(string, at)
        if match:
            return Aside(at, match.end(), reason)
    return None


def _latin(string: str, at: int) -> Aside | None:
    if at and string[at - 1].isascii() and string[at - 1].isalpha():
        return None
    for reason, pattern in _BY_LATIN:
        match = pattern.match(string, at)
        if match:
            return None if reason == "name" and _counted(string, match) else Aside(at, match.end(), reason)
    return None


def _counted(string: str, match: re.Match[str]) -> bool:
    """Whether a Japanese counter directly behind the digits makes them a number of their own (ALT15人)."""
    unit = find_unit(string, match.end())
    return unit is not None and not unit.printed.isascii() and "-" not in match[0] and match[0][-1].isdecimal()


def list_number(string: str) -> tuple[int, int] | None:
    """The span of a number that only counts headings or rows, at the very start of the string before a word; None if there is none."""
    match = _LIST_NUMBER.match(string)
    if not match or not _WORD_BEHIND.match(string, match.end()) or _NOTE_BEHIND.match(string, match.end()):
        return None
    parted = string[match.end() - 1] in ".)、]>" or string[match.end()] in " ."
    return match.span() if parted or _TOUCHING.match(string) else None


def marked_list_number(string: str, at: int) -> int | None:
    """The end of a list number with its mark (`(1)`, `1)`, `1.`) at the start of a later line of the string; None if there is none."""
    match = _MARKED.match(string, at)
    return match.end() if match and _WORD_BEHIND.match(string, match.end()) else None


def page_number(string: str) -> tuple[int, int] | None:
    """The span of the digits of a string that is nothing but a page number between dashes (`- 12 -`), None else."""
    match = _PAGE_NUMBER.fullmatch(string)
    return match.span("n") if match else None


def classify(string: str, start: int, end: int, fills: Fills) -> Aside | None:
    """What the words around a plain integer at start..end make of it; None for a quantity. `fills` tells
    whether number and unit fill the string, as in a cell."""
    behind = string[end : end + 1]
    if behind in "」』" and behind and start and string[start - 1].isalpha():
        return Aside(start, end, "name")
    if behind.isascii() and behind.isalpha() and find_unit(string, end) is None:
        return Aside(start, _word_end(string, end), "name")
    if not _MAY_BE_ASIDE.match(string, end):
        return None
    return _place(string, start, end) or _aged(string, start, end, fills) or _frequent(string, start, end, fills) or _by_tail(string, start, end, fills)


def _word_end(string: str, at: int) -> int:
    while at < len(string) and string[at].isascii() and string[at].isalnum():
        at += 1
    return at


def _place(string: str, start: int, end: int) -> Aside | None:
    match = _PLACE_BEHIND.match(string, end)
    before = string[:start].rstrip()[-1:] if match else ""
    return Aside(start, match.end(), "ordinal") if match and (before == "第" or not _HAN_BEFORE.match(before)) else None


def _aged(string: str, start: int, end: int, fills: Fills) -> Aside | None:
    if _AGE_RANGE.match(string, end):
        return Aside(start, end, "age")
    years = _AGE_UNIT.match(string, end)
    if years is None:
        return None
    if _AGE_BOUND.match(string, end) or (_AGE.match(string, end) and not fills(start, end)) or _AGE_LAST.search(string, max(0, start - 9), start):
        return Aside(start, years.end(), "age")
    return None


def _frequent(string: str, start: int, end: int, fills: Fills) -> Aside | None:
    """年2回, 月1回: how often something is held, in prose; a cell that says 年2回 is a number of times."""
    match = _FREQUENCY_BEHIND.match(string, end)
    if match is None or not _FREQUENCY.search(string, max(0, start - 8), start) or fills(start, end):
        return None
    return Aside(start, match.end(), "frequency")


def _by_tail(string: str, start: int, end: int, fills: Fills) -> Aside | None:
    match = _BEHIND.match(string, end)
    if match is None:
        return None
    reason = str(match.lastgroup).partition("_")[0]
    if reason == "duration" and not _YEARS_LONG.match(string, end) and fills(start, end):
        return None
    return Aside(start, match.end(), reason)


def named_before(string: str, start: int) -> bool:
    """Whether a word that takes a number as part of its name (要介護, レベル, 図表) stands directly before `start`."""
    return start > 0 and bool(_NAME_BEFORE.search(string, max(0, start - 9), start))
