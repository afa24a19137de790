"""The program's log on standard error, as lines for a person or as JSON for a machine; worker processes write it in the same form."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from pipeline.cores import quiet_libraries

# The path of the document that is being worked on; what libraries log meanwhile carries it too.
DOCUMENT: ContextVar[str | None] = ContextVar("document", default=None)


class Level(StrEnum):
    """How much the log says."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogForm(StrEnum):
    """How a record of the log is written: as a line, or as a JSON object on a line of its own."""

    LINES = "lines"
    JSON = "json"


@contextmanager
def about(path: str) -> Iterator[None]:
    """What is logged inside is about the document of this path."""
    before = DOCUMENT.set(path)
    try:
        yield
    finally:
        DOCUMENT.reset(before)


class _Lines(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        document = getattr(record, "document", None)
        return f"{record.levelname} {record.name}: {f'{document}: ' if document else ''}{record.message}"


def set_up_log(level: str | int, form: LogForm) -> None:
    """Log to standard error from this level (a name in any case, or logging's number) on. Also for worker processes, which inherit nothing of it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if form is LogForm.JSON else _Lines())
    handler.addFilter(_with_document)
    logging.basicConfig(level=level.upper() if isinstance(level, str) else level, handlers=[handler], force=True)
    quiet_libraries()


def is_json() -> bool:
    """Whether the log is JSON: then nothing else may be written to standard error."""
    return any(not isinstance(handler.formatter, _Lines) for handler in _ours())


def now_set() -> tuple[int, LogForm]:
    """Level and form of this process's log, to be handed to `set_up_log` in a worker."""
    return logging.getLogger().level, LogForm.JSON if is_json() else LogForm.LINES


def _ours() -> list[logging.Handler]:
    return [handler for handler in logging.getLogger().handlers if _with_document in handler.filters]


def _with_document(record: logging.LogRecord) -> bool:
    if DOCUMENT.get() is not None and not hasattr(record, "document"):
        record.document = DOCUMENT.get()
    return True


def _json() -> logging.Formatter:
    # 20 ms, for those alone who want it.
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        ["levelname", "name", "message"],
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
        rename_fields_keep_missing=False,
        timestamp="time",
        # Where the stream knows no Japanese, JSON's own escapes; those of the stream (\x..) would be no JSON.
        json_ensure_ascii=(getattr(sys.stderr, "encoding", None) or "").lower().replace("-", "") != "utf8",
    )
