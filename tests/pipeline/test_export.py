from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import subprocess
import sys
from pathlib import Path

import frictionless
import openpyxl
import pytest

from pipeline.cli import Exit, main
from pipeline.export import FILES, export
from pipeline.export import sheets as sheets_of
from pipeline.schema import TABLES
from tests.yojitsu.made import actual, document, row, target, written

HEAVY = '=HYPERLINK("x")'
OFFICE = shutil.which("soffice")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """One row or more in the tables, among them texts that a spreadsheet would run."""
    rows = [
        target("f_1", 120, x0=437.48, raw="－5人", section="+予定", period_end=dt.date(2025, 3, 31), fiscal_year=2024),
        target("f_2", 0.1 + 0.2, x0=500.0, indicator=HEAVY, role_from="@cmd", component="制\x01御", unit=None),
    ]
    indicator = row("indicators", indicator_id="i_1", indicator="相談の取組", names=["相談,の取組", '"相談"'], document_ids=["d_1"])
    return written(tmp_path / "out", [document(title="計画\n第２期")], targets=rows, actuals=[actual("f_3", 1)], indicators=[indicator])


def read_csv(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_spreadsheet_finds_the_mark_of_utf_8_and_every_column(out: Path, tmp_path: Path) -> None:
    assert set(export(out, tmp_path / "to")) == {f"csv/{name}.csv" for name in TABLES} | set(FILES)
    for name, table in TABLES.items():
        data = (tmp_path / "to" / "csv" / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.decode("utf-8-sig").split("\r\n")[0].split(",") == [column.name for column in table.columns]


def test_text_that_would_run_as_a_formula_stands_behind_an_apostrophe_and_numbers_do_not(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "to")
    first, second = read_csv(tmp_path / "to" / "csv" / "targets.csv")
    assert (first["raw"], first["section"], first["value"], first["period_end"], first["cumulative"]) == ("'－5人", "'+予定", "120", "2025-03-31", "FALSE")
    assert first["x0"] == "437.48", "a float of 32 bits has no more digits than were put in"
    assert (second["indicator"], second["role_from"], second["unit"], float(second["value"])) == ("'" + HEAVY, "'@cmd", "", 0.1 + 0.2)


def test_the_workbook_has_the_columns_days_as_days_a_frozen_head_and_no_formula(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "to")
    book = openpyxl.load_workbook(tmp_path / "to" / "yojitsu.xlsx")
    assert book.sheetnames == list(TABLES)
    sheet = book["targets"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [column.name for column in TABLES["targets"].columns] and sheet.freeze_panes == "A2"
    first, second = (dict(zip(heads, cells, strict=True)) for cells in sheet.iter_rows(min_row=2))
    assert first["period_end"].value == dt.datetime(2025, 3, 31) and first["period_end"].is_date and first["value"].value == 120
    assert (second["indicator"].value, second["indicator"].data_type) == (HEAVY, "s")
    assert second["component"].value == "制\ufffd御"
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "d", "b"}


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_of, "MOST_ROWS", 2)
    export(out, tmp_path / "to")
    book = openpyxl.load_workbook(tmp_path / "to" / "yojitsu.xlsx")
    assert [book[name].max_row for name in ("targets", "targets_2")] == [2, 2]


def test_the_same_tables_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    names = export(out, tmp_path / "a")
    assert export(out, tmp_path / "b") == names
    assert [name for name in names if (tmp_path / "a" / name).read_bytes() != (tmp_path / "b" / name).read_bytes()] == []


@pytest.mark.parametrize("which", ["made", "samples"])
def test_frictionless_finds_the_files_to_be_what_the_description_says(which: str, out: Path, published: Path, tmp_path: Path) -> None:
    export(out if which == "made" else published / "data" / "parquet", tmp_path / "to")
    report = frictionless.validate(str(tmp_path / "to" / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    (tmp_path / "to" / "csv" / "targets.csv").write_bytes((tmp_path / "to" / "csv" / "targets.csv").read_bytes().replace(b",FALSE,", b",perhaps,"))
    assert not frictionless.validate(str(tmp_path / "to" / "datapackage.json")).valid


def test_export_writes_over_its_own_folder_and_over_nothing_else(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(out), "--to", str(tmp_path / "to")]) == main(["export", str(out), "--to", str(tmp_path / "to")]) == Exit.FINE
    (tmp_path / "to" / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["export", str(out), "--to", str(tmp_path / "to")]) == Exit.USAGE
    assert "notes.txt" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "none"), "--to", str(tmp_path / "other")]) == Exit.USAGE


