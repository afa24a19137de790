"""The outcomes of all documents as tables, one publisher after the other: the same input gives the same bytes, in any order, in little memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyarrow as pa

from pipeline.cards import Cards
from pipeline.corrections import UNMATCHED, Correction, apply, targets_of
from pipeline.groups import groups
from pipeline.link.aliases import UNMATCHED as ALIAS_UNMATCHED
from pipeline.link.aliases import Alias
from pipeline.manifest import Manifest, files_of
from pipeline.packing import Tables
from pipeline.parts import Parts
from pipeline.rows import Outcome
from pipeline.run import Entry, Loaded, Run, load
from pipeline.schema import TABLES
from pipeline.store import Store
from pipeline.swap import replaced
from pipeline.workers import in_order

# Rules whose findings are lines of data that fit nothing.
OF_DATA = (UNMATCHED, ALIAS_UNMATCHED)

Written = Callable[[Path, Manifest], None]
Value = TypeVar("Value")


def publish(
    run: Run,
    out: Path,
    cards: Cards | None = None,
    corrections: Sequence[Correction] = (),
    inputs: str = "",
    written: Written = lambda folder, said: None,
    aliases: Sequence[Alias] = (),
    jobs: int = 0,
) -> Manifest:
    """Write the tables into `out`, a folder each, whole or not at all: a reader finds the old tables or the new ones.

    `cards` are those of documents by their source_path, `aliases` what a person decided of names. `inputs` is a digest of all that decides the
    tables: who opens several finds it in the manifest, before and after, and so sees that they are of one run. `written` is called with the
    folder of the new tables and what is said of them before they take the place of the old ones. `jobs` is the number of processes that put the
    documents of a publisher together, 0 for this one. Raises swap.Foreign where `out` holds something else, OSError where it cannot be written,
    SchemaError where a row breaks the schema.
    """
    with replaced(out, TABLES) as beside, closing(joined(run, cards or {}, corrections, aliases, jobs)) as tables:
        said = write_tables(tables, beside, inputs)
        said.write(beside)
        written(beside, said)
    return said


class Together(NamedTuple):
    """The documents of a group with what is said of them: corrections and cards by the path of each."""

    entries: Sequence[Entry]
    corrections: Mapping[str, Sequence[Correction]]
    cards: Cards


def joined(run: Run, cards: Cards, corrections: Sequence[Correction] = (), aliases: Sequence[Alias] = (), jobs: int = 0) -> Generator[Tables]:
    """All tables, one group of documents after the other. The rows of one group a process are in memory at a time, and of one more."""
    of = _by_entry(run.entries, corrections)
    some = [Together(group, _of(of, group), _of(cards, group)) for group in groups(run.entries, cards)]
    yield from in_order(some, jobs, partial(put_together, run.store, tuple(aliases)))


def _of(said: Mapping[str, Value], group: Sequence[Entry]) -> dict[str, Value]:
    return {path: said[path] for path in (entry.source.path for entry in group) if path in said}


def put_together(store: Store, aliases: Sequence[Alias], some: Together) -> Tables:
    """The tables of one group. Raises OSError where a document is no longer in the store, SchemaError where a row breaks the schema."""
    # For the process that does it: the one that writes the tables needs no names of indicators.
    from pipeline.across import across

    return across([corrected(load(store, entry), some.corrections.get(entry.source.path, ())) for entry in some.entries], some.cards, aliases)


def corrected(loaded: Loaded, corrections: Sequence[Correction]) -> Loaded:
    """A document with the corrections that are written for it."""
    if not corrections:
        return loaded
    rows = {name: table.to_pylist() for name, table in loaded.tables.items()}
    outcome = Outcome(loaded.document, rows if loaded.document["status"] != "failed" else {})
    apply(outcome, corrections)
    return Loaded(loaded.document, loaded.tables | {name: TABLES[name].rows_of_document(some) for name, some in outcome.rows.items()})


def _by_entry(entries: Sequence[Entry], corrections: Sequence[Correction]) -> Mapping[str, list[Correction]]:
    """The corrections of each document by its source_path."""
    of: dict[str, list[Correction]] = defaultdict(list)
    for correction, path in targets_of(corrections, ((entry.source.path, entry.document_id, entry.failed) for entry in entries)):
        of[path].append(correction)
    return of


def write_tables(groups: Iterable[Tables], folder: Path, inputs: str) -> Manifest:
    """Write the tables of all groups, one group after the other, into an empty folder; what is said of them. Raises OSError where it cannot."""
    documents: list[pa.Table] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("status", "severity", "rule")}
    superseded = 0
    with ExitStack() as stack:
        parts = {name: stack.enter_context(Parts(folder, name)) for name in TABLES}
        for tables in groups:
            documents.append(tables["documents"])
            for table, name in (("documents", "status"), ("findings", "severity"), ("findings", "rule")):
                counts[name].update(tables[table].column(name).to_pylist())
            for name, part in parts.items():
                if name != "documents":
                    part.add(tables[name])
        # Few and small: they can be sorted as a whole.
        if documents:
            whole = pa.concat_tables(documents).sort_by([(name, "ascending") for name in TABLES["documents"].order])
            superseded = len(whole) - whole.column("superseded_by").null_count
            parts["documents"].add(whole)
    rows = {name: part.rows for name, part in parts.items()}
    statuses, severities, unmatched = counts["status"], counts["severity"], sum(counts["rule"][rule] for rule in OF_DATA)
    return Manifest(inputs, files_of(folder), dict(sorted(statuses.items())), rows, dict(sorted(severities.items())), superseded, unmatched)
