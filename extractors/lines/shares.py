"""Shares of one whole in a block of lines: percentages one under the other that add up to 100 belong to the line above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from extractors.context import Figure, Label, Relation
from extractors.labels import Hint
from extractors.vocabulary import Text

# Shares are rounded one by one: the sum of five, each to a tenth, is off by at most 0.25.
SLACK: Final = 0.3
FEWEST: Final = 3
# The words of a line before the size of its sample, or all of them (`アンケートの結果　Ｎ＝7,061`).
LEAD: Final = regex.compile(r"\s*([^\s。]*\p{L}[^\s。]*)(?:[\s　]*$|[\s　]+[(（]?[NnＮｎ][\s　]*[=＝])")


def name_shares(text: Text, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a block; where its lines are shares of its first line, that line names them and their own words say which part each is.

    Proof is the sum, as in `アンケートの結果 Ｎ＝7,061` over 満足 77.3％, ふつう 19.0％ … 不満 0.2％. Sums of some shares may follow them
    (満足（「ふつう」含む） 96.3%).
    """
    first, *below = text.string.split("\n")
    lead = LEAD.match(first)
    shares = [figure for figure in figures if figure.quantity.start > len(first)]
    if lead is None or not _add_up(text.string, shares, len(below)):
        return list(figures)
    whole = Label(text[lead.start(1) : lead.end(1)], Relation.NAME, Hint(name=lead[1]))
    return [_part(figure, whole) if figure in shares else figure for figure in figures]


def _add_up(string: str, shares: Sequence[Figure], lines: int) -> bool:
    """Whether each line has one percentage and the first three or more of them make 100."""
    at = [string.count("\n", 0, figure.quantity.start) for figure in shares]
    if len(shares) < FEWEST or at != list(range(1, lines + 1)) or any(figure.quantity.unit != "%" for figure in shares):
        return False
    values = [figure.quantity.value for figure in shares]
    return any(abs(sum(values[:count]) - 100) <= SLACK for count in range(FEWEST, len(values) + 1))


def _part(figure: Figure, whole: Label) -> Figure:
    own = [x.related(Relation.PART) if x.relation is Relation.NAME else x for x in figure.labels]
    return figure.labelled((*own, whole))
