"""Percentages in text with the counts beside them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

import regex

from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Quantity
from extractors.vocabulary import Finding, Text
from pipeline.check.arithmetic import agrees, ratio
from pipeline.check.matter import Matter, shown, where
from pipeline.check.rule import found, rule

# A count and its whole stand within this many lines (a box of a slide, a list of results); further off it is another story.
NEAR: Final = 12
# A percentage that misses by more than this was computed from something else, not misprinted.
CLOSE: Final = 5.0
# These fold to / or to something with it; 中 and うち stand between a whole and its part as well.
_OF_TWO: Final = re.compile("[/／℀℁℅℆中]|うち")
_PERCENT: Final = re.compile("[%％]")
_BETWEEN: Final = regex.compile(r"\s*[(（＜<〔\[]?\s*(?:約)?\s*")
_CLOSED: Final = regex.compile(r"\s*[)）＞>〕\]]")


class Share:
    """A percentage printed with a count, or with a count and its whole, and the line (its number in `Matter.lines`) on which they stand."""

    def __init__(self, at: int, percent: Quantity, places: int, text: Text, part: Quantity | None = None, whole: Quantity | None = None) -> None:
        self.at, self.percent, self.places, self.text, self.part, self.whole = at, percent, places, text, part, whole


def _quantities(text: Text) -> list[Quantity]:
    return [token for token in scan(text.string) if isinstance(token, Quantity)]


def _places(text: Text, quantity: Quantity) -> int:
    match = compiled(r"[.．,，](\d+)\s*$").search(plain(text.string[quantity.number_start : quantity.number_end]))
    return len(match[1]) if match else 0


def pairs(matter: Matter) -> list[Share]:
    """Percentages with their two counts. Rules ask for them with `matter.once`."""
    return list(_pairs(matter))


def _pairs(matter: Matter) -> Iterator[Share]:
    """`82.1％ (280/341)`: on one line, or a line of nothing else below the percentage's."""
    lines = matter.lines
    for at, text in matter.lines_with(_OF_TWO):
        tokens = _quantities(text)
        for first, second in itertools.pairwise(tokens):
            if {first.share_part, second.share_part} != {1, 2}:
                continue
            part, whole = (first, second) if first.share_part == 1 else (second, first)
            alone = not compiled(r"[\p{L}%]").search(text.string[: first.start] + text.string[second.end :])
            percents = [q for q in tokens if q.unit == "%" and not q.change and (_touches(text, q, first, second) or False)]
            if len(percents) == 1:
                yield Share(at, percents[0], _places(text, percents[0]), text[percents[0].start : percents[0].end], part, whole)
            elif alone and at and not percents:
                above = _quantities(lines[at - 1])
                if len(above) == 1 and above[0].unit == "%" and not compiled(r"[\p{L}]").search(lines[at - 1].string):
                    yield Share(at, above[0], _places(lines[at - 1], above[0]), lines[at - 1][above[0].start : above[0].end], part, whole)


def _touches(text: Text, percent: Quantity, first: Quantity, second: Quantity) -> bool:
    """Whether only brackets, blanks and an equals sign part a percentage from the two counts."""
    between = text.string[percent.end : first.start] if percent.end <= first.start else text.string[second.end : percent.start]
    return bool(compiled(r"[\s(（)）＜＞<>=＝≒、:：〔〕\[\]×x＊*100]*|[)）]?(?:の|、|で|は|が)?").fullmatch(between))


def counted(matter: Matter) -> Iterator[Share]:
    """`270拠点（82.1％）`: a count with its percentage in brackets behind it."""
    for at, text in matter.lines_with(_PERCENT):
        tokens = _quantities(text)
        for count, percent in itertools.pairwise(tokens):
            between, behind = text.string[count.end : percent.start], text.string[percent.end :]
            plainly = count.unit not in (None, "%", "円", "ポイント") and not count.change and not count.comparator and not count.share_part
            bracketed = compiled(r"[(（＜<〔\[]").search(between) and _BETWEEN.fullmatch(between) and _CLOSED.match(behind)
            if plainly and percent.unit == "%" and not percent.change and percent.comparator in (None, "<") and bracketed:
                yield Share(at, percent, _places(text, percent), text[count.start : percent.end], count)


