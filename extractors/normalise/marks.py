"""Cells without a number: a dash, 未実施, 調査中, 〃. Each is a reason, never a zero; and what stands for a target's number (増加, 維持, 前年度以上)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from extractors.normalise.characters import fold
from extractors.normalise.scan import scan
from extractors.normalise.tokens import When

_LINES: dict[str, str] = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))
_WORDS: Final = {fold(word).string: reason for reason, line in _LINES.items() for word in line.split()}
# Targets that name a direction and no number: 現状維持, 前年度より増加.
_DIRECTIONS: Final = {
    "up": ("増加", "増", "向上", "上昇", "拡大", "増やす"),
    "down": ("減少", "減", "低下", "縮小", "削減", "減らす"),
    "keep": ("維持", "継続", "現状程度", "横ばい", "並み", "同程度", "同水準"),
}
_BY_WORD: Final = {word: direction for direction, words in _DIRECTIONS.items() for word in words}
# Targets that are measured against another number, which stands elsewhere: 前年度以上, 全国平均を上回る. The signs are those of a quantity's comparator.
_AGAINST: Final = {
    ">=": ("以上", "を下回らない"),
    ">": ("超", "を超える", "を上回る", "より多い", "より高い"),
    "<=": ("以下", "以内", "を超えない", "を上回らない"),
    "<": ("未満", "を下回る", "より少ない", "より低い"),
}
_BY_ENDING: Final = {word: sign for sign, words in _AGAINST.items() for word in words}
# 前年度実績値, 県内平均値: what a target is measured against is short; a longer text is prose.
_LONGEST_REFERENCE: Final = 10
_LONGEST_DIRECTION: Final = 20
_COUNTED: Final = re.compile(r"[二三四五六七八九十百千万億]")
# What a note says of numbers in brackets where these stand for a minus: マイナスを示す, 減少, 減額を表す, △.
_MINUS: Final = re.compile(r"(?:マイナス|負の?(?:値|数)?|減(?:少|額|数)?(?:分|値|額)?|[△▲\-])(?=$|を?(?:示|表|意味)|で(?:す|あ)|とする|[。、,)])")
_TRIMMED: Final = " \n\t()[]「」。、"


def nothing(string: str) -> str | None:
    """Why a whole cell holds no number (dash, same_as_above, note, not_done, pending, not_applicable, undefined_ratio, hidden); None where it may hold one."""
    text = fold(string).string.strip(_TRIMMED).replace(" ", "").replace("\n", "")
    if not text:
        return None
    return _WORDS.get(text) or ("dash" if not text.strip("-―ー—–−‐─━") else None)


def direction(string: str) -> str | None:
    """What a whole cell asks for without a number: `up`, `down` or `keep` (増加, 前年度より減少, 現状維持), or the comparator `>=` `>` `<=` `<`
    against a number that stands elsewhere (前年度以上, 全国平均を上回る); None else."""
    text = fold(string).string.strip(_TRIMMED).replace(" ", "").replace("\n", "")
    if len(text) > _LONGEST_DIRECTION or _COUNTED.search(text) or any(not isinstance(token, When) for token in scan(text)):
        return None
    for word in sorted(_BY_WORD, key=len, reverse=True):
        if text.endswith(word) and len(text) <= len(word) + _LONGEST_REFERENCE:
            return _BY_WORD[word]
    for word in sorted(_BY_ENDING, key=len, reverse=True):
        if text.endswith(word) and len(word) < len(text) <= len(word) + _LONGEST_REFERENCE:
            return _BY_ENDING[word]
    return None


def means_minus(meaning: str) -> bool:
    """Whether what a note says of brackets (`（　）はマイナスを示す`, its part behind は) makes the numbers in them negative, as accounts print them."""
    return bool(_MINUS.match(fold(meaning).string.strip().replace(" ", "")))
