"""The page of the commands, made from what each says of itself: `make docs` writes docs/commands.md.

A command that is not in EXAMPLES has no page: a test fails, and so does `make docs`.
"""

from __future__ import annotations

import enum
from typing import Any

from typer.main import get_command

from pipeline.cli.app import app
from pipeline.cli.options import BY_VARIABLE

HEAD = """# Commands

[日本語](commands.ja.md)

Made by `make docs` from what `yojitsu COMMAND --help` prints. `make venv` puts the command at `.venv/bin/yojitsu`; `make ingest`, `make refresh`, `make review`
and `make export` are the commands of these names. Options that are settings may stand in `yojitsu.toml` or the environment too: [settings.md](settings.md).
All exit codes: [scheduling.md](scheduling.md).
"""
# In the order in which a person meets them: calls that do something on the sample documents, and the page that tells more.
EXAMPLES: dict[str, tuple[tuple[str, ...], str]] = {
    "ingest": (("yojitsu ingest", "yojitsu ingest plans --out plans-tables --jobs 4"), "runs.md"),
    "review": (("yojitsu review",), "design.md"),
    "findings": (("yojitsu findings --severity warning",), "rules.md"),
    "unclaimed": (("yojitsu unclaimed --reason unknown",), "tables.md"),
    "link": (("yojitsu link 就職件数", "yojitsu link --review"), "linking.md"),
    "sql": (("yojitsu sql 'select indicator, value, unit from targets where fiscal_year = 2024'",), "analysts.md"),
    "export": (("yojitsu export --to build/export",), "analysts.md"),
    "explain": (("yojitsu explain data/raw/ittaiteki_jisshi_h25.pdf --page 2", "yojitsu explain --text '３億５,０００万円（前年度比△12.3％）'"), "readings.md"),
    "look": (("yojitsu look data/raw/ittaiteki_jisshi_h25.pdf --page 2 -o page.png",), "design.md"),
    "refresh": (("yojitsu refresh --dry-run",), "sources.md"),
    "diff": (("yojitsu diff tables-of-last-week data/parquet",), "changes.md"),
    "diff-headers": (("yojitsu diff-headers last-year.pdf this-year.pdf",), "new-year.md"),
    "rules": (("yojitsu rules",), "rules.md"),
    "schema": (("yojitsu schema targets",), "tables.md"),
    "config": (("yojitsu config",), "settings.md"),
}


def commands_page() -> str:
    """Every command with its arguments, options and examples. Raises ValueError for a command that EXAMPLES does not have."""
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    return "\n".join([HEAD, *(_section(name, commands[name]) for name in sorted(commands, key=list(EXAMPLES).index))])


def without_page(page: str) -> list[str]:
    """The commands that a page has no section for."""
    return [name for name in get_command(app).commands if f"\n## yojitsu {name}\n" not in page]  # type: ignore[attr-defined]


def _section(name: str, command: Any) -> str:
    calls, more = EXAMPLES[name]
    lines = [f"## yojitsu {name}\n", " ".join(command.help.split("\n\n")[0].split()), ""]
    lines += [" ".join(part.split()) + "\n" for part in command.help.split("\n\n")[1:]]
    lines += ["```sh", *calls, "```", ""]
    options = [param for param in command.params if param.name != "help"]
    # What every setting means stands on a page of its own.
    if options and name != "config":
        lines += ["| argument or option | means | default |", "| --- | --- | --- |", *map(_row, options), ""]
    return "\n".join([*lines, f"More: [{more}]({more}).\n"])


def _row(param: Any) -> str:
    called = ", ".join(f"`{name}`" for name in (param.opts if param.param_type_name == "option" else [param.name.upper()]))
    setting = BY_VARIABLE.get(param.envvar)
    default = param.default.value if isinstance(param.default, enum.Enum) else param.default
    if setting is not None and not isinstance(default, bool):
        shown = setting.instead or (f"`{setting.shown(default)}`" if default is not None else "")
    else:
        shown = "" if default is None or default == () or isinstance(default, bool) else f"`{default}`"
    return f"| {called} | {' '.join((param.help or '').split())} | {shown} |"
