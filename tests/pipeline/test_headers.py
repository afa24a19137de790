"""diff-headers: what differs between two editions is told once, in words, and only what changes the reading must be looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.cli import main
from pipeline.headers import Comparison, compare, edition_of
from pipeline.headers.difference import Change
from tests.extractors.small import table
from tests.pdfs.drawing import MINCHO, Cells, Sheet, text

Told = list[tuple[str, str, bool]]

ROWS = ("来館者数|1,200人|1,300人", "講座の回数|12回|15回", "貸出冊数|5,200冊|5,300冊")
HEAD = "指標名|令和5年度実績|令和6年度目標値"
LATER = "指標名|令和6年度実績|令和7年度目標値"


def plan(year: int, *rows: str, heading: str = "1 学びの充実", note: str = "", after: str = "") -> str:
    """A report on a fiscal year of Reiwa: its title, one heading, a note and one table (header row first)."""
    return f"令和{year}年度 施策評価報告書\n\n## {heading}\n\n{note}\n\n{table(*rows) if rows else ''}\n{after}\n"


@pytest.fixture
def of(tmp_path: Path) -> Callable[[str, str], Comparison]:
    """The comparison of two texts."""

    def compared(old: str, new: str) -> Comparison:
        files = (tmp_path / "old.md", tmp_path / "new.md")
        for file, string in zip(files, (old, new), strict=True):
            file.write_text(string, encoding="utf-8")
        return compare(*map(edition_of, files))

    return compared


Of = Callable[[str, str], Comparison]


def told(one: Comparison) -> Told:
    """(change, kind of header, whether to look at it) of everything that differs."""
    return [(str(d.change), str(d.kind or "zone"), d.look) for d in (*one.headings, *(d for zone in one.zones for d in zone.found))]


def said(one: Comparison) -> str:
    return "\n".join(d.said for zone in one.zones for d in zone.found)


def test_the_same_layout_a_year_later_is_safe(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER, *ROWS))
    assert one.safe
    assert told(one) == []
    assert [(z.old.facts, z.new.facts) for z in one.zones if z.old and z.new] == [(6, 6)]


def test_a_year_that_went_on_with_the_edition_is_printed_as_counted_from_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(plan(6, HEAD, *ROWS), encoding="utf-8")
    (tmp_path / "b.md").write_text(plan(7, LATER, *ROWS), encoding="utf-8")
    assert main(["diff-headers", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--all"]) == 0
    assert "前年度実績 (令和5年度実績 → 令和6年度実績)  actual, 前年度; numbers 3: 3 actuals" in capsys.readouterr().out


def test_a_column_that_went_is_looked_at_in_the_old_edition(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, "指標名|令和6年度実績", *(row.rpartition("|")[0] for row in ROWS)))
    assert told(one) == [("gone", "column", True)]
    assert "令和6年度目標値  was target, 本年度; 3 numbers: 3 targets" in said(one)
    assert one.looks[0].command.endswith("old.md --line 7")


def test_a_column_of_words_that_came_changes_no_reading(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER + "|担当課", *(f"{row}|学習課" for row in ROWS)))
    assert told(one) == [("came", "column", False)]
    assert one.safe


def test_a_column_of_numbers_that_came_is_looked_at(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER + "|達成率", *(f"{row}|90.0%" for row in ROWS)))
    assert told(one) == [("came", "column", True)]
    assert "達成率  read as rate; 3 numbers: 3 rates" in said(one)


def test_columns_in_another_order_are_read_as_before(of: Of) -> None:
    swapped = ["|".join((a, c, b)) for a, b, c in (row.split("|") for row in (LATER, *ROWS))]
    one = of(plan(6, HEAD, *ROWS), plan(7, *swapped))
    assert told(one) == [("moved", "column", False)]
    assert one.safe


def test_two_blocks_of_headers_in_one_table_are_in_order(of: Of) -> None:
    def blocks(year: int) -> str:
        return plan(year, "指標名|令和7年度目標値|令和8年度目標値", ROWS[0], "事業名|令和7年度予算額|令和8年度予算額", "読書の推進|300|400")

    one = of(blocks(6), blocks(7))
    assert told(one) == []
    assert one.safe


def test_a_reworded_column_of_the_same_reading_is_one_line_and_safe(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER.replace("目標値", "目標"), *ROWS))
    assert told(one) == [("reworded", "column", False)]
    assert "令和6年度目標値 → 令和7年度目標  read as target, 本年度" in said(one)


def test_a_reworded_column_whose_targets_are_read_as_results_is_looked_at(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER.replace("目標値", "までに到達したい水準"), *ROWS))
    assert told(one)[0] == ("reworded", "column", True)
    assert "3 numbers: 3 targets → 3 numbers: " in said(one)


def test_two_roles_are_never_one_column_reworded(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, "指標名|令和6年度実績|令和7年度予算額", *ROWS))
    assert sorted(told(one)) == [("came", "column", True), ("gone", "column", True)]


@pytest.mark.parametrize("note", ["（単位：{}）", "金額の単位は{}である。\n\n単位：{}"])
def test_a_unit_that_changed_in_the_note_is_looked_at(of: Of, note: str) -> None:
    rows = ("事業名|令和5年度決算額", "読書の推進|300", "講座の開催|200")
    later = (rows[0].replace("5", "6"), *rows[1:])
    one = of(plan(6, *rows, note=note.replace("{}", "千円")), plan(7, *later, note=note.replace("{}", "百万円")))
    assert ("unit", "note", True) in told(one)
    assert "千円 → 百万円" in said(one)


def test_a_unit_that_changed_in_the_cells_is_looked_at(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER, *ROWS[:2], "貸出冊数|5,200点|5,300点"))
    assert told(one) == [("unit", "row", True)]
    assert one.looks[0].why.endswith("冊 → 点")


def test_a_year_that_stayed_while_the_edition_went_on_is_looked_at(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, "指標名|令和5年度実績|令和7年度目標値", *ROWS))
    assert told(one) == [("year", "column", True)]
    assert "令和5年度実績  前年度 → 前々年度" in said(one)


def test_the_year_of_a_target_may_stay(of: Of) -> None:
    one = of(plan(6, "指標名|令和5年度実績|令和8年度目標値", *ROWS), plan(7, "指標名|令和6年度実績|令和8年度目標値", *ROWS))
    assert one.safe
    assert told(one) == []


def test_one_more_year_in_a_row_of_years_is_one_column_more(of: Of) -> None:
    rows = ("来館者数|1|2|3", "講座の回数|4|5|6")
    one = of(plan(6, "実績|令和3年度|令和4年度|令和5年度", *rows), plan(7, "実績|令和3年度|令和4年度|令和5年度|令和6年度", *(f"{row}|7" for row in rows)))
    assert told(one) == [("came", "column", True)]
    assert "令和6年度" in said(one)


def test_a_split_column_is_one_line(of: Of) -> None:
    old = plan(6, "年度|来館者数|貸出冊数", "令和4年度|10|20", "令和5年度|30|40")
    new = plan(7, "年度|来館者数（本館）|来館者数（分館）|貸出冊数", "令和5年度|10|1|20", "令和6年度|30|2|40")
    one = of(old, new)
    assert told(one) == [("split", "column", True)]
    assert "来館者数  →  来館者数（本館） (name)、来館者数（分館） (name)" in said(one)


def test_a_table_that_became_a_list_is_told_as_that(of: Of) -> None:
    items = "\n".join(f"・{name} 令和6年度実績 {a} 令和7年度目標 {b}\n" for name, a, b in (row.split("|") for row in ROWS))
    one = of(plan(6, HEAD, *ROWS), plan(7, after=items))
    assert told(one) == [("form", "zone", True)]
    assert "is now a list of lines" in said(one)


def test_a_renamed_heading_is_one_line(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER, *ROWS, heading="1 学びと文化の充実"))
    assert told(one) == [("reworded", "heading", False)]
    assert one.safe


def test_a_heading_with_another_number_is_the_same(of: Of) -> None:
    assert told(of(plan(6, HEAD, *ROWS), plan(7, LATER, *ROWS, heading="2 学びの充実"))) == []


def test_rows_that_come_and_go_change_no_reading(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, LATER, *ROWS[:2], "図書館の蔵書回転率|1.2回|1.3回"))
    assert one.safe
    assert sorted(told(one)) == [("came", "row", False), ("gone", "row", False)]


def test_a_header_that_nobody_understands_is_marked(of: Of) -> None:
    one = of(plan(6, HEAD, *ROWS), plan(7, "指標名|甲欄|令和7年度目標値", *ROWS))
    assert ("not understood", "column", True) in told(one)
    assert "甲欄  read as actual, 前年度 → nothing; 3 numbers: 3 actuals → 3 numbers: no row" in said(one)


def test_headers_that_were_not_understood_before_either_are_no_news(of: Of) -> None:
    rows = ("指標名|甲欄|令和6年度目標値", *ROWS)
    one = of(plan(6, *rows), plan(7, rows[0].replace("6", "7"), *ROWS))
    assert told(one) == [("not understood", "column", False)]
    assert one.safe


# A header of two levels, which only a PDF's merged cells can show.
TREE: Cells = [
    (0, 0, 2, 1, "指標名"), (0, 1, 1, 2, "令和5年度"), (1, 1, 1, 1, "目標値"), (1, 2, 1, 1, "実績値"),
    (2, 0, 1, 1, "来館者数"), (2, 1, 1, 1, "1,200"), (2, 2, 1, 1, "1,310"), (3, 0, 1, 1, "講座の回数"), (3, 1, 1, 1, "12"), (3, 2, 1, 1, "18"),
]  # fmt: skip
SPLIT: Cells = [
    (0, 0, 3, 1, "指標名"), (0, 1, 1, 3, "令和6年度"), (1, 1, 2, 1, "目標値"), (1, 2, 1, 2, "実績値"), (2, 2, 1, 1, "本館"), (2, 3, 1, 1, "分館"),
    (3, 0, 1, 1, "来館者数"), (3, 1, 1, 1, "1,200"), (3, 2, 1, 1, "1,000"), (3, 3, 1, 1, "310"),
    (4, 0, 1, 1, "講座の回数"), (4, 1, 1, 1, "12"), (4, 2, 1, 1, "10"), (4, 3, 1, 1, "8"),
]  # fmt: skip
FLAT: Cells = [
    (0, 0, 1, 1, "指標名"), (0, 1, 1, 1, "目標値"), (0, 2, 1, 1, "実績値"),
    (1, 0, 1, 1, "来館者数"), (1, 1, 1, 1, "1,200"), (1, 2, 1, 1, "1,310"), (2, 0, 1, 1, "講座の回数"), (2, 1, 1, 1, "12"), (2, 2, 1, 1, "18"),
]  # fmt: skip


def drawn(file: Path, title: str, cells: Cells) -> Path:
    """A PDF of one page with a title and a ruled table."""
    pdfmetrics.registerFont(UnicodeCIDFont(MINCHO))
    c = Canvas(str(file), pagesize=A4, invariant=True)
    c.setLineWidth(0.5)
    text(c, 60, 60, title, 14)
    rows, columns = max(row + down for row, _, down, _, _ in cells), max(column + across for _, column, _, across, _ in cells)
    sheet = Sheet(c, 60, 100, [120, *[80] * (columns - 1)], [20] * rows)
    sheet.borders(cells)
    sheet.words(cells)
    c.save()
    return file


def drawn_editions(folder: Path, old: Cells, new: Cells) -> Comparison:
    files = (drawn(folder / "old.pdf", "令和6年度 行政評価報告書", old), drawn(folder / "new.pdf", "令和7年度 行政評価報告書", new))
    return compare(*map(edition_of, files))


def test_a_header_tree_a_year_later_is_safe(tmp_path: Path) -> None:
    later = [(*cell[:4], cell[4].replace("令和5", "令和6")) for cell in TREE]
    one = drawn_editions(tmp_path, TREE, later)
    assert one.safe
    assert told(one) == []
    assert sum(zone.new.facts for zone in one.zones if zone.new) == 4


def test_a_column_split_below_itself_names_its_parts(tmp_path: Path) -> None:
    one = drawn_editions(tmp_path, TREE, SPLIT)
    assert ("split", "column", True) in told(one)
    assert "本館" in said(one)
    assert "分館" in said(one)
    assert one.looks[0].command.endswith("new.pdf --page 1")


def test_a_level_taken_away_is_told_once_for_all_columns_below(tmp_path: Path) -> None:
    one = drawn_editions(tmp_path, TREE, FLAT)
    level = [d for zone in one.zones for d in zone.found if d.change is Change.LEVEL]
    assert [d.said for d in level] == ["令和5年度 (前年度) removed over 目標値、実績値"]
    assert level[0].look


def test_pages_of_one_form_that_changed_alike_are_one_thing_to_look_at(of: Of) -> None:
    def sheets(year: int, word: str) -> str:
        head = f"指標名|令和{year - 1}年度実績|令和{year}年度{word}"
        return plan(year) + "".join(f"## {at} 施策その{at}\n\n{table(head, f'参加者の数その{at}|{at}0人|{at}5人')}\n" for at in range(1, 6))

    one = of(sheets(6, "目標値"), sheets(7, "までに到達したい水準"))
    assert [len(look.places) for look in one.looks] == [5]


def test_json_holds_every_header_and_what_is_read_from_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(plan(6, HEAD, *ROWS), encoding="utf-8")
    (tmp_path / "b.md").write_text(plan(7, LATER.replace("実績", "の状態"), *ROWS), encoding="utf-8")
    call = ["diff-headers", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--format"]
    assert main([*call, "json"]) == 0
    first = capsys.readouterr().out
    said = json.loads(first)
    target = next(pair for pair in said["zones"][0]["headers"] if pair["new"] and pair["new"]["text"] == "令和7年度目標値")
    assert target["old"]["reads"] == target["new"]["reads"] == ["target", "本年度"]
    assert target["new"]["became"] == {"target": 3}
    assert said["judgement"]["safe"] is False
    main([*call, "json"])
    assert capsys.readouterr().out == first


def test_markdown_has_titles_items_and_the_command_as_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(plan(6, HEAD, *ROWS), encoding="utf-8")
    (tmp_path / "b.md").write_text(plan(7, LATER + "|達成率", *(f"{row}|90.0%" for row in ROWS)), encoding="utf-8")
    assert main(["diff-headers", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Headers of two editions\n")
    assert "- **!** column came: 達成率" in out
    assert re.search(r"`yojitsu explain \S+b\.md --line \d+`", out)


def test_a_broken_or_missing_file_ends_with_a_sentence(tmp_path: Path, make_pdf: Callable[..., bytes], capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.md").write_text(plan(6, HEAD, *ROWS), encoding="utf-8")
    (tmp_path / "cut.pdf").write_bytes(make_pdf("plan 2024")[:200])
    assert main(["diff-headers", str(tmp_path / "good.md"), str(tmp_path / "gone.md")]) == 1
    assert "there is no file" in capsys.readouterr().err
    assert main(["diff-headers", str(tmp_path / "good.md"), str(tmp_path / "cut.pdf")]) == 2
    assert "cut.pdf: " in capsys.readouterr().err
