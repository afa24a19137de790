"""Names that are one indicator, and names that only look alike."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipeline.link.made import fact, linked, same

# Printed one year and the next, without a number in common.
ONE = [
    ("起業・創業応援講座の受講者数", "起業・創業支援講座の受講者数"),
    ("障がい者の就職件数", "障害者の就職件数"),
    ("生活困窮者の就職件数", "生活困窮者の就職件数(常用)"),
    ("母子自立支援の相談件数", "母子自立支援の相談の件数"),
    ("空家バンクの成約件数", "空き家バンクの成約件数"),
    ("子ども食堂の箇所数", "こども食堂のか所数"),
    ("認知症予防教室の参加者数", "認知症予防教室への参加者の数"),
    ("特定保健指導の実施率", "特定保健指導の実施割合"),
    ("家庭ごみの資源化率", "本市の家庭ごみの資源化率"),
    ("介護予防サロンの開催回数", "介護予防サロン等の開催回数(年度末)"),
    ("若年者の正社員就職件数", "正社員就職件数(若年者)"),
    ("ﾎﾞﾗﾝﾃｨｱ登録者数", "ボランティア登録者数"),
]
# Alike, and two things.
TWO = [
    ("高年齢者の登録者数", "高齢者大学の登録者数"),
    ("面談会の参加企業数", "面談会の参加求職者数"),
    ("男性の育児休業取得率", "女性の育児休業取得率"),
    ("新規の就農者数", "継続の就農者数"),
    ("第1号被保険者数", "第2号被保険者数"),
    ("小学校の長期欠席者数", "中学校の長期欠席者数"),
    ("県内就職者の割合", "市内就職者の割合"),
    ("講座修了後の就職件数", "講座修了後の未就職者数"),
    ("正規雇用者の割合", "非正規雇用者の割合"),
    ("訪問看護の利用者数", "訪問介護の利用者数"),
    ("きらめき認定企業数", "あおぞら認定企業数"),
    ("相談件数", "電話相談件数"),
    ("商店街の空き店舗率", "工業団地の空き店舗率"),
    ("令和5年度卒業者の就職率", "令和6年度卒業者の就職率"),
    ("就労継続A型の利用者数", "就労継続B型の利用者数"),
    ("東部地区の耐震化率", "西部地区の耐震化率"),
    ("住民健診の受診者数", "住民健診の受診対象者数"),
    ("市内での起業件数", "市内での起業支援件数"),
    ("一般廃棄物の排出量", "産業廃棄物の排出量"),
    ("合同就職面接会の参加企業数", "障がい者雇用合同面接会の参加企業数(障がい者)"),
    ("(6)", "(9)"),
]


@pytest.mark.parametrize(("before", "after"), ONE)
def test_a_name_written_otherwise_is_the_same_indicator(before: str, after: str) -> None:
    one, other = fact(before, 310, 2024), fact(after, 322, 2025, document="d_2025")
    linked(one, other, *_neighbours())
    assert same(one, other)


@pytest.mark.parametrize(("before", "after"), TWO)
def test_a_name_that_only_looks_alike_is_another_indicator(before: str, after: str) -> None:
    one, other = fact(before, 310, 2024), fact(after, 322, 2025, document="d_2025")
    linked(one, other, *_neighbours())
    assert not same(one, other)


def _neighbours() -> list[dict[str, Any]]:
    """Rows that make the documents two years of one plan."""
    return [fact(name, year - 1900, year, document=f"d_{year}") for name in ("火災件数", "図書貸出冊数", "健診受診率") for year in (2024, 2025)]


def test_a_name_that_is_wholly_new_is_known_by_its_numbers_and_its_place() -> None:
    old = [fact("企業誘致件数", value, year, document="d_2024", table="actuals") for value, year in ((1234, 2021), (1310, 2022), (1422, 2023))]
    new = [fact("進出協定の締結", value, year, document="d_2025", table="actuals") for value, year in ((1234, 2021), (1310, 2022), (1422, 2023))]
    linked(*old, *new, *_neighbours())
    assert same(old[0], *new)


def test_another_word_in_the_place_of_one_takes_more_than_a_number_of_two_digits() -> None:
    for value, found in ((31, False), (3127, True)):
        old = fact("市民農園の区画数", value, 2023, table="actuals")
        new = fact("市民菜園の区画数", value, 2023, document="d_2025", table="actuals")
        linked(old, new, *_neighbours())
        assert same(old, new) is found


def test_a_short_form_is_known_by_its_number() -> None:
    old = fact("ファミリー・サポート・センターの会員数", 1240, 2023, table="actuals", unit="人")
    new = fact("ファミサポの会員数", 1240, 2023, document="d_2025", table="actuals", unit="人")
    linked(old, new, *_neighbours())
    assert same(old, new)


def test_neighbours_that_are_linked_speak_for_what_stands_between_them() -> None:
    def plan(year: int, between: str) -> list[dict[str, Any]]:
        names = ("地区防災訓練の実施率", between, "公園緑地の面積")
        return [fact(name, year + at, year, document=f"d_{year}", unit="人") for at, name in enumerate(names)]

    def scores(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[float]:
        return [row["score"] for row in linked(*old, *new).links if row["other_indicator"] == "移住電話相談"]

    beside, apart = plan(2024, "移住相談"), plan(2024, "移住相談")
    apart[1]["top"] += 100
    new = plan(2025, "移住電話相談")
    assert scores(beside, new) > scores(apart, [*new, fact("図書の冊数", document="d_2025")])


def test_one_small_number_makes_no_new_name_of_an_old_one() -> None:
    old, new = fact("企業誘致件数", 3, 2023, table="actuals"), fact("進出協定の締結", 3, 2023, document="d_2025", table="actuals")
    linked(old, new, *_neighbours())
    assert not same(old, new)


def test_what_one_document_keeps_apart_stays_apart_in_every_year() -> None:
    old = [fact("くぬぎ館の利用者数", 310, 2024), fact("けやき館の利用者数", 95, 2024)]
    new = fact("けやき館の利用者数の合計", 322, 2025, document="d_2025")
    linked(*old, new)
    assert same(old[1], new) and not same(old[0], new)


def test_rows_of_one_document_with_other_numbers_of_one_year_are_never_one() -> None:
    one, other = fact("高年齢者の就職件数", 734, section="第1節"), fact("高齢者の就職件数", 210, section="第2節")
    linked(one, other)
    assert not same(one, other)


def test_rows_of_one_document_with_the_same_number_under_nearly_one_name_are_one() -> None:
    one, other = fact("所管内の高年齢者の就職件数", 734, section="第1節"), fact("所管内の高齢者の就職件数", 734, section="一覧")
    linked(one, other)
    assert same(one, other)


def test_two_rows_of_one_table_are_never_one() -> None:
    rows = [fact(name, 734, section="一覧", header="令和6年度目標") for name in ("所管内の高年齢者の就職件数", "所管内の高齢者の就職件数")]
    linked(*rows)
    assert not same(*rows)


def test_a_measure_that_one_place_prints_in_a_column_makes_no_second_indicator() -> None:
    one, other = fact("みらい認定企業(新規認定)", 24, component="認定事業所数", section="一覧"), fact("みらい認定企業(新規認定)", 24, section="第1節")
    linked(one, other)
    assert same(one, other)


def test_an_answer_of_a_survey_is_not_the_survey() -> None:
    one, other = fact("利用者の満足度", 77.3, component="満足", unit="%", section="一覧"), fact("利用者の満足度", 77.3, unit="%", section="第1節")
    linked(one, other)
    assert not same(one, other)


def test_what_a_heading_says_a_name_need_not() -> None:
    one, other = (
        fact("対策コーナーにおける福祉分野の就職件数", 418, section="5 福祉分野"),
        fact("対策コーナーにおける就職件数", 418, section="v 福祉分野の取組"),
    )
    linked(one, other)
    assert same(one, other)


def test_parts_that_add_up_to_a_whole_are_new_indicators_and_say_so() -> None:
    whole = [fact("がん検診の受診者数", value, year, table="actuals", unit="人") for value, year in ((3012, 2022), (3100, 2023))]
    parts = [
        fact(name, value, year, document="d_2025", table="actuals", unit="人")
        for name, values in (("胃がん検診の受診者数", (2000, 2050)), ("肺がん検診の受診者数", (1012, 1050)))
        for value, year in zip(values, (2022, 2023), strict=True)
    ]
    made = linked(*whole, *parts, *_neighbours())
    assert len({one["indicator_id"] for one in (*whole, *parts)}) == 3
    assert [(row["relation"], row["evidence"].split(" ")[0]) for row in made.links if row["relation"] == "split"] == [("split", "合計が一致")] * 2


def test_the_merging_of_parts_is_told_too() -> None:
    parts = [fact(name, value, 2023, table="actuals", unit="人") for name, value in (("胃がん検診の受診者数", 2000), ("肺がん検診の受診者数", 1012))]
    whole = fact("がん検診の受診者数", 3012, 2023, document="d_2025", table="actuals", unit="人")
    made = linked(*parts, whole, *_neighbours())
    assert len({one["indicator_id"] for one in (*parts, whole)}) == 3
    assert {row["relation"] for row in made.links if row["other_indicator_id"] == whole["indicator_id"]} == {"merged"}


def test_a_target_that_was_revised_is_the_same_target() -> None:
    one, other = fact("地域包括支援センターの相談件数", 666, 2024), fact("地域包括支援センターの相談件数", 660, 2024, document="d_2025")
    linked(one, other)
    assert same(one, other)


def test_money_that_is_spent_is_no_target_in_yen() -> None:
    spent = fact("直売所の販売額", 5000, unit="千円", table="costs")
    aim = fact("直売所の販売額(税込)", 5000, 2025, document="d_2025", unit="千円")
    linked(spent, aim)
    assert not same(spent, aim)


def test_a_doubt_is_kept_for_a_person() -> None:
    one, other = fact("移住相談件数", 310, 2024), fact("電話移住相談件数", 322, 2025, document="d_2025")
    [row] = [row for row in linked(one, other, *_neighbours()).links if row["relation"] == "unsure"]
    assert (row["indicator"], row["other_indicator"]) == ("移住相談件数", "電話移住相談件数")
    assert row["indicator_id"] != row["other_indicator_id"] and "「電話」の有無" in row["evidence"]


def test_a_word_behind_all_narrows_nothing_once_a_number_agrees() -> None:
    for name, value, found in (("全産業の離職者の割合", 2.02, True), ("全産業の離職者の割合", 2.71, False), ("製造業の離職者の割合", 2.02, False)):
        one, other = fact("離職者の割合", 2.02, unit="%", section="第1節"), fact(name, value, unit="%", section="第2節")
        linked(one, other)
        assert same(one, other) is found, (name, value)


def _short_and_long(number: float, *beside: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """管内定着率 of another plan, and the one of this year's plan that it may be, with others beside it; both state 48.7 %."""
    long = [fact(name, 48.7 + at, table="actuals", unit="%") for at, name in enumerate(("新規高等学校卒業者の管内定着率", *beside))]
    short = fact("管内定着率", number, table="actuals", unit="%", document="d_2025")
    linked(*long, short, *_neighbours())
    return long[0], short


