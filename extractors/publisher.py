"""Whose document it is: the place that its title, letterhead, running lines and contact block name, else the one that it names most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from extractors.calendar import texts
from extractors.normalise.characters import plain
from extractors.normalise.patterns import matcher
from extractors.normalise.places import Place, code_of, find_places, prefecture_by
from extractors.vocabulary import Document, Grid, Text

# The title and its surroundings: a cover, or the first lines of a plan.
OPENING: Final = 40
# Of all places that a document names, its publisher takes at least this share where nothing but counting tells; a list of 47 prefectures has none.
SHARE: Final = 0.4
# A title stands among the first lines, in letters about as large as any of them.
TITLE_LINES: Final = 3
TITLE_WITHIN: Final = 15
LARGE: Final = 0.85
# Who publishes stands alone, or with an office and a day, in a short line; a sentence that names a place is none.
SHORT: Final = 60
# A line is a running header or footer where so many pages, and this share of all pages, repeat it.
REPEATS: Final = 3
REPEATED: Final = 0.3
EDGE: Final = 3
# A contact block or imprint is one of the last lines, within a few lines of a word of its kind.
CLOSING: Final = 15
NEAR: Final = 4
CONTACT: Final = re.compile(r"問い?合わ?せ|連絡先|担当|発行|編集|作成者|電話|TEL|FAX|〒|メール|E-?mail", re.IGNORECASE)
DAY: Final = r"(?:(?:令和|平成|昭和|[RHS]|20|19)[\d元.年月日/\s度]*)?"
OFFICE: Final = r"(?:役所|役場|庁|(?:市|区|町|村|県|都|府|道)?長(?!期)\S{0,8}|議会|\S{0,14}?(?:局|部|課|室|係|センター|事務所|委員会|会議))"
# @ stands for the place: `令和6年3月 @`, `@役所`, `@ 企画課 政策係`.
LETTERHEAD: Final = re.compile(rf"^[\s(（［\[【]*{DAY}\s*@\s*(?:{OFFICE}\s*)*[\s)）］\]】]*$")
IMPRINTED: Final = re.compile(rf"^(?:.*[\s:：])?@\s*(?:$|(?:{OFFICE}\s*)+(?:$|[\s:：(（].*))")
# More than two names that stand alone are a list of places.
PARTIES: Final = 2
# What a place's standing in such a line is worth. Two that tie are told apart by counting, as two parties in a title are.
TITLE, HEAD, RUNNING, IMPRINT = 3, 4, 2, 2
ENOUGH: Final = 2


@dataclass(frozen=True, slots=True)
class Publisher:
    """A municipality or prefecture and its 6-digit code; both None where the document names no one place above others.

    `prefecture` is its own, or the only one that the document names: it tells which of two places of one name a row means.
    """

    name: str | None = None
    code: str | None = None
    prefecture: str | None = None


class _Named:
    """The lines of a document with the places that each of them names, as they were on a day."""

    def __init__(self, document: Document, on: date | None) -> None:
        self.on = on
        self.lines = texts(document)
        self._places = {line.string: find_places(line.string, on) for line in self.lines}
        self.counts = Counter(place.name for line in self.lines for place in self.of(line))

    def of(self, line: Text) -> tuple[Place, ...]:
        return self._places[line.string]

    def names(self, lines: Iterable[Text]) -> set[str]:
        return {place.name for line in lines for place in self.of(line)}

    def code(self, name: str) -> str | None:
        """The code of the only place of a name, or of the one in the document's prefecture."""
        return code_of(name, on=self.on) or code_of(name, self.prefecture(), self.on)

    def prefecture(self) -> str | None:
        """The one prefecture that the opening names, or else the one that the whole document names more than once; None where several are named."""
        opening = self._prefectures(self.lines[:OPENING])
        known = opening or self._prefectures(self.lines)
        return next(iter(known)) if len(known) == 1 and (opening or known.total() > 1) else None

    def _prefectures(self, lines: list[Text]) -> Counter[str]:
        """Prefectures named alone or before a town (`広島県府中市`), with how often."""
        named = ((place, line) for line in lines for place in self.of(line) if place.prefecture)
        return Counter(place.prefecture for place, line in named if place.prefecture and plain(line.string[place.start :]).startswith(place.prefecture))


