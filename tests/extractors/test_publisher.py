"""Whose document it is: evidence of where a place stands goes before how often it is named."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.calendar import calendar_of
from extractors.publisher import Publisher, publisher_of
from extractors.vocabulary import Document, Glyph, Line, Page, Text
from pipeline.read import read
from tests.extractors.small import facts_of, slides, table

TOWNS = ["福島市", "会津若松市", "郡山市", "いわき市", "白河市", "須賀川市", "喜多方市", "相馬市", "二本松市", "田村市", "南相馬市", "伊達市", "本宮市"]


def of(source: str) -> Publisher:
    return publisher_of(read(source.encode(), "document.txt"))


def printed(*lines: tuple[str, float]) -> Document:
    """A PDF's page of lines, each with the size of its letters."""
    texts = [Text(Glyph(char, 1, size=size) for char in line) for line, size in lines]
    page = Page(1, tuple(Line(text) for text in texts), tuple(glyph for text in texts for glyph in text), 595, 842)
    return Document("d_1", (page,), "application/pdf", paged=True)


def test_a_prefectures_plan_that_lists_all_its_towns_is_the_prefectures() -> None:
    lines = ["福島県雇用対策計画", "令和6年度", "各市の取組は次のとおり。"] + [f"{town}では、{town}の企業と{town}の住民を結ぶ。" for town in TOWNS]
    assert of("\n".join(lines)) == Publisher("福島県", "070009", "福島県")


def test_a_citys_plan_that_mentions_its_prefecture_often_is_the_citys() -> None:
    lines = ["浜松市総合計画", "令和6年度"] + ["静岡県の計画と連携し、静岡県の支援を受ける。"] * 10
    assert of("\n".join(lines)) == Publisher("浜松市", "221309", "静岡県")


@pytest.mark.parametrize("head", ["浜松市", "令和６年３月　浜松市", "（浜松市）", "浜松市役所", "浜松市産業部 産業振興課", "静岡県浜松市", "浜松市教育委員会"])
def test_a_letterhead_names_the_publisher(head: str) -> None:
    body = [f"{town}の事例を見る。" for town in TOWNS]
    assert of("\n".join(["先進事例に学ぶ", head, *body])).name == "浜松市"


@pytest.mark.parametrize("line", ["浜松市の人口は減少している", "浜松市から見た課題", "浜松市民の声"])
def test_a_sentence_about_a_place_is_no_letterhead(line: str) -> None:
    body = [f"{town}の事例を見る。" for town in TOWNS]
    assert of("\n".join(["先進事例に学ぶ", "はじめに", "その一", line, *body])).name is None


def test_names_that_stand_alone_in_a_list_are_no_letterheads() -> None:
    assert of("\n".join(["調査の対象", "とした市", "次のとおり", *TOWNS])).name is None


def test_the_large_lines_are_the_title() -> None:
    small = ["資料１", "伊達市の検討会で配布", "福島県との連携"]
    report = printed(*((line, 10) for line in small), ("白河市行政評価", 24), ("令和6年度", 20), ("郡山市と同じ手法による", 10))
    assert publisher_of(report).name == "白河市"


def test_a_running_line_names_the_publisher() -> None:
    pages = [("白河市行政評価", f"{town}との比較", "まとめ", f"- {number} -") for number, town in enumerate(TOWNS, 1)]
    assert publisher_of(slides(("目次", "はじめに", "方法"), *pages, slide=False)).name == "白河市"


@pytest.mark.parametrize(
    "block",
    [["お問い合わせ", "白河市企画政策課", "電話 0248-00-0000"], ["発行：白河市"], ["【担当】", "〒961-0000 福島県白河市八幡小路7-1", "白河市 総務部 財政課"]],
)
def test_a_contact_block_or_imprint_names_the_publisher(block: list[str]) -> None:
    body = [f"{number}番目は{town}の例である。" for number, town in enumerate(TOWNS, 1)]
    assert of("\n".join(["事例集", "はじめに", "概要", *body, *["本文が続く。"] * 20, *block])).name == "白河市"


