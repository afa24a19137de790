"""Facts in the order of the panel, and what each document states for one of its rows: one number, a range, or several numbers.

Whole columns at a time: a million facts in Python objects would take minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from yojitsu.amounts import Amounts

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FACTS = ("targets", "actuals", "costs")
LOWER, UPPER = (">=", ">"), ("<=", "<")
# What is asked of a fact.
USED = (
    *("fact_id", "document_id", "source_name", "section", "indicator", "component", "indicator_id", "area", "area_code", "fiscal_year", "period_start"),
    *("period_end", "value", "unit", "comparator", "cumulative", "achievement_rate", "rating", "baseline", "basis"),
)
# One row of the panel has the facts that agree in these.
KEY = ("indicator_id", "kind", "area", "fiscal_year", "period_start", "period_end", "cumulative")


def facts_of(tables: Mapping[str, pa.Table]) -> pa.Table:
    """The facts of all tables that belong to a year or to days, with their `kind`, in the order of the tables; days are null where they are a whole year's."""
    some = [_with_kind(name, tables[name]) for name in FACTS if name in tables]
    facts = pa.concat_tables(some, promote_options="default").combine_chunks()
    for name in USED:
        if name not in facts.column_names:
            facts = facts.append_column(name, pa.nulls(len(facts), pa.float64() if name == "achievement_rate" else pa.string()))
    facts = facts.filter(pc.or_(pc.is_valid(facts["fiscal_year"]), pc.is_valid(facts["period_end"]))).combine_chunks()
    whole = pa.array(_whole_year(facts))
    for name in ("period_start", "period_end"):
        days = pc.if_else(whole, pa.scalar(None, pa.date32()), facts[name])
        facts = facts.set_column(facts.schema.get_field_index(name), name, days)
    return facts


def _with_kind(name: str, table: pa.Table) -> pa.Table:
    """What sort of number each row of a table of facts is."""
    table = table.select([column for column in USED if column in table.column_names]).replace_schema_metadata()
    table = table.cast(pa.schema([pa.field(field.name, field.type) for field in table.schema]))
    if name == "costs":
        kind = pc.coalesce(table["basis"], pa.scalar("cost"))
    elif name == "actuals":
        kind = pc.if_else(table["baseline"], pa.scalar("baseline"), pa.scalar("actual"))
    else:
        kind = pa.repeat("target", len(table))
    return table.append_column("kind", kind)


def _whole_year(facts: pa.Table) -> Bools:
    """Whether a number is its whole fiscal year's, or as of the year's last day (年度末)."""
    dated = _known(facts["fiscal_year"])
    years = _ints(facts["fiscal_year"])
    first, last = _fiscal_days(years)
    start, end = _ints(facts["period_start"]), _ints(facts["period_end"])
    no_start, no_end = ~_known(facts["period_start"]), ~_known(facts["period_end"])
    whole: Bools = dated & (no_end | ((end == last) & (no_start | (start == end) | (start == first))))
    return whole


def _fiscal_days(years: Ints) -> tuple[Ints, Ints]:
    """The first and the last day of fiscal years, as days since 1970."""
    seen, which = np.unique(years, return_inverse=True)
    epoch = dt.date(1970, 1, 1).toordinal()
    # A null stands as 0, which is no year.
    days = np.array([(dt.date(max(y, 1), 4, 1).toordinal() - epoch, dt.date(max(y, 1) + 1, 3, 31).toordinal() - epoch) for y in seen.tolist()], np.int64)
    days = days.reshape(-1, 2)[which]
    return days[:, 0], days[:, 1]


