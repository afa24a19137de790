"""What reading made of a PDF, for people: `python -m pipeline.read.outline FILE [PAGE]`."""

from __future__ import annotations

import sys
from pathlib import Path

from extractors.vocabulary import Grid, Page
from pipeline.read.pdf import read_pdf


def outline(page: Page) -> str:
    """The blocks of a page, one a line: `L` lines, `G` grids with each cell as row,column (+spans)."""
    head = f"=== page {page.number} {page.width:.0f}x{page.height:.0f}{' slide' if page.slide else ''} {page.unreadable or ''}"
    out = [head.rstrip()]
    for block in page.blocks:
        if isinstance(block, Grid):
            place = f"{block.box.x0:.0f},{block.box.top:.0f} {block.box.x1:.0f},{block.box.bottom:.0f}" if block.box else ""
            out.append(f"G {block.rows}x{block.columns} [{place}]{'' if block.spans_known else ' no rules'}")
            for cell in block.cells:
                span = f"+{cell.row_span}x{cell.column_span}" if cell.row_span * cell.column_span > 1 else ""
                out.append(f"    {cell.row},{cell.column}{span} {cell.text.string!r}")
        else:
            size = f"{block.text.size:.0f}"
            place = f"{block.box.x0:.0f},{block.box.top:.0f}" if block.box else ""
            out.append(f"L [{place} {size}pt] {block.text.string}")
    return "\n".join(out)


def main(arguments: list[str]) -> None:
    """Print the outline of a file, or of one page (1-based)."""
    only = int(arguments[1]) if len(arguments) > 1 else None
    for page in read_pdf(Path(arguments[0]).read_bytes()).pages:
        if only is None or page.number == only:
            sys.stdout.write(outline(page) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
