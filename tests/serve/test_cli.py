"""The commands as a user runs them: in processes of their own, on real files."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

SETTINGS = 'embedder = "hashing"\nprocesses = 1\nseconds_a_page = 5\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder to work in, whose settings need no model."""
    (tmp_path / "tidings.toml").write_text(SETTINGS)
    return tmp_path


def run(desk: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tidings", *words],
        cwd=desk,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    told, errors = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in errors, errors
    return subprocess.CompletedProcess(done.args, done.returncode, told, errors)


def add(desk: Path, *paths: str, stdin: bytes = b"") -> tuple[int, dict[str, int]]:
    done = run(desk, "add", "--json", *paths, stdin=stdin)
    tally = json.loads(done.stdout)
    ends = tally["accepted"] + tally["copies"] + tally["held"] + tally["rejected"]
    assert tally["read"] == ends
    return done.returncode, tally


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


TOPICS = (
    ("Dockers strike in the harbour", "Dock workers stopped work over pay, their union said."),
    ("A comet over Tenerife", "Observers saw the comet with the naked eye on a clear night."),
    ("The old bridge reopens", "The mayor cut a ribbon after three years of masons' repairs."),
)


def record(number: int) -> dict[str, str]:
    headline, body = TOPICS[number % 3]
    return {
        "id": f"r{number}",
        "headline": f"{headline}, {number}",
        "publisher": f"p{number}.test",
        "published": "2024-05-12T08:00:00Z",
        "language": "en",
        "body": f"{body} Seen by our reporter number {number}.",
    }


def write_records(path: Path, count: int) -> None:
    text = "\n".join(json.dumps(record(number)) for number in range(count))
    path.write_text(text + "\n", encoding="utf-8")


def test_from_records_to_stories(desk: Path) -> None:
    write_records(desk / "in.jsonl", 9)
    status, tally = add(desk, "in.jsonl")
    assert (status, tally["articles"]) == (0, 9)
    stories = lines(run(desk, "stories", "--json"))
    assert sum(len(story["articles"]) for story in stories) == 9  # type: ignore[arg-type]
    told = run(desk, "stories", "show", str(stories[0]["story"]))
    assert told.returncode == 0
    assert str(stories[0]["headline"]) in told.stdout
    assigned = lines(run(desk, "export", "--format", "assignments"))
    assert [line["id"] for line in assigned] == [f"r{number}" for number in range(9)]
    assert {line["story"] for line in assigned} == {story["story"] for story in stories}
    exported = lines(run(desk, "export", "--format", "articles"))
    for article in exported:
        for block in article["blocks"]:  # type: ignore[attr-defined]
            assert str(article["text"])[block["start"] : block["end"]].strip()
    why = run(desk, "stories", "why", "r0", "r3")
    assert why.returncode == 0
    assert "r0" in why.stdout
    assert run(desk, "search", "comet", "--json").stdout.count("Tenerife") >= 3


def test_plain_listings(desk: Path) -> None:
    write_records(desk / "in.jsonl", 4)
    assert run(desk, "add", "in.jsonl").stdout.startswith("4 pages read: 4 accepted (4 articles)")
    assert "A comet over Tenerife" in run(desk, "stories").stdout
    assert "p1.test" in run(desk, "articles").stdout
    assert run(desk, "search", "harbour").stdout
    assert "joined" in run(desk, "stories", "why", "r3").stdout.lower()
    rebuilt = run(desk, "rebuild")
    assert rebuilt.returncode == 0
    assert "unchanged" in rebuilt.stdout


def test_standard_input(desk: Path) -> None:
    page = b"A comet is seen\n\nObservers on Tenerife saw a comet on Friday night.\n"
    status, tally = add(desk, "-", stdin=page)
    assert (status, tally["accepted"]) == (0, 1)
    assert add(desk, "-", stdin=page)[1]["held"] == 1


def test_wrong_use_ends_with_2_and_unknown_things_with_1(desk: Path) -> None:
    assert run(desk, "add").returncode == 2
    assert run(desk, "no-such-command").returncode == 2
    nothing = run(desk, "stories")
    assert nothing.returncode == 1
    assert "tidings add" in nothing.stderr
    write_records(desk / "in.jsonl", 1)
    add(desk, "in.jsonl")
    for words in (("stories", "show", "nope"), ("stories", "why", "nope")):
        done = run(desk, *words)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "'nope'" in done.stderr
    (desk / "tidings.toml").write_text('embedder = "labse"\n')
    done = run(desk, "search", "comet")
    assert done.returncode == 2
    assert "installed: e5, hashing" in done.stderr


def test_doctor_tells_what_is_missing(desk: Path) -> None:
    found = {line["part"]: line for line in lines(run(desk, "doctor", "--json"))}
    assert found["embedder"]["ok"]
    (desk / "tidings.toml").write_text('embedder = "onnx"\nonnx = "no-such-folder"\n')
    done = run(desk, "doctor")
    assert done.returncode == 1
    assert "no-such-folder" in done.stdout


BAD: dict[str, bytes] = {
    "empty.html": b"",
    "blank.txt": b" \n\t\n",
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "noise.txt": os.urandom(4000),
    "cut.txt": "Комета видна над островом, сообщили наблюдатели".encode()[:-1],
    "wrong-charset.html": b'<meta charset="utf-8"><h1>\xff\xfe\x81\x8d\x8f\x90\x9d</h1>',
    "nul.txt": b"\0" * 5000,
    "huge.html": b"<p>" + b"word " * 10_000_000,
    "deep.html": b"<div>" * 200_000 + b"deep",
    "cut.jsonl": b'{"id": "half", "headline": "A line that was cut in h',
    "list.jsonl": b'["not", "an", "object"]\n',
    "nothing.jsonl": b'{"id": "nothing"}\n',
}


def test_bad_input_is_rejected_with_a_reason_and_nothing_is_lost(desk: Path) -> None:
    folder = desk / "bad"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "link.html").symlink_to(folder / "gone.html")
    write_records(folder / "good.jsonl", 3)
    status, tally = add(desk, "bad")
    assert status == 1
    assert tally["accepted"] == 3, tally
    assert tally["rejected"] == len(BAD) + 1, tally
    again, tally = add(desk, "bad")
    assert tally["articles"] == 0
    assert tally["accepted"] == 0
    assert again == 1  # the broken link is still there to look at


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(desk: Path) -> None:
    (desk / "secret.txt").write_text("A text that nobody may read.")
    (desk / "secret.txt").chmod(0)
    status, tally = add(desk, "secret.txt")
    assert (status, tally["reasons"]) == (1, {"unreadable": 1})


