"""Built files: whole or not at all, mended when damaged, safe among several processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.embedders.e5.cache import find_obstacle, open_built
from tidings.errors import Unavailable

FILES = {"network": b"n" * 1000, "pieces": b"p" * 500}


class Builder:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> Mapping[str, bytes]:
        self.calls += 1
        return FILES


def open_files(folder: Path, build: Callable[[], Mapping[str, bytes]]) -> dict[str, bytes]:
    return open_built(folder, tuple(FILES), build)


def test_what_is_built_is_kept(tmp_path: Path) -> None:
    build = Builder()
    assert open_files(tmp_path / "a" / "b", build) == FILES
    assert open_files(tmp_path / "a" / "b", build) == FILES
    assert build.calls == 1
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


@settings(max_examples=40)
@given(name=st.sampled_from([*FILES, "manifest.json"]), data=st.binary(max_size=1200))
def test_any_damage_is_mended(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("cache") / "built"
    open_files(folder, Builder())
    (folder / name).write_bytes(data)
    build = Builder()
    assert open_files(folder, build) == FILES
    assert open_files(folder, build) == FILES
    assert build.calls <= 1


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_lost_file_is_made_again(tmp_path: Path, name: str) -> None:
    open_files(tmp_path / "built", Builder())
    (tmp_path / "built" / name).unlink()
    assert open_files(tmp_path / "built", Builder()) == FILES
    assert (tmp_path / "built" / name).is_file()


def test_a_manifest_that_leads_elsewhere_is_not_trusted(tmp_path: Path) -> None:
    open_files(tmp_path / "built", Builder())
    (tmp_path / "built" / "manifest.json").write_text('["/etc/hostname"]')
    assert open_files(tmp_path / "built", Builder()) == FILES


def test_a_crash_while_building_leaves_nothing(tmp_path: Path) -> None:
    def crash() -> Mapping[str, bytes]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_files(tmp_path / "built", crash)
    assert list(tmp_path.iterdir()) == []


def test_many_threads_mend_one_folder(tmp_path: Path) -> None:
    def work(number: int) -> bool:
        found = open_files(tmp_path / "built", Builder()) == FILES
        if number % 3 == 0:
            (tmp_path / "built" / "pieces").unlink(missing_ok=True)
        return found

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(60)))
    assert open_files(tmp_path / "built", Builder()) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["built"]


def test_several_processes_build_at_once(tmp_path: Path) -> None:
    code = """
import sys, time
from pathlib import Path
from tidings.embedders.e5.cache import open_built
def build():
    time.sleep(0.3)
    return {"network": b"n" * 1000, "pieces": b"p" * 500}
print(sorted(map(len, open_built(Path(sys.argv[1]), ("network", "pieces"), build).values())))
"""
    command = [sys.executable, "-c", code, str(tmp_path / "built")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [run.communicate()[0].strip() for run in runs] == ["[500, 1000]"] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["built"]


def test_a_cache_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "is no folder" in str(find_obstacle(tmp_path / "file" / "built"))
    with pytest.raises(Unavailable, match="name another cache folder"):
        open_files(tmp_path / "file" / "built", Builder())


def test_files_that_stand_need_no_place(tmp_path: Path) -> None:
    open_files(tmp_path / "built", Builder())
    assert find_obstacle(tmp_path / "built") is None
    assert find_obstacle(tmp_path / "missing" / "deep") is None
