"""Tables without rules around their cells: columns from the alignment of figures, rows from lines (or from the rules between them)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import regex

from extractors.vocabulary import Box, Cell, Grid, Text
from pipeline.read.letters import Letter
from pipeline.read.strokes import Stroke
from pipeline.read.typeset import Run, around, rows_of, set_line

# Between columns there is at least this much room (in ems), open through all rows; blanks inside of labels are not level with each other.
ROOM = 0.45
# A header is one line, so its words are parted by more room; single characters further apart are one spaced-out word.
HEAD_ROOM, SPACED = 0.8, 1.6
# Fewer rows of figures are a sentence or a caption with numbers in it.
FEWEST = 3
# This share of a column's figures must end (begin, or be centred) at one place, to within ALIGNED ems.
SHARE = 0.8
ALIGNED = 0.7
# Rows of one table follow within this many heights of a line.
NEAR = 2.6
# More lines than this share without figures are names over several lines: which figures are theirs, nobody can tell.
ALONE = 0.34
# More lines than these above the figures are prose, not a header.
HEADERS = 4

NUMERAL = regex.compile(r"\d")
FIGURE = regex.compile(r"[\p{N}.,，．:：%％△▲－ー―‐−+＋()（）\s\-–—/]*\p{N}[\p{N}.,，．:：%％△▲－ー―‐−+＋()（）\s\-–—/]*\p{L}{0,5}[)）]?|[-－ー―‐−–—…*＊]")

Span = tuple[float, float]


class Part:
    """Letters of a line that stand together: their box, string, and whether they are a figure (or a dash in the place of one)."""

    __slots__ = ("box", "figure", "letters", "numeral", "string")

    def __init__(self, letters: Run) -> None:
        self.letters = letters
        self.box = around(letters)
        self.string = "".join(x.string for x in letters).strip()
        self.figure = FIGURE.fullmatch(self.string) is not None
        self.numeral = bool(NUMERAL.search(self.string))


Row = list[Part]
# First and last column.
Stretch = tuple[int, int]


def unruled_grids(letters: Sequence[Letter], across: Sequence[Stroke] = ()) -> tuple[list[Grid], list[Letter]]:
    """The aligned tables among the letters of one region, and the letters outside of them.

    A table has FEWEST rows or more with figures in at least two columns, every one aligned. Level rules (`across`) between its rows keep
    the lines of one row together. Its grid says `spans_known=False`.
    """
    rows = [parts for parts in (_parts(row) for row in rows_of([x for x in letters if x.turn == 0])) if parts]
    grids: list[Grid] = []
    taken: set[int] = set()
    bottom = 0
    for first, last in _blocks(rows):
        columns = _columns(rows[first : last + 1])
        alone = sum(not _is_data(row) for row in rows[first : last + 1])
        if columns is None or alone > ALONE * (last + 1 - first):
            continue
        top = max(_header(rows, first, columns), bottom)
        bottom = last + 1
        grids.append(_grid(_grouped(rows[top:bottom], across), first - top, columns))
        taken |= {id(x) for row in rows[top:bottom] for part in row for x in part.letters}
    return grids, [x for x in letters if id(x) not in taken]


def _grouped(rows: list[Row], across: Sequence[Stroke]) -> list[list[Row]]:
    """The lines of each row together: those between two rules, where rules part all rows of figures."""
    box = around([x for row in rows for part in row for x in part.letters])
    rules = sorted(s.at for s in across if box.top < s.at < box.bottom and s.lo < box.x0 + box.width / 4 and s.hi > box.x1 - box.width / 4)
    groups: list[list[Row]] = []
    for row in rows:
        before = groups[-1][-1] if groups else None
        if before is not None and not any(_middle(before) < at < _middle(row) for at in rules):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups if all(sum(_is_data(row) for row in group) <= 1 for group in groups) else [[row] for row in rows]


def _middle(row: Row) -> float:
    box = _box(row)
    return (box.top + box.bottom) / 2


def _parts(row: Run) -> Row:
    """The row parted where the room is that between columns. Printed blanks within a part stay."""
    out: list[Run] = []
    blanks: Run = []
    last: Letter | None = None
    for letter in row:
        if letter.blank:
            blanks.append(letter)
            continue
        if last is None or letter.box.x0 - last.box.x1 > ROOM * min(last.size, letter.size):
            out.append([])
        else:
            out[-1] += blanks
        out[-1].append(letter)
        last, blanks = letter, []
    return [Part(run) for run in out]


def _blocks(rows: list[Row]) -> list[tuple[int, int]]:
    """First and last row of each stretch of rows with two figures or more, no further apart than lines of one table."""
    out: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        if not _is_data(row):
            continue
        if out and _close(rows, out[-1][1], i):
            out[-1] = out[-1][0], i
        else:
            out.append((i, i))
    return [(a, b) for a, b in out if sum(_is_data(row) for row in rows[a : b + 1]) >= FEWEST]


def _is_data(row: Row) -> bool:
    return sum(part.figure for part in row) >= 2 and any(part.numeral for part in row if part.figure)


def _close(rows: list[Row], one: int, other: int) -> bool:
    """Whether rows `one` and `other` are neighbours, with at most one label between them, and lie close together."""
    if other - one > 2 or any(len(row) > 1 for row in rows[one + 1 : other]):
        return False
    height = min(_box(rows[one]).height, _box(rows[other]).height)
    return all(_box(rows[j + 1]).top - _box(rows[j]).bottom <= (NEAR - 1) * height for j in range(one, other))


def _box(row: Row) -> Box:
    return around([x for part in row for x in part.letters])


def _columns(rows: list[Row]) -> list[Span] | None:
    """The columns of the rows from left to right, or None where the figures are not aligned in two of them at least."""
    data = [row for row in rows if _is_data(row)]
    spans: list[list[float]] = []
    for x0, x1 in sorted((part.box.x0, part.box.x1) for row in data for part in row):
        if spans and x0 < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], x1)
        else:
            spans.append([x0, x1])
    columns = [(a, b) for a, b in spans]
    filled = [[cell for row in data if (cell := _held(row, column))] for column in columns]
    aligned = [_aligned(some, len(data)) for some in filled]
    ragged = any(not good and sum(part.figure for part in some) > 0.5 * len(data) for good, some in zip(aligned, filled, strict=True))
    return columns if sum(aligned) >= 2 and not ragged else None


def _held(row: Row, column: Span) -> Part | None:
    """What a row has in a column, as one part."""
    parts = [part for part in row if part.box.x0 < column[1] and part.box.x1 > column[0]]
    return _one(parts) if parts else None


def _one(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else Part([x for part in parts for x in part.letters])


def _aligned(parts: list[Part], count: int) -> bool:
    """Whether a column has figures in most of its `count` rows and little else, and these are set flush or centred."""
    figures = [part for part in parts if part.figure]
    if len(figures) < max(FEWEST - 1, 0.6 * count) or len(figures) < SHARE * len(parts):
        return False
    em = median(x.size for part in figures for x in part.letters)
    for places in ([p.box.x1 for p in figures], [p.box.x0 for p in figures], [(p.box.x0 + p.box.x1) / 2 for p in figures]):
        middle = median(places)
        if sum(abs(place - middle) <= ALIGNED * em for place in places) >= SHARE * len(places):
            return True
    return False


def _words(row: Row) -> Row:
    """The words of a header line: parts close to each other, and single characters spaced out, together."""
    out: Row = []
    for part in row:
        before = out[-1] if out else None
        gap = (part.box.x0 - before.box.x1) / min(part.letters[0].size, before.letters[-1].size) if before else 0.0
        single = before is not None and len(part.string) == 1 and len(row[row.index(part) - 1].string) == 1
        if before is not None and gap <= (SPACED if single else HEAD_ROOM):
            out[-1] = _one([before, part])
        else:
            out.append(part)
    return out


def _header(rows: list[Row], first: int, columns: list[Span]) -> int:
    """The first row of the header: lines close above the figures of which each part stands over columns, more than one part a line."""
    top = first
    while top > 0 and first - top < HEADERS:
        above, here = _words(rows[top - 1]), rows[top]
        box, below = _box(above), _box(here)
        if len(above) < 2 or _is_data(above) or below.top - box.bottom > (NEAR - 1) * min(box.height, below.height):
            break
        if box.x0 < columns[0][0] - 4 * box.height or box.x1 > columns[-1][1] + 4 * box.height or any(len(part.string) > 30 for part in above):
            break
        top -= 1
    return top


def _grid(groups: list[list[Row]], heads: int, columns: list[Span]) -> Grid:
    """The table; its first `heads` lines are the header."""
    cells: list[Cell] = []
    line = 0
    for i, group in enumerate(groups):
        held: dict[Stretch, list[list[Part]]] = {}
        for row in group:
            parts_of = row if line >= heads else _words(row)
            spans = _data_spans(row, columns) if line >= heads else _head_spans(parts_of, columns, line + 1 < heads)
            line += 1
            for span, parts in _merged(parts_of, spans).items():
                held.setdefault(span, []).append(parts)
        cells += _cells(i, _apart(held), columns, around([x for row in group for part in row for x in part.letters]))
    letters = [x for group in groups for row in group for part in row for x in part.letters]
    return Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), len(groups), len(columns), around(letters), spans_known=False)


def _data_spans(row: Row, columns: list[Span]) -> list[Stretch]:
    """The column of each part: the one with which it shares most, or else the nearest."""
    out = []
    for part in row:
        home = min(range(len(columns)), key=lambda i: (_away(part, columns[i]), i))
        out.append((home, home))
    return out


def _away(part: Part, column: Span) -> float:
    """How far a part stands from being flush with or centred over a column; less than nothing where they overlap."""
    a, b = part.box.x0, part.box.x1
    shared = min(b, column[1]) - max(a, column[0])
    if shared > 0:
        return -shared
    return min(abs(a - column[0]), abs(b - column[1]), abs((a + b - column[0] - column[1]) / 2))


def _head_spans(row: Row, columns: list[Span], upper: bool) -> list[Stretch]:
    """The columns of each part of a header line, from left to right, each part over columns of its own.

    Words of a header are wider than the figures below and need not be flush with them. In an `upper` line a part stands over all columns
    around whose common middle it stands.
    """
    if len(row) > len(columns):
        return _data_spans(row, columns)
    homes = _in_turn(row, columns)
    out: list[Stretch] = []
    for k, part in enumerate(row):
        low = homes[k - 1] + 1 if k else 0
        high = homes[k + 1] - 1 if k + 1 < len(row) else len(columns) - 1
        out.append(_over(part, homes[k], max(low, out[-1][1] + 1 if out else 0), high, columns) if upper else (homes[k], homes[k]))
    return out


def _in_turn(row: Row, columns: list[Span]) -> list[int]:
    """The best columns for the parts, all different and in the same order: least sum of distances."""
    best: list[dict[int, tuple[float, list[int]]]] = [{-1: (0.0, [])}]
    for k, part in enumerate(row):
        step: dict[int, tuple[float, list[int]]] = {}
        for j in range(k, len(columns) - (len(row) - k - 1)):
            cost, way = min(value for last, value in best[-1].items() if last < j)
            step[j] = (cost + _apart_by(part, columns[j]), [*way, j])
        best.append(step)
    return min(best[-1].values())[1]


def _apart_by(part: Part, column: Span) -> float:
    a, b = part.box.x0, part.box.x1
    return min(abs(a - column[0]), abs(b - column[1]), abs((a + b - column[0] - column[1]) / 2))


def _over(part: Part, home: int, low: int, high: int, columns: list[Span]) -> Stretch:
    """The widest stretch of columns from `low` to `high`, around `home`, whose middle is the part's to within an em."""
    middle, em = (part.box.x0 + part.box.x1) / 2, max(x.size for x in part.letters)
    fits = [
        (i, j)
        for i in range(low, home + 1)
        for j in range(home, high + 1)
        if abs((columns[i][0] + columns[j][1]) / 2 - middle) <= em or (part.box.x0 <= columns[i][0] + em and part.box.x1 >= columns[j][1] - em)
    ]
    return max(fits, key=lambda span: (span[1] - span[0], -span[0]), default=(home, home))


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


