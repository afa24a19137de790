"""What the READMEs and docs/ show is what the program does: `make docs` writes it anew."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from typer.main import get_command

from docs.commands import EXAMPLES, commands_page, without_page
from docs.refresh import (
    ANALYSTS,
    EXAMPLE,
    READMES,
    ROOT,
    WORST,
    changes_page,
    example_file,
    filled,
    settings_page,
    tables_page,
    tables_page_ja,
    with_exit_codes,
)
from pipeline.cli.app import app
from pipeline.schema import TABLES
from pipeline.settings import SETTINGS, from_file


@pytest.mark.parametrize("name", READMES)
def test_the_examples_print_what_the_readme_shows(name: str, published: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(EXAMPLE.findall(text)) == text.count("```python") == 3
    assert filled(text, published) == text
    # By their pixels: another system draws the edges of letters a shade lighter.
    drawn, shown = (Image.open(file).convert("L") for file in (published / WORST, ROOT / "docs" / WORST))
    assert drawn.size == shown.size
    assert ImageStat.Stat(ImageChops.difference(drawn, shown)).mean[0] < 2


def test_the_example_for_analysts_prints_what_the_page_shows(published: Path) -> None:
    text = (ROOT / ANALYSTS).read_text(encoding="utf-8")
    assert len(EXAMPLE.findall(text)) == text.count("<!-- output -->") == 1
    assert filled(text, published) == text


def test_the_page_of_the_tables_is_the_schema() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == tables_page()
    assert (ROOT / "docs" / "tables.ja.md").read_text(encoding="utf-8") == tables_page_ja()


def test_every_table_and_column_has_its_meaning_in_japanese() -> None:
    assert [name for name, table in TABLES.items() if not table.about_ja] == []
    assert [f"{table.name}.{c.name}" for table in TABLES.values() for c in table.columns if not (isinstance(c.about_ja, str) and c.about_ja)] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readme_has_every_table(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [table for table in TABLES if f"| `{table}` |" not in text] == []


@pytest.mark.parametrize("name", ["docs/tables.md", "docs/tables.ja.md"])
def test_every_table_has_its_section(name: str) -> None:
    sections = re.findall(r"^## `?(\w+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert sections == list(TABLES)


def test_every_command_has_its_section_and_a_missing_one_is_noticed() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page()
    assert without_page(page) == []
    assert without_page(page.replace("\n## yojitsu link\n", "\n")) == ["link"]


def test_the_japanese_page_of_the_commands_has_every_command() -> None:
    text = (ROOT / "docs" / "commands.ja.md").read_text(encoding="utf-8")
    assert [command for command in EXAMPLES if f"| `yojitsu {command}" not in text] == []


@pytest.mark.parametrize("call", [call for calls, _ in EXAMPLES.values() for call in calls])
def test_the_calls_on_the_page_of_the_commands_are_calls_of_theirs(call: str) -> None:
    name, *words = shlex.split(call)[1:]
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    # Raises where an option is not the command's, or where it has a word too many.
    command.make_context(name, words)


def test_the_page_of_changes_shows_what_the_command_prints(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    assert "revised" in text
    assert changes_page(text, tmp_path) == text


@pytest.mark.parametrize("name", [*READMES, *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))])
def test_the_pages_link_to_files_that_are_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links or name not in READMES
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_the_page_of_the_settings_is_their_list() -> None:
    page = settings_page()
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page
    assert all(f"| `{name}` |" in page for name in SETTINGS)


def test_the_page_of_scheduling_has_every_exit_code() -> None:
    page = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    assert with_exit_codes(page) == page
    assert with_exit_codes("<!-- exit codes --><!-- /exit codes -->") in page


def test_the_example_of_a_settings_file_sets_every_setting_to_its_default_once_the_marks_are_gone(tmp_path: Path) -> None:
    example = (ROOT / "yojitsu.example.toml").read_text(encoding="utf-8")
    assert example == example_file()
    (tmp_path / "yojitsu.toml").write_text(example, encoding="utf-8")
    assert from_file(tmp_path / "yojitsu.toml") == {}
    (tmp_path / "yojitsu.toml").write_text(re.sub(r"^#(?! )", "", example, flags=re.MULTILINE), encoding="utf-8")
    set_to = from_file(tmp_path / "yojitsu.toml")
    assert list(set_to) == list(SETTINGS)
    assert {name: value for name, value in set_to.items() if SETTINGS[name].default is not None} == {
        name: setting.default for name, setting in SETTINGS.items() if setting.default is not None
    }
