"""A PDF to pages: letters, rules, grids and lines in reading order."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any, Final, NamedTuple

from pdfplumber.page import Page as SourcePage

from extractors.vocabulary import Box, Line, Page
from pipeline.read.arrange import arranged
from pipeline.read.cuts import with_whole_rows
from pipeline.read.errors import Unreadable
from pipeline.read.ink import Inks
from pipeline.read.legible import scanned, unreadable
from pipeline.read.letters import Letter, glyphs_of, letters_of
from pipeline.read.pdf_device import BROKEN_PAGE, objects_of
from pipeline.read.pdf_open import opened, title_of
from pipeline.read.pdf_pages import ALL, let_go
from pipeline.read.quick import Quick
from pipeline.read.settle import settled
from pipeline.read.strokes import drawing_of
from pipeline.read.turns import levelled
from pipeline.read.typeset import linked

LOG: Final = logging.getLogger(__name__)


class Pdf(NamedTuple):
    """A PDF as read: its pages, the title in its metadata (None where there is none), and notes such as `repaired`."""

    pages: tuple[Page, ...]
    title: str | None
    metadata: dict[str, str]


def read_pdf(data: bytes, reference: bool = False) -> Pdf:
    """All pages of a PDF from its bytes; with `reference`, through pdfplumber alone, which reads the same and takes four times as long.

    Raises Unreadable where the file is empty, not a PDF, locked, or broken beyond one repair.
    """
    return _finished(_read(data, reference=reference), data)


def read_some(data: bytes, first: int, last: int | None) -> Pdf:
    """The pages from `first` to before `last` (0-based; None: to the end), as `joined` takes them. Raises Unreadable as `read_pdf` does."""
    return _read(data, some=slice(first, last))


def joined(parts: Sequence[Pdf], data: bytes) -> Pdf | None:
    """What `read_pdf` gives for a file of which all pages were read in parts, in order; None where the parts are not of one file as it is.

    One part may have been repaired where another opened without: then the whole is to be read as one.
    """
    pages = tuple(page for part in parts for page in part.pages)
    if [page.number for page in pages] != list(range(1, len(pages) + 1)) or any(part[1:] != parts[0][1:] for part in parts):
        return None
    return _finished(parts[0]._replace(pages=pages), data)


def _finished(found: Pdf, data: bytes) -> Pdf:
    """What takes all pages: broken ones mended, and rows cut by a page end as one."""
    if "repaired" not in found.metadata and any(page.unreadable == BROKEN_PAGE for page in found.pages):
        found = _mended(found, data)
    return found._replace(pages=with_whole_rows(found.pages))


def _read(data: bytes, repair: bool = False, reference: bool = False, some: slice = ALL) -> Pdf:
    with opened(data, repair, some, reference) as (pdf, repaired), closing(Inks(data)) as inks:
        pages, quick = [], None if reference else Quick(pdf)
        for page in pdf.pages:
            read = _page(page, page.page_number, inks, quick)
            pages.append(_whole(read) if repaired else read)
            let_go(page)
        notes = {key.lower(): str(value) for key, value in pdf.metadata.items() if key in ("Producer", "Creator", "CreationDate", "ModDate") and value}
        return Pdf(tuple(pages), title_of(pdf.metadata), notes | ({"repaired": "true"} if repaired else {}))


def _mended(found: Pdf, data: bytes) -> Pdf:
    """With the broken pages as a repair of the file gives them, where it does: a wrong length of a stream is mended, a damaged stream is not."""
    try:
        again = _read(data, repair=True)
    except Unreadable as error:
        LOG.debug("no repair: %s", error.reason)
        return found
    if len(again.pages) != len(found.pages):
        return found
    pages = [new if old.unreadable == BROKEN_PAGE and not new.unreadable else old for old, new in zip(found.pages, again.pages, strict=True)]
    return found if pages == list(found.pages) else found._replace(pages=tuple(pages), metadata=again.metadata)


def _whole(page: Page) -> Page:
    """A page of a repaired file: where nothing is on it, what was on it is lost."""
    return page if page.glyphs or page.unreadable else replace(page, unreadable=BROKEN_PAGE)


def _page(page: SourcePage, number: int, inks: Inks, quick: Quick | None) -> Page:
    origin, visible = _window(page)
    objects = quick.objects(page) if quick else None
    try:
        objects = objects_of(page) if objects is None else objects
    except Unreadable as error:
        return Page(number, (), (), visible.width, visible.height, unreadable=error.reason)
    images = [Box(i["x0"] - origin[0], i["top"] - origin[1], i["x1"] - origin[0], i["bottom"] - origin[1]) for i in objects.shapes.get("image", [])]
    drawing = drawing_of(objects.shapes, origin, visible)
    chars = inks.seen(objects.chars, number, origin, visible, [*drawing.fills, *images], scanned(images, visible))
    letters = linked(letters_of(chars, origin, visible, number))
    reason = unreadable(letters, images, visible)
    blocks, turn = ((), 0) if reason else arranged(letters, drawing, visible)
    slide = _slide(blocks, letters, levelled(visible, turn, visible))
    return Page(number, blocks, settled(number, blocks, glyphs_of(letters)), visible.width, visible.height, reason, slide, turn)


def _window(page: SourcePage) -> tuple[tuple[float, float], Box]:
    """Where the visible page begins in pdfplumber's points, and the visible page from (0, 0).

    pdfplumber counts from the corner of the media box; what a reader sees is the crop box, turned as the page is.
    """
    media, crop, turn = page.page_obj.mediabox, page.page_obj.cropbox, page.rotation
    mx0, my0, mx1, my1 = min(media[0], media[2]), min(media[1], media[3]), max(media[0], media[2]), max(media[1], media[3])
    cx0, cy0 = max(min(crop[0], crop[2]), mx0), max(min(crop[1], crop[3]), my0)
    cx1, cy1 = min(max(crop[0], crop[2]), mx1), min(max(crop[1], crop[3]), my1)
    if cx1 - cx0 < 1 or cy1 - cy0 < 1:
        cx0, cy0, cx1, cy1 = mx0, my0, mx1, my1
    cut = {0: (cx0 - mx0, my1 - cy1), 90: (cy0 - my0, cx0 - mx0), 180: (mx1 - cx1, cy0 - my0), 270: (my1 - cy1, mx1 - cx1)}[turn // 90 * 90]
    width, height = (cx1 - cx0, cy1 - cy0) if turn % 180 == 0 else (cy1 - cy0, cx1 - cx0)
    return (page.bbox[0] + cut[0], page.bbox[1] + cut[1]), Box(0.0, 0.0, float(width), float(height))


def _slide(blocks: tuple[Any, ...], letters: list[Letter], visible: Box) -> bool:
    """A wide page in large letters, mostly outside of tables: made to be shown on a wall. `visible` is the page as its text reads."""
    if visible.width <= 1.2 * visible.height:
        return False
    lines = [block for block in blocks if isinstance(block, Line)]
    inked = [x.em for x in letters if not x.blank]
    if not inked or not lines:
        return False
    outside = sum(len(line.text) for line in lines)
    share = sorted(inked)[len(inked) // 2] / visible.width
    return outside > 0.3 * len(inked) and share > 0.013
