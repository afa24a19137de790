"""What a generated document is before it is printed: pages of blocks whose texts know the facts that they state.

A family (see `families`) builds a `Book`; a producer (`draw`, `browser`) prints it; `truth` writes down its facts. The page of a fact
is the page of the book on which its block stands, so a page is never broken by a producer: what does not fit is set smaller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Align = Literal["left", "center", "right"]
# all: every cell framed; open: no outer left and right rule; level: horizontal rules only; heads: a rule above and below the header and at
# the end; none: no rule; dashed: inner rules dashed; stripes: every second row shaded, no rule; white: shaded cells parted by white rules.
Rules = Literal["all", "open", "level", "heads", "none", "dashed", "stripes", "white"]


@dataclass(frozen=True)
class Fact:
    """One row of the truth; the columns are those of the gold tables. `kind` is target, actual or cost, `value` a plain decimal,
    `raw` stands in the text of its host."""

    kind: str
    indicator: str
    value: str
    unit: str
    raw: str
    fiscal_year: int | None = None
    component: str = ""
    area: str = ""
    section: str = ""
    period: str = ""
    comparator: str = ""
    cumulative: bool = False
    rate: str = ""
    rating: str = ""
    tier: int = 1
    note: str = ""


Facts = tuple[Fact, ...]


@dataclass(frozen=True)
class Words:
    """One paragraph, heading or bullet. `size` is relative to the body's font size, `indent` is in characters."""

    text: str
    facts: Facts = ()
    size: float = 1.0
    bold: bool = False
    align: Align = "left"
    indent: float = 0
    after: float = 0.4
    framed: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table. `upright` text runs from top to bottom; `head` cells are shaded where the table shades its header;
    `mark` is a raised note mark behind the text."""

    text: str
    facts: Facts = ()
    down: int = 1
    across: int = 1
    head: bool = False
    align: Align | None = None
    upright: bool = False
    mark: str = ""


# A cell that holds a number and its unit alone: offices set it flush right.
NUMBER = re.compile(r"[△▲\-－]?\s*[0-9０-９][0-9０-９,.，．]*\s*[^\s0-9０-９]{0,6}")


def is_number(cell: Cell) -> bool:
    return NUMBER.fullmatch(cell.text) is not None


@dataclass(frozen=True)
class Table:
    """Rows of cells as in HTML: a cell that a span covers is not listed. `widths` are shares of the table's width, itself a share of the line."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 1
    rules: Rules | None = None
    share: float = 1.0
    size: float = 0.9
    stretch: float = 1.0

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """(row, column, cell), with columns found as a browser finds them."""
        taken: set[tuple[int, int]] = set()
        for i, row in enumerate(self.rows):
            j = 0
            for cell in row:
                while (i, j) in taken:
                    j += 1
                taken |= {(i + a, j + b) for a in range(cell.down) for b in range(cell.across)}
                yield i, j, cell
                j += cell.across

    def check(self) -> None:
        """Raises ValueError where the cells do not tile the rows and columns exactly."""
        spots = [(i + a, j + b) for i, j, cell in self.placed() for a in range(cell.down) for b in range(cell.across)]
        if len(spots) != len(set(spots)) or set(spots) != {(i, j) for i in range(len(self.rows)) for j in range(len(self.widths))}:
            raise ValueError(f"the cells do not tile {len(self.rows)} x {len(self.widths)}: {self.rows[0]}")


@dataclass(frozen=True)
class Beside:
    """Blocks side by side, with shares of the line's width."""

    parts: tuple[tuple[Words | Table, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Frame:
    """A text box at a place of the page, all in shares of its width and height, as slides have them."""

    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...]
    border: bool = True
    shade: bool = False


Block = Words | Table | Beside | Frame


@dataclass(frozen=True)
class Page:
    """One page. `rotate` is the page's /Rotate entry: the content is drawn turned, so that a reader sees it
    upright; `large` is A3 on its side."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    rotate: int = 0
    slide: bool = False
    large: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Look:
    """How a producer prints: fonts, base size in points, rules and shades of tables, where numbers stand in cells."""

    font: str = "mincho"
    size: float = 10.0
    rules: Rules = "all"
    shaded: bool = True
    numbers: Align = "right"
    thick: float = 0.5
    double_bold: bool = False
    filled_rules: bool = False
    crop: bool = False
    singly: bool = False
    shifted: bool = False
    margin: float = 56.0


@dataclass(frozen=True)
class Book:
    """One document: its pages, its running head and the way it is printed."""

    family: str
    title: str
    head: str
    pages: tuple[Page, ...]
    look: Look = field(default_factory=Look)
    producer: str = "canvas"


def flat(text: str) -> str:
    """NFKC without any blank: how a fact's raw string is looked for in its host."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def hosts(block: Block) -> Iterator[tuple[str, Facts]]:
    """Each text of a block with the facts that it states."""
    match block:
        case Words():
            yield block.text, block.facts
        case Table():
            block.check()
            for _, _, cell in block.placed():
                yield cell.text, cell.facts
        case Beside():
            for part in block.parts:
                for inner in part:
                    yield from hosts(inner)
        case Frame():
            for words in block.words:
                yield words.text, words.facts


def stated(book: Book) -> Iterator[tuple[int, Fact]]:
    """(1-based page, fact) of the whole book; raises ValueError where a fact is not printed in the text that should state it."""
    for number, page in enumerate(book.pages, 1):
        for block in page.blocks:
            for text, facts in hosts(block):
                for fact in facts:
                    if flat(fact.raw) not in flat(text):
                        raise ValueError(f"{fact.raw!r} is not in {text!r}")
                    yield number, replace(fact, indicator=unicodedata.normalize("NFKC", fact.indicator).replace("\n", ""))
