"""What differs between two paired zones, one line for each thing, and whether a person must look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.labels import Role
from pipeline.headers.model import Header, Kind, Zone
from pipeline.headers.pairing import How, Pair, Pairing, out_of_order
from pipeline.headers.spelling import OPEN, offset_word, year_in

# Of a header's numbers, the share that are facts: what it may fall by before next year's numbers count as lost.
KEPT = 0.5


class Change(StrEnum):
    """The kinds of difference."""

    GONE = "gone"
    CAME = "came"
    MOVED = "moved"
    REWORDED = "reworded"
    UNIT = "unit"
    YEAR = "year"
    SPLIT = "split"
    JOINED = "joined"
    LEVEL = "level"
    FORM = "form"
    LOST = "lost"
    UNREAD = "not understood"


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `old` and `new` are the headers it is about (either may be None), `said` is a sentence's rest for a person,
    `look` tells that numbers may be read otherwise than before or not at all."""

    change: Change
    kind: Kind | None
    said: str
    look: bool
    old: Header | None = None
    new: Header | None = None


def differences(pairing: Pairing, old: Zone | None = None, new: Zone | None = None) -> list[Difference]:
    """The differences of two editions of a zone (or, without zones, of the headings), in a fixed order."""
    out: list[Difference] = []
    parted, used = _parted(pairing)
    out += parted
    gone = [h for h in pairing.gone if id(h) not in used]
    came = [h for h in pairing.came if id(h) not in used]
    out += [_gone(h) for h in gone]
    levels, moved = _levels([p for p in pairing.pairs if p.how is How.LEVEL and not _below_its_own(p, pairing.pairs)], came, gone)
    out += levels
    came = [h for h in came if id(h) not in moved]
    out = [d for d in out if d.old is None or d.change is not Change.GONE or id(d.old) not in moved]
    out += [_came(h) for h in came]
    for pair in pairing.pairs:
        out += _changed(pair, pairing)
    out += _order(pairing.pairs)
    if old is not None and new is not None and not any(d.change is Change.UNIT for d in out):
        out += _units(pairing.pairs, old, new)
    return out


def reading(header: Header) -> str:
    """What is read from a header, in words."""
    return ", ".join(header.reads) or "nothing"


def _governs(header: Header) -> str:
    return f"{_counted(header.numbers, 'number')}: {became(header.became)}" if header.numbers else "no numbers"


def became(counts: Counter[str]) -> str:
    """What numbers are in the tables: `12 targets, 3 rates`; `no row` where they are in none."""
    return ", ".join(_counted(counts[what], what) for what in sorted(counts)) or "no row"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _tells(header: Header) -> bool:
    """Whether a header says how numbers are read, beyond what they are called: a column or key over any, a heading or note that decided."""
    return header.numbers > 0 if header.kind in (Kind.COLUMN, Kind.FIELD) else header.kind is not Kind.ROW and header.decides > 0


def _gone(h: Header) -> Difference:
    return Difference(Change.GONE, h.kind, f"{h.shows()}  was {reading(h)}; {_governs(h)}", _tells(h), old=h)


def _came(h: Header) -> Difference:
    said = f"{h.shows()}  read as {reading(h)}; {_governs(h)}"
    return Difference(Change.UNREAD if h.lost else Change.CAME, h.kind, said, _tells(h), new=h)


def _parted(pairing: Pairing) -> tuple[list[Difference], set[int]]:
    """Columns that were split into several, or joined from several; and the headers that this explains."""
    out: list[Difference] = []
    used: set[int] = set()
    repeated = ((Change.SPLIT if one.split else Change.JOINED, one.whole, list(one.parts)) for one in pairing.parted)
    for change, whole, parts in (*_heads(pairing), *repeated):
        if id(whole) in used or any(id(part) in used for part in parts):
            continue
        used |= {id(whole), *map(id, parts)}
        listed = "、".join(f"{part.text} ({reading(part)})" for part in parts)
        said = f"{whole.shows()}  {'→' if change is Change.SPLIT else '←'}  {listed}"
        ends = (whole, parts[0]) if change is Change.SPLIT else (parts[0], whole)
        out.append(Difference(change, whole.kind, said, whole.numbers > 0 or any(p.numbers for p in parts), *ends))
    return out, used


