"""What words of titles, covers and file names say of an edition: 素案 before 案 before 決定 before 訂正版, 第2版 before 第3版."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import regex

from extractors.normalise.characters import plain
from extractors.normalise.kanji import value_of
from extractors.normalise.scan import scan
from extractors.normalise.tokens import When

# A word of an edition ends a string, a word or what stands in brackets: 改訂版, (案), 令和6年8月改訂; but 改訂計画 is the plan's name, 議案 no draft.
_ENDS = r"(?=[()\[\]【】〕〉》>」』\s_.,、。・:;-]|$)"
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
# How far a draft is; what names no stage is taken to be decided. Words of one line are tried in this order, each takes its characters away.
DRAFTS = (
    (4, regex.compile(rf"(?:最終|修正|変更|改訂|改定|訂正)案(?:の?段階)?{_ENDS}|成案{_ENDS}")),
    (1, regex.compile(rf"たたき台{_ENDS}|素案{_ENDS}")),
    (2, regex.compile(rf"原案{_ENDS}")),
    (3, regex.compile(rf"(?<![提議答事考立図懸法])案{_ENDS}|未定稿|暫定版?{_ENDS}|速報[版値]?{_ENDS}")),
)
PLAIN, DECIDED = 5, 6
_DECIDED = regex.compile(rf"(?:決定|確定)[版稿値]?{_ENDS}|確報[版値]?{_ENDS}")
_REVISED = regex.compile(
    rf"(?:第{_NUMBER}回)?(再|一部)?(?:改訂|改定|改正|修正|訂正|変更|更新|差し?替え?)"
    rf"(?:[版後稿日]|済み?|し?(?:ました|た))?(?:{_ENDS}|(?=第{_NUMBER}版))"
)
_VERSION = regex.compile(
    rf"第{_NUMBER}版{_ENDS}|初版{_ENDS}|改{_NUMBER}{_ENDS}|(?<![a-z])(?:version|ver|rev|v)[. ]?{_NUMBER}(?:\.(\d{{1,3}}))?(?![\da-z])", regex.IGNORECASE
)
# What offices write in names of files, which are often in Latin letters.
_LATIN = ((regex.compile("soan"), "素案 "), (regex.compile("teisei|kaitei|s[yh]uusei|s[yh]usei|sashikae"), "訂正版 "), (regex.compile("kakutei"), "確定版 "))
# A part, a short form or an annex of a plan is a document of its own.
_PARTS = regex.compile(
    r"概要|要約|抜粋|ダイジェスト|あらまし|リーフレット|パンフレット|本編|資料編|別冊|別紙|様式|新旧|正誤表|gaiyou?|digest|honpen|"
    r"第?[\d一二三四五六七八九十]+[部編章巻]|[上中下]巻|その[\d一二三]"
)
_OFFICE = regex.compile(r"^Microsoft \w+ - |\.(?:docx?|xlsx?|pptx?|pdf|jtdc?|xdw|txt|md)$", regex.IGNORECASE)
# The number of a meeting's paper (資料3, 参考資料1-2) is the meeting's, not the plan's.
_PAPER = regex.compile(r"(?:参考)?資料(?:No\.?)?\s?\d[\d-]*")
_FIGURE = regex.compile(r"(?<![第\d])(?<!その)\d[\d,.]*+(?!\s?[年月日期部編巻次号章])")
# What stands beside the date on a cover: nothing, the publisher, or that it was published.
_OF_COVER = regex.compile(r"(?:発行|公表|作成|策定|付け?|\p{Han}{1,10}[都道府県市区町村])?")
SHORT = 30


class Edition(NamedTuple):
    """What words say: `stage` of deciding (1 素案 … 5 nothing said, 6 決定), how often it was `revised`, the number of its `version` (1: none said)."""

    stage: int = PLAIN
    revised: int = 0
    version: tuple[int, int] = (1, 0)


@cache
def edition_of(strings: tuple[str, ...]) -> Edition:
    """What the edition words of some strings say together: the earliest stage, the most revisions, the highest version."""
    stages, revised, versions = [], [0], [(1, 0)]
    for string in strings:
        text = _bare(string)
        for stage, pattern in DRAFTS:
            text, found = pattern.subn("", text)
            stages += [stage] * bool(found)
        revised += [max(_count(match[1]), 2 if match[2] == "再" else 1) for match in _REVISED.finditer(text)]
        text = _REVISED.sub("", text)
        versions += [(1, 0) if match[0] == "初版" else (_count(match[1] or match[2] or match[3]), int(match[4] or 0)) for match in _VERSION.finditer(text)]
        if _DECIDED.search(text):
            stages.append(DECIDED)
    return Edition(min(stages, default=PLAIN), max(revised), max(versions))


def edition_of_name(name: str) -> Edition:
    """What a file's name says, in Japanese or in Latin letters (keikaku_teisei.pdf)."""
    said = _bare(name).lower()
    for pattern, word in _LATIN:
        said = pattern.sub(word, said)
    return edition_of((said,))


