"""A deck of slides as presentation software prints it: text boxes side by side, small tables, a chart, three columns of prefectures.

Made as pptx with python-pptx and turned into PDF by LibreOffice. A slide is a page.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from samples.content import read
from samples.ledger import MARK, Ledger
from samples.producers import libreoffice

FONT = "Noto Sans CJK JP"
DARK = RGBColor(0x1F, 0x3A, 0x5F)
BLACK = RGBColor(0, 0, 0)
PLAIN = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # the built-in table style with rules and no fill


def build(ledger: Ledger, target: Path) -> None:
    """Writes the PDF. Raises LedgerError, ProducerError."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(29.7), Cm(21)
    deck.core_properties.author, deck.core_properties.title = "yojitsu samples", "国と地方公共団体の連携施策"
    slides = [slide for part in ("deck1", "deck2", "deck3") for slide in read(part)["slide"]]
    for number, words in enumerate(slides, start=1):
        ledger.page = number
        _Slide(deck, ledger, number).write(words)
    with tempfile.TemporaryDirectory() as room:
        deck.save(str(Path(room) / "deck.pptx"))
        libreoffice(Path(room) / "deck.pptx", target)


class _Slide:
    """One slide: a title bar, a page number, and what its content lists, in that order."""

    def __init__(self, deck: Any, ledger: Ledger, number: int) -> None:
        self.slide = deck.slides.add_slide(deck.slide_layouts[6])
        self.ledger, self.number = ledger, number

    def write(self, words: dict[str, Any]) -> None:
        """The parts of one [[slide]] of content/deck*.toml. Boxes come before tables and charts unless `order` says otherwise."""
        self.box({"at": [0.8, 0.5, 28, 1.4], "lines": [words["title"]], "size": 17, "title": True})
        parts = [(name, part) for name, value in words.items() if isinstance(value, list) for part in value]
        for name, part in sorted(parts, key=lambda pair: pair[1].get("order", 0)):
            {"box": self.box, "table": self.table, "areas": self.areas, "chart": self.chart}[name](part)
        self.box({"at": [26.5, 19.9, 2.4, 0.9], "lines": [str(self.number)], "size": 9})

    def box(self, part: dict[str, Any]) -> None:
        """A text box, framed where the content says so."""
        shape = self.slide.shapes.add_textbox(*(Cm(value) for value in part["at"]))
        if part.get("frame"):
            shape.line.color.rgb, shape.line.width = DARK, Pt(1.25)
        if part.get("title"):
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor(0xDD, 0xE8, 0xF3)
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor, frame.auto_size = True, MSO_ANCHOR.TOP, MSO_AUTO_SIZE.NONE
        for at, line in enumerate(part["lines"]):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(5)
            self.say(paragraph, line, part.get("size", 14))

    def say(self, paragraph: Any, text: str, size: float) -> None:
        run = paragraph.add_run()
        run.text = self.ledger.fill(text)
        run.font.size, run.font.name, run.font.color.rgb = Pt(size), FONT, BLACK
        properties = run._r.get_or_add_rPr()
        properties.set("lang", "ja-JP")
        properties.append(properties.makeelement(qn("a:ea"), {"typeface": FONT}))

    def table(self, part: dict[str, Any]) -> None:
        """A ruled table; the first row and column are its labels."""
        rows, widths, size = part["rows"], part["widths"], part.get("size", 12)
        left, top = part["at"][:2]
        pitch = part.get("pitch", 0.9)
        frame = self.slide.shapes.add_table(len(rows), len(widths), Cm(left), Cm(top), Cm(sum(widths)), Cm(pitch * len(rows)))
        frame._element.graphic.graphicData.tbl[0][-1].text = PLAIN
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = Cm(width)
        for row, texts in zip(frame.table.rows, rows, strict=True):
            row.height = Cm(pitch)
            for cell, text in zip(row.cells, texts, strict=True):
                cell.margin_top = cell.margin_bottom = Cm(0.02)
                cell.margin_left = cell.margin_right = Cm(0.12)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if MARK.search(text) and texts is not rows[0] else PP_ALIGN.LEFT
                self.say(cell.text_frame.paragraphs[0], text, size)

    def areas(self, part: dict[str, Any]) -> None:
        """Tables side by side of the next facts: a row for each area, a column for each month of `heads`."""
        left, top, width = part["at"]
        months = len(part["heads"]) - 1
        for count in part["counts"]:
            rows = [part["heads"]]
            for _ in range(count):
                area = self.ledger.fact(self.ledger.taken)["area"]
                rows.append([area, *(self.ledger.take("actual", year) for year in (2019, 2024, 2024)[:months])])
            self.table({"at": [left, top], "widths": [width - 2.3 * months, *[2.3] * months], "size": 9, "pitch": 0.68, "rows": rows})
            left += width + 0.4

    def chart(self, part: dict[str, Any]) -> None:
        """A line chart drawn by the software itself, its values printed beside the points and no year on its axis."""
        data = CategoryChartData()
        data.categories = [""] * part["series"][0][1]
        printed = []
        for name, count in part["series"]:
            figures = [self.ledger.take("actual") for _ in range(count)]
            printed += [self.ledger.fill(figure) for figure in figures]
            data.add_series(name, [int(text) for text in printed[-count:]])
        frame = self.slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *(Cm(value) for value in part["at"]), data)
        chart = frame.chart
        chart.has_title, chart.has_legend = True, True
        chart.chart_title.text_frame.text = part["title"]
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.font.size, chart.font.name = Pt(10), FONT
        chart.value_axis.visible = chart.category_axis.visible = False
        plot = chart.plots[0]
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(9)
