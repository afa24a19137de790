"""What the documents of one group make together: indicators, editions, and what one says otherwise than another, on the rows of all of them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from pipeline.cards import Cards
from pipeline.check.editions import compare
from pipeline.link.aliases import Alias
from pipeline.link.tables import link
from pipeline.packing import Tables
from pipeline.rows import Rows
from pipeline.run import Loaded
from pipeline.schema import FACT_TABLES, TABLES
from pipeline.supersede import supersede

# Columns of a fact that no other document's rows are held against: they stay in Arrow.
OWN = ("x1", "bottom", "source_name", "unit_from", "extractor", "corrected_from")
# What other documents decide.
DECIDED = ("indicator_id", "superseded_by")


def across(group: Sequence[Loaded], cards: Cards | None = None, aliases: Sequence[Alias] = ()) -> Tables:
    """Every table for the documents of a group, sorted and checked. The documents come in the order of their ids.

    Raises SchemaError where a row breaks the schema.
    """
    documents = [one.document for one in group]
    tables = {name: pa.concat_tables([one.tables[name] for one in group]) for name in group[0].tables}
    facts = {name: _rows(tables[name]) for name in FACT_TABLES}
    linked = link(documents, facts, aliases)
    findings = [*tables["findings"].to_pylist(), *linked.findings]
    # Before documents are compared: what a newer edition put right is no contradiction.
    findings += supersede(documents, facts, cards)
    findings += compare(documents, facts)
    made = {"documents": documents, "indicators": linked.indicators, "links": linked.links, "findings": findings}
    tables |= {name: TABLES[name].rows(rows) for name, rows in made.items()}
    return tables | {name: _decided(name, tables[name], facts[name]) for name in FACT_TABLES}


def _rows(table: pa.Table) -> Rows:
    names = [name for name in table.column_names if name not in OWN]
    values = (table.column(name).to_pylist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def _decided(name: str, table: pa.Table, rows: Rows) -> pa.Table:
    """The table with those columns that took all documents; each document's rows are in their order already, and so are the documents."""
    for column in DECIDED:
        at = table.schema.get_field_index(column)
        table = table.set_column(at, table.field(at), pa.array([row[column] or None for row in rows], pa.string()))
    TABLES[name].check_key(table)
    return table
