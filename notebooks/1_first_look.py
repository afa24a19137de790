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
# # A first look / 最初に見る
#
# What the tables hold: documents, numbers, and what to know before using them. Run `make ingest` first; the tables are found from here upwards.

# %%
import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401  (registers a Japanese font with matplotlib)

import yojitsu

documents = yojitsu.load("documents")
documents[["source_name", "title", "publisher", "fiscal_year", "status", "targets", "actuals", "costs", "unclaimed"]]

# %% [markdown]
# ## Numbers by fiscal year / 年度ごとの数字

# %%
panel = yojitsu.panel()
counts = panel.groupby(["fiscal_year", "kind"]).size().unstack(fill_value=0)
counts

# %%
called = {"target": "目標", "actual": "実績", "baseline": "基準値"}
kinds = [kind for kind in called if kind in counts]
figure, axes = plt.subplots(figsize=(9, 4))
below = 0 * counts[kinds[0]]
# Shades that differ in grey too, and a hatch each.
for kind, shade, hatch in zip(kinds, ("#1b3a5c", "#7fb3d5", "#e5e5e5"), ("", "//", ".."), strict=False):
    axes.bar(counts.index.astype(str), counts[kind], bottom=below, color=shade, hatch=hatch, edgecolor="white" if not hatch else "#444444", label=called[kind])
    below = below + counts[kind]
axes.set_xlabel("年度")
axes.set_ylabel("数字の数")
axes.set_title("年度と種別ごとの数字（1指標・1年度を1つと数える）")
axes.legend(title="種別")
figure.tight_layout()
plt.show()

# %% [markdown]
# ## What to know before using a number / 使う前に
#
# `findings` says what does not add up; `unclaimed` which numerals became no row, and why.

# %%
yojitsu.load("findings")[["severity", "rule", "page", "message"]].sort_values(["severity", "rule"]).head(10)

# %%
yojitsu.load("unclaimed").groupby("reason").size().sort_values(ascending=False)
