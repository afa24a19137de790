"""What one document holds, as rows of the tables: dicts by column name, complete but for `indicator_id`, which takes all documents."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from operator import attrgetter
from typing import Any, Final

from extractors.calendar import texts
from extractors.vocabulary import Box, Document, Extraction, Fact, Finding, Kind, Text, Unclaimed

TABLE_OF: Final = {Kind.TARGET: "targets", Kind.ACTUAL: "actuals", Kind.COST: "costs"}

# Columns that are a fact's own attributes under the same name.
SAME: Final = (
    *("section", "indicator", "component", "area", "fiscal_year", "value", "unit", "comparator", "cumulative"),
    *("role_from", "year_from", "unit_from", "extractor"),
)

_same = attrgetter(*SAME)

# Lines that show whose document it is, of when and which edition: cover, letterhead or the head of a sheet. Longer ones are sentences.
OPENING_LINES: Final = 24
OPENING_LENGTH: Final = 80

Rows = list[dict[str, Any]]


class BrokenOff(StrEnum):
    """What ended the reading of a document before its end."""

    TIME = "time"
    MEMORY = "memory"
    DEATH = "death"


@dataclass
class Outcome:
    """One offered file: its row of `documents`, and its rows of the other tables by table name (none where it failed).

    `broken_off` is set where its reading did not come to an end: another try may. `tables` has the rows as checked arrow tables in place of `rows`:
    a report of 1,500 pages has fifty thousand, which take ten times as much as dicts.
    """

    document: dict[str, Any]
    rows: dict[str, Rows] = field(default_factory=dict)
    broken_off: BrokenOff | None = None
    tables: dict[str, Any] = field(default_factory=dict)

    def as_rows(self) -> dict[str, Rows]:
        """The rows as dicts, wherever they are."""
        return self.rows or {name: table.to_pylist() for name, table in self.tables.items()}


def stable_id(prefix: str, *parts: object) -> str:
    """`prefix` and 16 hex digits that depend on the parts alone, the same in every run and on every machine."""
    text = "\x1f".join([part if isinstance(part, str) else "" if part is None else str(part) for part in parts])
    return prefix + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def finding_row(
    place: Mapping[str, Any],
    rule: str,
    severity: str,
    message: str,
    *,
    stated: str | None = None,
    expected: str | None = None,
    fact_ids: Iterable[str] = (),
    told_by: Sequence[object] | None = None,
) -> dict[str, Any]:
    """A row of `findings`. `place` has `document_id`, and `page` and `line` where it is about a place.

    `told_by` is what its id is made of besides document and rule; place and message where nothing is given. A message that names files needs it:
    an id outlives their names.
    """
    page, line = place.get("page"), place.get("line")
    return {
        "finding_id": stable_id("n_", place["document_id"], rule, *((page, line, message) if told_by is None else told_by)),
        "document_id": place["document_id"],
        "page": page,
        "line": line,
        "rule": rule,
        "severity": severity,
        "message": message,
        "stated": stated,
        "expected": expected,
        "fact_ids": sorted(set(fact_ids)),
    }


def opening_of(document: Document) -> list[str]:
    """The first printed lines and cells of a document, each cut to OPENING_LENGTH characters, without blanks around them."""
    printed_lines = (line.strip() for text in texts(document) for line in text.string.split("\n"))
    return [_whole(line[:OPENING_LENGTH]) for line in islice(filter(None, printed_lines), OPENING_LINES)]


NOWHERE: dict[str, Any] = dict.fromkeys(("page", "line", "x0", "top", "x1", "bottom"))


class Places:
    """Where a run of characters stands in one document: the columns of place, and a spot that tells figures apart.

    `in_line` gives for each character of a text file (by identity) its 0-based place in its line.
    """

    def __init__(self, document: Document) -> None:
        self.paged = document.paged
        self.in_line = {} if document.paged else _line_columns(document)

    def columns(self, text: Text | None, box: Box | None) -> dict[str, Any]:
        """`page`, `line`, `x0`, `top`, `x1`, `bottom` of a text and its box; all None where there is no text."""
        if text is None:
            return dict(NOWHERE)
        if not self.paged:
            return NOWHERE | {"line": text.line or None}
        if box is None:
            return NOWHERE | {"page": text.page or None}
        return {"page": text.page or None, "line": None, "x0": float(box.x0), "top": float(box.top), "x1": float(box.x1), "bottom": float(box.bottom)}

    def spot(self, text: Text | None, box: Box | None) -> tuple[object, ...]:
        """Page and box, or line and columns: what an id is made of, so that it outlives better labels and names."""
        if text is None:
            return ()
        if self.paged:
            # A hundredth of a point: finer than any two figures lie apart, coarser than the rounding of one library version and the next.
            return (text.page,) if box is None else (text.page, f"{box.x0:.2f}", f"{box.top:.2f}", f"{box.x1:.2f}", f"{box.bottom:.2f}")
        stands = [self.in_line[id(glyph)] for glyph in text if id(glyph) in self.in_line]
        return (text.line, min(stands, default=-1), max(stands, default=-1))


def _line_columns(document: Document) -> dict[int, int]:
    """Each character of a text file (by identity) to its 0-based place in its line."""
    columns: dict[int, int] = {}
    seen: Counter[int] = Counter()
    for page in document.pages:
        for glyph in page.glyphs:
            columns[id(glyph)] = seen[glyph.line]
            seen[glyph.line] += 1
    return columns


def printed(text: Text) -> str:
    """The exact characters of a text, without the line breaks that reading put into it."""
    if "\n" not in text.string:
        return text.raw.strip()
    return "".join(glyph.raw for glyph in text if glyph.printed or glyph.char != "\n").strip()


def rows_of(document: Document, extraction: Extraction, source_name: str) -> dict[str, Rows]:
    """The rows of every table but `documents` and `indicators` that one document gives, by table name."""
    return {table: list(rows) for table, rows in rows_in_turn(document, extraction, source_name)}


def rows_in_turn(document: Document, extraction: Extraction, source_name: str) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    """As `rows_of`, one table after the other and each row when it is asked for, page by page, so that not all need be there at once."""
    places = Places(document)
    boxes = [fact.figure.box for fact in extraction.facts]
    ids = fact_ids(document.id, extraction.facts, boxes, places)
    facts = sorted(zip(extraction.facts, ids, boxes, strict=True), key=lambda one: one[0].figure.page)
    for kind, table in TABLE_OF.items():
        named = {"document_id": document.id, "source_name": source_name}
        yield table, _fact_rows(named, [one for one in facts if one[0].kind is kind], places, extraction.area_code)
    yield "unclaimed", _unclaimed_rows(document.id, sorted(extraction.unclaimed, key=lambda one: one.numeral.page), places)
    by_fact = {id(fact): fact_id for fact, fact_id in zip(extraction.facts, ids, strict=True)}
    yield "findings", [_published(row) for row in _findings(document.id, extraction.findings, places, by_fact)]


# Functions, not comprehensions: these make all rows at once where they are compiled.
def _fact_rows(
    named: dict[str, Any], facts: Sequence[tuple[Fact, str, Box | None]], places: Places, area_code: str | None
) -> Iterator[dict[str, Any]]:
    for fact, fact_id, box in facts:
        row: dict[str, Any] = {"fact_id": fact_id}
        row.update(named)
        row.update(_fact(fact, places.columns(fact.figure, box), area_code))
        yield _published(row)


def _unclaimed_rows(document_id: str, unclaimed: Iterable[Unclaimed], places: Places) -> Iterator[dict[str, Any]]:
    for one in unclaimed:
        yield _published(_unclaimed(document_id, one, places))


def _fact(fact: Fact, place: dict[str, Any], area_code: str | None) -> dict[str, Any]:
    """Everything but what names the row."""
    row = _meaning(fact, area_code)
    row.update(place)
    row.update(_special(fact))
    row["indicator_id"] = row["superseded_by"] = row["corrected_from"] = None
    return row


_HALVES: Final = re.compile(r"[\ud800-\udfff]")


def _published(row: dict[str, Any]) -> dict[str, Any]:
    """The row with half characters (lone surrogates, which some PDF fonts map to) replaced: no file can hold them."""
    for name, value in row.items():
        if isinstance(value, str) and not value.isascii() and _HALVES.search(value):
            row[name] = _whole(value)
    return row


def _whole(string: str) -> str:
    return string.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def fact_ids(document_id: str, facts: Sequence[Fact], boxes: Sequence[Box | None], places: Places) -> list[str]:
    """One id a fact, in order; `boxes` are those of their figures.

    Facts that share a figure (a range, a number of two years) are counted by what they say, not by when they were found.
    """
    spots = [(str(fact.kind), *places.spot(fact.figure, box)) for fact, box in zip(facts, boxes, strict=True)]
    ids = [""] * len(facts)
    sharing: dict[tuple[object, ...], list[int]] = {}
    for at, spot in enumerate(spots):
        sharing.setdefault(spot, []).append(at)
    for spot, some in sharing.items():
        for number, at in enumerate(some if len(some) == 1 else sorted(some, key=lambda at: repr(_meaning(facts[at], None)))):
            ids[at] = stable_id("f_", document_id, *spot, number)
    return ids


def _meaning(fact: Fact, publisher_code: str | None) -> dict[str, Any]:
    start, end = fact.period_start, fact.period_end
    if start is None and end is None and fact.fiscal_year is not None:
        start, end = dt.date(fact.fiscal_year, 4, 1), dt.date(fact.fiscal_year + 1, 3, 31)
    said = dict(zip(SAME, _same(fact), strict=True))
    said["area_code"] = fact.area_code or (publisher_code if fact.area is None else None)
    said["period_start"], said["period_end"], said["raw"] = start, end, printed(fact.figure)
    return said


def _special(fact: Fact) -> dict[str, Any]:
    if fact.kind is Kind.ACTUAL:
        return {"achievement_rate": fact.achievement_rate, "rating": fact.rating, "baseline": fact.baseline}
    return {"basis": fact.basis} if fact.kind is Kind.COST else {}


def _unclaimed(document_id: str, one: Unclaimed, places: Places) -> dict[str, Any]:
    row = places.columns(one.numeral, one.numeral.box)
    row["document_id"], row["raw"], row["context"], row["reason"] = document_id, printed(one.numeral), one.context, one.reason
    return row


def _findings(document_id: str, findings: Iterable[Finding], places: Places, by_fact: dict[int, str]) -> Rows:
    rows: dict[str, dict[str, Any]] = {}
    for one in findings:
        box = one.place.box if one.place is not None else None
        place = places.columns(one.place, box)
        said = (*places.spot(one.place, box), one.message, one.stated, one.expected)
        ids = [by_fact[id(fact)] for fact in one.facts if id(fact) in by_fact]
        row = finding_row(
            {"document_id": document_id, **place},
            *(one.rule, one.severity, one.message),
            stated=one.stated,
            expected=one.expected,
            fact_ids=ids,
            told_by=said,
        )
        # The same sentence about the same place twice is one finding.
        rows[row["finding_id"]] = row
    return list(rows.values())
