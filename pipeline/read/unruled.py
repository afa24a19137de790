"""Tables without rules around their cells: columns from the alignment of figures, rows from lines."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from extractors.vocabulary import Box, Cell, Grid, Text
from pipeline.read.heads import Stretch, data_spans, head_spans, words_of
from pipeline.read.letters import Letter
from pipeline.read.parts import Part, Row, Span, box_of, columns_of, in_column, is_data, parts_of, together
from pipeline.read.typeset import Run, around, rows_of, set_line

# Fewer rows of figures are a sentence or a caption with numbers in it.
FEWEST: Final = 3
# This share of a column's figures must end (begin, or be centred) at one place, to within ALIGNED ems.
SHARE: Final = 0.8
ALIGNED: Final = 0.7
# Rows of one table follow within this many heights of a line.
NEAR: Final = 2.6
# More lines than this share without figures are names over several lines: which figures are theirs, nobody can tell.
ALONE: Final = 0.34
# More lines than these above the figures, or longer parts, are prose, not a header.
HEADERS, LONG = 4, 30


def unruled_grids(lines: Sequence[Run], letters: list[Letter]) -> tuple[list[Grid], list[Letter]]:
    """The aligned tables among the lines of one region, and those of its letters that are outside of them.

    A table has FEWEST rows or more with figures in at least two columns, every one aligned. Its grid says `spans_known=False`.
    """
    rows = [parts for line in lines if (parts := parts_of(line))]
    grids: list[Grid] = []
    taken: set[int] = set()
    bottom = 0
    for first, last in _blocks(rows):
        columns = _columns(rows[first : last + 1])
        if columns is None:
            continue
        start, end, body = _gathered(rows, max(first, bottom), last, bottom, columns)
        if sum(not is_data(row) for row in body) > ALONE * len(body):
            continue
        top = max(_header(rows, start, columns), bottom)
        bottom = end + 1
        grids.append(_grid([words_of(row) for row in rows[top:start]], body, columns))
        taken |= {id(x) for row in rows[top:bottom] for part in row for x in part.letters}
    return grids, [x for x in letters if id(x) not in taken] if taken else list(letters)


def _gathered(rows: list[Row], first: int, last: int, floor: int, columns: list[Span]) -> tuple[int, int, list[Row]]:
    """First and last line of a table, and its rows: a row of figures without a name takes the lines right above and below it, which are
    the two lines of its name (figures stand in the middle of their row). Lines before `floor` are of another table."""
    out: list[Row] = []
    i, start = first, first
    while i <= last:
        row = rows[i]
        nameless = is_data(row) and not in_column(row, columns[0]) and i > floor and i + 1 < len(rows)
        if nameless and all(_names(rows[j], columns) and _near(rows[j], row) for j in (i - 1, i + 1)):
            if i == first:
                start = i - 1
            elif out and out[-1] is rows[i - 1]:
                out.pop()
            out.append([*rows[i - 1], *rows[i + 1], *row])
            i += 1
        else:
            out.append(row)
        i += 1
    return start, max(last, i - 1), out


def _names(row: Row, columns: list[Span]) -> bool:
    """Whether a line is words in the first column alone."""
    return len(row) == 1 and not row[0].figure and len(columns) > 1 and row[0].box.x0 >= columns[0][0] - row[0].em and row[0].box.x1 < columns[1][0]


def _near(one: Row, other: Row) -> bool:
    """Whether two lines are half a line apart or less, as figures are beside a name of two lines."""
    a, b = box_of(one), box_of(other)
    return max(a.top, b.top) - min(a.bottom, b.bottom) < 0.5 * min(a.height, b.height)


def _blocks(rows: list[Row]) -> list[tuple[int, int]]:
    """First and last row of each stretch of rows with two figures or more, no further apart than lines of one table."""
    out: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        if not is_data(row):
            continue
        if out and _close(rows, out[-1][1], i):
            out[-1] = out[-1][0], i
        else:
            out.append((i, i))
    return [(a, b) for a, b in out if sum(is_data(row) for row in rows[a : b + 1]) >= FEWEST]


def _close(rows: list[Row], one: int, other: int) -> bool:
    """Whether rows `one` and `other` are neighbours, with at most one label between them, and lie close together."""
    if other - one > 2 or any(len(row) > 1 for row in rows[one + 1 : other]):
        return False
    height = min(box_of(rows[one]).height, box_of(rows[other]).height)
    return all(box_of(rows[j + 1]).top - box_of(rows[j]).bottom <= (NEAR - 1) * height for j in range(one, other))


def _columns(rows: list[Row]) -> list[Span] | None:
    """The columns of the rows from left to right, or None where the figures are not aligned in two of them at least."""
    data = [row for row in rows if is_data(row)]
    columns = columns_of(data)
    filled = [[together(parts) for row in data if (parts := in_column(row, column))] for column in columns]
    aligned = [_aligned(some, len(data)) for some in filled]
    ragged = any(not good and sum(part.figure for part in some) > 0.5 * len(data) for good, some in zip(aligned, filled, strict=True))
    return columns if sum(aligned) >= 2 and not ragged else None


def _aligned(parts: list[Part], count: int) -> bool:
    """Whether a column has figures in most of its `count` rows and little else, and these are set flush or centred."""
    figures = [part for part in parts if part.figure]
    if len(figures) < max(FEWEST - 1, 0.6 * count) or len(figures) < SHARE * len(parts):
        return False
    numbers = [part for part in figures if part.numeral] or figures
    em = median(x.em for part in numbers for x in part.letters)
    for places in ([p.box.x1 for p in numbers], [p.box.x0 for p in numbers], [(p.box.x0 + p.box.x1) / 2 for p in numbers]):
        middle = median(places)
        if sum(abs(place - middle) <= ALIGNED * em for place in places) >= SHARE * len(places):
            return True
    return False


def _header(rows: list[Row], first: int, columns: list[Span]) -> int:
    """The first row of the header: lines close above the figures of which each part stands over columns, more than one part a line."""
    top = first
    while top > 0 and first - top < HEADERS:
        above, here = words_of(rows[top - 1]), rows[top]
        box, below = box_of(above), box_of(here)
        if len(above) < 2 or is_data(above) or below.top - box.bottom > (NEAR - 1) * min(box.height, below.height):
            break
        if box.x0 < columns[0][0] - 4 * box.height or box.x1 > columns[-1][1] + 4 * box.height or any(len(part.string) > LONG for part in above):
            break
        top -= 1
    return top


def _grid(heads: list[Row], body: list[Row], columns: list[Span]) -> Grid:
    spans = [*head_spans(heads, columns), *(data_spans(row, columns) for row in body)]
    rows = [*heads, *body]
    cells = [cell for i, (row, stretches) in enumerate(zip(rows, spans, strict=True)) for cell in _cells(i, _merged(row, stretches), columns, box_of(row))]
    letters = [x for row in rows for part in row for x in part.letters]
    return Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), len(rows), len(columns), around(letters), spans_known=False)


def _merged(row: Row, spans: list[Stretch]) -> dict[Stretch, list[Part]]:
    """The parts by their columns, those together whose columns overlap."""
    out: dict[Stretch, list[Part]] = {}
    for (first, last), part in sorted(zip(spans, row, strict=True), key=lambda item: (item[0], item[1].box.x0)):
        before = next(reversed(out), None)
        if before is not None and first <= before[1]:
            parts = out.pop(before)
            out[before[0], max(last, before[1])] = [*parts, part]
        else:
            out[first, last] = [part]
    return out


def _cells(row: int, held: dict[Stretch, list[Part]], columns: list[Span], band: Box) -> list[Cell]:
    """The cells of one row, which covers `band`, with blank ones where nothing stands."""
    out = []
    for (first, last), parts in held.items():
        letters = sorted((x for part in parts for x in part.letters), key=lambda x: x.box.x0)
        text = Text.join([set_line(line) for line in rows_of(letters)], "\n")
        out.append(Cell(row, first, text, 1, last - first + 1, around(letters)))
    covered = {c for first, last in held for c in range(first, last + 1)}
    return out + [Cell(row, c, Text(), box=Box(x0, band.top, x1, band.bottom)) for c, (x0, x1) in enumerate(columns) if c not in covered]
