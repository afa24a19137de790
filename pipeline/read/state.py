"""The graphics and text state that the operators of a content stream change."""

from __future__ import annotations

from typing import Any, Final

from pdfminer.pdfcolor import PREDEFINED_COLORSPACE
from pdfminer.utils import MATRIX_IDENTITY, Matrix

from pipeline.read.glyphs import Glyphs

GREY: Final = PREDEFINED_COLORSPACE["DeviceGray"]


class State:
    """The graphics and text state, kept by `q` and brought back by `Q`."""

    __slots__ = (
        *("ctm", "linewidth", "scolor", "ncolor", "scs", "ncs"),
        *("glyphs", "size", "charspace", "wordspace", "scaling", "leading", "hidden", "rise", "matrix", "position"),
    )

    def __init__(self, ctm: Matrix) -> None:
        self.ctm = ctm
        self.linewidth = 0.0
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
        new = State(self.ctm)
        new.linewidth, new.scolor, new.ncolor, new.scs, new.ncs = self.linewidth, self.scolor, self.ncolor, self.scs, self.ncs
        new.glyphs, new.size, new.charspace, new.wordspace = self.glyphs, self.size, self.charspace, self.wordspace
        new.scaling, new.leading, new.hidden, new.rise = self.scaling, self.leading, self.hidden, self.rise
        new.matrix, new.position = self.matrix, self.position
        return new
