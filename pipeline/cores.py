"""What a process asks of its machine and of the libraries in it before it works."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec


def quiet_libraries() -> None:
    """The PDF library warns of every odd font; what matters of that reaches `documents` as a reason. The lock tells each of its steps."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    logging.getLogger("filelock").setLevel(logging.WARNING)


class _Absent:
    """Finds some libraries nowhere, as where they are not installed."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"{name} is not imported by a process that makes no data frames", name=name)
        return None


@contextmanager
def _without(*names: str) -> Iterator[None]:
    absent = _Absent(*names)
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


def leave_pandas_out() -> None:
    """For a process that makes tables and no data frames, and imports no pandas from now on: half a second and 40 MB less.

    Arrow imports pandas for the first list that it is handed, to see whether the list is one of its series.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _Absent("pandas"))


def tell_arrow_of_no_pandas() -> None:
    """As `leave_pandas_out`, for a process that may import pandas for other things: Arrow asks once for lists, and once for moments."""
    import pyarrow

    if "pandas" not in sys.modules:
        with _without("pandas"):
            pyarrow.array([0])
            pyarrow.array([0], pyarrow.timestamp("us", "UTC")).to_pylist()


def import_arrow_alone() -> None:
    """Arrow without NumPy, which it imports with itself where it is there: a tenth of a second and 10 MB less for who makes rows alone.

    pandas is of no use to such a process.
    """
    if "pyarrow" not in sys.modules:
        with _without("numpy"):
            import pyarrow.parquet  # noqa: F401


def cores() -> int:
    """The number of cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
