"""Documents that are due are read, those that are known are gathered, and those that break fail alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.known import MISNAMED
from pipeline.limits import NO_LIMITS, Limits, reason_of_death, timed_out
from pipeline.media import PDF, called_pdf
from pipeline.offer import Offered
from pipeline.packing import keep, kept
from pipeline.rows import BrokenOff, Outcome, finding_row
from pipeline.sources import Source
from pipeline.store import Store, Trouble
from pipeline.work import broken_off, work
from pipeline.workers import DOCUMENTS_A_WORKER, each

Work = Callable[[Source], Outcome]
Seen = Callable[[Outcome], None]


@dataclass
class Run:
    """The outcomes of all documents in the order of their paths; `read` is how many were read in this run, the others were known.

    `copies` maps a path to further paths with the same bytes.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    copies: dict[str, list[str]] = field(default_factory=dict)
    read: int = 0


def run(
    offer: Offered, reading: Sequence[Source], store: Store, jobs: int = 0, limits: Limits = NO_LIMITS, worker: Work = work, seen: Seen = lambda outcome: None
) -> Run:
    """Read the sources of `reading`, keep what they gave, and gather the outcomes of all; `seen` is called after each one read, in any order.

    `jobs` is the number of worker processes, 0 for none (this process does the work, without limits: a document that kills its process then
    kills the run). Raises OSError where an outcome cannot be kept.
    """
    reader = _Reader(offer, store, jobs, limits, worker, seen)
    reader.read(reading)
    lost = [source for source in offer.first if source not in reader.outcomes and not reader.gather(source)]
    reader.read(lost)
    for source in lost:
        if source not in reader.outcomes and not reader.gather(source):
            raise OSError(f"{store.file(offer.contents[source])} cannot be read back")
    result = Run(read=len(reading) + len(lost))
    for source in offer.first:
        _add(result, reader.outcomes[source], source, offer.copies(source))
    result.outcomes.sort(key=lambda outcome: str(outcome.document["source_path"]))
    return result


class _Reader:
    """Reads documents into a store, and gathers what they gave from there: what is new and what was known take the same way."""

    def __init__(self, offer: Offered, store: Store, jobs: int, limits: Limits, worker: Work, seen: Seen) -> None:
        self.offer, self.store, self.jobs, self.limits, self.worker, self.seen = offer, store, jobs, limits, worker, seen
        self.outcomes: dict[Source, Outcome] = {}

    def read(self, sources: Sequence[Source]) -> None:
        broken = self._each(sources, self.jobs)
        if self.jobs:
            # Out of memory or dead: perhaps by what an earlier document left in that process. Once more, in a process of its own each.
            late = {source: outcome for source, outcome in broken.items() if outcome.broken_off is BrokenOff.TIME}
            broken = late | self._each([source for source in broken if source not in late], 1, documents_a_worker=1)
        troubles = {content: trouble for content, trouble in self.store.troubles().items() if content not in {self.offer.contents[one] for one in sources}}
        before = self.store.troubles()
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
        for source, outcome in each(sources, jobs, reader, partial(_died, self.limits), self.limits, documents_a_worker):
            if outcome.broken_off:
                broken[source] = outcome
                continue
            if outcome.document["sha256"] is None:
                self.outcomes[source] = outcome
            elif self.store.file(self.offer.contents[source]) != self.store.file(content_of(outcome)):
                # Changed since it was listed: what it holds now counts.
                self.offer.contents[source] = content_of(outcome)
            self.seen(outcome)
        return broken

    def gather(self, source: Source) -> bool:
        outcome = kept(self.store, self.offer.contents[source])
        if outcome is not None:
            self.outcomes[source] = named(outcome, source)
        return outcome is not None


def read_and_keep(worker: Work, store: Store, source: Source) -> Outcome:
    """Read one document and keep what it gave; the outcome without its rows, which lie in the store now."""
    outcome = worker(source)
    if outcome.broken_off or outcome.document["sha256"] is None:
        return outcome
    keep(store, content_of(outcome), outcome)
    return Outcome(outcome.document)


def content_of(outcome: Outcome) -> str:
    """The content under which an outcome is kept, as `Known.content` names it."""
    document = outcome.document
    return str(document["sha256"]) + (MISNAMED if called_pdf(str(document["source_name"])) and document["media_type"] != PDF else "")


def named(outcome: Outcome, source: Source) -> Outcome:
    """The outcome of these bytes under the name that they have in this run."""
    rows = {table: [row | {"source_name": source.name} if "source_name" in row else row for row in some] for table, some in outcome.rows.items()}
    return replace(outcome, document=outcome.document | {"source_name": source.name, "source_path": source.path}, rows=rows)


def _add(result: Run, outcome: Outcome, source: Source, others: Sequence[Source]) -> None:
    result.outcomes.append(outcome)
    if outcome.document["status"] == "failed":
        # No fact hangs on it: each file that failed has its own row.
        result.outcomes.extend(named(outcome, other) for other in others)
    elif others:
        result.copies[source.path] = [other.path for other in others]
        outcome.rows["findings"].append(_copy_finding(outcome, others))


def _copy_finding(outcome: Outcome, others: Sequence[Source]) -> dict[str, object]:
    said = f"同じ内容のファイルがほかにもあるため、1つの文書として数えました: {'、'.join(other.path for other in others)}。"
    return finding_row({"document_id": outcome.document["document_id"]}, "same_bytes", "info", said, told_by=())


def _died(limits: Limits, source: Source, exitcode: int | None) -> Outcome:
    return broken_off(source, reason_of_death(exitcode, limits), BrokenOff.TIME if timed_out(exitcode) else BrokenOff.DEATH)
