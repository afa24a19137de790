"""What changed between two nights, over documents that the real command reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline.changes import NoTables, compare
from pipeline.changes.tables import NEEDED
from tests.pipeline.changes.editions import PLAN_R6, R6, Nights, kinds, plan, plan_r7, revised, told
from tests.pipeline.check.sources import CASES


@pytest.fixture(scope="module")
def read() -> dict[tuple[tuple[str, str], ...], Path]:
    return {}


@pytest.fixture
def nights(tmp_path: Path, read: dict[tuple[tuple[str, str], ...], Path]) -> Nights:
    return Nights(tmp_path, read)


def tables(out: Path) -> dict[str, pa.Table]:
    return {name: pq.read_table(out / name) for name in NEEDED}


def with_column(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    field = table.schema.field(name)
    return table.set_column(table.column_names.index(name), field, pa.array(values, field.type))


def test_the_same_documents_are_no_change(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6, "other": plan_r7()}, {})
    assert not changes
    assert (changes.documents, changes.facts, changes.revisions, changes.coverage, changes.findings) == ((), (), (), (), ())
    assert changes.after.documents == 2


def test_an_added_document_counts_its_facts(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6}, {"more": PLAN_R6.replace("就職", "定住")})
    assert kinds(changes) == {"more.md": ("added",)}
    assert (changes.counted()["added"], changes.facts) == (8, ())


def test_a_removed_document_is_gone_with_its_facts(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6, "more": PLAN_R6.replace("就職", "定住")}, {"more": None})
    assert kinds(changes) == {"more.md": ("gone",)}
    assert changes.counted() == {"added": 0, "removed": 8, "changed": 0, "reread": 0}


def test_a_replaced_document_says_which_facts_are_others(nights: Nights) -> None:
    new = PLAN_R6.replace("120人", "130人").replace("| 就職決定率 | 58.7％ | 60.0％ |", "| 離職率 | 9％ | 8％ |").replace("若者", "若年者")
    changes = nights.changed({"r6": PLAN_R6}, {"r6": new})
    assert kinds(changes) == {"r6.md": ("changed",)}
    assert sorted(told(changes), key=str) == [
        ("added", "離職率", 2023, None, 9.0),
        ("added", "離職率", 2024, None, 8.0),
        ("changed", "就職面接会の参加者数", 2024, 120.0, 130.0),
        ("removed", "就職決定率", 2023, 58.7, None),
        ("removed", "就職決定率", 2024, 60.0, None),
    ]
    assert changes.revisions == ()


def test_a_target_that_loses_its_comparator_or_unit_has_changed(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6}, {"r6": PLAN_R6.replace("1,300件以上", "1,300件").replace("15回", "15件")})
    assert sorted((one.kind, one.differs) for one in changes.facts) == [("changed", ("comparator",)), ("changed", ("unit",))]


def test_equal_numbers_are_matched_before_changed_ones(nights: Nights) -> None:
    twice = PLAN_R6 + "\n## 2 再掲\n\n" + "| 指標 | 令和6年度目標 |\n| --- | --- |\n| 就職決定率 | 60.0％ |\n"
    changes = nights.changed({"r6": twice}, {"r6": twice.replace("58.7％ | 60.0％", "58.7％ | 61.0％").replace("再掲", "一覧")})
    assert told(changes) == [("changed", "就職決定率", 2024, 60.0, 61.0)]


def test_a_renamed_document_is_the_same_document(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6}, {"r6": None, "moved": PLAN_R6})
    assert kinds(changes) == {"moved.md": ("renamed",)}
    assert changes.documents[0].before is not None
    assert changes.documents[0].before.source_path == "r6.md"
    assert (changes.facts, changes.findings, changes.coverage) == ((), (), ())


@pytest.mark.parametrize("copy", ["a_first", "z_last"])
def test_a_copy_is_told_and_counted_once(nights: Nights, copy: str) -> None:
    changes = nights.changed({"r6": PLAN_R6}, {copy: PLAN_R6})
    assert [(one.kinds, one.copies) for one in changes.documents] == [(("copied",), (f"{copy}.md",))]
    assert changes.counted()["added"] == 0


def test_a_document_that_fails_now_is_told_apart_from_one_that_still_fails(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6, "still": ""}, {"r6": "", "still": ""})
    # Both are empty files now: one document_id, two rows.
    assert kinds(changes) == {"r6.md": ("failed", "changed"), "still.md": ("still_failed",)}
    assert changes.counted()["removed"] == 8
    assert changes.coverage[0].path is None
    assert len(changes.coverage) == 1


def test_a_document_that_fails_as_before_is_no_change(nights: Nights) -> None:
    assert not nights.changed({"r6": PLAN_R6, "bad": ""}, {})


def test_a_document_that_is_readable_again_has_recovered(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6)
    failed = tables(out)
    failed["documents"] = with_column(with_column(failed["documents"], "status", ["failed"]), "reason", ["時間切れです。"])
    failed |= {name: failed[name].slice(0, 0) for name in NEEDED if name != "documents"}
    assert kinds(compare(failed, out)) == {"r6.md": ("recovered",)}
    assert compare(failed, out).counted()["added"] == 8
    assert kinds(compare(out, failed)) == {"r6.md": ("failed",)}
    assert compare(out, failed).facts == ()


def test_a_document_that_has_recovered_revises_what_an_earlier_one_states(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6, r7=plan_r7(就職面接会の参加者数="104人"))
    failed = tables(out)
    names = failed["documents"].column("source_name").to_pylist()
    (later,) = (one for one, name in zip(failed["documents"].column("document_id").to_pylist(), names, strict=True) if name == "r7.md")
    failed["documents"] = with_column(failed["documents"], "status", ["failed" if name == "r7.md" else "ok" for name in names])
    for name in NEEDED[1:]:
        failed[name] = failed[name].filter(pc.not_equal(failed[name].column("document_id"), later))
    assert revised(compare(failed, out)) == [("就職面接会の参加者数", 2023, 100.0, 104.0, ())]


def test_a_page_that_cannot_be_read_any_more_makes_a_document_incomplete(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6)
    worse = tables(out)
    worse["documents"] = with_column(with_column(worse["documents"], "status", ["partial"]), "reason", ["1ページを読めません。"])
    assert kinds(compare(out, worse)) == {"r6.md": ("incomplete", "reread")}
    assert kinds(compare(worse, out)) == {"r6.md": ("reread",)}


def test_the_same_bytes_that_are_read_otherwise_are_reread(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6)
    other = tables(out)
    values = other["targets"].column("value").to_pylist()
    other["targets"] = with_column(other["targets"], "value", [values[0] + 1, *values[1:]])
    other["actuals"] = with_column(other["actuals"], "year_from", ["令和5年度"] * other["actuals"].num_rows)
    changes = compare(out, other)
    assert kinds(changes) == {"r6.md": ("reread",)}
    assert [(one.kind, one.differs) for one in changes.facts] == [("reread", ("value",))]
    assert changes.revisions == ()


def test_an_actual_that_is_a_target_now_is_one_fact_that_was_read_otherwise(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6)
    other = tables(out)
    moved = other["actuals"].slice(0, 1).select(other["targets"].column_names)
    other["targets"] = pa.concat_tables([with_column(moved, "fact_id", ["f_another"]), other["targets"]])
    other["actuals"] = other["actuals"].slice(1)
    assert [(one.kind, one.differs) for one in compare(out, other).facts] == [("reread", ("table", "baseline"))]


def test_labels_alone_that_are_read_otherwise_are_no_other_fact(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6)
    other = tables(out)
    other["targets"] = with_column(other["targets"], "year_from", ["令和6年"] * other["targets"].num_rows)
    assert not compare(out, other)


def test_the_order_of_rows_changes_nothing(nights: Nights) -> None:
    out = nights.night(r6=PLAN_R6, r7=plan_r7())
    other = {name: table.take(pa.array(range(table.num_rows - 1, -1, -1), pa.int64())) for name, table in tables(out).items()}
    interleaved = other | {"actuals": other["actuals"].sort_by("line")}
    assert not compare(out, other)
    assert not compare(out, interleaved)


def test_a_new_edition_beside_the_old_one_is_matched_with_it(nights: Nights) -> None:
    before, after = nights.night(r6=PLAN_R6), tables(nights.night(r6_v2=PLAN_R6.replace("120人", "130人")))
    ids = {row["source_name"]: row["document_id"] for row in after["documents"].to_pylist()}
    for name in ("documents", "targets", "actuals", "costs"):
        newer = [ids["r6_v2.md"] if one == ids["r6.md"] else None for one in after[name].column("document_id").to_pylist()]
        after[name] = after[name].drop_columns([c for c in ("superseded_by",) if c in after[name].column_names])
        after[name] = after[name].append_column("superseded_by", pa.array(newer, pa.string()))
    changes = compare(before, after)
    assert kinds(changes) == {"r6_v2.md": ("changed",)}
    assert changes.documents[0].edition
    assert told(changes) == [("changed", "就職面接会の参加者数", 2024, 120.0, 130.0)]
    assert changes.revisions == ()
    assert [one for one in changes.findings if one.kind == "gone"] == []


def test_a_result_that_next_years_plan_states_otherwise_is_a_revision_with_both_values(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6}, {"r7": plan_r7(就職面接会の参加者数="104人")})
    assert revised(changes) == [("就職面接会の参加者数", 2023, 100.0, 104.0, ())]
    (one,) = changes.revisions
    assert (one.before.source_path, one.before.line, one.after.source_path, one.after.line) == ("r6.md", 9, "r7.md", 9)


def test_a_replaced_document_repeats_no_revision_of_its_former_edition(nights: Nights) -> None:
    nights.night(r6=PLAN_R6)
    revising = plan_r7(就職面接会の参加者数="104人")
    assert nights.changed({"r7": revising}, {"r7": revising + "\n以上\n"}).revisions == ()
    (again,) = nights.changed({}, {"r7": plan_r7(就職面接会の参加者数="105人")}).revisions
    assert (again.before.value, again.after.value) == (100.0, 105.0)


@pytest.mark.parametrize("word", ["見込", "速報値"])
def test_a_revision_of_what_was_not_final_says_so(nights: Nights, word: str) -> None:
    before = plan(6, f"令和5年度実績（{word}）", "令和6年度目標", rows=R6)
    changes = nights.changed({"r6": before}, {"r7": plan_r7(就職面接会の参加者数="104人")})
    assert revised(changes) == [("就職面接会の参加者数", 2023, 100.0, 104.0, ("provisional",))]


@pytest.mark.parametrize("printed", ["59％", "58％", "58.7％", "58.70％"])
def test_a_number_that_is_printed_with_fewer_digits_is_no_revision(nights: Nights, printed: str) -> None:
    assert nights.changed({"r6": PLAN_R6}, {"r7": plan_r7(就職決定率=printed)}).revisions == ()


@pytest.mark.parametrize("printed", ["58.6％", "60％"])
def test_a_number_that_rounding_does_not_explain_is_a_revision(nights: Nights, printed: str) -> None:
    assert len(nights.changed({"r6": PLAN_R6}, {"r7": plan_r7(就職決定率=printed)}).revisions) == 1


@pytest.mark.parametrize("header", ["令和5年度実績（9月末時点）", "令和5年9月末実績", "令和5年度上半期実績", "令和5年度実績（累計）"])
def test_a_number_of_another_part_of_the_year_or_summed_up_is_no_revision(nights: Nights, header: str) -> None:
    before = plan(6, header, "令和6年度目標", rows=R6)
    assert nights.changed({"r6": before}, {"r7": plan_r7(就職面接会の参加者数="204人")}).revisions == ()


def test_a_range_is_no_revision(nights: Nights) -> None:
    before = plan(6, "令和5年度実績", "令和6年度目標", rows=R6 | {"就職面接会の参加者数": "100～150人 120人"})
    assert nights.changed({"r6": before}, {"r7": plan_r7(就職面接会の参加者数="104人")}).revisions == ()


def test_a_document_that_states_two_values_revises_none(nights: Nights) -> None:
    after = plan_r7(就職面接会の参加者数="104人") + "\n## 2 資料\n\n| 指標 | 令和5年度実績 |\n| --- | --- |\n| 就職面接会の参加者数 | 106人 |\n"
    before = PLAN_R6.replace("1 若者の就職支援", "3 別の見出し")
    assert nights.changed({"r6": before}, {"r7": after}).revisions == ()


def test_numbers_under_the_same_heading_are_compared_though_another_heading_repeats_the_name(nights: Nights) -> None:
    after = plan_r7(就職面接会の参加者数="104人") + "\n## 2 資料\n\n| 指標 | 令和5年度実績 |\n| --- | --- |\n| 就職面接会の参加者数 | 106人 |\n"
    assert revised(nights.changed({"r6": PLAN_R6}, {"r7": after})) == [("就職面接会の参加者数", 2023, 100.0, 104.0, ())]


def test_an_older_document_that_is_added_revises_nothing(nights: Nights) -> None:
    assert nights.changed({"r7": plan_r7(就職面接会の参加者数="104人")}, {"r6": PLAN_R6}).revisions == ()


def test_another_publishers_numbers_are_no_revision(nights: Nights) -> None:
    other = plan_r7(就職面接会の参加者数="104人").replace("みどり市", "さくら市")
    assert nights.changed({"r6": PLAN_R6}, {"r7": other}).revisions == ()


def test_findings_of_a_replaced_document_are_new_only_where_they_say_something_new(nights: Nights) -> None:
    wrong = "\n" + CASES["achievement_rate"][0]
    changes = nights.changed({"r6": PLAN_R6 + wrong}, {"r6": PLAN_R6 + "まえがき\n\n" + wrong})
    assert changes.findings == ()
    more = nights.changed({}, {"r6": PLAN_R6 + "まえがき\n\n" + wrong + "\n団体は11,5％であった。\n"})
    assert [(one.kind, one.rule) for one in more.findings] == [("new", "misprinted_number")]
    less = nights.changed({}, {"r6": PLAN_R6 + "まえがき\n"})
    assert sorted((one.kind, one.rule) for one in less.findings) == [("gone", "achievement_rate"), ("gone", "misprinted_number")]


def test_a_document_that_gives_fewer_facts_than_last_time_is_a_fall_of_coverage(nights: Nights) -> None:
    changes = nights.changed({"r6": PLAN_R6}, {"r6": PLAN_R6.replace("令和6年度目標", "備考")})
    fallen = {one.path: one.falls for one in changes.coverage}
    assert "facts" in fallen["r6.md"]
    assert "facts" in fallen[None]
    little = nights.changed({"r6": PLAN_R6}, {"r6": PLAN_R6 + "\n令和6年4月1日\n"})
    assert [one.falls for one in little.coverage] == [(), ()]


@pytest.mark.parametrize("nothing", ["missing", "empty", None])
def test_the_first_run_adds_everything(nights: Nights, tmp_path: Path, nothing: str | None) -> None:
    (tmp_path / "empty").mkdir()
    before = None if nothing is None else tmp_path / nothing
    changes = compare(before, nights.night(r6=PLAN_R6))
    assert kinds(changes) == {"r6.md": ("added",)}
    assert (changes.before.documents, changes.counted()["added"], changes.facts) == (0, 8, ())
    assert not compare(before, None)


def test_tables_and_a_folder_of_them_are_the_same(nights: Nights) -> None:
    before, after = nights.night(r6=PLAN_R6), nights.night(r7=plan_r7(就職面接会の参加者数="104人"))
    assert compare(tables(before), tables(after)) == compare(before, after)


def test_a_folder_without_tables_is_named(nights: Nights, tmp_path: Path) -> None:
    with pytest.raises(NoTables, match="raw holds no table documents"):
        compare(nights.raw, nights.night(r6=PLAN_R6))


def test_only_the_documents_that_are_asked_for_are_told(nights: Nights) -> None:
    before, after = nights.night(r6=PLAN_R6, b=plan_r7()), nights.night(r6=PLAN_R6.replace("120人", "130人"), b=None)
    assert kinds(compare(before, after, "r6")) == {"r6.md": ("changed",)}
    assert compare(before, after, "r6").before.documents == 1
    assert kinds(compare(before, after, "b.md")) == {"b.md": ("gone",)}
