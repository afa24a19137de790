"""The command `yojitsu`. Every make target is one line that calls it."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterable
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.exceptions import TyperException

from pipeline import __version__
from pipeline.corrections import BadCorrection, apply
from pipeline.corrections import load as load_corrections
from pipeline.listing import Form, NoTables, keeps, printed, rows, rules_page
from pipeline.publish import publish, tables
from pipeline.run import cores, quiet_libraries, run
from pipeline.schema import TABLES, dictionary
from pipeline.sources import find
from pipeline.summary import progress, summary
from pipeline.swap import Foreign, check_own

LOG = logging.getLogger("yojitsu")


class Exit(IntEnum):
    """How the command ends. 1 is also what any fault of the program gives; make turns every one but 0 into its own 2."""

    FINE = 0
    USAGE = 1
    NOTHING_READ = 2
    SOME_FAILED = 3
    CORRECTION_UNMATCHED = 4
    INTERRUPTED = 130


class Level(StrEnum):
    """How much the log on standard error says."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


app = typer.Typer(name="yojitsu", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

LogLevel = Annotated[Level, typer.Option(help="How much to log to standard error.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yojitsu {__version__}")
        raise typer.Exit


@app.callback()
def top(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False) -> None:
    """Read Japanese municipal plans (PDF, text, markdown) and write their targets, actuals and costs as Parquet tables."""


@app.command()
def ingest(
    raw: Annotated[Path, typer.Argument(help="A folder of documents, read at any depth, or one document.")] = Path("data/raw"),
    out: Annotated[Path, typer.Option(help="The folder for the tables; replaced as a whole.")] = Path("data/parquet"),
    jobs: Annotated[int | None, typer.Option(min=0, help="Worker processes; 0 reads in this process.", show_default="one a core")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    corrections: Annotated[Path, typer.Option(help="A folder of corrections, *.toml; none where it is missing.")] = Path("data/corrections"),
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Read every document in RAW and write all tables to OUT.

    Ends with 0 when all is fine, 1 for a wrong call, 2 when nothing could be read, 3 when some documents failed
    (the tables of the others are written; `documents` says why), 4 when a correction fits no number of its document (the tables are
    written; `findings` says which).
    """
    _log_to_stderr(log_level)
    if not raw.exists():
        return _wrong(f"there is no {raw}")
    try:
        check_own(out, TABLES)
        mended = load_corrections(corrections)
    except (Foreign, BadCorrection) as error:
        return _wrong(str(error))
    found = find(raw, leave_out=out)
    if not found.sources:
        return _wrong(f"no document in {raw}", Exit.NOTHING_READ)
    console = Console()
    with progress(console, len(found.sources), quiet) as seen:
        result = run(found.sources, cores() if jobs is None else jobs, seen=seen)
    unmatched = apply(result.outcomes, mended)
    written = tables(result.outcomes)
    publish(written, out)
    if not quiet:
        summary(console, written, out, found.passed_over)
    statuses = written["documents"].column("status").to_pylist()
    if unmatched:
        return _wrong(f"{unmatched} corrections fit no number; `yojitsu findings --rule correction_unmatched` says which", Exit.CORRECTION_UNMATCHED)
    if "failed" not in statuses:
        return Exit.FINE
    return Exit.NOTHING_READ if set(statuses) == {"failed"} else Exit.SOME_FAILED


@app.command()
def explain(
    file: Annotated[Path | None, typer.Argument(help="A document.")] = None,
    page: Annotated[int, typer.Option(min=1, help="The page, counted from 1.")] = 1,
    line: Annotated[int | None, typer.Option(min=1, help="Only what stands on this line of a text file.")] = None,
    text: Annotated[str | None, typer.Option(help="A string instead of a document: what each function of extractors.normalise makes of it.")] = None,
    era: Annotated[str | None, typer.Option(help="With --text: the era of bare years (25年度), such as 平成.")] = None,
    fiscal_year: Annotated[int | None, typer.Option(help="With --text: the Western fiscal year of the document (前年度, 8月).")] = None,
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Print every figure of a page with its labels, what each label hints, and which one decided role, year, unit and name.

    With --text, print how a string is read: one row for each function, `scan` once for each numeral.
    """
    from pipeline.explain import explained

    _log_to_stderr(log_level)
    if (file is None) == (text is None):
        return _wrong("explain takes a document or --text, one of the two")
    if text is not None:
        return _explain_text(text, era, fiscal_year)
    assert file is not None
    return _print_of(file, lambda: explained(file, page, line))


def _print_of(file: Path, rows: Callable[[], Iterable[str]]) -> int:
    """Print what is said of a page of a file, or the sentence that says why nothing can be."""
    from pipeline.read.errors import Unreadable

    if not file.is_file():
        return _wrong(f"there is no file {file}")
    try:
        for row in rows():
            typer.echo(row)
    except LookupError as error:
        return _wrong(str(error.args[0]))
    except Unreadable as error:
        return _wrong(f"{file}: {error.reason}", Exit.NOTHING_READ)
    return Exit.FINE


def _explain_text(text: str, era: str | None, fiscal_year: int | None) -> int:
    from extractors.normalise.eras import ERAS
    from extractors.normalise.tokens import Calendar
    from pipeline.readings import readings

    if era is not None and era not in ERAS:
        return _wrong(f"there is no era {era}; there are {', '.join(ERAS)}")
    calendar = Calendar(era, fiscal_year) if era or fiscal_year else None
    rows = [("function", "reading"), *readings(text.replace("\\n", "\n"), calendar)]
    width = max(len(function) for function, _ in rows)
    for function, said in rows:
        typer.echo(f"{function:<{width}}  {said}".replace("\n", "⏎"))
    return Exit.FINE


@app.command()
def look(
    file: Annotated[Path, typer.Argument(help="A PDF.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The picture to write, a PNG.")],
    page: Annotated[int, typer.Option(min=1, help="The page, counted from 1.")] = 1,
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Draw what was read onto the picture of a page: tables with their cells, labels, facts, and numerals that no fact took."""
    from pipeline.look import look as looked

    _log_to_stderr(log_level)
    return _print_of(file, lambda: looked(file, page, out))


@app.command()
def review(
    tables: Annotated[Path, typer.Argument(help="The folder of the tables.")] = Path("data/parquet"),
    raw: Annotated[Path, typer.Option(help="The folder of documents from which the tables were made.")] = Path("data/raw"),
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for the page; replaced as a whole.")] = Path("build/review"),
    jobs: Annotated[int | None, typer.Option(min=0, help="Worker processes; 0 reads in this process.", show_default="one a core")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Write a page that opens from disk in a browser: every number boxed on its page, with the words that gave it its meaning.

    Ends with 0 when all is fine, 1 for a wrong call, 3 when some documents could not be shown (their rows are).
    """
    from pipeline.review import check_review
    from pipeline.review import review as reviewed

    _log_to_stderr(log_level)
    if not raw.exists():
        return _wrong(f"there is no {raw}")
    if out.resolve().is_relative_to(raw.resolve()):
        return _wrong(f"{out} lies in {raw}: the page would be read as a document the next time")
    try:
        check_review(out)
        unseen = reviewed(tables, raw, out, cores() if jobs is None else jobs, lambda path, sight: None if quiet else typer.echo(path))
    except LookupError as error:
        return _wrong(str(error.args[0]))
    except Foreign as error:
        return _wrong(str(error))
    if not quiet:
        typer.echo(f"open {out / 'index.html'}")
    for path in unseen:
        typer.echo(f"yojitsu: {path} could not be shown; its page says why", err=True)
    return Exit.SOME_FAILED if unseen else Exit.FINE


@app.command()
def schema(table: Annotated[str | None, typer.Argument(help="One table; all where none is named.")] = None) -> int:
    """Print the data dictionary: every table and column, its type, unit and meaning."""
    if table is not None and table not in TABLES:
        return _wrong(f"there is no table {table}; there are {', '.join(TABLES)}")
    typer.echo(dictionary([table] if table else TABLES))
    return Exit.FINE


OUT = Annotated[Path, typer.Argument(help="A folder of tables that `ingest` wrote.")]
OfDocument = Annotated[str | None, typer.Option("--document", help="Part of the document's file name, or its id.")]
OfPage = Annotated[int | None, typer.Option("--page", min=1, help="On this page.")]
OfLine = Annotated[int | None, typer.Option("--line", min=1, help="On this line of a text file.")]
OfText = Annotated[str | None, typer.Option("--text", help="With these characters anywhere in the row.")]
AsForm = Annotated[Form, typer.Option("--format", help="How to print: table and csv and jsonl; the latter two give every column.")]


@app.command()
def findings(
    out: OUT = Path("data/parquet"),
    rule: Annotated[list[str] | None, typer.Option(help="Of this rule (`yojitsu rules` names them); may be given several times.")] = None,
    severity: Annotated[Level | None, typer.Option(help="Of this severity (info, warning, error) or heavier.")] = None,
    document: OfDocument = None,
    page: OfPage = None,
    line: OfLine = None,
    text: OfText = None,
    form: AsForm = Form.TABLE,
) -> int:
    """Print what does not add up in the documents of OUT."""
    if severity is Level.DEBUG:
        return _wrong("severities are info, warning and error")
    return _listed("findings", out, keeps(document=document, page=page, line=line, text=text, exact={"rule": rule or []}, severity=severity), form)


@app.command()
def unclaimed(
    out: OUT = Path("data/parquet"),
    reason: Annotated[list[str] | None, typer.Option(help="For this reason (date, unknown ...); may be given several times.")] = None,
    document: OfDocument = None,
    page: OfPage = None,
    line: OfLine = None,
    text: OfText = None,
    form: AsForm = Form.TABLE,
) -> int:
    """Print the numerals of OUT that no table took, and why."""
    return _listed("unclaimed", out, keeps(document=document, page=page, line=line, text=text, exact={"reason": reason or []}), form)


@app.command()
def rules() -> int:
    """Print every rule: what it compares, why, and a printed line that it finds fault with."""
    typer.echo(rules_page())
    return Exit.FINE


def _listed(table: str, out: Path, keep: Callable[[dict[str, Any]], bool], form: Form) -> int:
    try:
        some = rows(out, table, keep)
    except NoTables as error:
        return _wrong(str(error.args[0]))
    for row in printed(table, some, form, Console()):
        typer.echo(row)
    return Exit.FINE


def _wrong(sentence: str, code: Exit = Exit.USAGE) -> int:
    typer.echo(f"yojitsu: {sentence}", err=True)
    return code


def _log_to_stderr(level: Level) -> None:
    logging.basicConfig(level=level.upper(), format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True)
    quiet_libraries()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code. A wrong call gives 1, since 2 has its own meaning here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows no Japanese shows codes rather than ending the run.
            stream.reconfigure(errors="backslashreplace")
    try:
        result = app(args=arguments, prog_name="yojitsu", standalone_mode=False)
    except TyperException as error:
        message = error.format_message()
        # Without a command the message is the help itself.
        typer.echo(message if message.startswith("Usage") else f"yojitsu: {message} (yojitsu --help)", err=True)
        return Exit.USAGE
    except OSError as error:
        LOG.debug("", exc_info=True)
        typer.echo(f"yojitsu: {error}", err=True)
        return Exit.USAGE
    # typer catches an interrupt itself and hands back its code.
    if result == Exit.INTERRUPTED:
        typer.echo("yojitsu: stopped; the tables are as they were", err=True)
    return int(result or 0)


def console() -> None:
    """The console command."""
    sys.exit(main())
