"""A number on the picture of its page, or in the lines of its text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from pipeline.read.ink import picture_of
from pipeline.read.text import decode

# Pixels to the point.
SCALE = 2.0
# Points of the page above and below the number that are shown: a header of two lines over the first rows of a table stands within the upper one.
ABOVE, BELOW = 90.0, 45.0
# Points by which the frame stands off the number, and its width in pixels.
STAND_OFF, FRAME = 3.0, 4
# Readable in colour and, by its width, in grey.
RED = (214, 39, 40)
TINT = (255, 221, 150)
# A text's cut-out: lines before and after, height of letters and margin in pixels, and characters of a line at most before and after the number.
AROUND, LETTERS, MARGIN, REACH = 2, 22, 14, 40


def cutout_of_page(data: bytes, page: int, box: tuple[float, float, float, float], whole: bool = False) -> Image.Image | None:
    """The full width of a page (1-based) around `box` (x0, top, x1, bottom in points), which is framed; None where the page cannot be drawn."""
    picture: Image.Image | None = picture_of(data, page, SCALE)
    if picture is None:
        return None
    # A page so large that it is drawn smaller tells its scale by the page's width alone.
    scale = _scale(data, page, picture)
    x0, top, x1, bottom = (v * scale for v in (box[0] - STAND_OFF, box[1] - STAND_OFF, box[2] + STAND_OFF, box[3] + STAND_OFF))
    ImageDraw.Draw(picture).rectangle((x0 - FRAME, top - FRAME, x1 + FRAME, bottom + FRAME), outline=RED, width=FRAME)
    if whole:
        return picture
    return picture.crop((0, max(int(top - ABOVE * scale), 0), picture.width, min(int(bottom + BELOW * scale), picture.height)))


def _scale(data: bytes, page: int, picture: Image.Image) -> float:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        width: float = pdf[page - 1].get_size()[0]
    return picture.width / width


def cutout_of_lines(data: bytes, line: int, raw: str) -> Image.Image:
    """A line (1-based) of a text file between its neighbours, every place in it where `raw` stands marked: the tables do not say which of several it is."""
    lines = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ").split("\n")
    shown = range(max(line - AROUND, 1), min(line + AROUND, len(lines)) + 1)
    # Of a paragraph on one line, what is near the number.
    start = max(lines[line - 1].find(raw) - REACH, 0)
    texts = {number: lines[number - 1].expandtabs()[start if number == line else 0 :][: 2 * REACH + len(raw)] for number in shown}
    font = font_of(LETTERS)
    left = font.getlength("00000 ")
    width = int(max(left + font.getlength(text) for text in texts.values())) + 2 * MARGIN
    height = 2 * LETTERS
    picture = Image.new("RGB", (width, height * len(texts) + 2 * MARGIN), "white")
    pen = ImageDraw.Draw(picture)
    for at, (number, text) in enumerate(texts.items()):
        top = MARGIN + at * height
        if number == line:
            _mark(pen, text, raw, (MARGIN + left, top), font)
        pen.text((MARGIN, top), f"{number:>5}", (130, 130, 130), font)
        pen.text((MARGIN + left, top), text, (0, 0, 0), font)
    return picture


def _mark(pen: ImageDraw.ImageDraw, text: str, raw: str, at: tuple[float, float], font: Any) -> None:
    found = text.find(raw)
    while found >= 0:
        x0 = at[0] + font.getlength(text[:found])
        pen.rectangle((x0 - 2, at[1] - 4, x0 + font.getlength(raw) + 2, at[1] + LETTERS + 6), fill=TINT, outline=RED, width=2)
        found = text.find(raw, found + len(raw))


@cache
def font_of(size: int) -> Any:
    """The Japanese font that comes with matplotlib-fontja."""
    import matplotlib_fontja

    return ImageFont.truetype(str(next(Path(matplotlib_fontja.__file__).parent.rglob("*.ttf"))), size)
