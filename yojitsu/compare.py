"""`yojitsu.compare`: the targets of a fiscal year against the results: rate, gap, reached or not."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yojitsu.amounts import comparable, converted
from yojitsu.direction import HIGHER, LOWER, direction_of
from yojitsu.filters import Filters
from yojitsu.form import Form, in_form
from yojitsu.panel import COLUMNS as PANEL
from yojitsu.panel import panel_of
from yojitsu.tables import read_filtered

Row = dict[str, Any]
SAME = ("indicator_id", "indicator", "component", "publisher", "area", "area_code", "section", "fiscal_year", "period_start", "period_end", "cumulative")
STATED = ("value", "upper", "comparator", "unit", "fact_id", "revised", "source_name", "note")
# What is asked of a row of the panel, by its kind.
ASKED = {
    "target": (*SAME, *STATED, "values", "first_value"),
    "actual": ("indicator_id", "area", "fiscal_year", "period_start", "period_end", "cumulative", *STATED, "achievement_rate", "rating"),
}

# Name, type and meaning of every column.
COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    **{name: PANEL[name] for name in SAME},
    "target": (pa.float64(), "the target in its latest statement, in `unit`; of a range its lower bound"),
    "comparator": (pa.string(), ">= 以上, > 超, <= 以下, < 未満, ~ 約・程度, as stated"),
    "target_upper": (pa.float64(), "the upper bound of a target that is a range"),
    "actual": (pa.float64(), "the result in its latest statement, in `unit`"),
    "unit": (pa.string(), "the unit of target, actual and gap: the target's"),
    "direction": (pa.string(), "higher, lower or range: which way is better; null where nothing says"),
    "direction_from": (pa.string(), "what says so, or what disagrees"),
    "rate": (pa.float64(), "100 * actual / target, whatever the direction: where lower is better, below 100 is good; null for a range or a target of 0 [%]"),
    "printed_rate": (pa.float64(), "達成率 as printed beside the result, percent"),
    "gap": (pa.float64(), "actual - target; of a range, how far outside (negative below), 0 inside"),
    "short": (pa.float64(), "by how much the target was missed, 0 where it was reached; null where that is unknown"),
    "short_percent": (pa.float64(), "`short` in percent of the target (of a range, of the bound that was missed)"),
    "achieved": (pa.bool_(), "whether the target was reached; null where direction, target or result leave it open"),
    "rating": (pa.string(), "評価 as printed beside the result"),
    "target_first": (pa.float64(), "the target in its first statement"),
    "target_revised": (pa.bool_(), "whether documents state different targets"),
    "actual_revised": (pa.bool_(), "whether documents state different results"),
    "target_fact_id": (pa.string(), "the fact of the target: `yojitsu.fact` shows it on its page"),
    "actual_fact_id": (pa.string(), "the fact of the result"),
    "source_name": (pa.string(), "the file that states the result, else the target"),
    "note": (pa.string(), "why a row has no rate or no judgement, or what to know of it"),
}
SCHEMA = pa.schema([pa.field(name, type_, metadata={"description": about}) for name, (type_, about) in COLUMNS.items()])


def compare(
    fiscal_year: int,
    *,
    out: str | os.PathLike[str] | None = None,
    prefecture: str | None = None,
    municipality: str | None = None,
    plan: str | None = None,
    section: str | None = None,
    superseded: bool = False,
    as_: Form = "pandas",
) -> Any:
    """One row a target of the fiscal year, with the result of the same indicator, area, period and 累計; columns as in COLUMNS.

    A target without a result is a row without `actual`. Where one document states several targets (or results) for the same thing, each is a row with a note
    and without a judgement: nothing here knows which of them is meant. `plan` and `section` choose targets; results may stand in any document. Results of a
    part of the year are not set against targets of the whole; the note tells of them. Raises what `load` raises.
    """
    chosen = Filters(prefecture, municipality, plan, section, fiscal_year, superseded)
    tables = read_filtered({"targets": chosen, "actuals": Filters(year=fiscal_year, superseded=superseded)}, out)
    return in_form(compare_of(tables), as_)


def compare_of(tables: Mapping[str, pa.Table]) -> pa.Table:
    """The table of `compare`, of the years whose facts are in `tables`."""
    return pa.Table.from_pylist(list(compared(tables)), schema=SCHEMA)


def compared(tables: Mapping[str, pa.Table]) -> Iterator[Row]:
    """The rows of `compare`, in the order of the panel, from `documents`, `targets` and `actuals`."""
    panel = panel_of(tables)
    # Only what is asked of them becomes objects: all columns of all rows would take twice the time.
    targets, results = (panel.filter(pc.equal(panel["kind"], kind)).select(columns).to_pylist() for kind, columns in ASKED.items())
    actuals: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in results:
        actuals[row["indicator_id"], row["area"], row["fiscal_year"]].append(row)
    for target in targets:
        others = actuals[target["indicator_id"], target["area"], target["fiscal_year"]]
        same = next((one for one in others if all(one[name] == target[name] for name in ("period_start", "period_end", "cumulative"))), None)
        for value in [target["value"]] if target["value"] is not None else target["values"]:
            yield _judged(target, value, same, _others_note(others) if same is None else None)


def _judged(target: Row, value: float, actual: Row | None, note: str | None) -> Row:
    """One row: first what is stated, then what follows from it where one number stands against one."""
    row = dict.fromkeys(COLUMNS) | {name: target[name] for name in (*SAME, "comparator", "unit")}
    stated = actual or {}
    row |= {
        "target": value, "target_upper": target["upper"], "target_first": target["first_value"], "target_revised": target["revised"],
        "target_fact_id": target["fact_id"], "actual_fact_id": stated.get("fact_id"), "actual_revised": stated.get("revised"),
        "printed_rate": stated.get("achievement_rate"), "rating": stated.get("rating"),
        "source_name": stated.get("source_name") or target["source_name"],
    }
    row["direction"], row["direction_from"] = direction_of((row["indicator"], row["component"]), row["comparator"], value, None, None)
    faults = [note, *_faults(target, actual)]
    if actual and actual["value"] is not None and comparable(actual["unit"], target["unit"]):
        row["actual"] = converted(actual["value"], actual["unit"], target["unit"])
        row["unit"] = target["unit"] or actual["unit"]
        if not any(faults):
            row |= _range(row) if target["upper"] is not None else _single(row)
        if actual["comparator"] == "~" or target["comparator"] == "~":
            faults.append("約・程度")
    return row | {"note": "; ".join(fault for fault in faults if fault) or None}


def _faults(target: Row, actual: Row | None) -> Iterator[str]:
    """Why a target and a result cannot be judged against each other."""
    if target["note"]:
        yield f"target: {target['note']}"
    if actual is None:
        return
    if actual["note"]:
        yield f"result: {actual['note']}"
    elif not comparable(actual["unit"], target["unit"]):
        yield f"the result is in {actual['unit']}, the target in {target['unit']}"
    if actual["comparator"] in HIGHER + LOWER or actual["upper"] is not None:
        yield f"the result is a bound ({actual['comparator']} {actual['value']:.12g})" if actual["value"] is not None else "the result is a bound"


def _others_note(others: Sequence[Row]) -> str | None:
    """What results there are where none is for the target's period, so that a missing one is not taken for none."""
    if not others:
        return None
    days = [f"{one['period_start']}–{one['period_end']}" if one["period_end"] else "the whole year" for one in others]
    cumulative = " (累計 differs)" if any(one["period_end"] is None for one in others) else ""
    return "a result only for " + ", ".join(dict.fromkeys(days)) + cumulative


