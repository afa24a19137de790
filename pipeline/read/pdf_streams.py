"""What a stream of a PDF may expand to, whether it came out whole, and how long a range of codes or objects may be. pdfminer asks none of it.

Importing this module puts these questions into pdfminer.
"""

from __future__ import annotations

import contextlib
import logging
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pdfminer import cmapdb, pdfdocument, pdffont, pdftypes
from pdfminer.cmapdb import CMapBase, CMapParser
from pdfminer.pdfdocument import PDFXRef
from pdfminer.pdftypes import dict_value
from pdfminer.psexceptions import PSEOF

from pipeline.read.content import Doubtful
from pipeline.read.errors import Unreadable
from pipeline.read.pdf_objects import offsets_of, words_of

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


class _Table(PDFXRef):
    """pdfminer's table of objects, taken at once where it is plain."""

    def load(self, parser: Any) -> None:
        try:
            offsets, end = offsets_of(_bytes_of(parser), parser.bufpos + parser.charpos)
        except Doubtful:
            super().load(parser)
        else:
            self.offsets.update(offsets)
            parser.seek(end)
            self.load_trailer(parser)


def _bytes_of(parser: Any) -> bytes:
    if not isinstance(parser.fp, BytesIO):
        raise Doubtful("a file that is not in memory")
    return parser.fp.getvalue()


class _CMapParser(CMapParser):
    """pdfminer's parser of character maps on tokens that are cut at once, where they are plain."""

    def __init__(self, cmap: CMapBase, fp: Any) -> None:
        super().__init__(cmap, fp)
        self.words: Iterator[object] | None = None
        with contextlib.suppress(Doubtful, ValueError):
            self.words = iter(words_of(_bytes_of(self)))

    def nexttoken(self) -> tuple[int, Any]:
        if self.words is None:
            return super().nexttoken()
        for word in self.words:
            return 0, word
        raise PSEOF("Unexpected EOF")


_cid_font = pdffont.PDFCIDFont.__init__


def _without_file(font: Any, manager: Any, spec: Any, *strict: bool) -> None:
    """PDFCIDFont.__init__ without the font's file, megabytes that pdfminer expands and does not look into where ToUnicode is there."""
    descriptor = dict_value(spec.get("FontDescriptor", {}))
    if "ToUnicode" in spec and "FontFile2" in descriptor:
        spec = {**spec, "FontDescriptor": {key: value for key, value in descriptor.items() if key != "FontFile2"}}
    _cid_font(font, manager, spec, *strict)


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
_library = pdffont
_library.CMapParser = _CMapParser
_library.PDFCIDFont.__init__ = _without_file
_library = pdfdocument
_library.PDFXRef = _Table
for _library, _most in ((cmapdb, MOST_CODES), (pdffont, MOST_CODES), (pdfdocument, MOST_OBJECTS)):
    # A name of the module hides the built-in one.
    _library.range = _ranges_of(_most)
