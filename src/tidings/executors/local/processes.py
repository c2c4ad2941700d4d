"""Several processes, each with one item at a time, so that it is known whose item ended it."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from operator import attrgetter
from threading import Lock
from typing import Any, TypeVar

from tidings.executors.local.attempt import refuse_slow
from tidings.executors.local.worker import Job, Late, Lost, Worker
from tidings.model import Reason, Rejected

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalOptions:
    """None of them shapes results, but for pages that are near their time limit."""

    ahead: int = 32  # items in hand a process: one slow item keeps no other process waiting
    grace: float = 5.0  # seconds after an item's limit until its process is killed
    start_seconds: float = 600.0  # to start a worker; the first run ever builds files
    attempts: int = 2  # at an item whose process dies: it may have been killed for another's memory


class LocalExecutor:
    """``ports.Executor`` on processes of this machine, started at the first item.

    Functions and items are pickled; scripts that call it guard themselves by
    ``if __name__ == '__main__'``. An item past its limit is stopped from within where the system
    has SIGALRM, by the death of its process where that fails.

    ``initializer`` runs in each process before its first item; what it raises, ``map`` raises.
    Without one, the first item of a process has ``start_seconds``.
    """

    def __init__(
        self,
        processes: int | None = None,
        seconds_an_item: float = 20.0,
        initializer: Callable[[], object] | None = None,
        name_of: Callable[[Any], str] = attrgetter("name"),
        options: LocalOptions | None = None,
    ) -> None:
        self._processes = processes or os.cpu_count() or 1
        self._seconds = seconds_an_item
        self._initializer = initializer
        self._name_of = name_of
        self._options = options or LocalOptions()

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result | Rejected]:
        """Raises Unavailable where workers can't start. Closed early, it ends its processes."""
        job = Job(
            function=function,
            initializer=self._initializer,
            name_of=self._name_of,
            seconds=self._seconds,
            start_seconds=self._options.start_seconds,
        )
        crew = Crew(job, self._options)
        pool = ThreadPoolExecutor(self._processes, "tidings", _leave_interrupts)
        waiting: deque[Future[Any]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(crew.do, item))
                if len(waiting) > self._processes * self._options.ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            crew.dismiss()
            pool.shutdown(cancel_futures=True)


class Crew:
    """The workers of one ``map``; as many as threads call ``do`` at once."""

    def __init__(self, job: Job, options: LocalOptions) -> None:
        self._job = job
        self._options = options
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._is_dismissed = False

    def do(self, item: object) -> Any:
        """The item's result, or how it ended the process."""
        name, end = self._job.name_of(item), ""
        for _ in range(self._options.attempts):
            worker = self._take()
            try:
                result = worker.ask(item, self._options.grace)
            except Late:
                self._drop(worker)
                return refuse_slow(name, self._job.seconds)
            except Lost:
                end = worker.describe_end()
                self._drop(worker)
            else:
                self._put(worker)
                return result
        detail = f"its process ended ({end}) each of {self._options.attempts} times"
        return Rejected(name=name, reason=Reason.CRASHED, detail=detail)

    def dismiss(self) -> None:
        """Ends all processes; who waits for one is told that it is lost."""
        with self._lock:
            self._is_dismissed = True
            workers = [*self._idle, *self._busy]
        for worker in workers:
            worker.kill()

    def _take(self) -> Worker:
        with self._lock:
            if self._is_dismissed:
                raise Lost
            is_new = not self._idle
            worker = Worker(self._job) if is_new else self._idle.pop()
            self._busy.add(worker)
        if is_new:
            worker.greet()
        return worker

    def _put(self, worker: Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
            self._idle.append(worker)

    def _drop(self, worker: Worker) -> None:
        worker.kill()
        with self._lock:
            self._busy.discard(worker)


def _leave_interrupts() -> None:
    """Ctrl-C is for the main thread alone; processes inherit this from the thread's mask."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
