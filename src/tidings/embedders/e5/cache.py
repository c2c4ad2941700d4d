"""Built files in the user's cache: written whole or not at all, checked when read."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tidings.errors import Unavailable

MANIFEST = "manifest.json"
_TRIES = 5  # how often another process may be in the way before we leave the place to it
_OCCUPIED = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR)  # what rename says of a taken place

Build = Callable[[], Mapping[str, bytes]]


def open_built(folder: Path, names: Sequence[str], build: Build) -> dict[str, bytes]:
    """The files ``names`` of ``folder``; made by ``build`` where they are missing or damaged.

    Several processes may do this at once: each writes a folder of its own and renames it.
    """
    found = _read(folder, names)
    if found is not None:
        return found
    made = dict(build())
    try:
        _put(folder, made)
    except OSError as error:
        raise Unavailable(
            f"cannot keep built files in {str(folder.parent)!r} ({error.strerror or error}); "
            "free the disk or name another cache folder"
        ) from error
    return made


def find_obstacle(folder: Path) -> str | None:
    """Why nothing could be put in ``folder``, or None; what stands there need not be put."""
    if (folder / MANIFEST).is_file():
        return None
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return f"{str(place)!r} is no folder"
    if not os.access(place, os.W_OK | os.X_OK):
        return f"{str(place)!r} cannot be written to"
    return None


def _read(folder: Path, names: Iterable[str]) -> dict[str, bytes] | None:
    """The files as the manifest has them; None where one is missing or differs."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        files = {name: (folder / name).read_bytes() for name in names}
    except (OSError, ValueError):
        return None
    expected = manifest if isinstance(manifest, dict) else {}
    whole = all(_digest(data) == expected.get(name) for name, data in files.items())
    return files if whole else None


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, data in files.items():
            _write(own / name, data)
        manifest = {name: _digest(data) for name, data in files.items()}
        _write(own / MANIFEST, json.dumps(manifest).encode())
        _rename(own, folder, files)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _rename(own: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Put ``own`` in the place of ``folder``, unless the same files stand there by now.

    Where others put theirs there faster than we clear it away, theirs stay: the next reader checks
    them, and makes them again where they are damaged.
    """
    for _ in range(_TRIES):
        try:
            own.rename(folder)
        except OSError as error:
            if _read(folder, files) == files:
                return
            if error.errno not in _OCCUPIED:
                raise
            _discard(folder)
        else:
            return


def _discard(folder: Path) -> None:
    """Out of the way in one step, then deleted, so that nobody reads half of it."""
    away = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        folder.rename(away / "damaged")
    except FileNotFoundError:
        pass  # another process was quicker
    finally:
        shutil.rmtree(away, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
