"""The families of documents, by name."""

from __future__ import annotations

from collections.abc import Callable

from tests.generated import boards, budgets, lists, money, plans, returns, services, tables, themes
from tests.generated.manner import Manner
from tests.generated.model import Book

FAMILIES: dict[str, Callable[[Manner], Book]] = {
    made.__name__: made
    for made in (
        plans.kpi_tree, plans.plan_list, plans.rows_by_role, plans.borderless, plans.two_pages,
        tables.transposed, tables.matrix, tables.merged_turned,
        money.evaluation_sheet, money.reform, money.implementation,
        services.welfare, services.childcare, themes.environment, themes.tourism,
        lists.bullets, lists.slides, lists.key_value,
        budgets.budget_book, budgets.two_up,
        returns.monthly, returns.year_on_year, returns.folded,
        boards.cell_years, boards.upright_heads, boards.settled_years, boards.crowded,
    )
}  # fmt: skip
