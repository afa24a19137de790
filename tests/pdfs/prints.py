"""The small PDFs that prove how odd prints are read: characters set one by one, spaced out, unseen, raised, laid as pictures."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.drawing import HEIGHT, KPI, MINCHO, WIDE, Sheet, plain, proves, rule, text


def _chars(c: Canvas, x: float, top: float, string: str, size: float, pitch: float) -> None:
    """Each character by a drawing of its own, `pitch` points from one to the next."""
    for i, char in enumerate(string):
        text(c, x + pitch * i, top, char, size)


@proves("one_by_one")
def one_by_one(c: Canvas) -> None:
    """A table whose characters are drawn one by one, all rows from right to left and from the bottom to the top."""
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    sheet.borders(KPI)
    for row, column, _, _, string in reversed(KPI):
        x = sheet.xs[column] + 3
        for i in reversed(range(len(string))):
            text(c, x + pdfmetrics.stringWidth(string[:i], MINCHO, 9), sheet.ys[row] + 5, string[i], 9)


@proves("spaced")
def spaced(c: Canvas) -> None:
    """Words spaced out to fill their cells, names of two lines, numbers with blanks around."""
    cells = plain([["", "", ""], ["図書館の本の\n貸出冊数", "52,000 冊", "60,000 冊"], ["講座の回数\n（夜間と休日）", "18 回", "30 回"]])
    sheet = Sheet(c, 60, 100, [110, 110, 110], [24, 34, 34])
    sheet.borders(cells)
    sheet.words(cells, right=False)
    for x, string, pitch in ((75, "指標", 40), (180, "令和4年度", 12), (290, "令和8年度", 12)):
        _chars(c, x, 102, string, 9, pitch)
    for x, string in ((190, "実績"), (300, "目標")):
        _chars(c, x, 113, string, 9, 30)


@proves("unseen")
def unseen(c: Canvas) -> None:
    """Text set to be invisible (as OCR lays it over scans), and text so small that it has no extent."""
    text(c, 60, 100, "講座の回数 令和6年度実績 22回", 10)
    for mode, string in ((3, "見えない 999件"), (7, "切り抜き 888件")):
        c.saveState()
        line = c.beginText(60, HEIGHT - 130 - mode)
        line.setFont(MINCHO, 10)
        line.setTextRenderMode(mode)
        line.textOut(string)
        c.drawText(line)
        c.restoreState()
    text(c, 60, 150, "777", 0.001)


@proves("note_marks")
def note_marks(c: Canvas) -> None:
    """Raised marks of notes: words (注1) behind a unit and behind a bare number, digits behind figures of a table without rules."""
    cells = plain([["指標", "令和6年度実績", "令和8年度目標"], ["講座の回数", "22回", "30回"], ["合計特殊出生率", "1.47", "1.52"]])
    sheet = Sheet(c, 60, 100, [110, 110, 110], [20] * 3)
    sheet.borders(cells)
    sheet.words(cells, right=False)
    text(c, 173 + pdfmetrics.stringWidth("22回", MINCHO, 9), 123, "注1", 5)
    text(c, 173 + pdfmetrics.stringWidth("1.47", MINCHO, 9), 143, "注１", 5)
    rows = [["指標", "令和5年度", "令和6年度"], ["相談件数", "310件", "325件"], ["参加者数", "95人", "104人"], ["満足度", "88.1%", "91.5%"]]
    for i, row in enumerate(rows):
        for x, string in zip((60, 200, 300), row, strict=True):
            text(c, x, 220 + 18 * i, string, 10)
    for x, i, string in ((200, 1, "310件"), (300, 2, "104人")):
        text(c, x + pdfmetrics.stringWidth(string, MINCHO, 10), 219 + 18 * i, "1", 5)


@proves("dotted_pictures")
def dotted_pictures(c: Canvas) -> None:
    """A dotted rule between two rows, laid as a row of small pictures."""
    cells = plain([["指標", "令和6年度実績"], ["来館者数", "1,372人"], ["駅前館の利用", "81人"], ["講座の参加者", "267人"]])
    sheet = Sheet(c, 60, 100, [110, 110], [20] * 4)
    sheet.words(cells)
    for x in sheet.xs:
        rule(c, x, 100, x, 180)
    for y in (100, 120, 160, 180):
        rule(c, 60, y, 280, y)
    dot = ImageReader(io.BytesIO(b"P5\n8 4\n255\n" + bytes([0, 0, 0, 0, 255, 255, 255, 255] * 4)))
    for i in range(220):
        c.drawImage(dot, 60 + i, HEIGHT - 140.2, 1, 0.4)
