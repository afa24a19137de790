"""What a person decides of names: followed both ways, refused where it cannot be read, reported where it fits nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import Exit, main
from pipeline.link.aliases import Alias, BadAlias, Named, load_aliases
from pipeline.linkage import doubtful
from tests.pipeline.link.made import PUBLISHER, fact, linked, same

WHY = 'why = "窓口の名前が変わった。"\nwho = "担当課への照会"\n'


def alias(*names: str | Named, kept: bool = True, publisher: str = PUBLISHER) -> Alias:
    return Alias(kept, publisher, tuple(Named(name) if isinstance(name, str) else name for name in names), "窓口の名前が変わった。", "担当課への照会")


def test_two_names_that_share_nothing_are_one_where_a_person_says_so() -> None:
    one, other = fact("起業相談の件数"), fact("よろず窓口の利用", year=2025, document="d_2025")
    linked(one, other)
    assert not same(one, other)
    made = linked(one, other, aliases=[alias("起業相談の件数", "よろず窓口の利用")])
    assert same(one, other) and not made.findings
    assert [(row["relation"], row["decided_by"]) for row in made.links] == [("same", "alias")]


def test_two_names_of_one_document_are_one_where_a_person_says_so() -> None:
    one, other = fact("起業相談の件数", 3), fact("よろず窓口の利用", 9)
    linked(one, other, aliases=[alias("起業相談の件数", "よろず窓口の利用")])
    assert same(one, other)


def test_names_that_would_be_linked_are_two_where_a_person_says_so() -> None:
    one, other = fact("障がい者の就職件数"), fact("障害者の就職件数", year=2025, document="d_2025")
    linked(one, other)
    assert same(one, other)
    made = linked(one, other, aliases=[alias("障がい者の就職件数", "障害者の就職件数", kept=False)])
    assert not same(one, other)
    assert [(row["relation"], row["decided_by"]) for row in made.links] == [("not_same", "alias")]


def test_names_of_one_document_that_are_kept_apart_by_a_line_say_so() -> None:
    one, other = fact("所管内の高年齢者の就職件数", 734, section="第1節"), fact("所管内の高齢者の就職件数", 734, section="一覧")
    made = linked(one, other, aliases=[alias("所管内の高年齢者の就職件数", "所管内の高齢者の就職件数", kept=False)])
    assert not same(one, other)
    assert [(row["relation"], row["decided_by"], row["evidence"]) for row in made.links] == [("not_same", "alias", "data/aliases.toml")]


def test_one_name_in_two_sections_is_kept_apart_by_a_line() -> None:
    one, other = fact("施設の延べ利用者数", section="図書館"), fact("施設の延べ利用者数", year=2025, document="d_2025", section="公民館")
    linked(one, other)
    assert same(one, other)
    names = Named("施設の延べ利用者数", section="図書館"), Named("施設の延べ利用者数", section="公民館")
    linked(one, other, aliases=[alias(*names, kept=False)])
    assert not same(one, other)


def test_a_line_speaks_of_names_with_one_component_and_unit() -> None:
    one, other = fact("起業相談", unit="件"), fact("よろず窓口", unit="人", year=2025, document="d_2025")
    linked(one, other, aliases=[alias("起業相談", "よろず窓口")])
    assert not same(one, other)
    linked(one, other, aliases=[alias(Named("起業相談", unit="件"), Named("よろず窓口", unit="人"))])
    assert same(one, other)


def test_a_line_of_another_publisher_decides_nothing() -> None:
    one, other = fact("起業相談の件数"), fact("よろず窓口の利用", year=2025, document="d_2025")
    made = linked(one, other, aliases=[alias("起業相談の件数", "よろず窓口の利用", publisher="丙市")])
    assert not same(one, other) and not made.findings


def test_a_name_that_no_document_has_is_an_error_to_be_seen() -> None:
    [finding] = linked(fact("起業相談の件数"), aliases=[alias("起業相談の件数", "よろず窓口の利用")]).findings
    assert (finding["rule"], finding["severity"], finding["stated"], finding["document_id"]) == ("alias_unmatched", "error", "よろず窓口の利用", "d_2026")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[same]]\npublisher = "甲市"\nnames = ["あ", "い"]\n', "why, who missing"),
        (f'[[same]]\npublisher = "甲市"\nnames = ["あ"]\n{WHY}', "two names or more"),
        (f'[[same]]\npublisher = "甲市"\nnames = ["あ", {{ title = "い" }}]\n{WHY}', "is no name"),
        (f'[[same]]\npublisher = "甲市"\nnames = ["あ", "い"]\nunit = "件"\n{WHY}', "unknown \\['unit'\\]"),
        (f'[[alike]]\npublisher = "甲市"\nnames = ["あ", "い"]\n{WHY}', "unknown \\['alike'\\]"),
        ("same = [", "aliases.toml"),
        ("".join(f'[[{kind}]]\npublisher = "甲市"\nnames = ["あ", "い"]\n{WHY}' for kind in ("same", "not_same")), "not in another"),
    ],
    ids=["no reason", "one name", "no name", "a key of its own", "a kind of its own", "no TOML", "both ways"],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "aliases.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadAlias, match=said):
        load_aliases(file)


def test_there_need_be_no_file(tmp_path: Path) -> None:
    assert load_aliases(tmp_path / "none.toml") == load_aliases(None) == ()


PLAN = """# 令和{era}年度 富良野市総合計画 実施計画