def test_a_short_name_is_the_only_long_one_that_holds_it_if_a_number_of_three_digits_agrees() -> None:
    assert same(*_short_and_long(48.7))
    assert not same(*_short_and_long(48.1))
    assert not same(*_short_and_long(48.7, "既卒の若年者の管内定着率"))


def test_a_component_that_says_when_makes_no_indicator_of_its_own() -> None:
    usual, peak, half = (fact("完全失業率", 5.5, table="actuals", unit="%", component=part, section=part) for part in (None, "ピーク", "男"))
    named = fact("完全失業率 ピーク", 5.5, table="actuals", unit="%", section="本文")
    linked(usual, peak, half, named)
    assert same(usual, peak, named) and not same(usual, half)


def test_a_series_with_one_number_of_a_list_in_it_is_the_lists_indicator() -> None:
    other = fact("就職件数", 911, 2023, section="別の事業", table="actuals")
    listed = fact("就職件数", 63082, 2023, section="事業の一覧", table="actuals")
    series = [fact("就職件数", value, year, section="事業の推移", table="actuals") for year, value in ((2021, 61176), (2022, 63159), (2023, 63082))]
    linked(other, listed, *series)
    assert same(listed, *series) and not same(listed, other)


@pytest.mark.parametrize(
    ("heading", "number", "beside", "found"),
    [
        ("vi 生活困窮者の支援", 82, None, True),
        ("vii 女性の支援と相談", 82, None, False),
        ("vi 生活困窮者の支援", 81, None, False),
        # Either may be meant, or both together.
        ("vi 生活困窮者の支援", 82, "対象世帯のうち短期就労の定着件数", False),
    ],
)
def test_a_list_names_a_row_of_a_table_by_its_last_words(heading: str, number: float, beside: str | None, found: bool) -> None:
    listed = fact("対象世帯のうち定着件数", number, section=heading, header="一覧")
    row = fact("中央所における自立促進事業の対象世帯のうち定着件数", 82, section="6 生活困窮者の支援", header="令和6年度目標")
    others = [fact(beside, 15, section="6 生活困窮者の支援", header="令和6年度目標")] if beside else []
    linked(listed, row, *others)
    assert same(listed, row) is found