def _apart(held: dict[Stretch, list[list[Part]]]) -> dict[Stretch, list[list[Part]]]:
    """Stretches of columns that overlap between the lines of one row, together."""
    out: dict[Stretch, list[list[Part]]] = {}
    for (first, last), lines in sorted(held.items(), key=lambda item: item[0]):
        before = next(reversed(out), None)
        if before is not None and first <= before[1]:
            out[before[0], max(last, before[1])] = out.pop(before) + lines
        else:
            out[first, last] = lines
    return out


def _cells(row: int, held: dict[Stretch, list[list[Part]]], columns: list[Span], band: Box) -> list[Cell]:
    """The cells of one row, which covers `band`, with blank ones where nothing stands."""
    out = []
    for (first, last), lines in held.items():
        ordered = sorted(lines, key=lambda parts: parts[0].box.top)
        texts = [set_line(sorted((x for part in parts for x in part.letters), key=lambda x: x.box.x0)) for parts in ordered]
        box = around([x for parts in lines for part in parts for x in part.letters])
        out.append(Cell(row, first, Text.join(texts, "\n"), 1, last - first + 1, box))
    covered = {c for first, last in held for c in range(first, last + 1)}
    return out + [Cell(row, c, Text(), box=Box(x0, band.top, x1, band.bottom)) for c, (x0, x1) in enumerate(columns) if c not in covered]
