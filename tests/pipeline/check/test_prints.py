"""What the rules of misprints pass by has none."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.normalise.scan import is_number
from pipeline.check import prints


@given(st.text(st.sampled_from("0123456789,.，．０%人千円 "), max_size=14))
def test_a_line_passed_by_has_no_misprint(string: str) -> None:
    if not prints._FAULT.search(string) or is_number(string):
        assert not prints._COMMA.search(string) and not prints._POINTS.search(string)
        groups = [group for match in prints._GROUPS.finditer(string) for group in re.split("[,，]", match.group().removesuffix(match["unit"] or ""))[1:]]
        assert all(len(group.strip()) == 3 for group in groups)