def later(one: Edition, other: Edition) -> int:
    """1 where `other` is later, -1 where `one` is, 0 where the words say nothing, or two things."""
    decided = (one.stage, one.revised) < (other.stage, other.revised), (one.stage, one.revised) > (other.stage, other.revised)
    printed = one.version < other.version, one.version > other.version
    ways = {1 if up else -1 for up, down in (decided, printed) if up or down}
    return ways.pop() if len(ways) == 1 else 0


def fold(string: str, *, dates: bool, figures: bool = True) -> str:
    """A title or line without words of editions, its letters and digits alone: what two editions of one document have in common.

    Without `dates` days and months go too, without `figures` numbers other than those of parts and years (第2部, 令和6年度).
    """
    text = _bare(string)
    for match in reversed([*_dated(text)]):
        if not dates or _beside_edition(text, match):
            text = text[: match.start] + " " + text[match.end :]
    for pattern in (*(pattern for _, pattern in DRAFTS), _REVISED, _VERSION, _DECIDED, _PAPER):
        text = pattern.sub(" ", text)
    if not figures:
        text = _FIGURE.sub(" ", text)
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN").lower()


def parts_of(string: str) -> frozenset[str]:
    """The words that make it a part or a short form of a document (概要, 資料編, 第2部)."""
    return frozenset(_PARTS.findall(_REVISED.sub(" ", plain(string)).lower()))


def says_edition(string: str) -> bool:
    """Whether a line is short and holds a word of an edition (令和6年8月改訂, (案), 第2版)."""
    return len(string) <= SHORT and edition_of((string,)) != Edition()


def day_of(strings: Iterable[str]) -> str | None:
    """The latest day or month (`2024-08-01`, `2024-08`) that stands alone in one of some strings or beside a word of an edition; None where none does."""
    alone = (string for string in strings if says_edition(string) or _OF_COVER.fullmatch(fold(string, dates=False)))
    return max((str(when.period_end)[: 10 if when.kind == "day" else 7] for string in alone for when in _dated(_bare(string))), default=None)


def _bare(string: str) -> str:
    text = plain(string).strip()
    return _OFFICE.sub("", text).strip()


def _dated(text: str) -> list[When]:
    """The days and months that a string names, those of a state (9月末現在) left out: they tell one report from the next."""
    return [w for w in scan(text) if isinstance(w, When) and w.kind in {"day", "month"} and w.period_end is not None and not w.as_of and w.era_known]


def _beside_edition(text: str, when: When) -> bool:
    """Whether a word of an edition stands behind a date or before it: 令和6年8月改訂, 改訂日: 令和6年8月1日."""
    after, before = text[when.end :].lstrip(" ("), text[: when.start].rstrip(" (:")
    patterns = (_REVISED, _VERSION, _DECIDED)
    return any(pattern.match(after) or any(found.end() == len(before) for found in pattern.finditer(before)) for pattern in patterns)


def _count(printed: str | None) -> int:
    if printed is None:
        return 0
    value = int(printed) if printed.isdigit() else value_of(printed)
    return int(value or 0)
