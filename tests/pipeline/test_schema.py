from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import schema
from pipeline.schema import FACT_TABLES, TABLES, SchemaError, dictionary

# The contract with those who load the tables: names and types in order. Columns may be added, these stay.
FACT = (
    "fact_id string, document_id string, source_name string, page int32, line int32, x0 float, top float, x1 float, bottom float, section string, "
    "indicator string, component string, indicator_id string, area string, area_code string, fiscal_year int16, period_start date32[day], "
    "period_end date32[day], value double, unit string, comparator string, cumulative bool, raw string, role_from string, year_from string, "
    "unit_from string, extractor string"
)
CONTRACT = {
    "documents": (
        "document_id string, source_name string, source_path string, sha256 string, bytes int64, media_type string, title string, publisher string, "
        "area_code string, fiscal_year int16, pages int32, pages_with_facts int32, status string, reason string, targets int32, actuals int32, costs int32, "
        "unclaimed int32, extractor_version string, ingested_at timestamp[us, tz=UTC]"
    ),
    "targets": FACT,
    "actuals": FACT + ", achievement_rate double, rating string, baseline bool",
    "costs": FACT + ", basis string",
    "indicators": "indicator_id string, indicator string, component string, unit string",
    "links": "link_id string, relation string, score double, evidence string, decided_by string, indicator_id string, other_indicator_id string",
    "findings": (
        "finding_id string, document_id string, page int32, line int32, rule string, severity string, message string, stated string, expected string, "
        "fact_ids list<item: string not null>"
    ),
    "unclaimed": "document_id string, page int32, line int32, x0 float, top float, x1 float, bottom float, raw string, context string, reason string",
}


def row(table: str, **values: Any) -> dict[str, Any]:
    """A row that its table takes, with `values` in it."""
    fillers: dict[str, Any] = {"string": "x", "bool": False, "strings": [], "timestamp": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)}
    columns = {c.name: (c.values[0] if c.values else fillers.get(c.type, 1)) if c.required else None for c in TABLES[table].columns}
    return columns | values


@pytest.mark.parametrize("name", CONTRACT)
def test_tables_keep_the_contracts_columns_and_types(name: str) -> None:
    assert list(TABLES) == list(CONTRACT)
    fields = {field.name: f"{field.name} {field.type}" for field in TABLES[name].schema()}
    wanted = CONTRACT[name].split(", ") if name != "documents" else CONTRACT[name].replace("[us, tz", "[us; tz").split(", ")
    assert [fields.get(one.split(" ")[0]) for one in wanted] == [one.replace("; ", ", ") for one in wanted]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_table_and_column_describes_itself_in_the_parquet_file(name: str, tmp_path: Path) -> None:
    pq.write_table(TABLES[name].rows([]), tmp_path / "t.parquet")
    schema = pq.read_schema(tmp_path / "t.parquet")
    assert schema.metadata[b"description"].decode().startswith("one row is one")
    assert all(field.metadata[b"description"] for field in schema)


def test_units_stand_in_the_column_metadata() -> None:
    schema = TABLES["actuals"].schema()
    assert {name: schema.field(name).metadata[b"unit"] for name in ("x0", "achievement_rate")} == {"x0": b"pt", "achievement_rate": b"%"}


def test_readers_without_column_metadata_find_the_descriptions_in_the_file(tmp_path: Path) -> None:
    pq.write_table(TABLES["costs"].rows([]), tmp_path / "t.parquet")
    query = f"select decode(value) from parquet_kv_metadata('{tmp_path / 't.parquet'}') where decode(key) = 'columns'"
    [(found,)] = duckdb.connect().execute(query).fetchall()
    assert set(json.loads(found)) == {column.name for column in TABLES["costs"].columns}


def test_an_empty_table_opens_with_its_columns_in_pandas(tmp_path: Path) -> None:
    pq.write_table(TABLES["targets"].rows([]), tmp_path / "t.parquet")
    frame = pd.read_parquet(tmp_path)
    assert list(frame.columns) == [column.name for column in TABLES["targets"].columns]
    assert frame.empty


def test_rows_are_sorted_alike_in_whatever_order_they_come() -> None:
    places = [("b", 1, "1"), ("a", 10, "1"), ("a", 9, "2"), ("a", None, "3")]
    rows = [row("unclaimed", document_id=document, line=line, raw=raw) for document, line, raw in places]
    table = TABLES["unclaimed"].rows(rows)
    assert table.equals(TABLES["unclaimed"].rows(reversed(rows)))
    assert table.column("raw").to_pylist() == ["3", "2", "1", "1"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"indicator": None}, "targets.indicator: 1 rows without a value"),
        ({"comparator": "≧"}, "targets.comparator"),
        ({"fiscal_year": 99999}, "targets"),
        ({"value": "12"}, "targets"),
        ({"value": float("nan")}, "targets.value"),
        ({"page": 1.5}, "targets"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_a_row_that_breaks_the_schema_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(SchemaError, match=said.replace("(", r"\(")):
        TABLES["targets"].rows([row("targets", **values)])


def test_rows_that_are_made_while_they_are_asked_for_give_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [(page, number) for page in (None, 1, 2, 5) for number in range(7)]
    rows = [row("targets", fact_id=f"f_{page}_{number}", page=page, top=float(number % 3)) for page, number in places]
    whole = TABLES["targets"].rows_of_document(rows)
    assert whole.column("indicator_id").to_pylist() == [""] * len(rows)
    for some in (1, 7, 8, 100):
        monkeypatch.setattr(schema, "AT_A_TIME", some)
        assert TABLES["targets"].rows_of_document(one for one in rows).equals(whole)
    monkeypatch.setattr(schema, "AT_A_TIME", 7)
    with pytest.raises(SchemaError, match="do not come page by page"):
        TABLES["targets"].rows_of_document(one for one in rows[::-1])
    with pytest.raises(SchemaError, match="more than once"):
        TABLES["targets"].rows_of_document({**one, "fact_id": "f"} for one in rows[::7])


def test_one_id_for_two_rows_is_refused() -> None:
    with pytest.raises(SchemaError, match="more than once"):
        TABLES["targets"].rows([row("targets"), row("targets", value=2.0)])


def test_the_three_fact_tables_share_their_columns() -> None:
    shared = [column.name for column in TABLES["targets"].columns]
    assert all([column.name for column in TABLES[name].columns][: len(shared)] == shared for name in FACT_TABLES)


def test_the_dictionary_has_a_line_for_every_column() -> None:
    text = dictionary()
    assert all(f"## {table.name}\n" in text for table in TABLES.values())
    assert text.count("\n| ") == sum(len(table.columns) + 2 for table in TABLES.values())


def test_types_survive_a_round_trip(tmp_path: Path) -> None:
    full = row("actuals", page=3, x0=1.5, fiscal_year=2024, period_start=dt.date(2024, 4, 1), achievement_rate=98.5, rating="A", baseline=True)
    table = TABLES["actuals"].rows([full])
    pq.write_table(table, tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pylist() == [full]
    assert isinstance(table, pa.Table)
