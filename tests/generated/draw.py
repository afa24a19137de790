"""Prints a book with reportlab: non-embedded CID fonts or embedded TrueType subsets, rules as strokes or as filled bars."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pikepdf
from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.generated.model import Beside, Block, Book, Cell, Frame, Page, Rules, Table, Words, is_number
from tests.generated.setting import LEADING, broken, cell_lines, column_places, row_heights

HEAD, STRIPE = Color(0.85, 0.89, 0.95), Color(0.94, 0.94, 0.94)
FONT_FOLDER = Path("/usr/share/fonts")
FONTS = {"mincho": "HeiseiMin-W3", "gothic": "HeiseiKakuGo-W5", "ipa-mincho": "ipaexm.ttf", "ipa-gothic": "ipaexg.ttf"}
FALLBACK = {"ipa-mincho": "mincho", "ipa-gothic": "gothic"}
PADDING = 2.6


class TooMuch(Exception):
    """A page's blocks do not fit on the page at this size."""


def font_name(key: str) -> str:
    """Registers a font and returns reportlab's name for it; a CID font where the TrueType file is not installed."""
    name = FONTS[key]
    if name in pdfmetrics.getRegisteredFontNames():
        return name
    if not name.endswith(".ttf"):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        return name
    file = next(FONT_FOLDER.rglob(name), None)
    if file is None:
        return font_name(FALLBACK[key])
    pdfmetrics.registerFont(TTFont(name, str(file)))
    return name


def printable(string: str, font: str) -> str:
    """The string with plain characters where the font has no form for one (CO₂ as CO2): it would print nothing and say U+0000."""
    glyphs = getattr(getattr(pdfmetrics.getFont(font), "face", None), "charToGlyph", None)
    return string if glyphs is None else "".join(c if ord(c) in glyphs else unicodedata.normalize("NFKC", c) for c in string)


