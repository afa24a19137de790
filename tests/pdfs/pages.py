"""The small PDFs that prove how text outside of tables is read."""

from __future__ import annotations

from reportlab.lib.colors import black, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.drawing import GOTHIC, MINCHO, box, proves, text


@proves("doubled")
def doubled(c: Canvas) -> None:
    """Bold by printing twice, invisible white text, a raised note mark, ruby, spaced-out words."""
    for shift in (0.0, 0.3):
        text(c, 60 + shift, 100, "数値目標 11件", 12)
    c.setFillColor(white)
    text(c, 60, 120, "見えない 999件", 10)
    c.setFillColor(black)
    text(c, 60, 140, "講座の回数 25回", 10)
    text(c, 60 + pdfmetrics.stringWidth("講座の回数 25回", MINCHO, 10), 139, "1", 5)
    text(c, 60, 170, "権利条約の周知", 10)
    text(c, 60, 164, "けん", 4.5)
    text(c, 70, 164, "り", 4.5)
    for i, char in enumerate("目標値"):
        text(c, 60 + 22 * i, 190, char, 10)


@proves("two_columns")
def two_columns(c: Canvas) -> None:
    """Running text in two columns under a full heading; below a list whose numbers stand apart from their names."""
    left = ["市内の図書館では、子どもの読書を広げ", "るため、学校と協力して本を届ける取組", "を続けており、貸出冊数は前年度の52", "千冊から54千冊へと増えた。"]
    right = ["公民館の講座は、夜間と休日に開くもの", "を増やした。受講した人の八割が、次も", "参加したいと答えている。来年度は講座", "の数を30回とする。"]
    text(c, 60, 100, "1 学びの場を広げる", 14)
    for i, (one, other) in enumerate(zip(left, right, strict=True)):
        text(c, 60, 130 + 16 * i, one, 10)
        text(c, 300, 130 + 16 * i, other, 10)
    for i, (name, number) in enumerate((("・講座の回数", "30回以上"), ("・受講した人の数", "450人"), ("・図書館の貸出冊数", "60千冊"))):
        text(c, 60, 220 + 18 * i, name, 10)
        text(c, 260, 220 + 18 * i, number, 10)


@proves("staggered")
def staggered(c: Canvas) -> None:
    """Two columns whose lines are not level with each other."""
    for i, line in enumerate(["一つ目の段の一行目をここに記した", "一つ目の段の二行目をここに記した", "一つ目の段の三行目をここに記した"]):
        text(c, 60, 110 + 15 * i, line, 10)
    for i, line in enumerate(["二つ目の段の一行目をここに記した", "二つ目の段の二行目をここに記した"]):
        text(c, 300, 104 + 15 * i, line, 10)


@proves("slide")
def slide(c: Canvas) -> None:
    """A wide page of two rounded boxes side by side, lines at the same heights, and a wide box below."""
    c.setPageSize((720, 405))

    def put(x: float, top: float, string: str, size: float) -> None:
        c.setFont(GOTHIC, size)
        c.drawString(x, 405 - top - size, string)

    put(40, 20, "取組の成果", 28)
    for x, lines in ((40, ["就職の支援", "目標 490件", "実績 581件"]), (380, ["創業の支援", "目標 25件", "実績 30件"])):
        c.roundRect(x, 405 - 220, 300, 140, 12)
        for i, line in enumerate(lines):
            put(x + 20, 95 + 38 * i, line, 22)
    c.rect(40, 405 - 370, 640, 110)
    put(60, 285, "今後の進め方: 相談の窓口を二か所に増やす", 20)
    put(60, 320, "相談 1,200件を目指す", 20)


@proves("chart")
def chart(c: Canvas) -> None:
    """Stacked bars with their numbers: ruled, and no table."""
    for i in range(8):
        x = 100.0
        for j in range(7):
            width = 22 + (i * 7 + j * 13) % 29
            box(c, x, 100 + 24 * i, x + width, 114 + 24 * i)
            text(c, x + 3, 103 + 24 * i, f"{width / 4:.1f}", 8)
            x += width
        text(c, 50, 102 + 24 * i, f"{20 + i}歳", 9)
