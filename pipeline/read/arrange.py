"""What a page holds, in reading order: tables as grids, all other text as lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from extractors.vocabulary import Box, Grid, Line, Text
from pipeline.read.bands import bands_of
from pipeline.read.cells import Finder, filled, grid_of, torn, whole_words
from pipeline.read.charts import without_charts
from pipeline.read.columns import lines_of
from pipeline.read.lattice import Lattice, lattices_of
from pipeline.read.letters import Letter, Where, glyphs_of
from pipeline.read.level import level_lattices
from pipeline.read.mates import with_mates
from pipeline.read.objects import SKEW
from pipeline.read.order import Item, in_order
from pipeline.read.regions import Region, is_stripe, region_of, with_figures
from pipeline.read.ruby import without_ruby
from pipeline.read.shades import shaded_lattices
from pipeline.read.strokes import NARROW, WORD, Drawing
from pipeline.read.turns import level_drawing, level_lattice, level_letters, levelled, main_turn, restored_block
from pipeline.read.typeset import Run, around, linked, rows_of, set_block, set_line, stacks_of
from pipeline.read.unruled import unruled_grids
from pipeline.read.verdict import is_drawing, is_table

# Walls that tear more than this share of the words are drawn through text, not around it.
TORN: Final = 0.15
# A ruled box inside a cell is a table of its own from this many cells with text on.
NESTED: Final = 4

Block = Line | Grid


def arranged(letters: list[Letter], drawing: Drawing, visible: Box) -> tuple[tuple[Block, ...], int]:
    """The blocks of a page in reading order, and the direction in which most of its text reads. Every letter with ink is in exactly one
    block, but for ruby, which is in none.

    A page whose text is turned is read in the direction of its text: the blocks' boxes lie in the frame in which it reads from left to
    right, so that what stands over what is the same however the page is turned. Glyphs keep their boxes on the page as it is seen.
    """
    upright = [x for x in letters if x.turn != SKEW]
    turn = main_turn(upright)
    page = levelled(visible, turn, visible)
    inked = without_ruby(linked(level_letters(upright, turn, visible)) if turn else upright)
    level = level_drawing(drawing, turn, visible) if turn else drawing
    inked, charted, level = without_charts(inked, level)
    level = level._replace(frames=[box for box in level.frames if box.width > WORD and box.height > NARROW])
    tables = Tables(inked, page)
    tables.take(lattices_of(level.across, level.down))
    tables.take(shaded_lattices(level, tables.letters, [g.box for g in tables.grids if g.box], page))
    stripes = tables.stripes(level)
    tables.take_level(level_lattices(tables.letters, level, stripes, [g.box for g in tables.grids if g.box]))
    tables.align(region_of(tables.letters, [*tables.figured(level.frames), *tables.boxes], page))
    region = region_of(tables.letters, [*(box for box in level.frames if box not in stripes), *tables.boxes], page)
    blocks = _blocks(region, tables, page.width > page.height)
    blocks += [Line(line.text, line.box, charted=True) for line, _, _ in _lines(charted, tables, page.width > page.height) if isinstance(line, Line)]
    return (*blocks, *_across([x for x in letters if x.turn == SKEW], turn, visible)), turn


def _across(letters: list[Letter], turn: int, visible: Box) -> list[Line]:
    """Watermarks, one line for each run of letters as it was set."""
    out = []
    for _, run in itertools.groupby(enumerate(letters), key=lambda item: item[1].order - item[0]):
        text = Text(glyphs_of([x for _, x in run]))
        out += [Line(text, levelled(text.box, turn, visible))] if text and text.box else []
    return out


class Tables:
    """The tables of a page as they are found: `grids`, the `letters` outside of them, and ruled `boxes` that are no tables."""

    def __init__(self, letters: list[Letter], page: Box) -> None:
        self.letters, self.page = list(letters), page
        self.grids: list[Grid] = []
        self.boxes: list[Box] = []
        self.known: dict[tuple[int, ...], list[Run]] = {}
        self.where: tuple[list[Letter], Where] | None = None

    def _inked(self) -> Where:
        """The letters outside of the tables, without blanks; asked for again, the same while no table is taken."""
        if self.where is None or self.where[0] is not self.letters:
            self.where = self.letters, Where([x for x in self.letters if not x.blank])
        return self.where[1]

    def stripes(self, drawing: Drawing) -> set[Box]:
        """The drawn boxes that shade a row of a table."""
        boxes = dict.fromkeys([*drawing.frames, *drawing.fills])
        inked = self._inked() if boxes else None
        return {box for box in boxes if inked is not None and is_stripe(box, inked)}

    def figured(self, frames: Sequence[Box]) -> list[Box]:
        """The frames that hold lines with figures of their own."""
        return with_figures(frames, self._inked()) if frames else []

    def take(self, lattices: Sequence[Lattice]) -> None:
        """Makes grids of the lattices that hold tables.

        Smaller ones come first, so that a table inside a cell of a frame is a table of its own; a small box inside a cell (NESTED) is
        part of that cell.
        """
        whole = with_mates([x for x in lattices if not is_drawing(x)])
        parts = sorted((band for x in whole for band in bands_of(x)), key=lambda x: (x.box.width * x.box.height, x.box))
        for i, lattice in enumerate(parts):
            nested = any(outer.rows * outer.columns > 1 and _in_a_cell(lattice, outer) for outer in parts[i + 1 :])
            if not self._took(lattice, NESTED if nested else 2):
                self.boxes += [place.box for place in lattice.places if place.box.width > 20 and place.box.height > 8]

    def take_level(self, lattices: Sequence[Lattice]) -> None:
        """Makes grids of lattices whose walls nobody drew: what is merged in them is a guess."""
        for lattice in lattices:
            before = len(self.grids)
            if self._took(lattice, 2) and len(self.grids) > before:
                self.grids[-1] = self.grids[-1].guessed()

    def _took(self, lattice: Lattice, fewest: int) -> bool:
        """Whether the lattice holds a table; its letters are then in a grid, or were taken before."""
        finder = Finder(lattice)
        inside = whole_words(self.letters, finder)
        if not inside:
            return False
        some = filled(finder, inside)
        if torn(inside) > TORN:
            # Walls through words are no frame either.
            return True
        turn = main_turn(inside)
        if turn:
            lattice, inside = level_lattice(lattice, turn, self.page), level_letters(inside, turn, self.page)
            finder = Finder(lattice)
            finder.settle(inside)
            some = filled(finder, inside)
        grid = grid_of(lattice, some)
        block = restored_block(grid, turn, self.page)
        if not isinstance(block, Grid) or not is_table(grid, lattice) or sum(bool(cell.text) for cell in grid.cells) < fewest:
            return False
        taken = {x.order for x in inside}
        self.letters = [x for x in self.letters if x.order not in taken]
        # A lattice turned within its page has its rows elsewhere.
        self.grids.append(block if turn else block.bounded(lattice.open_top, lattice.open_bottom))
        return True

    def align(self, region: Region) -> None:
        """Makes grids of the aligned figures in a region and in the boxes within it."""
        for inner in region.inner:
            self.align(inner)
        level = [x for x in region.letters if x.turn == 0]
        grids, left = unruled_grids(self.lines(level), region.letters)
        if grids:
            taken = {x.order for x in region.letters} - {x.order for x in left}
            self.letters = [x for x in self.letters if x.order not in taken]
            self.grids += grids

    def lines(self, letters: list[Letter]) -> list[Run]:
        """The lines of upright letters; the same letters are asked for twice where no table is among them, and are put in lines once."""
        places = tuple([x.order for x in letters])
        known = self.known.get(places)
        if known is None:
            known = self.known[places] = rows_of(letters)
        return known


def _in_a_cell(lattice: Lattice, outer: Lattice) -> bool:
    return _holds(outer.box, lattice.box) and any(_holds(place.box, lattice.box) for place in outer.places)


def _blocks(region: Region, tables: Tables, wide: bool) -> list[Block]:
    """The blocks of a region in reading order; a box within it stays together."""
    own = [g for g in tables.grids if g.box and _holds(region.box, g.box) and not any(_holds(r.box, g.box) for r in region.inner)]
    items: list[Item] = []
    blocks: list[list[Block]] = []

    def add(some: list[Block], box: Box, em: float) -> None:
        items.append(Item(box, len(blocks), em))
        blocks.append(some)

    for grid in own:
        add([grid], grid.box or region.box, 0.0)
    for inner in region.inner:
        add(_blocks(inner, tables, wide), inner.box, 0.0)
    for line, box, em in _lines(region.letters, tables, wide):
        add([line], box, em)
    return [block for i in in_order(items) for block in blocks[i]]


def _lines(letters: list[Letter], tables: Tables, wide: bool) -> list[tuple[Block, Box, float]]:
    """Text from left to right as lines and parts of lines; vertical and turned text as one line for each of its own."""
    out: list[tuple[Block, Box, float]] = []
    stacks, rest = stacks_of([x for x in letters if x.turn in (0, 180)])
    for piece in lines_of(tables.lines(rest), wide):
        text = set_line(piece.letters).strip()
        if text:
            out.append((Line(text, piece.box), piece.box, piece.em))
    turned = [x for x in letters if x.turn not in (0, 180)]
    for some in [*stacks, turned] if turned else stacks:
        own = {id(x.glyphs[0]): x for x in some}
        for text in set_block(some):
            box = around([own[id(g)] for g in text if id(g) in own and not g.char.isspace()] or some)
            out.append((Line(text, box), box, text.size))
    return out


def _holds(outer: Box, inner: Box) -> bool:
    across, down = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= across <= outer.x1 and outer.top <= down <= outer.bottom
