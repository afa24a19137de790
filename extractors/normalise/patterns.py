"""Patterns written where they are used, compiled once.

`regex.search("…", string)` looks its pattern up in a cache of its own, in Python code that takes longer than most searches: a sixth of the
time of reading a table page went there.
"""

from __future__ import annotations

from functools import cache

import regex


@cache
def compiled(string: str) -> regex.Pattern[str]:
    """The compiled pattern of a string that the code holds (never one that a document holds: all are kept)."""
    return regex.compile(string)
