"""Prints a book as HTML with Chromium: embedded fonts, justified cells, CSS borders."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2

from tests.generated.model import Beside, Block, Book, Cell, Frame, Look, Page, Table, Words, is_number

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip
STYLE = """
@page { size: A4; margin: 0; } @page wide { size: A4 landscape; margin: 0; } @page large { size: A3 landscape; margin: 0; }
* { box-sizing: border-box; } body { margin: 0; line-height: 1.35; }
.page { position: relative; width: 210mm; height: 296mm; overflow: visible; page-break-after: always; padding: 18mm; }
.wide { page: wide; width: 297mm; height: 209mm; }
.large { page: large; width: 420mm; height: 296mm; }
.head { position: absolute; top: 8mm; left: 18mm; font-size: 8pt; }
.foot { position: absolute; bottom: 7mm; left: 0; right: 0; text-align: center; font-size: 9pt; }
p { margin: 0; white-space: pre-wrap; } table { border-collapse: collapse; table-layout: fixed; margin-bottom: 8pt; }
td { padding: 2pt 3pt; white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; vertical-align: middle; }
.upright { writing-mode: vertical-rl; text-align: center; margin: auto; } .beside { display: flex; gap: 12pt; } .frame { position: absolute; padding: 4pt 6pt; }
"""
BORDERS = {
    "all": "T td{border:.6pt solid #000}", "open": "T td{border:.6pt solid #000} T td:first-child{border-left:0} T td.end{border-right:0}",
    "level": "T td{border-top:.6pt solid #000;border-bottom:.6pt solid #000}", "none": "",
    "heads": "T{border-top:1pt solid #000;border-bottom:1pt solid #000} T td.h{border-bottom:.6pt solid #000}",
    "dashed": "T{border:.8pt solid #000} T td{border:.6pt dashed #000}", "stripes": "T tr:nth-child(odd){background:#eee} T td.h{background:#d9e2f0}",
    "white": "T td{border:1.2pt solid #fff;background:#eee} T td.h{background:#d9e2f0}",
}  # fmt: skip


def chromium() -> str | None:
    """The browser's program, or None."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


def words_html(words: Words, look: Look) -> str:
    frame = "border:.8pt solid #000;padding:3pt;" if words.framed else ""
    style = f"font-size:{look.size * words.size:.2f}pt;text-align:{words.align};margin-bottom:{words.after:.2f}em;padding-left:{words.indent}em;{frame}"
    return f'<p style="{style}{"font-weight:bold" if words.bold else ""}">{html.escape(words.text)}</p>'


def cell_html(cell: Cell, look: Look, end: bool, stretch: float) -> str:
    number = is_number(cell)
    align = cell.align or ("center" if cell.head or cell.upright else look.numbers if number else "left")
    classes = " ".join(["h"] * cell.head + ["end"] * end)
    text = f'<div class="upright">{html.escape(cell.text)}</div>' if cell.upright else html.escape(cell.text)
    still = "white-space:nowrap;" if number else ""
    pad = f"padding-top:{9 * stretch - 7:.1f}pt;padding-bottom:{9 * stretch - 7:.1f}pt;" if stretch > 1 else ""
    text += f'<sup style="font-size:60%">{html.escape(cell.mark)}</sup>' if cell.mark else ""
    shade = "background:#e6ecf5;" if cell.head and look.shaded else ""
    return f'<td class="{classes}" rowspan="{cell.down}" colspan="{cell.across}" style="text-align:{align};{pad}{still}{shade}">{text}</td>'


def table_html(table: Table, look: Look) -> str:
    rules, rows = table.rules or look.rules, [""] * len(table.rows)
    for i, j, cell in table.placed():
        rows[i] += cell_html(cell, look, j + cell.across == len(table.widths), table.stretch)
    columns = "".join(f'<col style="width:{share / sum(table.widths) * 100:.2f}%">' for share in table.widths)
    style = f"width:{table.share * 100:.0f}%;font-size:{look.size * table.size:.2f}pt"
    return f'<table class="{rules}" style="{style}"><colgroup>{columns}</colgroup>{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


def block_html(block: Block, look: Look) -> str:
    match block:
        case Words():
            return words_html(block, look)
        case Table():
            return table_html(block, look)
        case Beside():
            parts = ["".join(block_html(one, look) for one in part) for part in block.parts]
            return (
                '<div class="beside">' + "".join(f'<div style="flex:{share}">{part}</div>' for part, share in zip(parts, block.shares, strict=True)) + "</div>"
            )
        case Frame():
            border = ("border:1pt solid #335;" if block.border else "") + ("background:#dfe8f5;" if block.shade else "")
            place = f"left:{block.x * 100:.2f}%;top:{block.y * 100:.2f}%;width:{block.width * 100:.2f}%;height:{block.height * 100:.2f}%;"
            return f'<div class="frame" style="{place}{border}">' + "".join(words_html(words, look) for words in block.words) + "</div>"


def page_html(page: Page, number: int, book: Book) -> str:
    head = "" if page.bare or page.slide else f'<div class="head">{html.escape(book.head)}</div>'
    foot = "" if page.bare else f'<div class="foot">{number}</div>'
    shape = " large" if page.large else " wide" if page.landscape or page.slide else ""
    return f'<div class="page{shape}">{head}{"".join(block_html(one, book.look) for one in page.blocks)}{foot}</div>'


def book_html(book: Book) -> str:
    family = "Noto Serif CJK JP" if "mincho" in book.look.font else "Noto Sans CJK JP"
    borders = "".join(css.replace("T", f"table.{name}") for name, css in BORDERS.items())
    pages = "".join(page_html(page, number, book) for number, page in enumerate(book.pages))
    style = f'<style>{STYLE}{borders} body{{font-family:"{family}"}}</style>'
    return f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{html.escape(book.title)}</title>{style}{pages}'


def print_book(book: Book, file: Path) -> None:
    """Prints the book with Chromium. Raises RuntimeError where there is no browser or a page of the book ran over two printed pages."""
    program = chromium()
    if program is None:
        raise RuntimeError("no Chromium to print with")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "book.html"
        source.write_text(book_html(book), encoding="utf-8")
        command = [program, *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={file}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for name in ("/CreationDate", "/ModDate"):  # the day of printing: without it the same book gives the same bytes
            if name in pdf.docinfo:
                del pdf.docinfo[name]
        pdf.save(file, deterministic_id=True)
    with pypdfium2.PdfDocument(file) as printed:
        if len(printed) != len(book.pages):
            raise RuntimeError(f"{book.family}: {len(book.pages)} pages were printed as {len(printed)}")
