"""Every setting once: its name, kind, default, unit and meaning; and `yojitsu.toml`, which may set any of them.

A setting has one name: `time_limit` in the file, `YOJITSU_TIME_LIMIT` in the environment, `--time-limit` as a flag. Weakest first: default, file, environment,
flag. pipeline/cli/options.py makes options of commands from the list, docs/settings.md is printed from it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from pipeline import limits
from pipeline.log import Level, LogForm
from pipeline.remote import SCHEME, Remote

FILE = "yojitsu.toml"
PREFIX = "YOJITSU_"
# Names the file itself, so it stands in no file.
FILE_VARIABLE = PREFIX + "CONFIG"

T = TypeVar("T")


class BadSettings(ValueError):
    """yojitsu.toml cannot be read or holds what is no setting; the message is one for a person."""


class Severity(StrEnum):
    """From which severity on a finding counts."""

    NEVER = "never"
    WARNING = "warning"
    ERROR = "error"

    @property
    def and_heavier(self) -> frozenset[str]:
        """This severity and those above it, as `findings` names them; none for NEVER."""
        return {Severity.NEVER: frozenset[str](), Severity.WARNING: frozenset({"warning", "error"}), Severity.ERROR: frozenset({"error"})}[self]


class Engine(StrEnum):
    """Who reads documents."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True)
class Kind(Generic[T]):
    """What a setting may hold: `called` for a sentence, `metavar` for the help, `toml` the TOML types that may write it, `read` makes the value.

    `read` takes text, a value of a TOML type or what it gave itself, and raises ValueError where that is not what `called` says.
    """

    called: str
    metavar: str
    toml: tuple[type, ...]
    read: Callable[[Any], T]
    shown: Callable[[T], str] = str


def _path(value: str | Path) -> Path:
    if not str(value).strip():
        raise ValueError("it is empty")
    try:
        # No shell has done it for the file and for systemd's Environment=.
        return Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(str(error)) from error


def _place(value: str | Path | Remote) -> Path | Remote:
    if isinstance(value, Remote):
        return value
    if not isinstance(value, Path) and value.startswith(SCHEME):
        if not value.removeprefix(SCHEME).strip("/"):
            raise ValueError("it names no bucket")
        return Remote(value.rstrip("/"))
    return _path(value)


def _storage(value: str | Remote) -> Remote:
    place = _place(value)
    if isinstance(place, Path):
        raise ValueError("it is a folder of this machine")
    return place


def _whole(value: str | int) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("it is negative")
    return number


def _seconds(value: str | float) -> float:
    number = float(value)
    if not math.isfinite(number) or number < 0:
        raise ValueError("it is negative or no number")
    return number


_BINARY = {unit: 1024**power for power, unit in enumerate(("B", "KiB", "MiB", "GiB", "TiB"))}
SIZES = _BINARY | {unit: 1000**power for power, unit in enumerate(("kB", "MB", "GB", "TB"), 1)}
_SIZE = re.compile(rf"(?P<number>[0-9]+(?:\.[0-9]+)?) ?(?P<unit>{'|'.join(SIZES)})?", re.IGNORECASE)
_UNITS = {unit.lower(): size for unit, size in SIZES.items()}


def _bytes(value: str | int) -> int:
    found = _SIZE.fullmatch(str(value).strip())
    if not found:
        raise ValueError(f"it is not written as a number and one of {', '.join(SIZES)}")
    return int(float(found["number"]) * _UNITS[(found["unit"] or "B").lower()])


def size_shown(size: int) -> str:
    """As a person writes it: `2GiB`, in the largest unit that divides it."""
    unit = max((unit for unit in SIZES if size % SIZES[unit] == 0 and size), default="B", key=SIZES.__getitem__)
    return f"{size // SIZES[unit]}{unit}"


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("it is neither true nor false")
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    return value.strip()


def _one_of(choices: type[StrEnum]) -> Kind[StrEnum]:
    names = [choice.value for choice in choices]

    def read(value: str) -> StrEnum:
        if value not in names:
            raise ValueError(f"it is none of {', '.join(names)}")
        return choices(value)

    return Kind("one of " + ", ".join(names), "|".join(names), (str,), read)


