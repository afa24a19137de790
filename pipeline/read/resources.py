"""What a content stream is performed with: the graphics and text state, and the resources that its names stand for."""

from __future__ import annotations

from typing import Any

from pdfminer.pdfcolor import PREDEFINED_COLORSPACE
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import dict_value
from pdfminer.utils import MATRIX_IDENTITY, Matrix

from pipeline.read.content import Doubtful, name_of
from pipeline.read.marks import Glyphs

GREY = PREDEFINED_COLORSPACE["DeviceGray"]


class State:
    """The graphics and text state, kept by `q` and brought back by `Q`."""

    __slots__ = (
        *("ctm", "linewidth", "scolor", "ncolor", "scs", "ncs"),
        *("glyphs", "size", "charspace", "wordspace", "scaling", "leading", "hidden", "rise", "matrix", "position"),
    )

    def __init__(self, ctm: Matrix) -> None:
        self.ctm = ctm
        self.linewidth: float = 0
        self.scolor: Any = 0
        self.ncolor: Any = 0
        self.scs = self.ncs = GREY
        self.glyphs: Glyphs | None = None
        self.size = self.charspace = self.wordspace = self.leading = self.rise = 0.0
        self.scaling = 100.0
        self.hidden = False
        self.matrix: Matrix = MATRIX_IDENTITY
        self.position: tuple[float, float] = (0, 0)

    def copy(self) -> State:
        """The same state, on its own."""
        new = State.__new__(State)
        new.ctm, new.linewidth, new.scolor, new.ncolor, new.scs, new.ncs = self.ctm, self.linewidth, self.scolor, self.ncolor, self.scs, self.ncs
        new.glyphs, new.size, new.charspace, new.wordspace = self.glyphs, self.size, self.charspace, self.wordspace
        new.scaling, new.leading, new.hidden, new.rise = self.scaling, self.leading, self.hidden, self.rise
        new.matrix, new.position = self.matrix, self.position
        return new


class Resources:
    """The fonts, colour spaces and XObjects of one resource dictionary, as pdfminer finds them."""

    def __init__(self, manager: PDFResourceManager, spec: Any, known: dict[int, Glyphs]) -> None:
        found = PDFPageInterpreter(manager, None)  # type: ignore[arg-type]
        found.init_resources(spec)
        self.spec, self.xobjects, self.spaces = spec, found.xobjmap, found.csmap
        self.fonts = found.fontmap
        self.manager, self.known = manager, known
        self.inner: dict[int, Resources] = {}

    def within(self, spec: Any) -> Resources:
        """The resources of a form that has its own; forms called again and again share theirs."""
        found = dict_value(spec)
        if id(found) not in self.inner:
            self.inner[id(found)] = Resources(self.manager, found, self.known)
        return self.inner[id(found)]

    def glyphs(self, token: bytes) -> Glyphs:
        """The font of a name token; one object for one font of pdfminer's, in all pages of a document."""
        font = self.fonts.get(name_of(token))
        if font is None:
            raise Doubtful("a font that is not there")
        # The object holds its font, so that the id stays the font's own.
        found = self.known.get(id(font))
        if found is None:
            found = self.known[id(font)] = Glyphs(font)
        return found
