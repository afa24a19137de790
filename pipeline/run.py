"""Which documents there are, who works on them, and what becomes of those that break."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from typing import TypeVar

from pipeline.log import Form, now_set, set_up_log
from pipeline.read.media import PDF_MARK_WITHIN, misnamed
from pipeline.rows import Outcome, stable_id
from pipeline.sources import Source
from pipeline.work import FIXED_TIME, failed_row, work

LOG = logging.getLogger(__name__)

Work = Callable[[Source], Outcome]
Seen = Callable[[Outcome], None]
Made = TypeVar("Made")


@dataclass
class Run:
    """The outcomes of all documents in the order of their paths; `copies` maps a path to further paths with the same bytes."""

    outcomes: list[Outcome] = field(default_factory=list)
    copies: dict[str, list[str]] = field(default_factory=dict)


def run(sources: Sequence[Source], jobs: int = 0, worker: Work = work, seen: Seen = lambda outcome: None) -> Run:
    """Work on every document; `seen` is called after each one, in any order.

    `jobs` is the number of worker processes, 0 for none (this process does the work: a document that kills its process then kills the run).
    """
    first, copies = _without_copies(sources)
    done: dict[Source, Outcome] = {}
    for source, outcome in each(first, jobs, worker, _died):
        done[source] = outcome
        seen(outcome)
    result = Run()
    for source in first:
        outcome, others = done[source], copies.get(source, [])
        result.outcomes.append(outcome)
        if outcome.document["status"] == "failed":
            # No fact hangs on it: each file that failed has its own row.
            result.outcomes.extend(_as_copy(outcome, other) for other in others)
        elif others:
            result.copies[source.path] = [other.path for other in others]
            outcome.rows["findings"].append(_copy_finding(outcome, others))
    result.outcomes.sort(key=lambda outcome: str(outcome.document["source_path"]))
    return result


def _without_copies(sources: Sequence[Source]) -> tuple[list[Source], dict[Source, list[Source]]]:
    """The first source in the order of paths of each content, and the others of the same content.

    What cannot be opened is a content of its own. So is a `.pdf` that holds no PDF: it fails by its name, the same text under another name does not.
    """
    by_content: dict[str, Source] = {}
    copies: dict[Source, list[Source]] = {}
    for source in sorted(sources):
        try:
            with source.file.open("rb") as file:
                head = file.read(PDF_MARK_WITHIN)
                file.seek(0)
                content = hashlib.file_digest(file, "sha256").hexdigest() + (" misnamed" if misnamed(source.name, head) else "")
        except OSError as error:
            LOG.debug("%s: %s", source.path, error)
            content = source.path
        if content in by_content:
            copies.setdefault(by_content[content], []).append(source)
        else:
            by_content[content] = source
    return list(by_content.values()), copies


def _as_copy(outcome: Outcome, source: Source) -> Outcome:
    return Outcome(outcome.document | {"source_name": source.name, "source_path": source.path})


def _copy_finding(outcome: Outcome, others: Sequence[Source]) -> dict[str, object]:
    document_id, names = outcome.document["document_id"], "、".join(other.path for other in others)
    return {
        "finding_id": stable_id("n_", document_id, "same_bytes"),
        "document_id": document_id,
        "page": None,
        "line": None,
        "rule": "same_bytes",
        "severity": "info",
        "message": f"同じ内容のファイルがほかにもあるため、1つの文書として数えました: {names}。",
        "stated": None,
        "expected": None,
        "fact_ids": [],
    }


def each(sources: Sequence[Source], jobs: int, worker: Callable[[Source], Made], died: Callable[[Source], Made]) -> Iterator[tuple[Source, Made]]:
    """What `worker` makes of every source, in any order: in this process where `jobs` is 0, else in so many others.

    `died` says what to take for a source that killed its process. The worker is handed over by name: no lambda.
    """
    if jobs:
        yield from _apart(sources, jobs, worker, died)
    else:
        for source in sources:
            yield source, worker(source)


def _apart(sources: Sequence[Source], jobs: int, worker: Callable[[Source], Made], died: Callable[[Source], Made]) -> Iterator[tuple[Source, Made]]:
    """In worker processes. A death in the pool cannot be laid to one document: those without outcome are worked on again, one process each."""
    # The largest first, so that no worker ends long after the others.
    waiting = dict.fromkeys(sorted(sources, key=lambda source: (-_size(source), source)))
    context = _context()
    try:
        with _pool(min(jobs, len(sources)) or 1, context) as pool:
            futures = {pool.submit(worker, source): source for source in waiting}
            for future in _as_done(futures):
                outcome = future.result()
                del waiting[futures[future]]
                yield futures[future], outcome
    except BrokenProcessPool:
        # BrokenProcessPool comes out of future.result() alone: whoever consumes the outcomes has not failed here.
        LOG.warning("a worker process died; %d documents are read again one by one", len(waiting))
    for source in waiting:
        yield source, _alone(source, worker, died, context)


@contextmanager
def _pool(jobs: int, context: BaseContext) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that end with the block: at once where it is left by an interrupt or a fault, else when their work is done."""
    pool = ProcessPoolExecutor(jobs, context, _start_worker, (*now_set(), os.environ.get(FIXED_TIME)))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown()


def _as_done(futures: dict[Future[Made], Source]) -> Iterator[Future[Made]]:
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        # Outcomes before deaths: what was finished when a worker died need not be done again.
        yield from sorted(done, key=lambda future: future.exception() is not None)


def _alone(source: Source, worker: Callable[[Source], Made], died: Callable[[Source], Made], context: BaseContext) -> Made:
    try:
        with _pool(1, context) as pool:
            return pool.submit(worker, source).result()
    except BrokenProcessPool:
        return died(source)


def _died(source: Source) -> Outcome:
    return Outcome(failed_row(source, "読み取り中に処理が強制終了しました。ファイルが壊れているか、メモリが足りません。"))


def _size(source: Source) -> int:
    try:
        return source.file.stat().st_size
    except OSError:
        # A link to nothing: opening it will say so in its row.
        return 0


def _context() -> BaseContext:
    """Never plain fork: a copy of a process with threads can stand still. The fork server imports once for all workers."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.work"])
    return context


def _start_worker(level: int, form: Form, fixed_time: str | None) -> None:
    # The fork server keeps the environment that it was started with, which may be an earlier run's.
    os.environ.pop(FIXED_TIME, None)
    if fixed_time is not None:
        os.environ[FIXED_TIME] = fixed_time
    # An interrupt ends a worker without a traceback; the one that a person reads is the parent's sentence.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    set_up_log(level, form)


def cores() -> int:
    """The number of cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
