"""Linking over facts that were read from real documents by hand, where they are at hand: names that a person took for one indicator, told by number."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest

from extractors.normalise.units import canonical
from pipeline.link.tables import link
from tests.conftest import ROOT
from tests.generated.editions_printed import Found, compare

GOLD = ROOT.parent / "shared" / "gold"
# By the first digits of the hash of a fact, the number of its indicator. No name of a document stands in this repository.
TRUTH = Path(__file__).with_name("truth.csv")
# Whose documents they are, by the digits that their names begin with: two of them are of one body. Those of 001 are slides about the whole country.
PUBLISHERS = {"000": "甲", "001": None, "002": "甲", "003": "乙", "004": "丙"}
TABLES = {"target": "targets", "actual": "actuals", "cost": "costs"}


def facts_by_hand() -> tuple[dict[str, list[dict[str, Any]]], dict[str, tuple[object, ...]]]:
    """Facts by table, and the truth by fact_id: document, number of the indicator, what was printed."""
    with TRUTH.open(encoding="utf-8", newline="") as handle:
        numbers = {row["fact"]: row["indicator"] for row in csv.DictReader(handle)}
    facts: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES.values()}
    truth: dict[str, tuple[object, ...]] = {}
    for file in sorted(GOLD.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as handle:
            for at, row in enumerate(csv.DictReader(handle)):
                said = (file.name, row["line"], row["kind"], row["indicator"], row["component"], row["unit"], row["raw"], str(float(row["value"])))
                fact = as_row(file.name[:3], f"{file.name[:3]}/{at}", row)
                facts[TABLES[row["kind"]]].append(fact)
                if number := numbers.get(hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]):
                    truth[fact["fact_id"]] = (file.name[:3], number, row["indicator"], row["component"], row["unit"], row["section"])
    return facts, truth


def as_row(document: str, fact_id: str, row: dict[str, str]) -> dict[str, Any]:
    year = int(row["fiscal_year"]) if row["fiscal_year"] else None
    start, end = days(row["period"], year)
    return {
        "fact_id": fact_id, "document_id": document, "indicator": row["indicator"], "component": row["component"] or None, "area": row["area"] or None,
        "unit": canonical(row["unit"]) if row["unit"] else None, "section": row["section"] or None, "value": float(row["value"]), "fiscal_year": year,
        "period_start": start, "period_end": end, "indicator_id": None, "line": int(row["line"]), "role_from": row["kind"], "year_from": row["fiscal_year"],
    }  # fmt: skip


def days(period: str, year: int | None) -> tuple[dt.date | None, dt.date | None]:
    if len(period) == 10:
        return dt.date.fromisoformat(period), dt.date.fromisoformat(period)
    if len(period) == 7:
        return dt.date.fromisoformat(f"{period}-01"), dt.date.fromisoformat(f"{period}-28")
    return (None, None) if year is None else (dt.date(year, 4, 1), dt.date(year + 1, 3, 31))


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    """Pairs of forms in the plans (not the slides), and in all documents."""
    if not GOLD.exists():
        pytest.skip("these facts are not here")
    facts, truth = facts_by_hand()
    documents = [{"document_id": name, "publisher": who, "area_code": None, "status": "ok", "fiscal_year": 2024} for name, who in PUBLISHERS.items()]
    link(documents, facts)
    answers = [(row["fact_id"], row["indicator_id"]) for some in facts.values() for row in some]
    plans = {fact_id: one for fact_id, one in truth.items() if one[0] != "001"}
    return {"plans": compare(plans, answers)["all"], "every document": compare(truth, answers)["all"]}


def test_list_sheet_and_table_of_a_plan_are_linked(found: dict[str, Found]) -> None:
    assert found["plans"].right >= 40
    assert found["plans"].precision >= 0.98 and found["plans"].f1 >= 0.95


def test_slides_that_name_one_thing_in_many_ways_are_linked_rather_too_little_than_too_much(found: dict[str, Found]) -> None:
    assert found["every document"].precision >= 0.98 and found["every document"].recall >= 0.75
