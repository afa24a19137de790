"""Headings, bands and footnotes carried along the pages."""

from __future__ import annotations

from tests.extractors.small import facts_of, slides, table, values_of

TITLE = "令和6年度 事業計画\n"


def test_a_band_governs_the_items_below_it_until_the_next_band() -> None:
    source = TITLE + "(1) 相談支援\n【令和5年度実績】\n・相談件数 120件\n・来所者数 90人\n【令和6年度目標】\n・相談件数 130件\n"
    assert facts_of(source, "kind", "fiscal_year", "value") == [("actual", 2023, 120), ("actual", 2023, 90), ("target", 2024, 130)]


def test_a_heading_ends_the_band() -> None:
    source = TITLE + "1 福祉の充実\n【令和5年度実績】\n・相談件数 120件\n2 産業の振興\n・創業件数 5件\n"
    assert values_of(source, "value") == [120]


def test_a_band_that_gives_the_role_and_one_that_gives_the_year_complete_each_other() -> None:
    source = TITLE + "1 福祉の充実\n実績\n（令和5年度）\n・相談件数 120件\n"
    assert facts_of(source, "kind", "fiscal_year") == [("actual", 2023)]


def test_the_section_is_the_nearest_heading() -> None:
    source = TITLE + "1 福祉の充実\n(1) 相談支援\n【令和5年度実績】\n・相談件数 120件\n(2) 居場所づくり\n【令和5年度実績】\n・利用者数 30人\n"
    assert values_of(source, "section") == ["(1) 相談支援", "(2) 居場所づくり"]


def test_a_higher_heading_ends_the_lower_one() -> None:
    source = TITLE + "1 福祉の充実\n(1) 相談支援\n2 産業の振興\n【令和5年度実績】\n・創業件数 5件\n"
    assert values_of(source, "section") == ["2 産業の振興"]


def test_headings_of_a_report_go_on_over_its_pages() -> None:
    document = slides(("令和6年度 報告", "1 福祉の充実", "【令和5年度実績】", "・相談件数 120件"), ("・面談件数 30件",), slide=False)
    assert facts_of(document, "section", "value") == [("1 福祉の充実", 120), ("1 福祉の充実", 30)]


def test_a_slide_stands_alone() -> None:
    document = slides(("令和6年度 報告", "1 福祉の充実", "【令和5年度実績】", "・相談件数 120件"), ("・面談件数 30件",))
    assert values_of(document, "value") == [120]


def test_the_heading_over_a_table_is_the_section_of_its_facts() -> None:
    source = TITLE + "1 福祉の充実\n\n" + table("指標|令和6年度目標", "相談件数|120件")
    assert values_of(source, "section") == ["1 福祉の充実"]


def test_a_band_ends_with_the_table_below_it() -> None:
    source = TITLE + "令和5年度実績\n" + table("項目|相談会", "参加者数|120人") + "\n・面談件数 30件\n"
    assert 30 not in values_of(source, "value")


def test_a_footnote_is_found_wherever_it_stands_in_the_document() -> None:
    rows = table("指標|目標値", "相談件数|120件 (100件)")
    note = "※ 目標値の（ ）内は令和5年度目標値\n"
    for source in (TITLE + note + rows, TITLE + rows + note, TITLE + rows + "\f2 その他\n" + note):
        assert facts_of(source, "fiscal_year", "value") == [(2024, 120), (2023, 100)]


def test_the_title_of_an_aside_dates_what_stands_below_it_until_a_sentence() -> None:
    source = (
        "令和7年度 市民意識調査報告書\n1 調査の結果\n令和7年度の満足度の調査結果は次のとおりです。\n"
        "＜参考＞令和6年度 施策に対する満足度の高い順\n・防災の充実 87.9％\n・医療の充実 80.0％\n以上が令和7年度の満足度に対する参考です。\n"
    )
    assert facts_of(source, "indicator", "fiscal_year", "value") == [("防災の充実", 2024, 87.9), ("医療の充実", 2024, 80.0)]


def test_the_caption_of_the_next_figure_ends_an_aside() -> None:
    lines = ("令和7年度 調査報告書", "1 結果", "（参考）令和6年度 実績の多い順", "・相談 10件", "図表 3 窓口の様子", "・令和7年度の面談 30件")
    assert facts_of(slides(lines, slide=False), "fiscal_year", "value") == [(2024, 10), (2025, 30)]