def _single(row: Row) -> Row:
    """Rate, gap and judgement of one target and one result. A result that equals its target reached it, whichever way is better."""
    target, actual, comparator = row["target"], row["actual"], row["comparator"]
    way, source = direction_of((row["indicator"], row["component"]), comparator, target, actual, row["printed_rate"])
    gap = actual - target
    strict = comparator in (">", "<")
    short: float | None = None
    achieved: bool | None = None
    if gap == 0:
        short, achieved = 0.0, not strict
    elif way is not None:
        achieved = (gap > 0) == (way == "higher")
        short = 0.0 if achieved else abs(gap)
    return {
        "direction": way, "direction_from": source, "gap": gap, "short": short, "achieved": achieved,
        "rate": 100 * actual / target if target else None,
        "short_percent": None if short is None or not target else 100 * short / abs(target),
    }


def _range(row: Row) -> Row:
    """Gap and judgement of a result against a target that is a range (3～5回)."""
    lower, upper, actual = row["target"], row["target_upper"], row["actual"]
    gap = min(actual - lower, 0.0) or max(actual - upper, 0.0)
    bound = lower if gap < 0 else upper
    percent = 0.0 if gap == 0 else 100 * abs(gap) / abs(bound) if bound else None
    return {"direction": "range", "direction_from": "two bounds", "gap": gap, "short": abs(gap), "short_percent": percent, "achieved": gap == 0}
