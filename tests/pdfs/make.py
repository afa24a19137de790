"""Makes the small PDFs of this folder: `python -m tests.pdfs.make`. Needed only to change them; they are committed.

Each file proves one thing about reading a page (README.md says what). All names and numbers are invented.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs import fonts, pages, plans, prints, tables
from tests.pdfs.drawing import GOTHIC, MAKERS, MINCHO

HERE = Path(__file__).parent
# Importing them registers their makers.
MODULES = (fonts, pages, plans, prints, tables)


def main() -> None:
    """Writes every file into this folder."""
    for font in (MINCHO, GOTHIC):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    for name, make in MAKERS.items():
        c = Canvas(str(HERE / f"{name}.pdf"), pagesize=A4, invariant=True, pageCompression=1)
        c.setLineWidth(0.5)
        make(c)
        c.showPage()
        c.save()
        change(HERE / f"{name}.pdf")
    sys.stdout.write(f"{len(MAKERS)} files\n")


def change(path: Path) -> None:
    """What is done to a file after it was drawn, if anything."""
    if path.stem in fonts.CHANGES:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            fonts.CHANGES[path.stem](pdf)
            pdf.save(path, deterministic_id=True)


if __name__ == "__main__":
    main()
