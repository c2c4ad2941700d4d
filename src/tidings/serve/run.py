"""One run of a command: what goes wrong becomes one line and an exit status."""

from __future__ import annotations

import io

import click

from tidings.errors import TidingsError, WrongUse
from tidings.serve import terminal
from tidings.serve.commands import cli


def run() -> int:
    """The exit status."""
    terminal.prepare()
    try:
        return int(cli.main(prog_name="tidings", standalone_mode=False) or 0)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        for line in told.getvalue().rstrip("\n").split("\n"):
            terminal.notice(line)
        return 2
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except TidingsError as error:
        terminal.notice(f"tidings: {error}")
        return 2 if isinstance(error, WrongUse) else 1
    except terminal.ReaderGone:
        terminal.hush()
        return 0
