"""The review page shows what the tables hold, where it stands; it is written whole, the same each time, and takes no text for markup."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

from extractors.account import REASONS
from pipeline.review.data import WORDS, script
from pipeline.review.pictures import MOST_PIXELS, SCALE, draw_pages, scale_of
from pipeline.review.write import ASSETS
from pipeline.schema import TABLES
from tests.pipeline.read.variants import small
from tests.pipeline.review.made import HOSTILE, TEXT, documents, handed_over, ingested, of, rows, with_finding, written

SHEET, PLAN = "sheet.pdf", "plan.md"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents in `raw`, their tables in `out` and the page in `page`."""
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "raw").mkdir()
    documents(folder / "raw")
    ingested(folder / "raw", folder / "out")
    with_finding(folder / "out", SHEET)
    assert written(folder / "raw", folder / "out", folder / "page") == 0
    return folder


def published(out: Path, source_name: str) -> list[dict[str, Any]]:
    return [row for table in ("targets", "actuals", "costs") for row in pq.read_table(out / table).to_pylist() if row["source_name"] == source_name]


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", [SHEET, PLAN])
def test_the_page_holds_every_fact_of_the_tables_with_every_column(place: Path, name: str) -> None:
    shown = {row["fact_id"]: row for row in rows(of(place / "page", name)["facts"])}
    tables = published(place / "out", name)
    assert shown.keys() == {row["fact_id"] for row in tables} and tables
    for row in tables:
        for column in ("indicator", "value", "unit", "fiscal_year", "raw", "role_from", "period_start"):
            expected = row[column].isoformat() if column == "period_start" and row[column] else row[column]
            assert shown[row["fact_id"]][column] == expected


def test_the_list_counts_what_the_tables_hold(place: Path) -> None:
    overview = handed_over(place / "page" / "documents.js")
    by_name = {row["source_name"]: row for row in overview["documents"]}
    facts = Counter("baseline" if row.get("baseline") else row["fact_id"] and kind for kind, row in kinds(place / "out"))
    assert {kind: by_name[SHEET]["counts"][kind] for kind in facts} == dict(facts)
    assert by_name[SHEET]["counts"]["warning"] == 1 and overview["graveFindings"] == 1
    assert by_name["zero.pdf"]["status"] == "failed" and by_name["zero.pdf"]["reason"]
    assert not list((place / "page" / "data").glob(f"{by_name['zero.pdf']['document_id']}*"))


def kinds(out: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(t.removesuffix("s"), row) for t in ("targets", "actuals", "costs") for row in pq.read_table(out / t).to_pylist() if row["source_name"] == SHEET]


def test_the_words_that_decided_have_their_boxes_on_the_page(place: Path) -> None:
    """The header of a column stands over its number and begins where the column does; the box of the figure is the fact's own."""
    data = of(place / "page", SHEET)
    facts = rows(data["facts"])
    assert all(len(row[f"{name}_at"]) >= 1 for row in facts for name in ("role", "year", "unit") if row[f"{name}_from"])
    assert not any(row[f"{name}_at"] for row in facts for name in ("role", "year", "unit") if not row[f"{name}_from"])
    for row in facts:
        (figure,) = (data["marks"][at] for at in row["figure_at"])
        assert figure == [row["page"], row["x0"], row["top"], row["x1"], row["bottom"]]
    first = facts[0]
    page, _, _, _, bottom = data["marks"][first["role_at"][0]]
    assert page == first["page"] and bottom <= first["bottom"]


def test_the_words_that_decided_are_cut_out_of_the_lines_of_a_text(place: Path) -> None:
    data = of(place / "page", PLAN)
    assert data["lines"] == TEXT.split("\n")[:-1]

    def cut(at: int) -> str:
        line, start, end = data["marks"][at]
        return data["lines"][line - 1][start:end]

    for row in rows(data["facts"]):
        assert [cut(at) for at in row["figure_at"]] == [row["raw"]]
        assert [cut(at) for at in row["role_at"]] == [row["role_from"]]
        assert row["indicator"] in unicodedata.normalize("NFKC", cut(row["name_at"][0]))
    assert {row["raw"] for row in rows(data["facts"])} >= {"120件", "3", "5回", "1,000人"}
    for row in rows(data["unclaimed"]):
        assert data["lines"][row["line"] - 1][row["start"] : row["end"]] == row["raw"]


def test_unclaimed_numerals_and_findings_stand_as_the_tables_have_them(place: Path) -> None:
    data = of(place / "page", SHEET)
    unclaimed = [row for row in pq.read_table(place / "out" / "unclaimed").to_pylist() if row["page"]]
    assert [(row["raw"], row["reason"]) for row in rows(data["unclaimed"])] == [(row["raw"], row["reason"]) for row in unclaimed]
    (finding,) = rows(data["findings"])
    assert finding["fact_ids"] and set(finding["fact_ids"]) <= {row["fact_id"] for row in rows(data["facts"])}


def test_every_page_has_a_small_picture(place: Path) -> None:
    data = of(place / "page", SHEET)
    for width, height, source, unreadable in data["pages"]:
        assert unreadable is None
        with Image.open(place / "page" / source) as image:
            assert image.size == pytest.approx((width * SCALE, height * SCALE), abs=2)
        assert (place / "page" / source).stat().st_size < 60_000
    assert len(data["pages"]) == 1


def test_a_large_page_is_drawn_smaller() -> None:
    assert scale_of(595, 842) == SCALE
    assert scale_of(2384, 3370) ** 2 * 2384 * 3370 == pytest.approx(MOST_PIXELS)


