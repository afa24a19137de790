"""Make docs/review.png, the picture of the review page that the READMEs show: `make picture`. Needs Chromium.

It shows the first result that a sample prints a 達成率 beside, chosen on the page of its document.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
from PIL import Image

from pipeline.cli import main
from tests.generated.browser import FLAGS, chromium

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "review.png"
# Pixels; with so many colours nothing is lost that the eye misses, and the file is half.
WIDTH, HEIGHT, COLOURS = 1280, 760, 160


def chosen(out: Path) -> str:
    """The part of the review page's address that names a document and a number of it."""
    actuals = pd.read_parquet(out / "actuals")
    rated = actuals[actuals["achievement_rate"].notna() & actuals["page"].notna()].sort_values(["page", "source_name", "top", "x0"])
    return f"{rated['document_id'].iloc[0]}/{rated['fact_id'].iloc[0]}"


def taken(review: Path, part: str) -> bytes:
    """The picture of the page as Chromium draws it, as PNG. Raises LookupError where there is no Chromium."""
    program = chromium()
    if program is None:
        raise LookupError("no chromium is installed (Debian: apt-get install chromium)")
    drawn = review / "drawn.png"
    size = [f"--window-size={WIDTH},{HEIGHT}", "--hide-scrollbars", "--virtual-time-budget=10000", f"--screenshot={drawn}"]
    subprocess.run([program, *FLAGS, *size, f"{(review / 'index.html').resolve().as_uri()}#{part}"], check=True, capture_output=True)
    picture, small = Image.open(drawn).convert("RGB"), io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    out, review = folder / "data" / "parquet", folder / "review"
    main(["ingest", str(ROOT / "data" / "raw"), "--out", str(out), "--quiet"])
    main(["review", str(out), "--raw", str(ROOT / "data" / "raw"), "--review", str(review)])
    PICTURE.write_bytes(taken(review, chosen(out)))
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} KiB")
