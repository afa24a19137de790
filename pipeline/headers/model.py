"""The nouns of a comparison: a header, a zone of a document with its headers, an edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from extractors.labels import Hint, Role
from pipeline.headers.spelling import Spelling, offset_word


class Kind(StrEnum):
    """What a header is on its page."""

    HEADING = "heading"
    NOTE = "note"  # a line over a table or items: its caption, （単位：千円）, a year and role alone
    COLUMN = "column"
    FIELD = "field"  # a role, year or other key in a row: 目標値 | 30人 of a sheet, 現状値： in a list
    ROW = "row"  # what a row is about


class Form(StrEnum):
    """How a zone ties its numbers to their headers."""

    TABLE = "table"
    LINES = "lines"


@dataclass
class Header:
    """One header of a zone, and what became of the numbers it governs.

    `above` are the headers over it, highest first, `order` its place among the zone's headers from left to right or top to bottom. `page` and
    `line` are 1-based (`line` 0 in a PDF), `base` is the fiscal year from which its document's years are counted. `numbers` counts the figures
    below or beside it, `facts` those of them that became rows of the tables or the printed rate of one, `became` these by what they are, `units`
    the rows by unit; `decides` the rows that took role, year or unit from its words. `known` is False where reading did not take it for a
    header at all. `naming`: numbers took their name, part, area or section from it.
    """

    kind: Kind
    text: str
    spelling: Spelling
    hint: Hint
    page: int
    line: int = 0
    order: int = 0
    above: tuple[Header, ...] = ()
    base: int | None = None
    numbers: int = 0
    facts: int = 0
    decides: int = 0
    known: bool = True
    naming: bool = False
    printed: int = 1
    units: Counter[str] = field(default_factory=Counter)
    became: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> tuple[Spelling, ...]:
        return tuple(one.spelling for one in self.above)

    @property
    def said(self) -> bool:
        """Whether a role, a year or a unit was read from it."""
        return self.known and (self.hint.role is not None or self.hint.when is not None or self.hint.unit is not None)

    @property
    def understood(self) -> bool:
        """Whether its words gave its numbers anything: a role, year or unit, or a name under which some became facts."""
        return self.said or (self.naming and self.facts > 0)

    @property
    def lost(self) -> bool:
        """Whether it governs numbers and nothing in it is understood."""
        return self.kind in (Kind.COLUMN, Kind.FIELD) and self.numbers > 0 and not self.understood

    @property
    def reads(self) -> tuple[str, ...]:
        """What is read from it: role, year counted from the document's, unit, and `name`; empty for nothing."""
        role = self.hint.role if self.known else None
        words = (str(role or ""), offset_word(self.hint.when, self.base) if self.known else "", (self.hint.unit or "") if self.known else "")
        named = ("name",) if (self.naming and self.facts and role is not Role.REMARK) else ()
        return tuple(word for word in words if word) + named

    def shows(self) -> str:
        """As printed, below the headers over it: `令和6年度 > 目標`; a heading below the nearest alone."""
        above = self.above[-1:] if self.kind is Kind.HEADING else self.above
        return " > ".join((*(one.text for one in above), self.text))


@dataclass
class Zone:
    """A table, or the lines below one heading, with its headers; `headings` are those in force, highest first.

    `numbers` are the figures read in it, `facts` those that became rows, `became` these by what they are, `left` the numerals that did not
    by reason.
    """

    form: Form
    page: int
    line: int
    headings: tuple[Header, ...]
    headers: list[Header] = field(default_factory=list)
    numbers: int = 0
    facts: int = 0
    left: Counter[str] = field(default_factory=Counter)
    became: Counter[str] = field(default_factory=Counter)
    last_page: int = 0

    def of(self, *kinds: Kind) -> list[Header]:
        return [header for header in self.headers if header.kind in kinds]

    @property
    def title(self) -> str:
        """What a person calls it: its caption, else the heading above it."""
        caption = next((h.text for h in self.of(Kind.NOTE) if h.hint.name), None)
        heading = self.headings[-1].text if self.headings else None
        return " > ".join(dict.fromkeys(part for part in (heading, caption) if part))


@dataclass
class Edition:
    """One edition of a plan: its headings and zones in order.

    `year` is the fiscal year it is for (`stated`), or the one after its last results; `unreadable` are pages whose text is no text.
    """

    name: str
    paged: bool
    title: str | None
    year: int | None
    stated: bool
    pages: int
    headings: list[Header]
    zones: list[Zone]
    facts: int
    unclaimed: int
    unreadable: tuple[int, ...] = ()
