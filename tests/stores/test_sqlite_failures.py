"""What can happen to a store: no room, no permission, damage, a second writer, ``kill -9``."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from store_samples import make_batch, make_decision, make_log

from tidings.errors import StoreDamaged, StoreFull, Unavailable, WrongUse
from tidings.model import ArticleId, StoryId, Verb
from tidings.stores.sqlite import Options, SqliteStore

HERE = Path(__file__).parent
HASTY = Options(busy_seconds=0.1)

WRITER = """
import sys
from store_samples import make_batch
from tidings.stores.sqlite import SqliteStore
store = SqliteStore(sys.argv[1])
number = 0
while True:
    store.write(make_batch(*range(number, number + 20)))
    number += 20
    print(number, flush=True)
"""

REBUILDER = """
import sys, time
from store_samples import make_batch
from tidings.stores.sqlite import SqliteStore
store = SqliteStore(sys.argv[1])
with store.rebuilding():
    store.write(make_batch(1))
    print("ready", flush=True)
    time.sleep(60)
"""

LIMITED = """
import resource, signal, sys
from store_samples import make_batch
from tidings.errors import StoreFull
from tidings.stores.sqlite import SqliteStore
store = SqliteStore(sys.argv[1])
store.write(make_batch(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    for number in range(2, 400, 20):
        store.write(make_batch(*range(number, number + 20)))
except StoreFull as full:
    print(store.counts()["articles"], full)
"""


def start(script: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_what_was_stored_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with start(WRITER, path) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(5)][-1]
        writer.kill()
    store = SqliteStore(path)
    articles = store.counts()["articles"]
    assert articles >= told
    assert articles % 20 == 0
    assert store.counts()["outcomes"] == store.counts()["members"] == articles
    store.write(make_batch(articles))
    assert (store._database.execute("PRAGMA integrity_check").fetchone()) == ("ok",)
    store.close()


def test_a_rebuild_that_is_killed_leaves_the_old_state(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    store = SqliteStore(path, HASTY)
    store.write(make_batch(1, 2))
    before = store.checksum()
    with start(REBUILDER, path) as rebuilder:
        assert rebuilder.stdout is not None
        assert rebuilder.stdout.readline() == "ready\n"
        assert store.checksum() == before
        with pytest.raises(Unavailable, match="another process"):
            store.write(make_batch(3))
        rebuilder.send_signal(signal.SIGKILL)
    assert store.checksum() == before
    store.write(make_batch(3))
    store.close()


def test_no_room_undoes_one_batch(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "t.db")
    store.write(make_batch(1))
    before = store.checksum()
    (pages,) = store._database.execute("PRAGMA page_count").fetchone()
    store._database.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull, match="no room on the disk") as full:
        store.write(make_batch(*range(2, 300)))
    assert "\n" not in str(full.value)
    assert store.checksum() == before
    store._database.execute("PRAGMA max_page_count = 100000")
    store.write(make_batch(*range(2, 300)))
    assert store.counts()["articles"] == 299
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
def test_a_write_that_fails_is_no_room(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with start(LIMITED, path) as limited:
        told, _ = limited.communicate()
    assert "no room on the disk" in told
    store = SqliteStore(path)
    assert store.counts()["articles"] == int(told.split()[0])
    store.close()


def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(WrongUse, match="another program's"):
        SqliteStore(path)
    text = tmp_path / "notes.txt"
    text.write_text("Not a database, but long enough to look like one. " * 40)
    with pytest.raises(StoreDamaged, match="not a database"):
        SqliteStore(text)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "t.db")
    store._database.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(WrongUse, match=r"schema 99.*install a newer Tidings"):
        SqliteStore(tmp_path / "t.db")


def test_no_folder_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="folder"):
        SqliteStore(tmp_path / "none" / "t.db")
    with pytest.raises(Unavailable, match="can't be opened"):
        SqliteStore(tmp_path)


def test_damage_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    store = SqliteStore(path)
    store.write(make_batch(*range(200)))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreDamaged, match="restore a copy"):
        SqliteStore(path).checksum()


def test_a_closed_store_is_misused(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "t.db")
    store.close()
    with pytest.raises(WrongUse, match="closed"):
        store.checksum()


def test_readers_see_whole_batches_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    writer, reader = SqliteStore(path), SqliteStore(path, HASTY)
    writer.write(make_batch(1))
    writer._database.execute("BEGIN IMMEDIATE")
    assert [s.article for s in reader.summaries()] == ["a1"]
    with pytest.raises(Unavailable, match="another process; wait"):
        reader.write(make_batch(2))
    writer._database.execute("COMMIT")
    writer.close()
    reader.close()


def test_a_slow_reader_holds_up_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    writer, reader = SqliteStore(path), SqliteStore(path, Options(part=2))
    writer.write(make_batch(*range(5)))
    slow = reader.summaries()
    assert next(slow).article == "a0"
    writer.write(make_batch(5))
    reader.write(make_log(make_decision(0, "s9", Verb.MOVED, "user")))
    assert [s.article for s in slow] == ["a1", "a2", "a3", "a4", "a5"]
    writer.close()
    reader.close()


def test_a_second_run_is_told_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    one, two = SqliteStore(path), SqliteStore(path)
    assert list(one.sketches(5)) == list(two.sketches(5)) == []
    one.write(make_batch(1))
    with pytest.raises(Unavailable, match="another run"):
        two.write(make_batch(2))
    two.write(make_log(make_decision(1, "s7", Verb.MOVED, "user")))
    assert one.find_story_of(ArticleId("a1")) == StoryId("s7")
    one.write(make_batch(3))
    assert len(list(two.sketches(5))) == 2
    two.write(make_batch(2))
    one.close()
    two.close()


def test_threads_may_read(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "t.db")
    store.write(make_batch(*range(100)))
    counted: list[int] = []
    threads = [
        threading.Thread(target=lambda: counted.append(len(list(store.summaries()))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == [100] * 8
    store.close()


def test_two_processes_may_make_the_same_store(tmp_path: Path) -> None:
    stores: list[SqliteStore] = []
    threads = [
        threading.Thread(target=lambda: stores.append(SqliteStore(tmp_path / "t.db")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 4
    for store in stores:
        store.close()
