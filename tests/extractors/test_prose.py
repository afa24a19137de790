"""Sentences and list items: what a number is of, of when, and what it is not."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extractors.small import facts_of, unclaimed_of, values_of

PLAN = "令和6年度 就労支援計画\n\n"


def test_a_list_under_a_heading_of_targets_takes_the_year_of_its_document() -> None:
    source = PLAN + "(3) 目標\n・相談件数 630件\n・見学会の開催 4回以上\n"
    assert facts_of(source, "kind", "indicator", "fiscal_year", "value", "comparator") == [
        ("target", "相談件数", 2024, 630, None),
        ("target", "見学会の開催", 2024, 4, ">="),
    ]


def test_the_heading_of_targets_ends_with_its_section() -> None:
    source = PLAN + "数値目標\n・相談件数 630件\n\n2 実施体制\n・窓口の職員 12人\n"
    assert values_of(source, "value") == [630]
    assert ("12人", "undated") in unclaimed_of(source)


@pytest.mark.parametrize(
    "item", ["相談件数（前年度以上） 300件", "相談件数（前年度以上）３００件以上", "相談件数（前年度実績以上）：300件", "相談件数 300件（前年度以上）"]
)
def test_at_least_last_years_makes_the_target_a_floor_and_dates_nothing(item: str) -> None:
    assert facts_of(PLAN + f"(3) 目標\n・{item}\n", "kind", "indicator", "fiscal_year", "value", "comparator") == [("target", "相談件数", 2024, 300, ">=")]


def test_the_number_of_an_item_may_stand_on_its_next_line() -> None:
    assert facts_of(PLAN + "(3) 目標\n・相談会に参加した事業所の数\n  300件\n") == [("target", "相談会に参加した事業所の数", 2024, 300, "件")]


@pytest.mark.parametrize("arrow", [" → ", "→", " ⇒ ", "　", "、"])
def test_target_and_result_of_one_line_each_keep_their_role(arrow: str) -> None:
    found = facts_of(f"令和6年度 取組状況\n・相談件数 目標 490件{arrow}実績 581件\n")
    assert found == [("target", "相談件数", 2024, 490, "件"), ("actual", "相談件数", 2024, 581, "件")]


def test_a_rate_in_the_sentence_goes_to_its_result() -> None:
    found = facts_of("令和6年度 取組状況\n・相談件数 目標 100件 実績 90件（達成率 90.0％）\n", "kind", "value", "achievement_rate")
    assert found == [("target", 100, None), ("actual", 90, 90.0)]


def test_a_sentence_that_sets_a_goal_makes_a_target() -> None:
    found = facts_of(PLAN + "相談件数200件を目指す。\n", "kind", "value")
    assert found == [("target", 200)]


@pytest.mark.parametrize(
    "sentence",
    ["令和6年度は、相談件数を200件以上とすることを目標とする。", "令和6年度目標：相談件数を200件以上とする。", "令和6年度の相談件数の目標は200件以上とする。"],
)
def test_a_goal_in_a_sentence_is_never_a_result(sentence: str) -> None:
    assert [kind for kind in values_of(sentence + "\n", "kind") if kind != "target"] == []


def test_the_same_month_of_last_year_is_a_year_before_the_month_named() -> None:
    found = facts_of("令和7年1月の求人倍率は1.20倍（前年同月は1.31倍）となった。\n", "kind", "fiscal_year", "period_start", "value")
    assert found == [("actual", 2024, dt.date(2025, 1, 1), 1.2), ("actual", 2023, dt.date(2024, 1, 1), 1.31)]


@pytest.mark.parametrize(
    "sentence", ["令和7年1月の求人倍率は1.20倍となった。", "令和7年1月における求人倍率は1.20倍となった。", "令和7年1月末時点で、求人倍率は1.20倍である。"]
)
def test_no_particle_begins_a_name(sentence: str) -> None:
    assert values_of(sentence, "indicator") == ["求人倍率"]


@pytest.mark.parametrize("deed", ["に協定を締結した", "に計画を策定した", "に開設した", "に施行された条例による", "から始めた"])
def test_the_date_of_a_deed_dates_no_number(deed: str) -> None:
    source = f"市と労働局は令和3年4月{deed}。相談件数は120件であった。\n"
    assert facts_of(source) == []
    assert ("120件", "undated") in unclaimed_of(source)


def test_a_number_as_of_a_day_covers_that_day() -> None:
    found = facts_of("令和5年10月末時点の登録者は471人である。\n", "fiscal_year", "period_start", "period_end", "value")
    assert found == [(2023, dt.date(2023, 10, 31), dt.date(2023, 10, 31), 471)]


def test_a_date_in_the_bracket_behind_it_dates_a_number() -> None:
    assert facts_of("登録者数は471人（令和5年10月末時点）である。\n", "indicator", "period_end", "value") == [("登録者数", dt.date(2023, 10, 31), 471)]


@pytest.mark.parametrize(
    ("sentence", "numeral"),
    [
        ("令和5年度の相談件数は120件（前年度比10件増）であった。", "10件"),
        ("令和5年度の就職率は前年度より5.3ポイント上昇した。", "5.3ポイント"),
        ("令和5年度の相談件数は前年度比8.0％の増加となった。", "8.0％"),
        ("令和5年度の相談件数は前年度に比べ12件減少した。", "12件"),
    ],
)
def test_a_change_against_another_year_is_no_fact(sentence: str, numeral: str) -> None:
    assert (numeral, "change") in unclaimed_of(sentence)
    assert numeral not in values_of(sentence, "raw")


def test_money_in_a_sentence_is_unclaimed() -> None:
    source = "令和5年度の庁舎の改修費用は1億2,000万円であった。\n"
    assert facts_of(source) == []
    assert ("1億2,000万円", "money_in_prose") in unclaimed_of(source)


@pytest.mark.parametrize(
    ("sentence", "numeral", "reason"),
    [
        ("相談員は12人である。", "12人", "undated"),
        ("令和5年度は、第3回の会議で決めた。", "第3回", "ordinal"),
        ("令和5年度、法第12条により行う。", "第12条", "article"),
        ("令和5年度は65歳以上の方を招いた。", "65歳", "age"),
        ("令和5年度の窓口は 電話 083-123-4567 へ。", "電話 083-123-4567", "phone"),
    ],
)
def test_a_number_that_is_no_fact_says_why(sentence: str, numeral: str, reason: str) -> None:
    assert facts_of(sentence) == []
    assert (numeral, reason) in unclaimed_of(sentence)


def test_a_bracketed_part_is_named_without_its_bracket() -> None:
    found = facts_of("令和5年4月1日現在、人口は12,345人（うち女性6,300人）である。\n", "indicator", "component", "value")
    assert found == [("人口", None, 12345), ("人口", "女性", 6300)]


def test_persons_in_the_bracket_of_an_event_are_a_part_of_it() -> None:
    found = facts_of("令和6年度の実績\n・健診の実施回数 12回（参加者 350人）\n", "indicator", "component", "value")
    assert found == [("健診の実施回数", None, 12), ("健診の実施回数", "参加者", 350)]


def test_a_wrapped_sentence_is_one_sentence() -> None:
    whole = "令和5年度に市内の三つの窓口で受けた相談について取りまとめたところ、その延べ相談件数は1,234件であり、うち面談によるものは567件であった。"
    assert facts_of(whole) == facts_of(whole[:33] + "\n" + whole[33:])
    assert len(facts_of(whole)) == 2


def test_a_number_for_each_session_says_so_in_its_component() -> None:
    found = facts_of("令和6年度 事業計画\n参加求職者数は、1回20人を目標とする。\n", "kind", "component", "value", "unit")
    assert found == [("target", "1回", 20, "人")]


def test_a_number_behind_several_sessions_is_no_number_for_each() -> None:
    found = facts_of("令和6年度 事業計画\n参加求職者数は、2回20人を目標とする。\n", "component", "value")
    assert found == [(None, 20)]


def test_the_number_that_a_committee_may_have_is_a_threshold() -> None:
    source = "令和5年度の会議\n委員会は、委員12人以内で組織する。\n"
    assert facts_of(source) == []
    assert ("12人以内", "threshold") in unclaimed_of(source)


def test_a_name_that_ends_in_a_rate_keeps_its_role_from_the_bracket_behind_the_number() -> None:
    found = facts_of("・水質の環境基準達成率　73.5％（令和5年度実績）→81.0％（令和10年度目標）\n", "kind", "indicator", "fiscal_year", "value")
    assert found == [("actual", "水質の環境基準達成率", 2023, 73.5), ("target", "水質の環境基準達成率", 2028, 81)]


@pytest.mark.parametrize("name", ["・夢や目標を持つ児童の割合", "■待機児童の割合"])
def test_a_baseline_and_a_target_on_the_line_below_their_name(name: str) -> None:
    found = facts_of(f"{name}\n　現状 68.9％（R5） → 目標 76.0％（R10）\n", "kind", "indicator", "baseline", "fiscal_year", "value")
    assert found == [("actual", name[1:], True, 2023, 68.9), ("target", name[1:], False, 2028, 76)]


def test_a_line_that_begins_with_a_role_and_its_number_does_not_wrap_the_line_above() -> None:
    source = "・児童の平均正答率（全国を100とした値）\n現状 95.7％（R5） → 目標 99.0％（R10）\n"
    assert {*facts_of(source, "indicator", "value")} == {("児童の平均正答率(全国を100とした値)", 95.7), ("児童の平均正答率(全国を100とした値)", 99.0)}


def test_numbers_inside_a_name_are_no_figures_and_part_no_name() -> None:
    source = "■ 現状値（令和5年度）\n・相談件数　12件\n・1日60分以上歩く市民の割合　45.1%\n"
    assert facts_of(source, "indicator", "value") == [("相談件数", 12), ("1日60分以上歩く市民の割合", 45.1)]
    assert ("60分以上", "name") in unclaimed_of(source)


def test_a_number_without_a_unit_counts_in_a_list_under_a_role_and_a_year_alone() -> None:
    assert facts_of("■ 目標値（令和9年度）\n・死亡率（人口10万対）　15.8\n") == [("target", "死亡率(人口10万対)", 2027, 15.8, None)]
    assert facts_of("■ 情報発信の目標（令和9年度）\n・死亡率（人口10万対）　15.8\n") == []


def test_a_name_over_two_lines_of_roles_names_the_numbers_of_both() -> None:
    found = facts_of("○基金の残高\n基準値（令和5年度）：927百万円\n目標値（令和10年度）：995百万円\n")
    assert found == [("actual", "基金の残高", 2023, 927, "百万円"), ("target", "基金の残高", 2028, 995, "百万円")]


def test_an_arrow_in_a_list_of_indicators_leads_to_a_target() -> None:
    source = "＜重要業績評価指標（KPI）＞\n・不登校の児童の割合：R4 1.50％ ⇒ R9 1.33％\n"
    assert facts_of(source, "kind", "fiscal_year", "value") == [("actual", 2022, 1.5), ("target", 2027, 1.33)]


def test_an_arrow_elsewhere_leads_to_a_target_only_in_a_year_to_come() -> None:
    line = "・相談件数：R4 120件 → {} 150件\n"
    assert facts_of("令和6年度の取組\n" + line.format("R5"), "kind", "fiscal_year") == [("actual", 2022), ("actual", 2023)]
    assert facts_of("令和6年度の取組\n" + line.format("R9"), "kind", "fiscal_year") == [("actual", 2022), ("target", 2027)]


def test_numbers_that_an_arrow_ties_need_no_unit_and_no_rate_word_hides_them() -> None:
    source = "【数値目標】\n・合計特殊出生数の割合：令和4年度　1.64 → 令和9年度　1.73\n・水質の達成率：令和4年度　79.8％ → 令和9年度　85.0％\n"
    assert facts_of(source, "kind", "value") == [("actual", 1.64), ("target", 1.73), ("actual", 79.8), ("target", 85)]


def test_the_place_of_an_order_that_a_sentence_goes_through_is_no_figure() -> None:
    source = "令和7年度 報告書\n1 結果\n令和7年度の満足度の実績は、2位は「防災・減災対策の充実」の84.2％、３位は「医療体制の充実」の83.4％でした。\n"
    assert facts_of(source, "indicator", "value") == [("防災・減災対策の充実", 84.2), ("医療体制の充実", 83.4)]
    assert ("2位は", "ordinal") in unclaimed_of(source)


def test_the_place_that_somebody_reached_is_a_figure() -> None:
    assert facts_of("令和7年度 報告書\n1 結果\n令和6年度の実績 県内2位\n", "value", "unit") == [(2, "位")]
