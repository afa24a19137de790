"""The places of a day: every change is whole, worked back from today's list they give the published numbers of municipalities."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from extractors.normalise.history import changes, era_of, places_in, successors_of
from extractors.normalise.places import _DATA, _LISTED, code_of, find_places

CODES = {code for code, _ in _LISTED}


def _on(day: str) -> list[tuple[str, str]]:
    return places_in(era_of(date.fromisoformat(day)), _LISTED)


def _check_digit(code: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10 if total >= 11 else 11 - total


def test_every_code_of_a_change_has_its_check_digit() -> None:
    assert [c for c in changes() for code in (c.code, c.successor_code) if _check_digit(code) != int(code[5])] == []


def test_the_data_readme_says_how_many_changes_of_which_kind_there_are() -> None:
    said = re.findall(r"^\| `([a-z ]+)` \| ([\d,]+) \|", (_DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {kind: int(number.replace(",", "")) for kind, number in said} == Counter(change.kind for change in changes())


def test_every_former_place_leads_to_places_of_today() -> None:
    now = {code for code, _ in _on("2026-04-01")}
    assert now - CODES == {"221384", "221392", "221406"}, "the wards that the list of today still lacks"
    for change in changes():
        ends = {place.code for place in successors_of(change.code)} or {change.code}
        assert ends <= now, change


# The ministry counts cities, towns and villages without the 23 wards of the capital.
@pytest.mark.parametrize(
    ("day", "number"),
    [("1975-04-01", 3257), ("1999-03-31", 3232), ("2005-04-01", 2395), ("2006-03-31", 1821), ("2010-03-31", 1727), ("2014-04-05", 1718), ("2026-04-01", 1718)],
)
def test_the_number_of_municipalities_of_a_day_is_the_published_one(day: str, number: int) -> None:
    assert sum(" " not in name for _, name in _on(day)) - 23 == number


@pytest.mark.parametrize(("day", "number"), [("1999-03-31", 670), ("2010-03-31", 786), ("2014-04-05", 790), ("2018-10-01", 792)])
def test_the_number_of_cities_of_a_day_is_the_published_one(day: str, number: int) -> None:
    assert sum(" " not in name and name.endswith("市") for _, name in _on(day)) == number


@pytest.mark.parametrize(("day", "number"), [("2023-12-31", 175), ("2024-01-01", 171)])
def test_the_number_of_wards_of_a_day_is_the_published_one(day: str, number: int) -> None:
    assert sum(" " in name for _, name in _on(day)) == number


def test_no_two_places_have_one_code_on_any_day_of_change() -> None:
    for day in sorted({change.day for change in changes()}):
        codes = [code for code, _ in places_in(era_of(day), _LISTED)]
        assert len(codes) == len(set(codes)), day


def test_every_former_place_reads_back_on_its_last_day_and_no_more_from_the_next() -> None:
    ended = [c for c in changes() if c.kind != "new ward" and (c.name, c.code) != (c.successor, c.successor_code)]
    # A town that took a new name and became a city on one day had that name on no day.
    passing = {(c.day, c.successor, c.successor_code) for c in ended if c.kind == "rename"}
    wrong = []
    for change in ended:
        if (change.day, change.name, change.code) in passing:
            continue
        last = change.day - timedelta(days=1)
        alike = [code for code, name in places_in(era_of(last), _LISTED) if name == change.name and code[:2] == change.code[:2]]
        full = change.prefecture + change.name.replace(" ", "")
        before, after = code_of(full, on=last), code_of(full, on=change.day)
        if before != (change.code if len(alike) == 1 else None) or change.code not in alike or (after == change.code and change.name != change.successor):
            wrong.append(change)
    assert wrong == []


def test_two_places_of_one_name_in_one_prefecture_have_no_code_by_name() -> None:
    assert code_of("群馬県東村", on=date(2004, 12, 31)) is None
    assert [place.code for place in find_places("群馬県東村", date(2004, 12, 31))] == [None]


def test_a_former_name_is_a_place_on_a_day_of_its_time_only() -> None:
    assert [place.code for place in find_places("浦和市と大宮市", date(2001, 4, 30))] == ["112046", "112054"]
    assert find_places("浦和市と大宮市", date(2001, 5, 1)) == ()
    assert find_places("浦和市と大宮市") == ()
    assert code_of("浦和市") is None


def test_a_name_that_several_prefectures_had_needs_its_prefecture_on_that_day() -> None:
    day = date(2004, 1, 1)
    assert code_of("南部町", on=day) is None
    assert code_of("南部町", "青森県", on=day) == "024457"


def test_a_city_has_the_code_of_the_day_before_and_after_it_was_designated() -> None:
    assert code_of("相模原市", on=date(2010, 3, 31)) == "142093"
    assert code_of("相模原市", on=date(2010, 4, 1)) == code_of("相模原市") == "141500"


def test_the_place_of_a_chain_is_that_of_the_day_asked_for() -> None:
    assert [place.name for place in successors_of("112046", date(2001, 4, 30))] == []
    assert [(place.name, place.day) for place in successors_of("112046", date(2002, 1, 1))] == [("さいたま市", date(2001, 5, 1))]
    assert [place.code for place in successors_of("112046")] == ["111007"]


def test_a_day_before_the_first_change_is_read_as_the_first() -> None:
    assert code_of("岐阜県奥明方村", on=date(1950, 1, 1)) == "214868"
