"""One label, read alone: role, year, unit, and what is left as a name."""

from __future__ import annotations

import pytest

from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import WORDS
from extractors.normalise.tokens import Calendar


def year_of(hint: Hint) -> int | None:
    return hint.when.fiscal_year if hint.when else None


@pytest.mark.parametrize(
    ("label", "role", "year"),
    [
        ("令和６年度目標", Role.TARGET, 2024),
        ("目標値（令和8年度）", Role.TARGET, 2026),
        ("令和8年度の見通し", Role.TARGET, 2026),
        ("R6\n実績", Role.ACTUAL, 2024),
        ("現状値\n(2023年度)", Role.BASELINE, 2023),
        ("達 成 率", Role.RATE, None),
        ("令和5年度決算額", Role.SETTLED, 2023),
        ("当初予算額", Role.BUDGET, None),
        ("うち一般財源", Role.COST, None),
        ("項　目", Role.NAME, None),
        ("備考", Role.REMARK, None),
        ("前年度比", Role.CHANGE, None),
        ("令和6年度", None, 2024),
    ],
)
def test_a_key_says_role_and_year_and_names_nothing(label: str, role: Role | None, year: int | None) -> None:
    hint = read_label(label)
    assert (hint.role, year_of(hint) if role is not Role.CHANGE else None, hint.name, hint.whole) == (role, year, "", True)


@pytest.mark.parametrize("label", ["相談件数", "公開講座の参加者数", "空き家の活用", "女性"])
def test_a_name_is_no_key(label: str) -> None:
    hint = read_label(label)
    assert (hint.name, hint.whole, hint.role) == (label, False, None)


def test_the_last_role_word_is_the_head() -> None:
    assert read_label("目標値に対する実績値").role is Role.ACTUAL
    assert read_label("実績に基づく目標値").role is Role.TARGET


@pytest.mark.parametrize(("label", "unit"), [("事業費（千円）", "千円"), ("（単位：人）", "人"), ("来館者数（千人）", "千人"), ("来館者数（延べ）", None)])
def test_a_unit_is_read_from_brackets(label: str, unit: str | None) -> None:
    assert read_label(label).unit == unit


def test_a_bare_year_is_read_in_the_era_of_the_document() -> None:
    assert year_of(read_label("25年度実績", Calendar("平成", 2013))) == 2013
    assert year_of(read_label("5年度実績", Calendar("令和", 2024))) == 2023


def test_a_word_that_means_a_role_in_headers_only_is_weak() -> None:
    assert read_label("計画").role is Role.TARGET
    assert read_label("計画").strong is None
    assert read_label("数値目標").strong is Role.TARGET


def test_a_label_of_target_and_result_mentions_neither_alone() -> None:
    assert read_label("目標と実績について").mentioned is None
    assert read_label("今年度の数値目標について").mentioned is Role.TARGET


def test_every_word_of_the_data_reads_as_its_role() -> None:
    wrong = [(group, word) for group in WORDS if group in {r.value for r in Role} for word in WORDS[group] if read_label(word).role != Role(group)]
    assert wrong == []


@pytest.mark.parametrize("label", ["平成３０\n年度", "令和元\n年度", "2024\n年"])
def test_the_rest_of_a_year_on_its_own_line_is_no_unit(label: str) -> None:
    assert read_label(label).unit is None


def test_a_unit_on_its_own_line_is_one() -> None:
    assert read_label("実績値\n千円").unit == "千円"
