"""The commands that show how a document was read: explain, look, review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.app import Exit, LogFormat, LogLevel, app, log_to_stderr, wrong
from pipeline.cli.options import argument, option
from pipeline.cores import cores
from pipeline.limits import Limits
from pipeline.lock import Locked, locked
from pipeline.log import is_json
from pipeline.remote import Remote
from pipeline.settings import JOBS, LOG_FORMAT, LOG_LEVEL, OUT, QUIET, RAW, REVIEW
from pipeline.swap import Foreign


@app.command()
def explain(
    file: Annotated[Path | None, typer.Argument(help="A document.")] = None,
    page: Annotated[int, typer.Option(min=1, help="The page, counted from 1.")] = 1,
    line: Annotated[int | None, typer.Option(min=1, help="Only what stands on this line of a text file.")] = None,
    text: Annotated[str | None, typer.Option(help="A string instead of a document: what each function of extractors.normalise makes of it.")] = None,
    era: Annotated[str | None, typer.Option(help="With --text: the era of bare years (25年度), such as 平成.")] = None,
    fiscal_year: Annotated[int | None, typer.Option(help="With --text: the Western fiscal year of the document (前年度, 8月).")] = None,
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Print every figure of a page with its labels, what each label hints, and which one decided role, year, unit and name.

    With --text, print how a string is read: one row for each function, `scan` once for each numeral.
    """
    from pipeline.explain import explained

    log_to_stderr(log_level, log_format)
    if (file is None) == (text is None):
        return wrong("explain takes a document or --text, one of the two")
    if text is not None:
        return _explain_text(text, era, fiscal_year)
    assert file is not None
    return _print_of(file, lambda: explained(file, page, line))


def _print_of(file: Path, rows: Callable[[], Iterable[str]]) -> int:
    """Print what is said of a page of a file, or the sentence that says why nothing can be."""
    from pipeline.read.errors import Unreadable

    if not file.is_file():
        return wrong(f"there is no file {file}")
    try:
        for row in rows():
            typer.echo(row)
    except LookupError as error:
        return wrong(str(error.args[0]))
    except Unreadable as error:
        return wrong(f"{file}: {error.reason}", Exit.NOTHING_READ)
    return Exit.FINE


def _explain_text(text: str, era: str | None, fiscal_year: int | None) -> int:
    from extractors.normalise.eras import ERAS
    from extractors.normalise.tokens import Calendar
    from pipeline.readings import readings

    if era is not None and era not in ERAS:
        return wrong(f"there is no era {era}; there are {', '.join(ERAS)}")
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
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Draw what was read onto the picture of a page: tables with their cells, labels, facts, and numerals that no fact took."""
    from pipeline.look import look as looked

    log_to_stderr(log_level, log_format)
    return _print_of(file, lambda: looked(file, page, out))


@app.command()
def review(
    tables: Annotated[Path, argument(OUT, "TABLES")] = OUT.default,
    raw: Annotated[Any, option(RAW)] = RAW.default,
    out: Annotated[Path, option(REVIEW, "--out", "-o")] = REVIEW.default,
    jobs: Annotated[int | None, option(JOBS)] = JOBS.default,
    quiet: Annotated[bool, option(QUIET)] = QUIET.default,
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Write a page that opens from disk in a browser: every number boxed on its page, with the words that gave it its meaning.

    Ends with 0 when all is fine, 1 for a wrong call, 3 when some documents could not be shown (their rows are),
    4 when another run writes the same page, 7 when it could not be written.
    """
    from pipeline.review import check_review
    from pipeline.review import review as reviewed

    log_to_stderr(log_level, log_format)
    quiet = quiet or is_json()
    if isinstance(raw, Remote):
        return wrong(f"{raw} is on storage; the page is made from documents in a folder of this machine")
    if not raw.exists():
        return wrong(f"there is no {raw}")
    if out.resolve().is_relative_to(raw.resolve()):
        return wrong(f"{out} lies in {raw}: the page would be read as a document the next time")
    try:
        check_review(out)
        with locked(out):
            unseen = reviewed(tables, raw, out, cores() if jobs is None else jobs, lambda path, sight: None if quiet else typer.echo(path), Limits())
    except Locked as error:
        return wrong(str(error), Exit.LOCKED)
    except LookupError as error:
        return wrong(str(error.args[0]))
    except Foreign as error:
        return wrong(str(error))
    except OSError as error:
        return wrong(f"{error}; the page is as it was", Exit.NOT_WRITTEN)
    if not quiet:
        typer.echo(f"open {out / 'index.html'}")
    for path in unseen:
        wrong(f"{path} could not be shown; its page says why", Exit.SOME_FAILED)
    return Exit.SOME_FAILED if unseen else Exit.FINE
