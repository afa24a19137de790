"""Files on S3-compatible storage, with as much of a `Path` as documents and kept readings need.

Where the storage is, and who asks, comes from the usual variables: AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_REGION, or a role of the machine. Nothing heavy is imported before something is asked for.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SCHEME = "s3://"


class State(NamedTuple):
    """What the storage says of an object, by the names of `os.stat`. It keeps whole seconds, and neither inode nor a time that nobody can set."""

    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int
    st_ino: int


@dataclass(frozen=True, order=True)
class Remote:
    """An object or a folder by its address `s3://bucket/key`; `listed` is what a listing said of it."""

    address: str
    listed: State | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.address

    def __truediv__(self, name: str) -> Remote:
        return Remote(f"{self.address.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        return self.address.rstrip("/").rpartition("/")[2]

    @property
    def key(self) -> str:
        return self.address.removeprefix(SCHEME).rstrip("/")

    def with_name(self, name: str) -> Remote:
        return Remote(f"{self.address.rpartition('/')[0]}/{name}")

    def stat(self) -> State:
        """Raises FileNotFoundError where there is no such object. What a listing said is not asked for again."""
        if self.listed is not None:
            return self.listed
        info = system().get_file_info(self.key)
        if not info.is_file:
            raise FileNotFoundError(self.address)
        return _state(info)

    def open(self, mode: str = "rb") -> Any:
        assert mode == "rb", "objects are written whole, by write_bytes"
        return system().open_input_file(self.key)

    def read_bytes(self) -> bytes:
        """Raises FileNotFoundError, or OSError where the storage cannot be reached."""
        with system().open_input_stream(self.key) as opened:
            return bytes(opened.read())

    def write_bytes(self, data: bytes) -> None:
        """The whole object or what it was: storage shows it once it is complete."""
        with system().open_output_stream(self.key) as opened:
            opened.write(data)

    def unlink(self) -> None:
        system().delete_file(self.key)

    def files(self) -> Iterator[tuple[str, Remote]]:
        """Every object below, by its path within this folder, with its state. Raises OSError where the folder cannot be listed."""
        from pyarrow import fs

        for info in system().get_file_info(fs.FileSelector(self.key, recursive=True, allow_not_found=True)):
            if info.is_file:
                yield info.path.removeprefix(self.key).lstrip("/"), Remote(SCHEME + info.path, _state(info))


def _state(info: Any) -> State:
    return State(info.size, info.mtime_ns, info.mtime_ns, 0)


@functools.cache
def system() -> Any:
    """The storage that the environment names; one for each process."""
    from pyarrow import fs

    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    scheme, _, host = endpoint.partition("://") if endpoint else ("https", "", None)
    return fs.S3FileSystem(endpoint_override=host, scheme=scheme)
