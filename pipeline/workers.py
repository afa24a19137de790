"""Worker processes, each document under its limits: one that kills its process, never ends or eats all memory fails alone."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.context import BaseContext
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline import limits as process_limits
from pipeline.limits import Limits
from pipeline.log import LogForm, now_set, set_up_log
from pipeline.sources import Source
from pipeline.work import FIXED_TIME

LOG = logging.getLogger(__name__)

Made = TypeVar("Made")
Worker = Callable[[Source], Made]
# What to take for a document whose process ended; the number is the exit code, negative for a signal.
Died = Callable[[Source, int | None], Made]

OF_STORAGE = "AWS_"

# A worker is replaced after so many documents: what libraries leak is given back before it could count as the next document's.
DOCUMENTS_A_WORKER = 50
# A pool is given up when it broke so often without finishing one document.
BROKEN_POOLS = 3


def each(
    sources: Sequence[Source], jobs: int, worker: Worker[Made], died: Died[Made], limits: Limits, documents_a_worker: int = DOCUMENTS_A_WORKER
) -> Iterator[tuple[Source, Made]]:
    """What `worker` makes of every source, in any order: in this process and without limits where `jobs` is 0, else in so many others.

    `died` says what to take for a source that ended its process. The worker is handed over by name: no lambda. What it raises is raised here.
    """
    if not jobs:
        for source in sources:
            yield source, worker(source)
        return
    waiting = dict.fromkeys(largest_first(sources))
    broken = 0
    while waiting and broken < BROKEN_POOLS:
        before = len(waiting)
        with _pool(min(jobs, len(waiting)), limits, documents_a_worker) as pool:
            for source, made in _made(pool, waiting, worker, died):
                del waiting[source]
                yield source, made
        broken = 0 if len(waiting) < before else broken + 1
    for source in waiting:
        yield source, died(source, None)


def _made(pool: ProcessPool, waiting: dict[Source, None], worker: Worker[Made], died: Died[Made]) -> Iterator[tuple[Source, Made]]:
    futures: dict[Future[Made], Source] = {scheduled(pool, worker, source): source for source in waiting}
    for future in as_completed(futures):
        source = futures[future]
        error = future.exception()
        if isinstance(error, ProcessExpired):
            yield source, died(source, error.exitcode)
        elif isinstance(error, BrokenProcessPool):
            # No document's fault: what is left waits for the next pool.
            LOG.warning("the worker processes ended; those documents are read by new ones")
            return
        else:
            yield source, future.result()


def scheduled(pool: ProcessPool, worker: Worker[Made], source: Source) -> Future[Made]:
    """What a worker process of the pool will make of a source, under its limits."""
    future: Future[Made] = pool.schedule(partial(_under_limits, worker), args=(source,))
    return future


def _under_limits(worker: Worker[Made], source: Source) -> Made:
    process_limits.begin()
    try:
        return worker(source)
    finally:
        process_limits.end()


@contextmanager
def _pool(jobs: int, limits: Limits, documents: int) -> Iterator[ProcessPool]:
    """Worker processes that end with the block: at once where it is left by an interrupt or a fault, else when their work is done."""
    pool = new_pool(jobs, limits, documents, now_set(), environment())
    try:
        yield pool
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        # A generator that is not read to its end leaves the block by GeneratorExit, which stops the pool above.
        pool.join()


def new_pool(jobs: int, limits: Limits, documents: int, log: tuple[int, LogForm], variables: dict[str, str]) -> ProcessPool:
    """So many worker processes, each replaced after so many documents; whoever takes them ends them."""
    return ProcessPool(jobs, documents, _start_worker, (limits, *log, variables), _context())


def largest_first(sources: Sequence[Source]) -> list[Source]:
    """So that no worker ends long after the others."""
    return sorted(sources, key=lambda source: (-_size(source), source))


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


def environment() -> dict[str, str]:
    """The variables that decide what a worker does: the clock's stand-in, and where storage is."""
    return {name: value for name, value in os.environ.items() if name == FIXED_TIME or name.startswith(OF_STORAGE)}


def _start_worker(limits: Limits, level: int, form: LogForm, given: dict[str, str]) -> None:
    # The fork server keeps the environment that it was started with, which may be an earlier run's.
    for name in environment().keys() - given.keys():
        del os.environ[name]
    os.environ.update(given)
    # An interrupt ends a worker without a traceback; the one that a person reads is the parent's sentence.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    set_up_log(level, form)
    process_limits.start(limits)
