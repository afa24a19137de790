"""Tables with level rules only: rows from the rules, columns from the room that all rows leave, walls drawn where they would stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from extractors.vocabulary import Box
from pipeline.read.heads import Stretch, head_spans, words_of
from pipeline.read.lattice import Lattice, lattices_of
from pipeline.read.letters import Letter
from pipeline.read.parts import Part, Row, Span, box_of, columns_of, in_column, is_data, parts_of
from pipeline.read.strokes import Drawing, Stroke, by_place, joined
from pipeline.read.typeset import rows_of

# Rules of one table begin and end within this many points of each other.
FLUSH: Final = 4.0
# A rule over a part of the columns (under a header, beside a category) has at least this share of the width.
PARTIAL: Final = 0.2
# A table has at least so many level rules.
FEWEST_RULES: Final = 3
# Lines that are rows of a table without rules between them are at least so many.
FEWEST_ROWS: Final = 3
# Header bands above the first figures, and the longest name in a header.
HEADERS, LONG = 4, 30
# Walls stand at least this far (in points) from the figures on either side where the words of a header leave room.
APART: Final = 0.5


WORD: Final = regex.compile(r"\p{L}")


class Band(NamedTuple):
    """What stands between two level rules: their heights in points, the lines between them in parts, and short rules at its foot."""

    top: float
    bottom: float
    lines: list[Row]
    short: list[Stroke]

    @property
    def parts(self) -> list[Part]:
        return [part for line in self.lines for part in line]

    @property
    def body(self) -> bool:
        """Whether a line has a figure that is no year behind something else; the number of a note or a row stands before."""
        return any(part.figure and part.numeral and not part.year for line in self.lines for part in line[1:])

    @property
    def running(self) -> bool:
        """Whether a line of text fills more than half of the width of what stands here: a paragraph between two tables, not a row."""
        width = max((part.box.x1 for part in self.parts), default=0.0) - min((part.box.x0 for part in self.parts), default=0.0)
        return any(len(line) == 1 and len(line[0].string) > LONG and line[0].box.width > 0.5 * width for line in self.lines)

    @property
    def prose(self) -> bool:
        return any("。" in part.string or len(part.string) > LONG for part in self.parts)


def level_lattices(letters: list[Letter], drawing: Drawing, stripes: Iterable[Box], taken: Sequence[Box]) -> list[Lattice]:
    """The lattices of tables that only level rules or the edges of shaded `stripes` bound, apart from those already `taken`.

    Borders that nobody drew stand in the room between the columns; in a header they are left out under a name over several columns.
    """
    edges = [Stroke(at, box.x0, box.x1) for box in stripes for at in (box.top, box.bottom)]
    free = [s for s in joined([*_alone(drawing), *edges]) if not any(_beside(s, box) for box in taken)]
    out = []
    for rules in _groups(free):
        lo, hi = min(s.lo for s in rules), max(s.hi for s in rules)
        inside = [s for s in free if rules[0].at <= s.at <= rules[-1].at and s.lo >= lo - FLUSH and s.hi <= hi + FLUSH and s.length >= PARTIAL * (hi - lo)]
        inside += _rest(letters, rules[-1].at, lo, hi)
        for bands in _tables(_bands(letters, inside, lo, hi)):
            out += _lattice(bands, inside, lo, hi)
    return out


def _alone(drawing: Drawing) -> list[Stroke]:
    """The level rules that are no part of a box: no upright one touches them."""
    upright = sorted(drawing.down, key=by_place)
    places = [s.at for s in upright]
    out = []
    for stroke in drawing.across:
        some = upright[bisect_left(places, stroke.lo - FLUSH) : bisect_right(places, stroke.hi + FLUSH)]
        if not any(s.lo - FLUSH <= stroke.at <= s.hi + FLUSH for s in some):
            out.append(stroke)
    return out


def _beside(rule: Stroke, box: Box) -> bool:
    return box.top - FLUSH <= rule.at <= box.bottom + FLUSH and rule.lo < box.x1 and rule.hi > box.x0


def _rest(letters: list[Letter], bottom: float, lo: float, hi: float) -> list[Stroke]:
    """Rules for the lines of figures that go on below the last rule at their own pitch: the last rows of a table without its bottom."""
    out: list[Stroke] = []
    for line in map(parts_of, rows_of([x for x in letters if x.turn == 0 and x.down > bottom and lo <= x.across <= hi])):
        box = box_of(line) if line else None
        if box is None or not is_data(line) or box.top - bottom > box.height:
            break
        bottom = box.bottom + 0.3 * box.height
        out.append(Stroke(bottom, lo, hi))
    return out


def _groups(across: list[Stroke]) -> list[list[Stroke]]:
    """Rules that begin and end together, from the top."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(across, key=by_place):
        home = next((g for g in groups if abs(g[0].lo - stroke.lo) <= FLUSH and abs(g[0].hi - stroke.hi) <= FLUSH), None)
        if home is None:
            groups.append([stroke])
        else:
            home.append(stroke)
    return [g for g in groups if len(g) >= FEWEST_RULES]


