"""Two editions side by side: zones with what differs in them, and the judgement whether next year's numbers are read as this year's."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.headers.difference import KEPT, Change, Difference, became, differences
from pipeline.headers.model import Edition, Form, Header, Kind, Zone
from pipeline.headers.pairing import Pairing, paired
from pipeline.headers.zoning import ZonePair, Zoning, zoned

# The share of a zone's facts that must be of a kind before their absence is one.
MANY = 0.2


@dataclass(frozen=True)
class Compared:
    """One zone in both editions (one of them None where it went or came) and what differs; `pairing` has every header of it."""

    old: Zone | None
    new: Zone | None
    pairing: Pairing
    found: tuple[Difference, ...]

    @property
    def zone(self) -> Zone:
        zone = self.new or self.old
        assert zone is not None
        return zone

    @property
    def layout(self) -> tuple[Difference, ...]:
        """The differences of headers; rows that came and went are what the document tells, not how."""
        return tuple(d for d in self.found if d.kind is not Kind.ROW or d.look)

    @property
    def rows(self) -> tuple[Difference, ...]:
        return tuple(d for d in self.found if d.kind is Kind.ROW and not d.look)

    def like(self) -> tuple[object, ...]:
        """What is the same in zones that differ from their old ones in the same way, such as the sheets of one form."""
        return tuple(_signature(d) for d in self.layout)


@dataclass(frozen=True)
class Look:
    """One thing that a person must look at: where, why, and the command that shows it. `places` are pages, in a text file lines, of NEW, or of
    OLD where the thing is gone."""

    places: tuple[int, ...]
    paged: bool
    why: str
    command: str


@dataclass(frozen=True)
class Comparison:
    """All that differs between two editions; `looks` is empty where the new one is read as the old one was."""

    old: Edition
    new: Edition
    headings: tuple[Difference, ...]
    heading_pairs: Pairing
    zones: tuple[Compared, ...]
    looks: tuple[Look, ...]

    @property
    def safe(self) -> bool:
        return not self.looks

    def groups(self) -> list[list[Compared]]:
        """The zones that differ, those with the same differences together, and all lists that came or went; in the order of the document."""
        groups: dict[object, list[Compared]] = {}
        for one in self.zones:
            if one.found:
                both = one.old is not None and one.new is not None
                key = one.like() if both and one.layout else one.found[0].change if not both and one.zone.form is Form.LINES else id(one)
                groups.setdefault(key, []).append(one)
        return list(groups.values())

    @property
    def common(self) -> float:
        """The share of all numbers that stand in tables and lists that both editions have."""
        shared = sum(one.old.numbers + one.new.numbers for one in self.zones if one.old is not None and one.new is not None)
        whole = sum(zone.numbers for zone in (*self.old.zones, *self.new.zones))
        return shared / whole if whole else 1.0


def compare(old: Edition, new: Edition) -> Comparison:
    """Compares two editions; the same two give the same in every run."""
    heading_pairs = paired(old.headings, new.headings)
    headings = tuple(d for d in differences(heading_pairs))
    zones = tuple(_zones(zoned(old.zones, new.zones)))
    return Comparison(old, new, headings, heading_pairs, zones, tuple(_looks(old, new, headings, zones)))


def _zones(zoning: Zoning) -> Iterator[Compared]:
    """The zones in the order of the new edition, those that went last."""
    found = [_pair(pair) for pair in zoning.pairs] + [_one(None, zone) for zone in zoning.came]
    place = {id(one): (one.zone.page, one.zone.line) for one in found}
    yield from sorted(found, key=lambda one: place[id(one)])
    yield from (_one(zone, None) for zone in zoning.gone)


def _pair(pair: ZonePair) -> Compared:
    old, new = pair.old, pair.new
    pairing = paired(old.headers, new.headers)
    if pair.changed:
        said = f"{_named(old)} is now {_named(new, article='a ')}; {old.facts} facts → {new.facts}"
        return Compared(old, new, pairing, (Difference(Change.FORM, None, said, True),))
    found = differences(pairing, old, new)
    moved = _moved(old, new)
    lost = _fell(old, new) if not any(d.look for d in found) else None
    return Compared(old, new, pairing, tuple(d for d in (*found, moved, lost) if d is not None))


def _one(old: Zone | None, new: Zone | None) -> Compared:
    zone = new or old
    assert zone is not None
    pairing = paired(old.headers if old else [], new.headers if new else [])
    unread = [h.text for h in zone.headers if h.lost] if new else []
    said = f"{_named(zone)}; {zone.numbers} number{'s' * (zone.numbers != 1)}: {became(zone.became)}" + (
        f"; not understood: {'、'.join(unread)}" if unread else ""
    )
    told = zone.form is Form.TABLE or any(h.decides for h in zone.headers)
    return Compared(old, new, pairing, (Difference(Change.CAME if new else Change.GONE, None, said, told and zone.numbers > 0),))


def _named(zone: Zone, article: str = "") -> str:
    return f"{article}{'table' if zone.form is Form.TABLE else 'list of lines'} 「{zone.title}」" if zone.title else f"{article}{zone.form}"


def _moved(old: Zone, new: Zone) -> Difference | None:
    """A zone under other headings: what they say of role and year, its numbers may take from them."""
    first, second = ([h.spelling.bare for h in zone.headings] for zone in (old, new))
    if first == second or (first and second and first[-1] == second[-1]) or _renamed(old.headings, new.headings):
        return None
    said = f"from under 「{old.headings[-1].text if old.headings else '-'}」 to under 「{new.headings[-1].text if new.headings else '-'}」"
    return Difference(Change.MOVED, None, said, False)


def _renamed(old: Sequence[Header], new: Sequence[Header]) -> bool:
    """Whether two runs of headings differ in the words of the last one alone: the heading's own line tells that."""
    pairing = paired(old[-1:], new[-1:])
    return bool(pairing.pairs)