def test_the_address_of_a_prefecture_does_not_make_its_document_the_citys_where_it_stands() -> None:
    source = ["福島県財政白書", "令和6年度", *["本文。"] * 30, "問い合わせ先", "〒960-0000 福島市杉妻町2-16 福島県財政課"]
    assert of("\n".join(source)).name == "福島県"


def test_a_prefecture_alone_on_the_cover_of_a_towns_plan_says_where_the_town_lies() -> None:
    assert of("福島県\n白河市総合計画\n令和6年度\n") == Publisher("白河市", "072052", "福島県")
    assert of("福島県\n福島県と白河市の連携\n令和6年度\n").name == "福島県"


def test_two_parties_of_one_title_are_told_apart_by_counting() -> None:
    title = "白河市、西郷村及び福島労働局の協定"
    assert of("\n".join([title, "令和6年度", *["白河市の施策。"] * 6])).name == "白河市"
    assert of("\n".join([title, "令和6年度", *["施策。"] * 6])).name in {"白河市", "西郷村"}


def test_a_document_of_all_prefectures_has_no_publisher() -> None:
    assert of("\n".join(["都道府県の状況", "一覧", "令和6年度", "北海道", "青森県", "岩手県", "宮城県", "秋田県"])) == Publisher()


def test_of_two_cities_of_one_name_the_opening_or_else_the_document_says_which() -> None:
    assert of("府中市総合計画\n令和6年度\n").code is None
    assert of("府中市総合計画\n広島県\n令和6年度\n").code == "342084"
    later = ["府中市総合計画", "令和6年度", *["本文。"] * 60, "東京都の補助を受け、東京都と連携する。"]
    assert of("\n".join(later)).code == "132063"
    twice = ["府中市総合計画", "令和6年度", *["本文。"] * 60, "広島県府中市とは名が同じである。", "東京都の補助。"]
    assert of("\n".join(twice)).code is None


def test_a_publisher_has_the_code_that_was_in_force_in_its_fiscal_year() -> None:
    sources = {year: read(f"相模原市事務事業評価\n平成{year}年度\n".encode(), "document.txt") for year in (20, 22)}
    codes = {year: extract(source).area_code for year, source in sources.items()}
    assert codes == {20: "142093", 22: "141500"}


def test_a_former_town_is_a_publisher_in_its_time_and_a_district_later() -> None:
    assert extract(read("浦和市総合計画\n平成11年度\n".encode(), "document.txt")).area_code == "112046"
    assert extract(read("浦和市総合計画\n令和6年度\n".encode(), "document.txt")).area_code is None


ROWS = table("市町村|令和5年度実績", "府中市|120人", "伊達市|130人", "三次市|140人")


def test_the_publishers_prefecture_says_which_of_two_cities_a_row_means() -> None:
    found = facts_of("広島県統計\n\n有効求人数\n" + ROWS, "area", "area_code")
    assert found == [("府中市", "342084"), ("伊達市", None), ("三次市", "342092")]


def test_without_a_prefecture_an_ambiguous_row_has_no_code() -> None:
    found = facts_of("有効求人数\n" + ROWS, "area", "area_code")
    assert found == [("府中市", None), ("伊達市", None), ("三次市", "342092")]


def test_a_row_has_the_code_of_the_documents_fiscal_year() -> None:
    source = "平成16年度 有効求人数\n" + table("市町村|平成15年度実績", "浦和市|120人", "岩槻市|130人", "静岡市|140人")
    assert facts_of(source, "area", "area_code") == [("浦和市", None), ("岩槻市", "112135"), ("静岡市", "222011")]


def test_the_day_of_a_document_is_the_last_of_its_fiscal_year() -> None:
    assert str(calendar_of(read("令和6年度計画\n".encode(), "document.txt")).day) == "2025-03-31"
