"""Which way an indicator is meant to go. Where neither its target, nor its name, nor the document's own rate says so, nobody guesses."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import regex

from yojitsu.filters import folded

Way = Literal["higher", "lower"]
HIGHER: tuple[str, ...] = (">=", ">")
LOWER: tuple[str, ...] = ("<=", "<")
# Percentage points by which a printed rate may differ from the one recomputed: it is printed with one decimal, or with none.
ROUNDING = 0.6
BRACKETED = regex.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
MARKS = regex.compile(r"[「」『』\"'“”・※*]")


class Direction(NamedTuple):
    """`way` None where it is unknown or its sources disagree; `source` says where it is from."""

    way: Way | None
    source: str | None


class _Word(NamedTuple):
    pattern: regex.Pattern[str]
    way: Way


def direction_of(names: tuple[str | None, ...], comparator: str | None, target: float, actual: float | None, printed_rate: float | None) -> Direction:
    """The direction of an indicator called `names` (name and component, the more exact last) whose target is compared so.

    The target's own comparator decides before words, words before the printed rate; a word that the printed rate speaks against decides nothing.
    """
    if comparator in HIGHER + LOWER:
        return Direction("higher" if comparator in HIGHER else "lower", f"comparator {comparator}")
    word = next((found for name in reversed(names) if name and (found := way_of(name))), None)
    rated = None if actual is None or printed_rate is None else rated_way(target, actual, printed_rate)
    if word and rated and word[0] != rated:
        return Direction(None, f"the word {word[1]} says {word[0]}, the printed rate {rated}")
    if word:
        return Direction(word[0], f"word {word[1]}")
    return Direction(rated, "printed rate" if rated else None)


# A name stands in as many rows as there are years and places of it.
@lru_cache(maxsize=65536)
def way_of(name: str) -> tuple[Way, str] | None:
    """The way that the end of a name points, and the words that say so; None where none of directions.toml does."""
    bare = MARKS.sub("", folded(name))
    # Without what stands in brackets, unless that is all (【開催】).
    bare = BRACKETED.sub("", bare) or bare
    found = [(match[0], word.way) for word in _words() if (match := word.pattern.search(bare))]
    longest = max((len(words) for words, _ in found), default=0)
    ways = {way for words, way in found if len(words) == longest}
    return (ways.pop(), next(words for words, _ in found if len(words) == longest)) if len(ways) == 1 else None


def rated_way(target: float, actual: float, rate: float) -> Way | None:
    """The way that a printed rate (percent) tells: 実績/目標 grows with the actual; 目標/実績, and 2 - 実績/目標, shrink. None where it fits both or none."""
    if not target:
        return None
    share = 100 * actual / target
    up = abs(rate - share) <= ROUNDING
    down = abs(rate - (200 - share)) <= ROUNDING or (actual != 0 and abs(rate - 100 * target / actual) <= ROUNDING)
    return None if up == down else "higher" if up else "lower"


@cache
def _words() -> tuple[_Word, ...]:
    source = tomllib.loads(Path(__file__).with_name("directions.toml").read_text(encoding="utf-8"))
    return tuple(
        # The longest match first: search begins at the left.
        _Word(regex.compile(rf"(?<![未不非無]|非正規の?)(?:{folded(end)}){source['counters']}$"), entry["is"])
        for entry in source["direction"]
        for end in entry["ends"]
    )
