"""Which cells govern a place of a table: the row's labels, the columns' headers, the sheet's keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.context import Label, Relation
from extractors.grids.table import CellKind, Reading, Table
from extractors.labels import Role
from extractors.labels.hints import VALUE_ROLES
from extractors.normalise.characters import plain
from extractors.normalise.patterns import matcher
from extractors.normalise.places import find_places
from extractors.normalise.units import bracket_unit

# Short measures that stand beside a name (来館者数 beside 中央図書館の来館者数) and are no name of their own.
MEASURE_LENGTH: Final = 8
UNIT_LENGTH: Final = 8
SKIPPED: Final = frozenset({Role.REMARK, Role.NUMBER, Role.RATING, Role.RATE, Role.CHANGE})
LABELS: Final = (CellKind.KEY, CellKind.TEXT)
BY_ROLE: Final = {Role.NAME: Relation.NAME, Role.MEASURE: Relation.MEASURE, Role.SECTION: Relation.SECTION, Role.AREA: Relation.AREA}


class Governors:
    """The labels of one place, each relation near to far, and whether the row itself gives a role (a sheet's key)."""

    __slots__ = ("labels", "remark")

    def __init__(self, labels: tuple[Label, ...], remark: bool = False) -> None:
        self.labels, self.remark = labels, remark


class Side:
    """What stands left of a run of figures of one row: its keys as labels, and its texts as name, part, section …

    `named` under columns without names, `headed` under columns that have some. `keyed`: one of the keys says what the figures are.
    """

    __slots__ = ("headed", "keyed", "keys", "named", "remark")

    def __init__(self, keys: list[Label], named: list[Label], headed: list[Label], keyed: bool, remark: bool) -> None:
        self.keys, self.named, self.headed, self.keyed, self.remark = keys, named, headed, keyed, remark


class Head:
    """What stands over a column: the readings, lowest first, those of them that say something as labels, and those that name.

    `names` are the latter as labels where the row names nothing, `parts` where it names what they part.
    """

    __slots__ = ("headers", "labels", "names", "parts", "remark")

    def __init__(self, headers: tuple[Reading, ...], labels: list[Label], names: list[Label], parts: list[Label], remark: bool) -> None:
        self.headers, self.labels, self.names, self.parts, self.remark = headers, labels, names, parts, remark


def label(reading: Reading, relation: Relation) -> Label:
    return Label(reading.text, relation, reading.hint)


class Governor:
    """The labels of the places of one table. What all figures of a row, or of a column, have in common is found once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._sides: dict[tuple[int, int], Side] = {}
        self._heads: dict[int, Head] = {}
        self._rows: dict[int, list[Label]] = {}
        self._under: dict[int, list[Label]] = {}
        self._values: dict[int, list[Label]] = {}

    def govern(self, row: int, column: int) -> Governors:
        """All labels of the place (row, column), from its row, its columns, its bands and its sheet's keys."""
        table, side, head = self.table, self._side(row, column), self._head(row, column)
        if not head.names or (side.keyed and table.is_sheet):
            named = _named(side.named)
        else:
            named = _named(side.headed + (head.parts if _has(side.headed, Relation.NAME) else head.names))
        labels = [*side.keys, *head.labels, *named, *_alike(table, row, column, head.headers), *self._of_row(row)]
        labels += self._sheet_names(row, named, labels)
        return Governors(tuple(labels), side.remark or head.remark)

    def _side(self, row: int, column: int) -> Side:
        known, first = self._sides.get((row, column)), column
        # Where no label stands between two figures, both have the same.
        while known is None and first and not _stands_left(self.table, row, first - 1):
            first -= 1
            known = self._sides.get((row, first))
        if known is None:
            lefts = _lefts(self.table, row, first)
            texts = [r for r in lefts if r.kind is not CellKind.KEY]
            keys = [r for r in lefts if r.kind is CellKind.KEY]
            keyed = any(r.hint.role and r.hint.role not in SKIPPED for r in keys)
            remark = bool(keys) and lefts[0] is keys[0] and keys[0].hint.role is Role.REMARK
            named = _row_names(self.table, row, texts)
            headed = _measured(_part_of_role(lefts, named))
            known = Side([label(r, Relation.ROW) for r in keys], named, headed, keyed, remark)
        self._sides[row, column] = known
        return known

    def _head(self, row: int, column: int) -> Head:
        headers = self.table.headers(row, column)
        if id(headers) not in self._heads:
            labels = [label(h, Relation.COLUMN) for h in headers if h.kind is CellKind.KEY or h.hint.role or h.hint.when or h.hint.unit]
            # A column of figures headed 市区町村 counts them.
            texts = [h for h in headers if (h.hint.name and h.kind is not CellKind.KEY) or h.hint.role is Role.AREA]
            names, parts = (_column_names(self.table, texts, relation) for relation in (Relation.NAME, Relation.PART))
            remark = bool(headers) and headers[0].hint.role is Role.REMARK
            self._heads[id(headers)] = Head(headers, labels, names, parts, remark)
        return self._heads[id(headers)]

    def _of_row(self, row: int) -> list[Label]:
        if row not in self._rows:
            self._rows[row] = _band(self.table, row) + _units(self.table, row)
        return self._rows[row]

    def _sheet_names(self, row: int, named: list[Label], labels: list[Label]) -> list[Label]:
        """The values of a sheet's keys 指標, 施策, 分野, nearest row above first (then below), for figures whose row names nothing."""
        out = self._sheet_values(row, {known.relation for known in labels}) if self.table.is_sheet else []
        if _has(named, Relation.NAME, Relation.MEASURE) or _has(out, Relation.NAME, Relation.MEASURE):
            return out
        if row not in self._under:
            self._under[row] = _under_keys(self.table, row)
        return out + self._under[row]

    def _sheet_values(self, row: int, have: set[Relation]) -> list[Label]:
        if row not in self._values:
            self._values[row] = _key_values(self.table, row)
        return _titled(self.table, row, [value for value in self._values[row] if value.relation not in have])


def _has(labels: list[Label], *relations: Relation) -> bool:
    return any(one.relation in relations for one in labels)


def _part_of_role(lefts: list[Reading], named: list[Label]) -> list[Label]:
    """A row's text right of its role (確保方策 | 特定教育・保育施設) parts the role; where columns have names, those name the number."""
    at = next((i for i, r in enumerate(lefts) if r.kind is not CellKind.KEY), None)
    role = next((i for i, r in enumerate(lefts) if r.kind is CellKind.KEY and r.hint.role in VALUE_ROLES), None)
    if at is None or role is None or role < at:
        return named
    return [n.related(Relation.PART) if n.relation is Relation.NAME else n for n in named]


def _measured(named: list[Label]) -> list[Label]:
    """A row whose only name is its project (施策 over 満足度, 重要度 …) is about that project: the columns part it."""
    if _has(named, Relation.NAME):
        return named
    nearest = next((n for n in named if n.relation is Relation.MEASURE), None)
    return [n.related(Relation.NAME) if n is nearest else n for n in named]


def _named(named: list[Label]) -> list[Label]:
    """Where nothing else names a row, its category does (区分 over 営業キロ, 乗車人員 …)."""
    if _has(named, Relation.NAME, Relation.MEASURE):
        return named
    nearest = next((n for n in named if n.relation is Relation.SECTION), None)
    return [n.related(Relation.NAME) if n is nearest else n for n in named]


def _stands_left(table: Table, row: int, left: int) -> bool:
    """Whether a place holds a label for the figures on its right."""
    reading = table.at(row, left)
    return reading is not None and reading.kind in LABELS and not _of_skipped_column(table, row, left)


def _lefts(table: Table, row: int, column: int) -> list[Reading]:
    """The row's labels, nearest first: figures next to the place are passed over, a figure behind a label ends the search."""
    out: list[Reading] = []
    for left in range(column - 1, -1, -1):
        reading = table.at(row, left)
        if reading is None or any(reading.cell is r.cell for r in out):
            continue
        if reading.kind is CellKind.FIGURE and out:
            break
        if _stands_left(table, row, left):
            out.append(reading)
    return out or _carried(table, row)


def _carried(table: Table, row: int) -> list[Reading]:
    """The key above an empty first cell, where the source cannot say that it is merged down (`実績値` over its row of years)."""
    if table.grid.spans_known:
        return []
    for above in range(row - 1, -1, -1):
        reading = table.at(above, 0)
        if reading is not None and reading.kind is not CellKind.EMPTY:
            return [reading] if reading.kind is CellKind.KEY else []
    return []


def _of_skipped_column(table: Table, row: int, column: int) -> bool:
    return row not in table.header_rows and table.column_role(row, column) in SKIPPED


def _row_names(table: Table, row: int, texts: list[Reading]) -> list[Label]:
    """The texts of a row as name, part, measure, section or area: by their column's header, else by place (nearest is the name)."""
    out: list[Label] = []
    loose: list[Reading] = []
    roles = [table.column_role(row, reading.cell.column) for reading in texts]
    # 区分 alone over a row's words is no category of something else: it heads the names.
    sectioned = any(role not in (Role.SECTION, Role.UNIT) and not is_unit(r) for r, role in zip(texts, roles, strict=True))
    for reading, role in zip(texts, roles, strict=True):
        if role in BY_ROLE and role is not Role.NAME and (role is not Role.SECTION or sectioned):
            out.append(label(reading, BY_ROLE[role]))
        elif role is not Role.UNIT:
            loose.append(reading)
    out += _by_place(table, loose, [r for r in loose if table.column_role(row, r.cell.column) is Role.NAME])
    out += _carried_texts(table, row, texts)
    return out


def _by_place(table: Table, loose: list[Reading], headed: list[Reading]) -> list[Label]:
    if not loose:
        return []
    loose = [r for r in loose if not is_unit(r) or r in headed]
    texts = headed or loose
    if not texts:
        return []
    out = [label(r, Relation.SECTION) for r in loose if r not in texts]
    name, rest = texts[0], texts[1:]
    if rest and len(name.text.string) <= MEASURE_LENGTH < len(rest[0].text.string) + MEASURE_LENGTH and _is_measure(name):
        return [label(name, Relation.PART), label(rest[0], Relation.NAME), *out, *(label(r, Relation.SECTION) for r in rest[1:])]
    places = find_places(name.text.string, table.calendar.day)
    if places and places[0].end - places[0].start >= len(name.text.string.strip()):
        return [label(name, Relation.AREA), *(_by_place(table, rest, []) if rest else []), *out]
    return [label(name, Relation.NAME), *(label(r, Relation.SECTION) for r in rest), *out]


def _is_measure(reading: Reading) -> bool:
    return reading.text.string.strip().endswith(("数", "率", "割合", "額", "量", "人員", "度", "値"))


def _carried_texts(table: Table, row: int, texts: list[Reading]) -> list[Label]:
    """Category and measure cells above an empty cell of their column, where merges are not known."""
    if table.grid.spans_known:
        return []
    out = []
    for column in range(table.grid.columns):
        reading = table.at(row, column)
        role = table.column_role(row, column)
        if (reading is not None and reading.kind is not CellKind.EMPTY) or role not in (Role.SECTION, Role.MEASURE, Role.AREA):
            continue
        above = next((at for r in range(row - 1, -1, -1) if (at := table.at(r, column)) is not None and at.kind is not CellKind.EMPTY), None)
        if above is not None and above.cell.row not in table.header_rows and above not in texts:
            out.append(label(above, BY_ROLE[role]))
    return out


def _column_names(table: Table, heads: list[Reading], relation: Relation) -> list[Label]:
    """Header texts that are no keys: the name where the row has none (indicators across), else the part (男性 / 女性 under a row's name)."""
    out = []
    for head in heads:
        places = find_places(head.text.string, table.calendar.day)
        whole = bool(places) and places[0].end - places[0].start >= len(head.text.string.strip())
        out.append(label(head, Relation.AREA if whole else relation))
    return out


def _band(table: Table, row: int) -> list[Label]:
    """The nearest row above that one text fills: a heading inside the table."""
    for above in range(row - 1, -1, -1):
        cells = table.row(above)
        if len(cells) == 1 and cells[0].kind in (CellKind.TEXT, CellKind.KEY) and cells[0].cell.column == 0 and _spans(table, cells[0]):
            return [label(cells[0], Relation.BAND)]
    return []


def _spans(table: Table, reading: Reading) -> bool:
    return not table.grid.spans_known or reading.cell.column_span >= table.grid.columns


def _alike(table: Table, row: int, column: int, headers: Sequence[Reading]) -> list[Label]:
    """The dated header of the target columns, over a target that names only the year it is compared with (`削減目標（2013年度比）`).

    None where the table's targets are of several years: which of them it is, nobody can tell.
    """
    if not headers or headers[0].hint.role is not Role.TARGET or not headers[0].hint.compared or any(h.hint.when for h in headers):
        return []
    others = {id(h.cell): h for c in range(table.grid.columns) if c != column for h in table.headers(row, c)}
    dated = [h for h in others.values() if h.hint.role is Role.TARGET and h.hint.when is not None]
    years = {h.hint.when.fiscal_year for h in dated if h.hint.when is not None}
    return [label(dated[0], Relation.ALIKE)] if len(years) == 1 else []


def _units(table: Table, row: int) -> list[Label]:
    out = []
    if row in table.header_rows:
        return []
    for reading in table.row(row):
        role = table.column_role(row, reading.cell.column)
        alone = reading.kind in (CellKind.TEXT, CellKind.KEY) and role in (None, Role.SECTION) and is_unit(reading)
        if role is Role.UNIT or alone:
            out.append(label(reading, Relation.UNIT))
    return out


def _key_values(table: Table, row: int) -> list[Label]:
    out: list[Label] = []
    rows = [*range(row, -1, -1), *range(row + 1, table.grid.rows)]
    for role, relation in BY_ROLE.items():
        found = next((value for r in rows if (value := key_value(table, r, role)) is not None), None)
        if found is not None:
            out.append(label(found, relation))
    return out


def _under_keys(table: Table, row: int) -> list[Label]:
    """Name and unit that stand below their keys, over the row of years (指標 | 内容 | 単位 above 外国人宿泊客数 | … | 人)."""
    out: list[Label] = []
    for above in sorted(table.header_rows, reverse=True):
        for reading in table.row(above) if above <= row - 2 else ():
            relation = Relation.UNIT if reading.hint.role is Role.UNIT else BY_ROLE.get(reading.hint.role) if reading.hint.role else None
            below = table.at(above + reading.cell.row_span, reading.cell.column)
            if relation and below is not None and below.kind is CellKind.TEXT and below.cell.row not in table.header_rows:
                out.append(label(below, relation))
        if out:
            return out
    return out


def _titled(table: Table, row: int, out: list[Label]) -> list[Label]:
    """A sheet whose first row is one text over all columns is titled with its 施策."""
    first = table.row(0)
    if row > 0 and len(first) == 1 and first[0].kind is CellKind.TEXT and _spans(table, first[0]):
        return [*(known for known in out if known.relation is not Relation.MEASURE), label(first[0], Relation.MEASURE)]
    return out


def is_unit(reading: Reading) -> bool:
    """Whether a cell is a unit alone, with or without its scale (人, 万人, 千円)."""
    printed = plain(reading.text.string)
    return len(printed) <= UNIT_LENGTH and not matcher(r"[()\[\]\s]").search(printed) and bracket_unit(f"({printed})") is not None


def key_value(table: Table, row: int, role: Role) -> Reading | None:
    """The text right of a key of this role in a row, or below it where a key stands on its right."""
    if row in table.header_rows:
        return None
    cells = table.row(row)
    for at, reading in enumerate(cells):
        if reading.kind is CellKind.KEY and reading.hint.role is role:
            if at + 1 < len(cells) and cells[at + 1].kind in (CellKind.TEXT, CellKind.PROSE):
                return None if role is Role.MEASURE and _is_list(cells[at + 1]) else cells[at + 1]
            below = table.at(row + reading.cell.row_span, reading.cell.column)
            if below is not None and below.kind is CellKind.TEXT:
                return below
    return None


def _is_list(reading: Reading) -> bool:
    """Several names in one cell (the 事業 that make up a 施策) name no one thing."""
    return bool(matcher(r"(?s)[○〇●・◇◆■□].*[○〇●◇◆■□]|【.*】\s*[○〇●]").search(reading.text.string))
