"""What the rules of misprints pass by has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.normalise.scan import is_number
from pipeline.check import prints


@given(st.text(st.sampled_from("0123456789,.，．０%人千円 "), max_size=14))
def test_a_line_passed_by_has_no_misprint(string: str) -> None:
    if prints._SEPARATORS.isdisjoint(string) or is_number(string):
        assert not prints._COMMA.search(string) and not prints._POINTS.search(string)
        assert all(match["unit"] is None for match in prints._GROUPS.finditer(string))
