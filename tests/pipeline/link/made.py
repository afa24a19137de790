"""Facts and documents made by hand for the tests of linking."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from pipeline.link.aliases import Alias
from pipeline.link.tables import Linked, link

_NUMBERS = count()
PUBLISHER = "甲市"
# d_2023, d_2024 ... of one publisher; d_other and d_nobody of another and of none.
DOCUMENTS = [
    *({"document_id": f"d_{year}", "publisher": PUBLISHER, "area_code": None, "status": "ok", "fiscal_year": year} for year in range(2021, 2027)),
    {"document_id": "d_other", "publisher": "乙市", "area_code": None, "status": "ok", "fiscal_year": 2024},
    {"document_id": "d_nobody", "publisher": None, "area_code": None, "status": "ok", "fiscal_year": 2024},
    {"document_id": "d_unknown", "publisher": None, "area_code": None, "status": "ok", "fiscal_year": 2024},
]


def fact(
    name: str, value: float = 12.0, year: int | None = 2024, *, document: str = "d_2024", unit: str | None = "件", section: str | None = None,
    component: str | None = None, table: str = "targets", header: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A row of a fact table; `_table` says which. The facts of a document stand in the order in which they are made."""
    number = next(_NUMBERS)
    return {
        "_table": table, "fact_id": f"f_{number}", "document_id": document, "indicator": name, "component": component, "unit": unit, "section": section,
        "value": value, "fiscal_year": year, "period_start": None, "period_end": None, "area": None, "comparator": None, "indicator_id": None,
        "page": 1, "line": None, "top": float(number), "x0": 0.0, "role_from": header, "year_from": header,
    }  # fmt: skip


def linked(*facts: dict[str, Any], aliases: Sequence[Alias] = (), documents: Sequence[dict[str, Any]] = DOCUMENTS) -> Linked:
    """What linking makes of facts, whose `indicator_id` it fills."""
    by_table: dict[str, list[dict[str, Any]]] = {"targets": [], "actuals": [], "costs": []}
    for one in facts:
        by_table[one["_table"]].append(one)
    return link(list(documents), by_table, aliases)


def same(one: dict[str, Any], *others: dict[str, Any]) -> bool:
    return {one["indicator_id"]} == {other["indicator_id"] for other in others}
