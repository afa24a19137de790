"""The next edition of a generated document: every printed year is one later, everything else as it was."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.generated.model import Beside, Block, Book, Frame, Table, Words

YEAR = re.compile(r"(?P<era>令和|平成|Ｒ|Ｈ|R|H)?\s?(?P<number>[0-9０-９]{1,4}|元)(?=\s?年)")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def next_edition(book: Book) -> Book:
    """The same book a year later; its facts are left out, since their years are no longer true."""
    pages = tuple(replace(page, blocks=tuple(_later(block) for block in page.blocks)) for page in book.pages)
    return replace(book, title=later(book.title), head=later(book.head), pages=pages)


def later(string: str) -> str:
    """A string with each year one later; after 平成30年 comes 令和元年."""
    return YEAR.sub(_one, string)


def _one(match: re.Match[str]) -> str:
    era, number = match["era"] or "", match["number"]
    year = 1 if number == "元" else int(number)
    if era in ("平成", "Ｈ", "H") and year == 30:
        return "令和元" if era == "平成" else chr(ord(era) + 10) + ("１" if era == "Ｈ" else "1")
    return era + (str(year + 1).translate(WIDE) if "０" <= number[0] <= "９" else str(year + 1))


def _later(block: Block) -> Block:
    match block:
        case Words():
            return replace(block, text=later(block.text), facts=())
        case Table():
            return replace(block, rows=tuple(tuple(replace(cell, text=later(cell.text), facts=()) for cell in row) for row in block.rows))
        case Beside():
            return replace(block, parts=tuple(tuple(_part(inner) for inner in part) for part in block.parts))
        case Frame():
            return replace(block, words=tuple(_part(words) for words in block.words))


def _part(block: Words | Table) -> Words | Table:
    after = _later(block)
    assert isinstance(after, Words | Table)
    return after
