"""Slides drawn by a program with a PDF library: boxes and texts placed by coordinates, goals beside results, last year's in the same cell.

Made with reportlab and an embedded TrueType font. A page is one slide, 297 x 210 mm.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.content import read
from samples.ledger import Ledger

FONT = "IPAGothic"
FILE = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"
WIDTH, HEIGHT = landscape(A4)
COLUMNS = (18 * mm, 58 * mm, 158 * mm, 279 * mm)  # the table's vertical rules


def build(ledger: Ledger, target: Path) -> None:
    """Writes the PDF. Raises LedgerError, and reportlab's TTFError where the font is not installed."""
    pdfmetrics.registerFont(TTFont(FONT, FILE))
    words = read("slide_library")
    slides = _Slides(ledger, target)
    slides.start(words["overview_title"])
    slides.overview(words)
    slides.start(words["staff_title"])
    slides.targets(words)
    slides.start(words["message_title"])
    slides.lines(words["message"], 182 * mm, 14, 2.4)
    slides.start(words["case_title"])
    slides.lines(words["case"], 182 * mm, 14, 2)
    slides.finish()


class _Slides:
    """The canvas and the slide under the pen; heights are from the bottom of the page, as PDF counts them."""

    def __init__(self, ledger: Ledger, target: Path) -> None:
        self.canvas: Any = Canvas(str(target), pagesize=(WIDTH, HEIGHT), invariant=1)
        self.canvas.setTitle("一体的実施事業（平成25年度）")
        self.canvas.setAuthor("yojitsu samples")
        self.ledger, self.number = ledger, 0

    def start(self, title: str) -> None:
        """A new slide with a coloured title bar and its number at the foot."""
        self.finish_page()
        self.number += 1
        self.ledger.page = self.number
        self.canvas.setFillColorRGB(0.86, 0.92, 0.97)
        self.canvas.rect(10 * mm, 188 * mm, WIDTH - 20 * mm, 14 * mm, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)
        self.text(16 * mm, 193 * mm, title, 18)
        self.text(WIDTH - 18 * mm, 6 * mm, str(self.number), 9)

    def text(self, left: float, bottom: float, text: str, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, bottom, self.ledger.fill(text))

    def lines(self, lines: list[str], top: float, size: float, pitch: float, left: float = 20 * mm) -> None:
        """Lines one under another from `top`; a long one is broken at the right margin, never inside a figure."""
        for line in lines:
            for part in _broken(line, size, WIDTH - left - 18 * mm):
                top -= size * pitch
                self.text(left, top, part, size)

    def overview(self, words: dict[str, Any]) -> None:
        self.lines([words["overview_lead"]], 182 * mm, 12, 1.5)
        for at, (name, text) in enumerate(words["overview_boxes"]):
            left = (40 + 130 * at) * mm
            self.canvas.roundRect(left, 138 * mm, 85 * mm, 25 * mm, 3 * mm)
            self.text(left + 40 * mm, 155 * mm, name, 13)
            for row, part in enumerate(text.split("|")):
                self.text(left + 8 * mm, (148 - 6 * row) * mm, part, 11)
        self.text(125 * mm, 131 * mm, words["overview_start"], 11)
        self.lines(words["overview_lines"], 124 * mm, 12, 2)

    def targets(self, words: dict[str, Any]) -> None:
        """Goals on the left, results on the right; each cell ends with the year before, in brackets."""
        self.lines(words["staff"], 184 * mm, 11, 1.6)
        self.text(16 * mm, 163 * mm, words["target_title"], 15)
        edges = [159 * mm, 149 * mm, 96 * mm, 43 * mm]
        for edge in edges:
            self.canvas.line(COLUMNS[0], edge, COLUMNS[-1], edge)
        for column in COLUMNS:
            self.canvas.line(column, edges[0], column, edges[-1])
        for row, cells in enumerate([words["head"], *words["rows"]]):
            for left, text in zip(COLUMNS, cells, strict=False):
                for at, part in enumerate(text.split("|")):
                    size = 10.5 if part.startswith("（参考）") else 12
                    self.text(left + 4 * mm, edges[row] - (7 + 8 * at) * mm, part, size)
        self.lines(words["target_notes"], 38 * mm, 10, 1.7)

    def finish_page(self) -> None:
        if self.number:
            self.canvas.showPage()

    def finish(self) -> None:
        self.finish_page()
        self.canvas.save()


def _broken(line: str, size: float, width: float) -> list[str]:
    """The line in parts no wider than `width`. A line with a figure is left whole: its marks must stay together."""
    if "[[" in line:
        return [line]
    parts, part = [], ""
    for char in line:
        if part and pdfmetrics.stringWidth(part + char, FONT, size) > width and char not in "、。」）":
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]
