"""One file, from its bytes to its rows. Nothing that a file holds makes this raise: what went wrong is the reason in its row."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from extractors.vocabulary import Document, Extraction
from pipeline import __version__, limits
from pipeline.check import check as checked
from pipeline.log import about
from pipeline.media import PDF, media_type
from pipeline.read import document_id, pages_at_most, read, read_joined
from pipeline.read.errors import Unreadable
from pipeline.read.moments import written_at
from pipeline.rows import BrokenOff, Outcome, opening_of, rows_in_turn
from pipeline.schema import FACT_TABLES, TABLES
from pipeline.sources import Source

LOG = logging.getLogger(__name__)

# The variable of reproducible-builds.org that stands in for the clock.
FIXED_TIME = "SOURCE_DATE_EPOCH"
# Pages named in a reason; more would make it no sentence.
PAGES_NAMED = 8

Extract = Callable[[Document], Extraction]


def extract_document(document: Document) -> Extraction:
    """What the extractors find; a function of its own so that a worker process can be told to use it by name."""
    from extractors import extract

    return extract(document)


def work(source: Source, extract: Extract = extract_document, parts: Sequence[bytes] = ()) -> Outcome:
    """The rows of one file. Its status is `failed`, with a reason for a person, where it cannot be opened, read or extracted.

    `parts` are its pages, where `ranges.read_range` has read them all.
    """
    with about(source.path):
        return _work(source, extract, parts)


def _work(source: Source, extract: Extract, parts: Sequence[bytes]) -> Outcome:
    try:
        data = source.file.read_bytes()
    except OSError as error:
        return Outcome(failed_row(source, not_opened(error)))
    row = _row_of(source, data)
    try:
        if row["media_type"] == PDF:
            limits.begin(pages_at_most(data))
        return _extracted(row, read_joined(data, parts) if parts else read(data, source.name), source, extract)
    except Unreadable as error:
        return Outcome(row | {"reason": error.reason})
    except MemoryError:
        return Outcome(row | {"reason": limits.OUT_OF_MEMORY}, broken_off=BrokenOff.MEMORY)
    except Exception as error:
        # Whatever a broken file does to a library must not stop the other documents; the traceback is for --log-level debug.
        LOG.debug("reading it failed", exc_info=True)
        said = f"読み取りの途中で予期しない誤りが起きました ({type(error).__name__})。"
        return Outcome(row | {"reason": said + "詳しくは --fresh --log-level debug で調べられます。"})


def not_opened(error: OSError) -> str:
    """A sentence for a person on a file that cannot be opened, with what to do where that is known."""
    said = {
        errno.EACCES: "読む権限がありません",
        errno.EPERM: "読む権限がありません",
        errno.ENOENT: "ファイルがなくなったか、リンク先がありません",
        errno.ELOOP: "リンクが循環しています",
        errno.EISDIR: "フォルダーです",
        errno.EIO: "ディスクから読めません",
        errno.ENAMETOOLONG: "名前が長すぎます",
    }
    return f"ファイルを開けません: {said.get(error.errno or 0) or error.strerror or error}。"


def broken_off(source: Source, reason: str, why: BrokenOff) -> Outcome:
    """The outcome of a file whose worker process ended before it had one."""
    try:
        return Outcome(_row_of(source, source.file.read_bytes()) | {"reason": reason}, broken_off=why)
    except OSError:
        return Outcome(failed_row(source, reason), broken_off=why)


def _row_of(source: Source, data: bytes) -> dict[str, Any]:
    known = {"document_id": document_id(data), "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "media_type": media_type(data)}
    return _blank_row(source) | known


def _extracted(row: dict[str, Any], document: Document, source: Source, extract: Extract) -> Outcome:
    row |= {"media_type": document.media_type, "pages": len(document.pages), "title": document.title, "opening": opening_of(document)}
    row["written_at"] = written_at(document.metadata)
    status, reason = status_of(document)
    extraction = checked(document, extract(document))
    # As tables at once: rows that break the schema fail their document alone and do not take the others with it.
    if document.paged:
        # Facts know their places: a long report's lines and cells need not be there while its rows are made.
        document = replace(document, pages=())
    tables = {table: TABLES[table].rows_of_document(rows) for table, rows in rows_in_turn(document, extraction, source.name)}
    row |= {
        "title": extraction.title or document.title,
        "publisher": extraction.publisher,
        "area_code": extraction.area_code,
        "fiscal_year": extraction.fiscal_year,
        "pages_with_facts": len({fact.page for fact in extraction.facts}),
        "status": status,
        "reason": reason,
        **{table: len(tables[table]) for table in (*FACT_TABLES, "unclaimed")},
    }
    return Outcome(row, tables=tables)


def status_of(document: Document) -> tuple[str, str | None]:
    """The status of a document that could be opened, and the reason where it is not `ok`.

    Blank pages do not count: a scan with an empty back page needs OCR, it is not half read.
    """
    bad = [page for page in document.pages if page.unreadable]
    if not any(page.glyphs and not page.unreadable for page in document.pages):
        why = bad[0].unreadable if bad else "どのページにも文字がありません。"
        return "needs_ocr", f"文字として読めるページがありません (全{len(document.pages)}ページ)。OCR が必要です。{why}"
    if not bad:
        return "ok", None
    named = "、".join(str(page.number) for page in bad[:PAGES_NAMED]) + (" ほか" if len(bad) > PAGES_NAMED else "")
    return "partial", f"{len(document.pages)}ページのうち{len(bad)}ページを読めません (p. {named})。{bad[0].unreadable}"


def failed_row(source: Source, reason: str) -> dict[str, Any]:
    """The row of a file of which not even the bytes are known: its id comes from its path, there is nothing else."""
    return _blank_row(source) | {"document_id": "d_" + hashlib.sha256(b"\x00" + source.path.encode()).hexdigest()[:16], "reason": reason}


def _blank_row(source: Source) -> dict[str, Any]:
    empty = dict.fromkeys(("sha256", "bytes", "media_type", "title", "publisher", "area_code", "fiscal_year", "pages", "reason", "written_at", "superseded_by"))
    counts = dict.fromkeys(("pages_with_facts", "targets", "actuals", "costs", "unclaimed"), 0)
    named = {"source_name": source.name, "source_path": source.path, "status": "failed", "opening": []}
    return {**empty, **counts, **named, "extractor_version": __version__, "ingested_at": now()}


def now() -> dt.datetime:
    """The time of reading in UTC; SOURCE_DATE_EPOCH (seconds since 1970) stands in for it where builds must repeat to the byte."""
    fixed = os.environ.get(FIXED_TIME)
    return dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed else dt.datetime.now(dt.UTC).replace(microsecond=0)
