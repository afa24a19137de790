"""The same pages printed again: at another size, turned, moved on their sheet, packed anew. Each with where a box of the first print then is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pikepdf

from extractors.vocabulary import Box, Page
from tests.pipeline.read.variants import changed

BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")


class Reprint(NamedTuple):
    """How a file is printed again, and where a box of a page (as first seen) stands on the new page."""

    print: Callable[[bytes], bytes]
    moved: Callable[[Box, Page], Box]


def first_pages(data: bytes, count: int) -> bytes:
    """The file with its first pages alone."""

    def cut(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[count:]

    return changed(data, cut, deterministic_id=True)


def _same(box: Box, page: Page) -> Box:
    return box


def scaled(factor: float) -> Reprint:
    """Every page larger or smaller, as a printer fits it to another paper."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            _set(page, f"{factor} 0 0 {factor} 0 0", lambda v, _: v * factor)

    return Reprint(lambda data: changed(data, change), lambda box, _: Box(*(v * factor for v in box)))


def moved(right: float, up: float) -> Reprint:
    """Page boxes that do not begin at 0."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            _set(page, f"1 0 0 1 {right} {up}", lambda v, i: v + (right, up)[i % 2])

    return Reprint(lambda data: changed(data, change), _same)


def turned(quarter: int) -> Reprint:
    """Every page turned clockwise by 90, 180 or 270 degrees more."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.rotate(quarter, relative=True)

    def where(box: Box, page: Page) -> Box:
        return {
            90: Box(page.height - box.bottom, box.x0, page.height - box.top, box.x1),
            180: Box(page.width - box.x1, page.height - box.bottom, page.width - box.x0, page.height - box.top),
            270: Box(box.top, page.width - box.x1, box.bottom, page.width - box.x0),
        }[quarter]

    return Reprint(lambda data: changed(data, change), where)


def packed() -> Reprint:
    """Linearised, objects in streams, streams compressed anew."""
    options = {"linearize": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate, "recompress_flate": True}
    return Reprint(lambda data: changed(data, lambda pdf: None, **options), _same)


def unpacked() -> Reprint:
    """No object streams and nothing compressed."""
    options = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized, "compress_streams": False}
    return Reprint(lambda data: changed(data, lambda pdf: None, **options), _same)


REPRINTS = {
    "smaller": scaled(0.8165),
    "larger": scaled(1.4142),
    "turned by 90": turned(90),
    "turned by 180": turned(180),
    "turned by 270": turned(270),
    "moved": moved(-118.0, 64.5),
    "packed": packed(),
    "unpacked": unpacked(),
}


def _set(page: pikepdf.Page, matrix: str, change: Callable[[float, int], float]) -> None:
    for name in BOXES:
        inherited = page.mediabox if name == "/MediaBox" else page.obj.get(name)
        if inherited is not None:
            page.obj[name] = pikepdf.Array([round(change(float(v), i), 4) for i, v in enumerate(inherited)])
    page.contents_add(f"q {matrix} cm".encode(), prepend=True)
    page.contents_add(b"\nQ")
