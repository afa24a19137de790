"""What a stream of a PDF may expand to, whether it came out whole, and how long a range of codes or objects may be. pdfminer asks none of it.

Importing this module puts these questions into pdfminer.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable
from typing import Any

from pdfminer import cmapdb, pdfdocument, pdffont, pdftypes

from pipeline.read.errors import Unreadable

LOG = logging.getLogger(__name__)

# Bytes. Whole fonts of Japanese are the largest that pdfminer expands (20 MB); the largest stream of the documents measured is 1.6 MB, 43 times
# its packed size. Pictures are not expanded.
MOST = 64 * 2**20
TOO_LARGE = f"圧縮されたデータを展開すると {MOST // 2**20} MB を超えるため、読むのをやめました。元の文書からPDFを作り直してください。"
# A font has codes of two bytes, or Unicode's 1,114,112; a file has at most 8,388,607 objects (ISO 32000, annex C). A damaged number would be counted out
# one by one, and each put into a table, until the memory is full.
MOST_CODES = 2**17 * 10
MOST_OBJECTS = 2**23
# Bytes fed at a time where a stream is damaged, so that what stands before the damage is kept.
STEP = 64


class _Flate:
    """Stands in for the module zlib in pdfminer: bounded, and damage is noted in place of an error that would make a stream empty."""

    error = zlib.error

    def __init__(self) -> None:
        self.damaged = False

    def decompress(self, data: bytes) -> bytes:
        """As zlib.decompress. Raises Unreadable where there would be more than MOST bytes; sets `damaged` where some are missing or wrong."""
        whole = zlib.decompressobj()
        try:
            out = whole.decompress(data, MOST)
        except zlib.error:
            out = self._salvaged(data)
        else:
            if whole.unconsumed_tail:
                raise Unreadable(TOO_LARGE)
            # Producers that count the length too short cut the checksum off: the data before it is whole all the same.
            self.damaged |= bool(data.strip()) and not whole.eof and not _ended(data)
        return out

    def _salvaged(self, data: bytes) -> bytes:
        """What stands before the damage."""
        self.damaged = True
        packed, parts, size = zlib.decompressobj(), [b""], 0
        try:
            for at in range(0, len(data), STEP):
                parts.append(packed.decompress(data[at : at + STEP], MOST))
                size += len(parts[-1])
                if size >= MOST:
                    raise Unreadable(TOO_LARGE)
        except zlib.error as error:
            LOG.debug("damaged after %d bytes: %s", size, error)
        return b"".join(parts)


def _ended(data: bytes) -> bool:
    """Whether packed data reaches its own end, whatever became of the checksum after it."""
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        bare.decompress(data[2:], MOST)
    except zlib.error:
        return False
    return bare.eof


_flate = _Flate()
_decode = pdftypes.PDFStream.decode


def _watched(stream: Any) -> None:
    """PDFStream.decode, noting on the stream whether it was damaged. Reading its filters may expand another stream in between."""
    outer, _flate.damaged = _flate.damaged, False
    try:
        _decode(stream)
        stream.damaged = _flate.damaged
    finally:
        _flate.damaged = outer
    if len(stream.data) > MOST:
        raise Unreadable(TOO_LARGE)


def expanded(stream: Any) -> tuple[bytes, bool]:
    """The bytes of a stream of pdfminer, and whether they are whole. Raises Unreadable where they are too many."""
    data: bytes = stream.get_data()
    return data, not getattr(stream, "damaged", False)


def _ranges_of(most: int) -> Callable[..., range]:
    """The built-in range where it is no longer than `most`; it raises ValueError where it is."""

    def bounded(*ends: int) -> range:
        found = range(*ends)
        if found and abs(found[-1] - found[0]) > most:
            raise ValueError(f"a range of more than {most}")
        return found

    return bounded


_library: Any = pdftypes
_library.zlib = _flate
_library.PDFStream.decode = _watched
for _library, _most in ((cmapdb, MOST_CODES), (pdffont, MOST_CODES), (pdfdocument, MOST_OBJECTS)):
    # A name of the module hides the built-in one.
    _library.range = _ranges_of(_most)
