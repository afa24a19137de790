"""The small PDFs that prove how the labels of a plan are found: headers of every build, pages, sheets, decoys."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.drawing import GOTHIC, HEIGHT, MINCHO, Cells, Sheet, box, plain, proves, text

ROWS = [["来館者数", "1,240", "1,310", "1,500"], ["講座の回数", "18", "22", "30"], ["貸出冊数", "52,000", "54,100", "60,000"]]
HEAD = ["指標", "令和4年度実績", "令和6年度実績", "令和8年度目標"]
MORE = [["相談の件数", "310", "325", "400"], ["参加者数", "95", "104", "150"]]
WIDTHS = [110, 90, 90, 90]


def _table(c: Canvas, top: float, rows: Sequence[Sequence[str]], sides: str = "lrtb", heights: Sequence[float] = ()) -> None:
    sheet = Sheet(c, 60, top, WIDTHS, heights or [20] * len(rows))
    sheet.borders(plain(rows), sides)
    sheet.words(plain(rows))


def _at(down: int, across: int, rows: Sequence[Sequence[str]]) -> Cells:
    """Rows of texts as cells that begin at a row and column."""
    return [(i + down, j + across, 1, 1, string) for i, j, _, _, string in plain(rows)]


@proves("header_tree")
def header_tree(c: Canvas) -> None:
    """A year over its target, result and rate; below, the years of three results under one word, units in the headers."""
    heads: Cells = [(0, 0, 2, 1, "指標"), (0, 1, 1, 3, "令和5年度"), (0, 4, 1, 3, "令和6年度")]
    cells = [*heads, *_at(1, 1, [["目標", "実績", "達成率"] * 2]), *_at(2, 0, [["来館者数（人）", "1,200", "1,240", "103.3%", "1,300", "1,310", "100.8%"]])]
    sheet = Sheet(c, 60, 100, [100, 60, 60, 60, 60, 60, 60], [18, 18, 20])
    sheet.borders(cells)
    sheet.words(cells)
    heads = [(0, 0, 2, 1, "事業"), (0, 1, 1, 3, "実績（回）"), (0, 4, 2, 1, "目標（回）\nR8")]
    cells = [*heads, *_at(1, 1, [["R3", "R4", "R5"]]), *_at(2, 0, [["巡回相談", "11", "12", "14", "20"]])]
    sheet = Sheet(c, 60, 200, [100, 60, 60, 60, 70], [18, 18, 20])
    sheet.borders(cells)
    sheet.words(cells)


@proves("header_below")
def header_below(c: Canvas) -> None:
    """The columns' labels stand under their figures."""
    _table(c, 100, [*ROWS, HEAD])


@proves("pages_repeated")
def pages_repeated(c: Canvas) -> None:
    """A table over two pages that prints its header on both."""
    _table(c, HEIGHT - 100, [HEAD, *ROWS[:2]])
    c.showPage()
    c.setLineWidth(0.5)
    _table(c, 60, [HEAD, *MORE])


@proves("pages_first")
def pages_first(c: Canvas) -> None:
    """A table over two pages whose header stands on the first alone."""
    _table(c, HEIGHT - 100, [HEAD, *ROWS[:2]])
    c.showPage()
    c.setLineWidth(0.5)
    _table(c, 60, MORE)


@proves("row_cut")
def row_cut(c: Canvas) -> None:
    """The page end cuts a row in two: no rule under the first half, none over the second one, which holds the rest of the name alone."""
    _table(c, HEIGHT - 100, [HEAD, ROWS[0], ["学校図書館の本の", "18", "22", "30"]], "lrt")
    c.showPage()
    c.setLineWidth(0.5)
    _table(c, 60, [["貸出冊数", "", "", ""], *MORE], "lrb")


@proves("transposed")
def transposed(c: Canvas) -> None:
    """Years down, indicators across."""
    rows = [["令和4年度実績", "1,240", "18"], ["令和5年度実績", "1,310", "22"], ["令和8年度目標", "1,500", "30"]]
    cells = plain([["年度", "来館者数（人）", "講座の回数（回）"], *rows])
    sheet = Sheet(c, 60, 100, [100, 100, 100], [20] * 4)
    sheet.borders(cells)
    sheet.words(cells)


@proves("matrix")
def matrix(c: Canvas) -> None:
    """Places down, years across, the indicator in the title."""
    text(c, 60, 75, "来館者数の実績", 10)
    text(c, 300, 75, "（単位：人）", 9)
    cells = plain([["地区", "令和4年度", "令和5年度"], ["東部地区", "640", "655"], ["西部地区", "600", "655"]])
    sheet = Sheet(c, 60, 100, [100, 90, 90], [20] * 3)
    sheet.borders(cells)
    sheet.words(cells)


