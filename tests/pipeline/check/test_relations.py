"""The relations of a table: what is told without weighing is what weighing would tell."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from extractors.vocabulary import Cell, Glyph, Grid, Text
from pipeline.check import relations
from pipeline.check.matter import Table
from pipeline.check.relations import WINDOW, Axis, Relation, candidates, weigh

CELLS = st.sampled_from(["", "-", "0", "1", "2", "3", "5", "8", "10", "△3", "1.5", "120", "1,200", "1,320", "1,200,000", "1,200,001", "12%"])
TABLES = st.integers(2, 6).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=3, max_size=8))
NAMES = st.lists(st.sampled_from(["計", "合計", "内訳 a", "男", "女", "番号", "構成比", "甲", "乙"]), min_size=8, max_size=8)


def table(rows: list[list[str]]) -> Table:
    cells = [Cell(at, column, Text(Glyph(char, 1) for char in string)) for at, row in enumerate(rows) for column, string in enumerate(row)]
    return Table(Grid(tuple(cells), len(rows), len(rows[0])))


def every_candidate(axis: Axis) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    """All runs beside a result and all pairs near it, whether they come to it anywhere or not."""
    full = [i for i, item in enumerate(axis.items) if item and not relations.NUMBERED.search(axis.name(i))]
    inner = {i for i in full if relations.INNER.match(axis.name(i))}
    out = []
    for at, result in enumerate(full):
        for side in (full[:at][::-1], full[at + 1 :]):
            out += [(result, tuple((i, 1) for i in sorted(side[:count]))) for count in range(2, len(side) + 1)]
            out += [(result, tuple((i, 1) for i in sorted(i for i in side if i not in inner)))]
        near = [i for i in full if i != result and abs(i - result) <= WINDOW]
        out += [(result, ((a, 1), (b, 1))) for a, b in combinations(near, 2)]
    return out


def borne_out(axis: Axis, relation: Relation) -> bool:
    """As `broken` asks: two positions with numbers of their own, one where the result is printed as a total."""
    return len(set(relation.holds.values())) >= (1 if relations._total(axis, relation.result, relation.parts) else 2)


@given(NAMES, TABLES)
def test_no_relation_that_the_table_bears_out_is_passed_by(names: list[str], rows: list[list[str]]) -> None:
    for axis in (Axis(table([[name, *row] for name, row in zip(names, rows, strict=False)]), across) for across in (True, False)):
        told = set(candidates(axis))
        weighed = {one for one in every_candidate(axis) if len(one[1]) >= 2 and borne_out(axis, weigh(axis, *one))}
        assert weighed <= told


@given(NAMES, TABLES)
def test_a_pair_that_is_told_comes_to_its_result(names: list[str], rows: list[list[str]]) -> None:
    axis = Axis(table([[name, *row] for name, row in zip(names, rows, strict=False)]), True)
    near = [i for i, item in enumerate(axis.items) if item]
    for result in near:
        for pair in relations._pairs(axis, result, [i for i in near if i != result]):
            assert weigh(axis, result, ((pair[0], 1), (pair[1], 1))).holds
