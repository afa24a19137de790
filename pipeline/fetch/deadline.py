"""The end of a request that takes too long, wherever it hangs.

Timeouts of an HTTP library hold for one read of the socket: a server that sends a byte every few seconds, in the headers or in the body, never
runs into them. Here a timer shuts the socket down, which ends any read at once.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from types import TracebackType
from typing import Any

LOG = logging.getLogger(__name__)


class Deadline:
    """A context for one request: hand `trace` to the request, and look at `over` where it ended or failed."""

    def __init__(self, seconds: float) -> None:
        self.over = seconds <= 0
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0), self._end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Takes note of each socket that the request opens (plain, then TLS over it)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            if self.over:
                self._end()

    def _end(self) -> None:
        self.over = True
        for one in reversed(self._sockets):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError as error:
                # Closed already, or taken over by the TLS socket that was shut down before it.
                LOG.debug("not shut down: %s", error)


class Budget:
    """The seconds that one document may take over all its requests; pauses between them do not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._since: float | None = None

    def __enter__(self) -> Deadline:
        self._since = time.monotonic()
        self._deadline = Deadline(self._left)
        return self._deadline.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._deadline.__exit__(kind, error, trace)
        assert self._since is not None
        self._left -= time.monotonic() - self._since
