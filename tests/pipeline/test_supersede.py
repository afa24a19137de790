"""Which document is a newer edition of which, read by the real command; and which only looks like one."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pikepdf
import pyarrow.parquet as pq
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.cards import read_cards
from pipeline.publish import publish
from pipeline.schema import TABLES
from pipeline.sources import find
from pipeline.work import work
from tests.pipeline.made import run_in

CITY = "枝幸町"
NAMES = ("相談件数", "講座の開催回数", "広報紙の発行部数", "保育所の定員", "図書館の貸出冊数", "健康診査の受診者数", "公園の清掃回数", "職員研修の受講者数")


def plan(
    title: str = "男女共同参画プラン",
    *,
    city: str = CITY,
    year: int = 6,
    head: str = "",
    targets: dict[int, int] | None = None,
    results: dict[int, int] | None = None,
    names: tuple[str, ...] = NAMES,
) -> str:
    """A plan of one table: results of the year before and targets of the year, those of the numbered rows replaced."""
    rows = [f"| {name} | {(results or {}).get(at, 100 + 7 * at)}件 | {(targets or {}).get(at, 120 + 9 * at)}件 |" for at, name in enumerate(names)]
    heads = [f"# {city} 令和{year}年度 {title}", *([head] if head else []), "", "計画に掲げる指標は次のとおりです。", ""]
    return "\n".join([*heads, f"| 指標 | 令和{year - 1}年度実績 | 令和{year}年度目標 |", "| --- | --- | --- |", *rows, ""])


def superseded(raw: Path, out: Path | None = None) -> dict[str, str]:
    """What supersedes what, by names of files, in the tables of a folder."""
    written = made(raw, out)
    documents = written["documents"].to_pylist()
    names = {row["document_id"]: row["source_name"] for row in documents}
    by_document = {row["document_id"]: row["superseded_by"] for row in documents}
    for table in ("targets", "actuals", "costs"):
        assert all(row["superseded_by"] == by_document[row["document_id"]] for row in written[table].to_pylist())
    return {row["source_name"]: names[row["superseded_by"]] for row in documents if row["superseded_by"]}


def made(raw: Path, out: Path | None = None) -> dict[str, Any]:
    """The tables of a folder by name, also written to `out` where one is named."""
    with tempfile.TemporaryDirectory() as state:
        folder = out or Path(state) / "out"
        result = run_in(raw, Path(state), worker=work)
        publish(result, folder, read_cards(find(raw).sources, result.copies))
        return {name: pq.read_table(folder / name) for name in TABLES}


def said(raw: Path, *rules: str) -> list[dict[str, Any]]:
    written = made(raw)
    names = {row["document_id"]: row["source_name"] for row in written["documents"].to_pylist()}
    return [row | {"name": names[row["document_id"]]} for row in written["findings"].to_pylist() if row["rule"] in rules]


def put(raw: Path, **texts: str) -> None:
    for name, text in texts.items():
        (raw / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.fixture
def pdf_plan() -> Callable[..., bytes]:
    """A PDF of one page with a plan of six indicators; `month` of 2024 is its ModDate, `first` its first target."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))

    def make(first: int, month: int) -> bytes:
        drawn, out = io.BytesIO(), io.BytesIO()
        canvas = Canvas(drawn, invariant=1)
        canvas.setFont("HeiseiMin-W3", 11)
        lines = [f"{CITY} 令和6年度 男女共同参画プラン", "", *(f"{name} 令和6年度目標 {first if at == 0 else 200 + at}件" for at, name in enumerate(NAMES[:6]))]
        for at, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * at, line)
        canvas.save()
        with pikepdf.open(drawn) as pdf:
            pdf.docinfo["/ModDate"] = f"D:2024{month:02}01090000+09'00'"
            pdf.save(out, deterministic_id=True)
        return out.getvalue()

    return make


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (plan("男女共同参画プラン(案)"), plan(targets={2: 145})),
        (plan("男女共同参画プラン(素案)"), plan("男女共同参画プラン(案)", targets={2: 145})),
        (plan(), plan("男女共同参画プラン【訂正版】", targets={2: 145})),
        (plan(), plan(head="(令和6年8月改訂)", targets={2: 145})),
        (plan(head="令和6年8月改訂"), plan(head="令和6年10月改訂", targets={2: 145})),
        (plan("男女共同参画プラン 第2版"), plan("男女共同参画プラン 第10版", targets={2: 145})),
        (plan("男女共同参画プラン 初版"), plan("男女共同参画プラン 第二版", targets={2: 145})),
        # A draft may have other targets than what was decided, on a cover with another month.
        (plan("男女共同参画プラン（案）", head="令和6年2月"), plan(head="令和6年3月", targets=dict.fromkeys(range(8), 77))),
    ],
)
def test_words_and_days_in_the_document_tell_the_newer_edition(raw: Path, old: str, new: str) -> None:
    put(raw, z_old=old, a_new=new)
    assert superseded(raw) == {"z_old.md": "a_new.md"}


