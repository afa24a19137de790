"""The objects of a PDF page through pdfplumber, with what pdfminer knows and does not pass on: text that is set to be invisible."""

from __future__ import annotations

from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page as SourcePage
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

# Text rendering modes that put no ink on the page (ISO 32000, table 106): neither filled nor stroked, and clipping only.
NO_INK = (3, 7)
HIDDEN = "hidden"


class _Device(PDFPageAggregatorWithMarkedContent):
    """Marks characters that no ink shows with the tag HIDDEN; OCR lays such text over a scan."""

    hidden = False

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.hidden = textstate.render in NO_INK
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        advance: float = super().render_char(*args, **kwargs)
        if self.hidden and self.cur_item._objs:
            item: Any = self.cur_item._objs[-1]
            item.tag = HIDDEN
        return advance


def objects_of(page: SourcePage) -> dict[str, list[dict[str, Any]]] | None:
    """pdfplumber's objects of the page by kind (`char`, `line`, `rect`, `curve`, `image`); None where its content cannot be interpreted."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
        # pdfplumber would make the same layout with a device of its own; it takes one that is there already.
        page._layout = device.get_result()
        found: dict[str, list[dict[str, Any]]] = page.objects
    except (PdfminerException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError):
        return None
    return found
