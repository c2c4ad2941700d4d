"""The way to standard output and standard error: nothing that was fetched steers the terminal."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.text import Text

from tidings.errors import Unavailable

BREAKS = (0x2028, 0x2029)  # line and paragraph separator
BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Embeddings, overrides and isolates: they turn what stands after them (UAX 9). The marks U+200E,
U+200F and U+061C turn nothing, and Arabic and Hebrew headlines are printed with them."""
CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
SURROGATES = range(0xD800, 0xE000)
NAMED = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}


def _escape(code: int) -> str:
    return NAMED.get(code) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


HIDDEN = {code: _escape(code) for code in (*CONTROLS, *BIDI, *BREAKS, *SURROGATES)}
IN_JSON = {code: f"\\u{code:04x}" for code in HIDDEN if code >= 0x7F}
"""json.dumps escapes those below itself; outside of strings JSON has none of these."""


class ReaderGone(Exception):
    """Who read our output has seen enough and closed the pipe."""


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError  # rich would end the program with 1


def visible(text: str) -> str:
    """One line, with what would steer a terminal written as an escape (``\\x1b``)."""
    return text.translate(HIDDEN)


def prepare() -> None:
    """What the terminal's encoding lacks is printed as an escape, not raised as an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def line(value: dict[str, Any]) -> None:
    """One JSON object, exact, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False).translate(IN_JSON)
    with _watched():
        click.echo(text.encode())


def say(text: str = "", style: str = "") -> None:
    """A line for a person; ``text`` may have any characters."""
    styled(Text(visible(text), style=style))


def styled(text: Text) -> None:
    """A line whose parts went through ``visible`` before they were put together."""
    with _watched():
        _Console(soft_wrap=True, highlight=False).print(text)


def notice(text: str) -> None:
    """A line on standard error."""
    click.echo(visible(text), err=True)


def hush() -> None:
    """Python flushes its output once more at the end, and would complain of the closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def _watched() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        sys.stdout = None  # nothing of what is left in it could go out either
        raise Unavailable(f"can't write the output: {error.strerror}; see where it goes") from error
