from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from pipeline.sources import find, is_side_file, printable


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def test_documents_are_found_at_any_depth_in_the_order_of_their_paths(raw: Path) -> None:
    put(raw, "b.pdf", "a/深い/計画 書.PDF", "a.txt", "a/z.md")
    assert [source.path for source in find(raw).sources] == ["a.txt", "a/z.md", "a/深い/計画 書.PDF", "b.pdf"]
    assert find(raw).sources[2].name == "計画 書.PDF"


def test_hidden_files_and_folders_do_not_count(raw: Path) -> None:
    put(raw, ".git/a.txt", ".hidden.pdf", "a.pdf")
    assert [source.path for source in find(raw).sources] == ["a.pdf"]
    assert find(raw).passed_over == 0


def test_cards_notes_and_data_are_passed_over_and_counted(raw: Path) -> None:
    put(raw, "a.pdf", "a.pdf.card.toml", "README.md", "README.ja.md", "LICENSE", "truth.csv", "sub/readme.txt")
    found = find(raw)
    assert [source.path for source in found.sources] == ["a.pdf"]
    assert found.passed_over == 6


@pytest.mark.parametrize("name", ["readme_計画.pdf", "README.pdf", "license.docx", "計画", "計画.第2版", "図.png", "計画.xlsx", "notes.md"])
def test_everything_else_is_offered(name: str) -> None:
    assert not is_side_file(name)


def test_the_folder_of_the_tables_is_not_read(raw: Path) -> None:
    put(raw, "a.txt", "out/targets/note.txt")
    assert [source.path for source in find(raw, leave_out=raw / "sub" / ".." / "out").sources] == ["a.txt"]


def test_one_file_may_be_named_in_place_of_a_folder(raw: Path) -> None:
    put(raw, "a.txt")
    assert [source.path for source in find(raw / "a.txt").sources] == ["a.txt"]


def test_a_folder_that_is_not_there_is_an_error(raw: Path) -> None:
    with pytest.raises(FileNotFoundError):
        find(raw / "nowhere")


def test_a_link_to_nothing_is_offered_and_a_pipe_is_not(raw: Path) -> None:
    (raw / "gone.pdf").symlink_to(raw / "nowhere.pdf")
    os.mkfifo(raw / "pipe.txt")
    assert [source.path for source in find(raw).sources] == ["gone.pdf"]


def test_names_are_published_composed_and_without_broken_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "ガイド.pdf")
    assert printable(decomposed) == "ガイド.pdf"
    assert printable(os.fsdecode("計画.pdf".encode("cp932"))) == "計画.pdf"
