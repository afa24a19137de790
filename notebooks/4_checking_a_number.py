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
# # Checking a number on its page / 数字を元の文書で確かめる
#
# Before a number is used: where does it stand, and which words made it what it is?

# %%
import yojitsu

missed = yojitsu.compare(fiscal_year=2024).query("achieved == False").sort_values(["short_percent", "indicator"], ascending=[False, True])
missed[["indicator", "component", "target", "actual", "unit", "short_percent", "target_fact_id", "actual_fact_id"]].head()

# %%
fact = yojitsu.fact(missed.actual_fact_id.iloc[0])
fact

# %% [markdown]
# The strip of the page around it; `show(whole=True)` is the whole page.

# %%
fact.show()

# %% [markdown]
# What the document says against it, if anything: findings that name this number.

# %%
findings = yojitsu.load("findings")
findings[[fact.row["fact_id"] in ids for ids in findings.fact_ids]][["severity", "rule", "message"]]

# %% [markdown]
# Where the number comes from, for a footnote. `sha256` names the very file.

# %%
document = fact.document
place = f"{document['publisher']}「{document['title']}」{fact.row['page']}ページ、「{fact.row['raw']}」"
print(f"{place}（fact_id {fact.row['fact_id']}、sha256 {document['sha256'][:16]}…）")
