"""Writes what the books state as CSV files that the scorer reads."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from tests.generated.model import Book, Fact, stated

COLUMNS = (
    "kind", "indicator", "component", "area", "section", "fiscal_year", "period", "value", "unit", "comparator", "cumulative", "achievement_rate", "rating",
    "raw", "page", "tier", "note",
)  # fmt: skip


def row(page: int, fact: Fact) -> dict[str, str]:
    """One fact in the gold columns, with the unit after NFKC."""
    return {
        "kind": fact.kind, "indicator": fact.indicator, "component": unicodedata.normalize("NFKC", fact.component), "area": fact.area,
        "section": unicodedata.normalize("NFKC", fact.section), "fiscal_year": "" if fact.fiscal_year is None else str(fact.fiscal_year),
        "period": fact.period, "value": fact.value, "unit": unicodedata.normalize("NFKC", fact.unit), "comparator": fact.comparator,
        "cumulative": "1" if fact.cumulative else "", "achievement_rate": fact.rate, "rating": unicodedata.normalize("NFKC", fact.rating),
        "raw": fact.raw, "page": str(page), "tier": str(fact.tier), "note": fact.note,
    }  # fmt: skip


def write_truth(book: Book, file: Path) -> int:
    """Writes the facts of a book and returns how many there are."""
    rows = [row(page, fact) for page, fact in stated(book)]
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def write_manifest(entries: Iterable[tuple[str, Book, int]], file: Path) -> None:
    """One row a file: its stem, its family, the producer and the number of facts."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(("stem", "family", "producer", "font", "rules", "facts"))
        writer.writerows((stem, book.family, book.producer, book.look.font, book.look.rules, facts) for stem, book, facts in entries)
