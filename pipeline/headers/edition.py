"""One document to its headers: tables and lists with what governs their numbers, counted from the run that made the tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.context import Label, Relation
from extractors.extract import Trace, trace
from extractors.grids.table import CellKind, Reading, Table
from extractors.headings import Shape, Shaped
from extractors.labels import Hint
from extractors.meaning import Verdict
from extractors.vocabulary import Cell, Document, Glyph, Text
from extractors.vocabulary import Kind as Kinds
from pipeline.headers.model import Edition, Form, Header, Kind, Zone
from pipeline.headers.spelling import flat, spelled
from pipeline.read import read
from pipeline.read.errors import Unreadable

NAMES = (Relation.NAME, Relation.PART, Relation.MEASURE, Relation.SECTION, Relation.AREA)
# What a label outside a table is to the numbers of a list or a table.
AROUND = {
    **dict.fromkeys((Relation.NOTE, Relation.BAND, Relation.NEARBY, Relation.BRACKET), Kind.NOTE),
    **dict.fromkeys((Relation.COLUMN, Relation.ROW, Relation.ALIKE), Kind.COLUMN),
    Relation.CELL: Kind.FIELD,
    **dict.fromkeys(NAMES, Kind.ROW),
}


def edition_of(file: Path) -> Edition:
    """The headers of a document (PDF, text, markdown).

    Raises Unreadable with a sentence where it cannot be read, or none of its pages can.
    """
    document = read(file.read_bytes(), file.name)
    bad = [page for page in document.pages if page.unreadable is not None]
    if not any(page.glyphs and page.unreadable is None for page in document.pages):
        raise Unreadable((bad[0].unreadable if bad else None) or "どのページにも文字がありません。")
    return Survey(document, trace(document)).edition(str(file))


def base_year(run: Trace) -> int | None:
    """The fiscal year from which a document's years are counted: its own; where nothing states that, the one after its last results (its
    baselines, where it has no results), or the first of its targets."""
    if run.calendar.fiscal_year is not None:
        return run.calendar.fiscal_year
    dated = [(fact, fact.fiscal_year) for fact in run.extraction.facts if fact.fiscal_year is not None]
    results = [[year for fact, year in dated if fact.kind is Kinds.ACTUAL and fact.baseline is baseline] for baseline in (False, True)]
    last = max(results[0] or results[1], default=None)
    return min((year for _, year in dated), default=None) if last is None else last + 1


def became_of(verdict: Verdict) -> str | None:
    """What a number is in the tables: target, actual, baseline, cost, or the rate of an actual; None where it is in none."""
    if verdict.fact is not None:
        return "baseline" if verdict.fact.baseline else str(verdict.fact.kind)
    return "rate" if verdict.rate and verdict.reason is None else None


class Survey:
    """Gathers the headers of one document; `places` tells for each character the zone and, in a table, the table and the cell."""

    def __init__(self, document: Document, run: Trace) -> None:
        self.document, self.run = document, run
        self.calendar = run.calendar._replace(fiscal_year=base_year(run))
        self.base = self.calendar.fiscal_year
        self.headings: list[Header] = []
        self.zones: list[Zone] = []
        self.places: dict[Glyph, tuple[Zone, Table | None, Cell | None]] = {}
        self.known: dict[tuple[object, ...], Header] = {}
        self.headed: dict[Glyph, Header] = {}
        self.below: dict[tuple[int, ...], Zone] = {}
        self._see()
        for verdict in run.verdicts:
            self._count(verdict)
        for one in run.extraction.unclaimed:
            place = next((self.places[glyph] for glyph in one.numeral if glyph in self.places), None)
            if place is not None:
                place[0].left[one.reason] += 1

    def edition(self, name: str) -> Edition:
        document, extraction = self.document, self.run.extraction
        zones = [zone for zone in self.zones if zone.numbers or (zone.form is Form.TABLE and zone.of(Kind.COLUMN, Kind.FIELD))]
        unreadable = tuple(page.number for page in document.pages if page.unreadable is not None)
        counts = (len(extraction.facts), len(extraction.unclaimed))
        stated = self.run.calendar.fiscal_year is not None
        return Edition(name, document.paged, extraction.title, self.base, stated, len(document.pages), self.headings, zones, *counts, unreadable)

    def _see(self) -> None:
        """The zones in reading order, with the headings in force."""
        slides = {page.number for page in self.document.pages if page.slide}
        ranked: list[tuple[int, Header]] = []
        page = 0
        for seen in self.run.seen:
            if seen.number != page and seen.number in slides:
                ranked = []
            page = seen.number
            if isinstance(seen.block, Table):
                self._table(seen.block, page, tuple(h for _, h in ranked))
            elif seen.block.shape is Shape.HEADING or (seen.block.shape is Shape.BAND and seen.block.rank):
                above = [(rank, h) for rank, h in ranked if rank < seen.block.rank]
                ranked = [*above, (seen.block.rank, self._heading(seen.block, tuple(h for _, h in above)))]
            else:
                self._places(seen.block.text, self._lines(seen.block.text, tuple(h for _, h in ranked)))

    def _header(self, kind: Kind, text: Text, hint: Hint, order: int, above: tuple[Header, ...] = ()) -> Header:
        spelling = spelled(text.string, self.calendar, hint)
        return Header(kind, flat(text.string), spelling, hint, text.page, text.line, order, above, self.base)

    def _heading(self, line: Shaped, above: tuple[Header, ...]) -> Header:
        header = self._header(Kind.HEADING, line.text.strip(), line.hint, len(self.headings), above)
        self.headings.append(header)
        self.headed |= dict.fromkeys(line.text.glyphs, header)
        return header

    def _lines(self, text: Text, headings: tuple[Header, ...]) -> Zone:
        """The zone of the lines below a heading: one, however many tables stand between them."""
        key = tuple(id(h) for h in headings)
        if key not in self.below:
            self.below[key] = Zone(Form.LINES, text.page, text.line, headings)
            self.zones.append(self.below[key])
        return self.below[key]

    def _places(self, text: Text, zone: Zone, table: Table | None = None, cell: Cell | None = None) -> None:
        self.places |= dict.fromkeys(text.glyphs, (zone, table, cell))

    def _table(self, table: Table, page: int, headings: tuple[Header, ...]) -> None:
        zone = self._continued(table, headings)
        if zone is None:
            line = next((cell.text.line for cell in table.grid.cells if cell.text), 0)
            zone = Zone(Form.TABLE, page, line, headings)
            self.zones.append(zone)
        zone.last_page = page
        for cell in table.grid.cells:
            self._places(cell.text, zone, table, cell)
        for cell in table.grid.cells:
            reading = table.at(cell.row, cell.column)
            if reading is not None and (cell.row in table.header_rows or reading.kind is CellKind.KEY) and cell.text:
                self._of_cell(zone, table, reading).printed += 1

    def _continued(self, table: Table, headings: tuple[Header, ...]) -> Zone | None:
        """The zone that a table goes on with: the one on the page before, under the same headings, whose header it repeats or leaves out."""
        last = self.zones[-1] if self.zones else None
        if table.before is None or last is None or last.form is not Form.TABLE or table.is_sheet or last.headings != headings:
            return None
        rows = [[r.text.string for r in one.row(min(one.header_rows))] if one.header_rows else [] for one in (table.before, table)]
        return last if not rows[1] or rows[0] == rows[1] else None

    def _of_cell(self, zone: Zone, table: Table, reading: Reading) -> Header:
        """The header of a table's cell, the same one where the table prints it again."""
        cell = reading.cell
        if cell.row in table.header_rows:
            above = tuple(self._of_cell(zone, table, one) for one in table.headers(cell.row, cell.column)[::-1] if one.cell.row < cell.row)
            return self._once(zone, Kind.COLUMN, reading.text, reading.hint, cell.column, above)
        kind = Kind.FIELD if reading.kind is CellKind.KEY else Kind.ROW
        return self._once(zone, kind, reading.text, reading.hint)

    def _once(self, zone: Zone, kind: Kind, text: Text, hint: Hint, column: int | None = None, above: tuple[Header, ...] = ()) -> Header:
        key = (id(zone), kind, flat(text.string), column, tuple(id(h) for h in above))
        if key not in self.known:
            order = sum(h.kind is kind for h in zone.headers) if column is None else column
            self.known[key] = self._header(kind, text.strip(), hint, order, above)
            self.known[key].printed = 0
            zone.headers.append(self.known[key])
        return self.known[key]

    def _count(self, verdict: Verdict) -> None:
        """Adds one figure to its zone and to each header that governs it."""
        figure = verdict.figure
        place = next((self.places[glyph] for glyph in figure.text if glyph in self.places), None)
        if place is None:
            # A box of a slide was taken out of the run of lines.
            heading = next((self.headed[g] for x in figure.all(Relation.HEADING) for g in x.text if g in self.headed), None)
            place = (self._lines(figure.text, (*heading.above, heading) if heading else ()), None, None)
        zone, table, cell = place
        governing = list(self._governing(verdict, zone, table, cell))
        governing += [(h, x.text) for x in figure.all(Relation.HEADING) for g in x.text if (h := self.headed.get(g)) is not None]
        used = {glyph for text in verdict.fact.words for glyph in text} if verdict.fact is not None else set()
        for header in {id(h): h for h, text in governing if any(glyph in used for glyph in text)}.values():
            header.decides += 1
        zone.numbers += 1
        zone.facts += verdict.fact is not None
        became = became_of(verdict)
        zone.became.update([became] if verdict.fact is not None and became else [])
        for header in {id(h): h for h, _ in governing}.values():
            header.numbers += 1
            header.facts += became is not None
            header.became.update([became] if became else [])
            if verdict.fact is not None:
                header.units[verdict.fact.unit or ""] += 1

    def _governing(self, verdict: Verdict, zone: Zone, table: Table | None, cell: Cell | None) -> Iterator[tuple[Header, Text]]:
        """The headers of a figure in its zone, each with the words that govern it."""
        if table is not None and cell is not None:
            yield from self._columns(zone, table, cell)
        for label in verdict.figure.labels:
            home = next((self.places[g] for g in label.text if g in self.places), (None, None, None))
            if home[0] is zone and home[2] is not None and home[2] is not cell:
                if label.relation is not Relation.UNIT:
                    yield from self._labelled(zone, home[1], home[2], label)
            elif label.relation is Relation.CELL and not label.hint.whole:
                continue
            elif label.relation in AROUND and not any(g in self.headed for g in label.text) and (home[0] is zone or home[1] is None):
                header = self._once(zone, AROUND[label.relation], label.text, label.hint)
                header.naming |= label.relation in NAMES
                yield header, label.text

    def _labelled(self, zone: Zone, table: Table | None, cell: Cell, label: Label) -> Iterator[tuple[Header, Text]]:
        """The header of a cell that stands left of a number or above it, noting whether it names the number."""
        reading = table.at(cell.row, cell.column) if table is not None else None
        if table is not None and reading is not None:
            header = self._of_cell(zone, table, reading)
            header.naming |= label.relation in NAMES
            yield header, label.text

    def _columns(self, zone: Zone, table: Table, cell: Cell) -> Iterator[tuple[Header, Text]]:
        found = table.headers(cell.row, cell.column)
        if found:
            yield from ((self._of_cell(zone, table, reading), reading.text) for reading in found if reading.text)
            return
        over = _unread_over(table, cell)
        if over is not None:
            header = self._once(zone, Kind.COLUMN, over.text, over.hint, over.cell.column)
            header.known, header.printed = False, 1
            yield header, over.text


def _unread_over(table: Table, cell: Cell) -> Reading | None:
    """The words at the head of a figure's column in a table of which no row was taken for a header row."""
    if table.is_sheet or table.header_rows:
        return None
    top = next((row for row in range(cell.row) if len(table.row(row)) > 1), None)
    heads = table.row(top) if top is not None else []
    if not heads or any(r.kind not in (CellKind.TEXT, CellKind.KEY, CellKind.PROSE) for r in heads):
        return None
    over = table.at(top or 0, cell.column)
    return over if over is not None and over.kind is not CellKind.EMPTY and over.cell.column > 0 else None
