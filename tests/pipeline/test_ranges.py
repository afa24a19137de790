"""Long documents read in ranges of pages: what they give is what one process makes of the whole, and what breaks breaks alone."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pikepdf
import pytest

from extractors import extract
from pipeline import read as reading
from pipeline.check import check
from pipeline.limits import Limits
from pipeline.publish import publish
from pipeline.ranges import Long, Range, read_range
from pipeline.read import read, read_joined, read_pages
from pipeline.read.errors import Unreadable
from pipeline.rows import rows_of
from pipeline.sources import Source
from pipeline.work import work
from tests.conftest import ROOT
from tests.pipeline.made import outcomes, run_in
from tests.pipeline.read.variants import changed, small
from tests.pipeline.test_publish import bytes_of

PDFS = sorted([*(ROOT / "data" / "raw").glob("*.pdf"), *(ROOT / "tests" / "pdfs").glob("*.pdf")])
LIMITS = Limits(60, 5, 0)
# Two pages are long here, and each is a range of its own.
SHORT = Long(pages=2, size=0, a_range=1)


def cut(data: bytes, pages: int, each: int) -> list[bytes]:
    firsts = range(0, max(pages, 1), each)
    return [read_pages(data, first, first + each if first + each < pages else None) for first in firsts]


def many(*names: str) -> bytes:
    """The pages of small PDFs in one file."""

    def joined(pdf: pikepdf.Pdf) -> None:
        for name in names:
            with pikepdf.open(ROOT / "tests" / "pdfs" / f"{name}.pdf") as more:
                pdf.pages.extend(more.pages)

    return changed(small("row_cut"), joined)


@pytest.mark.parametrize("file", PDFS, ids=lambda file: file.stem)
@pytest.mark.parametrize("each", [1, 2])
def test_pages_read_in_ranges_are_those_of_the_whole(file: Path, each: int) -> None:
    data = file.read_bytes()
    whole = read(data, file.name)
    parts = read_joined(data, cut(data, len(whole.pages), each))
    assert repr(parts) == repr(whole)
    said = [rows_of(one, check(one, extract(one)), file.name) for one in (whole, parts)]
    assert said[0] == said[1]


def test_a_row_that_the_end_of_a_range_cuts_is_one_row() -> None:
    data = small("row_cut")
    assert len(read(data).pages) > 1
    first, *rest = cut(data, len(read(data).pages), 1)
    assert repr(read_joined(data, [first, *rest])) == repr(read(data))


def test_parts_of_other_bytes_or_with_a_page_missing_are_not_used() -> None:
    data, other = many("header_tree"), many("spans")
    pages = len(read(data).pages)
    whole = repr(read(data))
    assert repr(read_joined(data, cut(other, pages, 1))) == whole
    assert repr(read_joined(data, cut(data, pages, 1)[1:])) == whole
    assert repr(read_joined(data, cut(data, pages, 1)[::-1])) == whole


def test_a_file_that_only_a_repair_opens_gives_the_same_in_ranges() -> None:
    data = re.sub(rb"startxref\n\d+", b"startxref\n9", many("header_tree", "spans"))
    whole = read(data)
    assert whole.metadata["repaired"] == "true"
    assert repr(read_joined(data, cut(data, len(whole.pages), 1))) == repr(whole)


def test_ranges_cover_each_page_once_and_leave_no_small_rest(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(many(*["row_cut"] * 2, "spans"))
    pages = len(read(file.read_bytes()).pages)
    source = Source("a.pdf", file)
    assert Long(pages, 0, 3).ranges(source) == ((0, 3), (3, None)) and pages == 7
    assert Long(pages, 0, 4).ranges(source) == ((0, 4), (4, None))
    assert Long(pages + 1, 0, 3).ranges(source) == ()
    assert Long(pages, 10**6, 3).ranges(source) == ()
    assert Long(1, 0, 1).ranges(Source("gone.pdf", tmp_path / "gone.pdf")) == ()


@pytest.fixture
def folder(raw: Path) -> Path:
    (raw / "long.pdf").write_bytes(many("header_tree", "spans", "note_marks", "two_up"))
    (raw / "short.pdf").write_bytes(small("header_tree"))
    (raw / "text.txt").write_text("件数 目標10 実績9\n", encoding="utf-8")
    return raw


def test_a_run_in_ranges_by_two_processes_writes_the_bytes_of_one_process(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    for name, jobs in (("none", 0), ("one", 1), ("two", 2)):
        publish(run_in(folder, tmp_path / f"of {name}", jobs, work, limits=LIMITS, long=SHORT._replace(read=told)), tmp_path / name)
        assert len(list(folder.glob("*.read"))) == (6 if name == "two" else 0), "ranges are read where there are several processes"
    assert bytes_of(tmp_path / "none") == bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def told(source: Source, pages: Range) -> bytes | None:
    """As `read_range`, and a file beside the documents tells of it (a hidden one, which is no document)."""
    (Path(str(source.file)).parent / f".{pages[0]}.read").touch()
    return read_range(source, pages)


def killing(source: Source, pages: Range) -> bytes | None:
    """As `read_range`; who reads the second page is killed."""
    if pages[0] == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_range(source, pages)


def giving_up(source: Source, pages: Range) -> bytes | None:
    """As `read_range`; the second page cannot be read."""
    return None if pages[0] == 1 else read_range(source, pages)


def test_a_document_of_which_a_range_kills_its_process_is_read_alone_and_whole(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As any document that kills its process: once more in a process of its own, where it is not cut."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    publish(run_in(folder, tmp_path / "a", 0, work), tmp_path / "whole")
    publish(run_in(folder, tmp_path / "b", 2, work, limits=LIMITS, long=SHORT._replace(read=killing)), tmp_path / "killed")
    assert bytes_of(tmp_path / "whole") == bytes_of(tmp_path / "killed")


def killed_whole(source: Source, parts: tuple[bytes, ...] = ()) -> object:
    """As `work`; a long document kills the process that reads the whole of it."""
    if source.name == "long.pdf" and not parts:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(source, parts=parts)


def test_a_document_that_kills_whoever_reads_it_fails_alone(folder: Path, tmp_path: Path) -> None:
    found = outcomes(run_in(folder, tmp_path, 2, killed_whole, limits=LIMITS, long=SHORT._replace(read=killing)))
    assert {one.document["source_name"]: one.document["status"] for one in found} == {"long.pdf": "failed", "short.pdf": "ok", "text.txt": "ok"}


def test_a_document_of_which_a_range_cannot_be_read_is_read_as_a_whole(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    publish(run_in(folder, tmp_path / "a", 0, work), tmp_path / "whole")
    publish(run_in(folder, tmp_path / "b", 2, work, limits=LIMITS, long=SHORT._replace(read=giving_up)), tmp_path / "given up")
    assert bytes_of(tmp_path / "whole") == bytes_of(tmp_path / "given up")


def test_a_range_that_cannot_be_read_says_nothing_of_the_document(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7 and nothing else")
    assert read_range(Source("a.pdf", file), (0, 1)) is None
    assert read_range(Source("b.pdf", tmp_path / "b.pdf"), (0, 1)) is None
    with pytest.raises(Unreadable):
        reading.read_pages(file.read_bytes(), 0, 1)
