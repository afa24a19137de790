"""The outcomes of all documents as tables, and the tables as files: the same input gives the same bytes, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.cards import Cards
from pipeline.check.editions import compare
from pipeline.indicators import assign
from pipeline.manifest import Manifest, files_of
from pipeline.rows import Outcome, Rows
from pipeline.schema import FACT_TABLES, TABLES
from pipeline.supersede import supersede
from pipeline.swap import replaced

# Fixed, so that bytes do not depend on how many rows a library version likes to put together.
ROWS_A_GROUP = 65536


def tables(outcomes: Iterable[Outcome], cards: Cards | None = None) -> dict[str, pa.Table]:
    """Every table of the schema by name, sorted and checked. `cards` are those of documents by their source_path.

    Raises SchemaError where a row breaks the schema.
    """
    rows: dict[str, Rows] = {name: [] for name in TABLES}
    for outcome in outcomes:
        rows["documents"].append(outcome.document)
        for name, some in outcome.rows.items():
            rows[name].extend(some)
    facts = {name: rows[name] for name in FACT_TABLES}
    rows["indicators"] = assign(rows["documents"], facts)
    # Before documents are compared: what a newer edition put right is no contradiction.
    rows["findings"] += supersede(rows["documents"], facts, cards)
    rows["findings"] += compare(rows["documents"], facts)
    return {name: table.rows(rows[name]) for name, table in TABLES.items()}


def publish(written: Mapping[str, pa.Table], out: Path, inputs: str = "", unmatched: int = 0) -> Manifest:
    """Write the tables into `out`, a folder each, whole or not at all: a reader finds the old tables or the new ones.

    `inputs` is a digest of all that decides the tables: who opens several finds it in the manifest, before and after, and so sees that they
    are of one run. Raises swap.Foreign where `out` holds something else, OSError where it cannot be written.
    """
    with replaced(out, TABLES) as beside:
        for name, table in written.items():
            folder = beside / name
            folder.mkdir()
            pq.write_table(table, folder / "part-0.parquet", compression="zstd", version="2.6", row_group_size=ROWS_A_GROUP, write_statistics=True)
        said = _manifest(written, beside, inputs, unmatched)
        said.write(beside)
    return said


def _manifest(written: Mapping[str, pa.Table], folder: Path, inputs: str, unmatched: int) -> Manifest:
    statuses, severities = (Counter(written[table].column(name).to_pylist()) for table, name in (("documents", "status"), ("findings", "severity")))
    superseded = len(written["documents"]) - written["documents"].column("superseded_by").null_count
    rows = {name: table.num_rows for name, table in written.items()}
    return Manifest(inputs, files_of(folder), dict(sorted(statuses.items())), rows, dict(sorted(severities.items())), superseded, unmatched)
