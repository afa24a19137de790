"""Which files of a folder are documents."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipeline.remote import Remote

# Files that stand beside documents and are none: data, code, notes of tools. Everything else is offered to the readers, so that
# nothing a person puts there is passed over in silence.
SIDE_SUFFIXES = {
    *(".csv", ".ipynb", ".json", ".jsonl", ".lock", ".log", ".md5", ".py", ".sh", ".sha256", ".toml", ".tsv", ".xml", ".yaml", ".yml"),
    *(".arrow", ".bak", ".crdownload", ".duckdb", ".parquet", ".part", ".sqlite", ".tmp"),
}
# Where a document comes from, in a file of its name with this after it.
CARD_SUFFIX = ".card.toml"
SIDE_STEMS = ("readme", "license", "licence", "copying", "changelog", "notice")
SIDE_NAMES = frozenset({"thumbs.db", "desktop.ini", "makefile"})


@dataclass(frozen=True, order=True)
class Source:
    """A file that is offered as a document: `path` inside the folder as published (NFC, / between folders), `file` where it lies."""

    path: str
    file: Path | Remote

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def size(self) -> int:
        """In bytes; 0 where it cannot be told, as for a link to nothing: whoever opens it says so in its row."""
        try:
            return int(self.file.stat().st_size)
        except OSError:
            return 0


@dataclass(frozen=True)
class Found:
    """The documents of a folder in the order of their paths, their cards likewise, and how many files were passed over, cards among them."""

    sources: tuple[Source, ...]
    passed_over: int
    cards: tuple[Source, ...] = ()


def find(raw: Path | Remote, leave_out: Path | None = None) -> Found:
    """The documents under `raw` at any depth, or `raw` itself where it is a file. `leave_out` is a folder that is not entered (the tables').

    Hidden files and folders do not count. Links to files are followed, links to folders are not: they may lead round.
    Raises FileNotFoundError where there is no `raw`, OSError where storage cannot be listed.
    """
    if isinstance(raw, Remote):
        return _found_on(raw)
    if not raw.exists():
        raise FileNotFoundError(raw)
    if raw.is_file():
        card = raw.with_name(raw.name + CARD_SUFFIX)
        return Found((Source(printable(raw.name), raw),), 0, (Source(printable(card.name), card),) if card.exists() else ())
    left_out = leave_out.resolve() if leave_out else None
    sources, cards, passed_over = [], [], 0
    closed: list[Path] = []
    for folder, folders, names in os.walk(raw, onerror=lambda error: closed.append(Path(str(error.filename)))):
        folders[:] = [name for name in folders if not name.startswith(".") and (Path(folder) / name).resolve() != left_out]
        for name in names:
            file = Path(folder) / name
            # A link to nothing is offered, so that its row says so; a socket or pipe would never end.
            if name.startswith(".") or (file.exists() and not file.is_file()):
                continue
            source = Source(printable(file.relative_to(raw).as_posix()), file)
            if not is_side_file(name):
                sources.append(source)
                continue
            passed_over += 1
            if name.lower().endswith(CARD_SUFFIX):
                cards.append(source)
    # A folder that may not be entered is offered as it is: its row says so, rather than its documents leaving the tables in silence.
    sources += [Source(printable(folder.relative_to(raw).as_posix()), folder) for folder in closed]
    return Found(tuple(sorted(sources)), passed_over, tuple(sorted(cards)))


def _found_on(raw: Remote) -> Found:
    """As `find`, on storage: no links, and nothing that cannot be entered."""
    listed = [Source(printable(path), file) for path, file in raw.files() if not any(part.startswith(".") for part in path.split("/"))]
    aside = [source for source in listed if is_side_file(source.name)]
    cards = [source for source in aside if source.name.lower().endswith(CARD_SUFFIX)]
    return Found(tuple(sorted(source for source in listed if not is_side_file(source.name))), len(aside), tuple(sorted(cards)))


def is_side_file(name: str) -> bool:
    """Whether a file of this name stands beside documents (a card, a README, data) rather than being one."""
    lower = name.lower()
    stem, _, rest = lower.partition(".")
    if lower in SIDE_NAMES or lower.startswith("~$"):
        return True
    # A README may be README.ja.md; but `readme_計画.pdf` is a document.
    return Path(lower).suffix in SIDE_SUFFIXES or (stem in SIDE_STEMS and Path(lower).suffix in {"", ".md", ".txt", ".rst"} and rest != "pdf")


def printable(path: str) -> str:
    """A path as text that can be published: NFC, and bytes that are not UTF-8 read as CP932 (names from old archives)."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        path = os.fsencode(path).decode("cp932", errors="backslashreplace")
    return unicodedata.normalize("NFC", path)
