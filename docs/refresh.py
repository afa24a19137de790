"""Write what the READMEs, docs/tables.md, docs/rules.md and docs/changes.md show: `make docs`. A test says when they no longer show what the program does.

The examples of docs/changes.md compare the tables of the two folders in docs/example.
A README's python block is run where `data/parquet` holds the tables of `data/raw`; what it prints stands in the block between the two marks after it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import sys
from pathlib import Path

from pipeline.changes import compare
from pipeline.changes.render import markdown
from pipeline.cli import main
from pipeline.listing import rules_page
from pipeline.schema import dictionary

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n<!-- output -->\n```\n(?P<output>.*?)```\n<!-- /output -->", re.DOTALL)
DIFF = re.compile(r"```sh\n(?P<command>yojitsu diff [^\n]*)\n```\n\n<!-- output -->\n```\n(?P<output>.*?)```\n<!-- /output -->", re.DOTALL)
REPORT = re.compile(r"(?<=<!-- report -->\n```\n).*?(?=```\n<!-- /report -->)", re.DOTALL)
TABLES_HEAD = "# Tables\n\nMade by `yojitsu schema`; every description stands in the Parquet metadata too.\n\n"


def filled(readme: str, place: Path) -> str:
    """The README with the output that its examples print in the folder `place`."""
    with contextlib.chdir(place):
        return EXAMPLE.sub(lambda found: found[0].replace(f"```\n{found['output']}```", f"```\n{printed_by(found['code'])}```"), readme)


def printed_by(code: str) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "README", "exec"), {})
    return output.getvalue()


def changes_page(page: str, place: Path) -> str:
    """docs/changes.md with what its command prints, and the report of a night with nothing new, over tables written into the folder `place`."""
    for folder in sorted((ROOT / "docs" / "example").iterdir()):
        main(["ingest", str(folder), "--out", str(place / folder.name), "--jobs", "0", "--quiet"])
    output = io.StringIO()
    with contextlib.chdir(place), contextlib.redirect_stdout(output):
        found = DIFF.search(page)
        assert found, "docs/changes.md shows a command and what it prints"
        main(found["command"].split()[1:])
    same = place / "this_year"
    report = markdown(compare(same, same), now=dt.datetime(2026, 4, 1, 3, 0, tzinfo=dt.UTC))
    return REPORT.sub(lambda _: report, DIFF.sub(lambda found: found[0].replace(f"```\n{found['output']}```", f"```\n{output.getvalue()}```"), page))


def tables_page() -> str:
    return TABLES_HEAD + dictionary() + "\n"


if __name__ == "__main__":
    for name in READMES:
        path = ROOT / name
        path.write_text(filled(path.read_text(encoding="utf-8"), Path(sys.argv[1])), encoding="utf-8")
    changes = ROOT / "docs" / "changes.md"
    changes.write_text(changes_page(changes.read_text(encoding="utf-8"), Path(sys.argv[1])), encoding="utf-8")
    (ROOT / "docs" / "tables.md").write_text(tables_page(), encoding="utf-8")
    (ROOT / "docs" / "rules.md").write_text(rules_page() + "\n", encoding="utf-8")
