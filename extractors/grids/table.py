"""A grid seen as a table: what each cell is, which rows are headers, which rows are key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

import regex

from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import KEY_ROLES, VALUE_ROLES, YEAR_ALONE
from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled, matcher
from extractors.normalise.scan import is_number, scan
from extractors.normalise.tokens import Calendar, Quantity, Token, When
from extractors.vocabulary import Cell, Grid, Text


class CellKind(StrEnum):
    """What a cell is to its neighbours."""

    EMPTY = "empty"
    NOTHING = "nothing"  # a dash, 未実施, 集計中: a value that is not there
    KEY = "key"  # role, year or unit words alone
    FIGURE = "figure"  # numbers with at most a few words
    TEXT = "text"  # a name or another short text
    PROSE = "prose"  # sentences
    NUMBER = "number"  # the number of the row


# A name is seldom longer; sentences in evaluation cells are (measured on KPI sheets: names up to 45 characters).
PROSE_LENGTH: Final = 60
# Words that a figure's own cell may hold beside it (`来館者数 7,392人`, `A : 1項目 B : 3項目`); a name that holds a number has more.
FIGURE_WORDS: Final = 8
# What a header may say beside its role or year (第8期 実績値); a name that ends in a role word (整備進捗率) says more.
PERIOD_NAME: Final = 6
# Points by which the sides of a table and of its continuation may differ.
SAME_PLACE: Final = 6.0
NOTHING: Final = regex.compile(r"[\p{Pd}－−ｰー…‥*＊〃/／\s]+|未実施|未定|調査中|集計中|該当なし|なし|未公表|不明|実績なし|対象外|皆増|皆減|休止|中止|未開催")
# The mark of a note behind a cell's last character.
NOTE_MARK: Final = re.compile(r"\s*(?:[※*†]\s*\d{0,2}|注\s*\d{0,2}\)?|[⁰¹²³⁴-⁹]+)$")
GRADE: Final = re.compile(
    r"[A-ESＡ-ＥＳ][+＋-]?|[◎○〇●△▲×✕☆★]|概ね達成|おおむね達成|ある程度達成|一部達成|未達成|達成|順調|概ね順調|おおむね順調|やや遅れ|遅れ|完了|[ⅠⅡⅢⅣⅤ]"
)
# Keys whose text stands on their right in a sheet.
PAIRING: Final = KEY_ROLES | {Role.REMARK, Role.UNIT, Role.NUMBER}
# Numbers that belong to a name: 人口10万対, 全国を100とした値, 1日当たり, ０歳.
OF_A_NAME: Final = re.compile(r"\s*(?:人)?(?:対(?!象)|あたり|当たり|当り|につき|とした|とする|歳|以上の者|未満の者|人対)|\s*を\s*(?:100|１００|1|１)\s*と")
VALUE_KEYS: Final = VALUE_ROLES | {Role.RATE, Role.RATING, Role.CHANGE}


class Reading:
    """One cell as read: its kind, its numbers and dates (offsets into its text), and its hint as a label. No other cell's reading is its equal."""

    __slots__ = ("cell", "hint", "kind", "quantities", "tokens")

    def __init__(self, cell: Cell, kind: CellKind, tokens: tuple[Token, ...], hint: Hint, quantities: tuple[Quantity, ...]) -> None:
        self.cell, self.kind, self.tokens, self.hint, self.quantities = cell, kind, tokens, hint, quantities

    @property
    def text(self) -> Text:
        return self.cell.text


def read_cell(cell: Cell, calendar: Calendar) -> Reading:
    """The cell's kind, from its own words alone."""
    string = cell.text.string
    tokens = scan(string, calendar) if string.strip() else ()
    hint = read_label(string, calendar)
    quantities = tuple([t for t in tokens if isinstance(t, Quantity)])
    return Reading(cell, _kind(string, tokens, quantities, hint), tokens, hint, quantities)


