"""Cells without a number: a dash, 未実施, 調査中, 〃. Each is a reason, never a zero; and directions that stand for a target (増加, 維持)."""

from __future__ import annotations

import tomllib
from pathlib import Path

from extractors.normalise.characters import fold

_LINES: dict[str, str] = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))
_WORDS = {fold(word).string: reason for reason, line in _LINES.items() for word in line.split()}
# Targets that name a direction and no number: 現状維持, 前年度より増加.
_DIRECTIONS = {
    "up": ("増加", "増", "向上", "上昇", "拡大", "増やす"),
    "down": ("減少", "減", "低下", "縮小", "削減", "減らす"),
    "keep": ("維持", "現状維持", "継続", "現状程度"),
}
_BY_WORD = {word: direction for direction, words in _DIRECTIONS.items() for word in words}
_TRIMMED = " \n\t()[]「」。、"


def nothing(string: str) -> str | None:
    """Why a whole cell holds no number (dash, same_as_above, note, not_done, pending, not_applicable, undefined_ratio, hidden); None where it may hold one."""
    text = fold(string).string.strip(_TRIMMED).replace(" ", "").replace("\n", "")
    if not text:
        return None
    return _WORDS.get(text) or ("dash" if not text.strip("-―ー—–−‐─━") else None)


def direction(string: str) -> str | None:
    """`up`, `down` or `keep` where a whole cell names a direction instead of a number (増加, 前年度より減少, 現状維持); None else."""
    text = fold(string).string.strip(_TRIMMED).replace(" ", "").replace("\n", "")
    for word in sorted(_BY_WORD, key=len, reverse=True):
        if text.endswith(word) and not any(char.isdecimal() for char in text) and len(text) <= len(word) + 8:
            return _BY_WORD[word]
    return None
