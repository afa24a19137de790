"""File names from servers and addresses: safe, readable, Japanese kept."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis.strategies import binary, sampled_from, text

from pipeline.fetch.names import LONGEST_NAME, edition, given_name, numbered, safe, safe_folder
from pipeline.sources import is_side_file

PDF = (".pdf",)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'attachment; filename="plan.pdf"', "plan.pdf"),
        (b"attachment; filename=plan.pdf", "plan.pdf"),
        (b"attachment; filename=\"plan.pdf\"; filename*=UTF-8''" + quote("計画.pdf").encode(), "計画.pdf"),
        (b"attachment; filename*=UTF-8''" + quote("計画.pdf").encode() + b'; filename="plan.pdf"', "計画.pdf"),
        (b"attachment; filename*=Shift_JIS'ja'" + quote("計画.pdf".encode("cp932")).encode(), "計画.pdf"),
        (b"attachment; filename*=nonsense''plan.pdf", "plan.pdf"),
        ('attachment; filename="計画.pdf"'.encode(), "計画.pdf"),
        ('attachment; filename="計画.pdf"'.encode("cp932"), "計画.pdf"),
        (b'attachment; filename="' + quote("計画.pdf").encode() + b'"', "計画.pdf"),
        (rb'attachment; filename="C:\\docs\\plan.pdf"', "plan.pdf"),
        (b'attachment; filename="../../etc/plan.pdf"', "plan.pdf"),
        (b"inline", "a.pdf"),
        (b'attachment; filename=""', "a.pdf"),
        (None, "a.pdf"),
    ],
)
def test_content_disposition_names_the_file_or_else_the_address(header: bytes | None, name: str) -> None:
    assert given_name("https://example.jp/docs/a.pdf?x=1", header) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [(quote("計画 書.pdf"), "計画 書.pdf"), (quote("計画.pdf".encode("cp932")), "計画.pdf"), ("%FF%FE.pdf", "%FF%FE.pdf"), ("", "")],
)
def test_an_address_is_read_as_utf8_or_as_older_servers_write_it(path: str, name: str) -> None:
    assert given_name(f"https://example.jp/docs/{path}", None) == name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("計画.PDF", "計画.PDF"),
        ("a/b\\c.pdf", "a_b_c.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        ("..%2f.pdf", "%2f.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("a\x00b\nc\u202efdp.pdf", "a_b_c_fdp.pdf"),
        ("download.php", "download.php.pdf"),
        ("計画 第1.2版", "計画 第1.2版.pdf"),
        (unicodedata.normalize("NFD", "ガイド.pdf"), "ガイド.pdf"),
        ("con.pdf", "document-con.pdf"),
        ("plan .pdf", "plan.pdf"),
        ("a.card.toml", "a.card.toml.pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, name: str) -> None:
    assert safe(given, PDF) == name


@given(text(max_size=300), sampled_from([(".pdf",), (".txt", ".md"), (".xlsx",)]))
def test_whatever_a_server_calls_a_file_its_name_is_safe(given_by: str, suffixes: tuple[str, ...]) -> None:
    name = safe(given_by, suffixes)
    assert len(name.encode()) <= LONGEST_NAME
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t')
    assert not name.startswith((".", " "))
    assert name.lower().endswith(suffixes)
    assert not is_side_file(name)
    assert safe(name, suffixes) == name


@given(text(max_size=50), binary(max_size=50))
def test_any_header_and_address_give_some_name(path: str, header: bytes) -> None:
    assert isinstance(given_name(f"https://example.jp/{path}", header), str)
    assert isinstance(given_name("https://example.jp/", b"attachment; filename*=" + header), str)


def test_a_text_that_would_be_passed_over_is_renamed() -> None:
    assert safe("readme.txt", (".txt",)) == "document-readme.txt"


def test_a_long_name_is_cut_between_characters_and_keeps_its_suffix() -> None:
    name = safe("計" * 200 + ".pdf", PDF)
    assert len(name.encode()) <= LONGEST_NAME
    assert name.endswith("計.pdf")


def test_editions_and_namesakes_keep_the_suffix() -> None:
    assert edition("計画.v1.pdf", "2026-11-21") == "計画.v1.2026-11-21.pdf"
    assert (numbered("a.pdf", 1), numbered("a.pdf", 2)) == ("a.pdf", "a-2.pdf")


@pytest.mark.parametrize(("part", "name"), [("令和6年度", "令和6年度"), ("..", "folder"), ("a:b", "a_b"), ("___", "folder")])
def test_a_folder_s_name_is_made_safe(part: str, name: str) -> None:
    assert safe_folder(part) == name
