"""The quick reader gives pdfplumber's objects to the last bit, or leaves the page to it."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest

from pipeline.read import pdf_device
from pipeline.read.objects import Objects
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_device import objects_of
from pipeline.read.pdf_open import opened
from pipeline.read.quick import Quick
from tests.conftest import RAW
from tests.generated.draw import draw
from tests.generated.families import FAMILIES
from tests.generated.manner import Manner
from tests.pipeline.read.variants import NAMES, changed, small

SIDES = ("x0", "top", "x1", "bottom")
SHAPE = (*SIDES, "stroke", "fill", "linewidth", "stroking_color", "non_stroking_color")
# What reading asks of each kind of object.
KEYS = {"image": SIDES, "line": SHAPE, "rect": SHAPE, "curve": (*SHAPE, "pts", "path")}


def asked(item: dict[str, Any], key: str) -> Any:
    value = item.get(key)
    if key == "linewidth":
        return float(value)
    return [step[0] for step in value or []] if key == "path" else value


def told(objects: Objects) -> dict[str, list[str]]:
    shapes = {kind: [repr([asked(item, key) for key in KEYS[kind]]) for item in items] for kind, items in objects.shapes.items() if items}
    return {"char": list(map(repr, objects.chars))} | shapes


def both(data: bytes, most: int = 1000) -> list[tuple[Objects | None, Objects]]:
    """What the quick reader and the reference say of each page, up to `most` pages."""
    with opened(data) as (pdf, _):
        quick = Quick(pdf)
        return [(quick.objects(page), objects_of(page)) for page in pdf.pages[:most]]


def why_of(data: bytes) -> list[str]:
    with opened(data) as (pdf, _):
        quick = Quick(pdf)
        assert [quick.objects(page) for page in pdf.pages] == [None]
        return quick.why


def written(content: bytes, *more: bytes, forms: dict[str, bytes] | None = None) -> bytes:
    """A PDF of one page with a font F1, the content in one stream or several, and forms that may call each other."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/F1": font, "/F 2": font}), XObject=pikepdf.Dictionary())
        page.obj.Resources = pdf.make_indirect(resources)
        for name, inside in (forms or {}).items():
            form = pdf.make_stream(inside, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842], Matrix=[1, 0, 0, 1, 7, 9])
            form.Resources = page.obj.Resources
            page.obj.Resources.XObject[f"/{name}"] = form
        page.obj.Contents = pikepdf.Array([pdf.make_stream(part) for part in (content, *more)])
        pdf.save(out, static_id=True)
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_the_small_pdfs_have_the_same_objects(name: str) -> None:
    for quick, reference in both(small(name)):
        assert quick is not None
        assert told(quick) == told(reference)


@pytest.mark.parametrize("file", RAW, ids=lambda file: file.stem)
def test_the_sample_documents_have_the_same_objects(file: Path) -> None:
    for quick, reference in both(file.read_bytes(), most=4):
        assert quick is not None
        assert told(quick) == told(reference)


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("name", ["spans", "upright_label", "font_sjis"])
def test_turned_and_moved_pages_have_the_same_objects(name: str, turn: int) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = turn
        pdf.pages[0].MediaBox = [-30.5, 17.25, 570, 850]

    for quick, reference in both(changed(small(name), change)):
        assert quick is not None
        assert told(quick) == told(reference)


@pytest.mark.parametrize("family", ["kpi_tree", "budget_book", "slides", "borderless"])
def test_generated_documents_read_the_same(family: str, tmp_path: Path) -> None:
    draw(FAMILIES[family](Manner(Random(f"quick/{family}"))), tmp_path / "made.pdf")
    data = (tmp_path / "made.pdf").read_bytes()
    assert all(quick is not None and told(quick) == told(reference) for quick, reference in both(data))
    one, other = read_pdf(data), read_pdf(data, reference=True)
    assert repr(one.pages) == repr(other.pages)
    assert [[(g.char, g.raw, g.box, g.size) for g in page.glyphs] for page in one.pages] == [
        [(g.char, g.raw, g.box, g.size) for g in page.glyphs] for page in other.pages
    ]