def test_a_path_that_is_not_there_is_wrong_use(desk: Path) -> None:
    done = run(desk, "add", "no-such-page.html")
    assert done.returncode == 2
    assert "no-such-page.html" in done.stderr


def test_no_room_is_one_line_and_earlier_batches_stay(desk: Path) -> None:
    write_records(desk / "in.jsonl", 300)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (450_000, 450_000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from tidings.serve.cli import main; sys.argv[0] = 'tidings'; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "add", "in.jsonl"],
        cwd=desk,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "room" in done.stderr or "full" in done.stderr
    _, tally = add(desk, "in.jsonl")  # with room again
    assert tally["held"] + tally["accepted"] == 300
    assert len(lines(run(desk, "export", "--format", "assignments"))) == 300


@pytest.mark.slow
def test_kill_9_loses_nothing_and_doubles_nothing(desk: Path) -> None:
    write_records(desk / "in.jsonl", 2000)
    whole = desk / "whole.db"
    assert add(desk, "in.jsonl", "--store", str(whole))[1]["accepted"] == 2000
    expected = run(desk, "export", "--format", "assignments", "--store", str(whole)).stdout
    for _ in range(3):
        adding = subprocess.Popen(
            [sys.executable, "-m", "tidings", "add", "in.jsonl", "--quiet"],
            cwd=desk,
            start_new_session=True,
        )
        store = desk / "tidings.db"
        size = store.stat().st_size if store.exists() else 0
        for _ in range(600):
            time.sleep(0.05)
            wal = store.with_name("tidings.db-wal")
            if wal.exists() and store.stat().st_size + wal.stat().st_size > size + 300_000:
                break
        os.killpg(adding.pid, signal.SIGKILL)
        adding.wait()
    status, tally = add(desk, "in.jsonl")
    assert status == 0
    assert tally["held"] > 0
    assert tally["held"] + tally["accepted"] == 2000
    assert run(desk, "export", "--format", "assignments").stdout == expected


def test_an_archive_of_pages(desk: Path) -> None:
    page = "<html><body><h1>Comet {0}</h1><p>Observers on island {0} saw comet number {0} on"
    with tarfile.open(desk / "pages.tar.xz", "w:xz") as archive:
        for number in range(5):
            data = (page.format(number) + " Friday night.</p></body></html>").encode()
            member = tarfile.TarInfo(f"day/{number}.html")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    status, tally = add(desk, "pages.tar.xz")
    assert (status, tally["accepted"]) == (0, 5)
    assert add(desk, "pages.tar.xz")[1]["held"] == 5


def test_what_it_reads_into_goes_on_when_the_reader_of_its_output_ends(desk: Path) -> None:
    write_records(desk / "in.jsonl", 50)
    add(desk, "in.jsonl")
    piped = f"{sys.executable} -m tidings export --format articles | head -n 1"
    done = subprocess.run(
        ["bash", "-c", piped], cwd=desk, capture_output=True, text=True, timeout=60, check=False
    )
    assert json.loads(done.stdout)["id"] == "r0"
    assert "Traceback" not in done.stderr
