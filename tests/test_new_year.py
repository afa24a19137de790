"""docs/new-year.md names only commands, make targets, options and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from pipeline.cli.app import app

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "new-year.md").read_text(encoding="utf-8")
# typer's own group: it has its commands by name.
COMMANDS = vars(typer.main.get_command(app))["commands"]


def named(pattern: str) -> list[str]:
    return sorted(set(re.findall(pattern, PAGE)))


@pytest.mark.parametrize("name", named(r"yojitsu ([a-z][a-z-]*)"))
def test_every_command_exists(name: str) -> None:
    assert name in COMMANDS


@pytest.mark.parametrize("name", named(r"make ([a-z]+)\n|`make ([a-z]+)`"))
def test_every_make_target_exists(name: tuple[str, str]) -> None:
    target = name[0] or name[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("call", named(r"yojitsu ((?:diff-headers|explain|look|findings|unclaimed)[^`\n]*--[^`\n]*)"))
def test_every_option_exists(call: str) -> None:
    command = COMMANDS[call.split()[0]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", call)) <= options


@pytest.mark.parametrize("path", named(r"`((?:data|extractors|pipeline|tests)/[a-z_./]+)`") + named(r"\]\((\.\./[^)]+|[a-z.]+\.md)\)"))
def test_every_file_exists(path: str) -> None:
    found = ROOT / "docs" / path if path.startswith("..") or "/" not in path else ROOT / path
    assert found.exists() or path in ("data/sources.toml", "data/parquet")
