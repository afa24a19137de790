"""Shorter ways to what pdfminer does step by step while it opens a file and makes its fonts, with the same outcome.

Importing this module puts those that serve any document into pdfminer; `quicken` gives one document the rest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer import pdfdocument, pdffont
from pdfminer.cmapdb import CMapBase, CMapParser
from pdfminer.pdfdocument import PDFXRef
from pdfminer.pdftypes import dict_value
from pdfminer.psexceptions import PSEOF

from pipeline.read.content import Doubtful
from pipeline.read.pdf_objects import Plain, offsets_of, resolved, words_of


def quicken(doc: Any, data: bytes) -> None:
    """Has a document of pdfminer, opened from `data`, take its plain objects at once."""
    plain = Plain(doc, data)
    doc._getobj_parse, doc._get_objects = plain.at, plain.within


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


_library: Any = pdffont
_library.CMapParser = _CMapParser
_library.PDFCIDFont.__init__ = _without_file
_library.resolve_all = resolved
_library = pdfdocument
_library.PDFXRef = _Table
