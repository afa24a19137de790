"""What the READMEs and docs/ show is what the program does: `make docs` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.refresh import EXAMPLE, READMES, ROOT, changes_page, filled, tables_page


@pytest.mark.parametrize("name", READMES)
def test_the_examples_print_what_the_readme_shows(name: str, published: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(EXAMPLE.findall(text)) == text.count("```python") == 2
    assert filled(text, published) == text


def test_the_page_of_the_tables_is_the_schema() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == tables_page()


def test_the_page_of_changes_shows_what_the_command_prints(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    assert "revised" in text
    assert changes_page(text, tmp_path) == text


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_link_to_files_that_are_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
