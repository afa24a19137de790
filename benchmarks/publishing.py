"""Publishing at size: `python -m benchmarks.publishing --facts 10_000_000` makes facts, publishes them and tells what that took.

It says the time and the most memory that publishing took (a process of its own), and what part of the bytes a query for one municipality and
one year reads. The made store stays in the folder that `--place` names, so that a second run only publishes.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import functools
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.reading import memory
from pipeline.packing import BARE, KEPT, packed_tables
from pipeline.publish import publish
from pipeline.run import Entry, Run
from pipeline.schema import FACT_TABLES
from pipeline.sources import Source
from pipeline.store import Store

LIST = Path(__file__).parents[1] / "extractors" / "normalise" / "data" / "municipalities.csv"
# What a plan or a yearly report of many indicators holds: results of past years more often than targets and money.
SHARES = {"targets": 0.3, "actuals": 0.5, "costs": 0.2}
UNCLAIMED_A_FACT = 1.0
FIRST_YEAR, YEARS = 2015, 12
WHAT = ("相談", "講座", "健康診査", "図書館", "保育所", "公園", "道路", "農地", "避難所", "地域活動")
HOW = ("件数", "回数", "利用者数", "割合", "参加者数", "整備延長", "満足度", "定員")
NAMES = [f"{what}の{how}" for what in WHAT for how in HOW]
UNITS = ["件", "回", "人", "%", "千円", None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=lambda text: int(text.replace("_", "")), default=1_000_000)
    parser.add_argument("--facts-a-document", type=int, default=500)
    parser.add_argument("--place", type=Path)
    parser.add_argument("--jobs", type=int, default=0, help="processes that put publishers together, 0 for the one that writes")
    parser.add_argument("--publish", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.place or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        documents = arguments.facts // arguments.facts_a_document
        if arguments.publish:
            print(json.dumps(published(place, documents, arguments.jobs)))
            return
        began = time.monotonic()
        made(place, documents, arguments.facts_a_document)
        print(f"made {arguments.facts:,} facts of {documents:,} documents in {time.monotonic() - began:.0f} s", flush=True)
        command = [sys.executable, "-m", "benchmarks.publishing", "--publish", "--place", str(place)]
        command += ["--facts", str(arguments.facts), "--facts-a-document", str(arguments.facts_a_document), "--jobs", str(arguments.jobs)]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        took = f"{said['seconds']:.0f} s ({said['processor']:.0f} s of the processors)"
        print(f"published in {took}, at most {said['mebibytes']:.0f} MiB of memory; rows {said['rows']}")
        for line in queried(place / "out", place_of(documents // 2)[0], FIRST_YEAR + 5):
            print(line)


@functools.cache
def municipalities() -> list[tuple[str, str]]:
    """Code and name of each; two of one name are told apart."""
    with LIST.open(encoding="utf-8", newline="") as opened:
        return sorted((row["code"], f"{row['code'][:2]} {row['name']}") for row in csv.DictReader(opened))


def place_of(number: int) -> tuple[str, str]:
    """The code and the name of the municipality that publishes a document."""
    some = municipalities()
    return some[number % len(some)]


def made(place: Path, documents: int, facts: int) -> None:
    """A store with the readings of so many documents."""
    store = Store(place / "readings", "made")
    known = store.contents()
    for number in range(documents):
        content = content_of(number)
        if content not in known:
            store.file(content).parent.mkdir(parents=True, exist_ok=True)
            store.file(content).write_bytes(packed_tables(document(number, facts)))


def content_of(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def document(number: int, facts: int) -> dict[str, pa.Table]:
    """What one made document gave: numbers of some indicators over some years, in the order of pages."""
    content = content_of(number)
    name, (code, publisher) = f"d_{content[:16]}", place_of(number)
    year = year_of(number)
    counts = {table: int(facts * share) for table, share in SHARES.items()}
    tables = {table: own(template(table, count, year, number % 7), name, code) for table, count in counts.items()}
    tables["unclaimed"] = own(template("unclaimed", int(facts * UNCLAIMED_A_FACT), year, number % 7), name, code)
    row = {
        "document_id": name, "source_name": f"{number}.pdf", "source_path": f"{code}/{number}.pdf", "sha256": content, "bytes": 1_000_000,
        "media_type": "application/pdf", "title": f"{publisher} 総合計画 実施状況報告書", "publisher": publisher, "area_code": code, "fiscal_year": year,
        "pages": 50, "pages_with_facts": 40, "status": "ok", **counts, "unclaimed": facts, "extractor_version": "0", "opening": [publisher] * 20,
        "ingested_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    }
    tables["documents"] = filled("documents", {key: [value] for key, value in row.items()}, 1)
    return {name: tables.get(name, BARE[name].empty_table()) for name in KEPT}


def year_of(number: int) -> int:
    return FIRST_YEAR + number // len(municipalities()) % YEARS


def own(table: pa.Table, document_id: str, code: str) -> pa.Table:
    """A template's rows with the ids of one document and its publisher's code."""
    said: dict[str, Any] = {"document_id": pa.repeat(document_id, len(table)), "area_code": pa.repeat(code, len(table))}
    if "fact_id" in table.column_names:
        said["fact_id"] = pc.binary_join_element_wise("f", document_id[2:12], table.column("fact_id"), "_")
    for name in said.keys() & set(table.column_names):
        table = table.set_column(table.schema.get_field_index(name), table.field(name), said[name])
    return table


@functools.cache
def template(table: str, count: int, year: int, seed: int) -> pa.Table:
    """Rows of a table without the ids of a document; what no column says is null."""
    draw = np.random.default_rng(seed)
    at = np.arange(count)
    values = np.round(draw.lognormal(5, 2, count), 1)
    place = {"document_id": [""] * count, "page": 1 + at // 12, "x0": draw.uniform(50, 500, count).round(2), "raw": values.astype(str)}
    place |= {"x1": place["x0"] + 20, "top": 50 + at % 12 * 40.5, "bottom": 62 + at % 12 * 40.5}
    if table == "unclaimed":
        reasons = np.array(["page_number", "date", "unknown"])
        return filled(table, place | {"context": [f"（{value}）のとおり" for value in values], "reason": reasons[at % 3]}, count)
    years = np.clip(year - at % 5 + (2 if table == "targets" else 0), 2000, 2100)
    names = [NAMES[one] for one in at // 5 % len(NAMES)]
    days = {"period_start": [dt.date(int(one), 4, 1) for one in years], "period_end": [dt.date(int(one) + 1, 3, 31) for one in years]}
    said = {"section": [f"施策{one}" for one in at // 40], "indicator": names, "component": [None if one < 400 else f"第{one // 400}区" for one in at]}
    said |= {"fact_id": [f"{table[0]}{one:05}" for one in range(count)], "indicator_id": [""] * count, "source_name": ["made.pdf"] * count}
    said |= {"fiscal_year": years, **days, "value": values, "cumulative": [False] * count, "extractor": ["grids"] * count}
    said |= {"unit": [UNITS[hash_of(one) % len(UNITS)] for one in names], "role_from": [f"令和{one - 2018}年度" for one in years]}
    return filled(table, place | said | ({"baseline": [False] * count} if table == "actuals" else {}), count)


def hash_of(name: str) -> int:
    return sum(map(ord, name))


def filled(table: str, columns: dict[str, Any], count: int) -> pa.Table:
    """A table with the columns that are given, the others null."""
    fields = [pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(count, field.type) for field in BARE[table]]
    return pa.Table.from_arrays(fields, schema=BARE[table])


def published(place: Path, documents: int, jobs: int) -> dict[str, Any]:
    """Publishing alone: seconds, the most memory that this process had, and rows."""
    run = Run(Store(place / "readings", "made"))
    for number in range(documents):
        (code, publisher), content = place_of(number), content_of(number)
        year = year_of(number)
        source = Source(f"{code}/{number}.pdf", Path(f"{number}.pdf"))
        run.entries.append(Entry(source, content, f"d_{content[:16]}", publisher, code, year, failed=False, sha256=content))
    began = time.monotonic()
    said = publish(run, place / "out", jobs=jobs)
    return {"seconds": time.monotonic() - began, "processor": time.process_time(), "mebibytes": memory(), "rows": said.rows}


def queried(out: Path, code: str, year: int) -> list[str]:
    """What a reader that heeds statistics reads for `area_code = code and fiscal_year = year`, of all bytes of the fact tables."""
    read = whole = rows = groups = 0
    for table in FACT_TABLES:
        for file in sorted((out / table).glob("*.parquet")):
            opened = pq.ParquetFile(file)
            footer = file.stat().st_size - sum(size_of(opened.metadata.row_group(at)) for at in range(opened.num_row_groups))
            read, whole, groups = read + footer, whole + file.stat().st_size, groups + opened.num_row_groups
            for at in range(opened.num_row_groups):
                if may_hold(opened.metadata.row_group(at), "area_code", code) and may_hold(opened.metadata.row_group(at), "fiscal_year", year):
                    read += size_of(opened.metadata.row_group(at))
        rows += len(pq.read_table(out / table, filters=[("area_code", "=", code), ("fiscal_year", "=", year)], columns=["fact_id"]))
    return [f"{code} in {year}: {rows} facts; {read / whole:.2%} of {whole / 1e6:,.0f} MB are read ({groups} row groups)"]


def size_of(group: Any) -> int:
    return sum(group.column(at).total_compressed_size for at in range(group.num_columns))


def may_hold(group: Any, name: str, value: Any) -> bool:
    """Whether a row group's statistics allow the value in a column."""
    column = next(group.column(at) for at in range(group.num_columns) if group.column(at).path_in_schema == name)
    return bool(column.statistics is None or (column.statistics.has_min_max and column.statistics.min <= value <= column.statistics.max))


if __name__ == "__main__":
    main()
