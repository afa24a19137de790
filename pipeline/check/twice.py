"""What a document says twice: the same sentence with another year, the same number with another value, the same row under another name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final

import regex

from extractors.normalise.characters import fold, plain
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Quantity, When
from extractors.vocabulary import Fact, Finding, Kind, Text
from pipeline.check.arithmetic import slip
from pipeline.check.matter import DIGIT, Matter, key, shown, where
from pipeline.check.rule import found, rule

# Shorter clauses are phrases that every plan repeats year by year.
CLAUSE: Final = 25
# Where a clause ends: with its sentence, which marks of lists and blank lines end too, or with a comma, since the wording around a repeated number may differ.
_CUT: Final = regex.compile(r"。|[、，](?!\d)|\n(?=\s*[・○●◆■□◇※①-⑳])|\n\s*\n")
# What may be part of a year or a day, of a bullet before a name, or a mark; all other characters are words.
_OF_TIMES: Final = re.compile(
    r"[^ぁ-ゖ一-鿿]|[かのまでよらり〇一二三四五六七八九十元年度月日末初旬現在時点上中下半期第前昨本今当該次来翌々同迄]|[火水木金土曜祝休]|[令和平成昭大正明治慶応]"
)
# Two rows share fewer numbers by chance.
TELLING: Final = 3
# Shorter names (参加者数) are those of many indicators.
NAME: Final = 8


@rule(
    "warning",
    "two sentences that say the same numbers, word by word, of two different years",
    "The same forecast dated two ways: one of the two years is wrong, and the value belongs to one year only.",
    "2020年10.9万人から2027年へ / 2022年10.9万人から2027年へ",
)
def same_numbers_other_year(matter: Matter) -> Iterator[Finding]:
    seen: dict[str, tuple[tuple[str, ...], Text]] = {}
    for text, words, years in _clauses(matter):
        if words not in seen:
            seen[words] = years, text
            continue
        before, place = seen[words]
        apart = [(a, b) for a, b in zip(before, years, strict=True) if a != b]
        if len(apart) == 1 and len(years) >= 2:
            facts = [fact for fact in matter.facts if len(fact.figure) and fact.figure.keys[0] in {*text.keys, *place.keys}]
            said = f"同じ数値が、ここでは{apart[0][1]}、{where(place)}では{apart[0][0]}のものとされています。"
            yield found("warning", said, _digits(text), apart[0][1], apart[0][0], facts)


def _clauses(matter: Matter) -> Iterator[tuple[Text, str, tuple[str, ...]]]:
    """(place, words without years, years) of each clause with two numbers and two years; numbers stay in the words."""
    for clause in _alike(_long(matter)):
        tokens = scan(clause.string, matter.calendar)
        whens = [token for token in tokens if isinstance(token, When)]
        if len(whens) >= 2 and sum(isinstance(token, Quantity) for token in tokens) >= 2:
            words, at = "", 0
            for when in whens:
                words += clause.string[at : when.start] + "年"
                at = when.end
            yield clause, key(words + clause.string[at:]), tuple(plain(clause.string[w.start : w.end]).replace(" ", "") for w in whens)


def _alike(clauses: dict[str, Text]) -> list[Text]:
    """The clauses that may say with another year what another one says: most share their words with none, and need not be scanned."""
    words = [_OF_TIMES.sub("", fold(string).string) for string in clauses]
    times = Counter(words)
    return [clause for clause, said in zip(clauses.values(), words, strict=True) if times[said] > 1]


def _long(matter: Matter) -> dict[str, Text]:
    """The long clauses of sentences with numbers, by their characters: a second one of the same says nothing new."""
    # A heading without a full stop is joined to the sentence below it: lines that end one are looked at by themselves too.
    passages = [*(line for line in matter.lines if "。" in line.string), *matter.passages]
    long: dict[str, Text] = {}
    for passage in passages:
        string, start = passage.string, 0
        for end in [match.end() for match in _CUT.finditer(string)] + [len(string)] if len(string) >= CLAUSE and DIGIT.search(string) else ():
            if end - start >= CLAUSE and (clause := string[start:end]) not in long:
                long[clause] = passage[start:end]
            start = end
    return long


def _digits(text: Text) -> Text:
    match = compiled(r"\d").search(text.string)
    return text[match.start() : len(text)] if match else text


@rule(
    "warning",
    "the values of one indicator in two places of a document",
    "List, box and table state the same numbers; where all of an indicator's but one agree, and that one differs by a slip, it is misprinted.",
    "一覧 R5 1,180人 R6 1,240人 / シート R5 1,180人 R6 1,420人",
)
def same_number_twice(matter: Matter) -> Iterator[Finding]:
    by_name: dict[tuple[object, ...], list[list[Fact]]] = defaultdict(list)
    for group in matter.records.values():
        first = group[0]
        if len(key(first.indicator)) >= NAME and first.extractor != "prose":
            by_name[(first.kind is Kind.COST, key(first.indicator), first.component, first.area)].append(group)
    for groups in by_name.values():
        for before, after in combinations(groups, 2):
            yield from _differing(before, after)


def _differing(before: list[Fact], after: list[Fact]) -> Iterator[Finding]:
    """The one number in which two records of one name differ, where another is the same: without that they are two things of one name."""
    one, other = ({_when(fact): fact for fact in group} for group in (before, after))
    common = [when for when in one if when in other]
    apart = [when for when in common if one[when].value != other[when].value]
    if len(apart) == 1 and len(common) >= 2 and slip(one[apart[0]].value, other[apart[0]].value):
        first, fact = one[apart[0]], other[apart[0]]
        said = f"「{fact.indicator}」の{fact.fiscal_year or ''}年度の数が、ここでは{shown(fact.value)}、{where(first.figure)}では{shown(first.value)}です。"
        yield found("warning", said, fact.figure, shown(fact.value), shown(first.value), [first, fact])


def _when(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.fiscal_year, fact.period_start, fact.period_end, fact.unit, fact.basis


@rule(
    "warning",
    "the numbers of a row with those of the row above it",
    "Two indicators do not have the same three and more numbers by chance: a row was copied and not filled in anew.",
    "A施設 1,204 1,310 1,288 / B施設 1,204 1,310 1,288",
)
def copied_row(matter: Matter) -> Iterator[Finding]:
    records = [group for group in matter.records.values() if group[0].extractor != "prose"]
    for before, group in pairwise(records):
        if len(before) != len(group) or len(group) < TELLING or before[0].kind is Kind.COST or before[0].indicator == group[0].indicator:
            continue
        one, other = (sorted([(f.kind.value, f.fiscal_year or 0, f.value) for f in facts]) for facts in (before, group))
        telling = {value for _, _, value in one if value >= 100 and value % 100}
        if one == other and len(telling) >= TELLING:
            said = f"「{group[0].indicator}」の数が、前の行の「{before[0].indicator}」とすべて同じです。"
            yield found("warning", said, group[0].figure, None, None, [*before, *group])
