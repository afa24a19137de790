"""A folder that is replaced as a whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path


class Foreign(Exception):
    """A folder holds something that was not written by this program: replacing it would destroy a person's files."""


@contextmanager
def replaced(folder: Path, names: Collection[str], files: Collection[str] = (), suffixes: Collection[str] = (".parquet",)) -> Iterator[Path]:
    """A new, empty folder beside `folder` that takes its place when the block ends, and vanishes when the block raises.

    `names` are the subfolders that `folder` may hold, with files of these `suffixes` alone, `files` what may lie beside them. Raises Foreign
    where it holds anything else.
    """
    check_own(folder, names, files, suffixes)
    # Beside the real folder where `folder` is a link, so that the exchange stays within one file system.
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.yojitsu-", dir=folder.parent))
    try:
        beside.chmod(_mode(folder))
        yield beside
        if folder.is_dir():
            for kept in folder.iterdir():
                if kept.name.startswith(".") and kept.is_file() and not (beside / kept.name).exists():
                    shutil.copy2(kept, beside / kept.name)
        sync(beside)
        _exchange(beside, folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def check_own(folder: Path, names: Collection[str], files: Collection[str] = (), suffixes: Collection[str] = (".parquet",)) -> None:
    """Raises Foreign where `folder` is a file, or holds more than the named folders and files and hidden files."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Foreign(f"{folder} is a file, not a folder")
    for entry in sorted(folder.iterdir()):
        if entry.is_file() and (entry.name.startswith(".") or entry.name in files):
            continue
        if entry.name not in names or not entry.is_dir():
            raise Foreign(f"{folder} holds {entry.name!r}, which yojitsu did not write. Choose an empty or a new folder")
        for inner in sorted(entry.rglob("*")):
            if inner.is_file() and inner.suffix not in suffixes:
                raise Foreign(f"{entry} holds {inner.name!r}, which yojitsu did not write. Choose an empty or a new folder")


def write_whole(file: Path, data: bytes) -> None:
    """`data` as the whole content of `file`, or what it was: written beside it, forced to the disk, then renamed.

    Raises OSError where it cannot be written; nothing is left beside the file then.
    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.yojitsu-", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        beside.chmod(_mode(file, 0o666))
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove what runs that were stopped in the middle left beside `folder`. To be called by the one run that may write there."""
    for left in folder.resolve().parent.glob(f".{glob.escape(folder.resolve().name)}.yojitsu-*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Everything in `folder` on the disk, so that a power cut after the exchange does not leave empty files."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
            continue
        with path.open("rb") as opened:
            os.fsync(opened.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """The names in a folder on the disk: a rename is not, before this."""
    # Windows opens no folders.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mode(place: Path, new: int = 0o777) -> int:
    """The mode of what is at `place`; `new` less the umask where nothing is. mkdtemp and mkstemp make what the owner alone can read."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return new & ~mask


def _exchange(new: Path, folder: Path) -> None:
    """`new` under the name of `folder`; what was there before is under the name `new`, or gone where nothing was."""
    if not folder.exists():
        new.rename(folder)
    elif not _exchanged_at_once(new, folder):
        old = new.with_name(new.name + "-old")
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        shutil.rmtree(old)


def _exchanged_at_once(new: Path, folder: Path) -> bool:
    """Let the kernel exchange two folders in one step, so that no reader ever finds neither. False where it cannot."""
    one, two = os.fsencode(new), os.fsencode(folder)
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else object()
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        # -100: paths are not relative to an open folder; 2: RENAME_EXCHANGE.
        failed = library.renameat2(-100, one, -100, two, 2)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        # 2: RENAME_SWAP.
        failed = library.renamex_np(one, two, 2)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    # The file system does not know how (network shares, old kernels).
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}:
        return False
    raise OSError(code, os.strerror(code), str(folder))