@pytest.mark.parametrize(("old", "new"), [("計画(案)", "計画"), ("計画", "計画_訂正版"), ("keikaku", "a_keikaku_teisei"), ("計画_v2", "計画_v3")])
def test_words_in_the_names_of_files_tell_the_newer_edition(raw: Path, old: str, new: str) -> None:
    put(raw, **{old: plan(), new: plan(targets={2: 145})})
    assert superseded(raw) == {f"{old}.md": f"{new}.md"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(plan(year=7), id="the next year's plan"),
        pytest.param(plan(year=7, results={at: 120 + 9 * at for at in range(8)}), id="next year's report of this year's targets"),
        pytest.param(plan("男女共同参画プラン【訂正版】", city="上野村"), id="another town's plan, put right"),
        pytest.param(plan("男女共同参画プラン 概要版"), id="the short form"),
        pytest.param(plan("男女共同参画プラン【訂正版】", names=NAMES[:3]), id="a part of the numbers"),
        pytest.param(plan("男女共同参画プラン【訂正版】", names=tuple(f"第2部の{name}" for name in NAMES)), id="part two"),
        pytest.param(plan("男女共同参画プラン【訂正版】", names=NAMES[:2]), id="too few numbers"),
        pytest.param(plan("地域福祉プラン【訂正版】"), id="another plan of the same indicators"),
        pytest.param(plan("男女共同参画プラン 第2部【訂正版】"), id="part two by its title"),
    ],
)
def test_what_only_looks_like_an_edition_counts_beside_the_other(raw: Path, other: str) -> None:
    put(raw, one=plan(), other=other)
    assert superseded(raw) == {}
    assert said(raw, "editions_unordered") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The city sets one target for all wards: most numbers are the same.
        (plan(head="東区役所"), plan(head="西区役所")),
        (plan(head="東部地区"), plan(head="西部地区", results={1: 5})),
        (plan(head="令和6年8月"), plan(head="令和6年9月", results={1: 5})),
        (plan(head="第1四半期"), plan(head="第2四半期", results={1: 5})),
        (plan(head="令和6年9月末現在"), plan(head="令和6年12月末現在", results={1: 5})),
    ],
    ids=["wards", "districts", "months", "quarters", "days"],
)
def test_sheets_of_one_title_are_none_where_each_names_its_own_place_or_time(raw: Path, one: str, other: str) -> None:
    put(raw, one=one, other=other)
    assert superseded(raw) == {}
    assert said(raw, "editions_unordered") == []


def test_results_that_nearly_all_differ_make_two_documents(raw: Path) -> None:
    put(raw, one=plan(), other=plan(results={at: 300 + at for at in range(8)}))
    assert said(raw, "editions_unordered") == []


