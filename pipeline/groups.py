"""Which documents are looked at together: those of one publisher, and those that cards tie to them. Only one group is in memory at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from pipeline.cards import Cards, believed
from pipeline.run import Entry


def groups(entries: Sequence[Entry], cards: Cards) -> list[list[Entry]]:
    """The documents in groups of which none says anything of another's: linking, editions and comparing stay within one.

    Groups are in the order of their municipality's code (without one first), then of publisher and ids; so the numbers of one municipality lie
    together in the tables, and its prefecture's before them. Within a group documents are in the order of their ids.
    """
    leader: dict[Hashable, Hashable] = {}

    def find(one: Hashable) -> Hashable:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for entry in entries:
        for tie in _ties(entry, cards):
            leader[find(tie)] = find(("document", entry.document_id))
    out: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        out.setdefault(find(("document", entry.document_id)), []).append(entry)
    return sorted((sorted(group, key=_within) for group in out.values()), key=_place)


def _ties(entry: Entry, cards: Cards) -> Iterator[Hashable]:
    """What a document shares with those that it may be compared with."""
    if entry.publisher:
        yield "publisher", entry.publisher
    elif not entry.failed:
        # Editions are found among documents of a year whose publisher nobody knows.
        yield "year", entry.fiscal_year
    if entry.sha256:
        yield "bytes", entry.sha256
    for card in believed(entry.row, cards):
        yield from (("bytes", digest) for digest in card.supersedes)
        if card.address:
            yield "address", card.address


def _within(entry: Entry) -> tuple[str, str]:
    return entry.document_id, entry.source.path


def _place(group: Sequence[Entry]) -> tuple[str, str, str, str]:
    codes, names = ([value for value in values if value] for values in zip(*((entry.area_code, entry.publisher) for entry in group), strict=True))
    return min(codes, default=""), min(names, default=""), *_within(group[0])
