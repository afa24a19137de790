"""What an analyst waits for: `python -m benchmarks.analysing --facts 1_000_000` makes facts in memory and times panel and compare over them, in CPU seconds.

Each publisher states its indicators in a document a year: this year's targets, last year's results and those of the year before again, so that most
numbers stand in two documents, and one in twenty was revised.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.schema import TABLES
from yojitsu.compare import compare_of
from yojitsu.panel import panel_of

INDICATORS, FIRST, YEARS = 60, 2015, 10
# Three facts an indicator in each document: a target, a result, last year's result again.
A_PUBLISHER = INDICATORS * YEARS * 3
NAMES = ("相談の件数", "講座の参加者数", "交通事故の発生件数", "健康診査の受診率", "図書の貸出冊数", "空き家の数")
REVISED = 0.05


def made(facts: int, rng: np.random.Generator) -> dict[str, pa.Table]:
    """`documents`, `targets`, `actuals` and `costs` (empty) with about so many facts."""
    publishers = max(facts // A_PUBLISHER, 1)
    publisher, year, indicator = (each.ravel() for each in np.indices((publishers, YEARS, INDICATORS)))
    value = rng.integers(10, 5000, (publishers, YEARS + 2, INDICATORS)).astype(float)
    ids = {"indicator_id": _text("i_{}_{}", publisher, indicator), "document_id": _text("d_{}_{}", publisher, year), "area_code": _text("{:06}", publisher)}
    names = {"indicator": pa.array([NAMES[n % len(NAMES)] for n in indicator.tolist()]), "source_name": _text("{}.pdf", publisher)}
    tables = {"targets": _facts("targets", ids | names, "t", FIRST + year, value[publisher, year, indicator] * rng.choice([0.9, 1.0, 1.2], len(year)))}
    parts = []
    for back in (1, 2):
        printed = value[publisher, year + 2 - back, indicator] + (rng.random(len(year)) < REVISED) * (back == 2)
        parts.append(_facts("actuals", ids | names, f"a{back}", FIRST + year - back, printed))
    tables |= {"actuals": pa.concat_tables(parts), "costs": TABLES["costs"].schema().empty_table()}
    place, when = (each.ravel() for each in np.indices((publishers, YEARS)))
    said: dict[str, Any] = {"document_id": _text("d_{}_{}", place, when), "publisher": _text("{}市", place), "fiscal_year": FIRST + when}
    return tables | {"documents": _filled("documents", said, len(place))}


def _facts(table: str, said: dict[str, Any], mark: str, years: Any, values: Any) -> pa.Table:
    ids = _text(f"f_{mark}_{{}}", np.arange(len(years)))
    return _filled(table, said | {"fact_id": ids, "fiscal_year": years, "value": np.round(values, 1), "unit": pa.repeat("件", len(years))}, len(years))


def _text(form: str, *columns: Any) -> pa.Array:
    return pa.array([form.format(*row) for row in zip(*(column.tolist() for column in columns), strict=True)])


def _filled(table: str, said: dict[str, Any], length: int) -> pa.Table:
    """A table with these columns, and in the others null, or what a required one may hold."""
    fillers = {"string": "x", "bool": False, "strings": [], "timestamp": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}
    columns = []
    for column in TABLES[table].columns:
        field = column.field()
        given = said.get(column.name)
        filler = fillers.get(column.type, 0) if column.required else None
        columns.append(pa.array([filler] * length, field.type) if given is None else pa.array(given).cast(field.type))
    return pa.table(columns, schema=TABLES[table].schema())


def timed(what: str, call: Callable[[], pa.Table]) -> None:
    began = time.process_time()
    rows = len(call())
    print(f"{what}: {rows:,} rows in {time.process_time() - began:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=lambda text: int(text.replace("_", "")), default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tables = made(asked.facts, np.random.default_rng(asked.seed))
    print(f"{sum(len(tables[name]) for name in ('targets', 'actuals', 'costs')):,} facts of {len(tables['documents']):,} documents")
    timed("panel", lambda: panel_of(tables))
    timed("compare, every year", lambda: compare_of(tables))
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")


if __name__ == "__main__":
    main()
