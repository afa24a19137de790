"""The folder of the review page: made beside the old one and exchanged with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline import __version__
from pipeline.limits import NO_LIMITS, Limits
from pipeline.review import data
from pipeline.review.sight import Sight, died, look_again
from pipeline.review.tables import Shelf, shelves
from pipeline.sources import find
from pipeline.swap import Foreign, check_own, replaced
from pipeline.workers import each

ASSETS = Path(__file__).with_name("page")
FOLDERS = ("data", "pages")
SUFFIXES = (".js", ".webp")
# A folder with such names may be anybody's site; this line in its first page says that it is not.
MARK = '<meta name="generator" content="yojitsu review">'


def check_review(folder: Path) -> None:
    """Raises Foreign where `folder` is neither new nor empty nor a review page that yojitsu wrote."""
    check_own(folder, FOLDERS, assets(), SUFFIXES)
    if folder.exists() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
        index = folder / "index.html"
        if not index.is_file() or MARK not in index.read_text(encoding="utf-8", errors="replace"):
            raise Foreign(f"{folder} holds a page that yojitsu did not write. Choose an empty or a new folder")


def assets() -> dict[str, Path]:
    """The files of the page that are the same for all documents, by name; `documents.js` is written with them."""
    return {path.name: path for path in sorted(ASSETS.iterdir()) if path.suffix in {".html", ".css", ".js"}} | {"documents.js": ASSETS}


def review(
    out: Path, raw: Path, folder: Path, jobs: int = 0, seen: Callable[[str, Sight], None] = lambda path, sight: None, limits: Limits = NO_LIMITS
) -> list[str]:
    """Writes the page of the tables in `out`, whose documents lie in `raw`, into `folder`; the paths of documents that could not be shown.

    `seen` is called after each document, in any order, `jobs` and `limits` are as in `pipeline.workers.each`.
    Raises LookupError with a sentence where a table is missing, swap.Foreign where `folder` holds something else, OSError where it cannot be written.
    """
    on_shelf = shelves(out)
    check_review(folder)
    expected = {shelf.document["source_path"]: shelf.document["sha256"] for shelf in on_shelf if shelf.document["status"] != "failed"}
    sources = [source for source in find(raw, leave_out=out).sources if source.path in expected]
    with replaced(folder, FOLDERS, assets(), SUFFIXES) as beside:
        sights: dict[str, Sight] = {}
        for source, sight in each(sources, jobs, partial(look_again, pages=beside / "pages", expected=expected), died, limits):
            sights[source.path] = sight
            seen(source.path, sight)
        _write(on_shelf, sights, beside)
    return [path for path in expected if path not in sights or sights[path].missing]


def _write(on_shelf: list[Shelf], sights: dict[str, Sight], folder: Path) -> None:
    for name, path in assets().items():
        if path.is_file():
            shutil.copyfile(path, folder / name)
    (folder / "data").mkdir()
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "documents.js").write_text(data.overview(on_shelf, __version__), encoding="utf-8")
    for shelf in on_shelf:
        if shelf.document["status"] != "failed":
            text = data.of_document(shelf, sights.get(shelf.document["source_path"]))
            (folder / "data" / f"{shelf.document['document_id']}.js").write_text(text, encoding="utf-8")
