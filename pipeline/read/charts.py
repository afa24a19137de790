"""Bar charts: where they lie, and which letters are theirs. Their numbers belong to bars and colours, which no words on the page name."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import Final

import regex

from extractors.vocabulary import Box
from pipeline.read.letters import Letter, in_box
from pipeline.read.parts import Part, parts_of
from pipeline.read.strokes import Drawing, Stroke
from pipeline.read.typeset import rows_of, runs_of

# Bars of one chart are equally thick, so many at least, and thinner than a text box of several lines.
FEWEST: Final = 4
THICKEST: Final = 45.0
# Edges that lie within this of each other are level, as the walls of a table's columns are.
LEVEL: Final = 1.5
# The ends of bars differ; the edges of a table's coloured cells lie in columns, each shared by more rows than this.
SHARED: Final = 0.34
# What stands in a bar is a number; boxes of words with ragged edges are a slide's.
NUMBERS: Final = regex.compile(r"[\p{N}.,，．%％△▲\-()（）\s]*")
NO_DIGIT: Final = regex.compile(r"[^\d.]")
DECIMAL: Final = regex.compile(r"\d+(?:\.\d+)?")
# A number beside the end of its bar, or on the axis below, stands within so many bars' thicknesses of it.
BESIDE: Final = 3.0


class _Bar:
    """A box along one axis: `lo` to `hi` its length, `near` to `far` its thickness."""

    __slots__ = ("far", "hi", "lo", "near")

    def __init__(self, lo: float, hi: float, near: float, far: float) -> None:
        self.lo, self.hi, self.near, self.far = lo, hi, near, far


def without_charts(letters: list[Letter], drawing: Drawing) -> tuple[list[Letter], list[Letter], Drawing]:
    """(letters outside of bar charts, letters of charts, the drawing without the charts' bars)."""
    charts = charts_of(letters, drawing)
    if not charts:
        return letters, [], drawing
    taken = {id(x) for chart in charts for x in _letters_of(chart, letters)}
    kept = [x for x in letters if id(x) not in taken]
    return kept, [x for x in letters if id(x) in taken], _without(drawing, charts)


def charts_of(letters: list[Letter], drawing: Drawing) -> list[Box]:
    """The boxes around the bars of each bar chart of a page: bars that begin at the left, at the right or at the foot."""
    boxes = [*drawing.frames, *drawing.fills]
    flat, slim = [b for b in boxes if 2.0 < b.bottom - b.top <= THICKEST], [b for b in boxes if 2.0 < b.x1 - b.x0 <= THICKEST]
    if len(flat) < FEWEST and len(slim) < FEWEST:
        return []
    flat, slim = list(dict.fromkeys(flat)), list(dict.fromkeys(slim))
    found = [Box(lo, near, hi, far) for lo, near, hi, far in _hulls([_Bar(b.x0, b.x1, b.top, b.bottom) for b in flat])]
    found += [Box(-hi, near, -lo, far) for lo, near, hi, far in _hulls([_Bar(-b.x1, -b.x0, b.top, b.bottom) for b in flat])]
    found += [Box(near, -hi, far, -lo) for lo, near, hi, far in _hulls([_Bar(-b.bottom, -b.top, b.x0, b.x1) for b in slim])]
    return [chart for chart in dict.fromkeys(found) if _of_numbers(chart, letters)]


def _hulls(left: list[_Bar]) -> list[tuple[float, float, float, float]]:
    """(lo, near, hi, far) of the rows of bars of one thickness that begin level and end apart."""
    out = []
    # A row of a chart has a bar or more.
    while len(left) >= FEWEST:
        thickness = Counter([round(bar.far - bar.near) for bar in left]).most_common(1)[0][0]
        some = [bar for bar in left if abs(bar.far - bar.near - thickness) <= LEVEL]
        left = [bar for bar in left if abs(bar.far - bar.near - thickness) > LEVEL]
        if len(some) < FEWEST:
            continue
        rows: dict[int, list[_Bar]] = defaultdict(list)
        for bar in some:
            rows[round(bar.near)].append(bar)
        origin = _origin(list(rows.values()))
        charted = [row for row in rows.values() if _begins_at(row, origin)]
        if len(charted) >= FEWEST and _uneven(charted, origin):
            end = max([bar.hi for row in charted for bar in row])
            # A row whose first bar is too short to be a box begins later.
            every = [bar for row in rows.values() for bar in row if origin - LEVEL <= bar.lo and bar.hi <= end + LEVEL]
            out.append((origin, min([b.near for b in every]), end, max([b.far for b in every])))
    return out


def _origin(rows: list[list[_Bar]]) -> float:
    """The place from which most rows of bars begin."""
    begins = [min([bar.lo for bar in row]) for row in rows]
    best, most = 0.0, -1
    for at in begins:
        level = sum([abs(other - at) <= LEVEL for other in begins])
        if level > most:
            best, most = at, level
    return best


def _begins_at(row: list[_Bar], origin: float) -> bool:
    return any(abs(bar.lo - origin) <= LEVEL for bar in row)


def _uneven(rows: list[list[_Bar]], origin: float) -> bool:
    """Whether the ends of the bars lie apart from row to row, but for the common end of bars that fill their row."""
    last = max([bar.hi for row in rows for bar in row])
    ends = [found for row in rows if (found := [bar.hi for bar in row if origin + LEVEL < bar.hi < last - LEVEL])]
    if len(ends) < FEWEST:
        return False
    most = max(1.0, SHARED * len(rows))
    return not any(_sharing(end, ends) > most for row in ends for end in row)


def _sharing(end: float, ends: list[list[float]]) -> int:
    """How many rows have a bar that ends there."""
    count = 0
    for row in ends:
        for other in row:
            if abs(end - other) <= LEVEL / 3:
                count += 1
                break
    return count


def _of_numbers(chart: Box, letters: list[Letter]) -> bool:
    """Whether a chart's bars hold numbers or nothing, and some number is in it."""
    inside = [x for x in letters if not x.blank and in_box(x, chart)]
    rows = ["".join(x.string for x in part.letters) for row in rows_of(inside) for part in parts_of(row)]
    numbers = [row for row in rows if NUMBERS.fullmatch(row)]
    return len(numbers) >= FEWEST and len(numbers) >= 0.9 * len(rows)


def _letters_of(chart: Box, letters: list[Letter]) -> list[Letter]:
    """The letters in a chart, the numbers beside the ends of its bars, and those of its axis."""
    em = max((x.em for x in letters if in_box(x, chart)), default=10.0)
    around = Box(chart.x0 - em, chart.top - BESIDE * em, chart.x1 + 2 * BESIDE * em, chart.bottom + BESIDE * em)
    # A number that hangs over the end of a short bar is in the chart as a whole.
    out = [x for run in runs_of(letters) if 2 * sum(in_box(x, chart) for x in run) > len(run) for x in run]
    taken = {id(x) for x in out}
    near = [x for x in letters if in_box(x, around) and id(x) not in taken]
    for row in rows_of(near):
        parts = parts_of(row)
        level = chart.top - LEVEL <= (row[0].top + row[0].bottom) / 2 <= chart.bottom + LEVEL
        scale = not level and _axis(parts)
        for part in parts:
            if _number(part) and (part.box.x0 >= chart.x1 - em if level else scale):
                out += part.letters
    return out


def _number(part: Part) -> bool:
    return part.numeral and NUMBERS.fullmatch(part.string) is not None


def _axis(parts: list[Part]) -> bool:
    """Whether a line is a scale: three numbers or more, each as much more than the one before (0% 20% 40%)."""
    if len(parts) < 3:
        return False
    values = [float(v) for part in parts if (v := NO_DIGIT.sub("", part.string)) and DECIMAL.fullmatch(v)]
    steps = {round(b - a, 6) for a, b in itertools.pairwise(values)}
    return len(values) >= 3 and len(steps) == 1 and steps != {0}


def _without(drawing: Drawing, charts: list[Box]) -> Drawing:
    """The drawing without what lies in the charts: bars are no cells, and their edges no walls."""

    def outside(box: Box) -> bool:
        return not any(c.x0 - LEVEL <= box.x0 and box.x1 <= c.x1 + LEVEL and c.top - LEVEL <= box.top and box.bottom <= c.bottom + LEVEL for c in charts)

    def across(strokes: list[Stroke]) -> list[Stroke]:
        return [s for s in strokes if outside(Box(s.lo, s.at, s.hi, s.at))]

    def down(strokes: list[Stroke]) -> list[Stroke]:
        return [s for s in strokes if outside(Box(s.at, s.lo, s.at, s.hi))]

    return Drawing(
        across(drawing.across),
        down(drawing.down),
        [box for box in drawing.frames if outside(box)],
        [box for box in drawing.fills if outside(box)],
        (across(drawing.pale[0]), down(drawing.pale[1])),
    )