FOLDER = Kind("a folder", "FOLDER", (str,), _path)
PLACE = Kind("a folder, or s3://bucket/folder", "PLACE", (str,), _place)
STORAGE = Kind("a folder on storage, s3://bucket/folder", "PLACE", (str,), _storage)
A_FILE = Kind("a file", "FILE", (str,), _path)
ADDRESS = Kind("an address such as tcp://host:8786", "ADDRESS", (str,), _text)
COUNT = Kind("a whole number, 0 or more", "COUNT", (int,), _whole)
SECONDS = Kind("a number of seconds, 0 or more", "SECONDS", (int, float), _seconds, "{:g}".format)
SIZE = Kind("a size such as 512MiB or 2GiB, or a number of bytes", "SIZE", (str, int), _bytes, size_shown)
SWITCH = Kind("true or false", "", (bool,), _switch, lambda value: str(value).lower())


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting. `instead` says in words what holds where the default is None."""

    name: str
    kind: Kind[Any]
    default: T
    meaning: str
    instead: str | None = None

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    def shown(self, value: Any) -> str:
        return self.instead or "" if value is None else self.kind.shown(value)


RAW = Setting("raw", PLACE, Path("data/raw"), "The folder of documents, read at any depth, or one document.")
OUT = Setting("out", FOLDER, Path("data/parquet"), "The folder of the tables, which `ingest` replaces as a whole.")
STORE = Setting[Path | Remote | None]("store", PLACE, None, "What was read of each document, kept for the next run. May be deleted.", "a folder beside `out`")
PUBLISH_TO = Setting[Remote | None]("publish_to", STORAGE, None, "Where on storage each version of the tables is copied to (docs/cluster.md).", "nowhere")
CORRECTIONS = Setting("corrections", FOLDER, Path("data/corrections"), "A folder of corrections, *.toml; none where it is missing.")
ALIASES = Setting("aliases", A_FILE, Path("data/aliases.toml"), "What a person decided of names of indicators; nothing where it is missing.")
SOURCES = Setting("sources", A_FILE, Path("data/sources.toml"), "The list of the places that documents come from.")
REPORTS = Setting("reports", FOLDER, Path("data/reports"), "Where each refresh writes what it changed.")
REVIEW = Setting("review", FOLDER, Path("build/review"), "The folder for the page of `review`; replaced as a whole.")
JOBS = Setting[int | None]("jobs", COUNT, None, "Worker processes; 0 reads in this process, without limits.", "one a core")
ENGINE = Setting("engine", _one_of(Engine), Engine.LOCAL, "Who reads: worker processes of this machine, or the workers of a Dask cluster (docs/cluster.md).")
SCHEDULER = Setting[str | None]("scheduler", ADDRESS, None, "The address of the Dask cluster's scheduler, for engine = dask.", "none")
TIME_LIMIT = Setting(
    "time_limit", SECONDS, limits.SECONDS, "How long one document may take to read; `page_time_limit` is added for each of its pages. 0 is no limit."
)
PAGE_TIME_LIMIT = Setting("page_time_limit", SECONDS, limits.SECONDS_A_PAGE, "What each page of a document adds to `time_limit`.")
MEMORY_LIMIT = Setting("memory_limit", SIZE, limits.MEMORY, "How much memory the process that reads one document may take. 0 is no limit.")
REQUIRE = Setting(
    "require", _one_of(Severity), Severity.NEVER, "From which severity on a finding makes the run end with 5; the tables are written all the same."
)
MAX_BYTES = Setting("max_bytes", SIZE, 200 * SIZES["MiB"], "The largest file that `refresh` fetches.")
MAX_SECONDS = Setting("max_seconds", SECONDS, 300.0, "How long one file may take `refresh`, over all attempts and redirects, without the pauses between them.")
DELAY = Setting("delay", SECONDS, 2.0, "How long `refresh` waits between two requests to the same host; robots.txt may ask for more.")
RETRIES = Setting("retries", COUNT, 3, "How often `refresh` asks again after an error that may pass.")
LOG_LEVEL = Setting("log_level", _one_of(Level), Level.WARNING, "How much to log to standard error.")
LOG_FORMAT = Setting("log_format", _one_of(LogForm), LogForm.LINES, "How to log: lines, or JSON objects, one a line; with json, progress is not printed.")
QUIET = Setting("quiet", SWITCH, False, "Print nothing but errors.")

SETTINGS: dict[str, Setting[Any]] = {
    setting.name: setting
    for setting in (
        *(RAW, OUT, PUBLISH_TO, STORE, CORRECTIONS, ALIASES, SOURCES, REPORTS, REVIEW, JOBS, ENGINE, SCHEDULER),
        *(TIME_LIMIT, PAGE_TIME_LIMIT, MEMORY_LIMIT, REQUIRE),
        *(MAX_BYTES, MAX_SECONDS, DELAY, RETRIES, LOG_LEVEL, LOG_FORMAT, QUIET),
    )
}


def from_file(path: Path) -> dict[str, Any]:
    """The values that a settings file sets, by the names of the settings. Raises BadSettings, which names the file and the key."""
    try:
        # Windows' editors write a mark before UTF-8.
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadSettings(f"{path}: cannot be opened: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path}: is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: is no TOML: {error}") from error
    return {name: _value(path, name, value) for name, value in table.items()}


def _value(path: Path, name: str, value: Any) -> Any:
    if name not in SETTINGS:
        raise BadSettings(f"{path}: there is no setting {name!r}; {nearest(name, SETTINGS)}")
    kind = SETTINGS[name].kind
    # true is an int to Python, not to a person.
    if not isinstance(value, kind.toml) or (isinstance(value, bool) and bool not in kind.toml):
        raise BadSettings(f"{path}: {name} must be {kind.called}, not {_written(value)}")
    try:
        return kind.read(value)
    except ValueError as error:
        raise BadSettings(f"{path}: {name} must be {kind.called}, not {_written(value)}") from error


def _written(value: Any) -> str:
    """A value as TOML has it, as far as a sentence needs it."""
    if isinstance(value, dict):
        return "a table"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def nearest(name: str, known: Iterable[str]) -> str:
    """What a mistyped name may have meant; all names where none is near."""
    names = list(known)
    by_form = {one.lower().replace("-", "_"): one for one in names}
    found = get_close_matches(name.lower().replace("-", "_"), by_form, n=1)
    return f"did you mean {by_form[found[0]]}?" if found else f"there are {', '.join(names)}"


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each variable that looks like a setting and is none."""
    known = [FILE_VARIABLE, *(setting.variable for setting in SETTINGS.values())]
    strange = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    return [f"{name} is no setting; {nearest(name, known)}" for name in strange]
