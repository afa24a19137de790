"""A workbook of KPI sheets, as a spreadsheet prints it: minutes, a rating list with merged cells, one key-value sheet for each measure.

Made as xlsx with openpyxl and turned into PDF by LibreOffice. Each sheet is fitted to one page, so sheet n is page n.
"""

from __future__ import annotations

import math
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from samples.content import read
from samples.ledger import Ledger
from samples.producers import libreoffice

FONT = "IPAexGothic"
THIN = Side(style="thin", color="444444")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LABEL = PatternFill("solid", fgColor="E3ECF5")
WIDTHS = (17, 16, 16, 16, 16, 16)
YEARS = (2024, 2025, 2026, 2027, 2028)
YEAR_LABELS = tuple(f"{year} (R{year - 2018})" for year in YEARS)


def build(ledger: Ledger, target: Path) -> None:
    """Writes the PDF. Raises LedgerError, ProducerError."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.title = "yojitsu samples", "成果指標（KPI）の令和6年度実績"
    words = read("kpi_workbook")
    for page in words["page"]:
        _Sheet(book, ledger).prose(page["lines"])
    _rating_list(_Sheet(book, ledger, widths=(5, 22, 36, 60, 5, 5, 5, 5, 5)), words["list"])
    for sheet in read("kpi_sheets")["sheet"] + read("kpi_sheets2")["sheet"]:
        _measure(_Sheet(book, ledger), ledger, sheet)
    for page in words["closing"]:
        _Sheet(book, ledger).prose(page["lines"])
    with tempfile.TemporaryDirectory() as room:
        book.save(Path(room) / "kpi.xlsx")
        libreoffice(Path(room) / "kpi.xlsx", target)


class _Sheet:
    """One sheet that prints as one page: cells are written row by row, so that figures are claimed in reading order."""

    def __init__(self, book: Any, ledger: Ledger, widths: tuple[int, ...] = WIDTHS) -> None:
        self.number = len(book.worksheets) + 1
        self.sheet = book.create_sheet(f"{self.number:02}")
        self.ledger, self.widths, self.row = ledger, widths, 0
        self.heights: dict[int, float] = {}
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[self.sheet.cell(1, column).column_letter].width = width
        setup = self.sheet.page_setup
        setup.paperSize, setup.fitToHeight, setup.fitToWidth = 9, 1, 1
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.oddFooter.center.text = "- &P -"
        self.sheet.print_options.horizontalCentered = True

    def put(self, column: int, text: str, *, across: int = 1, down: int = 1, label: bool = False, size: float = 10.5, align: str = "left") -> None:
        """One bordered cell at `column` (from 1) of the present row, merged over `across` columns and `down` rows."""
        self.ledger.page = self.number
        shown = "\n".join(self.ledger.fill(line) for line in text.split("\n"))
        cell = self.sheet.cell(self.row, column, shown)
        cell.font = Font(name=FONT, size=size)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=align)
        cell.number_format = "@"
        for row in range(self.row, self.row + down):
            for at in range(column, column + across):
                self.sheet.cell(row, at).border = BOX
                if label:
                    self.sheet.cell(row, at).fill = LABEL
        if across > 1 or down > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row + down - 1, start_column=column, end_column=column + across - 1)
        if down == 1:
            self._grow(lines_of(shown, sum(self.widths[column - 1 : column - 1 + across])) * size * 1.4 + 10)

    def line(self, text: str, size: float, bold: bool = False) -> None:
        """One line of prose over the whole width, without borders."""
        self.row += 1
        self.ledger.page = self.number
        cell = self.sheet.cell(self.row, 1, self.ledger.fill(text))
        cell.font = Font(name=FONT, size=size, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=len(self.widths))
        self._grow(lines_of(text, sum(self.widths) * 10 / size) * size * 1.4 + (10 if bold else 4))

    def next(self) -> None:
        self.row += 1

    def _grow(self, height: float) -> None:
        self.heights[self.row] = max(height, self.heights.get(self.row, 20))
        self.sheet.row_dimensions[self.row].height = self.heights[self.row]

    def prose(self, lines: list[str]) -> None:
        """Lines as in content/: `# ` title, `## ` heading, `| a | b |` a row of a bordered table, anything else a paragraph."""
        before = False
        for text in lines:
            table = text.startswith("| ")
            if before and not table:
                self.row += 1
                self._grow(8)
            if table:
                self.next()
                self._table_row([cell.strip() for cell in text.strip()[1:-1].split("|")], head=not before)
            elif text.startswith("# "):
                self.line(text[2:], 14, bold=True)
            elif text.startswith("## "):
                self.line(text[3:], 11.5, bold=True)
            else:
                self.line(text, 10.5)
            before = table

    def _table_row(self, cells: list[str], head: bool) -> None:
        spans = {2: (2, 4), 3: (1, 3, 2), 5: (1, 1, 1, 2, 1)}[len(cells) if len(cells) in (2, 3, 5) else 5]
        column = 1
        for text, across in zip(cells + [""] * (len(spans) - len(cells)), spans, strict=True):
            self.put(column, text, across=across, label=head, align="center" if head else "left")
            column += across


def lines_of(text: str, width: float) -> int:
    """How many lines the text takes in a column of `width` half-width characters; a guess on the safe side."""
    return sum(max(1, math.ceil(sum(1 if unicodedata.east_asian_width(c) in "NaH" else 2 for c in line) / max(1, width - 2))) for line in text.split("\n"))


def _rating_list(page: _Sheet, words: dict[str, Any]) -> None:
    page.line(words["title"], 13, bold=True)
    page.next()
    for column, head in enumerate(("No", "政策分野", "施策名", "重要業績評価指標（KPI）", "R6", "R7", "R8", "R9", "R10"), start=1):
        page.put(column, head, label=True, align="center", size=9)
    rows = words["rows"]
    for at, row in enumerate(rows):
        page.next()
        for column, text in enumerate(row, start=1):
            if text or column > 3:
                page.put(column, text, down=_reach(rows, at, column - 1), size=9, align="center" if column in (1, 5) else "left")
        for column in range(6, 10):
            page.put(column, "", size=9)


def _reach(rows: list[list[str]], at: int, column: int) -> int:
    """How many rows the cell covers: No, 政策分野 and 施策名 are printed once over the rows they hold for."""
    if column > 2:
        return 1
    end = at + 1
    while end < len(rows) and not rows[end][column] and (column == 1 or not rows[end][2]):
        end += 1
    return end - at


def _measure(page: _Sheet, ledger: Ledger, words: dict[str, Any]) -> None:
    """The key-value sheet of one measure (施策) with one or two indicators."""
    rows: list[tuple[tuple[str, int, bool], ...]] = [
        (("施策名", 1, True), (words["name"], 5, False)),
        (("連携する視点", 1, True), (words.get("view", "生活機能の強化"), 2, False), ("政策分野", 1, True), (words["field"], 2, False)),
        (("施策の展開", 1, True), (words["policy"], 2, False), ("SDGsとの関連性", 1, True), (words["sdgs"], 2, False)),
        (("取組内容", 1, True), (words["text"], 5, False)),
        (("成果指標\n(KPI)", 1, True), ("\n".join(words["kpi"]), 5, False)),
    ]
    _rows(page, rows)
    _levels(page, ledger, words)
    _rows(page, [(("事業名称", 1, True), (words["works"], 5, False)), (("事業効果", 1, True), (words["effect"], 5, False))])
    _rows(page, [(("実施年度", 1, True), *((year, 1, True) for year in YEAR_LABELS))])
    _rows(page, [(("事業費 (千円)", 1, True), *((ledger.take("cost", year), 1, False) for year in YEARS))], align="right")
    _rows(page, [(("役割分担", 1, True), (words["roles"], 5, False))])
    _results(page, ledger, words)
    _rows(page, [(("2024年度評価", 1, True), (words["review"], 5, False)), (("次年度以降の取組", 1, True), (words["next"], 5, False))])


def _rows(page: _Sheet, rows: list[tuple[tuple[str, int, bool], ...]], align: str = "left") -> None:
    for row in rows:
        page.next()
        column = 1
        for text, across, label in row:
            page.put(column, text, across=across, label=label, align="center" if label else align)
            column += across


def _levels(page: _Sheet, ledger: Ledger, words: dict[str, Any]) -> None:
    """現状値 and 目標値. Two indicators stand on two lines of one cell, or in two rows where the first has no 現状値 for the second."""
    second = len(words["kpi"]) == 2
    split = second and ledger.fact(ledger.printed + 1)["kind"] == "target"
    now = [ledger.take("actual", 2022)] + ([ledger.take("actual", 2022)] if second and not split else [])
    goal = [ledger.take("target", 2028) for _ in words["kpi"]]
    down = 2 if split else 1
    page.next()
    page.put(1, "現状値\n(2022 (R4) 年度)", label=True, down=down, align="center")
    page.put(2, now[0] if split else "\n".join(now), align="center")
    page.put(3, "目標値\n(2028 (R10) 年度)", label=True, down=down, align="center")
    page.put(4, goal[0] if split else "\n".join(goal), align="center")
    page.put(5, "関係市町", label=True, down=down, align="center")
    page.put(6, "一関市\n平泉町", down=down, align="center")
    page._grow(32)
    if split:
        page.next()
        page.put(2, "－", align="center")
        page.put(4, goal[1], align="center")
        page._grow(20)


def _results(page: _Sheet, ledger: Ledger, words: dict[str, Any]) -> None:
    """実績値 by year: only the first of five years is filled in."""
    figures = [ledger.take("actual", 2024) for _ in words["kpi"]]
    apart = len({ledger.fact(ledger.printed + at)["unit"] for at in range(len(figures))}) > 1
    rows = figures if apart else ["\n".join(figures)]
    page.next()
    page.put(1, "実績値", label=True, down=1 + len(rows), align="center")
    for column, year in enumerate(YEAR_LABELS, start=2):
        page.put(column, year, label=True, align="center")
    for text in rows:
        page.next()
        page.put(2, text, align="center")
        for column in range(3, 7):
            page.put(column, "")