def _kind(string: str, tokens: tuple[Token, ...], numbers: tuple[Quantity, ...], hint: Hint) -> CellKind:
    bare = plain(string)
    if not bare:
        return CellKind.EMPTY
    if is_number(bare) and len(bare) <= PROSE_LENGTH and not YEAR_ALONE.fullmatch(bare):
        return CellKind.FIGURE
    bare = NOTE_MARK.sub("", bare) or bare
    if NOTHING.fullmatch(bare):
        return CellKind.NOTHING
    quantities = [t for t in numbers if t.unit != "歳" and not OF_A_NAME.match(string, t.end)]
    if not quantities and numbers and matcher(r"[\d.,]+\s?歳(?:以上|以下|未満)?(?:\s*\([^()]*\))?").fullmatch(bare):
        quantities = list(numbers)
    if not quantities or YEAR_ALONE.fullmatch(bare):
        if hint.whole:
            return CellKind.KEY
        return CellKind.PROSE if len(bare) > PROSE_LENGTH or "。" in bare else CellKind.TEXT
    if hint.whole and hint.role is Role.REMARK:
        return CellKind.KEY
    return _figure_or_text(string, tokens, quantities, bare)


def _figure_or_text(string: str, tokens: tuple[Token, ...], quantities: list[Quantity], bare: str) -> CellKind:
    """A cell with numbers: a figure where few words stand beside them and hardly any after, else a name or sentences."""
    taken = [t for t in tokens if isinstance(t, (Quantity, When))]
    rest = "".join(string[a.end : b] for a, b in zip(taken, [*(t.start for t in taken[1:]), len(string)], strict=True))
    words = len(compiled(r"\p{L}").findall(string[: taken[0].start] + rest))
    last = max(t.end for t in taken)
    trailing = len(compiled(r"\p{L}").findall(string[last:]))
    if "。" in bare or len(bare) > PROSE_LENGTH:
        return CellKind.PROSE
    return CellKind.FIGURE if words <= FIGURE_WORDS * len(quantities) and trailing <= 3 else CellKind.TEXT


