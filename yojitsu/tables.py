"""`yojitsu.load`: one table, filtered, in the form that is asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipeline.schema import TABLES
from pipeline.whole import read_whole
from yojitsu.filters import Filters, Years
from yojitsu.form import Form, in_form
from yojitsu.where import tables_folder


def load(
    table: str,
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
    """One table (`targets`, `actuals`, `costs`, `documents`, `indicators`, `links`, `findings`, `unclaimed`) as pandas, or as `as_` says.

    `as_` is pandas, polars, arrow or duckdb. `out` is the folder of tables; without it YOJITSU_OUT or the nearest `data/parquet`. `prefecture` and
    `municipality` are a name or a code, by the place the row is about, else by who published its document; `plan` a part of the document's title or file
    name; `section` a part of the section; `year` a fiscal year or several. Rows of editions with a newer one are left out unless `superseded`.

    Raises KeyError for another table, ValueError for a filter that the table has no column for, where.NotFound for a folder or place that is not there,
    pipeline.whole.NoTables and Changing.
    """
    if table not in TABLES:
        raise KeyError(f"there is no table {table}; there are {', '.join(TABLES)}")
    filters = Filters(prefecture, municipality, plan, section, year, superseded)
    return in_form(read_filtered({table: filters}, out)[table], as_)


def read_filtered(filters: Mapping[str, Filters], out: str | os.PathLike[str] | None) -> dict[str, pa.Table]:
    """Each table that is named, with the rows that its filters keep, and `documents`, all of one version; `documents` whole unless it is named."""
    read = read_whole(tables_folder(out), {*filters, "documents"})
    return {"documents": read["documents"], **{name: one.kept(name, read[name], read["documents"]) for name, one in filters.items()}}