def publisher_of(document: Document, on: date | None = None) -> Publisher:
    """The place whose document it is: the one with the best standing in title, letterhead, running lines and contact block; where none
    stands there, or two alike, the one named most, if the opening names it and no other comes near. `on`: the day whose places are meant."""
    named = _Named(document, on)
    name = _standing(document, named) or _counted(named)
    if name is None:
        return Publisher(prefecture=named.prefecture())
    code = named.code(name)
    return Publisher(name, code, prefecture_by(code) or named.prefecture())


def _standing(document: Document, named: _Named) -> str | None:
    """The one place with most evidence of where it stands."""
    points: Counter[str] = Counter()
    title = {place.name for line in _title(named.lines) for place in named.of(line) if not _alone(line, place, LETTERHEAD)}
    for worth, names in (
        (TITLE, title),
        (HEAD, _standing_alone(named, _opening(document), LETTERHEAD)),
        (RUNNING, named.names(_running(document))),
        (IMPRINT, _standing_alone(named, _closing(named.lines), IMPRINTED)),
    ):
        points.update(dict.fromkeys(names, worth))
    best = [name for name, worth in points.items() if worth == max(points.values()) and worth >= ENOUGH]
    if len(best) != 1:
        return None
    # A cover says where a town lies: the prefecture alone on a line over the plan of one of its towns.
    within = [name for name in title if name != best[0] and code_of(name, best[0], named.on)] if best[0] not in title else []
    return within[0] if len(within) == 1 else best[0]


def _counted(named: _Named) -> str | None:
    if not named.counts:
        return None
    name, most = named.counts.most_common(1)[0]
    return name if name in named.names(named.lines[:OPENING]) and most >= SHARE * named.counts.total() else None


def _title(lines: list[Text]) -> list[Text]:
    """The first large lines of a document; in a text file, whose letters have no size, its first lines."""
    first = [line for line in lines[:TITLE_WITHIN] if len(line) <= SHORT and not line.string.rstrip().endswith("。")]
    large = max((line.size for line in first), default=0.0) * LARGE
    return [line for line in first if line.size >= large][:TITLE_LINES]


def _opening(document: Document) -> list[Text]:
    """The first lines outside tables: a table's cells list places."""
    lines = (block.text for page in document.pages for block in page.blocks if not isinstance(block, Grid))
    return list(islice(lines, OPENING))


def _closing(lines: list[Text]) -> list[Text]:
    """The last lines near a word of a contact block or imprint."""
    last = lines[-CLOSING:]
    marks = [at for at, line in enumerate(last) if CONTACT.search(plain(line.string))]
    return [line for at, line in enumerate(last) if any(abs(at - mark) <= NEAR for mark in marks)]


def _running(document: Document) -> list[Text]:
    """A line of every header or footer that pages repeat, but for their numbers."""
    seen: dict[str, list[Text]] = {}
    for page in document.pages:
        lines = [block.text for block in page.blocks if not isinstance(block, Grid)]
        edges = {matcher(r"[\d\s]").sub("", plain(line.string)): line for line in (*lines[:EDGE], *lines[-EDGE:]) if len(line) <= SHORT}
        for key, line in edges.items():
            seen.setdefault(key, []).append(line)
    return [lines[0] for lines in seen.values() if len(lines) >= max(REPEATS, REPEATED * len(document.pages))]


def _standing_alone(named: _Named, lines: list[Text], form: re.Pattern[str]) -> set[str]:
    """Places that stand in a line by themselves or with an office only; none where many do, for then they are a list."""
    found = {place.name for line in lines if len(line) <= SHORT for place in named.of(line) if _alone(line, place, form)}
    return found if len(found) <= PARTIES else set()


def _alone(line: Text, place: Place, form: re.Pattern[str]) -> bool:
    return bool(form.match(plain(line.string[: place.start] + "@" + line.string[place.end :])))
