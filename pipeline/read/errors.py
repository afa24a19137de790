"""What reading says when a file gives no document."""

from __future__ import annotations


class Unreadable(Exception):
    """A file that gives no text: `reason` is a sentence for a person that says what is wrong and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
