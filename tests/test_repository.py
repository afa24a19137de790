"""The files around the code: the lock, the make targets, and nothing of anybody's machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
TEXTS = {".py", ".toml", ".md", ".txt", ".csv", ".tsv", ".json", ".yml", ".yaml", ".html", ""}
LEFT_OUT = {".git", ".venv", "build", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__", "parquet"}


def pins() -> dict[str, str]:
    """Each locked distribution to its block of lines."""
    blocks = re.split(r"\n(?=[a-z0-9])", "\n".join(line for line in LOCK.splitlines() if not line.lstrip().startswith("#")))
    return {re.split(r"==", block)[0].strip(): block for block in blocks if block.strip()}


def plain(requirement: str) -> str:
    return re.split(r"[<>=!~; \[]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_the_lock_names_no_index_and_no_address() -> None:
    assert not re.search(r"://|^\s*--(?:extra-)?index-url|^\s*--find-links|^\s*--trusted-host|^-[ef] ", LOCK, re.MULTILINE)


def test_every_locked_distribution_has_one_version_and_hashes() -> None:
    assert pins()
    assert [name for name, block in pins().items() if not re.match(r"[a-z0-9.-]+==\S+", block) or "--hash=sha256:" not in block] == []


def test_the_lock_holds_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {plain(one) for one in [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    assert asked <= {plain(name) for name in pins()}


def tracked_texts() -> list[Path]:
    files = [file for file in ROOT.rglob("*") if file.is_file() and not LEFT_OUT & set(file.relative_to(ROOT).parts)]
    return [file for file in files if file.suffix in TEXTS and "egg-info" not in file.as_posix()]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    # Put together here, so that this file does not find itself.
    machine = re.compile("|".join("/" + folder + r"/[\w.]" for folder in ("home", "Users", "work", "opt", "root", "tmp")) + r"|[A-Z]:\\" + r"\\?Users")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in tracked_texts()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if machine.search(line)
    ]
    assert found == []


def test_the_build_server_runs_what_a_developer_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile alone, in a folder whose name has a blank, with an environment that only repeats its arguments."""
    folder = tmp_path / "my checkout"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    python = folder / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\nfor a in "$@"; do echo "<$a>"; done\n')
    python.chmod(0o755)
    (folder / ".venv" / ".stamp").touch()
    return folder


def make(checkout: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    ours = {"MFLAGS", "RAW", "OUT", "REVIEW", "SOURCES", "EXPORT", "PYTHON"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name not in ours}
    command = shutil.which("make")
    assert command, "make is needed"
    return subprocess.run([command, *arguments], cwd=checkout, env=environment | ({"PATH": path} if path else {}), capture_output=True, text=True, check=False)


def test_make_ingest_hands_on_folders_with_blanks_quotes_and_japanese_names(checkout: Path) -> None:
    done = make(checkout, "ingest", "RAW=資料 2024/it's", "OUT=build/出 力")
    assert done.stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<ingest>", "<--out>", "<build/出 力>", "<-->", "<資料 2024/it's>"]


def test_make_export_hands_on_folders(checkout: Path) -> None:
    done = make(checkout, "export", "EXPORT=表 計算", "OUT=出 力")
    assert done.stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<export>", "<--to>", "<表 計算>", "<-->", "<出 力>"]


def test_make_refresh_hands_on_sources_and_folders(checkout: Path) -> None:
    done = make(checkout, "refresh", "SOURCES=一 覧.toml", "RAW=資料 2024", "OUT=出 力")
    assert done.stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<refresh>", "<--sources>", "<一 覧.toml>", "<--out>", "<出 力>", "<-->", "<資料 2024>"]


def test_make_review_hands_on_its_three_folders(checkout: Path) -> None:
    done = make(checkout, "review", "RAW=資料 2024", "OUT=出 力", "REVIEW=it's a page")
    assert done.stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<review>", "<--raw>", "<資料 2024>", "<--review>", "<it's a page>", "<-->", "<出 力>"]


def test_compiled_modules_are_brought_up_to_date_before_they_run(checkout: Path) -> None:
    for name in ("setup.py", "extractors/a.py", "pipeline/a.py", "yojitsu/a.py"):
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).touch()
    assert not any("compiling" in line for line in make(checkout, "ingest").stdout.splitlines())
    (checkout / ".venv" / ".compiled").touch()
    assert make(checkout, "ingest").stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<ingest>"]
    later = (checkout / ".venv" / ".compiled").stat().st_mtime + 10
    os.utime(checkout / "extractors" / "a.py", (later, later))
    said = make(checkout, "ingest").stdout.splitlines()
    assert any("compiling" in line for line in said) and said[-4:] == ["<-P>", "<-m>", "<pipeline>", "<ingest>"]


def test_make_hands_on_nothing_that_was_not_said_so_that_settings_hold(checkout: Path) -> None:
    assert make(checkout, "ingest").stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<ingest>"]
    assert make(checkout, "review").stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<review>"]
    assert make(checkout, "ingest", "RAW=").stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<ingest>"]
    assert make(checkout, "ingest", "OUT=出 力").stdout.splitlines() == ["<-P>", "<-m>", "<pipeline>", "<ingest>", "<--out>", "<出 力>"]


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_makes_the_environment_stale(checkout: Path, changed: str) -> None:
    assert "making .venv" not in make(checkout, "--dry-run", "ingest").stdout
    os.utime(checkout / changed, (2**32 - 1, 2**32 - 1))
    assert "making .venv" in make(checkout, "--dry-run", "ingest").stdout


def test_an_environment_that_does_not_start_is_made_anew(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").write_text("#!/nowhere/python\n")
    assert "making .venv" in make(checkout, "--dry-run", "ingest").stdout


def test_an_old_python_gives_a_clear_sentence(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "bash", "rm", "touch", "echo"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3").chmod(0o755)
    (checkout / ".venv" / ".stamp").unlink()
    done = make(checkout, "ingest", path=str(tools))
    assert done.returncode == 2
    assert "needs Python 3.11 or newer" in done.stderr
