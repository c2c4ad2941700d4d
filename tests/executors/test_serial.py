"""The laws of an executor, where they cost nothing."""

from __future__ import annotations

import signal
import threading
import time

import pytest
from executor_tasks import Task, work
from hypothesis import given
from hypothesis import strategies as st

from tidings.executors.local import SerialExecutor
from tidings.model import Reason, Rejected
from tidings.ports import Executor

needs_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs SIGALRM")


@given(st.lists(st.tuples(st.sampled_from(["echo", "raise", "recurse"]), st.integers(0, 99))))
def test_one_result_an_item_in_order(tasks: list[tuple[str, int]]) -> None:
    executor: Executor = SerialExecutor()
    named = [Task(f"{verb} {number}") for verb, number in tasks]
    for task, result in zip(named, executor.map(work, named), strict=True):
        if task.name.startswith("echo"):
            assert isinstance(result, tuple)
            assert result[0] == int(task.name.split()[1])
        else:
            assert isinstance(result, Rejected)
            assert (result.name, result.reason) == (task.name, Reason.CRASHED)


def test_items_are_taken_as_results_are() -> None:
    taken = []

    def items() -> object:
        for number in range(5):
            taken.append(number)
            yield Task(f"echo {number}")

    results = SerialExecutor().map(work, items())
    next(results)
    next(results)
    assert taken == [0, 1]


def test_what_an_item_raises_is_told_in_one_line() -> None:
    (result,) = SerialExecutor().map(work, [Task("raise")])
    assert result == Rejected(name="raise", reason=Reason.CRASHED, detail="ValueError: no good")


@needs_alarm
@pytest.mark.parametrize("verb", ["sleep", "swallow"])
def test_an_item_out_of_time_ends(verb: str) -> None:
    start = time.monotonic()
    slow, quick = SerialExecutor(0.2).map(work, [Task(verb), Task("echo 1")])
    assert isinstance(slow, Rejected)
    assert slow.reason is Reason.TIMEOUT
    assert isinstance(quick, tuple)
    assert time.monotonic() - start < 5
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_to_stop_is_to_stop() -> None:
    with pytest.raises(SystemExit):
        next(SerialExecutor().map(work, [Task("exit")]))


def test_it_works_beside_the_main_thread() -> None:
    results: list[object] = []
    thread = threading.Thread(
        target=lambda: results.extend(SerialExecutor().map(work, [Task("echo 1")]))
    )
    thread.start()
    thread.join()
    assert isinstance(results[0], tuple)
