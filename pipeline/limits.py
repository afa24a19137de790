"""How long a document may take and how much memory it may need before its worker process is ended: bombs and endless loops fail alone.

The functions are for a worker process, which has one set of limits for its life and one document at a time. Elsewhere they do nothing.
"""

from __future__ import annotations

import gc
import signal
from dataclasses import dataclass

MIB = 1 << 20

# Real plans take 0.05 to 0.5 seconds a page; the densest pages of real budgets (thousands of rules and numbers) take up to 5.
SECONDS = 120.0
SECONDS_A_PAGE = 5.0
# Reading makes objects by the hundred thousand and hardly a cycle among them: with Python's own thresholds (700, 10, 10) a tenth of the time goes into
# looking for some. A document's own end is when most of them go.
COLLECTED_EVERY = (200_000, 20, 100)
# The dictionary, the libraries and a report of 1,500 pages of tables stay below 400 MB (benchmarks/long.py).
MEMORY = 2048 * MIB


@dataclass(frozen=True)
class Limits:
    """What one document may take: `seconds`, `seconds_a_page` for each of its pages besides, `memory` in bytes. 0 is no limit."""

    seconds: float = SECONDS
    seconds_a_page: float = SECONDS_A_PAGE
    memory: int = MEMORY

    def __str__(self) -> str:
        return f"{self.seconds:g} s, {self.seconds_a_page:g} s a page, {self.memory} bytes"


NO_LIMITS = Limits(0, 0, 0)


_HERE: list[Limits] = []


def start(limits: Limits) -> None:
    """Take the limits for this process, which reads documents alone. Over the limit of memory Python raises MemoryError, and a library may end the
    process."""
    import pyarrow

    _HERE[:] = [limits]
    gc.set_threshold(*COLLECTED_EVERY)
    # Arrow's own keeps what was freed: some 40 MB after a report of 1,500 pages. It also reserves a gigabyte where it may.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    if limits.memory and hasattr(signal, "setitimer"):
        import resource

        # Not RLIMIT_AS, which counts the dictionary's mapped file and what allocators reserve without using.
        kind = getattr(resource, "RLIMIT_DATA", resource.RLIMIT_AS)
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard), hard))


def begin(pages: int = 0) -> None:
    """A document begins, or its number of pages is known: the time for them runs from now on.

    At its end the kernel ends the process by SIGALRM, in the middle of a library's loop too.
    """
    if _HERE and _HERE[0].seconds and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _HERE[0].seconds + _HERE[0].seconds_a_page * pages)


def end() -> None:
    """The document is done: no alarm any more."""
    if _HERE and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def timed_out(exitcode: int | None) -> bool:
    """Whether a process that ended so was ended by its alarm. `exitcode` is negative for a signal."""
    return hasattr(signal, "SIGALRM") and exitcode == -signal.SIGALRM


def reason_of_death(exitcode: int | None, limits: Limits) -> str:
    """A sentence for a person on a worker process that ended while it read a document."""
    if timed_out(exitcode):
        return f"読み取りが制限時間 ({limits.seconds:g}秒と1ページにつき{limits.seconds_a_page:g}秒) を超えたため、打ち切りました。"
    return "読み取り中に処理が強制終了しました。ファイルが壊れているか、メモリが足りません。"


OUT_OF_MEMORY = "読み取りに使えるメモリの上限を超えたため、打ち切りました。"
