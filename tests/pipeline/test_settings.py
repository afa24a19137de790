"""Settings: what is stronger than what, what a broken file says, and that every option is a setting that is told of."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from pipeline.cli import main
from pipeline.cli.app import app
from pipeline.cli.options import settings_of
from pipeline.settings import FILE, FILE_VARIABLE, SETTINGS, SIZE, Setting, unknown_variables

Held = Callable[..., dict[str, tuple[str, str]]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, in which yojitsu.toml is looked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(FILE_VARIABLE)
    return tmp_path


@pytest.fixture
def held(here: Path, capsys: pytest.CaptureFixture[str]) -> Held:
    """What `yojitsu config` prints: name to value and origin."""

    def held(*arguments: str) -> dict[str, tuple[str, str]]:
        assert main(["config", *arguments]) == 0
        lines = capsys.readouterr().out.splitlines()
        return {name: (value.strip(), origin) for name, value, origin in (split(line) for line in lines if "  " in line)}

    return held


def split(line: str) -> tuple[str, str, str]:
    name, rest = line.split(maxsplit=1)
    value, origin = rest.rsplit("  ", 1)
    return name, value, origin


def test_the_defaults_hold_where_nothing_is_set(held: Held) -> None:
    found = held()
    assert list(found) == list(SETTINGS)
    assert {origin for _, origin in found.values()} == {"default"}
    assert found["raw"] == ("data/raw", "default")
    assert found["jobs"] == ("one a core", "default")


WAYS = {"file": ("time_limit = 1", "1", FILE), "environment": ("2", "2", "YOJITSU_TIME_LIMIT"), "flag": ("3", "3", "--time-limit")}


@pytest.mark.parametrize(("weaker", "stronger"), list(combinations(WAYS, 2)))
def test_the_stronger_of_two_ways_holds(weaker: str, stronger: str, here: Path, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments: list[str] = []
    for way in (weaker, stronger):
        text = WAYS[way][0]
        if way == "file":
            (here / FILE).write_text(text + "\n", encoding="utf-8")
        elif way == "environment":
            monkeypatch.setenv("YOJITSU_TIME_LIMIT", text)
        else:
            arguments += ["--time-limit", text]
    assert held(*arguments)["time_limit"] == WAYS[stronger][1:]


EXAMPLES = {
    "a folder": ('"資料 2024/it\'s"', "資料 2024/it's"),
    "a folder, or s3://bucket/folder": ('"s3://資料/2024/"', "s3://資料/2024"),
    "a folder on storage, s3://bucket/folder": ('"s3://tables/予実"', "s3://tables/予実"),
    "a file": ('"list.toml"', "list.toml"),
    "a whole number, 0 or more": ("7", "7"),
    "a number of seconds, 0 or more": ("1.5", "1.5"),
    "a size such as 512MiB or 2GiB, or a number of bytes": ('"3 gib"', "3GiB"),
    "true or false": ("true", "true"),
}


def example(setting: Setting[Any]) -> tuple[str, str]:
    """A value that is not the default, as TOML and as it is shown."""
    return EXAMPLES.get(setting.kind.called) or (f'"{(last := setting.kind.metavar.split("|")[-1])}"', last)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_one_name_in_file_environment_and_flags(name: str, here: Path, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = SETTINGS[name]
    written, shown = example(setting)
    plain = written.strip('"')
    (here / FILE).write_text(f"{name} = {written}\n", encoding="utf-8")
    assert held()[name] == (shown, FILE)
    monkeypatch.setenv(f"YOJITSU_{name.upper()}", plain)
    assert held()[name] == (shown, f"YOJITSU_{name.upper()}")
    flag = f"--{name.replace('_', '-')}"
    assert held(*([flag] if plain == "true" else [flag, plain]))[name] == (shown, flag)


def test_a_switch_of_the_file_is_put_off_by_its_flag(here: Path, held: Held) -> None:
    (here / FILE).write_text("quiet = true\n", encoding="utf-8")
    assert held("--no-quiet")["quiet"] == ("false", "--quiet")


def test_an_empty_variable_sets_nothing(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOJITSU_OUT", "")
    assert held()["out"] == ("data/parquet", "default")


@pytest.mark.parametrize("by", ["flag", "variable"])
def test_another_file_may_be_named_and_is_then_the_only_one(by: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (here / FILE).write_text("jobs = 1\n", encoding="utf-8")
    (here / "other.toml").write_text("retries = 9\n", encoding="utf-8")
    if by == "variable":
        monkeypatch.setenv(FILE_VARIABLE, "other.toml")
    assert main([*(["--config", "other.toml"] if by == "flag" else []), "config"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[1:] for line in said.splitlines() if line.startswith("retries")] == [["9", "other.toml"]]
    assert [line.split()[-1] for line in said.splitlines() if line.startswith("jobs")] == ["default"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("time-limit = 3", "there is no setting 'time-limit'; did you mean time_limit?"),
        ("Jobs = 3", "there is no setting 'Jobs'; did you mean jobs?"),
        ("[ingest]\njobs = 3", "there is no setting 'ingest'; there are raw, out"),
        ("jobs = '3'", "jobs must be a whole number, 0 or more, not '3'"),
        ("jobs = -3", "jobs must be a whole number, 0 or more, not -3"),
        ("jobs = true", "jobs must be a whole number, 0 or more, not true"),
        ("jobs = 1.5", "jobs must be a whole number, 0 or more, not 1.5"),
        ("delay = nan", "delay must be a number of seconds, 0 or more, not nan"),
        ("delay = inf", "delay must be a number of seconds, 0 or more, not inf"),
        ("memory_limit = '2 gigs'", "memory_limit must be a size"),
        ("memory_limit = -1", "memory_limit must be a size"),
        ("quiet = 'yes'", "quiet must be true or false, not 'yes'"),
        ("require = 'info'", "require must be one of never, warning, error, not 'info'"),
        ("raw = ''", "raw must be a folder, or s3://bucket/folder, not ''"),
        ("raw = ['a', 'b']", "raw must be a folder, or s3://bucket/folder, not ['a', 'b']"),
        ("raw = { a = 1 }", "raw must be a folder, or s3://bucket/folder, not a table"),
        ("jobs = 1\njobs = 2", "is no TOML: Cannot overwrite a value"),
        ("jobs 3", "is no TOML"),
        ("jobs = 3 # 資料".encode("cp932"), "is not UTF-8"),
    ],
)
def test_a_broken_file_ends_with_1_and_a_sentence_that_names_file_and_key(
    content: str | bytes, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / FILE).write_bytes(content.encode() if isinstance(content, str) else content)
    assert main(["ingest"]) == 1
    assert capsys.readouterr().err.startswith(f"yojitsu: {FILE}: {said}")


def test_a_named_file_that_is_not_there_ends_with_1(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", "gone.toml", "config"]) == 1
    assert "gone.toml: cannot be opened" in capsys.readouterr().err


def test_a_file_with_the_mark_of_windows_editors_is_read(here: Path, held: Held) -> None:
    (here / FILE).write_bytes("\N{BOM}jobs = 3\r\n".encode())
    assert held()["jobs"] == ("3", FILE)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("YOJITSU_JOBS", "many", "YOJITSU_JOBS: 'many' is not a whole number"),
        ("YOJITSU_REQUIRE", "info", "YOJITSU_REQUIRE: 'info' is not one of never, warning, error"),
        ("YOJITSU_QUIET", "perhaps", "YOJITSU_QUIET: "),
    ],
)
def test_a_wrong_variable_is_named(
    variable: str, value: str, said: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)
    assert main(["config"]) == 1
    assert capsys.readouterr().err.startswith(f"yojitsu: {said}")


def test_a_wrong_flag_is_named_though_the_variable_is_set(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("YOJITSU_JOBS", "3")
    assert main(["config", "--jobs", "many"]) == 1
    assert capsys.readouterr().err.startswith("yojitsu: --jobs: 'many' is not a whole number")


def test_a_variable_that_is_no_setting_is_told_of(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("YOJITSU_TIMELIMIT", "3")
    assert main(["config"]) == 1
    assert "YOJITSU_TIMELIMIT is no setting; did you mean YOJITSU_TIME_LIMIT?" in capsys.readouterr().err
    assert main(["ingest", "gone"]) == 1
    assert "YOJITSU_TIMELIMIT is no setting" in capsys.readouterr().err
    assert unknown_variables({FILE_VARIABLE: "x", "YOJITSU_OUT": "x", "OTHER": "x"}) == []


def commands() -> dict[str, Any]:
    found: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    return found


# What is said once and not for every run.
ONCE = {"fresh", "only", "dry_run"}


@pytest.mark.parametrize("command", sorted({"ingest", "refresh", "review"} & set(commands())))
def test_every_option_of_a_run_is_a_setting_with_its_default_and_its_flag(command: str) -> None:
    found = commands()[command]
    settings = list(settings_of(found))
    assert {param.name for param in found.params if param.name not in ("help", *ONCE)} == {param.name for param, _ in settings}
    for param, setting in settings:
        assert param.default == setting.default
        assert param.param_type_name == "argument" or setting.flag in param.opts


def test_the_file_sets_what_a_command_calls_by_another_name_and_nothing_else(here: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / FILE).write_text('out = "tables"\nreview = "page"\n', encoding="utf-8")
    assert main(["findings"]) == 1
    assert "tables" in capsys.readouterr().err
    # The picture of `look` has an --out of its own, which no setting names.
    assert main(["look", "a.pdf"]) == 1
    assert "Missing option" in capsys.readouterr().err


def test_ingest_runs_by_the_file_alone(here: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (raw / "a.txt").write_text("件数 目標10件\n", encoding="utf-8")
    (here / FILE).write_text('raw = "raw"\nout = "出 力"\njobs = 0\nquiet = true\n', encoding="utf-8")
    assert main(["ingest"]) == 0
    assert (here / "出 力" / "targets").is_dir()
    assert capsys.readouterr().out == ""


def test_a_folder_in_the_home_is_written_with_a_tilde(held: Held, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv/keeper")
    (here / FILE).write_text('raw = "~/plans"\n', encoding="utf-8")
    assert held()["raw"] == ("/srv/keeper/plans", FILE)


@pytest.mark.parametrize(
    ("written", "size", "shown"),
    [
        ("2GiB", 2 * 1024**3, "2GiB"),
        ("500 MB", 500_000_000, "500MB"),
        ("1.5gib", 1536 * 1024**2, "1536MiB"),
        ("1023", 1023, "1023B"),
        (4096, 4096, "4KiB"),
        ("0", 0, "0B"),
    ],
)
def test_a_size_is_read_and_shown(written: str | int, size: int, shown: str) -> None:
    assert SIZE.read(written) == size
    assert SIZE.shown(size) == shown
    assert SIZE.read(shown) == size
