"""What one document gave as bytes: an Arrow stream for each table, one after the other, and at the end the sha256 of all before it.

A disk that lost or changed bytes shows by that.
"""

from __future__ import annotations

import hashlib
import logging

import pyarrow as pa

from pipeline.rows import Outcome
from pipeline.schema import TABLES
from pipeline.store import Store

LOG = logging.getLogger(__name__)

DIGEST_BYTES = 32
# The indicator is known once all documents are: it is no part of what one document gives.
KEPT = tuple(name for name in TABLES if name != "indicators")


def packed(outcome: Outcome) -> bytes:
    """The outcome as bytes, the same for the same rows. Raises SchemaError where its rows break the schema."""
    sink = pa.BufferOutputStream()
    for name in KEPT:
        rows = [outcome.document] if name == "documents" else outcome.rows.get(name, ())
        table = TABLES[name].rows([row | {"indicator_id": ""} if "indicator_id" in row else row for row in rows])
        with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
            stream.write_table(table)
    data = bytes(sink.getvalue())
    return data + hashlib.sha256(data).digest()


def unpacked(data: bytes) -> Outcome:
    """The outcome in bytes that `packed` made. Raises ValueError where they are not whole."""
    body, digest = data[:-DIGEST_BYTES], data[-DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest:
        raise ValueError("its bytes are not those that were written")
    source = pa.BufferReader(body)
    tables = {name: pa.ipc.open_stream(source).read_all().to_pylist() for name in KEPT}
    [document] = tables.pop("documents")
    for rows in tables.values():
        for row in rows:
            if "indicator_id" in row:
                row["indicator_id"] = None
    return Outcome(document, tables if document["status"] != "failed" else {})


def keep(store: Store, content: str, outcome: Outcome) -> None:
    """Keep an outcome in a store. Raises OSError where it cannot be written, SchemaError where its rows break the schema."""
    store.put(content, packed(outcome))


def kept(store: Store, content: str) -> Outcome | None:
    """The outcome of a content in a store, or None where there is none that is whole: its document is to be read again."""
    file = store.file(content)
    try:
        return unpacked(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, pa.ArrowException) as error:
        LOG.warning("%s cannot be used, its document is read again: %s", file, error)
        return None
