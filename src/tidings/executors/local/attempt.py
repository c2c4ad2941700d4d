"""One item under a time limit: whatever happens, it ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import TypeVar

from tidings.model import Reason, Rejected

Item = TypeVar("Item")
Result = TypeVar("Result")

REPEAT = 1.0
"""Seconds until a limit that code has swallowed (a bare ``except``, a callback) strikes again."""


PATIENCE = 5.0
"""Seconds on the clock for each second of processor time: a busy machine is no fault of a page."""


class OutOfTime(BaseException):
    """Not an ``Exception``: extractors and libraries catch those, and would go on."""


class Caught:
    """Keeps what its block raises. What a page raises is the page's end, not the worker's; only
    the wish to stop the process goes on."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def __enter__(self) -> Caught:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = error
        return error is not None and not isinstance(error, (KeyboardInterrupt, SystemExit))


def attempt(
    function: Callable[[Item], Result], item: Item, name: str, seconds: float
) -> Result | Rejected:
    with Caught() as caught, time_limit(seconds):
        return function(item)
    if isinstance(caught.error, OutOfTime):
        return refuse_slow(name, seconds)
    detail = f"{type(caught.error).__name__}: {caught.error}".splitlines()[0]
    return Rejected(name=name, reason=Reason.CRASHED, detail=detail)


def refuse_slow(name: str, seconds: float) -> Rejected:
    detail = f"not done after {seconds:g} s of work; raise seconds_a_page to wait longer"
    return Rejected(name=name, reason=Reason.TIMEOUT, detail=detail)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """OutOfTime is raised in its block between two steps of Python code: after ``seconds`` of
    processor time, or ``PATIENCE`` times as long on the clock, whichever comes first. Without
    effect where there are no such timers (Windows) and outside the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not _main():
        yield
        return
    is_armed = True

    def strike(number: int, frame: FrameType | None) -> None:
        if is_armed:
            raise OutOfTime

    timers = (
        (signal.SIGPROF, signal.ITIMER_PROF, seconds),
        (signal.SIGALRM, signal.ITIMER_REAL, seconds * PATIENCE),
    )
    before = [signal.signal(number, strike) for number, _, _ in timers]
    try:
        for _, timer, limit in timers:
            signal.setitimer(timer, limit, REPEAT)
        yield
    finally:
        is_armed = False
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


def _main() -> threading.Thread:
    return threading.main_thread()
