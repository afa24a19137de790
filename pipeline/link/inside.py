"""Forms of one document that are one indicator: a row of its list, of its sheet and of its closing table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.link.aliases import Aliases
from pipeline.link.forms import TOLD, Form, worth
from pipeline.link.likeness import LINKED, Corpus, Verdict, same_heading
from pipeline.link.names import LOOSE, QUALIFIERS, Difference, Reading, differ, read
from pipeline.link.things import Common, Index, Judgement, Thing, by_word, commonness, fitting, only_one, weigh

# (常用) behind a name, or 市内 before it, that is the same else: more than a number of one digit.
LEAST_ASIDE = 2.0
# A bare number is no number of 人 because both are 0.
UNLIKE_UNITS = 5.0
# Pairs are looked for among names that share a number; a number under more names than this tells nothing.
MOST_SHARING = 12


def join_inside(forms: Sequence[Form], corpus: Corpus, aliases: Aliases) -> tuple[list[Thing], list[Judgement]]:
    """The document's forms as things, in its order, and what was thought of pairs of them."""
    things = {form: Thing([form]) for form in forms}
    common, judgements = commonness(forms), []
    found = sorted(_pairs(forms, corpus, common, aliases), key=lambda pair: (-pair[2].bits, pair[0].order, pair[1].order))
    for one, other, verdict, decided_by in found:
        first, second = things[one], things[other]
        if first is second:
            continue
        if decided_by != "alias" and not _may_join(first, second, corpus, common):
            continue
        if decided_by != "alias" and aliases.forbid(first.forms, second.forms):
            judgements.append(Judgement("not_same", one, other, 0.0, ("data/aliases.toml",), "alias"))
            continue
        if decided_by == "doubt":
            judgements.append(Judgement("unsure", one, other, verdict.score, tuple(verdict.reasons), "evidence"))
            continue
        first, second = sorted((first, second), key=lambda thing: thing.forms[0].order)
        first.join(second)
        for form in second.forms:
            things[form] = first
        judgements.append(Judgement("same", one, other, verdict.score, tuple(verdict.reasons), decided_by))
    return list(dict.fromkeys(things.values())), judgements


def _may_join(one: Thing, other: Thing, corpus: Corpus, common: Common) -> bool:
    """Not two things that state different numbers of one year, nor two that the document keeps apart under one name."""
    kept_apart = {form.identity[:4] for form in one.forms} & {form.identity[:4] for form in other.forms}
    return fitting(one, other) and not kept_apart and not weigh(one, other, corpus, common).clashes


def _pairs(forms: Sequence[Form], corpus: Corpus, common: Common, aliases: Aliases) -> Iterator[tuple[Form, Form, Verdict, str]]:
    """(one, other, verdict, exact | evidence | alias | doubt) of every two forms that may be one thing."""
    things = {form: Thing([form]) for form in forms}
    words = by_word(things.values())
    holders = Counter[float]()
    for (_, value), count in common.items():
        holders[value] += count
    for one, other in _candidates(forms, aliases):
        if not _share_a_word(one, other) and not aliases.entries_of(one):
            continue
        if aliases.join(one, other):
            yield one, other, Verdict(30.0, ["data/aliases.toml"]), "alias"
        elif fitting(things[one], things[other]):
            verdict = weigh(things[one], things[other], corpus, common)
            decided = _decided(one, other, verdict, holders) or _short_for(one, other, verdict, things, words, corpus)
            if decided:
                yield one, other, verdict, decided


def _share_a_word(one: Form, other: Form) -> bool:
    """Two names of one document without a common word are two things, whatever numbers they share."""
    first, second = read(one.name, one.component), read(other.name, other.component)
    return not first.counter.keys().isdisjoint(second.counter) or first.tight == second.tight


def _candidates(forms: Sequence[Form], aliases: Aliases) -> list[tuple[Form, Form]]:
    by_content: dict[tuple[str, object], list[Form]] = defaultdict(list)
    for form in forms:
        reading = read(form.name, form.component)
        by_content["words", frozenset(reading.counter.items())].append(form)
        by_content["tight", reading.tight].append(form)
        for numbers in form.says.values():
            for number in numbers:
                by_content["number", number.value].append(form)
        for at in aliases.entries_of(form):
            by_content["alias", at].append(form)
    pairs: dict[tuple[Form, Form], None] = {}
    for (kind, _), some in by_content.items():
        if kind != "number" or len(some) <= MOST_SHARING:
            # Two rows that are kept apart under one name stay so.
            pairs |= {(a, b): None for a in some for b in some if a.order < b.order and (kind == "alias" or a.identity[:4] != b.identity[:4])}
    return sorted(pairs, key=lambda pair: (pair[0].order, pair[1].order))


def _decided(one: Form, other: Form, verdict: Verdict, holders: Counter[float]) -> str | None:
    readings = read(one.name, one.component), read(other.name, other.component)
    difference = differ(*readings)
    if verdict.apart or verdict.clashes:
        return None
    if readings[0].part != readings[1].part:
        return "evidence" if _beside(readings) and verdict.matches and one.kind == other.kind else None
    told = _told_by_numbers(one, other, holders)
    if one.kind != other.kind and told < UNLIKE_UNITS:
        return None
    if difference.none and (one.component is None or other.component is None or one.identity[2] == other.identity[2]):
        # 利用者数 of two sections need a number in common; a name of its own does not.
        return "evidence" if verdict.matches or len(readings[0].content) > 2 else None
    minor = not difference.pairs and not {*difference.one, *difference.other} - difference.aside - LOOSE
    if minor and not {*difference.one, *difference.other} & QUALIFIERS and verdict.matches:
        return "evidence" if verdict.told >= 1.0 and not _rows_of_one_table(one, other) else None
    if told < (LEAST_ASIDE if minor else TOLD) or _rows_of_one_table(one, other) or verdict.name_bits < 0:
        return None
    if not _slight(difference) and verdict.name_bits < LINKED:
        return "doubt" if told >= UNLIKE_UNITS else None
    if told > verdict.told:
        verdict.add(told if not verdict.matches else (told - verdict.told) / 2, "同じ数が両方にある")
    return "evidence" if verdict.bits >= LINKED + (0.0 if minor else TOLD) else "doubt"


def _short_for(one: Form, other: Form, verdict: Verdict, things: Mapping[Form, Thing], words: Index, corpus: Corpus) -> str | None:
    """A list names the row of a table by its last words (対象世帯のうち定着件数): under one heading, with one number, where no other row has those words."""
    if verdict.apart or verdict.clashes or verdict.told < TOLD or not same_heading(one, other) or _rows_of_one_table(one, other):
        return None
    first, second = things[one], things[other]
    if not (only_one(first, second, words, corpus) or only_one(second, first, words, corpus)):
        return None
    verdict.add(LINKED - verdict.bits, "同じ見出しでほかにない略称")
    return "evidence"


def _beside(readings: tuple[Reading, Reading]) -> bool:
    """One name, for which one place prints a column with the measure and the other none."""
    one, other = sorted(readings, key=lambda reading: len(reading.part))
    return not one.part and other.measure and one.tight == other.tight


def _slight(difference: Difference) -> bool:
    """One word exchanged, or some in brackets or beside the name: two words that name two things never pass."""
    outside = [word for word in (*difference.one, *difference.other) if word not in difference.aside and word not in LOOSE]
    return bool(difference.shared) and len(difference.pairs) + len(outside) <= 1


def _told_by_numbers(one: Form, other: Form, holders: Counter[float]) -> float:
    """Bits of the numbers that stand in both, whatever their year: this year's target often is last year's result. `holders` counts the statements
    of each number in the document."""
    mine, its = (dict.fromkeys(number for numbers in form.says.values() for number in numbers) for form in (one, other))
    return sum(worth(number) for number in mine if number in its and holders[number.value] <= len(one.says) + len(other.says))


def _rows_of_one_table(one: Form, other: Form) -> bool:
    """Under the same heading and the same headers: two rows that a table keeps apart."""
    headers = [{(fact.get("role_from"), fact.get("year_from")) for _, fact in form.members} for form in (one, other)]
    return one.sections == other.sections and headers[0] == headers[1]
