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
    """The folder of what documents gave. `version` is that of the code that reads them."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.place = folder / version

    def file(self, content: str) -> Path:
        """Where the outcome of a content lies, or would."""
        return self.place / content[:2] / f"{content}.arrow"

    def put(self, content: str, data: bytes) -> None:
        """Keep what a document gave. Raises OSError where it cannot be written."""
        file = self.file(content)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)

    def get(self, content: str) -> bytes:
        """What `put` kept. Raises FileNotFoundError where there is nothing, OSError where it cannot be read."""
        return self.file(content).read_bytes()

    def contents(self) -> set[str]:
        """Every content of which an outcome is kept, by the names of the files alone."""
        return {file.stem for file in self.place.glob("*/*.arrow")}

    def troubles(self) -> dict[str, Trouble]:
        """The contents whose reading was broken off, as kept by `keep_troubles`."""
        try:
            kept = json.loads((self.place / "troubles.json").read_text(encoding="utf-8"))
            return {content: Trouble(**said) for content, said in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            LOG.warning("%s cannot be used: %s", self.place / "troubles.json", error)
            return {}

    def keep_troubles(self, troubles: dict[str, Trouble]) -> None:
        """Raises OSError where they cannot be written."""
        if troubles != self.troubles():
            self.place.mkdir(parents=True, exist_ok=True)
            said = {content: asdict(trouble) for content, trouble in sorted(troubles.items())}
            write_whole(self.place / "troubles.json", json.dumps(said).encode())

    def prune(self, used: Collection[str]) -> None:
        """Remove what neither this run nor any of the last KEPT_DAYS needed, of this version and of others."""
        before = time.time() - KEPT_DAYS * DAY
        for file in self.place.glob("*/*.arrow"):
            if file.stem not in used and file.stat().st_mtime < before:
                file.unlink(missing_ok=True)
        for other in self._others():
            if all(file.stat().st_mtime < before for file in other.rglob("*")):
                shutil.rmtree(other, ignore_errors=True)

    def _others(self) -> Iterator[Path]:
        for folder in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if folder.is_dir() and folder != self.place:
                yield folder
