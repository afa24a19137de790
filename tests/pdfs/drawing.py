"""Pencil and ruler for the small PDFs of this folder: lines of text, rules, boxes, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

MINCHO, GOTHIC = "HeiseiMin-W3", "HeiseiKakuGo-W5"
GREY, BLUE = Color(0.88, 0.88, 0.88), Color(0.72, 0.8, 0.92)
WIDTH, HEIGHT = A4

Make = Callable[[Canvas], None]
MAKERS: dict[str, Make] = {}
# (row, column, row span, column span, text); lines of a cell are parted by line feeds.
Cells = Sequence[tuple[int, int, int, int, str]]


def proves(name: str) -> Callable[[Make], Make]:
    """Registers the maker of a file of one page."""

    def register(make: Make) -> Make:
        MAKERS[name] = make
        return make

    return register


def text(c: Canvas, x: float, top: float, string: str, size: float = 10, font: str = MINCHO) -> None:
    """A line of text whose top is `top` points from the top of an upright page."""
    c.setFont(font, size)
    c.drawString(x, HEIGHT - top - 0.88 * size, string)


def rule(c: Canvas, x0: float, top: float, x1: float, bottom: float) -> None:
    c.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def box(c: Canvas, x0: float, top: float, x1: float, bottom: float, fill: Color | None = None, stroke: bool = True) -> None:
    if fill is not None:
        c.setFillColor(fill)
    c.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=int(stroke), fill=int(fill is not None))
    c.setFillColor(black)


class Sheet:
    """A table at (x, top) with the widths and heights of its columns and rows."""

    def __init__(self, c: Canvas, x: float, top: float, widths: Sequence[float], heights: Sequence[float]) -> None:
        self.c = c
        self.xs = [x + sum(widths[:i]) for i in range(len(widths) + 1)]
        self.ys = [top + sum(heights[:i]) for i in range(len(heights) + 1)]

    def borders(self, cells: Cells, sides: str = "lrtb") -> None:
        """The four borders of each cell; of those on the table's outside only `sides`."""
        for row, column, down, across, _ in cells:
            x0, x1, y0, y1 = self.xs[column], self.xs[column + across], self.ys[row], self.ys[row + down]
            if column > 0 or "l" in sides:
                rule(self.c, x0, y0, x0, y1)
            if x1 < self.xs[-1] or "r" in sides:
                rule(self.c, x1, y0, x1, y1)
            if row > 0 or "t" in sides:
                rule(self.c, x0, y0, x1, y0)
            if y1 < self.ys[-1] or "b" in sides:
                rule(self.c, x0, y1, x1, y1)

    def words(self, cells: Cells, size: float = 9, right: bool = True) -> None:
        """The cells' texts: words flush left, numbers flush right, in the middle of the height."""
        for row, column, down, across, string in cells:
            lines = string.split("\n")
            top = (self.ys[row] + self.ys[row + down]) / 2 - len(lines) * size * 0.6
            for i, line in enumerate(lines):
                width = pdfmetrics.stringWidth(line, MINCHO, size)
                flush = right and line[:1].isdigit()
                x = self.xs[column + across] - width - 3 if flush else self.xs[column] + 3
                text(self.c, x, top + i * size * 1.2, line, size)


def plain(rows: Sequence[Sequence[str]]) -> Cells:
    """Rows of texts as cells without spans."""
    return [(i, j, 1, 1, string) for i, row in enumerate(rows) for j, string in enumerate(row)]


KPI = plain(
    [
        ["指標", "令和4年度", "令和6年度", "令和8年度"],
        ["来館者数", "1,240", "1,310", "1,500"],
        ["講座の回数", "18", "22", "30"],
        ["貸出冊数", "52,000", "54,100", "60,000"],
    ]
)
WIDE = [120, 80, 80, 80]
SPANNED: Cells = [
    (0, 0, 2, 1, "分野"), (0, 1, 2, 1, "指標"), (0, 2, 1, 2, "目標"), (0, 4, 2, 1, "担当"), (1, 2, 1, 1, "令和6年度"), (1, 3, 1, 1, "令和7年度"),
    (2, 0, 3, 1, "学び"), (2, 1, 1, 1, "講座の回数"), (2, 2, 1, 1, "22"), (2, 3, 1, 1, "24"), (2, 4, 2, 1, "学習課"),
    (3, 1, 1, 1, "受講者数"), (3, 2, 1, 1, "300"), (3, 3, 1, 1, ""), (4, 1, 1, 1, "満足度"), (4, 2, 1, 2, "80%以上"), (4, 4, 1, 1, ""),
]  # fmt: skip