@proves("role_rows")
def role_rows(c: Canvas) -> None:
    """Under each indicator a row of targets and a row of results."""
    cells: Cells = [
        *_at(0, 0, [["指標", "区分", "令和5年度", "令和6年度"]]), (1, 0, 2, 1, "講座の回数（回）"), (3, 0, 2, 1, "受講者数（人）"),
        *_at(1, 1, [["目標", "20", "22"], ["実績", "18", "24"], ["目標", "250", "300"], ["実績", "261", "281"]]),
    ]  # fmt: skip
    sheet = Sheet(c, 60, 100, [110, 60, 80, 80], [20] * 5)
    sheet.borders(cells)
    sheet.words(cells)


@proves("key_values")
def key_values(c: Canvas) -> None:
    """Keys left of their values, keys over their values, a key in vertical writing beside two indicators."""
    left = plain([["事業名", "読書の推進"], ["指標名", "貸出冊数（冊）"], ["基準値（R4）", "52,000"], ["目標値（R8）", "60,000"]])
    sheet = Sheet(c, 60, 100, [90, 200], [20] * 4)
    sheet.borders(left)
    sheet.words(left)
    over = plain([["指標名", "基準値（R4）", "実績値（R6）", "目標値（R8）"], ["来館者数", "1,240人", "1,310人", "1,500人"]])
    sheet = Sheet(c, 60, 220, [100, 80, 80, 80], [20] * 2)
    sheet.borders(over)
    sheet.words(over)
    beside: Cells = [(0, 0, 3, 1, ""), *_at(0, 1, [["指標名", "単位", "R6目標", "R6実績"], ["講座の回数", "回", "22", "24"], ["受講者数", "人", "300", "281"]])]
    sheet = Sheet(c, 60, 300, [18, 110, 40, 70, 70], [24] * 3)
    sheet.borders(beside)
    sheet.words(beside)
    for i, char in enumerate("成果指標"):
        text(c, 64, 310 + 12 * i, char, 10)


@proves("slide_arrows")
def slide_arrows(c: Canvas) -> None:
    """A wide page: under one name boxes with a label over each number, an arrow between them."""
    c.setPageSize((720, 405))

    def put(x: float, top: float, string: str, size: float) -> None:
        c.setFont(GOTHIC, size)
        c.drawString(x, 405 - top - size, string)

    put(40, 20, "取組の成果", 28)
    put(40, 90, "創業支援による新規の創業者数", 22)
    for x, label, number in ((60, "令和5年度目標", "25件"), (400, "令和5年度実績", "30件")):
        c.roundRect(x, 405 - 230, 220, 90, 12)
        put(x + 20, 150, label, 18)
        put(x + 60, 180, number, 28)
    put(320, 170, "→", 28)


@proves("two_up")
def two_up(c: Canvas) -> None:
    """Two upright pages side by side on one wide sheet, each with a heading, text and a table."""
    c.setPageSize((2 * 595.28, HEIGHT))
    for shift, heading, rows in ((0.0, "1 学びの場", ROWS), (595.28, "2 相談の場", MORE)):
        c.saveState()
        c.translate(shift, 0)
        text(c, 60, 70, heading, 14)
        for i, line in enumerate(("この章では、令和8年度までに目指すところを", "示す。数は年度末のものである。")):
            text(c, 60, 100 + 15 * i, line, 10)
        _table(c, 140, [HEAD, *rows])
        c.restoreState()


@proves("decoys")
def decoys(c: Canvas) -> None:
    """Numbers that are no figures of a plan: contents, members, dates, articles, telephone numbers, thresholds, formulas."""
    for i, line in enumerate((
        "目次", "第1章 計画の概要 ............ 3", "第2章 施策の展開 ............ 12", "1 趣旨",
        "この要綱は、市条例第12号第3条第2項に基づき、令和6年4月1日から施行する。", "委員は15人以内とし、任期は2年とする。",
        "問合せ：企画課 電話 0120-123-456（内線2345） 〒123-4567 中央1丁目2番3号",
        "達成率100%以上をA、80%以上100%未満をB、80%未満をCとする。", "達成率＝実績値÷目標値×100", "会議は午後1時30分から3時まで、3階の第2会議室で開く。",
    )):  # fmt: skip
        text(c, 60, 70 + 18 * i, line, 10)
    members = plain([["番号", "氏名", "所属"], ["1", "委員甲", "市民会議"], ["2", "委員乙", "商工会議所"], ["3", "委員丙", "第3地区自治会"]])
    sheet = Sheet(c, 60, 280, [40, 90, 120], [18] * 4)
    sheet.borders(members)
    sheet.words(members)
    days = plain([["回", "月日", "議題"], ["第1回", "7月10日", "現状と課題"], ["第2回", "10月3日", "素案"], ["第3回", "1月22日", "答申"]])
    sheet = Sheet(c, 60, 380, [50, 80, 120], [18] * 4)
    sheet.borders(days)
    sheet.words(days)
    text(c, 290, 800, "- 4 -", 9, MINCHO)