def _bands(letters: list[Letter], rules: list[Stroke], lo: float, hi: float) -> list[Band]:
    heights = sorted({s.at for s in rules})
    within = [x for x in letters if x.turn == 0 and lo <= x.across <= hi and heights[0] <= x.down < heights[-1]]
    out = []
    for top, bottom in pairwise(heights):
        some = [x for x in within if top <= x.down < bottom]
        foot = [s for s in rules if s.at == bottom]
        short = [] if any(s.lo <= lo + FLUSH and s.hi >= hi - FLUSH for s in foot) else foot
        out.append(Band(top, bottom, [line for line in map(parts_of, rows_of(some)) if line], short))
    return out


def _tables(bands: list[Band]) -> list[list[Band]]:
    """The bands table by table: stretches of bands with figures (a lone heading between them allowed), with their header above."""
    stretches: list[tuple[int, int]] = []
    for i, band in enumerate(bands):
        if not band.body or band.running:
            continue
        if stretches and i - stretches[-1][1] <= 2 and all(_heading(b) for b in bands[stretches[-1][1] + 1 : i]):
            stretches[-1] = stretches[-1][0], i
        else:
            stretches.append((i, i))
    out, used = [], 0
    for first, last in stretches:
        top = first
        while top > max(used, first - HEADERS) and _above(bands[top - 1]):
            top -= 1
        used = last + 1
        out.append(bands[top:used])
    return out


def _above(band: Band) -> bool:
    """Whether a band above the figures belongs to the header: words over several columns, or one over a short rule, or nothing."""
    return not band.prose and not band.running and (len(band.parts) != 1 or bool(band.short))


def _heading(band: Band) -> bool:
    """Whether a band holds a single line of a single part, or nothing."""
    return len(band.lines) <= 1 and len(band.parts) <= 1 and not band.prose


def _lattice(bands: list[Band], rules: list[Stroke], lo: float, hi: float) -> list[Lattice]:
    body = [band for band in bands if band.body]
    inner = [end for band in bands for short in band.short for end in (short.lo, short.hi) if lo + FLUSH < end < hi - FLUSH]
    columns = columns_of((line for band in body for line in band.lines), inner)
    figures = sum(any(part.figure and part.numeral for band in body for line in band.lines for part in in_column(line, column)) for column in columns)
    # One band with figures is a table where its lines are rows; a list between two rules, or the numbers of a chart, are not.
    rows = sum(len(line) > len(columns) / 2 for band in body for line in band.lines)
    if len(columns) < 2 or not figures or (len(body) == 1 and (figures < 2 or rows < FEWEST_ROWS)) or not _named(bands):
        return []
    top, bottom = bands[0].top, bands[-1].bottom
    heads = [words_of(line) for band in bands[: bands.index(body[0])] for line in band.lines]
    spans = head_spans(heads, columns)
    edges = _edges(columns, _widened(columns, heads, spans), inner, lo, hi)
    down = [Stroke(lo, top, bottom), Stroke(hi, top, bottom)]
    for i, edge in enumerate(edges):
        down += [Stroke(edge, band.top, band.bottom) for band in bands if not _crossed(band, i, edge, heads, spans)]
    level = [Stroke(s.at, max(s.lo, lo), min(s.hi, hi)) for s in rules if top - FLUSH <= s.at <= bottom + FLUSH]
    return [x for x in lattices_of(level, down) if x.rows >= 2 and x.columns >= 2]


def _named(bands: list[Band]) -> bool:
    """Whether words stand in the table: between the lines of a chart there are numbers only."""
    return any(WORD.search(part.string) and not part.figure for band in bands for part in band.parts)


def _widened(columns: list[Span], heads: list[Row], spans: list[list[Stretch]]) -> list[Span]:
    """The columns with the words above them, as far as these leave room between."""
    out = list(columns)
    for row, stretches in zip(heads, spans, strict=True):
        for part, (first, last) in zip(row, stretches, strict=True):
            a, b = min(out[first][0], part.box.x0), max(out[last][1], part.box.x1)
            room = (first == 0 or out[first - 1][1] + APART < a) and (last + 1 == len(out) or b < out[last + 1][0] - APART)
            if first == last and room:
                out[first] = (a, b)
    return out


def _edges(columns: list[Span], widened: list[Span], inner: list[float], lo: float, hi: float) -> list[float]:
    """Where the borders between columns would stand: where a rule over a part of them begins or ends in the room between two (`inner`),
    else in the middle of what the words of the header leave of it."""
    out = []
    for (a, b), (c, d) in zip(pairwise(columns), pairwise(widened), strict=True):
        ends = [end for end in inner if a[1] <= end <= b[0]]
        out.append(min(max(ends[0] if ends else (c[1] + d[0]) / 2, lo), hi))
    return out


def _crossed(band: Band, i: int, edge: float, heads: list[Row], spans: list[list[Stretch]]) -> bool:
    """Whether no border stands between columns i and i + 1 in a band: a header's word stands over both (alone over a short rule,
    or by its place), or a line runs through."""
    under = [short for short in band.short if short.lo + FLUSH < edge < short.hi - FLUSH]
    if band.short and not under:
        return False
    if any(sum(short.lo <= (part.box.x0 + part.box.x1) / 2 <= short.hi for part in band.parts) == 1 for short in under):
        return True
    here = {id(x) for part in band.parts for x in part.letters}
    for row, stretches in zip(heads, spans, strict=True):
        for part, (first, last) in zip(row, stretches, strict=True):
            if id(part.letters[0]) in here and first <= i < last:
                return True
    return any(part.box.x0 < edge - part.em and part.box.x1 > edge + part.em for part in band.parts)
