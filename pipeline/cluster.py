"""Documents read by the workers of a Dask cluster that is there already: the same work under the same limits, each outcome kept in the store.

Storage and scheduler are the cluster's own; nothing is queued here. A worker that dies loses the documents in its hands to the others. Each document
is read in a child process of its worker, as on one machine: what breaks a process or runs out of time or memory breaks that alone.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple

from pebble import ProcessExpired, ProcessPool

from pipeline import fingerprint
from pipeline.limits import Limits
from pipeline.log import LogForm, now_set
from pipeline.sources import Source
from pipeline.work import FIXED_TIME
from pipeline.workers import DOCUMENTS_A_WORKER, Died, Made, Worker, environment, largest_first, new_pool, scheduled

LOG = logging.getLogger(__name__)

# A task that raises (a broken pool, a share that is away for a moment) is tried on so many workers more. A worker's death is Dask's own count.
RETRIES = 2
SECONDS_TO_CONNECT = 60


class Unfit(RuntimeError):
    """The cluster cannot do this work as it is; the text says why."""


class Terms(NamedTuple):
    """What a worker needs to know besides the document: limits, log, the clock's stand-in, and which code must be there."""

    limits: Limits
    log: tuple[int, LogForm]
    fixed_time: str | None
    code: str
    documents_a_process: int


def each_on(
    scheduler: str, sources: Sequence[Source], worker: Worker[Made], died: Died[Made], limits: Limits, documents_a_process: int = DOCUMENTS_A_WORKER
) -> Iterator[tuple[Source, Made]]:
    """As `workers.each`, on the cluster whose scheduler has this address. Raises Unfit where it cannot be reached, or has other code than this."""
    if not sources:
        return
    from distributed import Client
    from distributed.scheduler import KilledWorker

    terms = Terms(limits, now_set(), os.environ.get(FIXED_TIME), fingerprint.reading(), documents_a_process)
    with _client(Client, scheduler) as client, client.get_executor(retries=RETRIES) as executor:
        futures: dict[Future[Made], Source] = {executor.submit(read_there, terms, worker, died, source): source for source in largest_first(sources)}
        try:
            for future in as_completed(futures):
                # Let go of at once: what a worker holds for us and dies with would be read again.
                error, source = future.exception(), futures.pop(future)
                if isinstance(error, KilledWorker):
                    LOG.warning("%s was in the hands of several workers that died", source.path)
                    yield source, died(source, None)
                else:
                    yield source, future.result()
        finally:
            for future in futures:
                future.cancel()


def _client(kind: Any, scheduler: str) -> Any:
    try:
        client = kind(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Unfit(f"no Dask scheduler answers at {scheduler}: {error}") from error
    try:
        client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except TimeoutError as error:
        client.close()
        raise Unfit(f"the Dask scheduler at {scheduler} has no worker") from error
    return client


class _Here(threading.local):
    """The child process that belongs to a thread of a Dask worker."""

    pool: ProcessPool | None = None
    terms: Terms | None = None

    def taken(self, terms: Terms) -> ProcessPool:
        if self.pool is None or self.terms != terms or not self.pool.active or terms.documents_a_process == 1:
            self.drop()
            storage = environment() | ({FIXED_TIME: terms.fixed_time} if terms.fixed_time is not None else {})
            self.pool, self.terms = new_pool(1, terms.limits, terms.documents_a_process, terms.log, storage), terms
        return self.pool

    def drop(self) -> None:
        if self.pool is not None:
            self.pool.stop()  # type: ignore[no-untyped-call]
            self.pool.join()
        self.pool = None


_HERE = _Here()


def read_there(terms: Terms, worker: Worker[Made], died: Died[Made], source: Source) -> Made:
    """One document in a child process; what a Dask worker is given to do. Raises Unfit where this worker cannot do it."""
    if multiprocessing.current_process().daemon:
        raise Unfit("the Dask workers may start no processes: start them with DASK_DISTRIBUTED__WORKER__DAEMON=False or --no-nanny")
    if fingerprint.reading() != terms.code:
        raise Unfit("a Dask worker has other code, data or libraries than this command: install the same release everywhere")
    try:
        return scheduled(_HERE.taken(terms), worker, source).result()
    except ProcessExpired as error:
        return died(source, error.exitcode)
    except BrokenProcessPool:
        _HERE.drop()
        raise
