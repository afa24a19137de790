"""What a process asks of its machine and of the libraries in it before it works."""

from __future__ import annotations

import logging
import os


def quiet_libraries() -> None:
    """The PDF library warns of every odd font; what matters of that reaches `documents` as a reason. The lock tells each of its steps."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    logging.getLogger("filelock").setLevel(logging.WARNING)


def cores() -> int:
    """The number of cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
