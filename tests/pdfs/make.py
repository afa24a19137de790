"""Makes the small PDFs of this folder: `python tests/pdfs/make.py`. Needed only to change them; they are committed.

Each file proves one thing about reading a page (README.md says what). All names and numbers are invented.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
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


@proves("spans")
def spans(c: Canvas) -> None:
    sheet = Sheet(c, 60, 100, [60, 110, 80, 80, 70], [20] * 5)
    sheet.borders(SPANNED)
    sheet.words(SPANNED)


@proves("open_sides")
def open_sides(c: Canvas) -> None:
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    sheet.borders(KPI, sides="t")
    sheet.words(KPI)


@proves("level_rules")
def level_rules(c: Canvas) -> None:
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    for y in sheet.ys:
        rule(c, 60, y, 420, y)
    sheet.words(KPI)


@proves("level_tree")
def level_tree(c: Canvas) -> None:
    """Level rules only: a header of two levels with a rule under its upper part, remarks of two lines, a centred total, a dash."""
    cells: Cells = [
        (0, 0, 2, 1, "事業名"), (0, 1, 1, 2, "令和6年度"), (0, 3, 2, 1, "備考"), (1, 1, 1, 1, "予算額"), (1, 2, 1, 1, "決算額"),
        *((i + 2, j, 1, 1, string) for i, j, _, _, string in plain([
            ["読書の推進", "1,200", "1,150", "学校の図書室と公民館の\n図書室を結んだ。"],
            ["講座の開催", "800", "790", "夜の部を設けた。"],
            ["施設の修繕", "350", "", ""],
        ])),
    ]  # fmt: skip
    sheet = Sheet(c, 60, 100, [120, 80, 80, 130], [18, 18, 34, 20, 20, 20])
    for i, y in enumerate(sheet.ys):
        rule(c, 180 if i == 1 else 60, y, 340 if i == 1 else 470, y)
    sheet.words(cells)
    for x, string in ((108, "合計"), (311, "1,940"), (231, "2,350")):
        text(c, x, 216, string, 9)
    text(c, 263, 195, "－", 9)
    text(c, 60, 240, "決算額は見込みである。", 10)


@proves("three_rules")
def three_rules(c: Canvas) -> None:
    sheet = Sheet(c, 60, 100, WIDE, [18] * 4)
    for y in (sheet.ys[0], sheet.ys[1], sheet.ys[-1]):
        rule(c, 60, y, 420, y)
    sheet.words(KPI)
    text(c, 60, 200, "この表の数は三月末のものである。", 10)


@proves("no_rules")
def no_rules(c: Canvas) -> None:
    text(c, 60, 70, "次の表に三つの指標の推移を示す。", 10)
    Sheet(c, 60, 100, WIDE, [16] * 4).words(KPI)
    text(c, 60, 180, "来館者数は令和4年度から増え続けている。", 10)


@proves("dashed")
def dashed(c: Canvas) -> None:
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    for y in sheet.ys:
        for i in range(120):
            rule(c, 60 + 3 * i, y, 61.5 + 3 * i, y)
    c.setDash(1, 2)
    for x in sheet.xs:
        rule(c, x, sheet.ys[0], x, sheet.ys[-1])
    sheet.words(KPI)


@proves("white_rules")
def white_rules(c: Canvas) -> None:
    """Coloured cells with white borders, as presentations draw them, and a white rule on white paper that nobody sees."""
    sheet = Sheet(c, 60, 100, WIDE, [22] * 4)
    for row, column, _, _, _ in KPI:
        box(c, sheet.xs[column], sheet.ys[row], sheet.xs[column + 1], sheet.ys[row + 1], BLUE if row == 0 else GREY, stroke=False)
    c.setStrokeColor(white)
    sheet.borders(KPI)
    sheet.words(KPI)
    seen = Sheet(c, 60, 250, [200, 160], [20, 20])
    c.setStrokeColor(white)
    rule(c, 160, 250, 160, 290)
    c.setStrokeColor(black)
    seen.borders(plain([["利用者の満足度", "82.5%"], ["苦情の件数", "3件"]]))
    seen.words(plain([["利用者の満足度をみる", "82.5%"], ["苦情の件数をかぞえる", "3件"]]))


@proves("shades")
def shades(c: Canvas) -> None:
    """Cells told apart by their background only: every second row shaded, a darker header."""
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    for i in (0, 2):
        box(c, 60, sheet.ys[i], 420, sheet.ys[i + 1], BLUE if i == 0 else GREY, stroke=False)
    sheet.words(KPI)


@proves("zebra")
def zebra(c: Canvas) -> None:
    """Shade on the cells of every second row only, so that half of the cells have no edges of their own."""
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    for row, column, _, _, _ in KPI:
        if row % 2 == 0:
            box(c, sheet.xs[column], sheet.ys[row], sheet.xs[column + 1], sheet.ys[row + 1], GREY, stroke=False)
    sheet.words(KPI)
    text(c, 60, 200, "次の節では 5 つの取組を述べる。", 10)


@proves("neighbours")
def neighbours(c: Canvas) -> None:
    """Two tables side by side, ten points apart, and a third one ten points below."""
    left, right = plain([["予算", "令和6年度"], ["事業費", "1,200"]]), plain([["決算", "令和6年度"], ["事業費", "1,150"]])
    for x, y, cells in ((60, 100, left), (230, 100, right), (60, 150, plain([["人員", "令和6年度"], ["常勤", "3"]]))):
        sheet = Sheet(c, x, y, [80, 80], [20, 20])
        sheet.borders(cells)
        sheet.words(cells)


@proves("mates")
def mates(c: Canvas) -> None:
    """A lone column, an arrow away from the table whose rows it goes on."""
    rows = [["", "現状"], ["来館者数", "1,240人"], ["講座の回数", "18回"]]
    for x, widths, cells in ((60, [120, 80], plain(rows)), (340, [80], plain([["目標"], ["1,500人"], ["30回"]]))):
        sheet = Sheet(c, x, 100, widths, [20] * 3)
        sheet.borders(cells)
        sheet.words(cells)
    text(c, 292, 122, "→", 14)


@proves("sublines")
def sublines(c: Canvas) -> None:
    """Rows that only every fourth rule parts, as in statistics."""
    cells = plain(
        [
            ["年度", "件数", "金額"],
            ["元\n2\n3\n4", "10\n20\n35\n41", "1,000\n2,100\n3,300\n4,050"],
            ["5\n6\n7\n8", "44\n45\n50\n52", "4,100\n4,900\n5,000\n5,200"],
        ]
    )
    sheet = Sheet(c, 60, 100, [60, 80, 90], [20, 56, 56])
    sheet.borders(cells)
    sheet.words(cells)


@proves("nested")
def nested(c: Canvas) -> None:
    """A frame around everything, a table in it, and a small box inside one of its cells."""
    box(c, 50, 90, 500, 260)
    sheet = Sheet(c, 60, 100, WIDE, [20, 20, 50, 20])
    sheet.borders(KPI)
    sheet.words(KPI)
    box(c, 64, 144, 120, 162)
    text(c, 60, 220, "枠の中に置いた説明の文です。", 10)


@proves("upright_label")
def upright_label(c: Canvas) -> None:
    """A category in vertical writing over three rows, and one turned by a quarter."""
    body = [["受講者数", "300"], ["満足度", "80%"], ["回数", "12"], ["巡回数", "52"], ["参加者", "75"]]
    cells: Cells = [(0, 0, 3, 1, ""), (3, 0, 2, 1, ""), *((i, j + 1, 1, 1, string) for i, j, _, _, string in plain(body))]
    sheet = Sheet(c, 60, 100, [16, 110, 70], [24] * 5)
    sheet.borders(cells)
    sheet.words(cells)
    for i, char in enumerate("生涯学習"):
        text(c, 63, 110 + 12 * i, char, 10)
    c.saveState()
    c.translate(71, HEIGHT - 214)
    c.rotate(90)
    c.setFont(MINCHO, 10)
    c.drawString(0, 0, "まち美化")
    c.restoreState()


@proves("overflow")
def overflow(c: Canvas) -> None:
    """A name wider than its cell runs over the rule; full cells beside each other stay apart."""
    cells = plain([["団体", "件数", "金額"], ["", "12", "1,234,567,890"], ["会館", "7", "9,876,543,210"]])
    sheet = Sheet(c, 60, 100, [70.5, 40, 64], [20] * 3)
    sheet.borders(cells)
    sheet.words(cells)
    text(c, 63, 126, "市民活動推進連絡協議会", 8)


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


@proves("list_marks")
def list_marks(c: Canvas) -> None:
    """Grades one above the other in one cell are a list, not a word in vertical writing."""
    cells = plain([["施策", "評価"], ["学びの場\n読書の場\n遊びの場", "B\nC\nA"]])
    sheet = Sheet(c, 60, 100, [120, 40], [20, 50])
    sheet.borders(cells)
    sheet.words(cells)


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


@proves("sheet_bands")
def sheet_bands(c: Canvas) -> None:
    """An evaluation sheet in one frame: names, then indicators by year, then costs with other columns."""
    parts = [
        ([70, 330], [["事業名", "学びの場の充実"]]),
        ([150, 50, 100, 100], [["指標名", "単位", "令和6年度目標", "令和6年度実績"], ["講座の回数", "回", "22", "24"]]),
        ([110, 60, 115, 115], [["費目", "財源", "令和6年度予算", "令和6年度決算"], ["事業費", "一般", "1,200", "1,150"], ["人件費", "一般", "800", "790"]]),
    ]
    top = 100.0
    for widths, rows in parts:
        sheet = Sheet(c, 60, top, widths, [20] * len(rows))
        sheet.borders(plain(rows))
        sheet.words(plain(rows))
        top = sheet.ys[-1]


@proves("sheet_beside")
def sheet_beside(c: Canvas) -> None:
    """Costs beside indicators in one frame with a shared border, their rows of different heights, a vertical label before both."""
    rule(c, 60, 100, 60, 200)
    for y in (100, 200):
        rule(c, 60, y, 80, y)
    for i, char in enumerate("実施状況"):
        text(c, 65, 130 + 11 * i, char, 10)
    left = plain([["費目", "令和6年度"], ["事業費", "1,200"], ["人件費", "800"], ["合計", "2,000"]])
    right = plain([["指標", "目標", "実績"], ["講座の回数", "22", "24"], ["受講者数", "300", "281"]])
    for x, widths, height, cells in ((80, [70, 70], 25, left), (220, [100, 60, 60], 100 / 3, right)):
        sheet = Sheet(c, x, 100, widths, [height] * (len(cells) // len(widths)))
        sheet.borders(cells)
        sheet.words(cells)


@proves("watermark")
def watermark(c: Canvas) -> None:
    """Text across the page, over a table."""
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    sheet.borders(KPI)
    sheet.words(KPI)
    c.saveState()
    c.translate(100, HEIGHT - 190)
    c.rotate(30)
    c.setFillColor(GREY)
    c.setFont(GOTHIC, 40)
    c.drawString(0, 0, "令和7年度案")
    c.restoreState()


@proves("turned_table")
def turned_table(c: Canvas) -> None:
    """A table turned by a quarter on an upright page: the page itself says no /Rotate."""
    c.translate(200, 100)
    c.rotate(90)
    c.translate(0, -HEIGHT + 100)
    text(c, 60, 80, "表3 指標の推移（横向き）", 11)
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    sheet.borders(KPI)
    sheet.words(KPI)


def main() -> None:
    """Writes every file of one page into this folder."""
    for font in (MINCHO, GOTHIC):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    for name, make in MAKERS.items():
        c = Canvas(str(HERE / f"{name}.pdf"), pagesize=A4, invariant=True, pageCompression=1)
        c.setLineWidth(0.5)
        make(c)
        c.showPage()
        c.save()
    sys.stdout.write(f"{len(MAKERS)} files\n")


if __name__ == "__main__":
    main()