class Table:
    """A grid with its cells read. Rows and columns are 0-based; `at` gives the reading of the cell that covers a place."""

    def __init__(self, grid: Grid, calendar: Calendar, before: Table | None = None) -> None:
        self.grid = grid
        self.calendar = calendar
        self.before = before if before is not None and continues(before.grid, grid) else None
        readings = {id(cell): read_cell(cell, calendar) for cell in grid.cells}
        self._at = {place: readings[id(cell)] for place, cell in grid.covering().items()}
        self._number_rows()
        # What is asked for each figure of a row or column. Headers and roles are the same for all rows under one header row.
        self._rows: dict[int, tuple[Reading, ...]] = {}
        self._headers: dict[tuple[int, int], tuple[Reading, ...]] = {}
        self._roles: dict[tuple[int, ...], Role | None] = {}
        # The first row with a figure; the number of rows where there is none.
        self.first_figures = next((r for r in range(grid.rows) if any(c.kind is CellKind.FIGURE for c in self.row(r))), grid.rows)
        # Rows that label the columns below them, wherever they stand.
        self.header_rows = frozenset([r for r in range(grid.rows) if self._labels_columns(r)])
        # Whether the grid is a key-value sheet: at least two rows in which a key stands left of its text.
        self.is_sheet = sum([self._pairs(r) for r in range(grid.rows)]) >= 2
        self.footers = self._footers()
        self._lowest = self._lowest_headers()

    def _footers(self) -> tuple[int, ...]:
        """The header rows at the end of a table that has no other: labels printed below their figures, as under a chart."""
        rows = sorted(self.header_rows)
        return tuple(rows) if rows and rows[0] > self.first_figures and rows == list(range(rows[0], self.grid.rows)) else ()

    def _lowest_headers(self) -> list[int]:
        """For each row (and the one behind the last) the header row next above it, -1 where there is none or a row of keys and texts lies between."""
        out, lowest = [-1], -1
        for row in range(self.grid.rows):
            if row in self.header_rows:
                lowest = row
            elif self.is_sheet and self._breaks(row):
                lowest = -1
            out.append(lowest)
        return out

    def _number_rows(self) -> None:
        """The first column's plain numbers that rise by one are row numbers, not figures (`No.` columns often have no header)."""
        column = list({id(r.cell): r for row in range(self.grid.rows) if (r := self.at(row, 0))}.values())
        bare = [r for r in column if r and r.kind is CellKind.FIGURE and len(r.quantities) == 1 and r.quantities[0].unit is None]
        values = [r.quantities[0].value for r in bare]
        rising = sum(b - a == 1 for a, b in pairwise(values))
        if len(values) >= 3 and rising >= 0.7 * (len(values) - 1):
            for place, reading in self._at.items():
                if place[1] == 0 and reading in bare:
                    self._at[place] = Reading(reading.cell, CellKind.NUMBER, reading.tokens, reading.hint, reading.quantities)

    def at(self, row: int, column: int) -> Reading | None:
        return self._at.get((row, column))

    def row(self, row: int) -> tuple[Reading, ...]:
        """The distinct cells of a row from left to right, empty ones left out."""
        if row not in self._rows:
            self._rows[row] = tuple(self._cells_of(row))
        return self._rows[row]

    def _cells_of(self, row: int) -> list[Reading]:
        out: list[Reading] = []
        for column in range(self.grid.columns):
            reading = self.at(row, column)
            if reading and reading.kind is not CellKind.EMPTY and not (out and out[-1].cell is reading.cell):
                out.append(reading)
        return out

    def _labels_columns(self, row: int) -> bool:
        cells = self.row(row)
        kinds = [c.kind for c in cells]
        if len(cells) < 2 or CellKind.FIGURE in kinds or CellKind.PROSE in kinds or CellKind.NOTHING in kinds:
            return False
        keys = [c for c in cells if c.kind is CellKind.KEY]
        if len(keys) == len(cells):
            return True
        if row > self.first_figures:
            return False
        texts = [c for c in cells if c.kind is CellKind.TEXT]
        values = [c for c in cells if (c.hint.role in VALUE_KEYS or c.hint.when is not None) and _beside_role(c.hint) <= PERIOD_NAME]
        named = any(c.hint.role is Role.NAME for c in keys)
        plain_texts = [c for c in texts if c not in values]
        if len(values) + named >= 2 and len(plain_texts) < len(values) + len(keys):
            return True
        return self._heads_texts(row, cells, texts)

    def _heads_texts(self, row: int, cells: Sequence[Reading], texts: list[Reading]) -> bool:
        """A leading row of names (areas, indicators, 策定年 beside 2015年) over columns of figures, and no pairs of key and text."""
        pattern = "".join("K" if c.kind is CellKind.KEY and c.hint.role in PAIRING else "T" if c.kind is CellKind.TEXT else "." for c in cells)
        over = row + 1 < self.grid.rows and all(c.kind is CellKind.KEY for c in self.row(row + 1)) and len(self.row(row + 1)) >= 2
        paired = matcher(r"(?:K[T.])+").fullmatch(pattern) or (cells[0].kind is CellKind.KEY and len(texts) < 2 and len(cells) < 3)
        # 年度 | 来館者数 is no pair where 目標 | 実績 stand below the latter, nor 地区 | 人口 | 地区 | 人口 over names and their numbers.
        if paired and not (over and cells[0].hint.role is Role.YEAR) and not self._folded(row, cells):
            return False
        heads = [c for c in cells if c.cell.column > 0] or cells
        below = range(row + 1, min(row + 4, self.grid.rows))
        places = [[at.kind for r in below if (at := self.at(r, c.cell.column)) is not None] for c in heads]
        filled = sum(CellKind.FIGURE in kinds or CellKind.NOTHING in kinds for kinds in places)
        keyed = any(CellKind.KEY in kinds[:1] for c, kinds in zip(heads, places, strict=True) if c.kind is CellKind.TEXT)
        return filled >= 0.5 * len(heads) and (over or not keyed)

    def _folded(self, row: int, cells: Sequence[Reading]) -> bool:
        """Whether the pairs of a row head a list folded beside itself: below each key there are names, below each text figures."""
        below = [self.at(row + 1, c.cell.column) for c in cells]
        keys = [b for c, b in zip(cells, below, strict=True) if c.kind is CellKind.KEY]
        rest = [b for c, b in zip(cells, below, strict=True) if c.kind is not CellKind.KEY]
        repeated = len({c.text.string for c in cells if c.kind is CellKind.KEY}) < len(keys)
        return repeated and all(b is not None and b.kind is CellKind.TEXT for b in keys) and all(b is not None and b.kind is CellKind.FIGURE for b in rest)

    def _pairs(self, row: int) -> bool:
        cells = self.row(row)
        if row in self.header_rows or len(cells) < 2 or cells[0].kind is not CellKind.KEY:
            return False
        role = cells[0].hint.role
        return cells[1].kind in (CellKind.TEXT, CellKind.PROSE) and (role in KEY_ROLES or role is Role.REMARK or cells[0].hint.narrative)

    def header_at(self, row: int, column: int) -> Reading | None:
        """The header cell over a column in one header row. Where merges are not known, an empty cell belongs to the label on its left, if the
        rows below it label the column."""
        reading = self.at(row, column)
        if reading and reading.kind is not CellKind.EMPTY:
            return reading
        if self.grid.spans_known or not any(
            (below := self.at(r, column)) is not None and below.kind is not CellKind.EMPTY for r in range(row + 1, row + 3) if r in self.header_rows
        ):
            return None
        return next((at for c in range(column - 1, -1, -1) if (at := self.at(row, c)) is not None and at.kind is not CellKind.EMPTY), None)

    def headers(self, row: int, column: int) -> tuple[Reading, ...]:
        """The column labels of a place, lowest level first. In a sheet they end where a row of keys and texts lies between."""
        lowest = self._lowest[row]
        if (lowest, column) not in self._headers:
            self._headers[lowest, column] = tuple(self._headers_up(lowest, column))
        found = self._headers[lowest, column]
        if found or (self.before is None and not self.footers):
            return found
        if self.before is not None and not self.header_rows:
            return self.before.headers(self.before.grid.rows, column)
        return tuple([head for below in self.footers if below > row and (head := self.header_at(below, column)) is not None])

    def _headers_up(self, lowest: int, column: int) -> Iterator[Reading]:
        """The header cells over a column, from a header row up through those that touch it."""
        seen: list[Cell] = []
        while lowest in self.header_rows:
            head = self.header_at(lowest, column)
            if head is not None and not any(head.cell is cell for cell in seen):
                seen.append(head.cell)
                yield head
            lowest -= 1

    def _breaks(self, row: int) -> bool:
        cells = self.row(row)
        if not cells or any(c.kind in (CellKind.FIGURE, CellKind.NOTHING) for c in cells):
            return False
        return self._pairs(row) or any(c.kind is CellKind.PROSE for c in cells)

    def column_role(self, row: int, column: int) -> Role | None:
        """What the column's header says that its cells are (name, unit, remark, target …), lowest level first."""
        place = (row, column) if self.footers else (self._lowest[row], column)
        if place not in self._roles:
            self._roles[place] = next((h.hint.role for h in self.headers(row, column) if h.hint.role), None)
        return self._roles[place]


def _beside_role(hint: Hint) -> int:
    """How many characters a header says beside its role, brackets left out (6 in 第9期 推計値（見込量）)."""
    name = matcher(r"\s|[(（][^()（）]*[)）]").sub("", hint.name)
    return len(name) - len(hint.word) if hint.word in name else len(name)


def continues(before: Grid, grid: Grid) -> bool:
    """Whether a grid goes on with the one on the page before: the same columns at the same place."""
    if before.columns != grid.columns or before.box is None or grid.box is None:
        return False
    return abs(before.box.x0 - grid.box.x0) <= SAME_PLACE and abs(before.box.x1 - grid.box.x1) <= SAME_PLACE
