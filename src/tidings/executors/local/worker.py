"""A process that works for us, and our end of its pipe."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import Any

from tidings.errors import TidingsError, Unavailable
from tidings.executors.local.attempt import PATIENCE, Caught, attempt
from tidings.model import Rejected

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""One each: as many processes as cores are quicker than threads, which wait by spinning."""

SPAWN = get_context("spawn")  # ONNX Runtime hangs after a fork
STARTING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker does; all of it is pickled."""

    function: Callable[[Any], Any]
    initializer: Callable[[], object] | None
    name_of: Callable[[Any], str]
    seconds: float  # for one item
    start_seconds: float  # for the initializer, or for the first item where there is none


class Lost(Exception):
    """The worker has ended."""


class Late(Lost):
    """The worker says nothing in time."""


class Worker:
    """Asked from one thread at a time; ``kill`` may come from any."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._limit = job.seconds if job.initializer else job.start_seconds
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=serve, args=(theirs, job), daemon=True)
        with STARTING, _environment(dict.fromkeys(THREADS, "1")):
            self._process.start()
        theirs.close()

    def greet(self) -> None:
        """Waits till it is ready. Raises what its initializer raised, or Unavailable."""
        try:
            error = self._answer(self._job.start_seconds)
        except Lost as lost:
            raise Unavailable(
                f"a worker process did not start ({self.describe_end()}); if this is a script of "
                "yours, put its calls under: if __name__ == '__main__'"
            ) from lost
        if error is not None:
            raise error

    def ask(self, item: object, grace: float) -> Any:
        """The result. Raises Late ``grace`` seconds after the item's limit on the clock, Lost at
        its death."""
        try:
            self._pipe.send((item, self._limit))
        except OSError as error:
            raise Lost from error
        answer = self._answer(self._limit * PATIENCE + grace)
        self._limit = self._job.seconds
        return answer

    def _answer(self, seconds: float) -> Any:
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise Lost from error
        raise Late

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def describe_end(self) -> str:
        self._process.join(1.0)
        code = self._process.exitcode
        if code is None:
            return "it hangs"
        if code >= 0:
            return f"exit status {code}"
        with suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
        return f"killed by signal {-code}"


def serve(pipe: Connection, job: Job) -> None:
    """The process itself. It ends with the one that started it, at once, whatever it is at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        if not _start(pipe, job):
            return
        while True:
            item, limit = pipe.recv()
            answer = attempt(partial(_run, job), item, job.name_of(item), limit)
            pipe.send_bytes(pickle.dumps(answer) if isinstance(answer, Rejected) else answer)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _run(job: Job, item: object) -> bytes:
    """The result as it travels, so that one that can't be pickled ends under the limit, too."""
    return pickle.dumps(job.function(item))


def _start(pipe: Connection, job: Job) -> bool:
    with Caught() as caught:
        if job.initializer:
            job.initializer()
    error = caught.error
    if error is not None and not isinstance(error, TidingsError):
        error = Unavailable(f"a worker could not start: {type(error).__name__}: {error}")
    pipe.send(error)
    return error is None


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """For processes started in its block; what the user has set stays."""
    added = [name for name in values if name not in os.environ]
    os.environ.update({name: values[name] for name in added})
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)
