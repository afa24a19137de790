"""What cards say of documents and of their editions."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from pipeline.cards import card_of, read_cards
from pipeline.read.moments import moment, written_at
from pipeline.sources import Source, find
from tests.pipeline.test_supersede import plan, put, said, superseded


def card(raw: Path, name: str, text: str) -> None:
    (raw / f"{name}.md.card.toml").write_text(text, encoding="utf-8")


def digest(raw: Path, name: str) -> str:
    return hashlib.sha256((raw / f"{name}.md").read_bytes()).hexdigest()


def fetched(raw: Path, name: str, day: int, *, more: str = "", address: str = "https://city.example/plan.pdf") -> None:
    own = f'sha256 = "{digest(raw, name)}"\n'
    card(raw, name, f'address = "{address}"\nretrieved = 2024-08-{day:02}T09:00:00Z\n{own}{more}')


def test_a_card_names_the_edition_that_a_document_takes_the_place_of(raw: Path) -> None:
    put(raw, a=plan(), b=plan(city="上野村"))
    card(raw, "b", f'supersedes = "{digest(raw, "a").upper()}"\n')
    assert superseded(raw) == {"a.md": "b.md"}


def test_a_card_overrules_the_words_of_titles(raw: Path) -> None:
    put(raw, draft=plan("男女共同参画プラン(案)"), plan=plan(targets={2: 145}))
    card(raw, "draft", f'supersedes = ["{digest(raw, "plan")}"]\n')
    assert superseded(raw) == {"plan.md": "draft.md"}


@pytest.mark.parametrize(("one", "other", "expected"), [(1, 2, {"a.md": "b.md"}), (2, 1, {"b.md": "a.md"}), (1, 1, {})])
def test_other_bytes_at_one_address_are_a_newer_edition(raw: Path, one: int, other: int, expected: dict[str, str]) -> None:
    put(raw, a=plan(), b=plan(targets={2: 145}))
    fetched(raw, "a", one)
    fetched(raw, "b", other)
    assert superseded(raw) == expected


def test_next_years_plan_at_the_same_address_is_another_document(raw: Path) -> None:
    put(raw, a=plan(), b=plan(year=7))
    fetched(raw, "a", 1)
    fetched(raw, "b", 2, more=f'supersedes = "{digest(raw, "a")}"\n')
    assert superseded(raw) == {}
    assert [(row["name"], row["severity"]) for row in said(raw, "same_address")] == [("b.md", "info")]


def test_another_document_of_the_year_at_the_same_address_is_another_document(raw: Path) -> None:
    put(raw, a=plan(), b=plan("地域福祉プラン", names=tuple(f"福祉の{at}番目の指標" for at in "一二三四五六七八")))
    fetched(raw, "a", 1)
    fetched(raw, "b", 2)
    assert superseded(raw) == {}


def test_a_newer_edition_without_numbers_takes_no_place(raw: Path) -> None:
    put(raw, a=plan(), b="ページが見つかりません。お探しのページは移動した可能性があります。\n")
    fetched(raw, "a", 1)
    fetched(raw, "b", 2, more=f'supersedes = "{digest(raw, "a")}"\n')
    assert superseded(raw) == {}
    assert [(row["name"], row["severity"]) for row in said(raw, "edition_unread")] == [("b.md", "warning")]


def test_three_files_of_one_address_end_at_the_one_fetched_last(raw: Path) -> None:
    put(raw, a=plan(), b=plan(targets={2: 145}), c=plan(targets={2: 146}))
    for name, day in (("a", 2), ("b", 3), ("c", 1)):
        fetched(raw, name, day)
    assert superseded(raw) == {"a.md": "b.md", "c.md": "b.md"}


def test_a_file_that_came_back_is_the_newest_again(raw: Path) -> None:
    put(raw, a=plan(), b=plan(targets={2: 145}))
    fetched(raw, "a", 3)
    fetched(raw, "b", 2, more=f'supersedes = "{digest(raw, "a")}"\n')
    assert superseded(raw) == {"b.md": "a.md"}


def test_cards_that_contradict_each_other_leave_both_and_say_so(raw: Path) -> None:
    put(raw, a=plan(), b=plan(targets={2: 145}))
    card(raw, "a", f'supersedes = "{digest(raw, "b")}"\n')
    card(raw, "b", f'supersedes = "{digest(raw, "a")}"\n')
    assert superseded(raw) == {}
    assert sorted(row["name"] for row in said(raw, "editions_unordered")) == ["a.md", "b.md"]


def test_the_card_of_a_copy_speaks_of_the_document(raw: Path) -> None:
    put(raw, a=plan(), b=plan(targets={2: 145}), c=plan(targets={2: 145}))
    card(raw, "c", f'supersedes = "{digest(raw, "a")}"\n')
    assert superseded(raw) == {"a.md": "b.md"}


@pytest.mark.parametrize("text", ["supersedes", "\x00", "supersedes = 3", "supersedes = 'abc'", "retrieved = 'yesterday'", "address = 1", "sha256 = [[]]"])
def test_a_card_that_says_nothing_sensible_is_a_finding(raw: Path, text: str) -> None:
    put(raw, a=plan())
    card(raw, "a", text)
    assert [(row["name"], row["severity"]) for row in said(raw, "card_wrong")] == [("a.md", "warning")]


def test_a_card_in_another_encoding_is_a_finding(raw: Path) -> None:
    put(raw, a=plan())
    (raw / "a.md.card.toml").write_bytes('title = "計画"'.encode("cp932"))
    assert len(said(raw, "card_wrong")) == 1


def test_a_card_of_other_bytes_is_not_believed(raw: Path) -> None:
    put(raw, a=plan(), b=plan(targets={2: 145}))
    card(raw, "b", f'sha256 = "{"0" * 64}"\nsupersedes = "{digest(raw, "a")}"\n')
    assert superseded(raw) == {}
    assert [row["name"] for row in said(raw, "card_of_other_bytes")] == ["b.md"]


def test_a_document_that_a_card_names_and_nobody_has_is_no_matter(raw: Path) -> None:
    put(raw, a=plan())
    card(raw, "a", f'supersedes = ["{"1" * 64}", "{digest(raw, "a")}"]\n')
    assert superseded(raw) == {}
    assert said(raw, "card_wrong", "superseded", "editions_unordered") == []


def test_a_card_gives_all_its_keys(raw: Path) -> None:
    put(raw, a=plan(), b=plan(year=7))
    card(raw, "a", 'title = "計画"\nlicence = "CC-BY-4.0"\nretrieved = 2024-08-01T09:00:00+09:00\n')
    (one,) = read_cards(find(raw).sources)["a.md"]
    assert one.says["licence"] == "CC-BY-4.0" and one.retrieved == dt.datetime(2024, 8, 1, tzinfo=dt.UTC) and one.wrong == ()
    assert card_of(Source("b.md", raw / "b.md")) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("D:20240801093000+09'00'", dt.datetime(2024, 8, 1, 0, 30, tzinfo=dt.UTC)),
        ("D:20240801093000Z", dt.datetime(2024, 8, 1, 9, 30, tzinfo=dt.UTC)),
        ("D:20240801093000", dt.datetime(2024, 8, 1, 0, 30, tzinfo=dt.UTC)),
        ("20240801", dt.datetime(2024, 7, 31, 15, 0, tzinfo=dt.UTC)),
        ("D:2024", dt.datetime(2023, 12, 31, 15, 0, tzinfo=dt.UTC)),
        ("D:20241301", None),
        ("D:00010101", None),
        ("Thu Aug 1 2024", None),
        ("", None),
    ],
)
def test_a_pdf_date_is_read_in_utc(printed: str, expected: dt.datetime | None) -> None:
    assert moment(printed) == expected


def test_a_date_that_no_clock_gave_is_none() -> None:
    assert written_at({"moddate": "D:19700101000000Z", "creationdate": "D:20240801093000Z"}) == dt.datetime(2024, 8, 1, 9, 30, tzinfo=dt.UTC)
    assert written_at({"creationdate": "D:20000101000000+00'00'"}) is None
