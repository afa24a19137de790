from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

import yojitsu
from pipeline.schema import TABLES
from tests.yojitsu.made import Row, actual, document, target, written
from yojitsu import direction
from yojitsu.compare import compare_of
from yojitsu.direction import rated_way, way_of


def compared(tmp_path: Path, targets: list[Row], actuals: list[Row] = [], **asked: Any) -> list[dict[str, Any]]:  # noqa: B006
    out = written(tmp_path / "out", [document("d_1", 2024), document("d_2", 2025)], targets=targets, actuals=actuals)
    rows: list[dict[str, Any]] = yojitsu.compare(2024, out=out, as_="arrow", **asked).to_pylist()
    return rows


@pytest.mark.parametrize(
    ("name", "comparator", "stated", "result", "direction", "achieved", "short"),
    [
        ("セミナーの参加者数", None, 100, 80, "higher", False, 20),
        ("セミナーの参加者数", None, 100, 120, "higher", True, 0),
        ("交通事故死者数", None, 5, 8, "lower", False, 3),
        ("交通事故死者数", None, 5, 2, "lower", True, 0),
        ("相談の取組", ">=", 100, 99, "higher", False, 1),
        ("相談の取組", "<=", 100, 99, "lower", True, 0),
        # The target's own words are stronger than the name's.
        ("セミナーの参加者数", "<=", 100, 80, "lower", True, 0),
        ("相談の取組", None, 100, 80, None, None, None),
        ("相談の取組", None, 100, 100, None, True, 0),
        ("相談の取組", "<", 100, 100, "lower", False, 0),
    ],
)
def test_a_target_is_reached_by_its_direction(
    name: str, comparator: str | None, stated: float, result: float, direction: str | None, achieved: bool | None, short: float | None, tmp_path: Path
) -> None:
    both = [{"indicator": name}, {"indicator": name, "comparator": comparator}]
    (row,) = compared(tmp_path, [target("f_1", stated, **both[1])], [actual("f_2", result, **both[0])])
    assert (row["direction"], row["achieved"], row["short"]) == (direction, achieved, short)
    assert (row["rate"], row["gap"]) == (100 * result / stated, result - stated)


def test_the_printed_rate_tells_the_direction_where_no_word_does_and_a_word_against_it_decides_nothing(tmp_path: Path) -> None:
    (row,) = compared(tmp_path, [target("f_1", 100)], [actual("f_2", 80, achievement_rate=80.0)])
    assert (row["direction"], row["direction_from"], row["achieved"], row["printed_rate"]) == ("higher", "printed rate", False, 80)
    (row,) = compared(tmp_path, [target("f_1", 100)], [actual("f_2", 80, achievement_rate=125.0)])
    assert (row["direction"], row["achieved"]) == ("lower", True)
    told = {"indicator": "火災件数"}
    (row,) = compared(tmp_path, [target("f_1", 100, **told)], [actual("f_2", 80, achievement_rate=80.0, **told)])
    assert (row["direction"], row["achieved"], row["direction_from"]) == (None, None, "the word 火災件数 says lower, the printed rate higher")


def test_a_result_of_another_year_is_none_of_the_targets_year() -> None:
    tables = {
        "documents": TABLES["documents"].rows([document()]),
        "targets": TABLES["targets"].rows([target("f_1", 100, fiscal_year=2023), target("f_2", 120, fiscal_year=2024)]),
        "actuals": TABLES["actuals"].rows([actual("f_3", 90, fiscal_year=2023), actual("f_4", 130, fiscal_year=2024)]),
    }
    assert [(row["target"], row["actual"]) for row in compare_of(tables).to_pylist()] == [(100, 90), (120, 130)]


@pytest.mark.parametrize(
    ("target_value", "actual_value", "rate", "way"),
    [(100, 80, 80, "higher"), (100, 80, 120, "lower"), (100, 80, 125, "lower"), (100, 100, 100, None), (100, 80, 55, None), (0, 3, 0, None)],
)
def test_a_rate_points_the_way_that_its_formula_grows(target_value: float, actual_value: float, rate: float, way: str | None) -> None:
    assert rated_way(target_value, actual_value, rate) == way


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("待機児童数", "lower"),
        ("保育所の待機児童数(4月1日現在)", "lower"),
        ("待機児童対策の説明会", None),
        ("事故防止講習の参加者数", "higher"),
        ("温室効果ガス排出量", "lower"),
        ("温室効果ガス排出量の削減率", "higher"),
        ("人口減少率", None),
        ("離職率", "lower"),
        ("非正規就業者数", None),
        ("道路の未整備率", None),
        ("人口", None),
        ("空き家バンクの活用件数", None),
        ("「就職面接会」の開催", "higher"),
    ],
)
def test_the_end_of_a_name_points_the_way_or_nothing_does(name: str, way: str | None) -> None:
    found = way_of(name)
    assert (found and found[0]) == way


