"""The door of the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs a command and exits: with 0 when all went well, 1 when something was rejected or not
    found, 2 for wrong use, 130 when interrupted."""
    try:
        from tidings.serve.run import run  # noqa: PLC0415 - Ctrl-C while it loads is caught too

        status = run()
    except KeyboardInterrupt:
        sys.stderr.write("stopped; what was written stays\n")
        status = 130
    sys.exit(status)
