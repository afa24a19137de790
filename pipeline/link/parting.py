"""Indicators that became several, and several that became one: they are not linked, and the reason is kept."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.link.forms import Key, Number, Says, worth
from pipeline.link.likeness import DOUBTED, Verdict
from pipeline.link.names import LOOSE
from pipeline.link.things import Thing

# Parts that add up to the whole: more of them would add up by chance.
MOST_PARTS = 4
SUMMED = 5.0


@dataclass(frozen=True, eq=False)
class Parting:
    """`relation` is split (the whole is the earlier one) or merged (the parts are). `parts` are two or more."""

    relation: str
    whole: Thing
    parts: tuple[Thing, ...]
    score: float
    evidence: tuple[str, ...]


def partings(scored: Sequence[tuple[Thing, Thing, Verdict]]) -> list[Parting]:
    """Wholes with two or more parts among pairs (thing of this document, earlier thing, verdict)."""
    out = []
    for relation, whole_at, part_at in (("split", 1, 0), ("merged", 0, 1)):
        by_whole: dict[Thing, list[tuple[Thing, Verdict]]] = defaultdict(list)
        for pair in scored:
            sides = pair[0], pair[1]
            by_whole[sides[whole_at]].append((sides[part_at], pair[2]))
        for whole, some in by_whole.items():
            if parting := _parting(relation, whole, some):
                out.append(parting)
    return out


def _parting(relation: str, whole: Thing, some: Sequence[tuple[Thing, Verdict]]) -> Parting | None:
    parts = [(thing, verdict) for thing, verdict in some if not verdict.matches and _narrows(thing, whole)]
    for count in range(2, min(len(parts), MOST_PARTS) + 1):
        for chosen in itertools.combinations(parts, count):
            if year := _adds_up([thing for thing, _ in chosen], whole):
                things = tuple(thing for thing, _ in chosen)
                return Parting(relation, whole, things, max(verdict.score for _, verdict in chosen), (f"合計が一致 ({year})",))
    parts = [(thing, verdict) for thing, verdict in parts if verdict.bits >= DOUBTED]
    if len(parts) > 1 and not any(verdict.matches for _, verdict in some):
        return Parting(relation, whole, tuple(thing for thing, _ in parts), max(verdict.score for _, verdict in parts), ("語を加えた名前が複数ある",))
    return None


def _narrows(part: Thing, whole: Thing) -> bool:
    """Whether the part's name has all words of the whole's and one more that means something."""
    for small in whole.readings():
        for large in part.readings():
            more = large.counter - small.counter
            # The dictionary has 肺がん as one word, in which がん is not another.
            within = not small.counter - large.counter or small.tight in large.tight
            if within and any(word not in LOOSE for word in more):
                return True
    return False


def _adds_up(parts: Sequence[Thing], whole: Thing) -> str | None:
    """The year in which the parts' numbers sum to the whole's: a number of some digits, since 5 is 2 and 3 by chance."""
    for key in sorted(whole.says.keys(), key=str):
        numbers = [_one(thing.says, key) for thing in (whole, *parts)]
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers) and worth(Number(known[0])) >= SUMMED and math.isclose(known[0], sum(known[1:])):
            return str(key[2]) if not isinstance(key[2], tuple) else f"{key[2][0]}～{key[2][1]}"
    return None


def _one(says: Says, key: Key) -> float | None:
    numbers = says.get(key, ())
    return numbers[0].value if len(numbers) == 1 else None
