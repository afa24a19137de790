"""Patterns written where they are used, compiled once.

`regex.search("…", string)` looks its pattern up in a cache of its own, in Python code that takes longer than most searches: a sixth of the
time of reading a table page went there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import regex

# All that `regex` takes for blanks (\\s+), for `re`, which finds it in a third of the time but has its own mind of what a blank is.
BLANKS: Final = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


@cache
def compiled(string: str) -> regex.Pattern[str]:
    """The compiled pattern of a string that the code holds (never one that a document holds: all are kept)."""
    return regex.compile(string)
