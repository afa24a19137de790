"""Every municipality, ward and prefecture reads back to its code; ambiguous names need their prefecture."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalise import history, places
from extractors.normalise.places import _DATA, code_of, find_places, prefecture_of


def _table(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TOWNS, PREFECTURES = _table("municipalities.csv"), _table("prefectures.csv")
PARTS = Counter(name for row in TOWNS for name in {row["name"].replace(" ", ""), row["name"].split(" ")[-1]})


def _check_digit(code: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10 if total >= 11 else 11 - total


def test_the_list_is_complete() -> None:
    assert len(PREFECTURES) == 47
    wards = [row for row in TOWNS if " " in row["name"]]
    assert len(TOWNS) - len(wards) == 1741
    assert len(wards) == 175


@pytest.mark.parametrize("table", [TOWNS, PREFECTURES], ids=["municipalities", "prefectures"])
def test_every_code_has_its_check_digit(table: list[dict[str, str]]) -> None:
    assert [row for row in table if _check_digit(row["code"]) != int(row["code"][5])] == []


def test_every_place_reads_back_from_prefecture_and_name() -> None:
    wrong = [row for row in TOWNS if code_of(row["prefecture"] + row["name"]) != row["code"] or code_of(row["name"], row["prefecture"]) != row["code"]]
    assert wrong == []
    assert [row for row in PREFECTURES if code_of(row["name"]) != row["code"]] == []


def test_a_name_that_is_unique_reads_back_alone_and_a_shared_one_does_not() -> None:
    for row in TOWNS:
        unique = PARTS[row["name"].replace(" ", "")] == 1
        assert code_of(row["name"]) == (row["code"] if unique else None), row


def test_every_place_is_found_in_running_text_as_itself() -> None:
    wrong = []
    for row in TOWNS:
        found = find_places(f"昨年は、{row['prefecture']}{row['name']}の事業")
        if [(place.name, place.code) for place in found] != [(row["name"].replace(" ", ""), row["code"])]:
            wrong.append((row, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("short", "full"), [("東京", "東京都"), ("北海道", "北海道"), ("大阪", "大阪府"), ("岩手県", "岩手県"), ("京都", "京都府"), ("全国", None)]
)
def test_prefectures_are_known_with_and_without_their_ending(short: str, full: str | None) -> None:
    assert prefecture_of(short) == full


@pytest.mark.parametrize("string", ["山口労働局", "市町村", "都道府県別", "大津波", "岩手県立大学", "長野市立図書館"])
def test_bodies_and_words_are_no_places(string: str) -> None:
    assert find_places(string) == ()


def test_offsets_point_into_the_raw_string() -> None:
    string = "㈱東京都府中市"
    (place,) = find_places(string)
    assert string[place.start : place.end] == "東京都府中市"


def _pattern(listed: places._List) -> regex.Pattern[str]:
    """All names of a list as one pattern: what `named` says must be what it finds."""
    forms = {char: f"[{''.join(sorted(pair))}]" for pair in map(set, places._FORMS) for char in pair}
    forms |= dict.fromkeys("邊邉辺", "[邊邉辺]")
    spaced = {row["name"].replace(" ", ""): row["name"] for row in TOWNS}
    names = sorted(listed.towns, key=lambda name: (-len(name), name))
    towns = "|".join("".join(forms.get(char, char) for char in spaced.get(name, name).replace(" ", " ?")) for name in names)
    alone = "|".join(row["name"] for row in PREFECTURES)
    return regex.compile(rf"(?:(?P<prefecture>{alone}) ?)?(?P<town>{towns})|(?P<alone>{alone})")


PIECES = st.sampled_from(
    [*(row["name"] for row in TOWNS[::7]), *(row["prefecture"] for row in TOWNS[::40]), "龍ヶ崎市", "塩釜市", "京都", " ", "\n", "中", "市", "の"]
)


def test_every_name_of_every_time_ends_with_one_of_a_few_characters() -> None:
    names = {name for era in range(len(history._days()) + 1) for _, name in history.places_in(era, places._LISTED)}
    assert len(names) > len(TOWNS)
    assert all(places._ENDS.match(name[-1]) for name in (*names, *places._PREFECTURES))


def test_the_dictionary_finds_what_a_pattern_of_all_names_finds() -> None:
    pattern = _pattern(places._TODAY)

    @given(st.lists(PIECES, max_size=7).map("".join))
    def agrees(text: str) -> None:
        found = [(one.start, one.end, one.town.replace(" ", ""), one.prefecture) for one in places._TODAY.named(text)]
        matches = pattern.finditer(text)
        assert found == [(*m.span(), (m["town"] or "").replace(" ", ""), m["prefecture"] or m["alone"]) for m in matches]

    agrees()
