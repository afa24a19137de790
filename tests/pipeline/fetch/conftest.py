from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pipeline.fetch.site import Site, Time, serving


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine behind a proxy reaches its own loopback without it."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def time() -> Time:
    return Time()
