"""In which form a command prints rows."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
