from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.vocabulary import Document, Extraction, Page
from pipeline.sources import Source
from pipeline.work import status_of, work
from tests.pipeline.made import extract_words, fact, text_document


def source(folder: Path, name: str, data: bytes) -> Source:
    (folder / name).write_bytes(data)
    return Source(name, folder / name)


def test_a_document_gives_its_counts_and_its_rows(raw: Path) -> None:
    outcome = work(source(raw, "a.txt", "件数 目標10 実績9 12".encode()), extract_words)
    row = outcome.document
    assert (row["status"], row["reason"], row["targets"], row["actuals"], row["costs"], row["unclaimed"]) == ("ok", None, 1, 1, 0, 1)
    assert (row["pages"], row["pages_with_facts"], row["media_type"]) == (1, 1, "text/plain")
    assert [len(outcome.as_rows()[table]) for table in ("targets", "actuals", "costs", "unclaimed")] == [1, 1, 0, 1]


def test_a_file_that_cannot_be_opened_has_a_row(raw: Path) -> None:
    row = work(Source("gone.pdf", raw / "gone.pdf"), extract_words).document
    assert (row["status"], row["sha256"], row["bytes"]) == ("failed", None, None)
    assert row["reason"].startswith("ファイルを開けません")


def test_a_fault_in_reading_is_a_reason_and_no_traceback(raw: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(document: Document) -> Extraction:
        raise ZeroDivisionError("somewhere deep")

    with caplog.at_level("DEBUG"):
        row = work(source(raw, "a.txt", b"490"), broken).document
    assert row["status"] == "failed"
    assert "ZeroDivisionError" in row["reason"]
    assert "Traceback" not in row["reason"]
    assert "somewhere deep" in caplog.text


def test_facts_that_break_the_schema_fail_their_document_alone(raw: Path) -> None:
    def odd(document: Document) -> Extraction:
        return Extraction(tuple(dataclasses.replace(one, comparator="≧") for one in extract_words(document).facts))

    outcome = work(source(raw, "a.txt", "件数 目標10".encode()), odd)
    assert (outcome.document["status"], outcome.as_rows()) == ("failed", {})


def test_facts_without_a_place_get_ids_all_the_same() -> None:
    document = text_document("490")
    elsewhere = text_document("490").pages[0].glyphs
    from extractors.vocabulary import Text
    from pipeline.rows import rows_of

    rows = rows_of(document, Extraction((fact(Text(elsewhere)), fact(Text(elsewhere)))), "a")
    assert len({row["fact_id"] for row in rows["targets"]}) == 2


def pages(*said: str) -> Document:
    """A document whose pages are `text`, `blank`, or unreadable for the reason given."""
    glyphs = text_document("x").pages[0].glyphs
    made = [Page(n, (), () if one == "blank" else glyphs, unreadable=None if one in {"text", "blank"} else one) for n, one in enumerate(said, 1)]
    return Document("d_1", tuple(made), "application/pdf", paged=True)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (("text", "text"), "ok"),
        (("text", "blank"), "ok"),
        (("text", "画像です。"), "partial"),
        (("画像です。", "画像です。"), "needs_ocr"),
        (("画像です。", "blank"), "needs_ocr"),
        (("blank",), "needs_ocr"),
    ],
)
def test_the_status_follows_from_the_pages(said: tuple[str, ...], status: str) -> None:
    assert status_of(pages(*said))[0] == status


def test_the_reason_names_the_pages_and_why() -> None:
    reason = status_of(pages("text", "画像です。", "text", "文字化けです。"))[1]
    assert reason == "4ページのうち2ページを読めません (p. 2、4)。画像です。"
    assert "ほか" in str(status_of(pages("text", *["画像です。"] * 9))[1])


def test_a_fixed_time_can_be_given(raw: Path, monkeypatch: pytest.MonkeyPatch, make_pdf: Callable[..., bytes]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert work(source(raw, "a.pdf", make_pdf("x")), extract_words).document["ingested_at"].isoformat() == "1970-01-02T00:00:00+00:00"
