"""What one document gave as bytes: an Arrow stream for each table, one after the other, compressed as a whole, and at the end the sha256 of that.

A disk that lost or changed bytes shows by that.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any, TypeVar

import pyarrow as pa

from pipeline.rows import Outcome
from pipeline.schema import TABLES
from pipeline.store import Store

LOG = logging.getLogger(__name__)

DIGEST_BYTES = 32
# Indicators and their links are known once all documents are: they are no part of what one document gives.
KEPT = tuple(name for name in TABLES if name not in {"indicators", "links"})
SCHEMAS = {name: TABLES[name].schema() for name in KEPT}
# Descriptions would be most of the bytes of a small document.
BARE = {name: pa.schema([field.remove_metadata() for field in schema]) for name, schema in SCHEMAS.items()}
# All streams in one frame: Arrow's own way, a frame for each column, takes ten times as long for the few rows of a document, and five times the bytes.
COMPRESSION = "zstd"

Tables = dict[str, pa.Table]
Made = TypeVar("Made")


def packed(outcome: Outcome) -> bytes:
    """The outcome as bytes, the same for the same rows. Raises SchemaError where its rows break the schema."""
    rows = {name: [outcome.document] if name == "documents" else outcome.rows.get(name, []) for name in KEPT if name not in outcome.tables}
    return packed_tables(outcome.tables | {name: TABLES[name].rows_of_document(some) for name, some in rows.items()})


def packed_tables(tables: Tables) -> bytes:
    """As `packed`, for tables of all of KEPT."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, COMPRESSION) as frame:
        for name in KEPT:
            bare = pa.Table.from_arrays(tables[name].columns, schema=BARE[name])
            with pa.ipc.new_stream(frame, bare.schema) as stream:
                # In one piece: many small ones take half as many bytes again.
                stream.write_table(bare.combine_chunks())
    data = sink.getvalue()
    return b"".join((data, hashlib.sha256(data).digest()))


def unpacked(data: bytes) -> Tables:
    """The tables of KEPT in bytes that `packed` made. Raises ValueError where they are not whole."""
    with _body(data) as source:
        return {name: pa.Table.from_arrays(_next(source).columns, schema=SCHEMAS[name]) for name in KEPT}


def document_in(data: bytes) -> dict[str, Any]:
    """The row of `documents` alone in bytes that `packed` made. Raises ValueError where they are not whole."""
    with _body(data) as source:
        [document] = _next(source).to_pylist()
    return dict(document)


def _body(data: bytes) -> pa.CompressedInputStream:
    if hashlib.sha256(memoryview(data)[:-DIGEST_BYTES]).digest() != data[-DIGEST_BYTES:]:
        raise ValueError("its bytes are not those that were written")
    return pa.CompressedInputStream(pa.BufferReader(pa.py_buffer(data).slice(0, len(data) - DIGEST_BYTES)), COMPRESSION)


def _next(source: pa.CompressedInputStream) -> pa.Table:
    return pa.ipc.open_stream(source).read_all()


def keep(store: Store, content: str, outcome: Outcome) -> None:
    """Keep an outcome in a store. Raises OSError where it cannot be written, SchemaError where its rows break the schema."""
    store.put(content, packed(outcome))


def kept(store: Store, content: str) -> Tables | None:
    """The tables of a content in a store, or None where there is nothing that is whole: its document is to be read again."""
    return _taken(store, content, unpacked)


def kept_document(store: Store, content: str) -> dict[str, Any] | None:
    """The row of `documents` of a content in a store, None as with `kept`."""
    return _taken(store, content, document_in)


def _taken(store: Store, content: str, read: Callable[[bytes], Made]) -> Made | None:
    try:
        return read(store.get(content))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, pa.ArrowException) as error:
        LOG.warning("%s cannot be used, its document is read again: %s", store.file(content), error)
        return None