def test_editions_without_a_sign_of_order_both_count_and_say_so(raw: Path) -> None:
    put(raw, one=plan(), other=plan(targets={2: 145}))
    assert superseded(raw) == {}
    rows = said(raw, "editions_unordered", "superseded")
    assert sorted((row["name"], row["severity"], "other.md" in row["message"]) for row in rows) == [("one.md", "warning", True), ("other.md", "warning", False)]


def test_a_superseded_edition_says_which_numbers_differ(raw: Path) -> None:
    put(raw, old=plan("男女共同参画プラン(案)"), new=plan(targets={2: 145}, results={7: 150}))
    (row,) = said(raw, "superseded")
    assert (row["name"], row["severity"]) == ("old.md", "info")
    assert "new.md" in row["message"] and "数値16件のうち2件が違い" in row["message"]
    assert "「広報紙の発行部数」 2024年度目標 138件→145件" in row["message"]
    assert sorted((row["stated"] or "").split("、")) == ["138件", "149件"] and sorted((row["expected"] or "").split("、")) == ["145件", "150件"]
    assert len(row["fact_ids"]) == 2


def test_three_editions_end_at_the_newest(raw: Path) -> None:
    put(raw, c=plan("男女共同参画プラン(素案)"), a=plan("男女共同参画プラン(案)", targets={2: 145}), b=plan(targets={2: 146}))
    assert superseded(raw) == {"c.md": "b.md", "a.md": "b.md"}


def test_a_copy_of_an_edition_is_no_edition(raw: Path) -> None:
    put(raw, a=plan("男女共同参画プラン(案)"), b=plan("男女共同参画プラン(案)"), c=plan(), d=plan())
    assert superseded(raw) == {"a.md": "c.md"}


def test_the_names_and_times_of_files_do_not_matter(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    put(raw, a=plan("男女共同参画プラン(案)"), b=plan(targets={2: 145}), c=plan("男女共同参画プラン【訂正版】", targets={2: 146}))
    (tmp_path / "copy").mkdir()
    for file in sorted(raw.iterdir(), reverse=True):
        shutil.copy(file, tmp_path / "copy" / file.name)
    assert all(one.equals(other) for one, other in zip(made(raw).values(), made(tmp_path / "copy").values(), strict=True))
    for name, new in (("a", "z"), ("c", "1")):
        (raw / f"{name}.md").rename(raw / f"{new}.md")
    assert superseded(raw) == {"z.md": "1.md", "b.md": "1.md"}


def test_nothing_counts_twice_where_superseded_by_is_null(raw: Path, tmp_path: Path) -> None:
    put(raw, old=plan("男女共同参画プラン(案)"), new=plan(targets={2: 145}), other=plan(city="上野村"))
    superseded(raw, tmp_path / "out")
    targets = pd.read_parquet(tmp_path / "out" / "targets")
    assert len(targets) == 24 and len(targets[targets["superseded_by"].isna()]) == 16
    query = f"select count(*), sum(value) from '{tmp_path}/out/targets/*.parquet' where superseded_by is null"
    assert duckdb.connect().execute(query).fetchall() == [(16, sum(120 + 9 * at for at in range(8)) * 2 + 7)]


def test_a_superseded_edition_is_not_last_year_and_contradicts_nobody(raw: Path) -> None:
    after = plan(year=7, results={at: 150 + at for at in range(8)})
    put(raw, draft=plan("男女共同参画プラン(案)", results={0: 999}), last=plan(results={0: 100}), next=after)
    assert said(raw, "other_edition") == []


@pytest.mark.parametrize(("moments", "expected"), [((8, 3), {"one.pdf": "two.pdf"}), ((3, 8), {"two.pdf": "one.pdf"}), ((8, 8), {})])
def test_the_moment_in_a_pdf_decides_last(raw: Path, pdf_plan: Callable[..., bytes], moments: tuple[int, int], expected: dict[str, str]) -> None:
    two, one = moments
    (raw / "one.pdf").write_bytes(pdf_plan(120, month=one))
    (raw / "two.pdf").write_bytes(pdf_plan(125, month=two))
    assert superseded(raw) == expected
