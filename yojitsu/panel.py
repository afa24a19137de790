"""`yojitsu.panel`: one row an indicator, area, period and kind: the latest of the numbers that documents state, the first, and whether it was revised."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from yojitsu.filters import Filters, Years
from yojitsu.form import Form, in_form
from yojitsu.statements import FACTS, KEY, Bools, Ints, Panel, taken
from yojitsu.tables import read_filtered

# What a row has of the fact that stands for its latest statement.
OF_THE_FACT = ("indicator", "component", "area_code", "section", "unit", "fact_id", "document_id", "source_name", "comparator")

# Name, type and meaning of every column.
COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    "indicator_id": (pa.string(), "the indicator: a row of `indicators`; which component it is follows from it"),
    "indicator": (pa.string(), "its name in the latest statement"),
    "component": (pa.string(), "its component in the latest statement"),
    "publisher": (pa.string(), "who published the latest statement"),
    "area": (pa.string(), "the place or body the number is about, where the document says so"),
    "area_code": (pa.string(), "全国地方公共団体コード"),
    "section": (pa.string(), "the section of the latest statement"),
    "fiscal_year": (pa.int16(), "the fiscal year, by the Western year in which it begins"),
    "period_start": (pa.date32(), "first day, where the number is not the whole year's; null for a whole year and for a number as of its last day"),
    "period_end": (pa.date32(), "last day, where the number is not the whole year's"),
    "kind": (pa.string(), "target, actual, baseline; of money: planned, budget, settled, cost (the document does not say)"),
    "cumulative": (pa.bool_(), "the indicator is stated as 累計"),
    "value": (pa.float64(), "the number in the latest statement, in `unit`; null where that document states several (see note)"),
    "comparator": (pa.string(), ">=, >, <=, < or ~ as in the tables; of a range, that of its lower bound"),
    "upper": (pa.float64(), "the upper bound, where the latest statement is a range"),
    "unit": (pa.string(), "the unit of the latest statement"),
    "fact_id": (pa.string(), "the fact of the latest statement"),
    "document_id": (pa.string(), "the document of the latest statement: of the latest fiscal year, then the one written last"),
    "source_name": (pa.string(), "its file"),
    "document_year": (pa.int16(), "the fiscal year it is for"),
    "first_value": (pa.float64(), "the number in the first statement, in `first_unit`"),
    "first_unit": (pa.string(), "the unit of the first statement"),
    "first_fact_id": (pa.string(), "the fact of the first statement"),
    "first_document_id": (pa.string(), "the document of the first statement"),
    "first_document_year": (pa.int16(), "the fiscal year it is for"),
    "revised": (pa.bool_(), "whether two documents state different numbers (rounding of money aside); null where one of them states several"),
    "documents": (pa.int32(), "how many documents state it"),
    "statements": (pa.int32(), "how many facts state it; a document may state it in a list and in a table"),
    "achievement_rate": (pa.float64(), "達成率 as printed beside the latest statement"),
    "rating": (pa.string(), "評価 as printed beside the latest statement"),
    "values": (pa.list_(pa.float64()), "the different values of the latest document: one, or two of a range; more where it contradicts itself or means parts"),
    "fact_ids": (pa.list_(pa.string()), "all facts, the first document's first"),
    "note": (pa.string(), "what to know before the row is used; null where nothing"),
}
SCHEMA = pa.schema([pa.field(name, type_, metadata={"description": about}) for name, (type_, about) in COLUMNS.items()])


def panel(
    *,
    out: str | os.PathLike[str] | None = None,
    prefecture: str | None = None,
    municipality: str | None = None,
    plan: str | None = None,
    section: str | None = None,
    year: Years = None,
    superseded: bool = False,
    as_: Form = "pandas",
) -> Any:
    """One row an indicator, area, period, kind and 累計 or not, over all documents that the filters keep (see `load`); columns as in COLUMNS.

    Numbers of a part of the year (月, 上半期, as of a day before its last) stand in rows of their own, and so do baselines. Facts with neither year nor
    days are left out. Raises what `load` raises.
    """
    filters = Filters(prefecture, municipality, plan, section, year, superseded)
    return in_form(panel_of(read_filtered(dict.fromkeys(FACTS, filters), out)), as_)


def panel_of(tables: Mapping[str, pa.Table]) -> pa.Table:
    """The rows of the panel from `documents` and the facts, sorted by indicator, kind, area and period."""
    found = Panel(tables)
    latest, first = found.latest, found.first
    fact, opening = found.lower[latest], found.lower[first]
    columns: dict[str, Any] = {name: found.facts[name].take(pa.array(fact)) for name in (*KEY, *OF_THE_FACT)}
    columns |= {f"first_{name}": found.facts[name].take(pa.array(opening)) for name in ("unit", "fact_id", "document_id")}
    for prefix, at in (("", fact), ("first_", opening)):
        columns[f"{prefix}document_year"] = found.documents["fiscal_year"].take(pa.array(found.document_at[at]))
    columns["publisher"] = found.documents["publisher"].take(pa.array(found.document_at[fact]))
    columns["value"] = _unless(found.several[latest], found.facts["value"], fact)
    columns["upper"] = taken(found.facts["value"], found.upper[latest])
    columns["first_value"] = _unless(found.several[first], found.facts["value"], opening)
    columns["revised"] = pa.array(found.revised[0], mask=found.revised[1])
    columns["documents"] = pa.array(np.bincount(found.row_of_statement, minlength=len(latest)))
    columns["statements"] = pa.array(np.bincount(found.row_of_statement, found.counts, len(latest)).astype(np.int64))
    columns |= {name: taken(found.facts[name], found.first_known(name, latest)) for name in ("achievement_rate", "rating")}
    columns |= _lists(found)
    return pa.table([_flat(columns[name]).cast(field.type) for name, field in zip(COLUMNS, SCHEMA, strict=True)], schema=SCHEMA)


def _unless(several: Bools, column: Any, at: Ints) -> Any:
    """The values at some places; null where a document states several."""
    return taken(column, np.where(several, -1, at))


def _lists(found: Panel) -> dict[str, Any]:
    """All facts of each row, the different values of its latest statement, and what is to be said where these are several."""
    facts, counts = found.distinct(found.latest)
    values = pa.ListArray.from_arrays(_offsets(counts), _flat(found.facts["value"].take(pa.array(facts))))
    begins = np.append(found.starts[found.rows], len(found.facts))
    ids = pa.ListArray.from_arrays(pa.array(begins, pa.int32()), _flat(found.facts["fact_id"]))
    several = found.several[found.latest]
    said = iter([_note(some) for some in values.filter(pa.array(several)).to_pylist()])
    return {"values": values, "fact_ids": ids, "note": pa.array([next(said) if one else None for one in several.tolist()], pa.string())}


def _note(values: Iterable[float]) -> str:
    return "the document states several values: " + ", ".join(f"{value:.12g}" for value in values)


def _offsets(counts: Ints) -> Any:
    return pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())


def _flat(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
