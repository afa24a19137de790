"""The unit table: consistent in itself, and units that go with names."""

from __future__ import annotations

import pytest

from extractors.normalise import units
from extractors.normalise.names import fits
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Quantity


def test_there_are_at_least_a_hundred_units_and_each_is_its_own_canonical_form() -> None:
    names = {unit.name for unit in units._FORMS.values()}
    assert len(names) >= 100
    assert [name for name in sorted(names) if units.canonical(name) != name] == []


def test_every_printed_form_behind_a_number_is_read_as_its_unit() -> None:
    wrong = []
    for form, unit in units._FORMS.items():
        tokens = scan(f"12.5{form}")
        if not (len(tokens) == 1 and isinstance(tokens[0], Quantity) and tokens[0].unit == unit.name):
            wrong.append((form, unit.name, tokens))
    assert wrong == []


def test_every_counter_that_opens_longer_words_is_a_known_unit() -> None:
    assert [counter for counter in units._CONTINUED if counter not in units._FORMS] == []


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        *[("名", "people"), ("千円", "money"), ("億円", "money"), ("%", "ratio"), ("か所", "case"), ("社", "body"), ("人/年", "people")],
        *[("㎡", "surface"), ("t-CO2", "mass"), ("目標", None)],
    ],
)
def test_a_unit_has_a_kind(unit: str, kind: str | None) -> None:
    assert units.kind_of(unit) == kind


@pytest.mark.parametrize(
    ("unit", "scale"), [("千円", (1000, "円")), ("百万円", (10**6, "円")), ("億円", (10**8, "円")), ("万人", (10**4, "人")), ("件", (1, "件"))]
)
def test_the_scale_of_a_unit(unit: str, scale: tuple[int, str]) -> None:
    assert units.scale_of(unit) == scale


@pytest.mark.parametrize(
    ("part", "unit", "answer"),
    [
        ("参加企業", "社", True),
        ("参加企業", "人", False),
        ("参加求職者数", "名", True),
        ("参加求職者(障がい者)数", "人", True),
        ("参加求職者数", "社", False),
        ("開催回数", "回", True),
        ("開催回数", "人", False),
        ("就職件数", "件", True),
        ("就職率", "%", True),
        ("就職率", "人", False),
        ("事業費", "千円", True),
        ("事業費", "人", False),
        ("目標", "人", None),
    ],
)
def test_whether_a_unit_goes_with_a_part_of_a_name(part: str, unit: str, answer: bool | None) -> None:
    assert fits(part, unit) is answer
