"""One way of writing for every character, with the way back: full-width to half-width, radicals to ideographs, dashes to a minus sign.

Plain NFKC must not be run over official tables: it turns ①20人 into 120人, m² into m2 and ½ into 1/2. Here each character that NFKC would turn into
digits stays as it is, unless it is a decimal digit itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import regex

from extractors.normalise.patterns import matcher

# Fonts of word processors map 長, 西, 青 … to the CJK Radicals Supplement, of which NFKC folds two of 115. Pairs: radical, ideograph.
_RADICALS: Final = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛"
    "⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车"
    "⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
    # NFKC sends these three Kangxi radicals to forms that Japanese text does not use (戶 黑 靑).
    "⼾戸⿊黒⾭青"
)
_SPACES: Final = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u3164\uffa0"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufe00\ufe01\ufe0e\ufe0f\ufeff"
_WAVES: Final = "～〜∼∿˜"
_DASHES: Final = "−‐‑‒–—―ー⁃﹣－─━"
# What leads from an earlier number to a later one (4.0％→5.5％).
ARROWS: Final = "→➡⇒⇨"
_KEEP_SINGLE: Final = "…‥"


# All of Unicode but ideographs, Hangul syllables, surrogates and private use, which fold to themselves.
_FOLDING: Final = (range(0x80, 0x3400), range(0x4DC0, 0x4E00), range(0xA000, 0xAC00), range(0xF900, 0x1FC00), range(0x2F800, 0x2FA20))


def _folded_character(char: str) -> str:
    """The printed character in this project's one way of writing; may be empty or longer than one."""
    if char in _SPACES:
        return " "
    if char in _INVISIBLE:
        return ""
    if char in _WAVES:
        return "~"
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    wide = unicodedata.normalize("NFKC", char)
    if char in _KEEP_SINGLE or any(part.isdigit() or part == "⁄" for part in wide):
        return char
    # A spacing mark (´ ¨ ゛) becomes blank plus a combining mark under NFKC: that would glue an accent to the neighbour.
    return char if wide[:1] == " " else wide


_PAIRS: Final = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
_MARK: Final = regex.compile(r"[゙゚ﾞﾟ\p{M}]")
_DIGIT: Final = re.compile(r"\d")


def _folded(char: str) -> str:
    """What one character folds to, alone."""
    if char.isascii():
        return " " if char == "\t" else char
    if not any(ord(char) in block for block in _FOLDING):
        return char
    return _PAIRS.get(char) or _folded_character(char)


class _Alone(dict[int, str | None]):
    """A character (its number, as `str.translate` asks) to the one that it folds to; None where it disappears, becomes several or joins its neighbour.

    Worked out as characters are met.
    """

    def __missing__(self, number: int) -> str | None:
        char = chr(number)
        folded = _folded(char)
        odd = len(folded) != 1 or _MARK.match(char) or _is_unknown_digit(char)
        self[number] = None if odd else folded
        return self[number]


def _is_unknown_digit(char: str) -> bool:
    """A digit of a Unicode version that `regex` knows and this Python does not: no reader could tell its value."""
    return _DIGIT.match(char) is not None and unicodedata.category(char) != "Nd"


_ALONE: Final = _Alone()
# Most of Japanese print folds to itself, but for the dash among it (ー).
_ITSELF: Final = re.compile(r"[\n\r -~ぁ-ゖァ-ヺー々一-鿿、。「」『』【】・…※○●◎◆◇■□→①-⒛]*")
# What NFKC folds as this project does, one character to one: half- and full-width print, and of what folds to itself all that NFKC leaves alone.
_WIDE: Final = re.compile(r"[\n\r -~！-～\u3000ぁ-ゖァ-ヺー々一-鿿、。「」『』【】・※○●◎◆◇■□→]*")
# What stands before the dash is asked for behind it: so a search skips to dashes.
_DASH_BEFORE_DIGIT: Final = re.compile(rf"[{_DASHES}](?:(?<![ぁ-ゖァ-ヺー][{_DASHES}])(?=[ ]?[0-9〇])|(?<=[0-9][{_DASHES}])(?=[ ]?[0-9]))")
# Thin and figure spaces between groups of three digits part thousands; an ordinary blank parts two numbers.
_THIN_SPACES: Final = re.compile("[\u2007-\u2009\u202f]")
_THIN: Final = re.compile(r"(?<=\d)[\u2007-\u2009\u202f](?=\d{3}(?!\d))")
# Full-width digits parted by full-width blanks are thousands where they are all of a cell (`１２　３４５円`); between words they part columns.
_WIDE_THOUSANDS: Final = re.compile(r"\s*[1-9１-９]\d{0,2}(?:\u3000\d{3})+[^\d\s]{1,4}\s*")


class Folded:
    """A string in one way of writing. `starts[i]` is the raw offset of its character i; `raw_length` the length of the raw string."""

    __slots__ = ("raw_length", "starts", "string")

    def __init__(self, string: str, starts: tuple[int, ...] | range, raw_length: int) -> None:
        self.string, self.starts, self.raw_length = string, starts, raw_length

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the raw string that the half-open span of the folded one came from."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.raw_length
            return at, at
        last = self.starts[end - 1]
        stop = end
        while stop < len(self.starts) and self.starts[stop] == last:
            stop += 1
        return self.starts[start], self.starts[stop] if stop < len(self.starts) else self.raw_length


@lru_cache(maxsize=16_384)
def fold(string: str) -> Folded:
    """The string in one way of writing, with offsets: never raises, `len(result.string) == len(result.starts)`."""
    if string.isascii():
        return Folded(string.replace("\t", " "), range(len(string)), len(string))
    if _ITSELF.fullmatch(string):
        return Folded(_DASH_BEFORE_DIGIT.sub("-", string) if "ー" in string else string, range(len(string)), len(string))
    if _THIN_SPACES.search(string):
        string = _THIN.sub(",", string)
    if "\u3000" in string and _WIDE_THOUSANDS.fullmatch(string):
        string = matcher(r"(?<=\d)\u3000(?=\d)").sub(",", string)
    alone = unicodedata.normalize("NFKC", string) if _WIDE.fullmatch(string) else string.translate(_ALONE)
    if len(alone) == len(string):
        return Folded(_DASH_BEFORE_DIGIT.sub("-", alone), range(len(string)), len(string))
    folded, starts = _fold_slowly(string)
    return Folded(_DASH_BEFORE_DIGIT.sub("-", folded), starts, len(string))


def _fold_slowly(string: str) -> tuple[str, tuple[int, ...]]:
    """As `fold`, character by character: for strings with ligatures, half-width voiced kana or combining marks."""
    out: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(string):
        folded = _ALONE[ord(char)] or ("\ufffd" if _is_unknown_digit(char) else _folded(char))
        if out and folded and unicodedata.combining(folded[0]):
            joined = unicodedata.normalize("NFC", out[-1] + folded)
            if len(joined) == 1:
                out[-1] = joined
                continue
        for part in folded:
            out.append(part)
            starts.append(at)
    return "".join(out), tuple(starts)


@lru_cache(maxsize=16_384)
def plain(string: str) -> str:
    """The string in one way of writing, without blanks around it."""
    return fold(string).string.strip()
