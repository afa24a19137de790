# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One indicator over years / 1つの指標の推移
#
# Bars are results, the line is the targets; a number that a later document revised is marked with what was stated first.

# %%
import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401  (registers a Japanese font with matplotlib)

import yojitsu

panel = yojitsu.panel()
# Numbers of whole years alone.
yearly = panel[panel.kind.isin(["target", "actual", "baseline"]) & panel.period_end.isna() & panel.fiscal_year.notna() & panel.value.notna()]
years = yearly.groupby(["indicator_id", "kind"]).fiscal_year.nunique().unstack(fill_value=0)
both = years[(years["target"] > 0) & (years["actual"] > 1)] if "target" in years and "actual" in years else years.iloc[:0]
both.assign(total=both.sum(axis=1)).sort_values("total", ascending=False).join(panel.groupby("indicator_id").indicator.first()).head(10)


# %%
def draw(indicator_id: str) -> plt.Figure:
    """Results as bars, baselines as pale bars, targets as a line with points; the first value over what was revised."""
    rows = yearly[(yearly.indicator_id == indicator_id) & yearly.area.isna()].sort_values("fiscal_year")
    figure, axes = plt.subplots(figsize=(9, 4.5))
    for kind, shade, label in (("baseline", "#d9d9d9", "基準値"), ("actual", "#6baed6", "実績")):
        some = rows[rows.kind == kind]
        if len(some):
            bars = axes.bar(some.fiscal_year.astype(int), some.value, width=0.6, color=shade, edgecolor="#333333", label=label)
            # A result of 0 and a year without one look the same but for the label, which stands above the axis then.
            for bar, value in zip(bars, some.value, strict=True):
                where = (0, 3) if value == 0 else (0, 0)
                axes.annotate(f"{value:,.12g}", (bar.get_x() + bar.get_width() / 2, value / 2), where, textcoords="offset points", ha="center",
                              va="bottom" if value == 0 else "center")  # fmt: skip
    goals = rows[rows.kind == "target"]
    axes.plot(goals.fiscal_year.astype(int), goals.value, color="black", marker="D", linewidth=1.5, label="目標")
    for row in rows[rows.revised.fillna(False).astype(bool)].itertuples():
        said, up = ("目標", 26) if row.kind == "target" else ("実績", 9)
        where = {"xytext": (0, up), "textcoords": "offset points", "ha": "center", "bbox": {"facecolor": "white", "edgecolor": "#888888", "pad": 1.5}}
        axes.annotate(f"＊{said} 当初 {row.first_value:,.12g}", (int(row.fiscal_year), row.value), fontsize=8, **where)
    first = rows.iloc[0]
    part = f" {first.component}" if isinstance(first.component, str) else ""
    axes.set_title(f"{first.indicator}{part}（{first.publisher}）")
    axes.set_ylabel(first.unit if isinstance(first.unit, str) else "")
    axes.set_xticks(range(int(rows.fiscal_year.min()), int(rows.fiscal_year.max()) + 1))
    axes.set_xlabel("年度")
    axes.set_ylim(0, rows.value.max() * 1.3 or 1)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
    figure.tight_layout()
    return figure


# %% [markdown]
# The indicator with most revisions, then with most years; give another `indicator_id` to see that one.

# %%
if len(both):
    revisions = yearly[yearly.revised.fillna(False).astype(bool)].groupby("indicator_id").size()
    ranked = both.assign(total=both.sum(axis=1), revisions=revisions.reindex(both.index, fill_value=0)).reset_index()
    chosen = ranked.sort_values(["revisions", "total", "indicator_id"], ascending=[False, False, True]).indicator_id.iloc[0]
    draw(chosen)
    plt.show()

# %% [markdown]
# ## What was revised / 改定された数字

# %%
panel[panel.revised.fillna(False).astype(bool)][["indicator", "kind", "fiscal_year", "first_value", "value", "unit", "first_document_year", "document_year"]]