def _heads(pairing: Pairing) -> Iterator[tuple[Change, Header, list[Header]]]:
    """A column under which several stand now where none did, and the other way round."""
    olds = {id(over) for p in pairing.pairs for over in p.old.above} | {id(over) for h in pairing.gone for over in h.above}
    news = {id(over) for p in pairing.pairs for over in p.new.above} | {id(over) for h in pairing.came for over in h.above}
    for pair in pairing.pairs:
        if pair.old.kind is not Kind.COLUMN:
            continue
        if id(pair.old) not in olds and id(pair.new) in news:
            parts = [h for h in pairing.came if h.above and h.above[-1] is pair.new]
            yield from [(Change.SPLIT, pair.old, parts)] if len(parts) > 1 else []
        if id(pair.old) in olds and id(pair.new) not in news:
            parts = [h for h in pairing.gone if h.above and h.above[-1] is pair.old]
            yield from [(Change.JOINED, pair.new, parts)] if len(parts) > 1 else []


def _levels(pairs: Sequence[Pair], came: Sequence[Header], gone: Sequence[Header]) -> tuple[list[Difference], set[int]]:
    """Headers put over others, or taken away from over them, once for all that stand below; and those headers."""
    out: list[Difference] = []
    used: set[int] = set()
    for side, over in [("added", h) for h in came] + [("removed", h) for h in gone]:
        below = [p for p in pairs if p.how is How.LEVEL and any(h is over for h in (p.new if side == "added" else p.old).above)]
        if below:
            used.add(id(over))
            told = any(_reads_otherwise(p) for p in below) or over.said
            said = f"{over.text} ({reading(over)}) {side} over {'、'.join(p.new.text for p in below)}"
            out.append(Difference(Change.LEVEL, over.kind, said, told, *((None, over) if side == "added" else (over, None))))
    for pair in pairs:
        if pair.how is How.LEVEL and not any(id(h) in used for h in (*pair.old.above, *pair.new.above)):
            where = [" > ".join(h.text for h in one.above) or "the top" for one in pair[:2]]
            said = f"{pair.new.text}  from under {where[0]} to under {where[1]}"
            out.append(Difference(Change.MOVED, pair.new.kind, said, pair.new.kind is Kind.COLUMN and _reads_otherwise(pair), pair.old, pair.new))
    return out, used


