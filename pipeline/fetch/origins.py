"""Where documents come from: `data/sources.toml`, one table for each source.

A mistake in the file stops the run before anything is fetched: a source that is silently left out would look like one with nothing new.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit


class Kind(StrEnum):
    """A page whose links are followed, a direct address, a folder."""

    PAGE = "page"
    FILE = "file"
    FOLDER = "folder"


# What documents may be called: each has a way to tell a real one from an error page (pipeline/fetch/check.py).
SUFFIXES = (".pdf", ".txt", ".md", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt")

REQUIRED = {"id", "kind", "publisher", "plan", "licence"}
OPTIONAL = {"into", "suffixes"}
OF_KIND: dict[Kind, tuple[set[str], set[str]]] = {
    Kind.PAGE: ({"address"}, {"link", "text"}),
    Kind.FILE: ({"address"}, set()),
    Kind.FOLDER: ({"folder"}, set()),
}
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class BadSources(ValueError):
    """A file of sources that cannot be used; the text is a sentence that names the file and the source."""


@dataclass(frozen=True)
class Origin:
    """One source. `address` is an http(s) address, or for a folder its path or `s3://bucket/prefix`; `link` and `text` are searched in a link's
    address and words, None matches all; `into` is the folder under RAW (/ between folders); `suffixes` in the order in which they are preferred."""

    id: str
    kind: Kind
    address: str
    publisher: str
    plan: str
    licence: str
    into: str
    suffixes: tuple[str, ...] = (".pdf",)
    link: re.Pattern[str] | None = None
    text: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Sources:
    """All sources in the order of the file, and the address or mail that servers are told (None where the file names none)."""

    origins: tuple[Origin, ...]
    contact: str | None = None


def load(file: Path) -> Sources:
    """The sources of a file. Paths of local folders count from the file's folder.

    Raises BadSources where it is no TOML, or a source lacks a key, has an unknown one, a bad value, or the id of another; FileNotFoundError
    where there is no such file.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSources(f"{file}: not TOML ({error})") from error
    if strange := set(data) - {"source", "contact"}:
        raise BadSources(f"{file}: unknown {', '.join(sorted(strange))}; there are contact and [[source]]")
    entries = data.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadSources(f"{file}: `source` is a list of tables, each under [[source]]")
    origins = tuple(_origin(entry, file, number) for number, entry in enumerate(entries, 1))
    ids = [origin.id for origin in origins]
    if doubled := sorted({one for one in ids if ids.count(one) > 1}):
        raise BadSources(f"{file}: more than one source is called {', '.join(doubled)}")
    contact = data.get("contact")
    if contact is not None and not (isinstance(contact, str) and contact.isascii() and contact.isprintable()):
        raise BadSources(f"{file}: contact is an address or mail in ASCII")
    return Sources(origins, contact)


def _origin(entry: dict[str, Any], file: Path, number: int) -> Origin:
    where = f"{file}, source {entry['id'] if isinstance(entry.get('id'), str) else number}"

    def wrong(sentence: str) -> BadSources:
        return BadSources(f"{where}: {sentence}")

    if entry.get("kind") not in set(Kind):
        raise wrong(f"kind is one of {', '.join(Kind)}, not {entry.get('kind')!r}")
    kind = Kind(entry["kind"])
    needed, allowed = OF_KIND[kind]
    if strange := set(entry) - REQUIRED - OPTIONAL - needed - allowed:
        raise wrong(f"unknown {', '.join(sorted(strange))}; a {kind} has {', '.join(sorted(REQUIRED | OPTIONAL | needed | allowed))}")
    if lacking := sorted(name for name in REQUIRED | needed if not entry.get(name)):
        raise wrong(f"{', '.join(lacking)} missing")
    if unlike := sorted(name for name, value in entry.items() if name != "suffixes" and not (isinstance(value, str) and value.strip())):
        raise wrong(f"{', '.join(unlike)} must be text")
    if not ID.fullmatch(entry["id"]):
        raise wrong("an id has letters a-z, digits, - and _ alone")
    if kind is Kind.PAGE and not {"link", "text"} & set(entry):
        raise wrong("a page needs link or text, a regular expression for the links to follow")
    return Origin(
        id=entry["id"],
        kind=kind,
        address=_folder(entry["folder"], file, wrong) if kind is Kind.FOLDER else _address(entry["address"], wrong),
        publisher=entry["publisher"],
        plan=entry["plan"],
        licence=entry["licence"],
        into=_into(entry.get("into", entry["id"]), wrong),
        suffixes=_suffixes(entry.get("suffixes", [".pdf"]), wrong),
        link=_pattern("link", entry, wrong),
        text=_pattern("text", entry, wrong),
    )


Wrong = Callable[[str], BadSources]


def _address(address: str, wrong: Wrong) -> str:
    # Imported here: whoever lists the sources alone needs no HTTP library.
    from pipeline.fetch.addresses import absolute

    made = absolute(address)
    if made is None:
        raise wrong(f"{address!r} is no http or https address")
    if urlsplit(made).username is not None:
        raise wrong("an address holds no user and password: cards and reports would show them")
    return made


def _folder(folder: str, file: Path, wrong: Wrong) -> str:
    if "://" not in folder:
        return (file.parent / folder).as_posix()
    parts = urlsplit(folder)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment or "@" in parts.netloc:
        raise wrong(f"{folder!r} is neither a local folder nor s3://bucket/prefix")
    return folder.rstrip("/")


def _into(into: str, wrong: Wrong) -> str:
    path = PurePosixPath(into)
    if path.is_absolute() or "\\" in into or any(part == ".." or part.startswith(".") for part in path.parts) or not path.parts:
        raise wrong(f"into is a folder under RAW, not {into!r}")
    return path.as_posix()


def _suffixes(suffixes: Any, wrong: Wrong) -> tuple[str, ...]:
    if not isinstance(suffixes, list) or not suffixes or not all(one in SUFFIXES for one in suffixes):
        raise wrong(f"suffixes is a list of some of {', '.join(SUFFIXES)}")
    return tuple(dict.fromkeys(suffixes))


def _pattern(name: str, entry: dict[str, Any], wrong: Wrong) -> re.Pattern[str] | None:
    if name not in entry:
        return None
    try:
        return re.compile(entry[name])
    except re.error as error:
        raise wrong(f"{name} is no regular expression ({error})") from error
