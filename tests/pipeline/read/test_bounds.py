"""Streams that did not come out whole, pages that hold more than a page can, and lines without end."""

from __future__ import annotations

import itertools
import zlib

import pytest

from extractors.vocabulary import Line
from pipeline.read import read
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_device import BROKEN_PAGE
from pipeline.read.text import LONGEST, read_text
from tests.bad.drawn import CONTENT, SENTENCE, one_page, said
from tests.bad.files import packed

PACKED = zlib.compress(said() + said("第2回 7件", 60, 500), 9)


def of(data: bytes) -> bytes:
    return one_page(more={CONTENT: packed(data)})


@pytest.mark.parametrize("data", [PACKED, PACKED[:-4], PACKED[:-1], PACKED + b"\r\n"], ids=["whole", "no checksum", "half a checksum", "a line break more"])
def test_a_stream_that_reaches_its_end_is_whole(data: bytes) -> None:
    page = read_pdf(of(data)).pages[0]
    assert page.unreadable is None
    assert SENTENCE in "".join(glyph.char for glyph in page.glyphs)


@pytest.mark.parametrize("data", [PACKED[:-20], PACKED[:30] + b"\0" + PACKED[31:], PACKED[:-4] + b"abcd"], ids=["cut", "a wrong byte", "another checksum"])
def test_a_stream_that_is_damaged_gives_no_part_of_a_page(data: bytes) -> None:
    page = read_pdf(of(data)).pages[0]
    assert (page.unreadable, len(page.glyphs)) == (BROKEN_PAGE, 0)


def test_a_blank_page_packed_or_not_is_no_damaged_one() -> None:
    assert read_pdf(of(b"")).pages[0].unreadable is None
    assert read_pdf(of(zlib.compress(b""))).pages[0].unreadable is None


@pytest.mark.parametrize(("name", "most"), [("MOST_CHARACTERS", 5), ("MOST_SHAPES", 3), ("MOST_POINTS", 5), ("MOST_CONTENT", 60)])
def test_a_page_of_more_than_it_can_hold_says_of_what(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    data = one_page(b"0 0 9 9 re f\n" * 4)
    assert read_pdf(data).pages[0].unreadable is None
    monkeypatch.setattr(f"pipeline.read.pdf_device.{name}", most)
    assert f"{most:,}を超える" in str(read_pdf(data).pages[0].unreadable)


@pytest.mark.parametrize("line", ["目標は1,500人。" * 900, "件数 1,500 " * 700, "指標" * 3000, "12" * 3000], ids=["sentences", "blanks", "letters", "digits"])
def test_a_long_line_is_parted_and_loses_nothing(line: str) -> None:
    pieces = [block.text for block in read_text(line.encode())[0].blocks if isinstance(block, Line)]
    assert "".join(piece.string for piece in pieces) == line
    assert all(len(piece) <= LONGEST for piece in pieces) and {piece.line for piece in pieces} == {1}
    # No number is parted: but for one of thousands of digits, which is none.
    assert line.startswith("12") or not any(a.string[-1].isdecimal() and b.string[0].isdecimal() for a, b in itertools.pairwise(pieces))


def test_a_line_of_ordinary_length_is_one_line() -> None:
    document = read((SENTENCE * 20).encode())
    assert [len(block.text) for block in document.pages[0].blocks if isinstance(block, Line)] == [20 * len(SENTENCE)]
