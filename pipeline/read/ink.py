"""Characters that nobody sees: set without ink, or white on white paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import pypdfium2

from extractors.vocabulary import Box
from pipeline.read.objects import Char
from pipeline.read.strokes import is_white

# Points to pixels of the picture in which doubtful letters are looked up.
SCALE: Final = 2.0
# Elements of that picture at most: a sheet of 1.7 x 2.4 thousand points (A1) at SCALE. Larger ones are drawn smaller, or they would take gigabytes.
MOST_ELEMENTS: Final = 16_000_000
# A picture element is coloured where one of its parts is darker than this.
PAPER: Final = 245


class Inks:
    """Looks doubtful characters of one PDF up in the picture of their page; pages are drawn only where there is a doubt."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def seen(
        self, chars: list[Char], number: int, origin: tuple[float, float], visible: Box, behind: Sequence[Box], scan: bool
    ) -> list[Char]:
        """The characters without those that cannot be seen.

        Characters set without ink stay on a page that is a `scan`: they are what OCR found. White ones stay where something coloured
        lies `behind` (boxes in points of the `visible` page, which begins at `origin`), or where the picture of the page is not white.
        """
        inked = chars if scan else [c for c in chars if not c.hidden]
        white = {color for color in {c.color for c in inked} if is_white(color)}
        if not white:
            return inked
        doubtful = [c for c in inked if c.color in white and c.text.strip() and not _covered(c, origin, behind)]
        if not doubtful:
            return inked
        picture = picture_of(self.data, number, SCALE)
        unseen = {id(c) for c in doubtful if picture is not None and not _coloured(c, origin, picture, picture.width / visible.width)}
        return [c for c in inked if id(c) not in unseen]


def picture_of(data: bytes, number: int, scale: float) -> Any:
    """A page (1-based) of a PDF as a reader sees it, turned and cropped, `scale` pixels to the point: an RGB picture of Pillow.

    None where the other library cannot open the file or page: it repairs less than the reader does.
    """
    return next(pictures_of(data, [number], lambda width, height: scale))


def pictures_of(data: bytes, numbers: Iterable[int], scale_of: Callable[[float, float], float]) -> Iterator[Any]:
    """As `picture_of`, for several pages of one file, which is opened once; `scale_of` gives a page's scale by its width and height in points."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield from (None for _ in numbers)
        return
    try:
        for number in numbers:
            yield _drawn(pdf, number, scale_of)
    finally:
        pdf.close()


def _drawn(pdf: Any, number: int, scale_of: Callable[[float, float], float]) -> Any:
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        most = math.sqrt(MOST_ELEMENTS / max(width * height, 1.0))
        picture = page.render(scale=min(scale_of(width, height), most)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError):
        # A damaged page, or one of a damaged list of pages that only the reader's repair brings back.
        return None
    # A file of hundreds of pages would otherwise keep what it drew of each.
    page.close()
    return picture


def _covered(char: Char, origin: tuple[float, float], behind: Sequence[Box]) -> bool:
    across, down = (char.x0 + char.x1) / 2 - origin[0], (char.top + char.bottom) / 2 - origin[1]
    return any(box.x0 <= across <= box.x1 and box.top <= down <= box.bottom for box in behind)


def _coloured(char: Char, origin: tuple[float, float], picture: Any, scale: float) -> bool:
    """Whether the picture shows colour around the character."""
    x0, x1 = ((side - origin[0]) * scale for side in (char.x0, char.x1))
    top, bottom = ((side - origin[1]) * scale for side in (char.top, char.bottom))
    left, upper, right, lower = max(int(x0), 0), max(int(top), 0), min(int(x1) + 1, picture.width), min(int(bottom) + 1, picture.height)
    if right <= left or lower <= upper:
        return False
    part = picture.crop((left, upper, right, lower))
    return any(low < PAPER for low, _ in part.getextrema())
