"""Things that are put together by several processes come out in their order, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import time

import pytest

from pipeline.workers import in_order


def slowest_first(number: int) -> tuple[int, int]:
    time.sleep(0.2 if number == 0 else 0)
    return number, os.getpid()


def killed_elsewhere(told: tuple[int, int]) -> int:
    parent, number = told
    if number == 1 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refused(number: int) -> int:
    raise KeyError(number)


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_they_come_out_in_their_order(jobs: int) -> None:
    made = list(in_order(range(8), jobs, slowest_first))
    assert [number for number, _ in made] == list(range(8))
    assert (os.getpid() in {process for _, process in made}) == (jobs == 0)


def test_what_a_killed_process_had_is_done_by_this_one() -> None:
    assert list(in_order([(os.getpid(), number) for number in range(6)], 2, killed_elsewhere)) == list(range(6))


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_a_process_raises_is_raised_here(jobs: int) -> None:
    with pytest.raises(KeyError):
        list(in_order([1, 2], jobs, refused))


def test_nothing_starts_no_process() -> None:
    assert list(in_order([], 2, refused)) == []
