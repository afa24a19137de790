"""Which documents a folder offers, by what they hold, and which of them must be read.

Nothing heavy is imported here: a night with nothing new ends after this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.known import Known
from pipeline.limits import Limits
from pipeline.sources import Source
from pipeline.store import Store

# A document that ran into a limit or killed its process is tried in so many runs: a machine may have been short of memory or time. Then it
# rests until the limits, the code or its bytes change.
TRIES = 3


@dataclass(frozen=True)
class Offered:
    """The documents of a folder by what they hold.

    `contents` maps each source to its content (its sha256; MISNAMED after it; its path where it cannot be opened), in the order of paths.
    """

    contents: dict[Source, str]
    unopened: frozenset[Source] = frozenset()

    @property
    def same(self) -> list[list[Source]]:
        """The sources of each content, in the order of paths, by the first of each."""
        out: dict[str, list[Source]] = {}
        for source, content in self.contents.items():
            out.setdefault(content, []).append(source)
        return list(out.values())

    @property
    def first(self) -> list[Source]:
        """The first source of each content in the order of paths."""
        return [some[0] for some in self.same]


def offered(sources: Sequence[Source], known: Known) -> Offered:
    """What the sources hold, without opening those that are known."""
    contents: dict[Source, str] = {}
    unopened = set()
    for source in sorted(sources):
        content = known.content(source)
        if content is None:
            unopened.add(source)
        contents[source] = content or source.path
    return Offered(contents, frozenset(unopened))


def due(offer: Offered, store: Store, limits: Limits) -> list[Source]:
    """The sources that must be read: one for each content that is not known, cannot be opened, or was broken off and may go better this time."""
    kept, troubles = store.contents(), store.troubles()
    out = []
    for source in offer.first:
        trouble = troubles.get(offer.contents[source])
        tired = trouble is not None and trouble.limits == str(limits) and trouble.times >= TRIES
        if source in offer.unopened or offer.contents[source] not in kept or (trouble is not None and not tired):
            out.append(source)
    return out


def retries(offer: Offered, reading: Sequence[Source], store: Store) -> bool:
    """Whether some of the documents to read were broken off before: the tables may come out otherwise though nothing in the folder changed."""
    troubles = store.troubles()
    return any(offer.contents[source] in troubles for source in reading)
