"""A page is what a reader sees, whatever the file does to it; a file that cannot be read says why."""

from __future__ import annotations

import io

import pikepdf
import pytest

from extractors.vocabulary import Page
from pipeline.read.errors import Unreadable
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_open import title_of
from tests.pdfs.fonts import recoded
from tests.pipeline.read.variants import NAMES, changed, drawn, grids, lines, page_of, rows, small


def read_as(page: Page) -> tuple[list[list[list[str]]], list[str]]:
    return [rows(grid) for grid in grids(page)], lines(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_compressed_anew_and_linearised_reads_the_same(name: str) -> None:
    data = changed(small(name), lambda pdf: None, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert read_as(read_pdf(data).pages[0]) == read_as(page_of(name))


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("name", ["spans", "open_sides", "no_rules", "upright_label", "two_columns"])
def test_a_page_scanned_sideways_reads_the_same(name: str, turn: int) -> None:
    def rotate(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = turn

    assert read_as(read_pdf(changed(small(name), rotate)).pages[0]) == read_as(page_of(name))


@pytest.mark.parametrize("factor", [0.6, 1.7])
@pytest.mark.parametrize("name", ["spans", "open_sides", "sublines", "two_columns", "upright_label", "white_rules"])
def test_a_page_printed_at_another_size_reads_the_same(name: str, factor: float) -> None:
    def scale(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.MediaBox = [float(v) * factor for v in page.MediaBox]
        page.contents_add(f"q {factor} 0 0 {factor} 0 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")

    assert read_as(read_pdf(changed(small(name), scale)).pages[0]) == read_as(page_of(name))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_count_from_the_corner_of_the_visible_page(turn: int) -> None:
    """A page whose media box begins at (-100, 50), cropped by 30, 40, 20 and 10 points, and turned."""

    def crop(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        x0, y0, x1, y1 = (float(v) for v in page.MediaBox)
        page.MediaBox = [x0 - 100, y0 + 50, x1, y1]
        page.CropBox = [x0 + 30, y0 + 60 + 40, x1 - 20, y1 - 10]
        page.Rotate = turn

    page = read_pdf(changed(small("spans"), crop)).pages[0]
    width, height = 595.28 - 50, 841.89 - 110
    assert (page.width, page.height) == pytest.approx((width, height) if turn % 180 == 0 else (height, width), abs=0.1)
    first = next(g for g in page.glyphs if g.char == "分")
    upright = next(g for g in page_of("spans").glyphs if g.char == "分")
    assert first.box and upright.box
    left, top = upright.box.x0 - 30, upright.box.top - 10
    corner = {
        0: (first.box.x0, first.box.top),
        90: (first.box.top, page.width - first.box.x1),
        180: (page.width - first.box.x1, page.height - first.box.bottom),
        270: (page.height - first.box.bottom, first.box.x0),
    }[turn]
    assert corner == pytest.approx((left, top), abs=0.2)


def test_characters_outside_of_the_visible_page_are_not_read() -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = [0, 0, 595, 842 - 175]

    assert lines(read_pdf(changed(small("no_rules"), crop)).pages[0]) == ["来館者数は令和4年度から増え続けている。"]


def test_a_page_of_twenty_thousand_boxes_ends() -> None:
    page = read_pdf(drawn(b"\n".join(b"%d %d 0.4 3 re f" % (20 + i % 500, 20 + 3 * (i // 500)) for i in range(20_000)))).pages[0]
    assert page.blocks == ()


def test_a_page_of_one_picture_needs_ocr() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(b"\xc8" * 64, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8, BitsPerComponent=8)
        picture.ColorSpace = pikepdf.Name.DeviceGray
        page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Scan)
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
        pdf.save(out)
    found = read_pdf(out.getvalue()).pages[0]
    assert found.unreadable and "OCR" in found.unreadable
    assert found.blocks == ()


@pytest.mark.parametrize("target", ["<FFFD>", "<E123>", "<9F95>", "<0001>"])
def test_a_page_with_a_wrong_character_map_is_unreadable(target: str) -> None:
    """The same page with a ToUnicode map that sends every code to one character: unknown, private, rare, control."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        codes = {f"<{ord(g.char):04X}>" for g in page_of("two_columns").glyphs}
        pairs = " ".join(f"{code} {target}" for code in sorted(codes))
        cmap = f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {len(codes)} beginbfchar {pairs} endbfchar endcmap"
        for font in pdf.pages[0].Resources.Font.values():
            if font.Subtype == pikepdf.Name.Type0:
                recoded(font)
            font.ToUnicode = pdf.make_stream(cmap.encode())

    page = read_pdf(changed(small("two_columns"), spoil)).pages[0]
    assert page.unreadable and page.blocks == ()


def test_an_empty_page_is_readable() -> None:
    assert read_pdf(drawn(b"")).pages[0].unreadable is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空"),
        ("令和6年度の目標".encode(), "PDFではない"),
        (small("spans")[:-600], "切れて"),
        (changed(small("spans"), lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b")), "パスワード"),
    ],
    ids=["empty", "text", "cut off", "locked"],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_pdf(data)
    assert told in error.value.reason and error.value.reason.endswith("。")


def test_a_file_locked_against_changes_alone_is_read() -> None:
    data = changed(small("spans"), lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert read_as(read_pdf(data).pages[0]) == read_as(page_of("spans"))


def test_a_file_whose_table_of_objects_is_wrong_is_repaired_and_says_so() -> None:
    data = small("spans")
    at = data.rindex(b"xref\n0 9")
    broken = data[:at] + data[at:].replace(b"000", b"999").replace(b"startxref\n3", b"startxref\n9")
    found = read_pdf(broken)
    assert read_as(found.pages[0]) == read_as(page_of("spans"))
    assert found.metadata["repaired"] == "true"


def test_a_page_lost_in_the_repair_is_not_an_empty_page() -> None:
    data = small("spans")
    at, end = data.rindex(b"8 0 obj"), data.rindex(b"xref\n0 9")
    found = read_pdf(data[:at] + data[end:].replace(b"startxref\n3", b"startxref\n9"))
    assert [page.unreadable is not None for page in found.pages] == [True]


@pytest.mark.parametrize(
    ("title", "told"),
    [("事業計画", "事業計画"), ("<8E968BC68C7689E6>", "事業計画"), ("", None), (None, None), ("\x00 ", None)],
)
def test_titles_are_read_also_where_they_are_written_as_bytes(title: str | None, told: str | None) -> None:
    assert title_of({"Title": title}) == told
