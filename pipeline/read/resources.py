"""The resources that the names of a content stream stand for."""

from __future__ import annotations

from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import dict_value

from pipeline.read.content import Doubtful, name_of
from pipeline.read.glyphs import Glyphs


class Resources:
    """The fonts, colour spaces and XObjects of one resource dictionary, as pdfminer finds them."""

    def __init__(self, manager: PDFResourceManager, spec: Any, known: dict[int, Glyphs]) -> None:
        found = PDFPageInterpreter(manager, None)  # type: ignore[arg-type]
        found.init_resources(spec)
        self.spec, self.xobjects, self.spaces = spec, found.xobjmap, found.csmap
        self.fonts = found.fontmap
        self.manager, self.known = manager, known
        self.named: dict[bytes, Glyphs] = {}
        self.inner: dict[int, Resources] = {}

    def within(self, spec: Any) -> Resources:
        """The resources of a form that has its own; forms called again and again share theirs."""
        found = dict_value(spec)
        if id(found) not in self.inner:
            self.inner[id(found)] = Resources(self.manager, found, self.known)
        return self.inner[id(found)]

    def glyphs(self, token: Any) -> Glyphs:
        """The font of a name token; one object for one font of pdfminer's, in all pages of a document."""
        found = self.named.get(token)
        if found is None:
            found = self.named[token] = self._glyphs(token)
        return found

    def _glyphs(self, token: Any) -> Glyphs:
        font = self.fonts.get(name_of(token)) if isinstance(token, bytes) else None
        if font is None:
            raise Doubtful("a font that is not there")
        # The object holds its font, so that the id stays the font's own.
        found = self.known.get(id(font))
        if found is None:
            found = self.known[id(font)] = Glyphs(font)
        return found
