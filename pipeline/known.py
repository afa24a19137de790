"""The contents of files without opening them: what a file held when it was last read, as long as nothing about it has changed since."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.media import PDF, PDF_MARK_WITHIN, called_pdf, media_type
from pipeline.remote import Remote
from pipeline.sources import Source
from pipeline.swap import write_whole

LOG = logging.getLogger(__name__)

# A file that was written within the same tick of the clock as it was read may change again without its times changing: as git does with its
# index, such a file is not remembered. Linux stamps files at most every 10 ms; some file systems know whole or even seconds alone.
TICK = 20_000_000
COARSE_TICK = 2_000_000_000
SECOND = 1_000_000_000
# The mark of a `.pdf` that holds none: the same text under another name is another thing, since it fails by its name.
MISNAMED = "-misnamed"
NO_PDF = "-no-pdf"


@dataclass(frozen=True)
class Stamp:
    """What a file system says of a file that changes whenever its bytes do. `ctime_ns` cannot be set back by a program that copies times."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, file: Path | Remote) -> Stamp:
        """Raises OSError where there is no such file."""
        said = file.stat()
        return cls(said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino)

    def settled(self, now_ns: int) -> bool:
        """Whether a later change of the file is sure to show in its stamp."""
        latest = max(self.mtime_ns, self.ctime_ns)
        return latest + (TICK if latest % SECOND else COARSE_TICK) < now_ns


@dataclass
class Known:
    """The contents of files by their real paths, kept in a JSON file between runs."""

    place: Path
    before: dict[str, list[object]] = field(default_factory=dict)
    now: dict[str, list[object]] = field(default_factory=dict)

    @classmethod
    def load(cls, place: Path) -> Known:
        """What was kept at `place`; nothing where there is none or it cannot be understood: every file is then read."""
        try:
            kept = json.loads(place.read_text(encoding="utf-8"))
        except FileNotFoundError:
            kept = {}
        except (OSError, ValueError) as error:
            LOG.warning("%s cannot be used, every document is opened: %s", place, error)
            kept = {}
        return cls(place, kept if isinstance(kept, dict) else {})

    def content(self, source: Source) -> str | None:
        """The sha256 of a file's bytes in hex, with MISNAMED after it for a `.pdf` that is none; None where it cannot be opened."""
        path = _address(source.file)
        try:
            stamp = Stamp.of(source.file)
            said = [stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.inode]
            kept = self.before.get(path)
            if kept is None or kept[:-1] != said:
                began = time.time_ns()
                kept = [*said, _digest(source.file)]
                settled = stamp.settled(began)
            else:
                settled = True
        except OSError as error:
            LOG.debug("%s: %s", source.path, error)
            return None
        if settled:
            self.now[path] = kept
        return _named(source, str(kept[-1]))

    def save(self) -> None:
        """Keep the files asked for in this run. Raises OSError where that cannot be written."""
        if self.now != self.before:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.place, json.dumps(self.now, ensure_ascii=False, sort_keys=True).encode())


def _address(file: Path | Remote) -> str:
    return str(file) if isinstance(file, Remote) else os.fsencode(os.path.realpath(file)).decode("utf-8", "backslashreplace")


def _digest(file: Path | Remote) -> str:
    """The sha256 of a file in hex, with NO_PDF after it where it holds none."""
    with file.open("rb") as opened:
        head = opened.read(PDF_MARK_WITHIN)
        opened.seek(0)
        return hashlib.file_digest(opened, "sha256").hexdigest() + ("" if media_type(head) == PDF else NO_PDF)


def _named(source: Source, digest: str) -> str:
    bare = digest.removesuffix(NO_PDF)
    return bare + MISNAMED if bare != digest and called_pdf(source.name) else bare
