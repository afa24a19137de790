"""Tables that are lines of text: records under or over a header, side by side, under a caption of dates."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extractors.small import facts_of, unclaimed_of, values_of

ROWS = """図書館の来館者数 来館者数 2,391 人 2,162 人 90.4 ％ 2,200 人
公開講座の開催 開催回数 2 回 2 回 100.0 ％ 3 回
相談会参加者数 参加者数 61 人 102 人 167.2 ％ 70 人
"""
HEADER = "項　　　目 令和6年度目標 令和6年度実績 達成率 令和7年度目標\n"
FOUND = [
    ("target", "図書館の来館者数", "来館者数", 2024, 2391, None),
    ("actual", "図書館の来館者数", "来館者数", 2024, 2162, 90.4),
    ("target", "図書館の来館者数", "来館者数", 2025, 2200, None),
    ("target", "公開講座の開催", "開催回数", 2024, 2, None),
    ("actual", "公開講座の開催", "開催回数", 2024, 2, 100.0),
    ("target", "公開講座の開催", "開催回数", 2025, 3, None),
    ("target", "相談会参加者数", "参加者数", 2024, 61, None),
    ("actual", "相談会参加者数", "参加者数", 2024, 102, 167.2),
    ("target", "相談会参加者数", "参加者数", 2025, 70, None),
]
COLUMNS = ("kind", "indicator", "component", "fiscal_year", "value", "achievement_rate")


@pytest.mark.parametrize("source", [HEADER + ROWS, ROWS + HEADER, ROWS + "令和7年度みどり市事業計画値\n\n" + HEADER], ids=["above", "below", "below the title"])
def test_records_stand_under_their_header_or_over_it(source: str) -> None:
    assert facts_of(source, *COLUMNS) == FOUND


def test_a_header_above_wins_over_one_below() -> None:
    source = "項目 令和5年度目標 令和5年度実績\n相談件数 相談件数 10 件 9 件\n講座参加者数 参加者数 20 人 21 人\n"
    source += "項目 令和6年度目標 令和6年度実績\n来館者数 来館者数 30 人 31 人\n"
    assert facts_of(source, "fiscal_year", "value") == [(2023, 10), (2023, 9), (2023, 20), (2023, 21), (2024, 30), (2024, 31)]


def test_blank_lines_between_records_change_nothing() -> None:
    assert facts_of((HEADER + ROWS).replace("\n", "\n\n"), *COLUMNS) == FOUND


def test_a_record_with_a_number_missing_takes_no_labels_of_the_wrong_columns() -> None:
    source = HEADER + ROWS + "見学会参加者数 参加者数 40 人 50 人\n"
    assert [fact for fact in facts_of(source, "indicator", "kind", "value") if fact[0].startswith("見学会") and fact[1] == "target" and fact[2] == 50] == []


def test_records_side_by_side_stand_under_the_two_labels_of_their_header() -> None:
    source = "令和5年度目標 令和5年度実績\n相談件数 100件 相談件数 90件\n就職件数 50件 就職件数 60件\n"
    assert facts_of(source, "kind", "indicator", "value") == [
        *(("target", "相談件数", 100), ("actual", "相談件数", 90)),
        *(("target", "就職件数", 50), ("actual", "就職件数", 60)),
    ]


@pytest.mark.parametrize("caption", ["都道府県別求職者数", "都道府県別の求職者数"])
def test_records_of_prefectures_stand_under_a_caption_that_lists_dates(caption: str) -> None:
    source = caption + "（季節調整値） 令和6年1月 令和6年2月\n青森県 1,010人 1,020人\n大分県 1,110人 1,120人\n"
    first, second = dt.date(2024, 1, 1), dt.date(2024, 2, 1)
    assert {*facts_of(source, "kind", "indicator")} == {("actual", "求職者数")}
    assert facts_of(source, "area", "period_start", "value") == [
        *(("青森県", first, 1010), ("青森県", second, 1020)),
        *(("大分県", first, 1110), ("大分県", second, 1120)),
    ]


def test_a_sentence_with_two_numbers_is_no_record() -> None:
    source = HEADER + ROWS + "講座には 12 人 34 人 56 ％ 78 人がそれぞれ集まりました。\n"
    assert {12.0, 34.0, 78.0}.isdisjoint(values_of(source, "value"))
    assert {"12 人", "34 人"} <= {numeral for numeral, _ in unclaimed_of(source)}


def test_a_name_wrapped_over_two_lines_is_whole() -> None:
    source = HEADER + "相談支援事業の参加者\n数\n\n参加者数 27 件 29 件 107.4 ％ 29 件\n\n" + ROWS
    assert facts_of(source, *COLUMNS)[0][1:3] == ("相談支援事業の参加者数", "参加者数")
    assert facts_of(source, *COLUMNS)[3:] == FOUND


SURVEY = "令和6年度の実績\n利用者満足度　Ｎ＝{size}\n満足　{first}％\nふつう　19.0％\nやや不満　3.5％\n不満　0.2％\n"


def test_percentages_that_make_100_are_shares_of_the_line_above() -> None:
    source = SURVEY.format(size="7,061", first="77.3") + "満足（「ふつう」含む）　96.3%\n"
    shares = [("満足", 77.3), ("ふつう", 19.0), ("やや不満", 3.5), ("不満", 0.2), ("満足(「ふつう」含む)", 96.3)]
    assert facts_of(source, "indicator", "component", "value") == [("利用者満足度", component, value) for component, value in shares]


def test_percentages_that_make_something_else_have_names_of_their_own() -> None:
    assert values_of(SURVEY.format(size="7,061", first="70.3"), "indicator") == ["満足", "ふつう", "やや不満", "不満"]
