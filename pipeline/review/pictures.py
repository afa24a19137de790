"""The pages of a PDF as small pictures: legible print, and three hundred of them in a few megabytes."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

from pipeline.read.ink import pictures_of

# Pixels to the point: print of 8 points is legible on a page as wide as half a screen, and on a fine screen of a telephone.
SCALE = 1.75
# A poster or plan is drawn smaller: 3 million pixels are an A3 page at SCALE.
MOST_PIXELS = 3_100_000
# Print and table shades need no more; photographs go another way.
COLOURS = 16
# Bytes a pixel: above this a page holds photographs, and the lossy way is tried too.
DENSE = 0.04
LOSSY_QUALITY = 45


def name_of(number: int) -> str:
    """The file of a page's (1-based) picture."""
    return f"{number:04}.webp"


def draw_pages(data: bytes, folder: Path, count: int) -> set[int]:
    """Writes the pictures of pages 1 to `count` into `folder`, which is made; the numbers of the pages that could be drawn."""
    folder.mkdir(parents=True)
    drawn = set()
    for number, picture in enumerate(pictures_of(data, range(1, count + 1), scale_of), start=1):
        if picture is not None:
            (folder / name_of(number)).write_bytes(webp(picture))
            drawn.add(number)
    return drawn


def scale_of(width: float, height: float) -> float:
    """Pixels to the point for a page of so many points."""
    return min(SCALE, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))


def webp(picture: Any) -> bytes:
    """The smaller of a lossless picture of few colours and, for photographs, a lossy one."""
    from PIL import Image

    few = _saved(picture.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB"), lossless=True, quality=50)
    if len(few) < DENSE * picture.width * picture.height:
        return few
    return min(few, _saved(picture, quality=LOSSY_QUALITY), key=len)


def _saved(picture: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", method=4, **options)
    return buffer.getvalue()
