"""datapackage.json: what the CSV files hold, in the words of https://specs.frictionlessdata.io, for programs that check or load them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline import __version__
from pipeline.schema import FACT_TABLES, TABLES, Column, Table

TYPES = {"strings": "array", "bool": "boolean", "date32": "date", "timestamp": "datetime"}
ESCAPED = "A text that a spreadsheet would run as a formula (it begins with =, +, - or @) stands behind an apostrophe."


def package(paths: Mapping[str, str]) -> str:
    """The description of the tables that lie as CSV at `paths`, by name."""
    about = {
        "profile": "tabular-data-package",
        "name": "yojitsu",
        "title": "予実: targets, actuals and costs of Japanese municipal plans",
        "version": __version__,
        "description": f"One number a row, each with its unit, fiscal year, page and the words that decided it. {ESCAPED}",
        "resources": [_resource(TABLES[name], path) for name, path in paths.items()],
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, path: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.name in FACT_TABLES:
        # documents.document_id is no key: two files that cannot be opened may share one.
        schema["foreignKeys"] = [{"fields": ["indicator_id"], "reference": {"resource": "indicators", "fields": ["indicator_id"]}}]
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": path, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig",
        "description": table.about, "description_ja": table.about_ja, "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    kind = TYPES.get(column.type) or ("integer" if column.type.startswith("int") else "number" if column.type.startswith("float") else "string")
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.about, "description_ja": column.about_ja}
    if kind == "boolean":
        field |= {"trueValues": ["TRUE"], "falseValues": ["FALSE"]}
    if column.unit:
        field["unit"] = column.unit
    constraints = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)  # type: ignore[assignment]
    return field | ({"constraints": constraints} if constraints else {})
