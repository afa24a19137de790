"""The small PDFs that prove how tables are read."""

from __future__ import annotations

from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.drawing import BLUE, GOTHIC, GREY, HEIGHT, KPI, MINCHO, SPANNED, WIDE, Cells, Sheet, box, plain, proves, rule, text


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


@proves("full_width")
def full_width(c: Canvas) -> None:
    """Full-width numerals that fill their cells beyond the rules: each number in its own cell, the last digit of one upon the first of the next."""
    widths = [70.0, 30, 46, 46, 46]
    cells = plain([["種別", "単位", "令和4年度", "令和5年度", "令和6年度"], ["短期の利用", "日", "", "", ""]])
    sheet = Sheet(c, 60, 100, widths, [20] * 2)
    sheet.borders(cells)
    sheet.words(cells)
    for i, number in enumerate(("２，９０４", "２，９６０", "３，０３１")):
        text(c, 60 + sum(widths[: i + 3]) - 3 - 5 * 9.4, 126, number, 9.4)


@proves("years_over")
def years_over(c: Canvas) -> None:
    """Level rules only; a header whose second line holds years alone, over narrower figures set flush right, one with a note mark."""
    xs, rows = (60, 300, 390, 480), (("図書の貸出率（%）", "57.6", "61.0", "65.0"), ("消防の団員数（人）", "926", "1,000", "1,100※1"))
    for y in (100, 130, 148, 166):
        rule(c, 60, y, 540, y)
    for x, name, year in zip(xs[1:], ("現状値", "中間目標値", "最終目標値"), ("（2021年度）", "（2026年度）", "（2031年度）"), strict=True):
        text(c, x - 20 - 4.5 * len(name), 103, name, 9)
        text(c, x - 20 - 30, 116, year, 9)
    text(c, 120, 109, "指標名", 9)
    for i, row in enumerate(rows):
        text(c, 63, 134 + 18 * i, row[0], 9)
        for x, number in zip(xs[1:], row[1:], strict=True):
            text(c, x + 40 - 4.5 * len(number), 134 + 18 * i, number, 9)


@proves("short_rules")
def short_rules(c: Canvas) -> None:
    """Level rules only; between the two lines of each name a rule that begins beside the name, under one header for both columns of words."""
    for i, y in enumerate((100, 120, 140, 160, 180, 200)):
        rule(c, 130 if i in (2, 4) else 60, y, 420, y)
    for x, string in ((120, "区分"), (240, "令和4年"), (340, "令和5年")):
        text(c, x, 105, string, 9)
    for k, (name, unit, numbers) in enumerate((("来館者数", "万人", ("42.6", "42.7")), ("宿泊者数", "千人", ("31.3", "30.9")))):
        text(c, 63, 135 + 40 * k, name, 9)
        text(c, 150, 125 + 40 * k, unit, 9)
        text(c, 140, 145 + 40 * k, "対前年比", 9)
        for j, number in enumerate(numbers):
            text(c, 262 + 100 * j, 125 + 40 * k, number, 9)
            text(c, 257 + 100 * j, 145 + 40 * k, f"10{j}.3%", 9)


@proves("two_line_name")
def two_line_name(c: Canvas) -> None:
    """No rule at all; the name of the first row has two lines, and its figures stand between them; a raised note mark behind a unit."""
    for x, string in ((120, "指標"), (220, "令和4年度"), (300, "令和8年度")):
        text(c, x, 100, string, 9)
    for y, string in ((118, "地区の集会所を使った人の数（市外"), (130, "からの人を含む）"), (148, "講座の回数"), (164, "貸出冊数")):
        text(c, 60, y, string, 9)
    for y, numbers in ((124, ("1,240人", "1,500人")), (148, ("18回", "30回")), (164, ("52,000冊", "60,000冊"))):
        for x, number in zip((262, 342), numbers, strict=True):
            text(c, x - 4.5 * len(number), y, number, 9)
    text(c, 267, 147, "1", 5.4)


@proves("list_marks")
def list_marks(c: Canvas) -> None:
    """Grades one above the other in one cell are a list, not a word in vertical writing."""
    cells = plain([["施策", "評価"], ["学びの場\n読書の場\n遊びの場", "B\nC\nA"]])
    sheet = Sheet(c, 60, 100, [120, 40], [20, 50])
    sheet.borders(cells)
    sheet.words(cells)


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