def test_a_page_that_cannot_be_drawn_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    """Two libraries may count the pages of a damaged file differently."""
    assert draw_pages(small("sheet_bands"), tmp_path / "pages", 2) == {1}
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["0001.webp"]


def test_what_a_document_printed_stays_a_string(place: Path) -> None:
    """Neither can text end the script that holds it, nor does any script of the page read text as HTML."""
    files = {path: path.read_text(encoding="utf-8") for path in (place / "page").rglob("*.js")}
    assert any(HOSTILE in row["indicator"] for row in rows(of(place / "page", PLAN)["facts"]))
    assert [path.name for path, text in files.items() if "data" in path.parts and "<" in text] == []
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", "".join(text for text in files.values()))
    assert script("x", "\u2028</script>") == 'yojitsu.loaded("x", "\\u2028\\u003c/script>");\n'


def test_the_page_asks_for_nothing_from_the_network(place: Path) -> None:
    own = [path.read_text(encoding="utf-8") for path in ASSETS.iterdir()]
    assert own and not any(re.search(r"https?:|//[a-z]|@import|fetch\(|XMLHttpRequest|url\(", text) for text in own)


def test_the_same_tables_give_the_same_bytes(place: Path, tmp_path: Path) -> None:
    """Also when they were made at another time, and with worker processes."""
    shutil.copytree(place / "out", tmp_path / "out")
    documents_again = pq.read_table(tmp_path / "out" / "documents").to_pylist()
    later = [row | {"ingested_at": row["ingested_at"].replace(year=2040)} for row in documents_again]
    pq.write_table(TABLES["documents"].rows(later), tmp_path / "out" / "documents" / "part-0.parquet")
    assert written(place / "raw", tmp_path / "out", tmp_path / "page", "--jobs", "2") == 0
    assert texts(tmp_path / "page") == texts(place / "page")


def test_a_column_that_a_later_version_adds_is_handed_over(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "out", tmp_path / "out")
    targets = pq.read_table(tmp_path / "out" / "targets")
    pq.write_table(targets.append_column("of_a_later_version", [["12"] * targets.num_rows]), tmp_path / "out" / "targets" / "part-0.parquet")
    assert written(place / "raw", tmp_path / "out", tmp_path / "page") == 0
    assert {row["of_a_later_version"] for row in rows(of(tmp_path / "page", SHEET)["facts"])} == {"12", None}


def test_a_document_that_is_gone_or_has_changed_says_so(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / SHEET).write_bytes((place / "raw" / SHEET).read_bytes() + b"\n")
    assert written(tmp_path / "raw", place / "out", tmp_path / "page") == 3
    assert {SHEET, PLAN} <= set(re.findall(r"\S+\.(?:pdf|md)", capsys.readouterr().err))
    assert "変わって" in of(tmp_path / "page", SHEET)["notice"]
    assert "見つからない" in of(tmp_path / "page", PLAN)["notice"]
    assert len(rows(of(tmp_path / "page", SHEET)["facts"])) == len(published(place / "out", SHEET))


def test_facts_that_the_second_reading_does_not_find_are_counted(place: Path, tmp_path: Path) -> None:
    """Tables of another version: their facts are shown, and the page says that it cannot show what decided them."""
    shutil.copytree(place / "out", tmp_path / "out")
    costs = [row | {"fact_id": row["fact_id"][:-1] + "x"} for row in pq.read_table(tmp_path / "out" / "costs").to_pylist()]
    pq.write_table(TABLES["costs"].rows(costs), tmp_path / "out" / "costs" / "part-0.parquet")
    assert written(place / "raw", tmp_path / "out", tmp_path / "page") == 0
    assert f"{len(costs)} 件は" in of(tmp_path / "page", SHEET)["notice"]


@pytest.mark.parametrize("files", [{"index.html": "<h1>my site</h1>"}, {"data/a.js": "mine"}, {"notes.txt": "mine"}, {"pages/a.docx": "mine"}])
def test_a_folder_that_is_not_its_own_is_left_alone(place: Path, tmp_path: Path, files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in files.items():
        (tmp_path / "page" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "page" / name).write_text(text)
    assert written(place / "raw", place / "out", tmp_path / "page") == 1
    assert "did not write" in capsys.readouterr().err
    assert {name: (tmp_path / "page" / name).read_text() for name in texts(tmp_path / "page")} == files


def test_its_own_folder_is_replaced_whole(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "page", tmp_path / "page")
    (tmp_path / "page" / "data" / "d_old.js").write_text("old")
    assert written(place / "raw", place / "out", tmp_path / "page") == 0
    assert texts(tmp_path / "page") == texts(place / "page")


def test_a_failure_leaves_the_old_page(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(place / "page", tmp_path / "page")

    def full(*_: object) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr("pipeline.review.data.of_document", full)
    assert written(place / "raw", place / "out", tmp_path / "page") == 7
    assert texts(tmp_path / "page") == texts(place / "page")
    assert [path.name for path in tmp_path.iterdir() if path.name != ".yojitsu"] == ["page"]


def test_a_wrong_call_says_why(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert written(tmp_path / "gone", place / "out", tmp_path / "page") == 1
    assert written(place / "raw", tmp_path / "gone", tmp_path / "page") == 1
    assert written(place / "raw", place / "out", place / "raw" / "page") == 1
    said = capsys.readouterr().err
    assert "there is no" in said and "run yojitsu ingest first" in said and "would be read as a document" in said


def test_every_code_of_the_tables_has_a_japanese_word() -> None:
    assert WORDS["reason"].keys() == REASONS.keys()
    for group, table in (("severity", "findings"), ("status", "documents"), ("basis", "costs")):
        (values,) = [column.values for column in TABLES[table].columns if column.name == group]
        assert WORDS[group].keys() == set(values)
