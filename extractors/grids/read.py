"""Every figure of a grid with its labels, and every grade."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from extractors.context import Context, Figure, Grade, Label, Relation
from extractors.grids.governors import BY_ROLE, Governor, key_value
from extractors.grids.table import GRADE, CellKind, Reading, Table
from extractors.headings import ITEM, Shape, shape
from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import may_have_keys
from extractors.normalise.characters import plain
from extractors.normalise.names import clean_name, fits, split_compound
from extractors.normalise.patterns import compiled, matcher
from extractors.normalise.quantities import signed_by_brackets
from extractors.normalise.tokens import Calendar, Quantity, When
from extractors.prose import TOTAL, read_prose
from extractors.vocabulary import Line, Text

EXTRACTOR: Final = "grids"
BULLET: Final = re.compile(r"[○〇●◎◇◆■□☆★▪►※]|(?:^|(?<=[\n\s】）)]))・")
# Quantities that one cell parts only by blanks or marks may each belong to another name of the row.
BRACKETS: Final = "（(［[〔※"
OPEN, CLOSE = "（(［[〔", "）)］]〕"
_OPEN: Final = re.compile(f"[{re.escape(OPEN)}]")


@dataclass(frozen=True, slots=True)
class BracketNote:
    """A footnote that says what the numbers in brackets (or, `brackets` False, all numbers) of a column mean: `目標値の()は令和5年度目標値`."""

    column: str
    meaning: Label
    brackets: bool = True
    minus: bool = False


def read_grid(table: Table, around: tuple[Label, ...], notes: tuple[BracketNote, ...], key: tuple[object, ...]) -> Context:
    """The figures and grades of a grid. `around` are the labels of its place on the page (note, section, headings), `key` names the grid."""
    grid, calendar, governor = table.grid, table.calendar, Governor(table)
    out = Context()
    for cell in grid.cells:
        reading = table.at(cell.row, cell.column)
        if reading is None or cell.row in table.header_rows:
            continue
        row = (*key, cell.row)
        if reading.kind is CellKind.NUMBER:
            number = Label(reading.text, Relation.ROW, Hint(role=Role.NUMBER))
            out.figures += [Figure(reading.text[q.start : q.end], q, (number,), EXTRACTOR, row) for q in reading.quantities]
        if reading.kind is CellKind.FIGURE and not is_list(reading.text, calendar):
            out.figures += _figures(governor, reading, around, notes, row)
        elif reading.kind in (CellKind.FIGURE, CellKind.PROSE, CellKind.TEXT) and reading.quantities:
            out.figures += _told(governor, reading, around, row)
        elif reading.kind is CellKind.TEXT:
            out.grades += _grades(governor, reading, around, row)
    return Context(_share_names(out.figures), out.grades)


def _figures(governor: Governor, reading: Reading, around: tuple[Label, ...], notes: tuple[BracketNote, ...], row: tuple[object, ...]) -> list[Figure]:
    """The numbers of a figure cell, each with the words of its own cell first."""
    governors = governor.govern(reading.cell.row, reading.cell.column)
    if governors.remark:
        return _told(governor, reading, around, row)
    out = []
    last = 0
    for order, printed in enumerate(reading.quantities):
        quantity = _signed(printed, governors.labels, notes)
        own = _own_words(governor.table, reading, last, quantity)
        own += _bracket_meaning(reading, quantity, governors.labels, notes)
        text = _printed(reading.text, quantity) if quantity is printed else _with_brackets(reading.text, quantity)
        out.append(Figure(text, quantity, (*own, *governors.labels, *around), EXTRACTOR, row, order))
        last = quantity.end
    return _parted(out, reading)


def _printed(text: Text, quantity: Quantity) -> Text:
    return text if quantity.start == 0 and quantity.end == len(text) else text[quantity.start : quantity.end]


def _own_words(table: Table, reading: Reading, last: int, quantity: Quantity) -> list[Label]:
    """What the cell itself says before the number: a year (`2024 (R6) 1,195人`), a role, or the name of a part (`参加企業20社`)."""
    if len(reading.tokens) == 1 and not reading.text.string[last : quantity.start].strip():
        return []
    whens = [t for t in reading.tokens if isinstance(t, When)]
    behind = [t for t in whens if matcher(r"\s*[(（\[※]\s*").fullmatch(reading.text.string[quantity.end : t.start])]
    before = [t for t in whens if t.start < quantity.start][::-1]
    out = [Label(reading.text[t.start : t.end], Relation.CELL, Hint(when=t)) for t in behind + before]
    words = reading.text[last : quantity.start]
    hint = read_label(words.string, table.calendar)
    if hint.role is not None and hint.role not in (Role.NAME, Role.MEASURE, Role.SECTION):
        out.append(Label(words.strip(), Relation.CELL, hint.dated(None)))
    elif compiled(r"\p{L}").search(TOTAL.sub("", words.string)) and not hint.whole:
        out.append(Label(words.strip(), Relation.PART, hint.naming(words.string.strip(" 　:：・、,（(\n"))))
    return out


def _signed(quantity: Quantity, labels: tuple[Label, ...], notes: tuple[BracketNote, ...]) -> Quantity:
    """The quantity, negative where it stands in brackets and a footnote says that these mean a minus."""
    minus = [note.column for note in notes if note.minus]
    if not minus:
        return quantity
    columns = _columns(labels)
    return signed_by_brackets(quantity) if any(not name or any(name in column for column in columns) for name in minus) else quantity


def _with_brackets(text: Text, quantity: Quantity) -> Text:
    """The number with the brackets that are its sign."""
    start = max(text.string.rfind(c, 0, quantity.start) for c in OPEN)
    return text[start : min(at for c in CLOSE if (at := text.string.find(c, quantity.end)) >= 0) + 1]


def _columns(labels: tuple[Label, ...]) -> list[str]:
    return [matcher(r"\s").sub("", plain(label.text.string)) for label in labels if label.relation in (Relation.COLUMN, Relation.ROW)]


def _bracket_meaning(reading: Reading, quantity: Quantity, labels: tuple[Label, ...], notes: tuple[BracketNote, ...]) -> list[Label]:
    if not notes:
        return []
    bracketed = _bracketed(reading.text.string, quantity.start)
    columns = _columns(labels)
    return [note.meaning for note in notes if note.brackets is bracketed and not note.minus and any(note.column in column for column in columns)]


def _bracketed(string: str, at: int) -> bool:
    return _OPEN.search(string) is not None and sum(string.count(c, 0, at) for c in OPEN) > sum(string.count(c, 0, at) for c in CLOSE)


def _parted(figures: list[Figure], reading: Reading) -> list[Figure]:
    """Numbers of one cell to the parts of a compound name (`15社・50人` under 参加企業、参加求職者数), inside and outside brackets apart."""
    if not figures:
        return []
    name = figures[0].first(Relation.NAME)
    parts = split_compound(clean_name(name.text.string)) if name and len(_name_bounds(name.text.string)) == 1 else ()
    if len(figures) == 1 and not parts:
        return figures
    groups: dict[bool, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[_bracketed(reading.text.string, figure.quantity.start)].append(figure)
    out = []
    for group in groups.values():
        out += _to_parts(group, parts)
    if not parts and len(groups) == 2:
        out = _odd_units(out)
    return sorted(out, key=lambda f: f.order)


def _to_parts(group: list[Figure], parts: tuple[str, ...]) -> list[Figure]:
    if not parts:
        return group
    out = []
    for at, figure in enumerate(group):
        fitting = [part for part in parts if fits(part, figure.quantity.unit)]
        part = fitting[0] if len(fitting) == 1 else parts[at] if len(group) == len(parts) else None
        out.append(figure if part is None else _with_part(figure, part))
    return out


def _with_part(figure: Figure, part: str) -> Figure:
    name = figure.first(Relation.NAME)
    text = name.text if name else figure.text
    return figure.labelled((Label(text, Relation.PART, Hint(name=part)), *figure.labels))


def _odd_units(figures: list[Figure]) -> list[Figure]:
    """`(1回)11人` under a name of persons: the 回 in brackets is not the name's own measure but how often it was held."""
    units = {f.quantity.unit for f in figures}
    if "回" not in units or len(units) < 2:
        return figures
    return [_with_part(f, "開催回数") if f.quantity.unit == "回" else f for f in figures]