| 指標 | 単位 | {year}年度目標 |
| --- | --- | --- |
| {name} | 件 | {value} |
| 図書の貸出冊数 | 冊 | 5{era}00 |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two years of a plan in `raw`, in which one name became another."""
    (tmp_path / "raw").mkdir()
    for era, name, value in ((6, "移住相談件数", 40), (7, "電話移住相談件数", 44)):
        (tmp_path / "raw" / f"r{era}.md").write_text(PLAN.format(era=era, year=2018 + era, name=name, value=value), encoding="utf-8")
    return tmp_path


def ingest(folder: Path) -> int:
    return main(["ingest", str(folder / "raw"), "--out", str(folder / "out"), "--aliases", str(folder / "aliases.toml"), "--quiet", "--jobs", "0"])


def names(folder: Path) -> list[list[str]]:
    return [row["names"] for row in pq.read_table(folder / "out" / "indicators").to_pylist() if row["unit"] == "件"]


def test_a_doubt_becomes_a_line_that_links(folder: Path) -> None:
    assert ingest(folder) == Exit.FINE
    assert names(folder) == [["移住相談件数"], ["電話移住相談件数"]]
    lines = [line for line in doubtful(folder / "out") if not line.startswith("#")]
    assert tomllib.loads("\n".join(lines))["same"][0]["publisher"] == "富良野市"
    (folder / "aliases.toml").write_text("\n".join(lines).replace('""\n', '"計画の注"\n').replace('who = ""', 'who = "計画の注"'), encoding="utf-8")
    # The documents are as they were: the line alone makes the tables new.
    assert ingest(folder) == Exit.FINE
    assert names(folder) == [["移住相談件数", "電話移住相談件数"]]


def test_a_line_that_fits_nothing_ends_the_command_with_a_code_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "aliases.toml").write_text(f'[[same]]\npublisher = "富良野市"\nnames = ["移住相談件数", "定住相談件数"]\n{WHY}', encoding="utf-8")
    assert ingest(folder) == Exit.CHECKS_FAILED
    assert "fit nothing" in capsys.readouterr().err
    assert [row["rule"] for row in pq.read_table(folder / "out" / "findings").to_pylist() if row["severity"] == "error"] == ["alias_unmatched"]


def test_a_file_of_aliases_that_is_no_toml_is_a_wrong_call(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "aliases.toml").write_text("same = [", encoding="utf-8")
    assert ingest(folder) == Exit.USAGE
    assert "aliases.toml" in capsys.readouterr().err and not (folder / "out").exists()


def test_the_command_shows_what_an_indicator_is_called_and_what_is_doubtful(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(folder)
    assert main(["link", "貸出", str(folder / "out")]) == Exit.FINE
    printed = capsys.readouterr().out
    assert "r6.md (2024)" in printed and "r7.md (2025)" in printed and "= 図書の貸出冊数 [exact" in printed
    assert main(["link", "--review", str(folder / "out")]) == Exit.FINE
    printed = capsys.readouterr().out
    assert "[[same]]" in printed and "「電話」の有無" in printed and "# 1 pairs" in printed


@pytest.mark.parametrize("arguments", [["link"], ["link", "--review", "a", "b"], ["link", "相談", "no/such/folder"]])
def test_a_wrong_call_of_link_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == Exit.USAGE
    assert capsys.readouterr().err.startswith("yojitsu: ")


def test_a_name_that_is_not_there_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(folder)
    assert main(["link", "出生率", str(folder / "out")]) == Exit.USAGE
    assert "no indicator is called 出生率" in capsys.readouterr().err
