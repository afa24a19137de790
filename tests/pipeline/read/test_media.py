from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.media import MARKDOWN, PDF, TEXT, media_type, misnamed
from pipeline.read import document_id, read
from pipeline.read.errors import Unreadable


def test_a_pdf_is_known_by_its_mark_within_the_first_kilobyte() -> None:
    assert media_type(b"%PDF-1.7\n") == PDF
    assert media_type(b"\r\n" * 400 + b"%PDF-1.4\n") == PDF
    assert media_type(b"x" * 1020 + b"\n%PDF-1.4\n") == TEXT


def test_a_text_that_speaks_of_the_mark_is_a_text() -> None:
    assert media_type("先頭が %PDF-1.7 のファイルを PDF という。".encode()) == TEXT


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04rest", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "application/x-ole-storage"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        ("\ufeff\n<!DOCTYPE HTML>".encode(), "text/html"),
        ("目標 490件".encode("cp932"), TEXT),
        ("目標 490件".encode("utf-16"), TEXT),
        (b" \r\n\t\x0c", None),
        (b"", None),
    ],
)
def test_other_bytes_are_told_by_their_start(data: bytes, expected: str | None) -> None:
    assert media_type(data) == expected


def test_only_a_pdf_without_pdf_inside_is_judged_by_its_name(make_pdf: Callable[..., bytes]) -> None:
    assert misnamed("計画.PDF", b"text")
    assert not misnamed("計画.txt", make_pdf("x"))
    assert not misnamed("計画.pdf", make_pdf("x"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "0 バイト"),
        ("a.txt", b" \n", "空白しか"),
        ("a.pdf", "目標 10件".encode(), "PDF ではありません"),
        ("a.docx", b"PK\x03\x04rest", "Office"),
        ("scan.png", b"\x89PNG\r\n\x1a\nrest", "画像"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert said in caught.value.reason


def test_pipe_tables_make_a_text_markdown_whatever_its_name() -> None:
    table = "| 指標 | 目標 |\n| --- | --- |\n| 件数 | 3件 |\n".encode()
    assert read(table, "a.txt").media_type == MARKDOWN
    assert read("件数は3件。\n".encode(), "a.md").media_type == TEXT


def test_the_id_is_the_bytes_alone(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf("x")
    assert read(data, "a.pdf").id == read(data, "b.bin").id == document_id(data)
    assert document_id(data) != document_id(data + b"\n")
