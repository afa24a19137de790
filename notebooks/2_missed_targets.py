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
# # Who missed their targets / 目標に届かなかった指標
#
# `compare` sets the targets of a fiscal year against its results. `achieved` is empty where direction, target or result leave it open: see docs/analysts.md.

# %%
import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401  (registers a Japanese font with matplotlib)

import yojitsu

YEAR = 2024
compared = yojitsu.compare(fiscal_year=YEAR)
known = compared[compared.achieved.notna()]
print(f"{YEAR}年度: 目標 {len(compared)} 件、うち判定できたもの {len(known)} 件、達成 {int(known.achieved.sum())} 件")

# %%
missed = known[~known.achieved.astype(bool)].sort_values(["short_percent", "indicator"], ascending=[False, True])
missed[["publisher", "indicator", "component", "target", "actual", "unit", "rate", "printed_rate", "short", "direction_from"]]

# %% [markdown]
# ## How far off / どれだけ届かなかったか

# %%
shown = known.assign(met=known.achieved.astype(bool)).dropna(subset=["rate"]).sort_values("rate")
figure, axes = plt.subplots(figsize=(9, 0.36 * len(shown) + 1.6))
names = [f"{row.indicator}（{row.unit}）" for row in shown.itertuples()]
for met, shade, hatch, label in ((True, "#9ecae1", "", "達成"), (False, "#b2182b", "//", "未達成")):
    some = [at for at, one in enumerate(shown.met) if one == met]
    axes.barh(some, shown.rate.iloc[some], color=shade, hatch=hatch, edgecolor="white", label=label)
paper = {"facecolor": "white", "edgecolor": "none", "pad": 1}
for at, row in enumerate(shown.itertuples()):
    said = f"{row.actual:,.12g} / {row.target:,.12g}"
    axes.annotate(said, (row.rate, at), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8, bbox=paper, zorder=5)
axes.axvline(100, color="black", linewidth=1.5)
axes.set_yticks(range(len(names)), names)
axes.set_xlabel("実績 ÷ 目標（%）")
axes.set_title(f"{YEAR}年度の目標と実績")
axes.set_xlim(0, max(shown.rate.max(), 100) * 1.15)
axes.legend(loc="lower right")
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Targets without a result / 実績の見つからない目標
#
# Not that nothing was achieved: no document here states a result under the same indicator. `note` says where one stands for another period.

# %%
compared[compared.actual.isna()][["publisher", "indicator", "component", "target", "unit", "source_name", "note"]].head(10)
