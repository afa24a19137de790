"""An arrow table in the form that an analyst works with."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow as pa

Form = Literal["pandas", "polars", "arrow", "duckdb"]
FORMS = ("pandas", "polars", "arrow", "duckdb")


def in_form(table: pa.Table, form: str) -> Any:
    """`table` as a pandas or polars data frame, as it is, or as a relation of DuckDB in a connection of its own.

    In pandas whole numbers and truth values with nulls stay what they are (Int16, boolean), and days are datetime64. Raises ValueError for another form.
    """
    if form == "arrow":
        return table
    if form == "pandas":
        import pandas as pd

        nullable = {pa.int16(): pd.Int16Dtype(), pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
        return table.replace_schema_metadata().to_pandas(types_mapper=nullable.get, date_as_object=False)
    if form == "polars":
        import polars as pl

        return pl.from_arrow(table)
    if form == "duckdb":
        import duckdb

        return duckdb.connect().from_arrow(table)
    raise ValueError(f"as_ is one of {', '.join(FORMS)}, not {form!r}")
