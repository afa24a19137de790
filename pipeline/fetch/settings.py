"""How patient and how polite fetching is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

from pipeline import __version__

# The name that robots.txt may speak of.
PRODUCT = "yojitsu"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Settings:
    """Limits for one document and manners towards a host. Seconds and bytes; every wait goes through `sleep`, so that a test need not wait.

    most_seconds counts the time in which a server answers, over all attempts and redirects of one document, not the pauses between them.
    longest_wait is the longest pause that a server may ask for (Retry-After, crawl-delay) before it is left alone until the next run.
    """

    most_bytes: int = 200_000_000
    most_seconds: float = 300.0
    delay: float = 2.0
    attempts: int = 4
    first_wait: float = 2.0
    longest_wait: float = 120.0
    redirects: int = 5
    contact: str | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = _now

    @property
    def agent(self) -> str:
        """The User-Agent: who asks and, where data/sources.toml names one, whom to write to."""
        return f"{PRODUCT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")
