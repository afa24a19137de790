"""What lies in a folder of tables and what it was made from, in one small file beside them: a run with nothing new need not open them."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

LOG = logging.getLogger(__name__)

# Hidden, so that those who read the folder as a dataset pass it over.
NAME = ".yojitsu.json"


@dataclass(frozen=True)
class Manifest:
    """`inputs` is a digest of everything that decides the tables; `files` gives the size in bytes of each file of the folder by its path in it.

    `statuses` counts the documents, `rows` the rows of each table, `severities` the findings; `superseded` is how many documents have a newer
    edition, `unmatched` how many lines of data (corrections, aliases) fitted nothing.
    """

    inputs: str
    files: dict[str, int]
    statuses: dict[str, int]
    rows: dict[str, int]
    severities: dict[str, int]
    superseded: int
    unmatched: int

    def write(self, folder: Path) -> None:
        """Into the folder of tables. The same tables give the same bytes."""
        (folder / NAME).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def holds(self, folder: Path) -> bool:
        """Whether the files of the folder are those of this manifest, by their names and sizes."""
        return files_of(folder) == self.files


def load(folder: Path) -> Manifest | None:
    """The manifest of a folder of tables; None where it has none that can be understood: a folder of an older version."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError) as error:
        LOG.warning("%s cannot be used: %s", folder / NAME, error)
        return None


def files_of(folder: Path) -> dict[str, int]:
    """The size in bytes of every file in a folder that is not hidden, by its path in it."""
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    }


def digest(parts: Iterable[tuple[str, str]]) -> str:
    """32 hex digits for inputs given as names and contents, whatever their order."""
    text = "\n".join(f"{name}\x1f{content}" for name, content in sorted(parts))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
