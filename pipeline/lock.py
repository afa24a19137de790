"""One run at a time for one folder of tables; a process that died holds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.swap import sweep


class Locked(Exception):
    """Another process writes this folder now."""


def state_of(out: Path) -> Path:
    """The folder beside `out` for what a run keeps for the next one: hidden, so that it is no document, and safe to delete."""
    real = out.resolve()
    return real.parent / ".yojitsu" / real.name


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Hold the lock of `out` for the block, and clear away what a killed run left beside it; gives the folder of state.

    The lock is the kernel's on an open file: it ends with the process, however that ends. Raises Locked where another process holds it,
    OSError where the state cannot be written.
    """
    state = state_of(out)
    state.mkdir(parents=True, exist_ok=True)
    holder = state / "holder"
    lock = FileLock(state / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Locked(f"another run (process {_said(holder)}) is writing {out}; it must end first") from error
    try:
        holder.write_text(str(os.getpid()), encoding="ascii")
        sweep(out)
        yield state
    finally:
        lock.release()


def _said(holder: Path) -> str:
    try:
        return holder.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "unknown"
