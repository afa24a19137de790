"""Two editions side by side: zones with what differs in them, and the judgement whether next year's numbers are read as this year's."""

from __future__ import annotations

import shlex
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
        """The zones that differ, those of one form with the same differences together, in the order of the document."""
        groups: dict[object, list[Compared]] = {}
        for one in self.zones:
            if one.found:
                together = one.old is not None and one.new is not None and one.layout
                groups.setdefault(one.like() if together else id(one), []).append(one)
        return list(groups.values())


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
    said = f"{_named(zone)}; {zone.numbers} numbers, {zone.facts} facts" + (f"; not understood: {'、'.join(unread)}" if unread else "")
    told = zone.form is Form.TABLE or any(h.said and h.numbers for h in zone.headers)
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


def _looks(old: Edition, new: Edition, headings: Iterable[Difference], zones: Iterable[Compared]) -> Iterator[Look]:
    found: dict[object, tuple[Difference, Edition, list[int]]] = {}
    for difference, zone in [*((d, None) for d in headings), *((d, one.zone) for one in zones for d in one.found)]:
        if not difference.look:
            continue
        header = difference.new or difference.old
        went = difference.change is Change.GONE
        edition = old if went else new
        page, line = (header.page, header.line) if header and (header is difference.new or went) else (zone.page, zone.line) if zone else (1, 1)
        known = found.setdefault(_signature(difference), (difference, edition, []))
        place = page if edition.paged else line
        known[2].extend([place] if place not in known[2] else [])
    for difference, edition, places in found.values():
        kind = f"{difference.kind} " if difference.kind else ""
        yield Look(tuple(places), edition.paged, f"{kind}{difference.change}: {difference.said}", shown_by(edition, places[0]))
    for edition in (old, new):
        for page in edition.unreadable:
            command = shown_by(edition, page)
            yield Look((page,), True, f"a page of {'NEW' if edition is new else 'OLD'} that cannot be read: its headers are not compared", command)


def shown_by(edition: Edition, place: int) -> str:
    """The command that shows how a page, or a line of a text file, was read."""
    return f"yojitsu explain {shlex.quote(edition.name)} --{'page' if edition.paged else 'line'} {place}"
