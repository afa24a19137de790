"""What documents gave, kept between runs: one file a content, complete or not there at all.

What was read by another version of the code lies in another folder.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.remote import Remote
from pipeline.swap import write_whole

LOG = logging.getLogger(__name__)

# What no document of a run needed is kept so long: a branch that is tried and left, a folder that is moved away and back.
KEPT_DAYS = 7
DAY = 86_400


@dataclass(frozen=True)
class Trouble:
    """A document whose reading ran into a limit or killed its process: how often, and under which limits."""

    times: int
    limits: str


class Store:
    """What documents gave, in a folder. `version` is that of the code that reads them."""

    def __init__(self, folder: Path | Remote, version: str) -> None:
        self.folder, self.version = folder, version
        self.place = folder / version

    def file(self, content: str) -> Path | Remote:
        """Where the outcome of a content lies, or would."""
        return self.place / content[:2] / f"{content}.arrow"

    def put(self, content: str, data: bytes) -> None:
        """Keep what a document gave. Raises OSError where it cannot be written."""
        _write(self.file(content), data)

    def get(self, content: str) -> bytes:
        """What `put` kept. Raises FileNotFoundError where there is nothing, OSError where it cannot be read."""
        return self.file(content).read_bytes()

    def contents(self) -> set[str]:
        """Every content of which an outcome is kept, by the names of the files alone."""
        return {name.removesuffix(".arrow") for name, _ in self._kept()}

    def troubles(self) -> dict[str, Trouble]:
        """The contents whose reading was broken off, as kept by `keep_troubles`."""
        place = self.place / "troubles.json"
        try:
            kept = json.loads(place.read_bytes())
            return {content: Trouble(**said) for content, said in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            LOG.warning("%s cannot be used: %s", place, error)
            return {}

    def keep_troubles(self, troubles: dict[str, Trouble]) -> None:
        """Raises OSError where they cannot be written."""
        if troubles != self.troubles():
            said = {content: asdict(trouble) for content, trouble in sorted(troubles.items())}
            _write(self.place / "troubles.json", json.dumps(said).encode())

    def prune(self, used: Collection[str]) -> None:
        """Remove what neither this run nor any of the last KEPT_DAYS needed, of this version and of others."""
        before = time.time() - KEPT_DAYS * DAY
        for name, file in list(self._kept()):
            if name.removesuffix(".arrow") not in used and file.stat().st_mtime_ns < before * 1e9:
                file.unlink()
        if isinstance(self.folder, Remote):
            # Other versions' are left to the bucket's rules of expiry: listing them would cost more than they do.
            return
        for other in self._others(self.folder):
            if all(file.stat().st_mtime < before for file in other.rglob("*")):
                shutil.rmtree(other, ignore_errors=True)

    def _kept(self) -> Iterator[tuple[str, Path | Remote]]:
        if isinstance(self.place, Remote):
            yield from ((file.name, file) for _, file in self.place.files() if file.name.endswith(".arrow"))
        else:
            yield from ((file.name, file) for file in self.place.glob("*/*.arrow"))

    def _others(self, folder: Path) -> Iterator[Path]:
        for one in sorted(folder.iterdir()) if folder.is_dir() else ():
            if one.is_dir() and one != self.place:
                yield one


def _write(file: Path | Remote, data: bytes) -> None:
    if isinstance(file, Remote):
        file.write_bytes(data)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, data)
