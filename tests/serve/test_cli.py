"""The commands as a user gives them, on real files: in this process where that tests the same, in
processes of their own where signals, pipes, limits or what is loaded matter."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

import pytest

from tidings.serve.cli import main
from tidings.serve.terminal import HIDDEN

SETTINGS = 'embedder = "hashing"\nprocesses = 1\nseconds_a_page = 60\n'
Done = subprocess.CompletedProcess[str]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder to work in, whose settings need no model."""
    (tmp_path / "tidings.toml").write_text(SETTINGS)
    return tmp_path


@contextmanager
def standing_in(words: list[str], streams: list[io.TextIOWrapper]) -> Iterator[None]:
    held = sys.argv, sys.stdin, sys.stdout, sys.stderr
    sys.argv, (sys.stdin, sys.stdout, sys.stderr) = words, streams
    try:
        yield
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = held


def run(desk: Path, *words: str, stdin: bytes = b"", encoding: str = "utf-8") -> Done:
    """In this process."""
    pipes = [io.BytesIO(stdin), io.BytesIO(), io.BytesIO()]
    streams = [io.TextIOWrapper(pipe, encoding=encoding) for pipe in pipes]
    with chdir(desk), standing_in(["tidings", *words], streams), pytest.raises(SystemExit) as end:
        main()
    told, errors = (pipe.getvalue().decode(errors="backslashreplace") for pipe in pipes[1:])
    assert isinstance(end.value.code, int)
    return Done(words, end.value.code, told, errors)


def start(desk: Path, *words: str, code: str = "", **options: object) -> subprocess.Popen[str]:
    """In a process of its own, after ``code``."""
    program = f"{code}\nfrom tidings.serve.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, *(("-c", program) if code else ("-m", "tidings")), *words],
        cwd=desk,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )


def finish(process: subprocess.Popen[str]) -> Done:
    told, errors = process.communicate(timeout=120)
    assert "Traceback" not in errors, errors
    return Done(process.args, process.returncode, told, errors)


def add(desk: Path, *paths: str, stdin: bytes = b"") -> tuple[int, dict[str, int]]:
    done = run(desk, "add", "--json", *paths, stdin=stdin)
    tally = json.loads(done.stdout)
    ends = tally["accepted"] + tally["copies"] + tally["held"] + tally["rejected"]
    assert tally["read"] == ends
    return done.returncode, tally


def lines(done: Done) -> list[dict[str, object]]:
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
    assert "unchanged: " in rebuilt.stdout
    assert "→" not in rebuilt.stdout


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
    assert not (desk / "tidings.db").exists()
    assert run(desk, "search", " ").returncode == 2


def test_no_room_is_one_line_and_earlier_batches_stay(desk: Path) -> None:
    write_records(desk / "in.jsonl", 300)
    code = (
        "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (450_000, 450_000));"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    )
    done = finish(start(desk, "add", "in.jsonl", code=code))
    assert done.returncode == 1, done.stderr
    assert "room" in done.stderr or "full" in done.stderr
    _, tally = add(desk, "in.jsonl")  # with room again
    assert tally["held"] + tally["accepted"] == 300, tally
    assert len(lines(run(desk, "export", "--format", "assignments"))) == 300


@pytest.mark.slow
def test_kill_9_loses_nothing_and_doubles_nothing(desk: Path) -> None:
    write_records(desk / "in.jsonl", 2000)
    whole = desk / "whole.db"
    assert add(desk, "in.jsonl", "--store", str(whole))[1]["accepted"] == 2000
    expected = run(desk, "export", "--format", "assignments", "--store", str(whole)).stdout
    for _ in range(3):
        adding = start(desk, "add", "in.jsonl", "--quiet")
        store = desk / "tidings.db"
        size = store.stat().st_size if store.exists() else 0
        for _ in range(4000):
            time.sleep(0.05)
            wal = store.with_name("tidings.db-wal")
            if wal.exists() and store.stat().st_size + wal.stat().st_size > size + 300_000:
                break
        os.killpg(adding.pid, signal.SIGKILL)
        adding.communicate()
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


def pipe_into_head(desk: Path, command: str) -> list[str]:
    """What ``head`` saw; the command itself must end well and say nothing more."""
    piped = f"{sys.executable} -m tidings {command} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", piped], cwd=desk, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_all_is_well_when_the_reader_of_the_output_has_seen_enough(desk: Path) -> None:
    write_records(desk / "in.jsonl", 400)
    add(desk, "in.jsonl")
    (first,) = pipe_into_head(desk, "export --format articles")
    assert json.loads(first)["id"] == "r0"
    assert len(pipe_into_head(desk, "articles --limit 400")) == 1


