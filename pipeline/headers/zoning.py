"""Which table or list of the old edition is which of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.headers.model import Form, Header, Kind, Zone

# What two zones must have in common (weighted share) to be one: the columns of another table with the same 指標, 目標 and 実績 alone give 0.5.
ONE = 0.5
# How much columns, names of rows, and title count.
COLUMNS, ROWS, TITLE = 0.45, 0.35, 0.2
# Share of a table's rows whose names a list must hold to be the table printed as a list.
LISTED = 0.5


class ZonePair(NamedTuple):
    """A zone of the old edition and its successor; `changed` where a table became a list or a list a table."""

    old: Zone
    new: Zone
    changed: bool = False


class Zoning(NamedTuple):
    """The pairs in the old edition's order, and what has no partner."""

    pairs: tuple[ZonePair, ...]
    gone: tuple[Zone, ...]
    came: tuple[Zone, ...]


def zoned(old: Sequence[Zone], new: Sequence[Zone]) -> Zoning:
    """Pairs each zone at most once: those of one form first, the most alike before others, then tables with lists that hold their rows."""
    pairs: list[ZonePair] = []
    left, right = list(old), list(new)
    for form in Form:
        scored = _scored([z for z in old if z.form is form], [z for z in new if z.form is form])
        for a, b in _best(scored):
            pairs.append(ZonePair(a, b))
    left, right = _without(left, (p.old for p in pairs)), _without(right, (p.new for p in pairs))
    for a, b in _best([(s, -i, -j, a, b) for i, a in enumerate(left) for j, b in enumerate(new) if a.form is not b.form and (s := _holds(a, b)) >= LISTED]):
        pairs.append(ZonePair(a, b, changed=True))
    for b, a in _best([(s, -i, -j, b, a) for i, b in enumerate(right) for j, a in enumerate(old) if a.form is not b.form and (s := _holds(b, a)) >= LISTED]):
        if not any(p.changed and (p.old is a or p.new is b) for p in pairs):
            pairs.append(ZonePair(a, b, changed=True))
    place = {id(z): at for at, z in enumerate(old)}
    ordered = sorted(pairs, key=lambda p: place[id(p.old)])
    return Zoning(tuple(ordered), tuple(_without(left, (p.old for p in pairs))), tuple(_without(right, (p.new for p in pairs))))


Scored = tuple[float, int, int, Zone, Zone]


def _scored(old: Sequence[Zone], new: Sequence[Zone]) -> list[Scored]:
    """Pairs that may be one, with how alike they are; of two that are equally alike, those that stand at the same place in the run of zones."""
    marks = [(_columns(z), _rows(z)) for z in (*old, *new)]
    out = []
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            score = alike(a, b, marks[i], marks[len(old) + j])
            if score >= ONE:
                out.append((score, -abs(i - j), -j, a, b))
    return out


def _best(scored: list[Scored]) -> Iterable[tuple[Zone, Zone]]:
    taken: set[int] = set()
    for _, _, _, a, b in sorted(scored, key=lambda one: one[:3], reverse=True):
        if not {id(a), id(b)} & taken:
            taken |= {id(a), id(b)}
            yield a, b


def _without(zones: Sequence[Zone], taken: Iterable[Zone]) -> list[Zone]:
    ids = {id(z) for z in taken}
    return [z for z in zones if id(z) not in ids]


Marks = tuple[Counter[str], Counter[str]]


def alike(a: Zone, b: Zone, first: Marks, second: Marks) -> float:
    """How much two zones of one form are one, 0 to 1: their columns and keys, the names of their rows, their titles. What neither has is left out."""
    parts = [(COLUMNS, _dice(first[0], second[0])), (ROWS, _dice(first[1], second[1])), (TITLE, _titles(a, b))]
    weighed = [(weight, share) for weight, share in parts if share is not None]
    return sum(weight * share for weight, share in weighed) / sum(weight for weight, _ in weighed) if weighed else 0.0


def _columns(zone: Zone) -> Counter[str]:
    return Counter(h.spelling.bare for h in zone.of(Kind.COLUMN, Kind.FIELD))


def _rows(zone: Zone) -> Counter[str]:
    return Counter(h.spelling.bare for h in zone.of(Kind.ROW))


def _dice(a: Counter[str], b: Counter[str]) -> float | None:
    whole = a.total() + b.total()
    return 2 * (a & b).total() / whole if whole else None


def _titles(a: Zone, b: Zone) -> float | None:
    titles = [" ".join(h.spelling.bare for h in (*z.headings[-1:], *(n for n in z.of(Kind.NOTE) if n.hint.name))) for z in (a, b)]
    return fuzz.ratio(*titles) / 100 if any(titles) else None


def _names(zone: Zone) -> set[Hashable]:
    """What numbers are called: rows, and columns that name them."""
    return {h.spelling.bare for h in zone.headers if _named(h)}


def _named(header: Header) -> bool:
    return header.naming and header.numbers > 0 and header.kind in (Kind.ROW, Kind.COLUMN)


def _holds(a: Zone, b: Zone) -> float:
    """The share of the names in one zone that another has too."""
    names = _names(a)
    return len(names & _names(b)) / len(names) if names else 0.0
