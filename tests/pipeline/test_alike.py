"""Each thing that parts two documents of one title, alone: rows made by hand, all else the same."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from pipeline.cards import Card
from pipeline.supersede import supersede
from pipeline.supersede.alike import edited, same_document
from pipeline.supersede.words import day_of, edition_of, later


def fact(at: int, value: float, **said: Any) -> dict[str, Any]:
    same = {"indicator": f"指標{at}", "component": None, "area": None, "fiscal_year": 2024, "unit": "件", "comparator": None, "cumulative": False}
    days = {"period_start": dt.date(2024, 4, 1), "period_end": dt.date(2025, 3, 31)}
    return {"fact_id": f"f_{at}", "value": value, "document_id": "d", "superseded_by": None, **same, **days, **said}


def facts(count: int = 20, wrong: int = 0, **said: Any) -> list[tuple[str, dict[str, Any]]]:
    """Half targets, half results; the values of the last `wrong` differ."""
    values = [at if at < count - wrong else at + 1000 for at in range(count)]
    return [("targets" if at < count / 2 else "actuals", fact(at, value, **said)) for at, value in enumerate(values)]


def document(title: str = "男女共同参画プラン", **said: Any) -> dict[str, Any]:
    told = {"publisher": "市", "fiscal_year": 2024, "opening": [title], "source_name": "計画.pdf", "written_at": None, "sha256": None}
    return {"document_id": "d", "source_path": "計画.pdf", "superseded_by": None, "title": title, **told, **said}


DRAFT = "男女共同参画プラン(案)"


@pytest.mark.parametrize(
    ("same", "one", "other", "mine", "others"),
    [
        (True, document(), document(), facts(), facts(wrong=1)),
        (False, document(), document(publisher="町"), facts(), facts()),
        (False, document(), document(fiscal_year=2025), facts(), facts()),
        (False, document(), document(source_name="計画_概要.pdf"), facts(), facts()),
        (True, document(), document(source_name="計画_一部訂正.pdf"), facts(), facts()),
        # Of twenty numbers six are not the same: half of the results, and a few more.
        (True, document(), document(), facts(), facts(wrong=5)),
        (False, document(), document(), facts(), facts(wrong=6)),
        (True, document(DRAFT), document(), facts(), facts(wrong=15)),
        (False, document(DRAFT), document(), facts(), facts(wrong=16)),
        # A draft and a decided plan each name something of their own: a meeting, or the ward that each is about.
        (True, document(DRAFT, opening=["審議会"]), document(opening=["公表"]), facts(), facts(wrong=2)),
        (False, document(DRAFT, opening=["東区"]), document(opening=["西区"]), facts(), facts(wrong=3)),
        (True, document(), document(), facts(6), facts(6)),
        (False, document(), document(), facts(4), facts(4)),
        (True, document(publisher=None), document(publisher=None), facts(10), facts(10)),
        (False, document(publisher=None), document(publisher=None), facts(9), facts(9)),
        (True, document(fiscal_year=None), document(fiscal_year=None), facts(), facts()),
        # Nothing says of which year either of them is.
        *[
            (year is not None, document(fiscal_year=year), document(fiscal_year=year), undated, undated)
            for year in (2024, None)
            for undated in [facts(fiscal_year=None, period_start=None, period_end=None)]
        ],
    ],
)
def test_one_thing_alone_parts_two_documents(same: bool, one: Any, other: Any, mine: Any, others: Any) -> None:
    assert same_document(edited(one, mine), edited(other, others)) is same
    assert same_document(edited(other, others), edited(one, mine)) is same


def test_targets_that_all_sheets_share_do_not_make_up_for_results() -> None:
    mine = [("targets", fact(at, at)) for at in range(30)] + [("actuals", fact(at, at)) for at in range(6)]
    others = [("targets", fact(at, at)) for at in range(30)] + [("actuals", fact(at, at + 500 * (at < 4))) for at in range(6)]
    assert not same_document(edited(document(), mine), edited(document(), others))


def test_a_quarter_of_the_numbers_may_be_put_right_and_no_more() -> None:
    mine, *others = ([("targets", row) for _, row in facts(wrong=wrong)] for wrong in (0, 5, 6))
    assert [same_document(edited(document(), mine), edited(document(), some)) for some in others] == [True, False]


def test_a_later_result_makes_a_later_report() -> None:
    later_by_one = [*facts(19), ("actuals", fact(19, 19, fiscal_year=2025, period_end=dt.date(2026, 3, 31)))]
    assert not same_document(edited(document(), facts()), edited(document(), later_by_one))


def at_one_address(*years: int | None) -> list[str | None]:
    documents = [document(str(at), document_id=f"d_{at}", source_path=str(at), sha256=str(at) * 64, fiscal_year=year) for at, year in enumerate(years)]
    rows = {"targets": [fact(at, at, document_id=f"d_{doc}") for doc in range(len(years)) for at in range(9)], "actuals": [], "costs": []}
    cards = {str(at): [Card(str(at), address="https://city.example", supersedes=(str(at - 1) * 64,) if at else ())] for at in range(len(years))}
    supersede(documents, rows, cards)
    return [row["superseded_by"] for row in documents]


def test_what_a_fetching_step_says_of_one_address_holds_within_one_year() -> None:
    assert at_one_address(2024, 2024) == ["d_1", None]
    assert at_one_address(2024, None) == ["d_1", None]
    assert at_one_address(2024, 2025) == [None, None]


@pytest.mark.parametrize(
    "line",
    [
        "(素案) / 原案 / (案) / 修正案 / 計画 / 確定版",
        "初版 / 第2版 / 第三版 / 第10版",
        "計画 / 訂正版 / 再訂正 / 第3回変更",
        "速報値 / 確報",
        "Ver.1.9 / Ver.1.10 / v2",
    ],
)
def test_words_are_in_order(line: str) -> None:
    words = [edition_of((word,)) for word in line.split(" / ")]
    assert [later(one, other) for one, other in itertools.pairwise(words)] == [1] * (len(words) - 1)
    assert [later(other, one) for one, other in itertools.pairwise(words)] == [-1] * (len(words) - 1)


@pytest.mark.parametrize("word", ["議案", "提案", "案内", "改訂計画", "計画の変更について", "初版", "第1版", "第2次計画", "計画(1)"])
def test_words_that_are_the_plans_own_say_nothing(word: str) -> None:
    assert later(edition_of(("計画",)), edition_of((word,))) == 0


def test_words_that_contradict_each_other_say_nothing() -> None:
    assert later(edition_of(("計画 第2版(案)",)), edition_of(("計画 初版",))) == 0


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("令和6年8月改訂", "2024-08"),
        ("（令和６年８月１日訂正）", "2024-08-01"),
        ("改訂日：2024/8/1", "2024-08-01"),
        ("令和6年3月", "2024-03"),
        ("令和6年3月 枝幸町", "2024-03"),
    ],
)
def test_days_of_editions_and_covers_are_read(line: str, day: str) -> None:
    assert day_of((line,)) == day


@pytest.mark.parametrize("line", ["令和6年9月末現在", "令和6年8月1日に開かれた会議", "令和6年度", "8月1日改訂"])
def test_other_days_are_none_of_an_edition(line: str) -> None:
    assert day_of((line,)) is None
