"""The panel is made of whole columns at a time; it is what it would be, made fact by fact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import yojitsu
from pipeline.schema import FACT_TABLES, TABLES
from tests.yojitsu.made import Row, document, fact, written
from tests.yojitsu.plain import panel_rows
from yojitsu.amounts import SCALES, Amounts, same_amount
from yojitsu.panel import panel_of

UNITS = st.sampled_from([*SCALES, "件", "%", None])
VALUES = st.one_of(st.sampled_from([0.0, -0.0, 1.0, 1234.0, 1234567.0, 0.1 + 0.2, 0.3]), st.floats(-1e9, 1e9))
WHOLE_YEAR, LAST_DAY, SEPTEMBER = ((dt.date(2024, 4, 1), dt.date(2025, 3, 31)), (dt.date(2025, 3, 31),) * 2, (dt.date(2024, 9, 1), dt.date(2024, 9, 30)))
# What tells facts of one table apart, some of it more often than the rest, so that many of them state one thing.
MAY_BE: dict[str, list[Any]] = {
    "value": [3.0, 5.0, 5000.0, 4999.6],
    "document_id": ["d_1", "d_2", "d_3"],
    "fiscal_year": [2023, 2024, 2024, None],
    "indicator_id": ["i_1", "i_2"],
    "area": [None, None, "東"],
    "unit": ["円", "円", "千円", "件", None],
    "section": [None, "第1節"],
    "comparator": [None, None, None, ">=", "<=", "<", "~"],
    "cumulative": [False] * 9 + [True],
}
OF_TABLE: dict[str, dict[str, list[Any]]] = {
    "targets": {},
    "actuals": {"baseline": [False] * 4 + [True], "achievement_rate": [None, 98.5], "rating": [None, "A"]},
    "costs": {"basis": ["budget", None]},
}


@given(st.lists(st.tuples(VALUES, UNITS), min_size=2, max_size=12))
def test_columns_of_amounts_agree_where_the_amounts_do(amounts: list[tuple[float, str | None]]) -> None:
    values, units = (pa.chunked_array([pa.array(column, type_)]) for column, type_ in zip(zip(*amounts, strict=True), (pa.float64(), pa.string()), strict=True))
    pairs = [(one, other) for one in range(len(amounts)) for other in range(len(amounts))]
    found = Amounts.of(values, units).agree(np.array([one for one, _ in pairs]), np.array([other for _, other in pairs])).tolist()
    assert found == [same_amount(*amounts[one], *amounts[other]) for one, other in pairs]


def stated(rng: Random, number: int) -> tuple[str, Row]:
    table = rng.choice(FACT_TABLES)
    said = {name: rng.choice(some) for name, some in (MAY_BE | OF_TABLE[table]).items()}
    start, end = rng.choice([(None, None)] * 3 + [WHOLE_YEAR, LAST_DAY, SEPTEMBER])
    return table, fact(table, f"f_{number:04}", **said, period_start=start, period_end=end)


@pytest.mark.parametrize("count", [1, 8, 60, 400])
@pytest.mark.parametrize("seed", range(20))
def test_the_panel_of_columns_is_the_panel_fact_by_fact(seed: int, count: int) -> None:
    rng = Random(seed)
    rows: dict[str, list[Row]] = {name: [] for name in FACT_TABLES}
    for number in range(count):
        table, row = stated(rng, number)
        rows[table].append(row)
    # Two documents of one year are told apart by when they were written, or by their ids.
    written_at = rng.choice([None, dt.datetime(2024, 5, 1, tzinfo=dt.UTC)])
    documents = [document("d_1", 2024), document("d_2", rng.choice([2024, 2023, None])), document("d_3", 2024, written_at=written_at)]
    tables = {name: TABLES[name].rows(some) for name, some in {**rows, "documents": documents}.items()}
    assert panel_of(tables).to_pylist() == panel_rows(tables)


def test_a_panel_of_nothing_has_its_columns(tmp_path: Path) -> None:
    found = yojitsu.panel(out=written(tmp_path / "out"))
    assert len(found) == 0 and {"indicator_id", "fact_ids", "note"} <= set(found.columns)