def _fell(old: Zone, new: Zone) -> Difference | None:
    """A zone with fewer facts than its numbers explain, or none of a kind of which it had many, where no header says why."""
    if not old.facts or not new.numbers:
        return None
    none = [what for what, count in old.became.items() if count >= MANY * old.facts and not new.became[what]]
    if new.facts / new.numbers >= KEPT * old.facts / old.numbers and not none:
        return None
    said = f"{old.numbers} numbers: {became(old.became)} → {new.numbers} numbers: {became(new.became)}"
    return Difference(Change.LOST, None, said, old.form is Form.TABLE)


def _signature(one: Difference) -> tuple[object, ...]:
    ends = [(h.shows(), h.reads) if h else None for h in (one.old, one.new)]
    return (one.change, one.kind, one.look, *ends, one.said if one.old is one.new is None else "")


@dataclass
class _Found:
    """One thing to look at, gathered from the zones in which it is found."""

    edition: Edition
    difference: Difference
    zones: list[Zone | None]
    places: list[int]


def _looks(old: Edition, new: Edition, headings: Iterable[Difference], zones: Iterable[Compared]) -> Iterator[Look]:
    found: dict[object, _Found] = {}
    for difference, zone in [*((d, None) for d in headings), *((d, one.zone) for one in zones for d in one.found)]:
        if not difference.look:
            continue
        edition = old if difference.change is Change.GONE else new
        listed = difference.kind is None and zone is not None and zone.form is Form.LINES and difference.change in (Change.GONE, Change.CAME)
        known = found.setdefault((difference.change, "lines") if listed else _signature(difference), _Found(edition, difference, [], []))
        known.zones.append(zone)
        place = _place(difference, zone, edition)
        known.places.extend([place] if place not in known.places else [])
    for one in found.values():
        yield Look(tuple(one.places), one.edition.paged, _why(one), shown_by(one.edition, one.places[0]))
    for edition in (old, new):
        for page in edition.unreadable:
            why = f"a page of {'NEW' if edition is new else 'OLD'} that cannot be read: its headers are not compared"
            yield Look((page,), True, why, shown_by(edition, page))


def _place(one: Difference, zone: Zone | None, edition: Edition) -> int:
    """The page, or the line of a text file, where a difference is seen."""
    seen = one.old if one.change is Change.GONE else one.new
    at = seen or zone
    return 1 if at is None else at.page if edition.paged else at.line


def _why(one: _Found) -> str:
    difference = one.difference
    if len(one.zones) > 1 and difference.kind is None and difference.change in (Change.GONE, Change.CAME):
        total = sum((zone.became for zone in one.zones if zone), Counter[str]())
        noun = "tables" if one.zones[0] is not None and one.zones[0].form is Form.TABLE else "lists of lines"
        return f"{difference.change}: {len(one.zones)} {noun}: {became(total)}"
    return f"{f'{difference.kind} ' if difference.kind else ''}{difference.change}: {difference.said}"


def shown_by(edition: Edition, place: int) -> str:
    """The command that shows how a page, or a line of a text file, was read."""
    return f"yojitsu explain {shlex.quote(edition.name)} --{'page' if edition.paged else 'line'} {place}"
