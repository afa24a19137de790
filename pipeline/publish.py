"""The outcomes of all documents as tables, and the tables as files: the same input gives the same bytes, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.check.editions import compare
from pipeline.rows import Outcome, Rows
from pipeline.schema import FACT_TABLES, TABLES
from pipeline.swap import replaced

if TYPE_CHECKING:
    from pipeline.link.aliases import Alias

# Fixed, so that bytes do not depend on how many rows a library version likes to put together.
ROWS_A_GROUP = 65536


def tables(outcomes: Iterable[Outcome], aliases: Sequence[Alias] = ()) -> dict[str, pa.Table]:
    """Every table of the schema by name, sorted and checked. Raises SchemaError where a row breaks the schema."""
    # A run that has nothing to publish does not load what linking needs.
    from pipeline.link.tables import link

    rows: dict[str, Rows] = {name: [] for name in TABLES}
    for outcome in outcomes:
        rows["documents"].append(outcome.document)
        for name, some in outcome.rows.items():
            rows[name].extend(some)
    facts = {name: rows[name] for name in FACT_TABLES}
    linked = link(rows["documents"], facts, aliases)
    rows["indicators"], rows["links"] = linked.indicators, linked.links
    rows["findings"] += linked.findings
    rows["findings"] += compare(rows["documents"], facts)
    return {name: table.rows(rows[name]) for name, table in TABLES.items()}


def publish(written: Mapping[str, pa.Table], out: Path) -> None:
    """Write the tables into `out`, a folder each, whole or not at all: a reader finds the old tables or the new ones.

    Raises swap.Foreign where `out` holds something else, OSError where it cannot be written.
    """
    with replaced(out, TABLES) as beside:
        for name, table in written.items():
            folder = beside / name
            folder.mkdir()
            pq.write_table(table, folder / "part-0.parquet", compression="zstd", version="2.6", row_group_size=ROWS_A_GROUP, write_statistics=True)
