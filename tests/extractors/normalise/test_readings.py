"""docs/readings.md is the table of every printed form and its reading: each of its rows is a test."""

from __future__ import annotations

import pytest

from tests.extractors.normalise.readings import Row, read, rows

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"line {row.line}" for row in ROWS])
def test_the_documented_form_reads_as_documented(row: Row) -> None:
    assert read(row.function, row.printed, row.calendar, row.day) == row.reading


def test_the_document_holds_at_least_250_readings_of_strings_by_every_function() -> None:
    assert len(ROWS) >= 250
    functions = {row.function for row in ROWS}
    assert functions == {
        "scan", "canonical", "unit_note", "bracket_unit", "clean_name", "split_compound", "match_key", "find_places", "successors_of",
        "nothing", "direction", "era_year"
    }  # fmt: skip


def test_no_row_of_the_document_was_lost_by_the_parser() -> None:
    from tests.extractors.normalise.readings import DOCUMENT

    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and not line.startswith(("| Printed", "| ---"))]
    assert len(lines) == len(ROWS)