def test_no_room_for_the_output_is_one_line(desk: Path) -> None:
    write_records(desk / "in.jsonl", 2)
    add(desk, "in.jsonl")
    for words in (("articles",), ("export", "--format", "articles")):
        program = [sys.executable, "-m", "tidings", *words]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                program, cwd=desk, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert "can't write the output" in done.stderr


def test_ctrl_c_while_it_loads(desk: Path) -> None:
    code = """
import os, signal, sys
class Finger:
    def find_spec(self, name, path=None, target=None):
        if name == "tidings.engine":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finger())
"""
    done = finish(start(desk, "stories", code=code))
    assert (done.returncode, done.stderr) == (130, "stopped; what was written stays\n")


def test_ctrl_c_while_it_adds(desk: Path) -> None:
    write_records(desk / "in.jsonl", 3000)
    adding = start(desk, "add", "in.jsonl")
    for _ in range(4000):
        time.sleep(0.05)
        wal = desk / "tidings.db-wal"
        if wal.exists() and wal.stat().st_size > 300_000:
            break
    os.killpg(adding.pid, signal.SIGINT)
    done = finish(adding)
    assert (done.returncode, done.stderr) == (130, "\nstopped; what was written stays\n")
    kept = len(lines(run(desk, "export", "--format", "assignments")))
    assert 0 < kept < 3000


def test_lists_start_without_the_libraries_of_server_and_extractor(desk: Path) -> None:
    write_records(desk / "in.jsonl", 1)
    add(desk, "in.jsonl")
    code = """
import sys
class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name in ("uvicorn", "starlette", "trafilatura"):
            raise RuntimeError(name)
sys.meta_path.insert(0, Refusal())
"""
    for words in (("--help",), ("stories",), ("articles",)):
        assert finish(start(desk, *words, code=code)).returncode == 0


NASTY = "\x1b]0;mine\x07 \x9b31m \u202etxt\u202c\u2066\u2069\r\n\u2028rejected: \x7f"


def write_nasty(desk: Path) -> None:
    told = record(0) | {"id": f"i{NASTY}", "headline": f"Dockers {NASTY}", "publisher": NASTY}
    told["body"] += f" Dockers {NASTY}"
    (desk / "nasty.jsonl").write_text(f"{json.dumps(told)}\n{json.dumps(record(3))}\n")
    (desk / f"x{NASTY}").write_bytes(b"")


def assert_tame(done: Done) -> None:
    for one in (done.stdout + done.stderr).splitlines(keepends=True):
        assert [c for c in one.removesuffix("\n") if ord(c) in HIDDEN] == [], done


def test_nothing_that_was_fetched_steers_the_terminal(desk: Path) -> None:
    write_nasty(desk)
    assert_tame(run(desk, "add", "nasty.jsonl", f"x{NASTY}"))
    listed = lines(run(desk, "articles", "--json"))
    ids = [str(one["id"]) for one in listed]
    story = str(listed[0]["story"])
    for words in (
        *(("stories",), ("stories", "show", story), ("articles",), ("search", "dockers")),
        *(("stories", "why", ids[0]), ("stories", "why", *ids), ("rejections",), ("doctor",)),
        *(("stories", "show", NASTY), ("stories", "why", NASTY), ("search", f"zzz{NASTY}")),
        *(("add", NASTY), ("add", f"--{NASTY}", "."), ("stories", "--store", NASTY), (NASTY,)),
        *(("articles", "--json"), ("stories", "--json"), ("search", "dockers", "--json")),
        *(("rejections", "--json"), ("export", "--format", "articles")),
        *(("stories", "why", "--json", *ids), ("stories", "--language", NASTY)),
    ):
        assert_tame(run(desk, *words))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_any_encoding_of_the_terminal_will_do(desk: Path, encoding: str) -> None:
    told = record(1) | {"headline": "Комета над островом", "language": "ru"}
    (desk / "in.jsonl").write_text(json.dumps(told) + "\n")
    assert add(desk, "in.jsonl")[0] == 0
    for words in (("stories",), ("articles",), ("stories", "why", "r1"), ("stories", "--help")):
        assert run(desk, *words, encoding=encoding).returncode == 0
    assert "\\u041a\\u043e" in run(desk, "stories", encoding=encoding).stdout
    for words in (("articles", "--json"), ("export", "--format", "articles")):
        (line,) = lines(run(desk, *words, encoding=encoding))
        assert line["headline"] == "Комета над островом"


def test_what_the_group_is_given_holds_for_its_commands(desk: Path) -> None:
    write_records(desk / "in.jsonl", 2)
    add(desk, "in.jsonl", "--store", "x.db")
    assert not (desk / "tidings.db").exists()
    (first, *_) = lines(run(desk, "stories", "--store", "x.db", "--json"))
    story = str(first["story"])
    group = ("stories", "--store", "x.db", "--json", "--language", "zz")
    done = run(desk, *group, "show", story)
    assert [line["story"] for line in lines(done)] == [story]
    assert "'zz'; there are: en" in done.stderr
    assert lines(run(desk, *group, "why", "r0"))[0]["article"] == "r0"
    (desk / "y.db").write_bytes(b"")
    assert run(desk, *group, "show", story, "--store", "y.db").returncode == 1


