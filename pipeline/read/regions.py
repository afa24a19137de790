"""Which text stands together in a drawn box: letters outside of tables by the innermost box around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import regex

from extractors.vocabulary import Box
from pipeline.read.letters import Letter, Where
from pipeline.read.typeset import WIDE, rows_of, runs_of

# A box as large as this share of the page is the page's own frame or background.
WHOLE_PAGE: Final = 0.85
# A line that is a year alone.
DATED: Final = regex.compile(r"[（(]?\s*(?:令和|平成|[RHＲＨ]\.?(?=\s*[\d元]))?\s*(?:\d{1,4}|元)\s*(?:年度?)?\s*[)）]?")
# So many boxes are a map or a chart, whose boxes hold no sentences.
MOST_BOXES: Final = 400


class Region:
    """A drawn box (the page itself outside of all): its own letters, and the boxes within it (`inner`)."""

    __slots__ = ("box", "inner", "letters")

    def __init__(self, box: Box, letters: list[Letter]) -> None:
        self.box, self.letters = box, letters
        self.inner: list[Region] = []


def region_of(letters: list[Letter], boxes: Sequence[Box], visible: Box) -> Region:
    """The page as a tree of boxes that hold text. Every letter is in exactly one region.

    A box that cuts through a run of text marks a word or is drawn over the text: it parts nothing.
    """
    usable = [b for b in boxes if b.width * b.height < WHOLE_PAGE * visible.width * visible.height]
    usable = sorted(usable, key=_area)[:MOST_BOXES] if len(usable) <= 4 * MOST_BOXES else []
    if not usable:
        return Region(visible, list(letters))
    where = Where(letters)
    held = _uncut([(box, some) for box in usable if (some := where.inside(box))], letters)
    home: dict[int, int] = {}
    for i, (_, some) in enumerate(held):
        for letter in some:
            home.setdefault(letter.order, i)
    homes: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        homes[home.get(letter.order, -1)].append(letter)
    return _tree([Region(held[i][0], homes[i]) for i in sorted(homes) if i >= 0], Region(visible, homes[-1]))


def is_stripe(box: Box, inked: Where) -> bool:
    """Whether a box is drawn around one line with two wide gaps or more: every second row of a table is shaded so. `inked` are no blanks."""
    held = inked.inside(box)
    rows = rows_of(held) if len(held) > 2 else []
    return len(rows) == 1 and sum(b.x0 - a.x1 > WIDE * min(a.em, b.em) for a, b in pairwise(rows[0])) >= 2


def with_figures(boxes: Sequence[Box], inked: Where) -> list[Box]:
    """The boxes that hold two lines with numerals or more (`inked` are no blanks): boxes of their own.

    A shaded header (現状値 over 令和2年度 over (2020年度)) or a single number may be part of a table.
    """
    out = []
    for box in boxes:
        held = inked.inside(box)
        if sum(x.string.isdecimal() for x in held) < 2:
            continue
        rows = rows_of(held)
        if sum(any(x.string.isdecimal() for x in row) and not DATED.fullmatch("".join([x.string for x in row])) for row in rows) >= 2:
            out.append(box)
    return out


def _area(box: Box) -> float:
    return box.width * box.height


def _uncut(held: list[tuple[Box, list[Letter]]], letters: list[Letter]) -> list[tuple[Box, list[Letter]]]:
    """The boxes, each with the letters within it, that no run of text crosses."""
    if not held:
        return held
    home: dict[int, int] = {}
    lengths: list[int] = []
    for run in runs_of(letters):
        inked = [x for x in run if not x.blank]
        for x in inked:
            home[x.order] = len(lengths)
        lengths.append(len(inked))
    out = []
    for box, some in held:
        counts = Counter([home[x.order] for x in some if not x.blank])
        if all(lengths[i] == count for i, count in counts.items()):
            out.append((box, some))
    return out


def _tree(regions: list[Region], page: Region) -> Region:
    """Each region (smallest first) into the smallest larger one that holds it."""
    for i, region in enumerate(regions):
        across, down = (region.box.x0 + region.box.x1) / 2, (region.box.top + region.box.bottom) / 2
        outer = (r for r in regions[i + 1 :] if r.box.x0 <= across <= r.box.x1 and r.box.top <= down <= r.box.bottom and _area(r.box) > _area(region.box))
        next(outer, page).inner.append(region)
    return page
