"""The examples for schedulers: each is valid to what reads it, and every command in it exists."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from docs.refresh import ROOT
from pipeline.cli import Exit
from pipeline.cli.app import app
from pipeline.settings import FILE_VARIABLE, SETTINGS

SCHEDULE = ROOT / "schedule"
SERVICE, TIMER, CRONTAB, WORKFLOW = (SCHEDULE / name for name in ("yojitsu.service", "yojitsu.timer", "crontab", "github-actions.yml"))
PLACE = "/srv/yojitsu"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")


def unit(path: Path) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=True)
    # systemd's names have capitals.
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def workflow() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return loaded


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow()["jobs"]["refresh"]["steps"]
    return found


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    """The units as they are on a machine on which the command is installed, which is a program that is there."""
    for path in (SERVICE, TIMER):
        text = path.read_text(encoding="utf-8").replace(f"{PLACE}/.venv/bin/yojitsu", "/bin/true").replace(PLACE, str(tmp_path))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    return tmp_path


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(placed: Path) -> None:
    done = analyze("verify", placed / SERVICE.name, placed / TIMER.name)
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_would_find_a_mistyped_line(placed: Path) -> None:
    service = placed / SERVICE.name
    service.write_text(service.read_text(encoding="utf-8").replace("Nice=10", "Niece=10"), encoding="utf-8")
    assert "Niece" in analyze("verify", service).stderr


@needs_systemd
def test_the_service_that_reads_strangers_files_is_shut_in(placed: Path) -> None:
    done = analyze("security", "--offline=true", "--threshold=20", placed / SERVICE.name)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


@needs_systemd
def test_the_timer_names_a_time_that_comes_every_day() -> None:
    when = unit(TIMER)["Timer"]["OnCalendar"]
    done = analyze("calendar", "--iterations=3", "--base-time=2026-04-01 00:00:00 UTC", when)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"2026-04-0\d 17:30:00 UTC", done.stdout) == [f"2026-04-0{day} 17:30:00 UTC" for day in (1, 2, 3)]


def test_the_timer_makes_up_for_a_night_and_spreads_requests() -> None:
    timer = unit(TIMER)["Timer"]
    assert timer["Persistent"] == "true"
    assert timer["RandomizedDelaySec"]


def options_of(call: list[str]) -> set[str]:
    """The options that the command of a call knows; fails where there is no such command."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert call[0] in commands, f"there is no command {call[0]}"
    return {name for param in commands[call[0]].params for name in [*param.opts, *param.secondary_opts]}


def calls() -> dict[str, list[str]]:
    """What follows `yojitsu` in each example."""
    line = CRONTAB.read_text(encoding="utf-8").splitlines()[-1]
    run = "\n".join(step.get("run", "") for step in steps())
    texts = {"service": unit(SERVICE)["Service"]["ExecStart"], "crontab": line, "workflow": run}
    found = {name: re.findall(r"\.venv/bin/yojitsu ([^|\n]+)", text) for name, text in texts.items()}
    assert all(len(some) == 1 for some in found.values())
    return {name: shlex.split(some[0]) for name, some in found.items()}


@pytest.mark.parametrize("example", ["service", "crontab", "workflow"])
def test_every_command_of_an_example_exists_with_its_options(example: str) -> None:
    call = calls()[example]
    assert {word for word in call[1:] if word.startswith("-")} <= options_of(call)


def test_every_make_target_of_an_example_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [path.read_text(encoding="utf-8") for path in sorted(SCHEDULE.iterdir())]
    texts.append((ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8"))
    asked = {target for text in texts for target in re.findall(rf"(?:`make |run: make |make -C {PLACE} )([\w-]+)", text)}
    assert "venv" in asked
    assert asked <= targets


def test_every_variable_of_an_example_is_a_setting_that_takes_its_value() -> None:
    service = dict(pair.split("=", 1) for pair in unit(SERVICE)["Service"]["Environment"].split())
    by_variable = {setting.variable: setting for setting in SETTINGS.values()}
    for variable, value in [*service.items(), *workflow()["env"].items()]:
        assert variable != FILE_VARIABLE
        by_variable[variable].kind.read(value)


def test_the_line_of_the_crontab_runs_where_its_program_is_and_says_the_code(tmp_path: Path) -> None:
    line = CRONTAB.read_text(encoding="utf-8").splitlines()[-1]
    fields = line.split(maxsplit=5)
    assert [re.fullmatch(r"\d+|\*", field) is not None for field in fields[:5]] == [True] * 5
    # A % ends the command to cron.
    assert "%" not in fields[5]
    program = tmp_path / ".venv" / "bin" / "yojitsu"
    program.parent.mkdir(parents=True)
    for code, said in ((0, ""), (6, "yojitsu refresh ended with 6: see docs/scheduling.md\n")):
        program.write_text(f'#!/bin/sh\n[ "$*" = "refresh --quiet" ] && exit {code}\nexit 99\n', encoding="utf-8")
        program.chmod(0o755)
        done = subprocess.run(["/bin/sh", "-c", fields[5].replace(PLACE, shlex.quote(str(tmp_path)))], capture_output=True, text=True, check=False)
        assert done.stdout == said


def test_the_workflow_is_one_to_githubs_schema() -> None:
    command = [shutil.which("check-jsonschema") or "check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_pins_its_actions_asks_for_little_and_runs_once_at_a_time() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40}", one)] == []
    assert workflow()["permissions"] == {"contents": "read"}
    assert workflow()["concurrency"] == {"group": "refresh", "cancel-in-progress": False}


def test_the_workflow_keeps_and_offers_what_the_settings_name() -> None:
    env = workflow()["env"]
    kept = [step["with"]["path"] for step in steps() if "cache/" in step.get("uses", "")]
    assert kept == ["collection", "collection"]
    assert all(env[f"YOJITSU_{name}"].startswith("collection/") for name in ("RAW", "OUT", "STORE", "REPORTS"))
    [offered] = [step["with"]["path"].split() for step in steps() if "upload-artifact" in step.get("uses", "")]
    assert offered == [env["YOJITSU_OUT"], env["YOJITSU_REPORTS"]]


@pytest.mark.parametrize("code", Exit)
def test_the_workflow_fails_on_every_code_but_0_and_those_with_which_a_source_or_document_failed(code: Exit, tmp_path: Path) -> None:
    [script] = [step["run"] for step in steps() if step.get("name") == "Refresh"]
    program = tmp_path / ".venv" / "bin" / "yojitsu"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\nexit {code.value}\n", encoding="utf-8")
    program.chmod(0o755)
    # GitHub's own way to run a step.
    done = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == (0 if code in (Exit.FINE, Exit.SOME_FAILED, Exit.SOURCES_FAILED) else code)
    assert ("::" in done.stdout) == (code is not Exit.FINE)


def test_the_codes_that_the_service_may_tolerate_are_those_with_which_tables_are_written() -> None:
    [codes] = re.findall(r"^#SuccessExitStatus=(.*)$", SERVICE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [Exit(int(code)) for code in codes.split()] == [Exit.SOME_FAILED, Exit.SOURCES_FAILED]
