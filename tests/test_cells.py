"""What counts as found in other tools' cells."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz

from benchmarks.cells import Asked, steps

HEADS = ["施策", "指標", "令和6年度\n目標", "令和6年度\n実績"]
ONE = Asked("target", ("相談窓口の利用件数",), 2024, 1234.0, "件", 3, frozenset({1234.0}), "1")


@pytest.mark.parametrize(
    ("rows", "page", "reached"),
    [
        ([HEADS, ["相談", "相談窓口の利用件数", "１，２３４ 件", "980 件"]], 3, 3),
        # A merged cell says its name in the first of its rows alone.
        ([HEADS, ["相談", "相談窓口の利用件数", "5 件", "6 件"], [None, None, "1,234件", "980件"]], 3, 3),
        ([["施策", "指標", "目標", "実績"], ["相談", "相談窓口の利用件数", "1,234件", "980件"]], 3, 2),
        ([HEADS, ["相談", "図書の貸出冊数", "1,234件", "980件"]], 3, 1),
        ([HEADS, ["相談", "相談窓口の利用件数", "1,235件", "980件"]], 3, 0),
        ([HEADS, ["相談", "相談窓口の利用件数", "1,234件", "980件"]], 2, 0),
        # A tool that does not tell pages is asked of all it gives.
        ([HEADS, ["相談", "相談窓口の利用件数", "1,234件", "980件"]], 0, 3),
        ([["令和6年度目標 相談窓口の利用件数 1,234件"]], 3, 3),
    ],
)
def test_a_number_is_found_with_its_name_and_its_year(rows: list[list[str]], page: int, reached: int) -> None:
    assert steps(ONE, {page: [rows]}, fuzz.partial_ratio) == reached
