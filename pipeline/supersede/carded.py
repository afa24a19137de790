"""What cards say of editions: `supersedes`, and files that were fetched from one address at different times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from pipeline.cards import Cards, believed
from pipeline.supersede.alike import Edited
from pipeline.supersede.order import Pair

# At one address lies this year's plan, then next year's. Half of their numbers in common is more than last year's results in this year's plan.
ABOUT_THE_SAME = 0.5


class Said(NamedTuple):
    """What cards say: `pairs` of older and newer, `other` pairs at one address that are two documents, `unread` pairs whose newer gives no number."""

    pairs: tuple[Pair, ...]
    other: tuple[Pair, ...]
    unread: tuple[Pair, ...]


def said_by(cards: Cards, documents: Mapping[str, Edited]) -> Said:
    """The editions of which cards speak, by document_id, among those documents that are there."""
    pairs, other, unread = [], [], []
    fetched = dict.fromkeys(_fetched(cards, documents))
    for old, new in sorted({*fetched, *(pair for pair in _supersedes(cards, documents) if pair[::-1] not in fetched)}):
        at_one_address = (old, new) in fetched or _one_address(cards, documents[old], documents[new])
        if documents[old].count and not documents[new].count:
            # An error page, a scan or a broken file in its place: what could be read is worth more than nothing.
            unread.append((old, new))
        elif at_one_address and not _may_be_editions(documents[old], documents[new]):
            other.append((old, new))
        else:
            pairs.append((old, new))
    return Said(tuple(pairs), tuple(other), tuple(unread))


def _supersedes(cards: Cards, documents: Mapping[str, Edited]) -> Iterator[Pair]:
    by_hash = {one.row["sha256"]: one.id for one in documents.values() if one.row["sha256"]}
    for new in documents.values():
        hashes = (digest for card in believed(new.row, cards) for digest in card.supersedes)
        yield from ((by_hash[digest], new.id) for digest in hashes if by_hash.get(digest, new.id) != new.id)


def _fetched(cards: Cards, documents: Mapping[str, Edited]) -> Iterator[Pair]:
    """Each document and the one that was fetched next from the same address, by the last time that each was."""
    times: dict[str, dict[str, object]] = defaultdict(dict)
    for one in documents.values():
        for card in believed(one.row, cards):
            if card.address and card.retrieved:
                times[card.address][one.id] = max(str(card.retrieved), str(times[card.address].get(one.id, "")))
    for some in times.values():
        yield from ((old, new) for (at, old), (then, new) in pairwise(sorted((str(at), name) for name, at in some.items())) if at != then)


def _one_address(cards: Cards, one: Edited, other: Edited) -> bool:
    """Whether both came from one address: then it was the fetching step that wrote `supersedes`, which knows bytes and no contents."""
    mine, others = ({card.address for card in believed(x.row, cards) if card.address} for x in (one, other))
    return bool(mine & others)


def _may_be_editions(old: Edited, new: Edited) -> bool:
    years = {old.row["fiscal_year"], new.row["fiscal_year"]}
    if len(years - {None}) == 2:
        return False
    shared = sum(min(len(old.facts[key]), len(rows)) for key, rows in new.facts.items() if key in old.facts)
    return shared >= ABOUT_THE_SAME * max(old.count, new.count)
