"""The quick reader of a page's objects: the reference's objects to the last bit, or None where it cannot be sure of them."""

from __future__ import annotations

import logging

from pdfminer.pdftypes import list_value
from pdfminer.utils import Matrix
from pdfplumber.page import Page as SourcePage
from pdfplumber.pdf import PDF

from pipeline.read.content import Words
from pipeline.read.glyphs import Glyphs
from pipeline.read.marks import Marks
from pipeline.read.objects import Objects
from pipeline.read.operators import OPERATORS, Operators
from pipeline.read.resources import Resources

LOG = logging.getLogger(__name__)


class Quick:
    """Reads pages of one PDF. `why` tells of each page that was left to the reference what was doubtful."""

    def __init__(self, pdf: PDF) -> None:
        self.manager = pdf.rsrcmgr
        self.known: dict[int, Glyphs] = {}
        self.words = Words(OPERATORS)
        self.last: Resources | None = None
        self.why: list[str] = []

    def objects(self, page: SourcePage) -> Objects | None:
        """The objects of a page; None where the reference must read it."""
        marks = Marks(page)
        try:
            Operators(marks, self._resources(page), _upright(page), self.words).run(list_value(page.page_obj.contents))
        except Exception as error:
            # Whatever it is: if the page is at fault and not this reader, the reference will say so.
            LOG.debug("page %d is left to the reference", page.page_number, exc_info=True)
            self.why.append(f"{type(error).__name__}: {error}")
            return None
        if not marks.placed():
            self.why.append("an object that stands nowhere")
            return None
        return marks.objects()

    def _resources(self, page: SourcePage) -> Resources:
        """Those of a page; pages one after the other often share theirs."""
        spec = page.page_obj.resources
        if self.last is None or self.last.spec is not spec:
            self.last = Resources(self.manager, spec, self.known)
        return self.last


def _upright(page: SourcePage) -> Matrix:
    """The matrix that turns the page as its /Rotate says, from the corner of its media box."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    turned: dict[int, Matrix] = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    return turned.get(page.page_obj.rotate, (1, 0, 0, 1, -x0, -y0))