def _told(governor: Governor, reading: Reading, around: tuple[Label, ...], row: tuple[object, ...]) -> list[Figure]:
    """Numbers in the sentences of a cell: results where the cell's key heads a narrative, targets where its own words say so."""
    table, governors = governor.table, governor.govern(reading.cell.row, reading.cell.column)
    keys = [label for label in governors.labels if label.relation in (Relation.ROW, Relation.COLUMN)]
    narrative = [Label(k.text, k.relation, k.hint.saying(Role.ACTUAL)) for k in keys if k.hint.narrative]
    rest = [label for label in governors.labels if label.relation in (Relation.SECTION, Relation.MEASURE, Relation.AREA)]
    named = [label for label in governors.labels if label.relation is Relation.NAME]
    if narrative and not governors.remark:
        base = (*narrative, *rest, *(a for a in around if a.relation is not Relation.NAME))
    elif governors.remark:
        base = tuple(rest)
    elif is_list(reading.text, table.calendar):
        base = (*(la for la in governors.labels if la.relation is not Relation.NAME), *around)
    else:
        return []
    out: list[Figure] = []
    for order, (passage, bands) in enumerate(_passages(reading.text, table.calendar)):
        figures = read_prose(passage, (*bands, *base), table.calendar, (*row, order))
        if governors.remark:
            out += [_kept_remark(f, keys, named) for f in figures if _own_role(f)]
        else:
            out += [f.adding(*named) for f in figures]
    return out


