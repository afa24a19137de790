"""What was read, drawn onto the picture of its page: blocks and cells, the labels that governed figures, facts, and what nobody claimed.

Drawn are the objects that extraction worked with, from the same run, so that the picture cannot be right where the tables are wrong.
Onto the picture go only numbers, roles (T target, A actual, B baseline, C cost), years and reasons, which every font has; names and units
stand in the rows of text beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractors.context import Label, Relation
from extractors.extract import traced
from extractors.meaning import Verdict
from extractors.vocabulary import Box, Document, Fact, Grid, Kind, Line, Page, Unclaimed
from pipeline.read import read
from pipeline.read.errors import Unreadable
from pipeline.read.turns import restored_block

# Pixels to the point: small print of 6 points is still legible.
SCALE = 2.5
# Pixels: the height of tags.
TAG, SMALL_TAG = 17, 12

Colour = tuple[int, int, int]
LINE, GRID, CELL, LEFT = (120, 160, 120), (20, 60, 220), (80, 140, 250), (215, 30, 170)
KINDS: dict[Kind, Colour] = {Kind.TARGET: (220, 30, 30), Kind.ACTUAL: (0, 130, 60), Kind.COST: (215, 110, 0)}
HEADER, ROW, AROUND = (150, 80, 230), (0, 150, 180), (200, 170, 0)
RELATIONS: dict[Relation, Colour] = {Relation.COLUMN: HEADER} | dict.fromkeys(
    (Relation.ROW, Relation.UNIT, Relation.NAME, Relation.PART, Relation.MEASURE, Relation.SECTION, Relation.AREA), ROW
)
NOT_DRAWN = "ページの画像を作れません。ファイルの一部が壊れています。元の文書からPDFを作り直してください。"
PNG = b"\x89PNG\r\n\x1a\n"


class Seen(NamedTuple):
    """What one page was read as: the page, its labels, facts in reading order, and the numerals that no fact took."""

    page: Page
    labels: tuple[Label, ...]
    facts: tuple[Fact, ...]
    unclaimed: tuple[Unclaimed, ...]


def look(file: Path, number: int, out: Path) -> Iterator[str]:
    """Draws page `number` (1-based) of a PDF to `out`, a PNG of SCALE pixels to the point, and gives the rows of text that explain its numbers.

    Raises LookupError with a sentence where there is no such page or the file has none, Unreadable where file or page cannot be read,
    FileExistsError where `out` is a file that is no PNG: a document must not be overwritten by its picture.
    """
    from pipeline.read.ink import picture_of

    data = file.read_bytes()
    document = read(data, file.name)
    if not document.paged:
        raise LookupError(f"{file} has lines, not pages: use explain --line")
    if number > len(document.pages):
        raise LookupError(f"{file} has {len(document.pages)} pages, there is no page {number}")
    if reason := document.pages[number - 1].unreadable:
        raise Unreadable(reason)
    if out.exists() and out.read_bytes()[: len(PNG)] != PNG:
        raise FileExistsError(f"{out} is there already and is no picture")
    picture = picture_of(data, number, SCALE)
    if picture is None:
        raise Unreadable(NOT_DRAWN)
    seen = seen_of(document, number)
    draw(seen, picture).save(out, format="PNG")
    return legend(seen)


def seen_of(document: Document, number: int) -> Seen:
    """What extraction made of one page (1-based)."""
    extraction, verdicts = traced(document)
    facts = [fact for fact in extraction.facts if fact.page == number]
    unclaimed = [one for one in extraction.unclaimed if one.numeral.page == number]
    return Seen(document.pages[number - 1], tuple(labels_of(verdicts, number)), tuple(sorted(facts, key=_place)), tuple(unclaimed))


def labels_of(verdicts: Sequence[Verdict], number: int) -> Iterator[Label]:
    """The labels of the page that govern any figure, each once."""
    known = set()
    for label in (label for verdict in verdicts for label in verdict.figure.labels):
        at = (label.text.glyphs[:1], label.relation)
        if label.text.page == number and at not in known:
            known.add(at)
            yield label


def _place(fact: Fact) -> tuple[float, float]:
    box = fact.figure.box
    return (box.top, box.x0) if box else (0.0, 0.0)


class Pen:
    """Draws boxes given in points onto a picture. Its tags are ASCII, for which Pillow has a font of its own."""

    def __init__(self, picture: Any) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self.picture = picture.convert("RGBA")
        # Drawing replaces what is below it on its layer: tints have one of their own under the lines and tags.
        self.tints, self.lines = (Image.new("RGBA", self.picture.size, (0, 0, 0, 0)) for _ in range(2))
        self.tint, self.draw = ImageDraw.Draw(self.tints), ImageDraw.Draw(self.lines)
        self.fonts = {size: ImageFont.load_default(size) for size in (TAG, SMALL_TAG)}

    def box(self, box: Box | None, colour: Colour, width: int = 1, tint: int = 0, grow: float = 0.0) -> None:
        """An outline `width` pixels wide, inside a tint of `tint` of 255, `grow` points larger than the box."""
        if box is None:
            return
        x0, top, x1, bottom = (v * SCALE for v in (box.x0 - grow, box.top - grow, box.x1 + grow, box.bottom + grow))
        corners = (x0, top, max(x1, x0), max(bottom, top))
        if tint:
            self.tint.rectangle(corners, (*colour, tint))
        self.draw.rectangle(corners, outline=(*colour, 255), width=width)

    def tag(self, box: Box | None, string: str, colour: Colour, size: int = SMALL_TAG, below: bool = False) -> None:
        """Words on white under the lower left corner of a box, or over its upper left one."""
        if box is None or not string:
            return
        at = (box.x0 * SCALE, box.bottom * SCALE + 1 if below else max(box.top * SCALE - size, 0.0))
        self.draw.rectangle(self.draw.textbbox(at, string, self.fonts[size]), (255, 255, 255, 190))
        self.draw.text(at, string, (*colour, 255), self.fonts[size])

    def done(self) -> Any:
        """The picture with all that was drawn."""
        from PIL import Image

        return Image.alpha_composite(Image.alpha_composite(self.picture, self.tints), self.lines).convert("RGB")


def draw(seen: Seen, picture: Any) -> Any:
    """The picture of the page with everything seen on it, as a new picture."""
    pen = Pen(picture)
    for at, block in enumerate(seen.page.blocks, start=1):
        _block(pen, restored_block(block, seen.page.turn, Box(0.0, 0.0, seen.page.width, seen.page.height)), at)
    for label in seen.labels:
        colour = RELATIONS.get(label.relation, AROUND)
        pen.box(label.text.box, colour, tint=60)
        pen.tag(label.text.box, hinted(label), colour, below=True)
    for one in seen.unclaimed:
        pen.box(one.numeral.box, LEFT, grow=1)
        pen.tag(one.numeral.box, one.reason, LEFT, below=True)
    for at, fact in enumerate(seen.facts, start=1):
        pen.box(fact.figure.box, KINDS[fact.kind], 3, tint=40, grow=1)
        pen.tag(fact.figure.box, f"{at}{'B' if fact.baseline else fact.kind[0].upper()} {year_of(fact)}", KINDS[fact.kind], below=True)
    return pen.done()


def _block(pen: Pen, block: Line | Grid, at: int) -> None:
    if isinstance(block, Line):
        pen.box(block.box, LINE)
        pen.tag(block.box, str(at), LINE)
        return
    for cell in block.cells:
        pen.box(cell.box, CELL, grow=-1.5)
        if cell.row_span * cell.column_span > 1:
            pen.tag(_inner(cell.box), f"{cell.row_span}x{cell.column_span}", CELL)
    pen.box(block.box, GRID, 3)
    pen.tag(block.box, f"{at} {block.rows}x{block.columns}{'' if block.spans_known else ' spans unknown'}", GRID, TAG)


def _inner(box: Box | None) -> Box | None:
    """The box from where a small tag over its top lies just inside the cell's."""
    return box and Box(box.x0, box.top + (SMALL_TAG + 2) / SCALE, box.x1, box.bottom)


