"""Write what the READMEs and docs/*.md show, and yojitsu.example.toml: `make docs`. A test says when they no longer show what the program does.

The examples of docs/changes.md compare the tables of the two folders in docs/example.
A python block of a README or of docs/analysts.md that has a block between two marks after it is run where `data/parquet` holds the tables of `data/raw`;
what it prints stands between the marks.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
import shutil
import sys
import unittest.mock
from pathlib import Path

import tomli_w

from docs.commands import commands_page
from pipeline.changes import compare
from pipeline.changes.render import markdown
from pipeline.cli import Exit, main
from pipeline.listing import rules_page
from pipeline.schema import dictionary
from pipeline.settings import SETTINGS, SIZE

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
ANALYSTS = "docs/analysts.md"
# The picture that the README's example writes into its working folder, and the copy that the README shows.
WORST = "worst.png"
EXAMPLE = re.compile(r"```python\n(?P<code>(?:(?!```).)*)```\n\n<!-- output -->\n```\n(?P<output>.*?)```\n<!-- /output -->", re.DOTALL)
DIFF = re.compile(r"```sh\n(?P<command>yojitsu diff [^\n]*)\n```\n\n<!-- output -->\n```\n(?P<output>.*?)```\n<!-- /output -->", re.DOTALL)
REPORT = re.compile(r"(?<=<!-- report -->\n```\n).*?(?=```\n<!-- /report -->)", re.DOTALL)
TABLES_HEAD = "# Tables\n\n[日本語](tables.ja.md)\n\nMade by `yojitsu schema`; every description stands in the Parquet metadata too.\n\n"
TABLES_HEAD_JA = "# 表\n\n[English](tables.md)\n\n`make docs` が pipeline/schema.toml と schema.ja.toml から作ります。\n\n"
EXIT_CODES = re.compile(r"(<!-- exit codes -->).*?(<!-- /exit codes -->)", re.DOTALL)
SETTINGS_HEAD = """# Settings

Made by `make docs` from the list in `pipeline/settings.py`.

Every setting has one name in three places: `time_limit` in the file `yojitsu.toml`, `YOJITSU_TIME_LIMIT` in the environment, `--time-limit` as a flag. A flag
is stronger than the environment, the environment than the file, the file than the default. `yojitsu config` prints what holds and where it comes from; it takes
the flags of the other commands, to try them.

- The file is `yojitsu.toml` in the working folder, or the one that `yojitsu --config FILE ...` or `YOJITSU_CONFIG` names (then that one alone).
  `yojitsu.example.toml` has every setting, ready to be copied. A key that is no setting, a value of the wrong type and a file that is no TOML end with 1
  and a sentence.
- Paths are relative to the working folder, also those of a file elsewhere; `~` is the home.
- An empty variable sets nothing. A `YOJITSU_` variable that is no setting is a warning in the log, and ends `yojitsu config` with 1. `.env` files are not read.
- What `make ingest RAW=... OUT=...` is given counts as a flag; what it is not given is left to the settings.
- `raw` of `ingest`, and `out` of `review`, `findings` and `unclaimed`, are given as arguments instead of flags. `review` calls `--review` also `--out`.
- Sizes are written `512MiB` (1024 by 1024) or `500MB` (1000 by 1000), or as bytes.
"""
EXAMPLE_HEAD = """# Settings of yojitsu. Copy this file to yojitsu.toml and take the # away from what is to be set; docs/settings.md says how it works.
"""


def filled(readme: str, place: Path) -> str:
    """The README with the output that its examples print in the folder `place`."""
    # What an example shows on its page it finds among the sample documents.
    with contextlib.chdir(place), unittest.mock.patch.dict(os.environ, {"YOJITSU_RAW": str(ROOT / "data" / "raw")}):
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


def tables_page_ja() -> str:
    return TABLES_HEAD_JA + dictionary(japanese=True) + "\n"


def settings_page() -> str:
    rows = [
        f"| `{one.name}` | `{one.flag}` | {one.kind.called} | {one.instead or f'`{one.shown(one.default)}`'} | {one.meaning} |" for one in SETTINGS.values()
    ]
    return "\n".join([SETTINGS_HEAD, "| setting | flag | holds | default | meaning |", "| --- | --- | --- | --- | --- |", *rows, ""])


def example_file() -> str:
    """yojitsu.example.toml: every setting with its meaning, put off by a `#`; what has no fixed default shows a value that it may have."""
    blocks = [f"# {one.meaning} Default: {one.shown(one.default)}.\n#{_line(one.name, one.default)}\n" for one in SETTINGS.values()]
    return "\n".join([EXAMPLE_HEAD, *blocks])


def _line(name: str, value: object) -> str:
    if value is None:
        value = {"publish_to": "s3://bucket/tables", "store": "data/store", "jobs": 2, "scheduler": "tcp://127.0.0.1:8786"}[name]
    kind = SETTINGS[name].kind
    plain = value if isinstance(value, bool | int | float) and kind is not SIZE else kind.shown(value)
    return tomli_w.dumps({name: plain}).strip()


def with_exit_codes(page: str) -> str:
    """The page with the table of exit codes between its marks."""
    rows = [f"| {code.value} | {code.meaning} | {code.remedy} |" for code in Exit]
    table = "\n".join(["| code | means | what to do |", "| --- | --- | --- |", *rows])
    return EXIT_CODES.sub(lambda found: f"{found[1]}\n{table}\n{found[2]}", page)


if __name__ == "__main__":
    for name in (*READMES, ANALYSTS):
        path = ROOT / name
        path.write_text(filled(path.read_text(encoding="utf-8"), Path(sys.argv[1])), encoding="utf-8")
    shutil.copy(Path(sys.argv[1]) / WORST, ROOT / "docs" / WORST)
    changes = ROOT / "docs" / "changes.md"
    changes.write_text(changes_page(changes.read_text(encoding="utf-8"), Path(sys.argv[1])), encoding="utf-8")
    (ROOT / "docs" / "tables.md").write_text(tables_page(), encoding="utf-8")
    (ROOT / "docs" / "tables.ja.md").write_text(tables_page_ja(), encoding="utf-8")
    (ROOT / "docs" / "rules.md").write_text(rules_page() + "\n", encoding="utf-8")
    (ROOT / "docs" / "commands.md").write_text(commands_page(), encoding="utf-8")
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
    (ROOT / "yojitsu.example.toml").write_text(example_file(), encoding="utf-8")
    schedule = ROOT / "docs" / "scheduling.md"
    schedule.write_text(with_exit_codes(schedule.read_text(encoding="utf-8")), encoding="utf-8")
