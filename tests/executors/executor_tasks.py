"""What the workers of the tests do; a spawned process imports it."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Task:
    """``name`` says what to do, and a number follows it."""

    name: str
    folder: str = ""


def work(task: Task) -> object:
    verb, _, number = task.name.partition(" ")
    return VERBS[verb](task, number)


def _echo(task: Task, number: str) -> object:
    return int(number), os.getpid()


def _sleep(task: Task, number: str) -> object:
    time.sleep(float(number or 3600))
    return number


def _swallow(task: Task, number: str) -> object:
    """Catches what it can, once."""
    try:
        time.sleep(3600)
    except BaseException:  # noqa: BLE001 - as bad code does
        time.sleep(3600)
    return None


def _hang(task: Task, number: str) -> object:
    """In C, where no signal handler runs."""
    return re.match(r"(a+)+$", "a" * 60 + "b")


def _die(task: Task, number: str) -> object:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def _die_once(task: Task, number: str) -> object:
    mark = Path(task.folder) / "mark"
    if not mark.exists():
        mark.touch()
        ctypes.string_at(0)  # SIGSEGV
    return "lived"


def _raise(task: Task, number: str) -> object:
    raise ValueError("no good\nsecond line")


def _recurse(task: Task, number: str) -> object:
    return _recurse(task, number)


def _exit(task: Task, number: str) -> object:
    sys.exit(3)


def _unpicklable(task: Task, number: str) -> object:
    return lambda: None


def _threads(task: Task, number: str) -> object:
    return os.environ.get("OMP_NUM_THREADS")


VERBS = {
    "echo": _echo,
    "sleep": _sleep,
    "swallow": _swallow,
    "hang": _hang,
    "die": _die,
    "die-once": _die_once,
    "raise": _raise,
    "recurse": _recurse,
    "exit": _exit,
    "unpicklable": _unpicklable,
    "threads": _threads,
}


def fail_to_start() -> None:
    raise OSError("no weights")


def die_at_start() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def start_slowly() -> None:
    time.sleep(1.5)
