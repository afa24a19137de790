"""Which header of the old edition is which of the new one: the same, reworded, of another year, or at another level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from extractors.labels.hints import VALUE_ROLES, Role
from pipeline.headers.model import Header, Kind
from pipeline.headers.spelling import year_in

# How alike two wordings must be to be one header (share of characters in common): 目標値 and 目標 are 0.8, 参加者数 and 来館者数 0.5.
ALIKE = 0.6
# Names of rows are many, and alike without being one (講座の回数, 教室の回数: 0.6).
ALIKE_ROWS = 0.75
# A header alone between the same two neighbours as the one that went stands in its place, whatever it is called.
IN_PLACE = 0.65
# Roles that say what a number is: two headers of one of these and one year are one header reworded.
TELLING = VALUE_ROLES | {Role.RATE, Role.RATING, Role.CHANGE, Role.NAME, Role.UNIT}


class How(StrEnum):
    """What two paired headers have in common."""

    SAME = "same"  # words and place, with years counted from the document's
    FIXED = "fixed"  # words, place and the printed year itself: a plan's last year, its baseline
    LEVEL = "level"  # words, under other headers
    YEAR = "year"  # words and place, of another year
    REWORDED = "reworded"


class Pair(NamedTuple):
    """A header of the old edition and its successor."""

    old: Header
    new: Header
    how: How


class Parted(NamedTuple):
    """A header whose words several headers of the other edition repeat; `split`: the one is the old edition's."""

    whole: Header
    parts: tuple[Header, ...]
    split: bool


class Pairing(NamedTuple):
    """The pairs in the old edition's order, columns that were split or joined, and what has no partner."""

    pairs: tuple[Pair, ...]
    parted: tuple[Parted, ...]
    gone: tuple[Header, ...]
    came: tuple[Header, ...]


Key = Callable[[Header], Any]
KEYS: dict[str, Key] = {
    "relative": lambda h: (h.kind, tuple(s.relative for s in h.path), h.spelling.relative),
    "fixed": lambda h: (h.kind, tuple(s.fixed for s in h.path), h.spelling.fixed),
    "relative level": lambda h: (h.kind, h.spelling.relative),
    "fixed level": lambda h: (h.kind, h.spelling.fixed),
    "year": lambda h: (h.kind, tuple(s.bare for s in h.path), h.spelling.bare),
}


def paired(old: Sequence[Header], new: Sequence[Header]) -> Pairing:
    """Pairs each header at most once with one of its kind: equal ones first, then those under other headers, of other years, in other words.

    Columns whose years roll on with the edition agree in years counted from it; those whose years stay agree in the printed years. Which of
    the two they do, the number of headers that agree says.
    """
    found = [_paired([h for h in old if h.kind is kind], [h for h in new if h.kind is kind]) for kind in Kind]
    place = {id(h): at for at, h in enumerate((*old, *new))}
    pairs = sorted((pair for one in found for pair in one.pairs), key=lambda pair: place[id(pair.old)])
    gone, came = (sorted((h for some in side for h in some), key=lambda h: place[id(h)]) for side in ([o.gone for o in found], [o.came for o in found]))
    return Pairing(tuple(pairs), tuple(part for one in found for part in one.parted), tuple(gone), tuple(came))


def _paired(old: Sequence[Header], new: Sequence[Header]) -> Pairing:
    count = {name: sum(1 for _ in _equal(old, new, KEYS[name])) for name in ("relative", "fixed")}
    first = (("relative", How.SAME), ("fixed", How.FIXED))
    order = first if count["relative"] > count["fixed"] else first[::-1]
    steps = (*order, ("relative level", How.LEVEL), ("fixed level", How.LEVEL), ("year", How.YEAR))
    pairs: list[Pair] = []
    left, right = list(old), list(new)
    for name, how in steps:
        found = list(_equal(left, right, KEYS[name]))
        pairs += [Pair(a, b, How.SAME if how is How.FIXED and KEYS["relative"](a) == KEYS["relative"](b) else how) for a, b in found]
        left, right = _without(left, (a for a, _ in found)), _without(right, (b for _, b in found))
    parted = tuple(_parted(left, right))
    left, right = (_without(side, (h for one in parted for h in (one.whole, *one.parts))) for side in (left, right))
    for a, b in list(_alike(left, right, pairs)):
        pairs.append(Pair(a, b, How.REWORDED))
        left, right = _without(left, [a]), _without(right, [b])
    return Pairing(tuple(pairs), parted, tuple(left), tuple(right))