def hinted(label: Label) -> str:
    """What a label was read as: the way it stands to figures, its role and its year."""
    hint = label.hint
    year = hint.when.fiscal_year or hint.when.period_end if hint.when else None
    return " ".join(str(part) for part in (label.relation, hint.role, year) if part)


def year_of(fact: Fact) -> str:
    """The year, or the last day, for which a fact stands; `-` where it has none."""
    return str(fact.fiscal_year or fact.period_end or "-")


def legend(seen: Seen) -> Iterator[str]:
    """A row of text for each numbered fact, and then for each numeral that no fact took."""
    for at, fact in enumerate(seen.facts, start=1):
        name = " / ".join(part for part in (fact.section, fact.indicator, fact.component, fact.area) if part)
        decided = " | ".join(words or "-" for words in (fact.role_from, fact.year_from, fact.unit_from))
        kind = "baseline" if fact.baseline else fact.kind
        yield f"{at:>3} {kind:<8} {year_of(fact):<10} {fact.comparator or ''}{fact.value:.12g} {fact.unit or '-'}  {_flat(name)}  [{_flat(decided)}]"
    for one in seen.unclaimed:
        yield f"  - {one.reason:<8} {_flat(one.numeral.string)}  in {one.context}"
    tables = [block for block in seen.page.blocks if isinstance(block, Grid)]
    yield f"{len(seen.page.blocks)} blocks, {len(tables)} of them tables; {len(seen.labels)} labels, {len(seen.facts)} facts, {len(seen.unclaimed)} unclaimed"


def _flat(string: str) -> str:
    return " ".join(string.split())
