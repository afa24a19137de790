"""Every table and column once: Parquet schemas with their descriptions, the checks before publishing and the data dictionary all come from schema.toml.

The Japanese of the dictionary stands in schema.ja.toml."""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "strings": pa.list_(pa.field("item", pa.string(), nullable=False)),
    "bool": pa.bool_(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "date32": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}

# Rows of a document that become columns together.
AT_A_TIME = 4096

Row = Mapping[str, Any]


class SchemaError(ValueError):
    """Rows that break a table's schema: a fault of the program, never of a document."""


@dataclass(frozen=True)
class Column:
    """One column. `type` is a key of TYPES, `unit` the unit of its values where they have one, `values` the only ones allowed (empty: any).

    `about_ja` is what it means in Japanese.
    """

    name: str
    type: str
    about: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] = ()
    about_ja: str = ""

    def field(self) -> pa.Field:
        metadata = {"description": self.about} | ({"unit": self.unit} if self.unit else {})
        return pa.field(self.name, TYPES[self.type], nullable=not self.required, metadata=metadata)


@dataclass(frozen=True)
class Table:
    """One table: `about` says what a row is, `key` which columns tell rows apart (empty: none need).

    `order` is how the rows of one publisher are sorted (nulls first).
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    about_ja: str = ""

    def schema(self) -> pa.Schema:
        """The arrow schema. File readers that know no field metadata (DuckDB) find the descriptions as JSON under the key `columns`."""
        return self._schema

    @cached_property
    def _schema(self) -> pa.Schema:
        about = {c.name: c.about + (f" [{c.unit}]" if c.unit else "") for c in self.columns}
        return pa.schema([c.field() for c in self.columns], metadata={"description": self.about, "columns": json.dumps(about, ensure_ascii=False)})

    def rows(self, rows: Iterable[Row]) -> pa.Table:
        """`rows` (dicts by column name) as an arrow table in this table's order. Raises SchemaError where they break the schema."""
        return self._made(list(rows), {})

    def rows_of_document(self, rows: Iterable[Row]) -> pa.Table:
        """As `rows`, for what one document gives: its indicators are known once all documents are.

        Rows that are made while they are asked for, page by page, become columns some thousand at a time: as dicts those of a long report take ten times
        as much. Raises SchemaError too where these come otherwise.
        """
        given = {c.name: "" for c in self.columns if c.name == "indicator_id"}
        pieces, last = [], None
        for piece in [rows] if isinstance(rows, list) else _page_by_page(rows):
            if last is not None and min(_nulls_first(row["page"]) for row in piece) <= last:
                raise SchemaError(f"{self.name}: rows that do not come page by page")
            last = max((_nulls_first(row["page"]) for row in piece if len(piece) >= AT_A_TIME), default=None)
            pieces.append(self._made(piece, given))
        if len(pieces) == 1:
            return pieces[0]
        whole = pa.concat_tables(pieces)
        self.check_key(whole)
        return whole

    def check_key(self, table: pa.Table) -> None:
        """Raises SchemaError where two rows put together from several checked tables have the same key, or one lacks a value that it must have."""
        self._check_key([table.column(name).to_pylist() for name in self.key])
        if lacking := [c.name for c in self.columns if c.required and table.column(c.name).null_count]:
            raise SchemaError(f"{self.name}: rows without {', '.join(lacking)}")

    def sort_key(self, row: Row) -> tuple[tuple[bool, Any], ...]:
        """By the columns of `order`, then by every other column, so that equal input in any order gives the same file. Nulls come first."""
        return tuple([_nulls_first(row[name]) for name in self._sorted_by if name in row])

    @cached_property
    def _sorted_by(self) -> tuple[str, ...]:
        return (*self.order, *(c.name for c in self.columns if c.name not in self.order and c.type != "strings"))

    def _made(self, rows: Sequence[Row], given: Mapping[str, Any]) -> pa.Table:
        """A table of rows in any order, all with the values of `given` in place of their own."""
        names = {c.name for c in self.columns}
        for row in rows:
            if row.keys() != names:
                raise SchemaError(f"{self.name}: columns {sorted(row.keys() ^ names)} are missing or too many")
        columns = {c.name: [given[c.name]] * len(rows) if c.name in given else [row[c.name] for row in rows] for c in self.columns}
        # Arrow would cut 1.5 down to 1 without a word.
        if odd := [c.name for c in self.columns if c.type.startswith("int") and not all(value is None or isinstance(value, int) for value in columns[c.name])]:
            raise SchemaError(f"{self.name}: {odd} hold no whole number")
        order = self._order(columns, len(rows))
        try:
            table = pa.Table.from_pydict({name: [values[at] for at in order] for name, values in columns.items()}, schema=self._schema)
            table.validate(full=True)
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            raise SchemaError(f"{self.name}: {error}") from error
        self._check(table)
        return table

    def _order(self, columns: Mapping[str, Sequence[Any]], count: int) -> list[int]:
        """The places of rows as `sort_key` puts them. Few columns tell two rows apart, so that the others are asked for rows that these leave equal."""
        order = list(range(count))
        keys = list(zip(*(_sortable(columns[name]) for name in self.order), strict=True))
        order.sort(key=keys.__getitem__)
        if any(keys[one] == keys[other] for one, other in pairwise(order)):
            keys = list(zip(*(_sortable(columns[name]) for name in self._sorted_by), strict=True))
            order.sort(key=keys.__getitem__)
        return order

    def _check(self, table: pa.Table) -> None:
        for column in self.columns:
            values = table.column(column.name)
            if column.required and values.null_count:
                raise SchemaError(f"{self.name}.{column.name}: {values.null_count} rows without a value")
            if column.type.startswith("float") and any(value is not None and not math.isfinite(value) for value in values.to_pylist()):
                raise SchemaError(f"{self.name}.{column.name}: a value that is no number")
            if column.values and (strange := set(values.to_pylist()) - {*column.values, None}):
                raise SchemaError(f"{self.name}.{column.name}: {sorted(strange)} not among {list(column.values)}")
        self._check_key([table.column(name).to_pylist() for name in self.key])

    def _check_key(self, columns: Sequence[Sequence[Any]]) -> None:
        if not columns:
            return
        keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        if len(set(keys)) < len(keys):
            twice = sorted(repr(key) for key, count in Counter(keys).items() if count > 1)
            raise SchemaError(f"{self.name}: {', '.join(self.key)} more than once: {', '.join(twice[:3])}")


