"""The objects of a PDF page through pdfplumber, with what pdfminer knows and does not pass on: text that is set to be invisible.

Bounded: a page that holds more than a page can is not interpreted to its end.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page as SourcePage
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from pipeline.read.errors import Unreadable
from pipeline.read.objects import Char, Objects, turn_of
from pipeline.read.pdf_streams import expanded

LOG = logging.getLogger(__name__)

# Text rendering modes that put no ink on the page (ISO 32000, table 106): neither filled nor stroked, and clipping only.
NO_INK = (3, 7)
HIDDEN = "hidden"

# Most that a page is read with. The densest page of the documents measured (270 pages of ten offices) holds 3,332 characters, 703 drawn shapes of
# 2,714 points, 317 pictures and forms, and 84 KB of operators. A dotted table border makes 20,000 shapes; maps make more than any of these.
MOST_CHARACTERS = 50_000
MOST_SHAPES = 60_000
MOST_POINTS = 1_000_000
MOST_FIGURES = 50_000
MOST_CONTENT = 16 * 2**20
# Points: a coordinate beyond this is none.
FAR = 1e7

BROKEN_PAGE = "ページの中身が壊れていて読めません。元の文書からPDFを作り直してください。"
CROWDED = "1ページの{}が{:,}を超えるため、このページを読むのをやめました。元の文書からPDFを作り直すか、ページを分けてください。"


class _Device(PDFPageAggregatorWithMarkedContent):
    """Marks characters that no ink shows with the tag HIDDEN (OCR lays such text over a scan), and counts what is drawn."""

    hidden = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held: Counter[str] = Counter()

    def count(self, what: str, most: int, more: int = 1) -> None:
        self.held[what] += more
        if self.held[what] > most:
            raise Unreadable(CROWDED.format(what, most))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.hidden = textstate.render in NO_INK
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self.count("文字数", MOST_CHARACTERS)
        advance: float = super().render_char(*args, **kwargs)
        if self.hidden and self.cur_item._objs:
            item: Any = self.cur_item._objs[-1]
            item.tag = HIDDEN
        return advance

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        self.count("図形の数", MOST_SHAPES)
        self.count("図形の点の数", MOST_POINTS, len(path))
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def begin_figure(self, *args: Any) -> None:
        self.count("画像と部品の数", MOST_FIGURES)
        super().begin_figure(*args)


class _Interpreter(PDFPageInterpreter):
    """Executes content streams that came out whole: half of a page's operators would be a page with numbers missing that nobody misses."""

    def execute(self, streams: Sequence[Any]) -> None:
        for stream in map(resolve1, streams):
            if not isinstance(stream, PDFStream):
                raise Unreadable(BROKEN_PAGE)
            data, whole = expanded(stream)
            if not whole:
                raise Unreadable(BROKEN_PAGE)
            device: Any = self.device
            device.count("描画命令のバイト数", MOST_CONTENT, len(data))
        super().execute(streams)


def objects_of(page: SourcePage) -> Objects:
    """pdfplumber's objects of the page, those without a place on any page left out.

    Raises Unreadable with the reason where the page's content cannot be interpreted or is more than a page can hold.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
        # pdfplumber would make the same layout with a device of its own; it takes one that is there already.
        page._layout = device.get_result()
        found: dict[str, list[dict[str, Any]]] = page.objects
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        # pdfminer trusts what it interprets: a wrong operand or object ends in any error at all.
        LOG.debug("page %d", page.page_number, exc_info=True)
        raise Unreadable(BROKEN_PAGE) from error
    placed = {kind: [item for item in items if _placed(item)] for kind, items in found.items()}
    return Objects([_char(item) for item in placed.pop("char", [])], placed)


def _char(item: dict[str, Any]) -> Char:
    """pdfplumber's object of a character."""
    a, b = item["matrix"][:2]
    color, hidden = item.get("non_stroking_color"), item.get("tag") == HIDDEN
    return Char(item["text"], item["x0"], item["top"], item["x1"], item["bottom"], float(item["size"]), turn_of(a, b), color, hidden)


def _placed(item: dict[str, Any]) -> bool:
    """Whether an object has finite corners: coordinates of hundreds of digits stand nowhere, and no arithmetic takes them."""
    return all(math.isfinite(item[edge]) and abs(item[edge]) < FAR for edge in ("x0", "top", "x1", "bottom"))
