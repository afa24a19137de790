"""Ruby: small kana over kanji, which say how to read them and belong to no line."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import regex

from extractors.vocabulary import Box
from pipeline.read.letters import Letter

# Ruby is half as large as its kanji; small print is at least two thirds.
SMALL: Final = 0.62
KANA: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}ー・]+")
KANJI: Final = regex.compile(r"\p{Han}")


@lru_cache(8192)
def _is_kana(string: str) -> bool:
    return KANA.fullmatch(string) is not None


@lru_cache(8192)
def _is_kanji(string: str) -> bool:
    return KANJI.match(string) is not None


def without_ruby(letters: list[Letter]) -> list[Letter]:
    """The letters but for kana that stand right above a kanji of twice their size (to the right of it in vertical writing)."""
    least, greatest = math.inf, 0.0
    for x in letters:
        least = x.em if x.em < least else least
        greatest = x.em if x.em > greatest else greatest
    largest = SMALL * greatest
    if least > largest:
        # Most pages are set in sizes of which none is half of another.
        return letters
    kana = [x for x in letters if x.em <= largest and _is_kana(x.string)]
    if not kana:
        return letters
    cells: dict[tuple[int, int], list[Letter]] = {}
    for x in letters:
        if SMALL * x.em >= least and _is_kanji(x.string):
            cells.setdefault((int(x.across // 40), int(x.down // 40)), []).append(x)
    ruby = {id(x) for x in kana if any(_over(x, y) for y in _near(x, cells))}
    return [x for x in letters if id(x) not in ruby]


def _near(letter: Letter, cells: dict[tuple[int, int], list[Letter]]) -> list[Letter]:
    column, row = int(letter.across // 40), int(letter.down // 40)
    return [y for i in (-1, 0, 1) for j in (-1, 0, 1) for y in cells.get((column + i, row + j), ())]


def _over(small: Letter, large: Letter) -> bool:
    if small.em > SMALL * large.em or small.turn != large.turn:
        return False
    one, other = small.box, large.box
    above = -0.6 * small.em <= other.top - one.bottom <= 0.6 * small.em and _shares(one.x0, one.x1, other.x0, other.x1)
    return above or _aside(one, other, small.em)


def _aside(one: Box, other: Box, em: float) -> bool:
    """Right of the kanji and not on its baseline: kana in vertical writing. Small kana that go on a line sit at its foot."""
    beside = -0.3 * em <= one.x0 - other.x1 <= 0.3 * em and one.width < 0.8 * other.width
    return beside and other.top - em <= one.top and one.bottom < other.bottom - 0.35 * other.height


def _shares(a0: float, a1: float, b0: float, b1: float) -> bool:
    """Whether the first stretch lies mostly over the second one (ruby of a long reading reaches a little beyond)."""
    return min(a1, b1) - max(a0, b0) > 0.3 * (a1 - a0)
