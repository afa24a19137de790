"""Grades: in the row of their actual, and in a list that is joined to sheets by name."""

from __future__ import annotations

import pytest

from tests.extractors.small import facts_of, table, values_of


def listed(*rows: str, year: str = "R6") -> str:
    return "令和6年度の達成状況\n" + table(f"No.|施策名|成果指標|{year}", *rows) + "\n"


def sheet(name: str, indicator: str, *values: str) -> str:
    return table(f"施策名|{name}|", f"成果指標|{indicator}|", "実績値|令和5年度|令和6年度", "|" + "|".join(values)) + "\n"


def rated(source: str) -> dict[tuple[str, int], str]:
    return {(indicator, year): rating for indicator, year, rating in facts_of(source, "indicator", "fiscal_year", "rating") if rating}


def test_a_grade_stands_beside_the_actual_of_its_row() -> None:
    source = table("指標|令和6年度目標|令和6年度実績|評価", "相談件数|100件|90件|B", "講座受講者数|40人|44人|A")
    assert facts_of(source, "kind", "rating") == [("target", None), ("actual", "B"), ("target", None), ("actual", "A")]


@pytest.mark.parametrize("grade", ["A", "Ａ", "B+", "◎", "○", "△", "達成", "未達成", "概ね達成", "順調"])
def test_letters_marks_and_words_are_grades(grade: str) -> None:
    source = table("指標|令和6年度目標|令和6年度実績|評価", f"相談件数|100件|90件|{grade}")
    assert values_of(source, "rating") == [None, {"Ａ": "A"}.get(grade, grade)]


def test_a_grade_goes_to_the_result_and_not_to_the_present_value() -> None:
    source = table("指標|現状値（令和3年度）|実績値（令和6年度）|評価", "相談件数|80件|90件|B")
    assert values_of(source, "rating") == [None, "B"]


def test_a_list_is_joined_to_the_sheets_though_the_names_differ_a_little() -> None:
    source = (
        listed("1|起業・創業応援事業|創業者数|B", "2|図書館利用促進事業|来館者数|A")
        + sheet("起業・創業支援事業", "創業者数", "6人", "9人")
        + sheet("図書館の利用促進事業", "来館者数", "600人", "900人")
    )
    assert rated(source) == {("創業者数", 2024): "B", ("来館者数", 2024): "A"}


def test_the_year_of_the_list_chooses_the_year_of_the_sheet() -> None:
    source = listed("1|起業応援事業|創業者数|B", "2|図書館利用促進事業|来館者数|A", year="R5") + sheet("起業応援事業", "創業者数", "6人", "9人")
    assert rated(source) == {("創業者数", 2023): "B"}


def test_a_grade_of_another_施策_is_joined_to_none() -> None:
    source = listed("1|森林整備事業|間伐面積|D", "2|水道更新事業|管路更新率|C") + sheet("起業応援事業", "創業者数", "6人", "9人")
    assert rated(source) == {}


def test_two_施策_of_one_measure_keep_their_own_grades() -> None:
    source = (
        listed("1|男性向け料理教室事業|参加者数|C", "2|親子自然体験事業|参加者数|A")
        + sheet("親子自然体験事業", "参加者数", "60人", "90人")
        + sheet("男性向け料理教室事業", "参加者数", "6人", "9人")
    )
    assert [(value, rating) for value, rating in facts_of(source, "value", "rating") if rating] == [(90, "A"), (9, "C")]
