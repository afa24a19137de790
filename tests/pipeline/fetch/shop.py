"""Sources, refreshes and what lies in the folder, for tests of fetching."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from pipeline.fetch import Fetched, Origin, Status, refresh
from pipeline.fetch.origins import Kind
from tests.conftest import pdf_bytes
from tests.pipeline.fetch.site import Time, settings

ONE, TWO, THREE = pdf_bytes("one"), pdf_bytes("two"), pdf_bytes("three")


def file_at(address: str, **given: Any) -> Origin:
    return Origin(**({"id": "plan", "kind": Kind.FILE, "address": address, "publisher": "P", "plan": "Q", "licence": "CC-BY-4.0", "into": "plan"} | given))


def page_at(address: str, link: str | None = r"\.pdf$", text: str | None = None, **given: Any) -> Origin:
    patterns = {"link": link and re.compile(link), "text": text and re.compile(text)}
    return file_at(address, **({"id": "page", "kind": Kind.PAGE, "into": "page"} | patterns | given))


def folder_at(address: str, **given: Any) -> Origin:
    return file_at(address, **({"id": "folder", "kind": Kind.FOLDER, "into": "folder"} | given))


def fetched(raw: Path, time: Time, *origins: Origin, **given: Any) -> list[Fetched]:
    return refresh(origins, raw, settings(time, **given))


def only(raw: Path, time: Time, origin: Origin, **given: Any) -> Fetched:
    [one] = fetched(raw, time, origin, **given)
    return one


def held(raw: Path) -> dict[str, bytes]:
    """Every document under the folder with its bytes."""
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in sorted(raw.rglob("*")) if path.is_file() and is_document(path)}


def is_document(path: Path) -> bool:
    return not path.name.startswith(".") and not path.name.endswith(".card.toml")


def leftovers(raw: Path) -> list[str]:
    return [path.name for path in raw.rglob(".fetch.*")]


def card(raw: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((raw / f"{name}.card.toml").read_text(encoding="utf-8"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


__all__ = ["ONE", "THREE", "TWO", "Status", "card", "fetched", "file_at", "folder_at", "held", "leftovers", "only", "page_at", "sha256"]
