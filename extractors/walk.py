"""A document from its first page to its last: headings carried, grids and stretches of lines handed to their readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import regex

from extractors.boxes import read_boxes
from extractors.context import Context, Label, Relation
from extractors.grids import read_grid
from extractors.grids.read import BracketNote, sheet_keys
from extractors.grids.table import Table
from extractors.headings import ASIDE, CAPTION, Shape, Shaped, shape
from extractors.labels import Hint, Role, read_label
from extractors.lines import read_stretch
from extractors.normalise.characters import plain
from extractors.normalise.marks import means_minus
from extractors.normalise.patterns import compiled
from extractors.normalise.tokens import Calendar
from extractors.normalise.units import unit_note
from extractors.vocabulary import Document, Grid, Line, Page

# `注1) 目標値の()は令和5年度目標値`: a footnote that gives the brackets of one column a meaning.
BRACKET_NOTE: Final = regex.compile(
    r"(?P<column>[^\s、。()（）]{2,12}?)(?:欄|列)?の?\s*[(（［\[][ 　]*[)）］\]]\s*(?:内|書き)?(?:の数値|の値|の数字)?は[、,]?\s*(?P<meaning>[^。\n]+)"
)
# `※策定年の数値は、2009年（平成21年）実績`: a footnote that dates the numbers of one column.
COLUMN_NOTE: Final = regex.compile(
    r"(?:※|注\d*\)?|^)\s*(?P<column>[^\s、。()（）※]{2,10}?)(?:欄|列)?の?(?:数値|値)は[、,]?\s*"
    r"(?P<meaning>[^。\n、]*(?:年|月|日|現在|時点|実績)[^。\n（(、]*)"
)
UNIT_NOTE: Final = regex.compile(r"[(（\[［【]?\s*単\s*位\s*[:：]?\s*[^()（）\[\]［］【】\s]{1,10}\s*[)）\]］】]?")
UNIT_LINE: Final = regex.compile(r"\s*[(（\[［【]?\s*単\s*位")
BRACKETS_ALONE: Final = regex.compile(r"(?:[(（][ 　]*[)）]|括弧|カッコ|かっこ)\s*(?:内|書き?)?(?:の数値|の値|の数字)?は[、,]?\s*(?P<meaning>[^。\n]+)")


# Headings down to (1) part a document into sections; smaller ones (①, 【】) stand in one section with what they head.
PART_RANK: Final = 5


@dataclass
class Walk:
    """What is carried along while a document is walked: the headings in force, highest first, and the band below them."""

    calendar: Calendar
    headings: list[Shaped] = field(default_factory=list)
    bands: tuple[Shaped, ...] = ()
    fresh: bool = False
    mark: str = ""
    group: int = 0
    table: Table | None = None
    _labels: tuple[Label, ...] = ()
    _of: tuple[object, ...] = ()

    def see(self, line: Shaped) -> None:
        """Takes a line's heading or band into force, or ends the band where a sentence begins."""
        if line.shape is Shape.HEADING or (line.shape is Shape.BAND and line.rank):
            self.headings = [h for h in self.headings if h.rank < line.rank] + [line]
            self.bands = ()
            self.group += line.rank <= PART_RANK
        elif line.shape is Shape.BAND and not self.fresh and line.hint.role is None and _dates_above(line.text.string.strip()):
            pass
        elif line.shape is Shape.BAND:
            self.bands, self.mark = (line, *self._completed(line)), ""
        elif line.shape is Shape.ITEM and self.mark not in ("", line.mark):
            self.bands = ()
        elif line.shape is Shape.ITEM:
            self.mark = line.mark
        elif line.shape is Shape.PLAIN and (line.text.string.rstrip().endswith("。") or CAPTION.match(line.text.string.lstrip())):
            self.bands = ()
        self.fresh = line.shape is Shape.BAND

    def turn(self) -> None:
        """A slide stands alone: nothing said on the one before governs it."""
        self.headings, self.bands, self.mark = [], (), ""
        self.group += 1

    def _completed(self, line: Shaped) -> tuple[Shaped, ...]:
        """The band right above that says what this one leaves open (`実績等` over `（令和５年度）`)."""
        if not self.fresh:
            return ()
        return tuple(b for b in self.bands if (b.hint.role is None) != (line.hint.role is None) and (b.hint.when is None) != (line.hint.when is None))

    def labels(self) -> tuple[Label, ...]:
        """The labels of the place, nearest first: the same tuple for as long as nothing changed."""
        state = (*self.headings, *self.bands)
        if state != self._of:
            self._of, self._labels = state, self._read()
        return self._labels

    def _read(self) -> tuple[Label, ...]:
        out = [Label(h.text.strip(), Relation.HEADING, h.hint) for h in reversed(self.headings)]
        return (*(Label(b.text.strip(), Relation.BAND, b.hint) for b in self.bands), *out)


def _dates_above(string: str) -> bool:
    """A date in brackets or behind ※ belongs to what stands above it; the title behind （参考） does not."""
    return string[:1] in "※(（" and not ASIDE.match(string)


@dataclass(frozen=True, slots=True)
class Seen:
    """One block as it was taken: block `at` of page `number` (1-based), a line with its shape or a grid as a table."""

    number: int
    at: int
    block: Shaped | Table


@dataclass
class Walked(Context):
    """The figures and grades of a page, and every line and table that was read for them, in reading order."""

    seen: list[Seen] = field(default_factory=list)


