"""What is said of editions, as rows of `findings`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.check.matter import shown
from pipeline.check.rule import describe
from pipeline.rows import Rows, finding_row
from pipeline.supersede.alike import Edited, differences
from pipeline.supersede.order import Pair

# Numbers named in a sentence; more would make it no sentence.
NAMED = 5
KINDS = {"targets": "目標", "actuals": "実績", "costs": "費用"}

# The rules of this package.
EDITIONS = ("superseded", "editions_unordered", "same_address", "edition_unread")

describe(
    "superseded",
    "info",
    "the numbers of an edition with those of the newest edition of the same document",
    "Both editions stay in the tables: who adds up rows without `superseded_by is null` counts twice, and who used the old edition must see what changed.",
    "R6計画(案) 目標 666件 / R6計画 目標 660件",
)
describe(
    "editions_unordered",
    "warning",
    "two documents that state the same numbers under one title, by edition words, printed days, cards and dates of the files",
    "Two editions of one document of which nothing says which is newer: both count. A line `supersedes` in the newer one's card settles it.",
    "計画.txt 目標 666件 / 計画_コピー.txt 目標 660件",
)
describe(
    "same_address",
    "info",
    "documents that were fetched from one address, by their fiscal years and by what their numbers are about",
    "An address that holds this year's plan holds next year's one day: that is another document, and the numbers of both count.",
    "最新版.pdf 令和5年度計画 / 最新版.pdf 令和6年度計画",
)
describe(
    "edition_unread",
    "warning",
    "the numbers of an edition with those of the newer edition that its card names",
    "The newer edition gives no number (a scan, an error page, a broken file). The older one's numbers stand until it can be read.",
    "計画.pdf 目標 666件 / 計画(訂正版).pdf は画像だけ",
)


def superseded(old: Edited, new: Edited) -> dict[str, Any]:
    """Said of an edition: its newest one, how many numbers differ, and the first of them with both values."""
    apart = list(differences(old, new))
    changed = [(table, before, after) for table, before, after in apart if before and after]
    gone, come = sum(after is None for _, _, after in apart), sum(before is None for _, before, _ in apart)
    counted = f"数値{old.count}件のうち{len(changed)}件が違い、新しい版だけにある数値は{come}件、この版だけにある数値は{gone}件です。"
    named = "、".join(_changed(*one) for one in changed[:NAMED]) + (" ほか" if len(changed) > NAMED else "")
    said = f"この文書には新しい版 {new.row['source_name']} があります。{counted}" + (f"違う数値: {named}。" if named else "")
    stated = "、".join(_number(before) for _, before, _ in changed[:NAMED])
    expected = "、".join(_number(after) for _, _, after in changed[:NAMED])
    ids = [row["fact_id"] for _, row, _ in apart if row]
    return finding_row(_place(old), "superseded", "info", said, stated=stated or None, expected=expected or None, fact_ids=ids, told_by=(new.id,))


def _changed(table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    name = before["indicator"] + (f" {before['component']}" if before["component"] else "") + (f" {before['area']}" if before["area"] else "")
    year = f" {before['fiscal_year']}年度" if before["fiscal_year"] is not None else ""
    return f"「{name}」{year}{KINDS[table]} {_number(before)}→{_number(after)}"


def _number(row: Mapping[str, Any]) -> str:
    return f"{row['comparator'] or ''}{shown(row['value'])}{row['unit'] or ''}"


def disordered(known: Mapping[str, Edited], pairs: Iterable[Pair]) -> Rows:
    """Said of each document that has another edition of which nothing says whether it is newer."""
    others: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        others[one].add(other)
        others[other].add(one)
    return [_disordered(known[name], [known[other] for other in sorted(some)]) for name, some in sorted(others.items())]


def _disordered(one: Edited, others: list[Edited]) -> dict[str, Any]:
    names = "、".join(sorted(other.row["source_name"] for other in others))
    said = (
        f"同じ文書の別の版とみられる {names} がありますが、どれが新しいかを示すものがないため、どちらも集計に入ります。"
        "新しい方のカードに supersedes を書いてください。"
    )
    return finding_row(_place(one), "editions_unordered", "warning", said, told_by=[other.id for other in others])


def kept(old: Edited, new: Edited) -> dict[str, Any]:
    """Said of a document that came from the address of another one, and is none of its editions."""
    said = f"{old.row['source_name']} と同じアドレスから得た文書ですが、年度か内容が違うため、別の文書として扱いました。"
    return finding_row(_place(new), "same_address", "info", said, told_by=(old.id,))


def unread(old: Edited, new: Edited) -> dict[str, Any]:
    """Said of a newer edition that gives no number, so that it takes no place."""
    said = f"{old.row['source_name']} の新しい版ですが、数値を読み取れないため、古い版の数値を残しました。"
    return finding_row(_place(new), "edition_unread", "warning", said, told_by=(old.id,))


def _place(one: Edited) -> dict[str, Any]:
    return {"document_id": one.id}