def _own_role(figure: Figure) -> bool:
    return any(label.hint.strong in (Role.TARGET, Role.ACTUAL) for label in figure.all(Relation.AFTER, Relation.CELL))


def _kept_remark(figure: Figure, keys: list[Label], named: list[Label]) -> Figure:
    """A number in a remark that its own words make a target: the row names it, its column's header dates it."""
    if figure.first(Relation.NAME) is None or named:
        figure = figure.labelled(tuple([x for x in figure.labels if x.relation is not Relation.NAME or not named]))
        figure = figure.adding(*named)
    return figure.adding(*(k for k in keys if k.hint.role is Role.TARGET))


def _passages(text: Text, calendar: Calendar) -> list[tuple[Text, tuple[Label, ...]]]:
    """A cell's text in items and paragraphs, each with the band of its cell that it stands under (`（参考）24年度実績` over its items)."""
    out: list[tuple[Text, tuple[Label, ...]]] = []
    band: tuple[Label, ...] = ()
    for line in text.split_lines():
        shaped = shape(Line(line), calendar)
        if shaped.shape is Shape.BAND:
            band = (Label(line.strip(), Relation.CELL, shaped.hint),)
            continue
        starts = [m.start() for m in BULLET.finditer(line.string)]
        bounds = [0, *[s for s in starts if s], len(line)]
        parts = [part for a, b in pairwise(bounds) if (part := line[a:b])]
        if out and out[-1][1] == band and not BULLET.match(line.string.strip()):
            out[-1] = (Text.join([out[-1][0], parts[0]], "\n"), band)
            parts = parts[1:]
        out += [(part, band) for part in parts]
    return out


def is_list(text: Text, calendar: Calendar) -> bool:
    """Whether a cell holds items or bands of its own: at least one line with a bullet or a role and year alone, and a second line."""
    if "\n" not in text.string.strip():
        return False
    lines = text.split_lines()
    if not any(may_have_keys(line.string) or ITEM.match(line.string) for line in lines):
        return False
    shapes = [shape(Line(line), calendar).shape for line in lines]
    # The rest of a bracket (`61.0％（令和` over `8年度）`) begins nothing.
    whole = ["".join(line.string for line in lines[:at]) for at in range(len(lines))]
    inside = [_bracketed(before, len(before)) or line.string.strip()[:1] in BRACKETS for before, line in zip(whole, lines, strict=True)]
    headed = (s is Shape.ITEM or (s is Shape.BAND and not within) for s, within in zip(shapes, inside, strict=True))
    return len(shapes) >= 2 and any(headed)


