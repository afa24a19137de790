"""Where worker processes come from: a server that has imported what they need once, and hands out copies of itself."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import BaseContext


def context() -> BaseContext:
    """Never plain fork: a copy of a process with threads can stand still. The fork server imports once for all workers."""
    if not _has_server():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["pipeline.preload"])
    return found


def begin() -> None:
    """Start the server while this process still has something else to do."""
    context()
    if _has_server():
        forkserver.ensure_running()


def _has_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()
