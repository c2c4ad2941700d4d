"""Items that hang, crash and kill, in real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from executor_tasks import Task, die_at_start, fail_to_start, start_slowly, work

from tidings.errors import Unavailable
from tidings.executors.local import LocalExecutor, LocalOptions
from tidings.model import Reason, Rejected
from tidings.ports import Executor

OPTIONS = LocalOptions(grace=1.0, ahead=4, start_seconds=60)


def make_executor(seconds: float = 20.0) -> LocalExecutor:
    return LocalExecutor(2, seconds, os.getpid, options=OPTIONS)


def children() -> list[psutil.Process]:
    """Those that work; multiprocessing keeps one more, which tracks resources."""
    found = psutil.Process().children(recursive=True)
    return [child for child in found if "resource_tracker" not in " ".join(child.cmdline())]


def test_each_item_ends_once_in_order_whatever_the_others_do(tmp_path: Path) -> None:
    verbs = ["echo 0", "die", "echo 1", "raise", "recurse", "exit", "unpicklable", "die-once"]
    tasks = [Task(name, str(tmp_path)) for name in (*verbs, *(f"echo {n}" for n in range(2, 30)))]
    executor: Executor = make_executor()
    results = list(executor.map(work, tasks))
    assert len(results) == len(tasks)
    ends = [r.reason if isinstance(r, Rejected) else r for r in results[:8]]
    crashed = Reason.CRASHED
    assert ends[1:2] + ends[3:] == [crashed, crashed, crashed, crashed, crashed, "lived"]
    echoed = [r for r in results if isinstance(r, tuple)]
    assert [number for number, _ in echoed] == list(range(30))
    assert os.getpid() not in {pid for _, pid in echoed}
    details = {r.name: r.detail for r in results if isinstance(r, Rejected)}
    assert "killed by SIGKILL" in details["die"]
    assert "exit status 3" in details["exit"]
    assert details["raise"] == "ValueError: no good"
    assert children() == []


def test_items_that_hang_are_ended() -> None:
    tasks = [Task("sleep"), Task("hang"), Task("echo 1"), Task("sleep 0.1"), Task("echo 2")]
    start = time.monotonic()
    results = list(make_executor(0.5).map(work, tasks))
    assert [r.reason for r in results[:2] if isinstance(r, Rejected)] == [Reason.TIMEOUT] * 2
    assert [type(r) for r in results[2:]] == [tuple, str, tuple]
    assert time.monotonic() - start < 30
    assert children() == []


def test_items_are_taken_lazily_and_processes_end_with_the_map() -> None:
    taken = 0

    def items() -> Iterator[Task]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield Task(f"echo {number}")

    results = make_executor().map(work, items())
    assert taken == 0
    next(results)
    assert taken <= 2 * OPTIONS.ahead + 1
    assert len(children()) <= 2
    results.close()  # type: ignore[attr-defined]
    assert children() == []


def test_nothing_to_do_starts_nothing() -> None:
    executor = LocalExecutor(2, initializer=die_at_start)
    assert list(executor.map(work, [])) == []


def test_one_thread_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert list(make_executor().map(work, [Task("threads")])) == ["1"]
    assert "OMP_NUM_THREADS" not in os.environ


def test_the_start_has_its_own_limit() -> None:
    executor = LocalExecutor(1, 0.5, start_slowly, options=OPTIONS)
    (result,) = executor.map(work, [Task("echo 1")])
    assert isinstance(result, tuple)


def test_a_start_that_fails_is_told() -> None:
    with pytest.raises(Unavailable, match="OSError: no weights"):
        list(LocalExecutor(1, initializer=fail_to_start).map(work, [Task("echo 1")]))
    with pytest.raises(Unavailable, match="killed by SIGKILL"):
        list(LocalExecutor(1, initializer=die_at_start).map(work, [Task("echo 1")]))
    assert children() == []


SCRIPT = """
from executor_tasks import Task, work
from tidings.executors.local import LocalExecutor
if __name__ == "__main__":
    tasks = [Task("echo 1"), *[Task("sleep")] * 9]
    for result in LocalExecutor(2).map(work, tasks):
        print(result[1], flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_us(tmp_path: Path, number: signal.Signals) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        ours = psutil.Process(process.pid).children(recursive=True)
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does
        else:
            process.kill()
        _, told = process.communicate(timeout=20)
    if number == signal.SIGINT:
        assert told.count("Traceback") == 1  # the script's own, none of a worker
    _, alive = psutil.wait_procs(ours, timeout=10)
    assert alive == []