def _grades(governor: Governor, reading: Reading, around: tuple[Label, ...], row: tuple[object, ...]) -> list[Grade]:
    """Ratings: letters or words of a rating's column, or single letters under a year (`R6` … `R10` of a list of grades)."""
    words = [w for line in reading.text.split_lines() for w in _split(line)]
    if not words or not all(GRADE.fullmatch(plain(w.string)) for w in words):
        return []
    governors = governor.govern(reading.cell.row, reading.cell.column)
    heads = [label.hint for label in governors.labels if label.relation in (Relation.COLUMN, Relation.ROW)]
    rated = any(h.role in (Role.RATING, Role.RATE) for h in heads)
    letter = all(matcher(r"[A-ES◎○△×]").fullmatch(plain(w.string)) for w in words)
    if not rated and not (letter and any(h.when for h in heads)):
        return []
    return [Grade(word, (*governors.labels, *around), row, order) for order, word in enumerate(words)]


def _split(text: Text) -> list[Text]:
    bounds = [0, *(m.end() for m in matcher(r"\s+").finditer(text.string)), len(text)]
    return [part.strip() for a, b in pairwise(bounds) if (part := text[a:b])]


def sheet_keys(table: Table) -> tuple[Label, ...]:
    """What a grid of keys and values at the head of a page names: the 施策 or 事業 and its field, for the grids of figures below it."""
    found = []
    for role in (Role.MEASURE, Role.SECTION):
        value = next((v for row in range(table.grid.rows) if (v := key_value(table, row, role)) is not None), None)
        if value is not None:
            found.append(Label(value.text, BY_ROLE[role], value.hint))
    return tuple(found)


def name_list(text: Text) -> list[Text]:
    """The names of a cell that holds several, at its bullets or, in a sheet of two indicators, its lines; one name where it holds one."""
    return [text[a:b].strip() for a, b in _name_bounds(text.string)]


@lru_cache(maxsize=4096)
def _name_bounds(string: str) -> tuple[tuple[int, int], ...]:
    """Where each name of a cell's string begins and ends."""
    starts = [m.start() for m in BULLET.finditer(string)]
    starts = [s for s in starts if not string[:s].strip() or string[s - 1].isspace()]
    if len(starts) >= 2:
        return tuple((a, b) for a, b in pairwise([*starts, len(string)]) if string[a:b].strip())
    ends = [m.end() for m in matcher(r"(?:者数|人数|件数|回数|割合|(?<!割)率|[^者人件回]数|額)(?=\s+[^\s(（])").finditer(string)]
    bounds = [(a, b) for a, b in pairwise([0, *ends, len(string)]) if string[a:b].strip()]
    countable = matcher(r"(?:数|率|割合|額|量|度)\s*(?:[(（][^()（）]*[)）])?$")
    return tuple(bounds) if len(bounds) >= 2 and all(countable.search(string[a:b].strip()) for a, b in bounds) else ((0, len(string)),)


def _share_names(figures: list[Figure]) -> list[Figure]:
    """Figures whose name cell holds several names: the n-th figure of a role and year takes the n-th name (or the one its unit fits)."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        name = figure.first(Relation.NAME)
        if name is not None and len(_name_bounds(name.text.string)) > 1:
            head = [(la.text.string, la.hint.role) for la in figure.all(Relation.ROW, Relation.COLUMN, Relation.CELL) if la.hint.role or la.hint.when]
            groups[(id(name.text), *head)].append(at)
    out = list(figures)
    for members in groups.values():
        name = out[members[0]].first(Relation.NAME)
        names = name_list(name.text) if name else []
        for order, at in enumerate(members):
            fitting = [n for n in names if fits(clean_name(n.string), out[at].quantity.unit)]
            chosen = fitting[0] if len(fitting) == 1 else names[min(order, len(names) - 1)]
            kept = [la for la in out[at].labels if la.relation is not Relation.NAME]
            out[at] = out[at].labelled((Label(chosen, Relation.NAME, Hint(name=chosen.string)), *kept))
    return out