@pytest.mark.parametrize(
    ("form", "shown"),
    [("csv", ["fact_id,unit", "f_1,件", "f_2,"]), ("jsonl", ['{"fact_id": "f_1", "unit": "件"}', '{"fact_id": "f_2", "unit": null}'])],
)
def test_sql_prints_the_rows_of_a_query(form: str, shown: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "select fact_id, unit from targets order by fact_id", "--out", str(out), "--format", form]) == Exit.FINE
    assert capsys.readouterr().out.splitlines() == shown


def test_sql_takes_statements_from_a_pipe(out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    piped = "create view together as select fact_id from targets union all select fact_id from actuals;\nselect count(*) n from together;"
    monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
    assert main(["sql", "--out", str(out), "--format", "csv"]) == Exit.FINE
    assert capsys.readouterr().out.splitlines() == ["n", "3"]


def test_sql_at_a_prompt_goes_on_after_a_mistake(out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = Terminal("select nothing;\nselect count(*) as n\nfrom targets;\nquit\nselect 'not reached';\n")
    monkeypatch.setattr(sys, "stdin", typed)
    assert main(["sql", "--out", str(out), "--format", "csv"]) == Exit.FINE
    said = capsys.readouterr()
    assert "targets" in said.out.splitlines()[0] and "n\n2\n" in said.out and "not reached" not in said.out
    assert "nothing" in said.err


def test_a_wrong_query_and_a_folder_without_tables_end_with_1(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "select nothing from targets", "--out", str(out)]) == Exit.USAGE
    assert main(["sql", "select 1", "--out", str(tmp_path / "none")]) == Exit.USAGE
    assert "none lacks a table" in capsys.readouterr().err


def in_libreoffice(file: Path, to: str, place: Path, *more: str) -> None:
    """Opens a file in LibreOffice without a window, with a profile of its own, and saves it as `to`."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    call = [OFFICE or "", profile, "--headless", *more, "--convert-to", to, "--outdir", str(place), str(file)]
    subprocess.run(call, check=True, capture_output=True, timeout=300)


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice is installed")
def test_libreoffice_opens_the_spreadsheets_with_every_character(published: Path, tmp_path: Path) -> None:
    export(published / "data" / "parquet", tmp_path / "to")
    with (tmp_path / "to" / "csv" / "actuals.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    # What a person gets who opens the CSV and takes the UTF-8 that the dialogue offers (76), and who opens the XLSX (every sheet, -1).
    in_libreoffice(tmp_path / "to" / "csv" / "actuals.csv", "xlsx", tmp_path / "from_csv", "--infilter=Text - txt - csv (StarCalc):44,34,76")
    in_libreoffice(tmp_path / "to" / "yojitsu.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", tmp_path / "from_xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "from_csv" / "actuals.xlsx").active
    assert sheet is not None
    opened = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    with (tmp_path / "from_xlsx" / "yojitsu-actuals.csv").open(encoding="utf-8", newline="") as handle:
        saved = list(csv.reader(handle))
    for name in ("indicator", "component", "section", "raw", "role_from", "unit"):
        at = rows[0].index(name)
        # A CSV does not say that 1.20 is a text.
        assert name == "raw" or [row[at] for row in opened] == [row[at] for row in rows]
        # Only the CSV needs an apostrophe before what would be run as a formula.
        assert [row[at] for row in saved] == [row[at].removeprefix("'") for row in rows]
    assert [row[rows[0].index("period_end")] for row in saved] == [row[rows[0].index("period_end")] for row in rows]
