"""Worker processes, each document under its limits: one that kills its process, never ends or eats all memory fails alone."""

from __future__ import annotations

import logging
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline import limits as process_limits
from pipeline.cores import tell_arrow_of_no_pandas
from pipeline.limits import NO_LIMITS, Limits
from pipeline.log import LogForm, now_set, set_up_log
from pipeline.processes import context
from pipeline.ranges import Long, Range
from pipeline.sources import Source
from pipeline.work import FIXED_TIME

LOG = logging.getLogger(__name__)

Given = TypeVar("Given")
Made = TypeVar("Made")
Worker = Callable[..., Made]
# What to take for a document whose process ended; the number is the exit code, negative for a signal.
Died = Callable[[Source, int | None], Made]

OF_STORAGE = "AWS_"

# A worker is replaced after so many documents: what libraries leak is given back before it could count as the next document's.
DOCUMENTS_A_WORKER = 50
# Tasks in the hands of a pool for each process: one that it works on, and two that wait so that it never does.
AHEAD = 3
# A pool is given up when it broke so often without finishing one document.
BROKEN_POOLS = 3


def each(
    sources: Sequence[Source],
    jobs: int,
    worker: Worker[Made],
    died: Died[Made],
    limits: Limits,
    documents_a_worker: int = DOCUMENTS_A_WORKER,
    long: Long | None = None,
) -> Iterator[tuple[Source, Made]]:
    """What `worker` makes of every source, in any order: in this process and without limits where `jobs` is 0, else in so many others.

    `died` says what to take for a source that ended its process. The worker is handed over by name: no lambda. What it raises is raised here.
    Where there are several processes and `long` is given, long documents are read in ranges: `worker(source, parts)` then makes of these what
    `worker(source)` makes of the document.
    """
    if not jobs:
        for source in sources:
            yield source, worker(source)
        return
    waiting = dict.fromkeys(largest_first(sources))
    broken = 0
    while waiting and broken < BROKEN_POOLS:
        before = len(waiting)
        several = long is not None and any(source.size() >= long.size for source in waiting)
        with _pool(jobs if several else min(jobs, len(waiting)), limits, documents_a_worker) as pool:
            for source, made in Tasks(pool, jobs, worker, died, long if jobs > 1 else None).made(waiting):
                del waiting[source]
                yield source, made
        broken = 0 if len(waiting) < before else broken + 1
    for source in waiting:
        yield source, died(source, None)


def in_order(some: Sequence[Given], jobs: int, make: Callable[[Given], Made]) -> Iterator[Made]:
    """What `make` gives for each of some things, in their order: in this process where `jobs` is 0, else in so many others, without limits.

    Each process is one ahead of what is taken from here. What `make` raises is raised here; where a process ends before its time, this one does
    its work: the faults of a document are behind it, and what is left is a machine without memory.
    """
    if not jobs or not some:
        yield from map(make, some)
        return
    with _pool(min(jobs, len(some)), NO_LIMITS, 0) as pool:
        begun: deque[tuple[Given, Future[Made] | None]] = deque()
        for one in some:
            begun.append((one, pool.schedule(make, args=(one,)) if pool.active else None))
            if len(begun) > jobs:
                yield _made(make, *begun.popleft())
        while begun:
            yield _made(make, *begun.popleft())


def _made(make: Callable[[Given], Made], one: Given, future: Future[Made] | None) -> Made:
    try:
        if future is not None:
            return future.result()
    except (ProcessExpired, BrokenProcessPool) as error:
        LOG.warning("a worker process ended (%s); its work is done by this one", error)
    return make(one)


class Task(NamedTuple):
    """One thing for a process to do for a document; `part` is the number of the range that it reads, None where it ends with what is made of it."""

    source: Source
    call: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    part: int | None = None