def test_only_this_runs_rejections_are_told_and_all_can_be_listed(desk: Path) -> None:
    for number in range(7):
        (desk / f"old{number}.html").write_bytes(b"")
    told = run(desk, "add", *(f"old{number}.html" for number in range(7)))
    assert told.stderr.count("rejected: ") == 5
    assert "2 more: tidings rejections\n" in told.stderr
    (desk / "new.html").write_bytes(b" ")
    (desk / "link.html").symlink_to(desk / "gone.html")
    told = run(desk, "add", "new.html", "link.html", "old0.html")
    assert told.stderr.count("rejected: ") == 2
    assert "old" not in told.stderr
    assert "1 rejected again" in run(desk, "add", "link.html").stderr
    assert run(desk, "add", "old0.html").stderr == ""
    listed = lines(run(desk, "rejections", "--json"))
    assert len(listed) == 9
    assert {str(line["name"]) for line in listed[:2]} == {"link.html", "new.html"}
    assert set(listed[0]) == {"name", "page", "reason", "detail"}
    few = run(desk, "rejections", "--limit", "4")
    assert few.stdout.count("\n") == 4
    assert few.stderr == "5 more: --limit 9\n"


def test_it_says_so_where_there_is_nothing_to_show(desk: Path) -> None:
    (desk / "empty.html").write_bytes(b"")
    told = run(desk, "add", "empty.html").stdout
    assert told.startswith("1 page read: 0 accepted (0 articles), 0 copies, 0 held")
    for words, status in ((("stories",), 0), (("articles",), 0), (("search", "comet"), 1)):
        done = run(desk, *words)
        assert (done.returncode, done.stdout) == (status, "")
        assert done.stderr.count("\n") == 1
    write_records(desk / "in.jsonl", 1)
    add(desk, "in.jsonl", "--store", "good.db")
    assert "no page was rejected" in run(desk, "rejections", "--store", "good.db").stderr
    assert "'English'; there are: en" in (
        run(desk, "stories", "--language", "English", "--store", "good.db").stderr
    )


def test_why_of_two(desk: Path) -> None:
    write_records(desk / "in.jsonl", 4)
    add(desk, "in.jsonl")
    (pair,) = lines(run(desk, "stories", "why", "--json", "r0", "r1"))
    assert (pair["articles"], pair["together"]) == (["r0", "r1"], False)
    assert {line["article"] for line in pair["decisions"]} == {"r0", "r1"}  # type: ignore[attr-defined]
    assert pair["why"]
    for words in (("why", "r0", "r0"), ("why", "--json", "r0", "r0")):
        done = run(desk, "stories", *words)
        assert done.returncode == 2
        assert "two different" in done.stderr


def test_settings_that_cannot_be_are_named_at_once(desk: Path) -> None:
    write_records(desk / "in.jsonl", 1)
    for wrong, named in (
        ('extractor = "zz"', "installed: ensemble, resiliparse"),
        ("processes = -3", "from 0 to"),
        ("seconds_a_page = nan", "above 0"),
        ("seconds_a_page = inf", "above 0"),
        ("largest_page = 2.5", "give a whole number"),
        ("store = 3", "give text in quotes"),
    ):
        (desk / "tidings.toml").write_text(f"{wrong}\n")
        for words in (("add", "in.jsonl"), ("doctor",)):
            done = run(desk, *words)
            assert (done.returncode, done.stdout) == (2, "")
            assert named in done.stderr
    assert not (desk / "tidings.db").exists()


def examine(desk: Path, *words: str) -> dict[str, bool]:
    return {str(f["part"]): bool(f["ok"]) for f in lines(run(desk, "doctor", "--json", *words))}


def test_doctor_looks_at_the_store(desk: Path) -> None:
    assert all(examine(desk).values())
    assert not (desk / "tidings.db").exists()
    (desk / "folder").mkdir()
    (desk / "text.db").write_text("This is no database, but it is long enough to be read as one.")
    for store in ("folder", "text.db", "no-folder/x.db", "x" * 300):
        assert [part for part, ok in examine(desk, "--store", store).items() if not ok] == ["store"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_doctor_sees_that_a_store_may_not_be_written(desk: Path) -> None:
    (desk / "tidings.db").write_bytes(b"")
    assert examine(desk)["store"]
    (desk / "tidings.db").chmod(0o400)
    assert not examine(desk)["store"]
