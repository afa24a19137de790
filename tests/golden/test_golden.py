"""What extraction gives for every sample, held against a small file that a person can read.

After a change that is meant: `pytest tests/golden --regenerate-golden`, then read the difference before it is committed.
"""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import RAW

HERE = Path(__file__).parent
KINDS = {"targets": "target", "actuals": "actual", "costs": "cost"}
COLUMNS = (
    *("kind", "page", "section", "indicator", "component", "area", "fiscal_year", "period_start", "period_end"),
    *("value", "unit", "comparator", "achievement_rate", "rating", "raw"),
)
SHOWN = 40


def golden(parquet: Path, name: str) -> str:
    """The facts of one source as CSV, page by page from the top left."""
    tables = [pd.read_parquet(parquet / table).assign(kind=kind) for table, kind in KINDS.items()]
    facts = pd.concat([table[table["source_name"] == name] for table in tables if len(table)])
    facts = facts.assign(band=facts["top"].round(), left=facts["x0"].round()).sort_values(["page", "band", "left", "fact_id"])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_printed(getattr(row, column)) for column in COLUMNS] for row in facts.itertuples())
    return out.getvalue()


def _printed(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
def test_a_sample_gives_its_golden_table(path: Path, published: Path, request: pytest.FixtureRequest) -> None:
    found = golden(published / "data" / "parquet", path.name)
    file = HERE / f"{path.stem}.csv"
    if request.config.getoption("--regenerate-golden"):
        file.write_text(found, encoding="utf-8")
    expected = file.read_text(encoding="utf-8")
    differing = list(difflib.unified_diff(expected.splitlines(), found.splitlines(), "golden", "now", n=0, lineterm=""))
    assert not differing, "\n".join([f"{len(differing)} lines differ; --regenerate-golden writes them anew", *differing[:SHOWN]])


def test_no_golden_table_is_left_of_a_sample_that_is_gone() -> None:
    assert {file.stem for file in HERE.glob("*.csv")} == {path.stem for path in RAW}
