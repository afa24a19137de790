"""Each rule finds the fault that it was made for, and leaves the near miss alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors import extract
from extractors.vocabulary import Extraction, Finding
from pipeline.check import RULES, check
from pipeline.check.arithmetic import slip
from pipeline.check.matter import Matter
from pipeline.check.rule import rule, run_rules
from pipeline.corrections import load
from pipeline.link.aliases import UNMATCHED as ALIAS_UNMATCHED
from pipeline.read import read
from pipeline.supersede import EDITIONS
from tests.extractors.small import table as pipe_table
from tests.pipeline.check.sources import CASES

# Those that look at several documents, or at none.
ELSEWHERE = {"other_edition", "unit_of_edition", "same_bytes", "rule_failed", "corrected", "correction_unmatched"}
ELSEWHERE |= {"card_wrong", "card_of_other_bytes", ALIAS_UNMATCHED, *EDITIONS}


def findings(source: str) -> list[Finding]:
    document = read(source.encode(), "document.txt")
    return list(check(document, extract(document)).findings)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_its_fault_and_says_what_is_stated_there(name: str) -> None:
    found = [one for one in findings(CASES[name][0]) if one.rule == name]
    assert [one.stated for one in found] == [CASES[name][1]]
    assert found[0].severity == RULES[name].severity and found[0].message.endswith("。") and found[0].place


@pytest.mark.parametrize("name", CASES)
def test_a_rule_leaves_its_near_miss_alone(name: str) -> None:
    assert [one.message for one in findings(CASES[name][2]) if one.rule == name] == []


@pytest.mark.parametrize("name", CASES)
def test_a_near_miss_is_no_fault_of_any_other_rule(name: str) -> None:
    assert [(one.rule, one.message) for one in findings(CASES[name][2]) if one.severity != "info"] == []


def test_every_rule_has_its_cases() -> None:
    assert load(Path("nowhere")) == ()  # the module registers its two
    assert set(RULES) == set(CASES) | ELSEWHERE


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_rule_says_why_and_shows_a_line(name: str) -> None:
    one = RULES[name]
    assert len(one.reason) > 40 and one.compares and one.example and one.severity in {"info", "warning", "error"}


def test_two_rules_of_one_name_are_refused() -> None:
    def tenfold(matter: object) -> list[Finding]:
        return []

    with pytest.raises(ValueError, match="tenfold"):
        rule("info", "nothing", "no reason", "nothing")(tenfold)


def test_a_rule_that_breaks_is_a_finding_and_the_others_still_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(matter: object) -> list[Finding]:
        raise KeyError("none")

    monkeypatch.setitem(RULES, "tenfold", replace(RULES["tenfold"], check=broken))
    document = read(CASES["misprinted_number"][0].encode(), "document.txt")
    found = list(run_rules(Matter(document, extract(document))))
    assert {one.rule for one in found} == {"rule_failed", "misprinted_number"}
    assert "tenfold" in next(one.message for one in found if one.rule == "rule_failed")


def test_checking_changes_no_fact_and_says_the_same_again() -> None:
    document = read(CASES["achievement_rate"][0].encode(), "document.txt")
    extraction = extract(document)
    first, second = check(document, extraction), check(document, extraction)
    assert first.facts == extraction.facts and first.unclaimed == extraction.unclaimed
    assert [(one.rule, one.message) for one in first.findings] == [(one.rule, one.message) for one in second.findings]


def test_a_document_of_one_word_has_nothing_to_find_fault_with() -> None:
    document = read("本".encode(), "document.txt")
    assert check(document, Extraction()).findings == ()


@pytest.mark.parametrize(("items", "left_out"), [("②橋づくり事業、⑤絵の事業", 1), ("②橋づくり事業、④歌\nの事業、⑤絵の事業", 0)])
def test_a_list_of_grades_may_run_on_behind_a_colon(items: str, left_out: int) -> None:
    source = CASES["names_of_grades"][0]
    table = source[source.index("| No") :]
    found = [one for one in findings(f"令和6年度 事業報告\n\n【C、D】となった施策：{items}\n\n{table}") if one.rule == "names_of_grades"]
    assert len(found) == left_out


@pytest.mark.parametrize(
    ("printed", "value", "other", "slipped"),
    [("one digit", 1240, 1340, True), ("changed about", 1240, 1420, True), ("a zero", 124, 1240, True), ("no slip", 1240, 1310, False)],
)
def test_a_slip_is_one_digit_two_changed_about_or_a_zero(printed: str, value: float, other: float, slipped: bool) -> None:
    assert slip(value, other) is slip(other, value) is slipped


@pytest.mark.parametrize(("other", "found"), [("84 | 70.0％", 0), ("130 | 108.3％", 1)])
def test_a_rate_of_100_stands_for_more_only_where_no_rate_is_higher(other: str, found: int) -> None:
    value, rate = other.split(" | ")
    rows = ("指標 | 令和6年度目標 | 令和6年度実績 | 達成率", "講座の参加者数 | 40人 | 80人 | 100.0％", f"本の貸出冊数 | 120冊 | {value}冊 | {rate}")
    assert [one.rule for one in findings("令和6年度 事業報告\n\n" + pipe_table(*rows))] == ["achievement_rate"] * found
