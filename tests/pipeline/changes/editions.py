"""Small plans as text, each as it was and as it became, for the tests of what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.changes import Changes, compare
from pipeline.cli import Exit, main

HEAD = "# みどり市 令和{year}年度 雇用対策 事業計画\n\nみどり市\n\n## 1 若者の就職支援\n\n"


def plan(year: int, *columns: str, rows: dict[str, str]) -> str:
    """A plan of みどり市 for a year of 令和: a table with these headers, a row for each indicator with its cells parted by blanks."""
    head = ["指標", *columns]
    lines = [head, ["---"] * len(head), *([name, *cells.split()] for name, cells in rows.items())]
    return HEAD.format(year=year) + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


R6 = {
    "就職面接会の参加者数": "100人 120人",
    "就職支援セミナーの開催回数": "12回 15回",
    "就職決定率": "58.7％ 60.0％",
    "相談窓口の利用件数": "1,234件 1,300件以上",
}
PLAN_R6 = plan(6, "令和5年度実績", "令和6年度目標", rows=R6)


def plan_r7(**actuals: str) -> str:
    """The plan of the year after, with the given results of 令和5年度 by indicator, those of last year's plan where none is given."""
    rows = {name: f"{actuals.get(name, cells.split()[0])} 50件 70件" for name, cells in R6.items()}
    return plan(7, "令和5年度実績", "令和6年度実績", "令和7年度目標", rows=rows)


class Nights:
    """A folder of documents that is ingested night after night; the tables of each night stay, and what was read once is not read again."""

    def __init__(self, place: Path, read: dict[tuple[tuple[str, str], ...], Path]) -> None:
        """`read` is shared by all tests: documents by path and text, and the folder of their tables."""
        self.place, self.read = place, read
        self.raw = place / "raw"
        self.raw.mkdir(parents=True, exist_ok=True)

    def night(self, **texts: str | None) -> Path:
        """Write (None: remove) markdown documents by stem, ingest, and the folder of the tables."""
        for stem, text in texts.items():
            path = self.raw / f"{stem}.md"
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
        documents = tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(self.raw.iterdir()))
        if documents in self.read:
            return self.read[documents]
        out = self.read[documents] = self.place / f"night{len(self.read)}"
        assert main(["ingest", str(self.raw), "--out", str(out), "--jobs", "0", "--quiet"]) in (Exit.FINE, Exit.SOME_FAILED, Exit.NOTHING_READ)
        return out

    def changed(self, before: dict[str, str | None], after: dict[str, str | None]) -> Changes:
        return compare(self.night(**before), self.night(**after))


def kinds(changes: Changes) -> dict[str, tuple[str, ...]]:
    return {one.path: one.kinds for one in changes.documents}


def told(changes: Changes) -> list[tuple[Any, ...]]:
    """Each fact change as (kind, indicator, fiscal year, before, after)."""
    out = []
    for one in changes.facts:
        fact = one.after or one.before
        assert fact is not None
        out.append((one.kind, fact.indicator, fact.fiscal_year, one.before and one.before.value, one.after and one.after.value))
    return out


def revised(changes: Changes) -> list[tuple[Any, ...]]:
    """Each revision as (indicator, fiscal year, before, after, notes)."""
    return [(one.after.indicator, one.after.fiscal_year, one.before.value, one.after.value, one.notes) for one in changes.revisions]