@proves("titled_sheets")
def titled_sheets(c: Canvas) -> None:
    """One frame of small tables, each under a title from edge to edge; taken as a whole, borders stand everywhere."""
    parts = [
        ("利用の状況（令和6年度実績）", [60, 80, 80, 80], [["施設", "図書館", "公民館", "体育館"], ["人数", "1,310人", "820人", "2,450人"]]),
        ("講座の状況（令和5年度実績）", [75, 75, 75, 75], [["分野", "回数", "人数", "満足度"], ["子育て", "22回", "281人", "91.5%"]]),
        ("相談の状況（令和4年度実績）", [50, 125, 125], [["窓口", "来所", "電話"], ["本庁", "310件", "95件"]]),
    ]
    top = 100.0
    for title, widths, rows in parts:
        box(c, 60, top, 360, top + 20)
        text(c, 64, top + 5, title, 9)
        sheet = Sheet(c, 60, top + 20, widths, [20] * len(rows))
        sheet.borders(plain(rows))
        sheet.words(plain(rows))
        top = sheet.ys[-1]


@proves("framed_charts")
def framed_charts(c: Canvas) -> None:
    """Two bar charts in frames that overlap, with names and numbers beside the bars and a legend where the frames meet: no table."""
    for k, (x0, top, x1, bottom) in enumerate(((50, 100, 500, 364), (55, 346, 520, 610))):
        box(c, x0, top, x1, bottom)
        text(c, 180, top + (8 if k == 0 else 26), f"令和{7 - k}年度 施策に対する満足度", 10)
        for i in range(9):
            y = top + 46 + 22 * i
            name = "本館分館東館西館"[2 * (i % 4) : 2 * (i % 4) + 2]
            for x, string in ((60, f"{name}の利用"), (190, f"({80 - i}.5%)")):
                text(c, x, y, string, 9)
            for j, width in enumerate((90 - 3 * i, 60 + i, 40 + 2 * i)):
                x = 250 + sum((90 - 3 * i, 60 + i, 40 + 2 * i)[:j])
                box(c, x, y - 2, x + width, y + 12)
                text(c, x + width / 2 - 10, y, f"{width / 2:.1f}%", 8)
    for x, string in ((250, "満足"), (330, "普通"), (410, "不満")):
        text(c, x, 350, string, 9)


@proves("bar_charts")
def bar_charts(c: Canvas) -> None:
    """A table, a level chart of stacked bars with its scale, and an upright chart: the numbers in and beside bars are no facts."""
    _table(c, 80, [HEAD, *ROWS])
    text(c, 60, 190, "令和6年度 満足度の高い順", 10)
    for i in range(8):
        y = 215 + 20 * i
        text(c, 60, y, f"{'本館分館東館西館'[2 * (i % 4) : 2 * (i % 4) + 2]}の利用", 9)
        ends = [200, 206 + 5 * i, 330 + 7 * i, 455 - 4 * i, 470]
        for j, (x0, x1) in enumerate(itertools.pairwise(ends)):
            box(c, x0, y - 3, x1, y + 11)
            # The first bars are shorter than their numbers, the last ones have theirs beside them.
            text(c, x0 - 4 if j == 0 else x1 + 4 if j == 3 else (x0 + x1) / 2 - 10, y, f"{(x1 - x0) / 2.7:.1f}%", 8)
    for i in range(6):
        text(c, 196 + 54 * i, 380, f"{20 * i}%", 8)
    for i in range(6):
        x, height = 90 + 60 * i, 40 + 17 * i
        box(c, x, 560 - height, x + 30, 560)
        text(c, x + 4, 550 - height, f"{height * 3}", 8)
        text(c, x + 2, 565, f"{i + 1}組", 8)
