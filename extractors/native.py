"""What mypyc is told of classes (`make compiled`). Where they run as they are written nothing is said, and mypy_extensions is not needed to run either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["mypyc_attr"]

if TYPE_CHECKING:
    from mypy_extensions import mypyc_attr
else:

    def mypyc_attr(**said: Any) -> Any:
        """`acyclic=True`: no object of the class ever leads back to itself, so that the collector of garbage need not follow it."""
        return lambda made: made
