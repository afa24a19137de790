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
        # Opened once for all pages in doubt: a page's fonts take longer to load than its letters to draw.
        self.pdf: Any = None
        self.asked = False

    def close(self) -> None:
        """Lets go of the file."""
        if self.pdf is not None:
            self.pdf.close()
            self.pdf = None

    def _cut(self, number: int, places: list[Box], across: float) -> _Cut | None:
        """The part of a page's picture at SCALE in which the places (in points) lie; a page takes long to draw for a letter or two. None as `picture_of`."""
        x0, top = min([box.x0 for box in places]), min([box.top for box in places])
        around = Box(x0, top, max([box.x1 for box in places]), max([box.bottom for box in places]))
        try:
            if not self.asked:
                self.asked = True
                self.pdf = pypdfium2.PdfDocument(self.data)
            return _Cut(self.pdf[number - 1], around, across) if self.pdf is not None else None
        except (pypdfium2.PdfiumError, IndexError):
            return None

    def seen(
        self, chars: list[Char], number: int, origin: tuple[float, float], visible: Box, behind: Sequence[Box], scan: bool
    ) -> list[Char]:
        """The characters without those that cannot be seen.

        Characters set without ink stay on a page that is a `scan`: they are what OCR found. White ones stay where something coloured
        lies `behind` (boxes in points of the `visible` page, which begins at `origin`), or where the picture of the page is not white.
        """
        inked = chars if scan else [c for c in chars if not c.hidden]
        white = _white(inked)
        if not white:
            return inked
        doubtful = [c for c in inked if c.color in white and c.text.strip() and not _covered(c, origin, behind)]
        if not doubtful:
            return inked
        cut = self._cut(number, [_place(c, origin) for c in doubtful], visible.width)
        if cut is None:
            return inked
        unseen = {id(c) for c in doubtful if not _coloured(_place(c, origin), cut)}
        return [c for c in inked if id(c) not in unseen]


def _white(chars: Sequence[Char]) -> set[Any]:
    """The colours of the characters that are the paper's white. Most characters have the colour of the one before."""
    out: set[Any] = set()
    last: Any = None
    for char in chars:
        if char.color is not last:
            last = char.color
            if is_white(last):
                out.add(last)
    return out


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
        picture = page.render(scale=_scale(page, scale_of)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError):
        # A damaged page, or one of a damaged list of pages that only the reader's repair brings back.
        return None
    # A file of hundreds of pages would otherwise keep what it drew of each.
    page.close()
    return picture


def _scale(page: Any, scale_of: Callable[[float, float], float]) -> float:
    width, height = page.get_size()
    return min(scale_of(width, height), math.sqrt(MOST_ELEMENTS / max(width * height, 1.0)))


class _Cut:
    """A part of the picture of a page: where it begins in the whole (`left`, `upper`), and the size of the whole, in elements; `scale` of them to a point."""

    __slots__ = ("height", "left", "picture", "scale", "upper", "width")

    def __init__(self, page: Any, around: Box, across: float) -> None:
        """`around` is what it holds at least, in points of the page as it is seen, which is so many points `across`."""
        scale = _scale(page, lambda width, height: SCALE)
        width, height = page.get_size()
        self.width, self.height = math.ceil(width * scale), math.ceil(height * scale)
        self.scale = self.width / across
        self.left, beside = self._beside(around.x0, around.x1, self.width)
        self.upper, below = self._beside(around.top, around.bottom, self.height)
        # The library rounds up what it is to cut off.
        crop = tuple([max(elements - 0.5, 0.0) / scale for elements in (self.left, below, beside, self.upper)])
        self.picture = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
        page.close()

    def _beside(self, lo: float, hi: float, length: int) -> tuple[int, int]:
        """How many elements of a length stay before and behind a stretch in points, at least one between."""
        before = min(max(int(lo * self.scale) - 2, 0), length - 1)
        return before, min(max(length - int(hi * self.scale) - 3, 0), length - 1 - before)


def _place(char: Char, origin: tuple[float, float]) -> Box:
    """Where a character stands on the visible page."""
    return Box(char.x0 - origin[0], char.top - origin[1], char.x1 - origin[0], char.bottom - origin[1])


def _covered(char: Char, origin: tuple[float, float], behind: Sequence[Box]) -> bool:
    across, down = (char.x0 + char.x1) / 2 - origin[0], (char.top + char.bottom) / 2 - origin[1]
    return any(box.x0 <= across <= box.x1 and box.top <= down <= box.bottom for box in behind)


def _coloured(place: Box, cut: _Cut) -> bool:
    """Whether the picture shows colour in the place."""
    scale = cut.scale
    left, upper = max(int(place.x0 * scale), 0), max(int(place.top * scale), 0)
    right, lower = min(int(place.x1 * scale) + 1, cut.width), min(int(place.bottom * scale) + 1, cut.height)
    if right <= left or lower <= upper:
        return False
    part = cut.picture.crop((left - cut.left, upper - cut.upper, right - cut.left, lower - cut.upper))
    return any(low < PAPER for low, _ in part.getextrema())