def _below_its_own(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether a header stands under the same headers as before, of which one has other words now."""
    partner = {id(p.old): p.new for p in pairs}
    return [id(partner.get(id(h))) for h in pair.old.above] == [id(h) for h in pair.new.above]


def _changed(pair: Pair, pairing: Pairing) -> list[Difference]:
    """What differs in one header: its words, unit or year, and the reading of its numbers."""
    a, b = pair.old, pair.new
    out = []
    if a.hint.unit != b.hint.unit:
        said = f"{a.text} → {b.text}  {a.hint.unit or 'no unit'} → {b.hint.unit or 'no unit'}"
        out.append(Difference(Change.UNIT, b.kind, said, a.numbers + b.numbers > 0, a, b))
    if pair.how is How.REWORDED:
        same = a.reads == b.reads or not (_tells(a) or _tells(b))
        was = reading(b) if a.reads == b.reads else f"{reading(a)} → {reading(b)}"
        said = f"{a.shows()} → {b.shows()}  read as {was}; {_turned(pair)}"
        out.append(Difference(Change.UNREAD if b.lost else Change.REWORDED, b.kind, said, not same or _drops(pair), a, b))
    elif pair.how is How.YEAR or (pair.how is How.FIXED and _stays(pair, pairing)):
        said = f"{b.shows()}  {_offset(a)} → {_offset(b)}" + ("" if a.text == b.text else f" ({a.text} → {b.text})")
        role = any(h.hint.role is Role.ACTUAL for h in (b, *b.above))
        out.append(Difference(Change.YEAR, b.kind, said, (_tells(a) or _tells(b)) and (pair.how is How.YEAR or role), a, b))
    if _drops(pair) and not any(d.look for d in out):
        said = f"{b.shows()}  read as {reading(b)}; {_turned(pair)}"
        out.append(Difference(Change.LOST, b.kind, said, b.kind is not Kind.ROW, a, b))
    elif b.lost and a.lost and not out and not b.facts:
        out.append(Difference(Change.UNREAD, b.kind, f"{b.shows()}  {_governs(b)}; as in the old edition", False, a, b))
    return out


def _offset(header: Header) -> str:
    """The year of a header, counted from its document's."""
    return offset_word(header.hint.when, header.base) or header.spelling.said


def _turned(pair: Pair) -> str:
    """What the numbers of a header were and are."""
    a, b = pair.old, pair.new
    return _governs(b) if a.became == b.became and a.numbers == b.numbers else f"{_governs(a)} → {_governs(b)}"


def _drops(pair: Pair) -> bool:
    """Whether numbers that were facts under a header are none any more, or all facts of another kind (targets that are read as results)."""
    a, b = pair.old, pair.new
    if a.kind in (Kind.COLUMN, Kind.FIELD) and a.became and b.became and not a.became.keys() & b.became.keys():
        return True
    return a.facts > 0 and b.numbers > 0 and b.facts / b.numbers < KEPT * a.facts / a.numbers


def _stays(pair: Pair, pairing: Pairing) -> bool:
    """Whether a header kept its printed year while the edition went on, though nothing that must have one year (a target, a baseline) asks for it,
    and no other column took over its place in the run of years."""
    a, b = pair.old, pair.new
    if {h.hint.role for h in (b, *b.above)} & {Role.TARGET, Role.BASELINE} or b.base is None or a.base is None or OPEN not in b.spelling.bare:
        return False
    offset = (year_in(a.hint.when) or 0) - a.base
    others = (*(p.new for p in pairing.pairs), *pairing.came)
    dated = [h for h in others if h.kind is b.kind and h.hint.when is not None and len(h.above) == len(b.above)]
    return a.base != b.base and offset not in {(year_in(h.hint.when) or 0) - b.base for h in dated}


def _reads_otherwise(pair: Pair) -> bool:
    return pair.old.reads != pair.new.reads or _drops(pair)


def _order(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Columns and headings that stand in another order among those below the same header."""
    for kind in (Kind.HEADING, Kind.COLUMN, Kind.FIELD):
        siblings: dict[tuple[int, ...], list[Pair]] = {}
        for pair in pairs:
            if pair.new.kind is kind and pair.how is not How.LEVEL:
                siblings.setdefault(tuple(id(h) for h in pair.new.above), []).append(pair)
        for group in siblings.values():
            for pair in out_of_order(group):
                before = max((p for p in group if p.new.order < pair.new.order), key=lambda p: p.new.order, default=None)
                said = f"{pair.new.shows()}  now {'after ' + before.new.text if before else 'first'}; {_governs(pair.new)}"
                yield Difference(Change.MOVED, kind, said, kind is not Kind.HEADING and _reads_otherwise(pair), pair.old, pair.new)


def _units(pairs: Sequence[Pair], old: Zone, new: Zone) -> list[Difference]:
    """Units that changed though no header says so: in the cells, a column 単位, a note that went or came."""
    for kind in (Kind.COLUMN, Kind.FIELD, Kind.ROW):
        found = [p for p in pairs if p.new.kind is kind and p.old.units and p.new.units and not set(p.old.units) & set(p.new.units)]
        if found:
            return [Difference(Change.UNIT, kind, f"numbers of {p.new.shows()}  {_listed(p.old)} → {_listed(p.new)}", True, p.old, p.new) for p in found]
    return []


def _listed(header: Header) -> str:
    return "、".join(unit or "no unit" for unit in sorted(header.units))
