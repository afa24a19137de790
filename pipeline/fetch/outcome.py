"""What became of each address, and the ways in which a document is not fetched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """NEW and CHANGED: a file was written. UNCHANGED: we have it. GONE: we have it, the source no longer does. REFUSED: it may not be fetched.
    FAILED: it could not be. WANTED: a dry run would ask for it."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    WANTED = "wanted"


# The source was not fetched: the command ends with an exit code of its own. What is gone stays here and is for a person to judge.
NOT_FETCHED = frozenset({Status.REFUSED, Status.FAILED})


@dataclass(frozen=True)
class Fetched:
    """What became of one address of a source. `file` is the document's path under RAW (/ between folders), None where we have none;
    `reason` a sentence, None where the status says it all. A source whose page or folder cannot be listed is one such row, for that address."""

    source: str
    address: str
    file: str | None
    status: Status
    reason: str | None = None


class NotFetched(Exception):
    """An address gives no document; the text is the reason, a sentence without its full stop."""

    status = Status.FAILED


class Refused(NotFetched):
    """We may not ask: robots.txt, an address that is neither http nor https, a way back from https to http."""

    status = Status.REFUSED


class Vanished(NotFetched):
    """The server says that there is no such thing (any more): 404, 410; a file of a folder is not there."""

    status = Status.GONE
