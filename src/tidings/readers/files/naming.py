"""How files are named in the store and in messages."""

from __future__ import annotations


def printable(name: str) -> str:
    """Bytes of a file's name that are no UTF-8 are written ``\\xff``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
