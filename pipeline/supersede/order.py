"""Which of several editions is the newest: a graph from each edition to those that are newer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.supersede.alike import Edited
from pipeline.supersede.words import later

Pair = tuple[str, str]


def newer_of(one: Edited, other: Edited) -> Pair | None:
    """(id of the older, id of the newer); None where nothing says which is newer.

    First by words of editions in title and opening, then in the files' names, then by the days printed beside them or on the cover, then by what
    the files say of themselves. Never by times of the file system, which a copy changes, nor by the order of names.
    """
    way = later(one.words, other.words) or later(one.name_words, other.name_words)
    way = way or _after(one.day, other.day) or _after(*(x.row["written_at"] and str(x.row["written_at"]) for x in (one, other)))
    return None if way == 0 else (one.id, other.id) if way > 0 else (other.id, one.id)


def _after(one: str | None, other: str | None) -> int:
    # 2024-08 is neither before nor after 2024-08-15.
    return 0 if one is None or other is None or one.startswith(other) or other.startswith(one) else 1 if other > one else -1


class Order:
    """The editions of documents: `newer` maps each document's id to those that are said to be newer."""

    def __init__(self) -> None:
        self.newer: dict[str, set[str]] = {}

    def add(self, pairs: Iterable[Pair]) -> None:
        for old, new in pairs:
            self.newer.setdefault(old, set()).add(new)

    def after(self, name: str) -> set[str]:
        """All that is newer than a document, at once or by way of others; the document itself where the order goes round."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            fresh = self.newer.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return found

    def knows(self, one: str, other: str) -> bool:
        return other in self.after(one) or one in self.after(other)

    def round_trips(self) -> dict[str, list[str]]:
        """The documents that are said to be newer than themselves, each with the others of its round; their order is forgotten."""
        after = {name: self.after(name) for name in self.newer}
        rounds = {name: sorted(other for other in after[name] if other != name and name in after.get(other, ())) for name in after if name in after[name]}
        for name, others in rounds.items():
            self.newer[name] -= {name, *others}
        return rounds

    def newest(self) -> Mapping[str, str]:
        """Each document that is superseded to the newest edition of it. Of several newest that nothing sets in order, the first id stands."""
        out = {}
        for name in self.newer:
            last = sorted(other for other in self.after(name) if not self.newer.get(other))
            if last:
                out[name] = last[0]
        return out
