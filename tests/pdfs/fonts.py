"""The small PDFs that prove which fonts can be read: what is drawn with one font is given another font's coding."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from pikepdf import Name, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import CIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.drawing import HEIGHT, KPI, WIDE, Sheet, proves, text

Change = Callable[[pikepdf.Pdf], None]
CHANGES: dict[str, Change] = {}
LINES = ["講座の回数 令和6年度実績 22回", "来館者数 令和6年度実績 1,310人"]


def changes(name: str) -> Callable[[Change], Change]:
    """Registers what is done to a file after it was drawn."""

    def register(change: Change) -> Change:
        CHANGES[name] = change
        return change

    return register


def recoded(font: pikepdf.Object) -> None:
    """The codes of a font are glyph numbers of its own, as in a subset: only a ToUnicode map can tell them."""
    font.Encoding = Name("/Identity-H")
    for inner in font.DescendantFonts:
        inner.CIDSystemInfo.Ordering = String("Identity")


def _fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [font for font in pdf.pages[0].Resources.Font.values() if font.Subtype == Name.Type0]


def _table(c: Canvas) -> None:
    sheet = Sheet(c, 60, 100, WIDE, [20] * 4)
    sheet.borders(KPI)
    sheet.words(KPI)


proves("font_utf16")(_table)


@changes("font_utf16")
def font_utf16(pdf: pikepdf.Pdf) -> None:
    """UTF-16 codes of a font that is not embedded."""
    for font in _fonts(pdf):
        font.Encoding = Name("/UniJIS-UTF16-H")


@proves("font_sjis")
def font_sjis(c: Canvas) -> None:
    """Shift-JIS codes of a font that is not embedded, as old Windows drivers print."""
    font = CIDFont("HeiseiMin-W3", "90ms-RKSJ-H")
    pdfmetrics.registerFont(font)
    c.setFont(font.fontName, 10)
    for i, line in enumerate(LINES):
        c.drawString(60, HEIGHT - 110 - 20 * i, line.encode("cp932").decode("latin-1"))


@proves("font_untold")
def font_untold(c: Canvas) -> None:
    """A subset font that tells no characters: neither a ToUnicode map nor a known collection."""
    for i, line in enumerate(LINES):
        text(c, 60, 100 + 20 * i, line)


@changes("font_untold")
def _untold(pdf: pikepdf.Pdf) -> None:
    for font in _fonts(pdf):
        recoded(font)


WHOLE = [
    "来館者数 令和6年度実績 1,240人",
    "講座の回数 令和6年度実績 30回",
    "図書館では次の年度も夜間と休日の講座を続け、学校と協力して本を届ける。",
]


@proves("font_digit_untold")
def font_digit_untold(c: Canvas) -> None:
    """One digit of many characters that the font does not tell: 1,240 must not be read as 240."""
    for i, line in enumerate(WHOLE):
        text(c, 60, 100 + 20 * i, line)


@changes("font_digit_untold")
def _digit(pdf: pikepdf.Pdf) -> None:
    told = sorted(set("".join(WHOLE)) - {"1"})
    pairs = " ".join(f"<{ord(char):04X}> <{ord(char):04X}>" for char in told)
    cmap = f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {len(told)} beginbfchar {pairs} endbfchar endcmap"
    for font in _fonts(pdf):
        recoded(font)
        font.ToUnicode = pdf.make_stream(cmap.encode())
