"""When two printed numbers agree: within what was rounded away, and what a slip of the pen looks like."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

import regex

from extractors.normalise.patterns import compiled
from extractors.vocabulary import Fact, Text

# Offices round, cut off and round up: a printed number may lie up to one unit of its last digit from the true one, and no further.
LAST_DIGIT: Final = 1.0
_ROUNDING: Final = 1e-9
# Indicators of which less is better, by what their names say; their rate is printed as target over actual, or as 2 - actual over target.
LESS_IS_BETTER: Final = regex.compile(
    r"減|待機|事故|死亡|死者|自殺|犯罪|火災|滞納|未納|排出|喫煙|未処理|未達|苦情|離職|空き家|不登校|いじめ|ごみ|廃棄|中退|不足|超過|違反|漏水|欠員|被害|負債|依存|残業|時間外|未然|肥満|むし歯"
)


def places_of(value: float) -> int:
    """Decimals of a number as it was printed, as far as the number still tells them: 12.5 has one, 12.50 has one too."""
    return 0 if value % 1.0 == 0.0 else _places(value)


@lru_cache(maxsize=16_384)
def _places(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def printed_places(text: Text | None, value: float) -> int:
    """Decimals as printed in a text that holds the number; by the number alone where there is no text."""
    match = compiled(r"[.．](\d+)").search(text.string) if text is not None else None
    return len(match[1]) if match else places_of(value)


def agrees(computed: float, printed: float, places: int, spread: float = 0.0) -> bool:
    """Whether a printed number (with its decimals) may be the computed one, which is itself sure to within `spread`."""
    return abs(computed - printed) < LAST_DIGIT * 10.0**-places + spread + _ROUNDING * max(1.0, abs(printed))


def spread_of(value: float) -> float:
    """By how much a printed value may be off its true one: half of its last digit where it has decimals, nothing where it counts."""
    places = places_of(value)
    return 0.5 * 10.0**-places if places else 0.0


def ratio(part: float, whole: float) -> tuple[float, float]:
    """100 * part / whole and how far off that may be since both are printed rounded. `whole` is not 0."""
    percent = 100 * part / whole
    off = abs(percent) * (spread_of(part) / abs(part) if part else 0.0) + abs(percent) * spread_of(whole) / abs(whole)
    return percent, off


def rates(actual: float, target: float, baseline: float | None = None) -> Iterator[tuple[str, float, float]]:
    """Every way in which plans compute 達成率, as (name, percent, how far off it may be); the first is the usual one.

    straight: 実績/目標; inverse: 目標/実績 and twofold: 2 - 実績/目標, where less is better; progress: from the baseline on the way to the target.
    """
    if target:
        percent, off = ratio(actual, target)
        yield "straight", percent, off
        yield "twofold", 200 - percent, off
    if actual:
        yield "inverse", *ratio(target, actual)
    if baseline is not None and baseline != target:
        off = 100 * (spread_of(actual) + 2 * spread_of(baseline) + spread_of(target)) / abs(target - baseline)
        yield "progress", 100 * (actual - baseline) / (target - baseline), off * 2


def ways(printed: float, places: int, actual: float, target: float, baseline: float | None = None) -> set[str]:
    """Which of `rates` give the printed rate; `capped` where 100 stands for more, `floor` where 0 stands for less."""
    out = set()
    for name, percent, off in rates(actual, target, baseline):
        if agrees(percent, printed, places, off):
            out.add(name)
        if printed == 100 and percent >= 100:
            out.add("capped")
        if printed == 0 and percent <= 0:
            out.add("floor")
    if actual == target and printed == 100:
        out.add("straight")
    return out


def slip(one: float, other: float) -> bool:
    """Whether two numbers differ as a slip makes them differ: one digit, two neighbouring digits changed about, or a factor of 10, 100, 1000."""
    if one == other or one <= 0 or other <= 0:
        return False
    if any(abs(one * factor - other) < 1e-6 * other or abs(other * factor - one) < 1e-6 * one for factor in (10, 100, 1000)):
        return True
    places = max(places_of(one), places_of(other))
    a, b = (f"{value:.{places}f}" for value in (one, other))
    if len(a) != len(b):
        return False
    apart = [at for at in range(len(a)) if a[at] != b[at]]
    swapped = len(apart) == 2 and apart[1] - apart[0] == 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
    return len(a) > 2 and (len(apart) == 1 or swapped)


def same_place(one: Fact, other: Fact) -> bool:
    """Whether two facts stand in one table or list: on one page, or within a few lines of a text file."""
    if one.figure.line and other.figure.line:
        return abs(one.figure.line - other.figure.line) <= 3
    return one.page == other.page
