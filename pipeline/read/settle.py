"""A page that has been read, put into the room in which a document of a thousand pages keeps it."""

from __future__ import annotations

from array import array
from dataclasses import replace

from extractors.vocabulary import MOST_OF_A_SHEET, Cell, Glyph, Grid, Line, Page, Scattered, Sheet, Text


def settled(page: Page) -> Page:
    """The same page with its characters on a sheet and its texts as stretches of it.

    It is left as it is where a character stands in two texts or is more than one, for then no stretch says which is meant.
    """
    held: list[Glyph] = []
    for text in _texts(page):
        held += text.glyphs
    places = {id(glyph): at for at, glyph in enumerate(held)}
    if len(places) < len(held):
        return page
    order: list[int] = []
    for glyph in page.glyphs:
        at = places.get(id(glyph))
        if at is None:
            at = places[id(glyph)] = len(held)
            held.append(glyph)
        order.append(at)
    if len(held) > MOST_OF_A_SHEET or any(len(glyph.char) != 1 or len(glyph.raw) != 1 for glyph in held):
        return page
    sheet = Sheet(page.number, held)
    return replace(page, blocks=_on(sheet, page), glyphs=Scattered(sheet, array("i", order)))


def _texts(page: Page) -> list[Text]:
    out: list[Text] = []
    for block in page.blocks:
        out += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return out


def _on(sheet: Sheet, page: Page) -> tuple[Line | Grid, ...]:
    """The blocks with their texts on the sheet, where these stand in the same order."""
    first = 0
    blocks: list[Line | Grid] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            cells = []
            for cell in block.cells:
                text, first = _placed(sheet, first, cell.text)
                cells.append(Cell(cell.row, cell.column, text, cell.row_span, cell.column_span, cell.box))
            blocks.append(replace(block, cells=tuple(cells)))
        else:
            text, first = _placed(sheet, first, block.text)
            blocks.append(Line(text, block.box, block.charted))
    return tuple(blocks)


def _placed(sheet: Sheet, first: int, text: Text) -> tuple[Text, int]:
    """The text on its sheet, and where the next one begins."""
    return Text.on(sheet, first, text.string), first + len(text.string)
