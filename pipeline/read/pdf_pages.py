"""The pages of an opened PDF, however deep or tangled its page tree is, each with boxes and a rotation that make sense."""

from __future__ import annotations

import math
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import LIT
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
# Viewers take this where a page has no paper of its own (points).
LETTER = [0.0, 0.0, 612.0, 792.0]
# A page is smaller than 14,400 points (ISO 32000, annex C) unless it says how long its unit is; the largest measured has 1,222. Beyond this a number is broken.
LARGEST = 1e6
ALL = slice(None)


def pages_of(pdf: PDF, some: slice = ALL) -> list[Page]:
    """pdfplumber's pages of the file in order, or some of them; none where its tree holds none.

    pdfminer calls itself for each level of the tree, takes pages that the tree does not list where it lists none, and hands boxes on as they are.
    """
    doctop: float = 0
    pages: list[Page] = []
    for number, (objid, attributes) in list(enumerate(_leaves(pdf.doc), start=1))[some]:
        page = Page(pdf, PDFPage(pdf.doc, objid, _mended(attributes), None), page_number=number, initial_doctop=doctop)
        doctop += page.height
        pages.append(page)
    return pages


def let_go(page: Page) -> None:
    """Drop what a page that has been read still holds: its objects, and its content streams, which pdfminer keeps for as long as the file is open."""
    page.close()
    named = page.page_obj.attrs.get("Contents")
    found = resolve1(named)
    for one in (named, *(found if isinstance(found, list) else ())):
        if isinstance(one, PDFObjRef):
            page.pdf.doc._cached_objs.pop(one.objid, None)
    page.page_obj.contents = []


def _leaves(doc: Any) -> list[tuple[int, dict[str, Any]]]:
    """(number of the object, its entries with those it inherits) of every page; a node that the tree lists again counts once."""
    out: list[tuple[int, dict[str, Any]]] = []
    seen: set[int] = set()
    todo: list[tuple[Any, dict[str, Any]]] = [(doc.catalog.get("Pages"), {})]
    while todo:
        reference, above = todo.pop()
        node = resolve1(reference)
        objid = reference.objid if isinstance(reference, PDFObjRef) else id(node)
        if not isinstance(node, dict) or objid in seen:
            continue
        seen.add(objid)
        node = {key: above[key] for key in INHERITED if key in above} | node
        kids = resolve1(node.get("Kids"))
        if isinstance(kids, list) and node.get("Type") is not LIT("Page"):
            todo += [(kid, node) for kid in reversed(kids)]
        elif node.get("Type", node.get("type")) is LIT("Page"):
            out.append((objid, node))
    return out


def _mended(attributes: dict[str, Any]) -> dict[str, Any]:
    """The entries of a page with a media box that is one, no crop box that is none, and a rotation by quarters."""
    out = {key: value for key, value in attributes.items() if key not in ("TrimBox", "BleedBox", "ArtBox", "CropBox")}
    out["MediaBox"] = _box(attributes.get("MediaBox")) or LETTER
    crop = _box(attributes.get("CropBox"))
    if crop:
        out["CropBox"] = crop
    turn = resolve1(attributes.get("Rotate"))
    out["Rotate"] = round(turn) % 360 // 90 * 90 if isinstance(turn, (int, float)) and abs(turn) < LARGEST else 0
    return out


def _box(value: Any) -> list[float] | None:
    """Four numbers as left, bottom, right, top; None where they are no box."""
    some = resolve1(value)
    numbers = [resolve1(one) for one in some] if isinstance(some, list) else []
    if len(numbers) != 4 or not all(isinstance(n, (int, float)) and math.isfinite(n) and abs(n) < LARGEST for n in numbers):
        return None
    (x0, x1), (y0, y1) = sorted((numbers[0], numbers[2])), sorted((numbers[1], numbers[3]))
    return [x0, y0, x1, y1] if x1 - x0 >= 1 and y1 - y0 >= 1 else None