def _nulls_first(value: Any) -> tuple[bool, Any]:
    return (False, 0) if value is None else (True, value)


def _sortable(values: Sequence[Any]) -> Sequence[Any]:
    return [_nulls_first(value) for value in values] if None in values else values


def _page_by_page(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows AT_A_TIME, and those behind them that are on the last one's page; one list where there are no rows."""
    piece: list[Row] = []
    for row in rows:
        if len(piece) >= AT_A_TIME and row["page"] != piece[-1]["page"]:
            yield piece
            piece = []
        piece.append(row)
    yield piece


def load(path: Path, japanese: Path) -> dict[str, Table]:
    """The tables by name, in the order of the file. Raises KeyError where a column lacks a name, type or description.

    What lacks its Japanese has none; a test says so.
    """
    source, words = (tomllib.loads(file.read_text(encoding="utf-8")) for file in (path, japanese))
    tables = {}
    for name, entry in source["tables"].items():
        said = words["columns"] | words["columns"].get(name, {})
        columns = tuple(_columns(entry["columns"], source["groups"], said))
        tables[name] = Table(name, entry["about"], columns, tuple(entry.get("key", ())), tuple(entry["order"]), words["tables"].get(name, ""))
    return tables


def _columns(entries: Sequence[Mapping[str, Any]], groups: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[Column]:
    for entry in entries:
        if "group" in entry:
            yield from _columns(groups[entry["group"]]["columns"], groups, said)
        else:
            name, values = entry["name"], tuple(entry.get("values", ()))
            yield Column(name, entry["type"], entry["about"], entry.get("unit"), entry.get("required", False), values, said.get(name, ""))


TABLES = load(Path(__file__).with_name("schema.toml"), Path(__file__).with_name("schema.ja.toml"))
FACT_TABLES = ("targets", "actuals", "costs")


def dictionary(names: Iterable[str] = TABLES, japanese: bool = False) -> str:
    """The data dictionary of the named tables as markdown, in English or Japanese. Raises KeyError for a table that does not exist."""
    return "\n\n".join(_page(TABLES[name], japanese) for name in names)


def _page(table: Table, japanese: bool) -> str:
    about = table.about_ja + "。" if japanese else table.about[0].upper() + table.about[1:] + "."
    null = ("空なし", "空あり") if japanese else ("no", "yes")
    heads = "| 列 | 型 | 空 | 意味 |" if japanese else "| column | type | null | meaning |"
    lines = [f"## {table.name}", "", about, "", heads, "| --- | --- | --- | --- |"]
    for column in table.columns:
        meaning = (column.about_ja if japanese else column.about) + (f" [{column.unit}]" if column.unit else "")
        lines.append(f"| {column.name} | {TYPES[column.type]} | {null[not column.required]} | {meaning} |")
    return "\n".join(lines)
