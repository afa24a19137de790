"""Tables as CSV that a spreadsheet opens without mojibake, and as one XLSX with dates as dates."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

# What makes a spreadsheet take text for a formula, in half and in full width (a Japanese Excel takes both); `-5人` would become #NAME?.
FORMULA = frozenset("=+-@\t\r")
# What XML cannot hold, so no cell can.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel's own bounds: characters of a cell, rows of a sheet.
LONGEST_CELL, MOST_ROWS = 32_767, 1_048_576
# Excel shows what a cell holds only as wide as its column is; characters.
WIDTH, WIDEST = 12, 40
SENTENCES = ("indicator", "section", "title", "message", "context", "source_name", "reason")
# The time that a ZIP writes where none is meant; with it the same tables give the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
SAVED_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_csv(table: pa.Table, file: Path) -> None:
    """UTF-8 with a byte order mark, by which Excel knows it, and CRLF. Null is empty, a list JSON, truth TRUE or FALSE; formulas are behind an apostrophe."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(table.column_names)
        writer.writerows([_csv_cell(value) for value in row] for row in _rows(table))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches():
        yield from zip(*(_values(column) for column in batch.columns), strict=True)


def _values(column: pa.Array) -> list[Any]:
    """Python's values; those of 32 bits with the digits that they have: 437.48, not 437.4800109863281."""
    if pa.types.is_float32(column.type):
        return [None if value is None else float(value) for value in column.cast(pa.string()).to_pylist()]
    values: list[Any] = column.to_pylist()
    return values


def _csv_cell(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, bool):
        return "TRUE" if plain else "FALSE"
    if isinstance(plain, dt.datetime):
        return plain.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(plain, float):
        # 120.0 is printed as 120 everywhere, and what has more digits keeps them all.
        return repr(plain).removesuffix(".0")
    return "'" + plain if isinstance(plain, str) and is_formula(plain) else plain


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text that it opens for a formula."""
    return bool(text) and (text[0] in FORMULA or unicodedata.normalize("NFKC", text[0])[:1] in FORMULA)


def _plain(value: Any) -> Any:
    """A value as both forms have it: lists as JSON, times without a zone (they are UTC)."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    return value


def write_xlsx(tables: Mapping[str, pa.Table], file: Path) -> None:
    """A sheet a table, its first row frozen and with filters. A table of more rows than a sheet holds goes on in the next (`unclaimed_2`).

    A text is never a formula; what a cell cannot hold (control characters, more than LONGEST_CELL characters) is replaced or cut, and is whole in the CSV.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, table in tables.items():
        for at, start in enumerate(range(0, max(table.num_rows, 1), MOST_ROWS - 1), start=1):
            _sheet(book, name if at == 1 else f"{name}_{at}", table.slice(start, MOST_ROWS - 1))
    saved = io.BytesIO()
    book.save(saved)
    file.write_bytes(_without_times(saved.getvalue()))


def _sheet(book: Any, name: str, table: pa.Table) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(table.num_columns)}{table.num_rows + 1}"
    for at, column in enumerate(table.column_names, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDEST if column in SENTENCES else max(WIDTH, len(column) + 4)
    heads = [_cell(sheet, column) for column in table.column_names]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in _rows(table):
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any) -> Any:
    """A cell for write-only sheets; days and times as Excel's own."""
    from openpyxl.cell import WriteOnlyCell

    plain = _plain(value)
    if not isinstance(plain, str):
        cell = WriteOnlyCell(sheet, plain)
        if isinstance(plain, dt.date):
            cell.number_format = "yyyy-mm-dd hh:mm:ss" if isinstance(plain, dt.datetime) else "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, CONTROLS.sub("\ufffd", plain)[:LONGEST_CELL])
    # openpyxl takes what begins with = for a formula.
    cell.data_type = "s"
    return cell


def _without_times(book: bytes) -> bytes:
    """The same workbook without the moment it was saved."""
    clean = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = SAVED_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, data)
    return clean.getvalue()
