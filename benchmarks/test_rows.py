"""All rows of docs/readings.md as one test: mutmut starts pytest anew for each of thousands of mutants, and collecting a test for each row takes far longer
than reading them. `make test` runs tests/extractors/normalise/test_readings.py, which names the row.
"""

from __future__ import annotations

from tests.extractors.normalise.readings import read, rows


def test_every_row_reads_as_it_says() -> None:
    for row in rows():
        if row.function in ("scan", "direction", "era_year"):
            assert read(row.function, row.printed, row.calendar, row.day) == row.reading
