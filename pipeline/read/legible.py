"""Whether the text layer of a page can be believed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extractors.vocabulary import Box
from pipeline.read.letters import UNKNOWN, Letter

SCAN: Final = "文字データのない画像のページです。OCRで文字を付けたPDFを用意してください。"
GARBLED: Final = "フォントの文字対応が欠けているか壊れていて、文字が読めません。元の文書からPDFを作り直すか、OCRをかけてください。"
# Pages that are pictures, or are printed right though their characters are told wrong.
OCR_HELPS: Final = (SCAN, GARBLED)

# More than this share of wrong characters makes the rest doubtful too: digits come from the same fonts.
WRONG: Final = 0.1
# Symbol fonts put bullets and arrows at private codes; whole lines of them are letters.
SYMBOLS: Final = 0.3
# Kanji of JIS level 2 are one or two in a hundred; a wrong character map draws from both levels alike.
RARE, FEWEST_KANJI = 0.25, 20
# Kanji of JIS level 1 (0x3021 to 0x4f53 of JIS X 0208, here with the high bits of EUC), and the usual signs: a page of these alone can be read.
LEVEL_1: Final = bytes([b for lead in range(0xB0, 0xD0) for trail in range(0xA1, 0xFF if lead < 0xCF else 0xD4) for b in (lead, trail)]).decode("euc_jp")
PLAIN: Final = re.compile(f"[ -~、-〟ぁ-ゖァ-ヿ！-ﾟ‐-※Ⅰ-ⅿ←-⋿①-➿{LEVEL_1}]*")
# Images that cover this share of the page, with hardly any text, are a scan; a photograph beside text covers less.
COVERED, FEW = 0.5, 20


def scanned(images: Sequence[Box], visible: Box) -> bool:
    """Whether images cover most of the page: invisible text is then what OCR read in them."""
    return sum(_share(image, visible) for image in images) > COVERED


def unreadable(letters: list[Letter], images: Sequence[Box], visible: Box) -> str | None:
    """A sentence for a person where the page's text is missing or wrong, or None.

    An empty page is readable: it says nothing. Wrong are characters the font does not tell, private and control codes, and text of
    characters that Japanese documents hardly use.
    """
    strings = [x.string for x in letters if not x.blank]
    if len(strings) < FEW and scanned(images, visible):
        return SCAN
    return GARBLED if PLAIN.fullmatch("".join(strings)) is None and _garbled(strings) else None


def _garbled(strings: list[str]) -> bool:
    """Whether the text is wrong, by its letters without blanks."""
    times = Counter(strings)
    wrong = symbols = usual = kanji = rare = 0
    for string, count in times.items():
        kind = _kind(string)
        wrong, symbols, usual = wrong + count * kind.wrong, symbols + count * kind.symbol, usual + count * kind.usual
        kanji, rare = kanji + count * kind.kanji, rare + count * kind.rare
    doubtful = wrong > WRONG * len(strings) or symbols > SYMBOLS * len(strings) or usual < 0.5 * (len(strings) - symbols)
    # Too many kanji such as names and set phrases alone have are a wrong map.
    return doubtful or (kanji >= FEWEST_KANJI and rare > RARE * kanji)


def _share(image: Box, visible: Box) -> float:
    width = min(image.x1, visible.x1) - max(image.x0, visible.x0)
    height = min(image.bottom, visible.bottom) - max(image.top, visible.top)
    return max(width, 0.0) * max(height, 0.0) / max(visible.width * visible.height, 1.0)


class _Kind:
    """What a letter's characters are: 1 where `wrong`, of a `symbol` font, or `usual`, and how many are kanji, and kanji beyond level 1 of JIS X 0208."""

    __slots__ = ("kanji", "rare", "symbol", "usual", "wrong")

    def __init__(self, string: str) -> None:
        kanji = [c for c in unicodedata.normalize("NFKC", string) if "\u4e00" <= c <= "\u9fff"]
        self.wrong, self.symbol, self.usual = int(_wrong(string)), int(_symbol(string)), int(_usual(string))
        self.kanji, self.rare = len(kanji), sum(_beyond_level_1(c) for c in kanji)


@lru_cache(8192)
def _kind(string: str) -> _Kind:
    return _Kind(string)


def _symbol(string: str) -> bool:
    """A code of a symbol font as Windows maps it: bullets, arrows, ticks."""
    return all("\uf020" <= c <= "\uf0ff" for c in string)


def _wrong(string: str) -> bool:
    if _symbol(string):
        return False
    return any(c == UNKNOWN or unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") for c in string if c not in "\t\n\r")


def _usual(string: str) -> bool:
    """Kana, kanji, Latin letters, digits, and the marks that go with them."""
    return any(c < "\x7f" or "\u2010" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff00" <= c <= "\uffef" or c >= "\U00020000" for c in string)


def _beyond_level_1(kanji: str) -> bool:
    """Whether a kanji is one of level 2 of JIS X 0208, or none of it."""
    code = kanji.encode("euc_jp", errors="ignore")
    return len(code) != 2 or code[0] >= 0xD0
