"""The families of documents, by name."""

from __future__ import annotations

from collections.abc import Callable

from tests.generated import plans, tables
from tests.generated.manner import Manner
from tests.generated.model import Book

FAMILIES: dict[str, Callable[[Manner], Book]] = {
    "kpi_tree": plans.kpi_tree,
    "plan_list": plans.plan_list,
    "rows_by_role": plans.rows_by_role,
    "borderless": plans.borderless,
    "two_pages": plans.two_pages,
    "transposed": tables.transposed,
    "matrix": tables.matrix,
    "merged_turned": tables.merged_turned,
}
