"""Whose document it is: the place that its opening and its whole text name most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extractors.calendar import texts
from extractors.normalise.places import code_of, find_places
from extractors.vocabulary import Document

# The title and its surroundings: a cover, or the first lines of a plan.
OPENING = 40
# Of all places that a document names, its publisher takes at least this share; a list of 47 prefectures has none.
SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Publisher:
    """A municipality or prefecture and its 6-digit code; both None where the document names no one place above others."""

    name: str | None = None
    code: str | None = None


def publisher_of(document: Document) -> Publisher:
    """The place named most in the document, if its opening names it too and no other place comes near."""
    lines = [text.string for text in texts(document)]
    counts = Counter(place.name for line in lines for place in find_places(line))
    if not counts:
        return Publisher()
    name, most = counts.most_common(1)[0]
    opening = {place.name for line in lines[:OPENING] for place in find_places(line)}
    if name not in opening or most < SHARE * counts.total():
        return Publisher()
    return Publisher(name, code_of(name, _prefecture(lines[:OPENING])))


def _prefecture(lines: list[str]) -> str | None:
    """The one prefecture that the opening names, which tells apart two places of one name."""
    named = {place.name for line in lines for place in find_places(line) if place.kind == "prefecture"}
    return named.pop() if len(named) == 1 else None