CONTENTS = {
    "escapes": b"BT /F1 10 Tf 72 700 Td (a\\(b\\)c\\\\ \\101\\12\\0615 \\q \\n) Tj (line\\\nend) Tj ET",
    "brackets in a string": b"BT /F1 10 Tf 72 700 Td (one (two) three) Tj ET",
    "hexadecimal": b"BT /F1 10 Tf 72 700 Td <48 65 6C6c\n6F> Tj <487> Tj ET",
    "shifts": b"BT /F1 10 Tf 1 0 0 1 72 700 Tm 2 Tc 5 Tw [(A) -250 (B C) 300.5 (D)] TJ (E) Tj ET",
    "no blanks": b"BT/F1 10 Tf 72 700 Td(A)Tj[(B)-20(C)]TJ ET q 1 0 0 1-5.5-3 cm 10 10 20 5 re f Q",
    "numbers": b"+5.25 w -.5 -0.5 m 4. .25 l S 0 0 m --3 5 l S",
    "lines of text": b"BT /F1 10 Tf 14 TL 72 700 Td (A) Tj T* (B) Tj (C) ' 1 2 (D) \" 3 -20 TD (E) Tj T* (F) Tj ET",
    "stretched and raised": b"BT /F1 10 Tf 80 Tz 3 Ts 1.5 Tc 72 700 Td (A B) Tj -12 Ts (C) Tj ET",
    "slanted, turned, mirrored": b"BT /F1 9 Tf 1 0 .3 1 72 700 Tm (It) Tj 0 1 -1 0 99 99 Tm (Up) Tj -1 0 0 1 300 300 Tm (M) Tj .7 .7 -.7 .7 50 50 Tm (X) Tj ET",
    "no ink": b"BT /F1 10 Tf 72 700 Td 3 Tr (hidden) Tj 0 Tr (seen) Tj 7.0 Tr (clip) Tj ET",
    "font kept by Q": b"q BT /F1 10 Tf 72 700 Td (A) Tj ET Q BT 72 600 Td (B) Tj ET Q Q BT /F1 8 Tf (C) Tj ET",
    "font by a spelt name": b"BT /F#202 10 Tf 72 700 Td (A) Tj ET",
    "comments": b"BT % (no) Tj\n/F1 10 Tf 72 700 Td (A) Tj ET %",
    "marked content": b"/P <</MCID 0 /ActualText (a>b) /E <41>>> BDC BT /F1 10 Tf 72 700 Td (A) Tj ET EMC /Artifact BMC 1 1 9 9 re f EMC /M MP /D /Q DP",
    "colours": b".5 g 1 0 0 RG 0 0 0 1 k 5 5 9 9 re B /DeviceRGB cs 1 1 1 sc 5 5 20 2 re f /DeviceCMYK CS 0 0 0 0 SCN 1 1 m 50 1 l S "
    b"/Pattern cs /P1 scn 9 9 9 9 re f",
    "paths": b"0 0 m 10 0 l 10 10 l 0 10 l h S 0 0 m 10 0 l 10 10 l 0 10 l 0 0 l h f 5 5 30 3 re 7 7 2 2 re B* "
    b"0 0 m 9 9 l 0 0 m 3 4 5 6 7 8 c 1 2 3 4 v 5 6 7 8 y s",
    "clips and empty paths": b"0 0 50 50 re W n 5 5 m S h S 1 2 l S 3 3 9 9 re W* n 1 1 5 5 re b 1 1 5 5 re b* 1 1 5 5 re f*",
    "widths and dashes": b"q 2 0 0 2 5 5 cm [3 2] 0 d 1.5 w 1 J 0 j 10 M 0 0 m 50 0 l S Q /GS gs /Perceptual ri 1 i 0 9 m 50 9 l S",
    "a picture in the stream": b"q 20 0 0 10 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00EI(\xff EI Q 5 5 9 9 re f",
    "operands left over": b"1 2 3 4 5 5 9 9 re f 7 BT /F1 10 Tf 72 700 Td (A) Tj ET",
    "text before a font": b"BT 72 700 Td (A) Tj ET 5 5 9 9 re f",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_content_is_cut_and_drawn_as_the_reference_does(name: str) -> None:
    [(quick, reference)] = both(written(CONTENTS[name]))
    assert quick is not None
    assert told(quick) == told(reference)
    assert told(reference) != {"char": []}


def test_forms_within_forms_have_the_same_objects() -> None:
    """Also what is drawn right behind a form, which pdfminer draws with the form's matrix, and a form that calls itself."""
    outer = b"q .5 0 0 .5 30 30 cm BT /F1 10 Tf (A) Tj ET /Inner Do Q /Inner Do 1 1 3 3 re f"
    forms = {"Inner": b"5 5 9 9 re f", "Outer": outer, "Self": b"2 2 4 4 re f /Self Do"}
    [(quick, reference)] = both(written(b"/Outer Do 9 9 2 2 re f q /Self Do Q 8 8 2 2 re f /Absent Do", forms=forms))
    assert quick is not None
    assert told(quick) == told(reference)


def test_streams_are_cut_where_they_meet() -> None:
    [(quick, reference)] = both(written(b"BT /F1 10 Tf 72 700 Td (over) Tj (t", b"he end) Tj 1", b"2 0 Td [(A) -50", b"(B)] TJ ET"))
    assert quick is not None
    assert told(quick) == told(reference)


DOUBTFUL = {
    "a font that is not there": (b"BT /F9 10 Tf 72 700 Td (A) Tj ET", "font"),
    "brackets in brackets in a string": (b"BT /F1 10 Tf 72 700 Td (a (b (c))) Tj ET", "out of place"),
    "a string without an end": (b"BT /F1 10 Tf 72 700 Td (A) Tj ET (never closed", "out of place"),
    "a dictionary in a dictionary": (b"/P <</A <</B 1>> >> BDC BT /F1 10 Tf 72 700 Td (A) Tj ET EMC", "out of place"),
    "an operand too few": (b"BT /F1 10 Tf 5 Td (A) Tj ET", "pop"),
    "an operand that is no number": (b"BT /F1 10 Tf /X 5 Td (A) Tj ET", "float"),
    "an operator without operands": (b"BT /F1 10 Tf Tj ET", "pop"),
    "an unknown operator's operands": (b"BT /F1 10 Tf 72 700 Td (A) foo Tj ET", "no string"),
    "a code beyond a byte": (rb"BT /F1 10 Tf 72 700 Td (\777) Tj ET", "octal"),
    "a line end of two characters": (b"BT /F1 10 Tf 72 700 Td (a\\\r\nb) Tj ET", "buffer"),
    "a zero byte": (b"BT /F1 10 Tf 72 700 Td (A) Tj \x00 ET", "out of place"),
    "a tag of the reader's own name": (b"/hidden BMC BT /F1 10 Tf 72 700 Td (A) Tj ET EMC", "own name"),
    "an array without an end": (b"BT /F1 10 Tf 72 700 Td [ (A) Tj ET", "without an end"),
    "a picture without data": (b"BI /W 2 5 5 9 9 re f", "without an end"),
    "an operator that ends in another byte": (b"BT /F1 10 Tf 72 700 Td\xcf (A) Tj ET", "ASCII"),
    "a picture without an end": (b"BI /W 2 /H 2 ID abcdef", "without an end"),
    "a picture in ASCII": (b"BI /W 2 /H 2 /F /A85 ID abc~> EI 5 5 9 9 re f", "ASCII"),
    "a place that is none": (b"1" + b"0" * 30 + b" 5 9 9 re f", "nowhere"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_is_read_by_the_reference(name: str) -> None:
    content, reason = DOUBTFUL[name]
    data = written(content)
    [why] = why_of(data)
    assert reason in why
    assert repr(read_pdf(data)) == repr(read_pdf(data, reference=True))


def test_more_than_the_reference_reads_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_device, "MOST_CONTENT", 20)
    assert "content" in why_of(written(b"BT /F1 10 Tf 72 700 Td (A) Tj ET"))[0]


def test_a_damaged_stream_is_left_to_the_reference() -> None:
    found = changed(written(b"BT /F1 10 Tf 72 700 Td (A) Tj ET " * 50), lambda pdf: None, compress_streams=True, recompress_flate=True)
    start = found.index(b"stream\n", found.index(b"FlateDecode")) + len(b"stream\n")
    broken = found[: start + 20] + bytes([found[start + 20] ^ 0xFF, found[start + 21] ^ 0xFF]) + found[start + 22 :]
    assert "damaged" in why_of(broken)[0]
    assert repr(read_pdf(broken)) == repr(read_pdf(broken, reference=True))


@pytest.mark.parametrize(
    "content",
    [b"(" + b"a" * 200_000, b"<<" + b"/A (b" * 50_000, b"(a" * 100_000, b" " * 300_000, b"5 5 9 9 re f" + b"\n" * 300_000, b"BI /W 1 ID " + b"E" * 200_000],
    ids=["string", "dictionary", "brackets", "blanks", "blanks behind", "picture"],
)
def test_no_content_is_tried_over_and_over(content: bytes) -> None:
    """Each of these took the square of its length, or all ways of cutting it, while patterns went back: the test would not end."""
    data = written(content)
    with opened(data) as (pdf, _):
        quick = Quick(pdf)
        found = quick.objects(pdf.pages[0])
        assert (found is None) == bool(quick.why)
