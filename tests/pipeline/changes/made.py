"""Facts, revisions and fetched addresses made by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipeline.changes.model import Changes, Coverage, Fact, Revision, Totals

TOTALS = Totals(1, 0, Coverage(1, 0, 0, 1))


@dataclass(frozen=True)
class Address:
    """What became of one address, as the fetching step tells it."""

    status: str
    reason: str | None = None
    source: str = "みどり市"
    address: str = "https://example.jp/plan.pdf"
    file: str | None = "plan.pdf"


def fact(value: float, raw: str, unit: str | None = None, **said: Any) -> Fact:
    """An actual of the fiscal year 2023 on page 3 of a.pdf."""
    place = {"fact_id": f"f_{value}_{raw}", "document_id": "d_1", "source_path": "a.pdf", "table": "actuals", "page": 3, "line": None}
    about = {"section": None, "indicator": "参加者数", "component": None, "indicator_id": "i_1", "area": None, "fiscal_year": 2023}
    days = {"period_start": dt.date(2023, 4, 1), "period_end": dt.date(2024, 3, 31)}
    number = {"value": value, "unit": unit, "comparator": None, "cumulative": False, "raw": raw, "role_from": None, "year_from": None, "corrected_from": None}
    given: dict[str, Any] = place | about | days | number | {"baseline": False} | said
    return Fact(**given)


def revisions(count: int) -> Changes:
    """Changes that hold so many revisions."""
    return Changes(TOTALS, TOTALS, revisions=tuple(Revision(fact(number, f"{number}人", "人"), fact(number + 500, "x", "人")) for number in range(count)))
