"""Documents in a folder, local or on S3: what is there, and its bytes."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.fetch.origins import Origin
from pipeline.fetch.outcome import NotFetched, Refused, Vanished
from pipeline.fetch.settings import Settings
from pipeline.remote import system
from pipeline.sources import is_side_file, printable

CHUNK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """A file of a folder: its path within it (/ between folders), its address, size in bytes, when it was last changed, and a way to open it."""

    path: str
    address: str
    size: int
    modified: str
    opened: Callable[[], Any]

    def copy(self, into: BinaryIO, settings: Settings) -> None:
        """Its bytes into a file. Raises NotFetched over the limits of size and time, Vanished where it is gone meanwhile, OSError else."""
        if self.size > settings.most_bytes:
            raise NotFetched(f"{self.size:,} bytes, more than the limit of {settings.most_bytes:,}")
        end, taken = time.monotonic() + settings.most_seconds, 0
        try:
            source = self.opened()
        except FileNotFoundError as error:
            raise Vanished("the file is gone") from error
        with closing(source):
            while chunk := source.read(CHUNK):
                taken += len(chunk)
                if taken > settings.most_bytes:
                    raise NotFetched(f"more bytes than the limit of {settings.most_bytes:,}")
                if time.monotonic() > end:
                    raise NotFetched(f"took longer than {settings.most_seconds:g} s")
                into.write(chunk)
        # A file that grows is one that somebody is still writing.
        if taken != self.size:
            raise NotFetched(f"the file has {taken:,} bytes and had {self.size:,} a moment ago")


def stored(origin: Origin, raw: Path) -> list[Stored]:
    """The documents of a folder at any depth in the order of their paths, by the suffixes of its source.

    Raises Refused where a local folder and RAW lie in one another, NotFetched where it is not there, cannot be listed or has no such file:
    a share that is not mounted looks like an empty folder.
    """
    try:
        found = sorted(_on_s3(origin) if "://" in origin.address else _local(origin, raw), key=lambda one: one.path)
    except OSError as error:
        raise NotFetched(f"the folder cannot be listed ({error})") from error
    if not found:
        raise NotFetched(f"no file in the folder ends in {', '.join(origin.suffixes)}")
    return found


def _wanted(path: str, origin: Origin) -> bool:
    parts = path.split("/")
    return path.lower().endswith(origin.suffixes) and not any(part.startswith(".") for part in parts) and not is_side_file(parts[-1])


def _local(origin: Origin, raw: Path) -> Iterator[Stored]:
    folder = Path(origin.address)
    if not folder.is_dir():
        raise NotFetched(f"there is no folder {folder}")
    here, there = raw.resolve(), folder.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise Refused(f"{folder} and {raw} lie in one another: each run would copy the copies")
    # Links to folders are not followed: they may lead round.
    for place, _, names in os.walk(folder, onerror=_raised):
        for name in names:
            file = Path(place) / name
            path = printable(file.relative_to(folder).as_posix())
            # Not a pipe, which would never end.
            if _wanted(path, origin) and file.is_file():
                state = file.stat()
                modified = dt.datetime.fromtimestamp(state.st_mtime, dt.UTC).isoformat()
                yield Stored(path, f"{origin.address}/{path}", state.st_size, modified, lambda file=file: file.open("rb"))  # type: ignore[misc]


def _raised(error: OSError) -> None:
    raise error


def _on_s3(origin: Origin) -> Iterator[Stored]:
    from pyarrow import fs

    storage = system()
    folder = origin.address.removeprefix("s3://")
    for info in storage.get_file_info(fs.FileSelector(folder, recursive=True)):
        path = info.path.removeprefix(folder).lstrip("/")
        if info.type == fs.FileType.File and _wanted(path, origin):
            modified = info.mtime.astimezone(dt.UTC).isoformat()
            yield Stored(path, f"{origin.address}/{path}", info.size, modified, lambda whole=info.path: storage.open_input_stream(whole))  # type: ignore[misc]
