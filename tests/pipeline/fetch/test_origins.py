"""data/sources.toml: what it may say, and that a mistake in it is told with the file and the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.fetch import BadSources, load
from pipeline.fetch.origins import Kind
from tests.conftest import ROOT

GOOD = {"id": '"a"', "kind": '"file"', "publisher": '"P"', "plan": '"Q"', "licence": '"CC0-1.0"', "address": '"https://example.jp/計画.pdf"'}
PAGE = GOOD | {"kind": '"page"', "link": "'[.]pdf$'"}


def written(tmp_path: Path, *tables: dict[str, str], head: str = "") -> Path:
    file = tmp_path / "sources.toml"
    parts = ["[[source]]\n" + "\n".join(f"{name} = {value}" for name, value in table.items()) for table in tables]
    file.write_text("\n".join([head, *parts]), encoding="utf-8")
    return file


def test_a_source_is_read_with_its_defaults(tmp_path: Path) -> None:
    [origin] = load(written(tmp_path, GOOD)).origins
    assert (origin.id, origin.kind, origin.into, origin.suffixes) == ("a", Kind.FILE, "a", (".pdf",))
    assert origin.address == "https://example.jp/%E8%A8%88%E7%94%BB.pdf"


def test_sources_keep_their_order_and_the_contact_is_read(tmp_path: Path) -> None:
    sources = load(written(tmp_path, GOOD | {"id": '"z"'}, PAGE, head='contact = "https://example.jp/about"'))
    assert [origin.id for origin in sources.origins] == ["z", "a"]
    assert sources.contact == "https://example.jp/about"


def test_a_local_folder_counts_from_the_file_and_s3_stays(tmp_path: Path) -> None:
    folder = {name: value for name, value in GOOD.items() if name != "address"} | {"kind": '"folder"'}
    one, two = load(written(tmp_path, folder | {"folder": '"in/計画"'}, folder | {"id": '"b"', "folder": '"s3://bucket/plans/"'})).origins
    assert one.address == (tmp_path / "in/計画").as_posix()
    assert two.address == "s3://bucket/plans"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (GOOD | {"licnece": '"x"'}, "unknown licnece"),
        (GOOD | {"link": "'x'"}, "unknown link"),
        ({name: value for name, value in GOOD.items() if name != "licence"}, "licence missing"),
        ({name: value for name, value in GOOD.items() if name != "address"}, "address missing"),
        (GOOD | {"licence": '""'}, "licence missing"),
        (GOOD | {"plan": "3"}, "plan must be text"),
        (GOOD | {"kind": '"ftp"'}, "kind is one of page, file, folder"),
        (GOOD | {"id": '"a b"'}, "an id has letters"),
        (PAGE | {"link": "'['"}, "link is no regular expression"),
        (PAGE | {"text": "'(?P<'"}, "text is no regular expression"),
        ({name: value for name, value in PAGE.items() if name != "link"}, "a page needs link or text"),
        (GOOD | {"address": '"file:///etc/passwd"'}, "no http or https address"),
        (GOOD | {"address": '"計画.pdf"'}, "no http or https address"),
        (GOOD | {"address": '"https://user:secret@example.jp/"'}, "no user and password"),
        (GOOD | {"into": '"../x"'}, "into is a folder under RAW"),
        (GOOD | {"into": '"/x"'}, "into is a folder under RAW"),
        (GOOD | {"into": '".hidden"'}, "into is a folder under RAW"),
        (GOOD | {"suffixes": '[".html"]'}, "suffixes is a list of some of"),
        (GOOD | {"suffixes": '"pdf"'}, "suffixes is a list of some of"),
    ],
)
def test_a_mistake_is_told_with_file_and_source(tmp_path: Path, table: dict[str, str], sentence: str) -> None:
    file = written(tmp_path, GOOD | {"id": '"first"'}, table)
    with pytest.raises(BadSources) as error:
        load(file)
    assert sentence in str(error.value)
    assert str(error.value).startswith(f"{file}, source ")


@pytest.mark.parametrize(("folder", "kind"), [('"ftp://x/y"', "folder"), ('"s3://"', "folder"), ('"s3://key:secret@bucket/x"', "folder")])
def test_a_folder_is_local_or_on_s3(tmp_path: Path, folder: str, kind: str) -> None:
    table = {name: value for name, value in GOOD.items() if name != "address"} | {"kind": f'"{kind}"', "folder": folder}
    with pytest.raises(BadSources, match="neither a local folder nor s3"):
        load(written(tmp_path, table))


NO_LISTS = {
    "[[source]": "not TOML",
    "sources = []": "unknown sources",
    "source = 3": "a list of tables",
    'contact = "名"': "contact is",
    "contact = 3": "contact is",
}


@pytest.mark.parametrize(("text", "sentence"), NO_LISTS.items())
def test_a_file_that_is_no_list_of_sources_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSources, match=sentence):
        load(tmp_path / "sources.toml")


def test_two_sources_of_one_id_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadSources, match="more than one source is called a"):
        load(written(tmp_path, GOOD, PAGE))


def test_the_examples_of_the_shipped_file_are_sources(tmp_path: Path) -> None:
    shipped = ROOT / "data" / "sources.toml"
    assert load(shipped).origins == ()
    lines = shipped.read_text(encoding="utf-8").splitlines()
    uncommented = [line.removeprefix("# ") for line in lines if line.startswith("# [[") or (line.startswith("# ") and " = " in line)]
    (tmp_path / "sources.toml").write_text("\n".join(uncommented), encoding="utf-8")
    assert {origin.kind for origin in load(tmp_path / "sources.toml").origins} == set(Kind)