def _parted(gone: Sequence[Header], came: Sequence[Header]) -> Iterable[Parted]:
    """Columns whose words several others repeat: 来館者数 to 来館者数（本館） and 来館者数（分館）, or the other way round."""
    for split, wholes, others in ((True, gone, came), (False, came, gone)):
        for whole in wholes:
            words = whole.spelling.bare
            parts = [h for h in others if h.kind is whole.kind is Kind.COLUMN and len(words) > 1 and words in h.spelling.bare]
            if len(parts) > 1 and len({len(h.above) for h in (whole, *parts)}) == 1:
                yield Parted(whole, tuple(parts), split)


def _without(headers: Sequence[Header], taken: Iterable[Header]) -> list[Header]:
    ids = {id(h) for h in taken}
    return [h for h in headers if id(h) not in ids]


def _equal(old: Sequence[Header], new: Sequence[Header], key: Key) -> Iterable[tuple[Header, Header]]:
    """Headers of one key, the first of the old ones with the first of the new ones."""
    waiting: dict[Any, list[Header]] = defaultdict(list)
    for header in new:
        waiting[key(header)].append(header)
    for header in old:
        if waiting[key(header)]:
            yield header, waiting[key(header)].pop(0)


def _alike(old: Sequence[Header], new: Sequence[Header], known: Sequence[Pair]) -> Iterable[tuple[Header, Header]]:
    """Headers in other words, the most alike first."""
    scored = [(likeness(a, b, known, old, new), -i, -j, a, b) for i, a in enumerate(old) for j, b in enumerate(new)]
    taken: set[int] = set()
    for score, _, _, a, b in sorted(scored, key=lambda one: one[:3], reverse=True):
        if score >= (ALIKE_ROWS if a.kind is Kind.ROW else ALIKE) and not {id(a), id(b)} & taken:
            taken |= {id(a), id(b)}
            yield a, b


def likeness(a: Header, b: Header, known: Sequence[Pair] = (), old: Sequence[Header] = (), new: Sequence[Header] = ()) -> float:
    """How much two headers are one, 0 to 1: 0 for two roles or two years that differ, more for one role and year than for like words."""
    if a.kind is not b.kind or len(a.above) != len(b.above):
        return 0.0
    roles = (a.hint.role, b.hint.role)
    if None not in roles and roles[0] is not roles[1]:
        return 0.0
    if None not in (a.hint.when, b.hint.when) and not _one_time(a, b):
        return 0.0
    words = fuzz.ratio(a.spelling.bare, b.spelling.bare) / 100
    if roles[0] in TELLING and roles[0] is roles[1] and a.kind in (Kind.COLUMN, Kind.FIELD) and _one_time(a, b):
        return 0.8 + 0.2 * words
    return max(words, IN_PLACE if _in_place(a, b, known, old, new) else 0.0)


def _one_time(a: Header, b: Header) -> bool:
    """Whether two headers name the same year, counted from their documents or as printed; also where neither names one."""
    years = (year_in(a.hint.when), year_in(b.hint.when))
    if None in years:
        return years[0] == years[1]
    return years[0] == years[1] or (a.base is not None and b.base is not None and (years[0] or 0) - a.base == (years[1] or 0) - b.base)


def _in_place(a: Header, b: Header, known: Sequence[Pair], old: Sequence[Header], new: Sequence[Header]) -> bool:
    """Whether two columns are each the only one without a partner between the same neighbours, and both stand over numbers."""
    if a.kind is not Kind.COLUMN or not (a.numbers and b.numbers):
        return False
    level = [p for p in known if p.old.kind is a.kind and len(p.old.above) == len(a.above) and p.how is not How.LEVEL]
    before = max((p for p in level if p.old.order < a.order), key=lambda p: p.old.order, default=None)
    after = min((p for p in level if p.old.order > a.order), key=lambda p: p.old.order, default=None)
    if before is None and after is None:
        return False
    return _between(old, a, before and before.old, after and after.old) == [id(a)] and _between(new, b, before and before.new, after and after.new) == [id(b)]


def _between(headers: Sequence[Header], one: Header, before: Header | None, after: Header | None) -> list[int]:
    """The columns over numbers on the level of one, between two of that level."""
    level = (h for h in headers if h.kind is one.kind and len(h.above) == len(one.above) and h.numbers)
    return [id(h) for h in level if (before is None or h.order > before.order) and (after is None or h.order < after.order)]


def out_of_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The fewest pairs without which all others stand in one order in both editions; headers of two blocks of a table may share a column."""
    chain: list[list[Pair]] = []
    for pair in sorted(pairs, key=lambda p: (p.old.order, p.new.order)):
        longest = max((c for c in chain if c[-1].new.order <= pair.new.order), key=len, default=[])
        chain.append([*longest, pair])
    kept = {id(pair) for pair in max(chain, key=len, default=[])}
    return [pair for pair in pairs if id(pair) not in kept]
