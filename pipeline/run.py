"""Documents that are due are read, those that are known are listed, and those that break fail alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pyarrow as pa

from pipeline.cluster import Unfit, each_on
from pipeline.known import MISNAMED
from pipeline.limits import NO_LIMITS, Limits, reason_of_death, timed_out
from pipeline.media import PDF, called_pdf
from pipeline.offer import Offered
from pipeline.packing import KEPT, SCHEMAS, Tables, keep, kept, kept_document
from pipeline.ranges import Long
from pipeline.rows import BrokenOff, Outcome, finding_row
from pipeline.schema import TABLES
from pipeline.sources import Source
from pipeline.store import Store, Trouble
from pipeline.work import broken_off, work
from pipeline.workers import DOCUMENTS_A_WORKER, each

Work = Callable[..., Outcome]
LONG = Long()
Seen = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a run and what puts its document among others; the rest lies in the store. `copies` are further paths with the same bytes.

    `unopened` is the whole row of `documents` of a file that could not be opened: nothing is kept of it.
    """

    source: Source
    content: str
    document_id: str
    publisher: str | None
    area_code: str | None
    fiscal_year: int | None
    failed: bool
    copies: tuple[str, ...] = ()
    sha256: str | None = None
    unopened: dict[str, Any] | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The columns of `documents` by which its card is found."""
        return {"source_path": self.source.path, "sha256": self.sha256}


@dataclass
class Loaded:
    """What one document gave: its row of `documents`, and its rows of the other tables that are kept, under the name of this run."""

    document: dict[str, Any]
    tables: Tables


@dataclass
class Run:
    """The documents of a run in the order of their paths; `read` is how many were read in this run, the others were known."""

    store: Store
    entries: list[Entry] = field(default_factory=list)
    read: int = 0

    @property
    def copies(self) -> dict[str, list[str]]:
        """Each path of which there are copies, with theirs."""
        return {entry.source.path: list(entry.copies) for entry in self.entries if entry.copies}


def load(store: Store, entry: Entry) -> Loaded:
    """What a document gave. Raises OSError where it is no longer in the store."""
    if entry.unopened is not None:
        return Loaded(dict(entry.unopened), {name: SCHEMAS[name].empty_table() for name in KEPT if name != "documents"})
    tables = kept(store, entry.content)
    if tables is None:
        raise OSError(f"{store.file(entry.content)} cannot be read back")
    [document] = tables.pop("documents").to_pylist()
    document |= {"source_name": entry.source.name, "source_path": entry.source.path}
    loaded = Loaded(document, {name: _named(table, entry.source.name) for name, table in tables.items()})
    if entry.copies:
        loaded.tables["findings"] = TABLES["findings"].rows([*loaded.tables["findings"].to_pylist(), _copy_finding(entry)])
    return loaded


def run(
    offer: Offered,
    reading: Sequence[Source],
    store: Store,
    jobs: int = 0,
    limits: Limits = NO_LIMITS,
    worker: Work = work,
    seen: Seen = lambda outcome: None,
    scheduler: str | None = None,
    long: Long = LONG,
) -> Run:
    """Read the sources of `reading`, keep what they gave, and list what all gave; `seen` is called after each one read, in any order.

    `jobs` is the number of worker processes, 0 for none (this process does the work, without limits: a document that kills its process then
    kills the run); with several, the documents that `long` says are read in ranges of pages. `scheduler` is the address of a Dask cluster whose
    workers read instead. Raises OSError where an outcome cannot be kept, cluster.Unfit where the cluster cannot do it.
    """
    reader = _Reader(offer, store, jobs, limits, worker, seen, scheduler, long)
    reader.read(reading)
    lost = [source for source in offer.first if not reader.gather(source)]
    reader.read(lost)
    for source in lost:
        if not reader.gather(source):
            raise OSError(f"{store.file(offer.contents[source])} cannot be read back")
    entries = [entry for source, *others in offer.same for entry in _entries(reader.documents[source], others)]
    return Run(store, sorted(entries, key=lambda entry: entry.source.path), len(reading) + len(lost))


class _Reader:
    """Reads documents into a store, and gathers what they gave from there: what is new and what was known take the same way."""

    def __init__(
        self, offer: Offered, store: Store, jobs: int, limits: Limits, worker: Work, seen: Seen, scheduler: str | None = None, long: Long = LONG
    ) -> None:
        self.scheduler, self.long = scheduler, long
        self.offer, self.store, self.jobs, self.limits, self.worker, self.seen = offer, store, jobs, limits, worker, seen
        self.documents: dict[Source, Entry] = {}

    def read(self, sources: Sequence[Source]) -> None:
        broken = self._each(sources, self.jobs)
        if self.jobs or self.scheduler:
            # Out of memory or dead: perhaps by what an earlier document left in that process. Once more, in a process of its own each.
            late = {source: outcome for source, outcome in broken.items() if outcome.broken_off is BrokenOff.TIME}
            broken = late | self._each([source for source in broken if source not in late], 1, documents_a_worker=1)
        before, tried = self.store.troubles(), {self.offer.contents[one] for one in sources}
        troubles = {content: trouble for content, trouble in before.items() if content not in tried}
        for source, outcome in broken.items():
            content = self.offer.contents[source]
            again = before.get(content)
            times = again.times if again is not None and again.limits == str(self.limits) else 0
            troubles[content] = Trouble(times + 1, str(self.limits))
            keep(self.store, content, outcome)
            self.seen(outcome)
        if sources:
            self.store.keep_troubles(troubles)

    def _each(self, sources: Sequence[Source], jobs: int, documents_a_worker: int = DOCUMENTS_A_WORKER) -> dict[Source, Outcome]:
        """Reads sources; those that were broken off come back with what is to be said of them."""
        broken = {}
        reader = partial(read_and_keep, self.worker, self.store)
        died = partial(_died, self.limits)
        if self.scheduler:
            done = each_on(self.scheduler, sources, reader, died, self.limits, documents_a_worker)
        else:
            done = each(sources, jobs, reader, died, self.limits, documents_a_worker, self.long)
        for source, outcome in done:
            if outcome.document["sha256"] is None and self.scheduler and source not in self.offer.unopened:
                raise Unfit(f"a Dask worker cannot open {source.file}: documents must lie at the same place for all, on a share or on storage")
            if outcome.broken_off:
                broken[source] = outcome
                continue
            if outcome.document["sha256"] is None:
                self.documents[source] = _entry(outcome.document, source, self.offer)
            elif self.store.file(self.offer.contents[source]) != self.store.file(content_of(outcome)):
                # Changed since it was listed: what it holds now counts.
                self.offer.contents[source] = content_of(outcome)
            self.seen(outcome)
        return broken

    def gather(self, source: Source) -> bool:
        """Whether it is known what a source gave."""
        if source not in self.documents:
            document = kept_document(self.store, self.offer.contents[source])
            if document is None:
                return False
            self.documents[source] = _entry(document, source, self.offer)
        return True


def read_and_keep(worker: Work, store: Store, source: Source, parts: Sequence[bytes] = ()) -> Outcome:
    """Read one document, or take its pages from `parts`, and keep what it gave; the outcome without its rows, which lie in the store now."""
    outcome = worker(source, parts=parts) if parts else worker(source)
    if outcome.broken_off or outcome.document["sha256"] is None:
        return outcome
    keep(store, content_of(outcome), outcome)
    return Outcome(outcome.document)


def content_of(outcome: Outcome) -> str:
    """The content under which an outcome is kept, as `Known.content` names it."""
    document = outcome.document
    return str(document["sha256"]) + (MISNAMED if called_pdf(str(document["source_name"])) and document["media_type"] != PDF else "")


def _entry(document: Mapping[str, Any], source: Source, offer: Offered) -> Entry:
    said = {name: document[name] for name in ("document_id", "publisher", "area_code", "fiscal_year", "sha256")}
    # What could not be opened has no bytes that it could be found by.
    unopened = dict(document) if document["sha256"] is None else None
    return Entry(source, offer.contents[source], **said, failed=document["status"] == "failed", unopened=unopened)


def _entries(entry: Entry, others: Sequence[Source]) -> Iterator[Entry]:
    if not entry.failed:
        yield replace(entry, copies=tuple(other.path for other in others))
        return
    # No fact hangs on it: each file that failed has its own row.
    for one in (entry.source, *others):
        yield replace(entry, source=one)


def _named(table: pa.Table, name: str) -> pa.Table:
    """The rows of these bytes under the name that they have in this run."""
    at = table.schema.get_field_index("source_name")
    return table if at < 0 else table.set_column(at, table.field(at), pa.repeat(pa.scalar(name, pa.string()), table.num_rows))


def _copy_finding(entry: Entry) -> dict[str, Any]:
    said = f"同じ内容のファイルがほかにもあるため、1つの文書として数えました: {'、'.join(entry.copies)}。"
    return finding_row({"document_id": entry.document_id}, "same_bytes", "info", said, told_by=())


def _died(limits: Limits, source: Source, exitcode: int | None) -> Outcome:
    return broken_off(source, reason_of_death(exitcode, limits), BrokenOff.TIME if timed_out(exitcode) else BrokenOff.DEATH)
