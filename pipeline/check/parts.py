"""Parts told in words against the number that they make up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Quantity
from extractors.vocabulary import Fact, Finding, Kind
from pipeline.check.arithmetic import same_place
from pipeline.check.matter import Matter, key, shown
from pipeline.check.rule import found, rule

PROSE: Final = "prose"
_WORD: Final = re.compile("内訳")
_INSIDE: Final = regex.compile(r"[(（]\s*内訳\s*[:：は]?(?P<parts>[^()（）]+)[)）]")


@rule(
    "warning",
    "a result with the parts that the text beside it gives, where the indicator's name names these parts",
    "The indicator counts just what the text counts one by one, and the two do not come to the same: one of them is of another day or mistyped.",
    "医師・看護師となった人の数 14人 / 医師：0人、看護師：10人",
)
def parts_of_result(matter: Matter) -> Iterator[Finding]:
    facts = matter.facts
    told = any(fact.extractor == PROSE for fact in facts)
    for at, whole in enumerate(facts if told else ()):
        if whole.kind is not Kind.ACTUAL or whole.baseline or whole.extractor == PROSE or whole.unit in (None, "%"):
            continue
        parts = _parts(whole, facts[at + 1 : at + 12])
        total = sum(part.value for part in parts)
        if len(parts) >= 2 and total != whole.value:
            listed = "＋".join(f"{part.indicator}{shown(part.value)}{part.unit}" for part in parts)
            said = f"「{whole.indicator}」の実績は{shown(whole.value)}{whole.unit}ですが、本文の内訳は{listed}＝{shown(total)}{whole.unit}です。"
            yield found("warning", said, whole.figure, f"{shown(whole.value)}{whole.unit}", f"{shown(total)}{whole.unit}", [whole, *parts])


def _parts(whole: Fact, behind: tuple[Fact, ...]) -> list[Fact]:
    """The facts of running text behind a result that count what its name names, each another part of the name."""
    parts: dict[str, Fact] = {}
    name = key(whole.indicator)
    for fact in behind:
        if fact.extractor != PROSE:
            continue
        part = key(fact.indicator)
        alike = fact.unit == whole.unit and fact.fiscal_year == whole.fiscal_year and fact.kind is Kind.ACTUAL
        if alike and len(part) >= 2 and part in name and part != name and fact.section == whole.section and same_place(whole, fact):
            if part in parts:
                return []
            parts[part] = fact
            name = name.replace(part, " ", 1)
    return list(parts.values())


@rule(
    "warning",
    "a number in text with what stands in brackets behind it as 内訳",
    "The text itself says that the numbers in brackets are the parts of the one before.",
    "120人（内訳：男性50人、女性60人）",
)
def breakdown_in_text(matter: Matter) -> Iterator[Finding]:
    for _, text in matter.lines_with(_WORD):
        for match in _INSIDE.finditer(text.string):
            tokens = [token for token in scan(text.string) if isinstance(token, Quantity)]
            before = [token for token in tokens if token.end == match.start()]
            inside = [token for token in tokens if match.start("parts") <= token.start < match.end("parts")]
            parts = [token for token in inside if before and token.unit == before[0].unit]
            if before and len(parts) >= 2 and len(parts) == len(inside) and not any(part.comparator or part.change for part in [*parts, *before]):
                total = sum(part.value for part in parts)
                if abs(total - before[0].value) > 1e-6 and not compiled(r"重複|延べ|のべ|ほか|など|等").search(plain(text.string)):
                    said = f"{shown(before[0].value)}{before[0].unit}の内訳の合計は{shown(total)}{before[0].unit}です。"
                    place = text[before[0].start : before[0].end]
                    facts = [fact for fact in matter.facts if fact.figure.keys[:1] == place.keys[:1]]
                    yield found("warning", said, place, shown(before[0].value), shown(total), facts)