def walk(document: Document, calendar: Calendar) -> Iterator[Walked]:
    """All figures and grades of each readable page with their labels."""
    state = Walk(calendar)
    notes = bracket_notes(document, calendar)
    for page in document.pages:
        if page.unreadable is None:
            out = Walked()
            _page(page, state, notes, out)
            yield out


def _page(page: Page, state: Walk, notes: tuple[BracketNote, ...], out: Walked) -> None:
    if page.slide:
        state.turn()
    body = body_size(page)
    stretch: list[Shaped] = []
    base: list[tuple[Label, ...]] = []
    groups: list[int] = []
    # Tables side by side stand under one note: it holds until another line is read.
    notes_above: tuple[Label, ...] = ()
    keys: tuple[Label, ...] = ()
    boxes = read_boxes(page, state.calendar)
    for at, block in enumerate(page.blocks):
        if isinstance(block, Line) and block.charted:
            continue
        if isinstance(block, Line) and id(block) in boxes.used:
            headings = (label for label in state.labels() if label.relation is Relation.HEADING)
            out.figures.extend(figure.adding(*headings) for figure in boxes.figures.get(id(block), ()))
            continue
        if isinstance(block, Line):
            line = shape(block, state.calendar, body)
            state.see(line)
            out.seen.append(Seen(page.number, at, line))
            stretch.append(line)
            base.append(state.labels())
            groups.append(state.group)
            continue
        out.extend(read_stretch(stretch, displaced(stretch, base, groups), state.calendar, (page.number, at)))
        notes_above = _notes_above(stretch, state.calendar) if stretch else notes_above
        around = (*notes_above, *state.labels(), *keys)
        state.table = Table(block, state.calendar, state.table)
        out.seen.append(Seen(page.number, at, state.table))
        out.extend(read_grid(state.table, around, notes, (page.number, at, "grid")))
        stretch, base, groups = [], [], []
        keys = sheet_keys(state.table) or keys
        state.bands = ()
    out.extend(read_stretch(stretch, displaced(stretch, base, groups), state.calendar, (page.number, len(page.blocks))))


def displaced(stretch: list[Shaped], base: list[tuple[Label, ...]], groups: list[int]) -> list[tuple[Label, ...]]:
    """The labels of each line, and for a section with one band of a result and its year that band for all its lines, last of all.

    Dumps of slides print a box and its heading (`①令和５年度実績`) in either order.
    """
    bands: dict[int, list[Shaped]] = {}
    for line, group in zip(stretch, groups, strict=True):
        if line.shape is Shape.BAND and line.hint.strong in (Role.ACTUAL, Role.TARGET):
            bands.setdefault(group, []).append(line)
    alone = {g: b[0] for g, b in bands.items() if len(b) == 1 and b[0].hint.strong is Role.ACTUAL and b[0].hint.when is not None}
    known: dict[tuple[int, int], tuple[Label, ...]] = {}
    out = []
    for labels, group in zip(base, groups, strict=True):
        if group in alone:
            band = Label(alone[group].text.strip(), Relation.NEARBY, alone[group].hint)
            labels = known.setdefault((id(labels), group), (*labels, band))
        out.append(labels)
    return out


def body_size(page: Page) -> float:
    """The median font size of the page's characters, in points; 0 in a text file."""
    sizes = sorted(size for size in page.sizes if size)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _notes_above(stretch: list[Shaped], calendar: Calendar) -> tuple[Label, ...]:
    """The last lines over a grid: a 単位 note, or the title of the table."""
    out = []
    for line in reversed(stretch[-3:]):
        unit = unit_note(line.text.string)
        if line.shape is Shape.MARGIN or BRACKET_NOTE.search(line.text.string) or COLUMN_NOTE.search(line.text.string):
            continue
        if unit or UNIT_LINE.match(line.text.string):
            out.append(Label(line.text.strip(), Relation.NOTE, Hint(unit=unit)))
            title = UNIT_NOTE.sub("", line.text.string).strip()
            if compiled(r"\p{L}{2}").search(title):
                at = line.text.string.index(title)
                out.append(Label(line.text[at : at + len(title)], Relation.NOTE, replace(read_label(title, calendar), unit=None)))
        elif line.shape is Shape.PLAIN and len(line.text.string) <= 50 and not line.text.string.rstrip().endswith("。"):
            out.append(Label(line.text.strip(), Relation.NOTE, replace(line.hint, unit=None)))
        else:
            break
    return tuple(out)


def bracket_notes(document: Document, calendar: Calendar) -> tuple[BracketNote, ...]:
    """The footnotes of a document that say what brackets, or the numbers of a column, mean: each for the column whose words it names."""
    out = []
    for line in _lines(document):
        string = plain(line.text.string)
        # Each of the three says what something は.
        if "は" not in string:
            continue
        found = BRACKET_NOTE.search(string) or BRACKETS_ALONE.search(string)
        if found:
            column = found.groupdict().get("column") or ""
            hint = read_label(found["meaning"], calendar)
            out.append(BracketNote(column, Label(line.text.strip(), Relation.BRACKET, hint), minus=means_minus(found["meaning"])))
        elif (found := COLUMN_NOTE.search(string)) and (hint := read_label(found["meaning"], calendar)).when is not None:
            out.append(BracketNote(found["column"], Label(line.text.strip(), Relation.BRACKET, Hint(when=hint.when)), brackets=False))
    return tuple(out)


def _lines(document: Document) -> Iterator[Line]:
    for page in document.pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                yield from (Line(cell.text) for cell in block.cells if "は" in cell.text.string)
            else:
                yield block
