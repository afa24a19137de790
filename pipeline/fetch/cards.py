"""The card beside each document: where it came from, when, its bytes' hash, and under which licence."""

from __future__ import annotations

import hashlib
import os
import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from pipeline.sources import CARD_SUFFIX
from pipeline.swap import sync_folder

# Before every file that is written; what a dead run left is known by it. Hidden, so that nothing reads it as a document.
TEMPORARY = ".fetch.yojitsu-"
# What belongs to one address rather than to the file's bytes.
OF_ADDRESS = ("address", "final_address", "source_id", "retrieved", "etag", "last_modified")
FURTHER = "further"
OURS = ("link_text", "found_on", "publisher", "plan", "licence", *OF_ADDRESS, "sha256", "bytes", "supersedes", FURTHER)


class BadCard(ValueError):
    """A card that cannot be read or used; the text is a sentence that names it."""


@dataclass(frozen=True)
class Entry:
    """One address of a document: as asked for, where it led, for which source, when its bytes came (UTC, ISO 8601), and the server's marks of the edition."""

    address: str
    final_address: str
    source_id: str
    retrieved: str
    etag: str | None = None
    last_modified: str | None = None

    def as_table(self) -> dict[str, str]:
        return {name: value for name in OF_ADDRESS if (value := getattr(self, name)) is not None}

    @property
    def validators(self) -> dict[str, str]:
        """The headers that ask for the bytes only where they changed."""
        marks = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        # A header holds ASCII alone; some servers send a Japanese file name as ETag.
        return {name: value for name, value in marks.items() if value and value.isascii() and value.isprintable()}


@dataclass
class Card:
    """A card as it lies beside its document. `data` holds what it says, keys that a person wrote included; they are kept."""

    path: Path
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Card:
        """Raises BadCard where the file is no TOML, or a key that fetching uses does not hold text."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadCard(f"the card {path.name} cannot be read ({error})") from error
        further = data.get(FURTHER, [])
        tables = [data, *further] if isinstance(further, list) and all(isinstance(one, dict) for one in further) else []
        if not tables or any(not isinstance(table.get(name, ""), str) for table in tables for name in (*OF_ADDRESS, "sha256", "supersedes")):
            raise BadCard(f"the card {path.name} holds something else than text in {', '.join((*OF_ADDRESS, 'sha256', 'supersedes', FURTHER))}")
        return cls(path, data)

    @classmethod
    def of(cls, file: Path) -> Card:
        """An empty card for a document that has none."""
        return cls(card_path(file), {})

    @property
    def file(self) -> Path:
        return self.path.with_name(self.path.name.removesuffix(CARD_SUFFIX))

    @property
    def sha256(self) -> str | None:
        return self.data.get("sha256")

    @property
    def supersedes(self) -> str | None:
        return self.data.get("supersedes")

    def entries(self) -> Iterator[Entry]:
        for table in (self.data, *self.data.get(FURTHER, ())):
            if address := table.get("address"):
                final, source, retrieved = table.get("final_address", address), table.get("source_id", ""), table.get("retrieved", "")
                yield Entry(address, final, source, retrieved, table.get("etag"), table.get("last_modified"))

    def entry(self, address: str) -> Entry | None:
        return next((entry for entry in self.entries() if entry.address == address), None)

    def note(self, entry: Entry) -> None:
        """Puts an address onto the card in the place of what it said of the same one: the first is the card's own, others are listed as further."""
        if self.data.get("address") in (None, entry.address):
            for name in OF_ADDRESS:
                self.data.pop(name, None)
            self.data.update(entry.as_table())
        else:
            others = [table for table in self.data.get(FURTHER, ()) if table.get("address") != entry.address]
            self.data[FURTHER] = sorted([*others, entry.as_table()], key=lambda table: str(table["address"]))

    def write(self) -> None:
        """The card on the disk, whole or as it was before."""
        # A person's keys first, ours after them in one order; tables come last in TOML.
        order = {name: number for number, name in enumerate(OURS)}
        data = dict(sorted(self.data.items(), key=lambda item: order.get(item[0], -1)))
        beside = temporary(self.path.parent)
        try:
            with beside.open("xb") as handle:
                handle.write(tomli_w.dumps(data).encode())
                handle.flush()
                os.fsync(handle.fileno())
            beside.replace(self.path)
            sync_folder(self.path.parent)
        finally:
            beside.unlink(missing_ok=True)


def card_path(file: Path) -> Path:
    return file.with_name(file.name + CARD_SUFFIX)


def temporary(folder: Path) -> Path:
    """A name in the folder that nobody has, for a file that is being written."""
    return folder / f"{TEMPORARY}{secrets.token_hex(8)}"


def sha256_of(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