class Tasks(Generic[Made]):
    """The tasks of a pool of processes: first what ends a long document, then its ranges, then the next document. So few are begun at a time."""

    def __init__(self, pool: ProcessPool, jobs: int, worker: Worker[Made], died: Died[Made], long: Long | None) -> None:
        self.pool, self.most, self.worker, self.died, self.long = pool, jobs * AHEAD, worker, died, long
        self.next: deque[Task] = deque()
        self.running: dict[Future[Any], Task] = {}
        # What was read of each long document, range by range; a document that has come to an end is in neither.
        self.parts: dict[Source, list[bytes | None]] = {}
        self.open: set[Source] = set()

    def made(self, waiting: Iterable[Source]) -> Iterator[tuple[Source, Made]]:
        """What became of each source, up to the end of all or of the pool."""
        documents = deque(waiting)
        self.open = set(documents)
        while self.running or self.next or documents:
            while len(self.running) < self.most and (self.next or documents):
                self._begin(self.next.popleft() if self.next else self._first(documents.popleft()))
            for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                task, error = self.running.pop(future), future.exception()
                if isinstance(error, BrokenProcessPool):
                    # No document's fault: what is left waits for the next pool.
                    LOG.warning("the worker processes ended; those documents are read by new ones")
                    return
                if task.source not in self.open:
                    # A range of a document of which another killed its process.
                    continue
                if isinstance(error, ProcessExpired):
                    yield self._ended(task.source, self.died(task.source, error.exitcode))
                elif task.part is not None:
                    self._take(task.source, task.part, future.result())
                elif isinstance(found := future.result(), Split):
                    self._split(task.source, found)
                else:
                    yield self._ended(task.source, found)

    def _begin(self, task: Task) -> None:
        self.running[scheduled(self.pool, task.call, task.source, *task.arguments)] = task

    def _first(self, source: Source) -> Task:
        return Task(source, self.worker) if self.long is None else Task(source, partial(split_or_made, self.worker, self.long))

    def _split(self, source: Source, found: Split) -> None:
        self.parts[source] = [None] * len(found)
        read = self.long.read if self.long else None
        self.next.extend(Task(source, read, (pages,), number) for number, pages in enumerate(found) if read)

    def _take(self, source: Source, number: int, part: bytes | None) -> None:
        """A range that was read; with the last one its document can be ended, and where one could not be read it is read as a whole."""
        parts = self.parts.get(source)
        if parts is None:
            return
        parts[number] = part
        if part is None:
            del self.parts[source]
            self.next = deque(task for task in self.next if task.source != source)
            self.next.appendleft(Task(source, self.worker))
        elif None not in parts:
            self.next.appendleft(Task(source, self.worker, (self.parts.pop(source),)))

    def _ended(self, source: Source, made: Made) -> tuple[Source, Made]:
        self.open.discard(source)
        self.parts.pop(source, None)
        self.next = deque(task for task in self.next if task.source != source)
        return source, made


class Split(tuple[Range, ...]):
    """The ranges in which a document is to be read, in place of what is made of it."""


def split_or_made(worker: Worker[Made], long: Long, source: Source) -> Made | Split:
    """The ranges of a long document, or what is made of a short one."""
    ranges = long.ranges(source)
    return Split(ranges) if len(ranges) > 1 else worker(source)


def scheduled(pool: ProcessPool, worker: Worker[Made], source: Source, *arguments: Any) -> Future[Made]:
    """What a worker process of the pool will make of a source, under its limits."""
    future: Future[Made] = pool.schedule(partial(_under_limits, worker), args=(source, *arguments))
    return future


def _under_limits(worker: Worker[Made], source: Source, *arguments: Any) -> Made:
    process_limits.begin()
    try:
        return worker(source, *arguments)
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
    return ProcessPool(jobs, documents, _start_worker, (limits, *log, variables), context())


def largest_first(sources: Sequence[Source]) -> list[Source]:
    """So that no worker ends long after the others."""
    return sorted(sources, key=lambda source: (-source.size(), source))


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
    tell_arrow_of_no_pandas()
