from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import swap
from pipeline.swap import Foreign, replaced

NAMES = ("targets", "actuals")


def fill(folder: Path, text: str) -> None:
    (folder / "targets").mkdir(parents=True)
    (folder / "targets" / "part-0.parquet").write_text(text)


def content(out: Path) -> str:
    return (out / "targets" / "part-0.parquet").read_text()


def test_a_new_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "深い" / "out"
    for text in ("old", "new"):
        with replaced(out, NAMES) as beside:
            fill(beside, text)
        assert content(out) == text
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_failure_leaves_the_old_tables_and_nothing_beside_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "old")
    with pytest.raises(RuntimeError), replaced(out, NAMES) as beside:
        fill(beside, "half")
        raise RuntimeError("the disk is full")
    assert content(out) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_readers_find_the_old_tables_until_the_block_ends(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "old")
    with replaced(out, NAMES) as beside:
        fill(beside, "new")
        assert content(out) == "old"
    assert content(out) == "new"


def test_without_an_exchange_in_one_step_two_renames_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchanged_at_once", lambda new, folder: False)
    out = tmp_path / "out"
    fill(out, "old")
    with replaced(out, NAMES) as beside:
        fill(beside, "new")
    assert content(out) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_second_rename_brings_the_old_tables_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchanged_at_once", lambda new, folder: False)
    out = tmp_path / "out"
    fill(out, "old")
    rename, calls = Path.rename, []

    def fail_second(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 2:
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_second)
    with pytest.raises(OSError, match="no"), replaced(out, NAMES) as beside:
        fill(beside, "new")
    assert content(out) == "old"


@pytest.mark.parametrize("foreign", ["thesis.docx", "targets/notes.txt", "photos/a.parquet"])
def test_a_folder_with_a_persons_files_is_never_replaced(tmp_path: Path, foreign: str) -> None:
    (tmp_path / "out" / foreign).parent.mkdir(parents=True)
    (tmp_path / "out" / foreign).write_text("mine")
    with pytest.raises(Foreign), replaced(tmp_path / "out", NAMES):
        pass
    assert (tmp_path / "out" / foreign).read_text() == "mine"


def test_hidden_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "old")
    (out / ".gitkeep").touch()
    with replaced(out, NAMES) as beside:
        fill(beside, "new")
    assert (out / ".gitkeep").exists()


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "disk" / "real", "old")
    (tmp_path / "out").symlink_to(tmp_path / "disk" / "real")
    with replaced(tmp_path / "out", NAMES) as beside:
        fill(beside, "new")
    assert (tmp_path / "out").is_symlink()
    assert content(tmp_path / "disk" / "real") == "new"


def test_others_may_read_the_tables(tmp_path: Path) -> None:
    with replaced(tmp_path / "out", NAMES) as beside:
        fill(beside, "new")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode
