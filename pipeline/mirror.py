"""Tables copied to S3-compatible storage: each version whole under a name of its own, and one small object, written last, that says which holds.

Storage can replace one object at once and not a folder. So `PLACE/versions/ID/` holds the tables as OUT does, and `PLACE/latest.json` is the manifest
of the newest with its folder as `version`. A version is never changed; the one before the newest is kept for who reads it now, older ones are removed.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.manifest import Manifest
from pipeline.remote import Remote, system

LOG = logging.getLogger(__name__)

LATEST = "latest.json"
VERSIONS = "versions"


def mirror(out: Path, said: Manifest, place: Remote) -> bool:
    """Copy the tables of `out` to storage unless they are the newest there; whether anything was copied. Raises OSError, and readers find what they found."""
    before = latest(place)
    version = f"{VERSIONS}/{hashlib.sha256(json.dumps(asdict(said), sort_keys=True).encode()).hexdigest()[:16]}"
    if before.get("version") == version:
        return False
    for name in said.files:
        _copy(out / name, place / version / name)
    (place / LATEST).write_bytes(json.dumps(asdict(said) | {"version": version}, ensure_ascii=False, indent=1).encode() + b"\n")
    _remove_all_but({version, str(before.get("version"))}, place)
    return True


def latest(place: Remote) -> dict[str, Any]:
    """The manifest of the newest version with its folder as `version`; empty where there is none. Raises OSError."""
    try:
        said = json.loads((place / LATEST).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        LOG.warning("%s cannot be used: %s", place / LATEST, error)
        return {}
    return said if isinstance(said, dict) else {}


def _copy(file: Path, to: Remote) -> None:
    """In pieces: a table may be larger than memory."""
    with file.open("rb") as opened, system().open_output_stream(to.key) as stream:
        while piece := opened.read(1 << 23):
            stream.write(piece)


def _remove_all_but(kept: set[str], place: Remote) -> None:
    for path, file in (place / VERSIONS).files():
        if f"{VERSIONS}/{path.partition('/')[0]}" not in kept:
            file.unlink()
