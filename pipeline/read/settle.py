"""A page that has been read, put into the room in which a document of a thousand pages keeps it."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence

from extractors.vocabulary import MOST_OF_A_SHEET, Glyph, Grid, Line, Scattered, Sheet, Text


def settled(number: int, blocks: Sequence[Line | Grid], glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The characters of a page (its 1-based number) on a sheet, in their order; the texts of its blocks are from then on stretches of it.

    All is left as it is where a character stands in two texts or is more than one, for then no stretch says which is meant.
    """
    texts = _texts(blocks)
    held = [glyph for text in texts for glyph in text.glyphs]
    order = _numbered(held, glyphs)
    sheet = Sheet.of(number, held) if order is not None and len(held) <= MOST_OF_A_SHEET else None
    if order is None or sheet is None or len(sheet.chars) != len(held) or (sheet.raws is not None and len(sheet.raws) != len(held)):
        for glyph in held:
            glyph.key = 0
        return tuple(glyphs)
    first = 0
    for text in texts:
        text.move(sheet, first)
        first += len(text.string)
    return Scattered(sheet, array("i", struct.pack(f"{len(order)}i", *order)))


def _texts(blocks: Sequence[Line | Grid]) -> list[Text]:
    out: list[Text] = []
    for block in blocks:
        if isinstance(block, Grid):
            out += [cell.text for cell in block.cells]
        else:
            out.append(block.text)
    return out


def _numbered(held: list[Glyph], glyphs: Sequence[Glyph]) -> list[int] | None:
    """Where each of the glyphs of a page is among those that its texts hold, to which those are added that no text took; None where one is held twice.

    What has its number already is told by its `key`, which the sheet's own glyphs have from the sheet.
    """
    for at, glyph in enumerate(held):
        if glyph.key:
            return None
        glyph.key = at + 1
    order: list[int] = []
    for glyph in glyphs:
        if not glyph.key:
            held.append(glyph)
            glyph.key = len(held)
        order.append(glyph.key - 1)
    return order