@rule(
    "error",
    "a percentage with the two counts printed beside it",
    "The two counts do not give the percentage, though they stand there to show how it was computed.",
    "82.1％ (270/341)",
)
def share_of_counts(matter: Matter) -> Iterator[Finding]:
    for share in matter.once(pairs):
        assert share.part is not None and share.whole is not None
        percent, off = ratio(share.part.value, share.whole.value)
        if not agrees(percent, share.percent.value, share.places, off):
            said = f"{shown(share.part.value)}/{shown(share.whole.value)}は{percent:.1f}%ですが、{shown(share.percent.value)}%と書かれています。"
            yield found("error", said, share.text, f"{shown(share.percent.value)}%", f"{percent:.1f}%")


@rule(
    "warning",
    "a count with its percentage in brackets, and the counts or the whole of the same thing printed nearby",
    "The count is not that share of the whole that the document states beside it. Which of the three is wrong only its authors know.",
    "270拠点（82.1％） / 82.1％ (280/341)",
)
def count_of_share(matter: Matter) -> Iterator[Finding]:
    shares = list(counted(matter))
    if not shares:
        return
    told = matter.once(pairs)
    units = _by_unit(matter.lines, shares)
    for share in shares:
        assert share.part is not None and share.part.unit is not None
        count, percent = share.part.value, share.percent.value
        wholes = [(at, q) for at, q in units.get(share.part.unit, []) if abs(at - share.at) <= NEAR * 3 and q.value >= count and q != share.part]
        fits = [q for _, q in wholes if agrees(100 * count / q.value, percent, share.places)]
        sums = sum(q.value for at, q in wholes if at == share.at) + count
        if not count or not percent or fits or agrees(100 * count / sums, percent, share.places):
            continue
        yield from _beside(share, told)
        if not any(one.percent.value == percent and one.places == share.places for one in told):
            yield from _whole(share, [(at, q) for at, q in wholes if 0 < share.at - at <= NEAR])


def _by_unit(lines: tuple[Text, ...], shares: list[Share]) -> dict[str, list[tuple[int, Quantity]]]:
    """(line number, quantity) of the plain counts near any of the shares, in order, by their units."""
    units: dict[str, list[tuple[int, Quantity]]] = {}
    done = 0
    for share in shares:
        for at in range(max(done, share.at - NEAR * 3), min(len(lines), share.at + NEAR * 3 + 1)):
            done = at + 1
            for one in _quantities(lines[at]):
                if one.unit is not None and not one.change and not one.comparator:
                    units.setdefault(one.unit, []).append((at, one))
    return units


def _beside(share: Share, told: list[Share]) -> Iterator[Finding]:
    """The same percentage with its two counts elsewhere: another count than this one."""
    assert share.part is not None
    for one in told:
        assert one.part is not None and one.whole is not None
        same = one.percent.value == share.percent.value and one.places == share.places and one.places > 0
        if same and abs(one.at - share.at) <= NEAR * 6 and one.part.value != share.part.value and one.whole.value > share.part.value:
            pair = f"{shown(one.part.value)}/{shown(one.whole.value)}"
            computed = f"{100 * share.part.value / one.whole.value:.1f}%"
            counted_unit = f"{shown(share.part.value)}{share.part.unit}"
            percent = f"{shown(share.percent.value)}%"
            said = f"{counted_unit}の割合は{percent}とありますが、{where(one.text)}では{percent}は{pair}です ({counted_unit}なら{computed})。"
            yield found("warning", said, share.text, counted_unit, f"{shown(one.part.value)}{share.part.unit}")
            return


def _whole(share: Share, before: list[tuple[int, Quantity]]) -> Iterator[Finding]:
    """The nearest larger count of the same unit above it: nearly its whole, but not quite."""
    assert share.part is not None
    if not before or share.percent.value > 100:
        return
    _, whole = before[-1]
    computed = 100 * share.part.value / whole.value
    if abs(computed - share.percent.value) <= CLOSE and share.places:
        counts = f"{shown(share.part.value)}{share.part.unit}÷{shown(whole.value)}{share.part.unit}"
        said = f"{counts}は{computed:.1f}%ですが、{shown(share.percent.value)}%と書かれています。"
        yield found("warning", said, share.text, f"{shown(share.percent.value)}%", f"{computed:.1f}%")
