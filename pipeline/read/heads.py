"""Which columns each part of a header stands over, where no rules say so."""

from __future__ import annotations

from pipeline.read.parts import Part, Row, Span, together

# A header is one line, so its words are parted by more room than columns are; single characters further apart are one spaced-out word.
HEAD_ROOM, SPACED = 0.8, 1.6

# First and last column.
Stretch = tuple[int, int]


def words_of(row: Row) -> Row:
    """The words of a header line: parts close to each other, and single characters spaced out, together."""
    out: Row = []
    for i, part in enumerate(row):
        before = out[-1] if out else None
        single = i > 0 and len(part.string) == 1 and len(row[i - 1].string) == 1
        if before is not None and part.box.x0 - before.box.x1 <= (SPACED if single else HEAD_ROOM) * min(part.letters[0].em, before.letters[-1].em):
            out[-1] = together([before, part])
        else:
            out.append(part)
    return out


def data_spans(row: Row, columns: list[Span]) -> list[Stretch]:
    """The column of each part of a row of figures: the one with which it shares most, or else the nearest."""
    homes = (min(range(len(columns)), key=lambda i: (_away(part, columns[i]), i)) for part in row)
    return [(home, home) for home in homes]


def head_spans(lines: list[Row], columns: list[Span]) -> list[list[Stretch]]:
    """The columns of each part of each header line.

    From the lowest line upwards: its parts stand over one column each, from left to right; a part of a higher line stands over all
    columns with words below it around whose common middle it stands. Words are wider than the figures and not flush with them, so a
    column lies where its words do.
    """
    places = list(columns)
    worded: set[int] = set()
    out: list[list[Stretch]] = []
    for row in reversed(lines):
        spans = _line_spans(row, places, worded)
        out.insert(0, spans)
        for (first, last), part in zip(spans, row, strict=True):
            if first == last:
                places[first] = (part.box.x0, part.box.x1)
            worded |= set(range(first, last + 1))
    return out


def _line_spans(row: Row, places: list[Span], worded: set[int]) -> list[Stretch]:
    if len(row) > len(places):
        return data_spans(row, places)
    homes = _in_turn(row, places)
    out: list[Stretch] = []
    for k, part in enumerate(row):
        low, high = homes[k], homes[k]
        floor = max(homes[k - 1] + 1 if k else 0, out[-1][1] + 1 if out else 0)
        ceiling = homes[k + 1] - 1 if k + 1 < len(row) else len(places) - 1
        while low > floor and {low, low - 1} <= worded:
            low -= 1
        while high < ceiling and {high, high + 1} <= worded:
            high += 1
        out.append(_over(part, homes[k], low, high, places))
    return out


def _in_turn(row: Row, places: list[Span]) -> list[int]:
    """The best columns for the parts, all different and in the same order: least sum of distances."""
    best: list[dict[int, tuple[float, list[int]]]] = [{-1: (0.0, [])}]
    for k, part in enumerate(row):
        step: dict[int, tuple[float, list[int]]] = {}
        for j in range(k, len(places) - (len(row) - k - 1)):
            cost, way = min(value for last, value in best[-1].items() if last < j)
            step[j] = (cost + _beside(part, places[j]), [*way, j])
        best.append(step)
    return min(best[-1].values())[1]


def _over(part: Part, home: int, low: int, high: int, places: list[Span]) -> Stretch:
    """The widest stretch of columns from `low` to `high`, around `home`, whose middle is the part's to within an em, or that it covers."""
    middle, em = (part.box.x0 + part.box.x1) / 2, part.em
    fits = [
        (i, j)
        for i in range(low, home + 1)
        for j in range(home, high + 1)
        if abs((places[i][0] + places[j][1]) / 2 - middle) <= em or (part.box.x0 <= places[i][0] + em and part.box.x1 >= places[j][1] - em)
    ]
    return max(fits, key=lambda span: (span[1] - span[0], -span[0]), default=(home, home))


def _beside(part: Part, place: Span) -> float:
    """How far a part is from being flush with or centred over a place."""
    a, b = part.box.x0, part.box.x1
    return min(abs(a - place[0]), abs(b - place[1]), abs((a + b - place[0] - place[1]) / 2))


def _away(part: Part, place: Span) -> float:
    """As `_beside`; less than nothing where the two overlap."""
    shared = min(part.box.x1, place[1]) - max(part.box.x0, place[0])
    return -shared if shared > 0 else _beside(part, place)
