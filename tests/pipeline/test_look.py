"""`yojitsu look` draws the objects of extraction where they stand on the page, and says what its numbers mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from extractors.vocabulary import Box, Kind
from pipeline import look
from pipeline.cli import main
from pipeline.look import CELL, GRID, KINDS, LEFT, RELATIONS, SCALE, seen_of
from pipeline.read import read
from pipeline.read.turns import restored_block
from tests.pipeline.read.variants import changed, drawn, small

Colour = tuple[int, int, int]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A header tree with merged cells; `sheet_bands` has facts of all kinds."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(small("sheet_bands"))
    return path


def picture_of(path: Path) -> Any:
    with Image.open(path) as image:
        return image.convert("RGB")


def edges(picture: Any, box: Box | None, grow: float) -> list[list[Colour]]:
    """The pixels across the middle of the upper and of the left edge of a box given in points, one to each side."""
    assert box
    x0, top = (round((v - grow) * SCALE) for v in (box.x0, box.top))
    across, down = round((box.x0 + box.x1) / 2 * SCALE), round((box.top + box.bottom) / 2 * SCALE)
    return [[picture.getpixel((across, top + i)) for i in (-1, 0, 1)], [picture.getpixel((x0 + i, down)) for i in (-1, 0, 1)]]


def drawn_in(colour: Colour, found: list[list[Colour]]) -> bool:
    """Whether each edge has a pixel of the colour."""
    return all(colour in pixels for pixels in found)


@pytest.mark.parametrize("turn", [0, 90])
def test_boxes_are_drawn_where_extraction_saw_them(tree: Path, tmp_path: Path, turn: int) -> None:
    """On an upright page and on one turned by a quarter, whose picture lies on its side."""

    def rotate(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = turn

    tree.write_bytes(changed(tree.read_bytes(), rotate))
    out = tmp_path / "page.png"
    assert main(["look", str(tree), "-o", str(out)]) == 0
    picture, seen = picture_of(out), seen_of(read(tree.read_bytes()), 1)
    width, height = (595.28, 841.89) if turn == 0 else (841.89, 595.28)
    assert picture.size == pytest.approx((width * SCALE, height * SCALE), abs=2)
    assert {fact.kind for fact in seen.facts} == {Kind.TARGET, Kind.ACTUAL, Kind.COST}
    for fact in seen.facts:
        assert drawn_in(KINDS[fact.kind], edges(picture, fact.figure.box, 1)), fact.figure
    grids = [block for block in seen.page.blocks if hasattr(block, "cells")]
    seen_page = Box(0.0, 0.0, seen.page.width, seen.page.height)
    assert grids and all(drawn_in(GRID, edges(picture, restored_block(grid, seen.page.turn, seen_page).box, 0)) for grid in grids)


def test_cells_labels_and_unclaimed_numerals_have_their_colours(tmp_path: Path) -> None:
    path, out = tmp_path / "zebra.pdf", tmp_path / "page.png"
    path.write_bytes(small("zebra"))
    assert main(["look", str(path), "-o", str(out)]) == 0
    picture, seen = picture_of(out), seen_of(read(path.read_bytes()), 1)
    assert {label.text.string for label in seen.labels} >= {"令和6年度", "来館者数"}
    assert all(drawn_in(RELATIONS[label.relation], edges(picture, label.text.box, 0)) for label in seen.labels if label.relation in RELATIONS)
    (five,) = [one for one in seen.unclaimed if one.numeral.string.startswith("5")]
    assert drawn_in(LEFT, edges(picture, five.numeral.box, 1))
    (grid,) = [block for block in seen.page.blocks if hasattr(block, "cells")]
    cell = next(cell for cell in grid.cells if cell.text.string == "22")
    assert drawn_in(CELL, edges(picture, cell.box, -1.5)[1:])


def test_the_numbers_on_the_picture_are_explained(tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["look", str(tree), "-o", str(tmp_path / "page.png")])
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["1", "target", "2024", "22", "回", "講座の回数", "[令和6年度目標", "|", "令和6年度目標", "|", "回]"]
    assert rows[-1].startswith("3 blocks, 3 of them tables")


def test_the_same_page_gives_the_same_bytes(tree: Path, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        main(["look", str(tree), "-o", str(tmp_path / name)])
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_no_font_of_the_machine_is_needed(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import ImageFont

    made = ImageFont.truetype

    def only_its_own(font: object, *arguments: Any, **options: Any) -> Any:
        assert not isinstance(font, str | Path), "a font file of the machine was asked for"
        return made(font, *arguments, **options)

    monkeypatch.setattr(ImageFont, "truetype", only_its_own)
    assert main(["look", str(tree), "-o", str(tmp_path / "page.png")]) == 0


@pytest.mark.parametrize(
    ("name", "page", "code", "said"),
    [("sheet.pdf", "2", 1, "there is no page 2"), ("a.txt", "1", 1, "lines, not pages"), ("gone.pdf", "1", 1, "no file"), ("scan.pdf", "1", 2, "OCR")],
)
def test_what_cannot_be_drawn_says_why(tree: Path, tmp_path: Path, name: str, page: str, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("目標 10件", encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(changed(drawn(b""), scanned))
    assert main(["look", str(tmp_path / name), "--page", page, "-o", str(tmp_path / "page.png")]) == code
    assert said in capsys.readouterr().err
    assert not (tmp_path / "page.png").exists()


def scanned(pdf: pikepdf.Pdf) -> None:
    """Lays a picture over the whole page."""
    picture = pdf.make_stream(b"\xc8" * 64, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8, BitsPerComponent=8)
    picture.ColorSpace = pikepdf.Name.DeviceGray
    pdf.pages[0].add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Scan)
    pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")


def test_a_document_is_not_overwritten_by_its_picture(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree.read_bytes()
    assert main(["look", str(tree), "-o", str(tree)]) == 1
    assert "no picture" in capsys.readouterr().err
    assert tree.read_bytes() == before


def test_a_page_that_cannot_be_drawn_says_so(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def nothing(data: bytes, number: int, scale: float) -> None:
        return None

    monkeypatch.setattr("pipeline.read.ink.picture_of", nothing)
    assert main(["look", str(tree), "-o", str(tmp_path / "page.png")]) == 2
    assert look.NOT_DRAWN in capsys.readouterr().err


def test_a_wrong_call_has_no_picture_to_write(make_pdf: Callable[..., bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf("x"))
    assert main(["look", str(tmp_path / "a.pdf")]) == 1
    assert "--out" in capsys.readouterr().err