class Press:
    """Prints the pages of one book onto a canvas; y runs down from the top."""

    def __init__(self, book: Book, file: Path) -> None:
        self.book, self.look = book, book.look
        self.font = font_name(book.look.font)
        self.canvas = Canvas(str(file), pagesize=A4, invariant=1)
        self.canvas.setTitle(book.title)
        self.width: float = A4[0]
        self.height: float = A4[1]
        self.scale: float = 1.0

    def measure(self, size: float) -> float:
        return self.look.size * size * self.scale

    def text(self, x: float, y: float, string: str, size: float, bold: bool = False) -> None:
        """One line whose top is y; bold is a second printing, moved by a fraction of a point, as old word processors do it."""
        self.canvas.setFont(self.font, size)
        string = printable(string, self.font)
        for shift in (0.0, 0.35) if bold and self.look.double_bold else (0.0,):
            for at, part in self.runs(string, size):
                self.canvas.drawString(x + shift + at, self.height - y - 0.88 * size, part)

    def runs(self, string: str, size: float) -> list[tuple[float, str]]:
        """(offset, text) of what is printed in one go: the whole line, or one character after the other."""
        if not self.look.singly:
            return [(0.0, string)]
        return [(pdfmetrics.stringWidth(string[:i], self.font, size), char) for i, char in enumerate(string)]

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A level or upright rule, stroked or (as spreadsheets print it) filled."""
        if self.look.filled_rules:
            thick = self.look.thick
            self.canvas.rect(min(x0, x1) - thick / 2, self.height - max(y0, y1) - thick / 2, abs(x1 - x0) + thick, abs(y1 - y0) + thick, stroke=0, fill=1)
        else:
            self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def shade(self, x0: float, y0: float, x1: float, y1: float, color: Color) -> None:
        self.canvas.setFillColor(color)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillColor(black)

    def words(self, words: Words, x: float, y: float, room: float) -> float:
        """Prints a paragraph and returns the y below it."""
        size = self.measure(words.size)
        left = x + words.indent * self.look.size * self.scale
        lines = broken(words.text, x + room - left, lambda s: pdfmetrics.stringWidth(s, self.font, size))
        top = y
        for line in lines:
            gap = x + room - left - pdfmetrics.stringWidth(line, self.font, size)
            self.text(left + gap * {"left": 0.0, "center": 0.5, "right": 1.0}[words.align], y, line, size, words.bold)
            y += size * LEADING
        if words.framed:
            self.canvas.rect(x - 3, self.height - y - 1, room + 6, y - top + 4, stroke=1, fill=0)
        return y + size * words.after

    def cell(self, cell: Cell, x0: float, y0: float, x1: float, y1: float, size: float) -> None:
        """Prints a cell's text in the middle of its height."""
        lines = cell_lines(cell, x1 - x0 - 2 * PADDING, lambda s: pdfmetrics.stringWidth(s, self.font, size))
        leading = size * (1.1 if cell.upright else LEADING)
        y = (y0 + y1 - len(lines) * leading) / 2 + (leading - size) / 2
        align = cell.align or ("center" if cell.head or cell.upright else self.look.numbers if is_number(cell) else "left")
        room = x1 - x0 - 2 * PADDING - pdfmetrics.stringWidth(cell.mark, self.font, size * 0.6)
        for line in lines:
            gap = room - pdfmetrics.stringWidth(line, self.font, size)
            if is_number(cell) and gap < -2 * PADDING:  # nobody prints a table whose numbers run far over their cells
                raise TooMuch
            x = x0 + PADDING + gap * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            self.text(x, y, line, size, cell.head)
            y += leading
        if cell.mark:
            self.text(x + pdfmetrics.stringWidth(lines[-1], self.font, size), y - leading - size * 0.1, cell.mark, size * 0.6)

    def borders(self, rules: Rules, cell: Cell, box: tuple[float, float, float, float], outer: tuple[bool, bool, bool, bool], headed: bool) -> None:
        """The rules of one cell; `outer` tells which of left, top, right, bottom is the table's own side, `headed` that a header ends above it."""
        x0, y0, x1, y1 = box
        left, top, right, bottom = outer
        sides = {
            "level": rules in ("all", "open", "level", "dashed", "white") or (rules == "heads" and (top or headed)),
            "last": bottom and rules not in ("none", "stripes"),
        }
        upright = rules in ("all", "open", "dashed", "white")
        for wanted, inner, line in (
            (sides["level"], not top, (x0, y0, x1, y0)),
            (sides["last"], False, (x0, y1, x1, y1)),
            (upright and not (left and rules == "open"), not left, (x0, y0, x0, y1)),
            (upright and right and rules != "open", False, (x1, y0, x1, y1)),
        ):
            if wanted:
                self.canvas.setDash(*((1.5, 1.5) if rules == "dashed" and inner else ()))
                self.rule(*line)
        self.canvas.setDash()

    def table(self, table: Table, x: float, y: float, room: float) -> float:
        """Prints a table and returns the y below it."""
        size = self.measure(table.size)
        places = [x + at for at in column_places(table, room)]
        tops = [y]
        for height in row_heights(table, places, size, PADDING, lambda s: pdfmetrics.stringWidth(s, self.font, size)):
            tops.append(tops[-1] + height)
        rules = table.rules or self.look.rules
        self.canvas.setLineWidth(self.look.thick)
        for shading in (True, False):
            self.canvas.setStrokeColor(white if rules == "white" else black)
            for i, j, cell in table.placed():
                box = (places[j], tops[i], places[j + cell.across], tops[i + cell.down])
                if shading:
                    self.background(rules, cell, i, box)
                else:
                    self.borders(rules, cell, box, (j == 0, i == 0, j + cell.across == len(table.widths), i + cell.down == len(table.rows)), i == table.heads)
                    self.cell(cell, *box, size)
        self.canvas.setStrokeColor(black)
        return tops[-1] + self.look.size * 0.9 * self.scale

    def background(self, rules: Rules, cell: Cell, row: int, box: tuple[float, float, float, float]) -> None:
        if cell.head and (self.look.shaded or rules in ("white", "stripes")):
            self.shade(*box, HEAD)
        elif rules == "white" or (rules == "stripes" and row % 2):
            self.shade(*box, STRIPE)

    def frame(self, frame: Frame) -> None:
        """Prints a text box of a slide."""
        x0, y0 = frame.x * self.width, frame.y * self.height
        x1, y1 = x0 + frame.width * self.width, y0 + frame.height * self.height
        if frame.shade:
            self.shade(x0, y0, x1, y1, HEAD)
        if frame.border:
            self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=1, fill=0)
        y = y0 + 5
        for words in frame.words:
            y = self.words(words, x0 + 6, y, x1 - x0 - 12)
        if y > y1 + self.look.size * 0.5:
            raise TooMuch

    def block(self, block: Block, x: float, y: float, room: float) -> float:
        match block:
            case Words():
                return self.words(block, x, y, room)
            case Table():
                return self.table(block, x, y, room)
            case Beside():
                below, gap = [], 12.0
                whole, at = sum(block.shares), x
                for part, share in zip(block.parts, block.shares, strict=True):
                    wide, inner = (room + gap) * share / whole - gap, y
                    for one in part:
                        inner = self.block(one, at, inner, wide)
                    below.append(inner)
                    at += wide + gap
                return max(below)
            case Frame():
                self.frame(block)
                return y

    def page(self, page: Page, number: int) -> None:
        """Prints one page with its running head and number; a turned page is drawn turned and told so in /Rotate."""
        self.width, self.height = landscape(A3) if page.large else landscape(A4) if page.landscape or page.slide else A4
        turned = page.rotate in (90, 270)
        self.canvas.setPageSize((self.width, self.height))  # as it is seen: reportlab turns the page's box itself
        self.canvas.setPageRotation(page.rotate)
        if page.rotate == 90:
            self.canvas.transform(0, 1, -1, 0, self.height, 0)
        elif page.rotate == 270:
            self.canvas.transform(0, -1, 1, 0, 0, self.width)
        if self.look.crop and not turned:
            self.canvas.setCropBox((8, 8, self.width - 8, self.height - 8))
        margin = self.look.margin
        if not page.bare and not page.slide:
            self.text(margin, margin * 0.5, self.book.head, 8)
        y = margin
        for block in page.blocks:
            y = self.block(block, margin, y, self.width - 2 * margin)
        if y > self.height - margin * 0.75:
            raise TooMuch
        if not page.bare:
            mark = f"{number}" if page.slide else f"- {number} -"
            self.text(self.width - 40 if page.slide else self.width / 2 - 12, self.height - margin * 0.6, mark, 9)
        self.canvas.showPage()


def shift_boxes(file: Path, right: int = 31, up: int = -47) -> None:
    """Moves the content and the boxes of every page, so that the page does not begin at 0, 0, as cut-outs of larger sheets do."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for name in ("/MediaBox", "/CropBox"):
                if name in page:
                    x0, y0, x1, y1 = (float(one) for one in page[name])
                    page[name] = pikepdf.Array([x0 + right, y0 + up, x1 + right, y1 + up])
            page.contents_add(f"q 1 0 0 1 {right} {up} cm".encode(), prepend=True)
            page.contents_add(b"Q")
        pdf.save(file, deterministic_id=True)


def draw(book: Book, file: Path) -> None:
    """Prints the book; what does not fit is tried again in smaller letters. Raises TooMuch where even small letters do not fit."""
    for scale in (1.0, 0.93, 0.86, 0.79, 0.72, 0.65):
        press = Press(book, file)
        press.scale = scale
        try:
            for number, page in enumerate(book.pages):
                press.page(page, number)
        except TooMuch:
            continue
        press.canvas.save()
        if book.look.shifted:
            shift_boxes(file)
        return
    raise TooMuch(f"{book.family}: {book.title}")