def test_every_list_of_words_has_its_direction_and_its_reason() -> None:
    entries = tomllib.loads(Path(direction.__file__).with_name("directions.toml").read_text(encoding="utf-8"))["direction"]
    assert {entry["is"] for entry in entries} == {"higher", "lower"}
    assert [entry["ends"] for entry in entries if not entry["reason"] or not entry["ends"]] == []


def test_a_result_within_a_range_reached_it(tmp_path: Path) -> None:
    bounds = [target("f_1", 3, comparator=">="), target("f_2", 5, comparator="<=")]
    said = {value: compared(tmp_path, bounds, [actual("f_3", value)])[0] for value in (2, 4, 7)}
    assert {value: (row["direction"], row["achieved"], row["gap"]) for value, row in said.items()} == {
        2: ("range", False, -1), 4: ("range", True, 0),
        7: ("range", False, 2),
    }


def test_several_targets_of_one_document_are_all_left_and_none_is_judged(tmp_path: Path) -> None:
    rows = compared(tmp_path, [target("f_1", 20), target("f_2", 40)], [actual("f_3", 30)])
    assert [(row["target"], row["actual"], row["achieved"], row["rate"]) for row in rows] == [(20, 30, None, None), (40, 30, None, None)]
    assert "several values: 20, 40" in rows[0]["note"]


def test_targets_of_months_meet_the_results_of_their_months_alone(tmp_path: Path) -> None:
    def month(number: int) -> dict[str, dt.date]:
        return {"period_start": dt.date(2024, number, 1), "period_end": dt.date(2024, number, 30)}

    rows = compared(tmp_path, [target(f"f_{n}", 10 * n, **month(n)) for n in (4, 6)], [actual(f"f_1{n}", 11 * n, **month(n)) for n in (4, 6)])
    assert [(row["target"], row["actual"]) for row in rows] == [(40, 44), (60, 66)]


def test_a_result_of_half_a_year_is_not_set_against_the_years_target_but_told(tmp_path: Path) -> None:
    half = {"period_start": dt.date(2024, 4, 1), "period_end": dt.date(2024, 9, 30)}
    (row,) = compared(tmp_path, [target("f_1", 100)], [actual("f_2", 60, **half)])
    assert (row["actual"], row["achieved"], row["note"]) == (None, None, "a result only for 2024-04-01–2024-09-30")


def test_the_latest_document_gives_target_and_result_and_revisions_are_marked(tmp_path: Path) -> None:
    (row,) = compared(tmp_path, [target("f_1", 100), target("f_2", 90, "d_2")], [actual("f_3", 91, "d_2")])
    assert (row["target"], row["target_first"], row["target_revised"], row["actual_revised"], row["target_fact_id"]) == (90, 100, True, False, "f_2")


def test_money_is_compared_in_the_targets_scale_and_other_units_are_not(tmp_path: Path) -> None:
    (row,) = compared(tmp_path, [target("f_1", 2, unit="千円")], [actual("f_2", 3000, unit="円")])
    assert (row["actual"], row["rate"], row["unit"]) == (3, 150, "千円")
    (row,) = compared(tmp_path, [target("f_1", 2, unit="件")], [actual("f_2", 3, unit="人")])
    assert (row["actual"], row["rate"], row["note"]) == (None, None, "the result is in 人, the target in 件")


def test_a_result_that_is_a_bound_a_target_of_nothing_and_a_target_alone_have_no_rate(tmp_path: Path) -> None:
    (row,) = compared(tmp_path, [target("f_1", 100)], [actual("f_2", 80, comparator=">=")])
    assert (row["rate"], row["achieved"], row["note"]) == (None, None, "the result is a bound (>= 80)")
    (row,) = compared(tmp_path, [target("f_1", 0, indicator="死亡者数")], [actual("f_2", 2, indicator="死亡者数")])
    assert (row["rate"], row["short"], row["short_percent"], row["achieved"]) == (None, 2, None, False)
    (row,) = compared(tmp_path, [target("f_1", 100)])
    assert (row["actual"], row["rate"], row["note"]) == (None, None, None)


def test_section_and_plan_choose_targets_whose_results_may_stand_in_another_document(tmp_path: Path) -> None:
    targets = [target("f_1", 100, section="雇用"), target("f_3", 1, indicator_id="i_2")]
    (row,) = compared(tmp_path, targets, [actual("f_2", 80, "d_2", section="評価")], section="雇用")
    assert row["actual"] == 80
