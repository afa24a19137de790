"""What a fetched file is called: the name that the server or the address gives, made safe; Japanese stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from pipeline.sources import is_side_file

# File systems allow 255 bytes; the date of a new edition, `.card.toml` and the temporary name need room beside it.
LONGEST_NAME = 180
# Parts of paths, what Windows forbids (a checkout may land there), and control and direction characters.
UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
# Windows takes these for devices, with any suffix.
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def given_name(address: str, disposition: bytes | None) -> str:
    """The name that a server gives a file: Content-Disposition's, else the last part of the address's path. Not safe yet."""
    return (_of_disposition(disposition) if disposition else "") or _of_address(address)


def safe(name: str, suffixes: Sequence[str]) -> str:
    """A name that is one part of a path, NFC, at most LONGEST_NAME bytes, not hidden, with one of `suffixes`."""
    name = unicodedata.normalize("NFC", UNSAFE.sub("_", name)).strip(" .\u3000")
    suffix = PurePosixPath(name).suffix
    if suffix.lower() in suffixes:
        stem = name[: -len(suffix)].rstrip(" .")
    else:
        stem, suffix = name, suffixes[0]
    stem = _cut(stem.lstrip("._ ") or "document", LONGEST_NAME - len(suffix.encode()))
    # A plan called readme.txt would be written and never read.
    if DEVICES.match(stem + suffix) or is_side_file(stem + suffix):
        stem = _cut(f"document-{stem}", LONGEST_NAME - len(suffix.encode()))
    return stem + suffix


def safe_folder(part: str) -> str:
    """One part of a folder's path, made safe in the same way."""
    return _cut(unicodedata.normalize("NFC", UNSAFE.sub("_", part)).strip(" ._\u3000"), LONGEST_NAME) or "folder"


def edition(name: str, mark: str) -> str:
    """The name with a mark before its suffix: `計画.pdf` and 2026-11-21 give `計画.2026-11-21.pdf`."""
    path = PurePosixPath(name)
    return f"{path.stem}.{mark}{path.suffix}"


def numbered(name: str, number: int) -> str:
    """The name for a file when `number` - 1 others have it: `計画-2.pdf`."""
    path = PurePosixPath(name)
    return name if number == 1 else f"{path.stem}-{number}{path.suffix}"


def readable(data: bytes) -> str | None:
    """The text of a percent-decoded name: UTF-8, or CP932 as on older Japanese servers; None where it is neither."""
    for encoding in ("utf-8", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = "\uf8f0"
        # What Python makes of bytes that CP932 does not know.
        if not re.search("[\uf8f0-\uf8ff]", text):
            return text
    return None


def _of_address(address: str) -> str:
    last = urlsplit(address).path.rpartition("/")[2]
    return readable(unquote_to_bytes(last)) or last


def _of_disposition(header: bytes) -> str:
    """The file name of a Content-Disposition (RFC 6266), `filename*` (RFC 8187) before `filename`; empty where it has none.

    Servers here put raw UTF-8, raw CP932 or percent signs into the plain one; browsers read all three.
    """
    message = Message()
    message["Content-Disposition"] = header.decode("latin-1")
    given = [value for name, value in message.get_params(failobj=[], header="content-disposition") if name.lower() == "filename"]
    names = [_extended(*value) for value in given if isinstance(value, tuple)] + [_plain(value) for value in given if isinstance(value, str)]
    # Old browsers sent, and some servers give, a whole path.
    return next((re.split(r"[/\\]", name)[-1] for name in names if name.strip()), "")


def _extended(charset: str | None, language: str | None, value: str) -> str:
    try:
        return value.encode("latin-1").decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return _plain(value)


def _plain(value: str) -> str:
    return readable(unquote_to_bytes(value.encode("latin-1", errors="replace"))) or value


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip(" .")
