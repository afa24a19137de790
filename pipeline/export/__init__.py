"""The tables for spreadsheets and for programs that know no Parquet: CSV, one XLSX, and a description that programs read (datapackage.json)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.export.describe import package
from pipeline.export.sheets import write_csv, write_xlsx
from pipeline.swap import replaced
from pipeline.whole import read_whole

CSV, XLSX, PACKAGE, TABLES_EN, TABLES_JA = "csv", "yojitsu.xlsx", "datapackage.json", "tables.md", "tables.ja.md"
FILES = (XLSX, PACKAGE, TABLES_EN, TABLES_JA)


def export(out: Path, to: Path) -> list[str]:
    """Write the tables of `out` into the folder `to`, whole or not at all; the names of what was written, folders' files with their folder.

    The same tables give the same bytes. Raises whole.NoTables and Changing, swap.Foreign where `to` holds something else, OSError where it cannot be written.
    """
    tables = read_whole(out)
    with replaced(to, [CSV], FILES, [".csv"]) as beside:
        _write(tables, beside)
    return [*(f"{CSV}/{name}.csv" for name in tables), *FILES]


def _write(tables: Mapping[str, pa.Table], folder: Path) -> None:
    from pipeline.schema import dictionary

    (folder / CSV).mkdir()
    for name, table in tables.items():
        write_csv(table, folder / CSV / f"{name}.csv")
    write_xlsx(tables, folder / XLSX)
    (folder / PACKAGE).write_text(package({name: f"{CSV}/{name}.csv" for name in tables}), encoding="utf-8")
    (folder / TABLES_EN).write_text("# Tables\n\n" + dictionary() + "\n", encoding="utf-8")
    (folder / TABLES_JA).write_text("# 表\n\n" + dictionary(japanese=True) + "\n", encoding="utf-8")