class Panel:
    """Facts sorted by row of the panel, document (the first one first) and their order in the table; where rows and statements begin in them.

    `facts` is sorted so; `documents` are the rows of `documents`, `document_at` the one of each fact. `starts` has the first fact of each statement, `rows` the
    first statement of each row of the panel; `latest` and `first` are a row's last and first statement.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        facts, self.documents = facts_of(tables), tables["documents"]
        at = pc.index_in(facts["document_id"], value_set=self.documents["document_id"].combine_chunks())
        if at.null_count:
            raise KeyError("a fact of a document that `documents` does not hold")
        codes = [_ranks(facts[name]) for name in KEY]
        age = _ages(self.documents)[_ints(at)]
        order = np.lexsort((np.arange(len(facts)), age, *reversed(codes)))
        self.facts: pa.Table = facts.take(pa.array(order)).combine_chunks()
        self.document_at = _ints(at)[order]
        row_begins = _changes([code[order] for code in codes], len(facts))
        self.starts = np.flatnonzero(row_begins | _changes([age[order]], len(facts)))
        self.rows = np.flatnonzero(row_begins[self.starts])
        self.counts = np.diff(np.append(self.starts, len(facts)))
        self.row_of_statement = np.repeat(np.arange(len(self.rows)), np.diff(np.append(self.rows, len(self.starts))))
        self.first = self.rows
        self.latest = np.append(self.rows[1:], len(self.starts)) - 1 if len(self.rows) else self.rows
        self.amounts = Amounts.of(self.facts["value"], self.facts["unit"])

    @cached_property
    def statement_of_fact(self) -> Ints:
        return np.repeat(np.arange(len(self.starts)), self.counts)

    @cached_property
    def _bounds(self) -> tuple[Ints, Ints]:
        """The first fact of each statement that is a lower bound, and the first that is an upper one; the number of facts where there is none."""
        comparator = self.facts["comparator"]
        at = np.arange(len(self.facts))
        lower, upper = (_bools(pc.is_in(comparator, value_set=pa.array(some))) for some in (LOWER, UPPER))
        return self._least(np.where(lower, at, len(at))), self._least(np.where(upper, at, len(at)))

    @cached_property
    def ranged(self) -> Bools:
        """Whether a statement is a range (3～5回): more than one fact, all of them one lower bound and one upper bound not below it."""
        count = len(self.facts)
        low, high = self._bounds
        both = (low < count) & (high < count)
        values = self.amounts.values
        lowest, highest = (np.where(both, values[np.minimum(at, max(count - 1, 0))], 0.0) if count else values for at in (low, high))
        of = self.statement_of_fact
        is_bound = [_bools(pc.is_in(self.facts["comparator"], value_set=pa.array(some))) for some in (LOWER, UPPER)]
        fits = (is_bound[0] & (values == lowest[of])) | (is_bound[1] & (values == highest[of])) if count else np.zeros(0, bool)
        ranged: Bools = both & self._all(fits) & (lowest <= highest)
        return ranged

    @cached_property
    def lower(self) -> Ints:
        """The fact that stands for a statement: of a range its lower bound."""
        return np.where(self.ranged, self._bounds[0], self.starts)

    @cached_property
    def upper(self) -> Ints:
        """The fact of a range's upper bound, -1 where it is no range."""
        return np.where(self.ranged, self._bounds[1], -1)

    @cached_property
    def several(self) -> Bools:
        """Whether a statement holds different numbers that make no range."""
        of = self.starts[self.statement_of_fact]
        several: Bools = ~self.ranged & ~self._all(self.amounts.agree(of, np.arange(len(of))))
        return several

    @cached_property
    def revised(self) -> tuple[Bools, Bools]:
        """By row of the panel: whether documents state different numbers, and whether that is unknown since one of them states several."""
        first = self.first[self.row_of_statement]
        same = self.amounts.agree(self.lower[first], self.lower) & self._uppers_agree(first)
        more = np.diff(np.append(self.rows, len(self.starts))) > 1
        if not len(self.rows):
            return more, more
        differ = ~np.logical_and.reduceat(same, self.rows)
        unknown = np.logical_or.reduceat(self.several, self.rows)
        return more & differ, more & unknown

    def _uppers_agree(self, first: Ints) -> Bools:
        one, other = self.upper[first], self.upper
        agree: Bools = self.amounts.agree(np.maximum(one, 0), np.maximum(other, 0))
        both: Bools = (one >= 0) & (other >= 0)
        neither: Bools = (one < 0) & (other < 0)
        return neither | (both & agree)

    def distinct(self, statements: Ints) -> tuple[Ints, Ints]:
        """The facts with the different values of some statements, in the order of the table; and how many each statement has."""
        import pandas as pd

        new = ~pd.DataFrame({"statement": self.statement_of_fact, "value": self.amounts.values}).duplicated().to_numpy()
        chosen = np.zeros(len(self.starts), bool)
        chosen[statements] = True
        facts = np.flatnonzero(new & chosen[self.statement_of_fact])
        return facts, np.bincount(self.statement_of_fact[facts], minlength=len(self.starts))[statements]

    def first_known(self, name: str, statements: Ints) -> Ints:
        """The first fact of each of some statements that has a value in a column, -1 where none has."""
        at = np.arange(len(self.facts))
        found = self._least(np.where(_known(self.facts[name]), at, len(at)))[statements]
        return np.where(found < len(at), found, -1)

    def _least(self, of_facts: Ints) -> Ints:
        return np.minimum.reduceat(of_facts, self.starts) if len(self.starts) else self.starts

    def _all(self, of_facts: Bools) -> Bools:
        every: Bools = np.logical_and.reduceat(of_facts, self.starts) if len(self.starts) else np.zeros(0, bool)
        return every


def taken(column: Any, at: Ints) -> Any:
    """The values of a column at some places; null where the place is -1."""
    return column.take(pa.array(at, mask=at < 0))


def _ranks(column: Any) -> Ints:
    """A number for each value that sorts as the values do, null before all."""
    encoded = column.combine_chunks().dictionary_encode() if isinstance(column, pa.ChunkedArray) else column.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    order = pc.array_sort_indices(encoded.dictionary).to_numpy(zero_copy_only=False)
    rank = np.empty(len(order) + 1, np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    rank[-1] = 0
    ranks: Ints = rank[encoded.indices.fill_null(len(order)).to_numpy(zero_copy_only=False).astype(np.int64)]
    return ranks


def _ages(documents: pa.Table) -> Ints:
    """The place of each document among all: by its fiscal year (unknown ones first), by when it was written, by its id."""
    codes = [_ranks(documents[name]) for name in ("fiscal_year", "written_at", "document_id")]
    ages = np.empty(len(documents), np.int64)
    ages[np.lexsort(tuple(reversed(codes)))] = np.arange(len(documents))
    return ages


def _changes(codes: list[Ints], length: int) -> Bools:
    """Where a value differs from the one before it in any of some columns; the first does."""
    out = np.zeros(length, bool)
    out[:1] = True
    for code in codes:
        out[1:] |= code[1:] != code[:-1]
    return out


def _known(column: Any) -> Bools:
    return _bools(pc.is_valid(column))


def _bools(column: Any) -> Bools:
    array: Bools = np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else pc.fill_null(column, False), bool)
    return array


def _ints(column: Any) -> Ints:
    """Whole numbers or days as numbers, null as 0."""
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    array: Ints = np.asarray(pc.fill_null(column, 0)).astype(np.int64)
    return array
