"""Tables with the rows that a test asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.publish import write_tables
from pipeline.schema import TABLES
from pipeline.swap import replaced

Row = dict[str, Any]


def row(table: str, **values: Any) -> Row:
    """A row that its table takes, with `values` in it."""
    fillers: dict[str, Any] = {"string": "x", "bool": False, "strings": [], "timestamp": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)}
    columns = {c.name: (c.values[0] if c.values else fillers.get(c.type, 1)) if c.required else None for c in TABLES[table].columns}
    assert values.keys() <= columns.keys(), values.keys() - columns.keys()
    return columns | values


def document(document_id: str = "d_1", fiscal_year: int | None = 2024, **values: Any) -> Row:
    return row("documents", document_id=document_id, source_path=f"{document_id}.pdf", source_name=f"{document_id}.pdf", fiscal_year=fiscal_year, **values)


def fact(table: str, fact_id: str, value: float, document_id: str = "d_1", **values: Any) -> Row:
    """A fact of the indicator `i_1` in 2024, in 件, unless `values` says otherwise."""
    usual = {"indicator_id": "i_1", "indicator": "相談の取組", "fiscal_year": 2024, "unit": "件", "source_name": f"{document_id}.pdf"}
    return row(table, **(usual | {"fact_id": fact_id, "value": value, "document_id": document_id} | values))


def target(fact_id: str, value: float, document_id: str = "d_1", **values: Any) -> Row:
    return fact("targets", fact_id, value, document_id, **values)


def actual(fact_id: str, value: float, document_id: str = "d_1", **values: Any) -> Row:
    return fact("actuals", fact_id, value, document_id, **values)


def written(out: Path, documents: Sequence[Row] = (), inputs: str = "one", **rows: Sequence[Row]) -> Path:
    """The folder `out` with these rows published in it; one document `d_1` where none is given."""
    some: dict[str, Sequence[Row]] = {"documents": documents or [document()], **rows}
    with replaced(out, TABLES) as beside:
        write_tables([{name: table.rows(some.get(name, ())) for name, table in TABLES.items()}], beside, inputs).write(beside)
    return out
