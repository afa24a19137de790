"""A yearly plan as a word processor prints it: a bordered table of goals and results, boxes of goals between the paragraphs.

Made as docx with python-docx and turned into PDF by LibreOffice. Paragraphs flow over the pages; the pages of the facts are found afterwards.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from samples.content import read
from samples.ledger import Ledger
from samples.producers import libreoffice

FONT = "Noto Serif CJK JP"
HEADING = "IPAexGothic"
SPANS = (7, 52, 22, 21, 21, 16, 21, 22)  # millimetres of the table's columns


def build(ledger: Ledger, target: Path) -> None:
    """Writes the PDF. Raises LedgerError, ProducerError."""
    words = read("plan_word")
    paper = _Paper(ledger)
    paper.goal_table(words)
    paper.outline(words)
    for line in words["plan"]:
        mark, text = line.split(" ", 1)
        paper.write(mark, text)
    with tempfile.TemporaryDirectory() as room:
        paper.document.save(str(Path(room) / "plan.docx"))
        libreoffice(Path(room) / "plan.docx", target)


class _Paper:
    """The docx file under construction, on A4 with page numbers at the foot."""

    def __init__(self, ledger: Ledger) -> None:
        self.document, self.ledger = Document(), ledger
        self.document.core_properties.author = "yojitsu samples"
        self.document.core_properties.title = "令和７年度事業計画"
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(14)
        section.top_margin = section.bottom_margin = Mm(18)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = foot.add_run()
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text or None
            run._r.append(part)

    def say(self, holder: Any, text: str, size: float = 10.5, font: str = FONT, align: Any = None, indent: float = 0) -> Any:
        """One paragraph in the document or in a cell; kept on one page, so that no figure is cut."""
        paragraph = holder.add_paragraph() if not _fresh(holder) else holder.paragraphs[0]
        run = paragraph.add_run(self.ledger.fill(text))
        run.font.size = Pt(size)
        run.font.name = font
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        shape = paragraph.paragraph_format
        shape.space_after = shape.space_before = Pt(0)
        shape.keep_together, shape.line_spacing, shape.left_indent = True, 1.15, Mm(indent)
        paragraph.alignment = align
        return paragraph

    def write(self, mark: str, text: str) -> None:
        """One line of the plan by its mark: see content/plan_word.toml."""
        if mark == "box":
            return self.box(text)
        if mark in "!=":
            self.say(self.document, text, 15 if mark == "!" else 11, HEADING if mark == "!" else FONT, WD_ALIGN_PARAGRAPH.CENTER)
        elif mark in ("#", "##"):
            shape = self.say(self.document, text, 12 if mark == "#" else 11, HEADING).paragraph_format
            shape.space_before, shape.keep_with_next = Pt(12), True
        else:
            lead, indent = {"p": ("　", 4.0), "k": ("", 4.0), "o": ("〇　", 10.0), "n": ("", 8.0)}[mark]
            shape = self.say(self.document, lead + text, 9 if mark == "n" else 10.5, indent=indent).paragraph_format
            shape.space_before, shape.keep_with_next = Pt(4), mark == "k"
        return None

    def box(self, text: str) -> None:
        """A bordered box of goals: a table of one cell, as it is drawn in such plans."""
        self.say(self.document, "", 5)
        table = self.document.add_table(1, 1)
        table.style, table.alignment = "Table Grid", 1
        cell = table.cell(0, 0)
        _widen(table, (140,))
        for at, line in enumerate(text.split("\n")):
            shape = self.say(cell, line, 11 if at == 0 else 10.5, HEADING if at == 0 else FONT).paragraph_format
            shape.keep_with_next, shape.space_before = True, Pt(6 if at == 0 else 0)
        self.say(self.document, "", 5)

    def goal_table(self, words: dict[str, Any]) -> None:
        """The table of the first page: a group number merged over its rows, the name and its measure, goal, result, rate, next goal, remark."""
        self.say(self.document, words["table_side"], 9, align=WD_ALIGN_PARAGRAPH.RIGHT)
        self.say(self.document, words["table_title"], 13, HEADING, WD_ALIGN_PARAGRAPH.CENTER)
        table = self.document.add_table(1 + len(words["rows"]), len(SPANS))
        table.style, table.autofit, table.alignment = "Table Grid", False, 1
        _widen(table, SPANS)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        head = table.rows[0].cells
        head[1].merge(head[2])
        for cell, text in zip(head, words["head"], strict=True):
            if text:
                self.cell(cell, text, WD_ALIGN_PARAGRAPH.CENTER, HEADING)
        for at, row in enumerate(words["rows"], start=1):
            self.goal_row(table, at, row, words["rows"])
        self.document.add_page_break()

    def goal_row(self, table: Any, at: int, row: list[str], rows: list[list[str]]) -> None:
        """One row; its three figures are the next three facts and the rate is that of the result."""
        group, name, measure, remark = row
        cells = table.rows[at].cells
        if group:
            reach = next((n for n in range(at, len(rows)) if rows[n][0]), len(rows))
            self.cell(cells[0].merge(table.cell(reach, 0)), group, WD_ALIGN_PARAGRAPH.CENTER)
        goal, result = self.ledger.take("target", 2024), self.ledger.take("actual", 2024)
        rate = self.ledger.fact(self.ledger.printed + 1)["achievement_rate"]
        figures = [goal, result, f"{rate} ％", self.ledger.take("target", 2025)]
        for cell, text in zip(cells[1:3], (name, measure), strict=True):
            self.cell(cell, text)
        for cell, text in zip(cells[3:7], figures, strict=True):
            self.cell(cell, text, WD_ALIGN_PARAGRAPH.RIGHT)
        self.cell(cells[7], remark)

    def cell(self, cell: Any, text: str, align: Any = None, font: str = FONT) -> None:
        cell.vertical_alignment = 1
        for line in text.split("\n"):
            shape = self.say(cell, line, 9, font, align).paragraph_format
            shape.space_before, shape.space_after, shape.line_spacing = Pt(3), Pt(3), 1.0

    def outline(self, words: dict[str, Any]) -> None:
        """A page of two-column boxes that names the sections."""
        self.say(self.document, words["outline_title"], 14, HEADING, WD_ALIGN_PARAGRAPH.CENTER)
        self.say(self.document, "")
        for title, text in words["outline"]:
            table = self.document.add_table(1, 2)
            table.style, table.autofit, table.alignment = "Table Grid", False, 1
            _widen(table, (60, 112))
            for cell, part, font in zip(table.rows[0].cells, (title, text), (HEADING, FONT), strict=True):
                self.cell(cell, part, None, font)
            self.say(self.document, "", 6)
        self.document.add_page_break()


def _fresh(holder: Any) -> bool:
    """Whether a cell holds only the empty paragraph it was born with."""
    return hasattr(holder, "width") and len(holder.paragraphs) == 1 and not holder.paragraphs[0].runs


def _widen(table: Any, widths: tuple[int, ...]) -> None:
    """The columns' widths in millimetres, told to the grid and to every cell: LibreOffice heeds the one, Word the other."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
