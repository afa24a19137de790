"""Patterns written where they are used, compiled once.

`re.search("…", string)` looks its pattern up in a cache of its own, in Python code that takes longer than most searches: a sixth of the
time of reading a table page went there. `re` itself takes a third of the time of `regex`, which stays where a property, a look behind of no fixed
width or a group's name for two groups is needed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import regex

# The scripts of Japanese words as Unicode 16 gives them (\p{Han}, \p{Hiragana}, \p{Katakana}), to stand between the brackets of a pattern for `re`.
HAN: Final = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9"
    "\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6\U00020000-\U0002a6df\U0002a700-\U0002b81e\U0002b820-\U0002cead\U0002ceb0-\U0002ebe0"
    "\U0002ebf0-\U0002ee5d\U0002f800-\U0002fa1d\U00030000-\U0003134a\U00031350-\U00033479"
)
HIRAGANA: Final = "\u3041-\u3096\u309d-\u309f\U0001b001-\U0001b11f\U0001b123\U0001b132\U0001b150-\U0001b152\U0001f200"
KATAKANA: Final = (
    "\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357\uff66-\uff6f\uff71-\uff9d\U0001aff0-\U0001aff3\U0001aff5-\U0001affb"
    "\U0001affd-\U0001affe\U0001b000\U0001b120-\U0001b122\U0001b124-\U0001b128\U0001b155\U0001b164-\U0001b168"
)
# All that `regex` takes for blanks, for `re`, which finds it in a third of the time but has its own mind of what a blank is.
BLANKS: Final = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


@cache
def matcher(string: str) -> re.Pattern[str]:
    """The compiled pattern of a string that the code holds (never one that a document holds: all are kept)."""
    return re.compile(string)


@cache
def compiled(string: str) -> regex.Pattern[str]:
    """The same for `regex`: for a pattern with a property (`\\p{L}`)."""
    return regex.compile(string)
