"""Every file ends as pages or as one Rejected, in a fixed order, whatever its state."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.errors import WrongUse
from tidings.model import Page, Reason, Rejected
from tidings.ports import Reader
from tidings.readers.files import ReadOptions, StreamReader, open_reader

HTML = b"<!DOCTYPE html><html><p>Text</p></html>"
SMALL = ReadOptions(largest_page=1000)
OPENERS = {".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress}


def read(path: Path | str, options: ReadOptions | None = None) -> list[Page | Rejected]:
    return list(open_reader(str(path), options).read())


def read_bytes(data: bytes, options: ReadOptions = SMALL) -> list[Page | Rejected]:
    return list(StreamReader(io.BytesIO(data), options).read())


def names(found: Sequence[Page | Rejected], root: Path) -> list[str]:
    return [page.name.removeprefix(f"{root.as_posix()}/") for page in found]


def make_tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:" + path.suffix.removeprefix(".").replace("tar", "")) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def test_a_page_is_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(HTML)
    reader = open_reader(str(path))
    fits: Reader = reader
    assert list(fits.read()) == [
        Page(
            id=blake2b(HTML, digest_size=16).hexdigest(),
            name=path.as_posix(),
            media_type="text/html",
            data=HTML,
        )
    ]
    assert reader.bytes_read == reader.total_bytes == len(HTML)


def test_a_folder_is_read_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.htm", "a/.hidden", ".git/x.txt", "c.md", "a/b.text", "Z.xhtml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"text")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    reader = open_reader(str(tmp_path))
    found = list(reader.read())
    assert names(found, tmp_path) == ["Z.xhtml", "a/b.text", "a/z.htm", "b.txt", "c.md"]
    assert [getattr(page, "media_type", None) for page in found] == [
        "text/html", "text/plain", "text/html", "text/plain", "text/plain",
    ]  # fmt: skip
    assert reader.bytes_read == reader.total_bytes == 20


def test_names_are_paths_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"a")
    monkeypatch.chdir(tmp_path)
    for given_path in ("in", "in/", "./in", "in//"):
        assert [page.name for page in read(given_path)] == ["in/a.txt"]
    assert [page.name for page in read(".")] == ["in/a.txt"]


@pytest.mark.parametrize("packing", OPENERS)
def test_packed_files_are_unpacked(tmp_path: Path, packing: str) -> None:
    pack = OPENERS[packing]
    (tmp_path / f"a.html{packing}").write_bytes(pack(HTML))
    (tmp_path / f"b.txt{packing}").write_bytes(pack(b"<html> as text"))
    (tmp_path / f"c.jsonl{packing}").write_bytes(pack(b'{"id": 1}\n{"id": 2}'))
    (tmp_path / f"d.html{packing}").write_bytes(b"<html>not packed")
    make_tar(tmp_path / f"e.tar{packing}", {"x/y.html": HTML})
    found = read(tmp_path)
    assert names(found, tmp_path) == [
        f"a.html{packing}", f"b.txt{packing}", f"c.jsonl{packing}#1", f"c.jsonl{packing}#2",
        f"d.html{packing}", f"e.tar{packing}!x/y.html",
    ]  # fmt: skip
    kinds = [page.media_type for page in found if isinstance(page, Page)]
    html, record = "text/html", "application/json"
    assert kinds == [html, "text/plain", record, record, html, html]


def test_an_archive_is_read_in_its_order(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"id": 1}\n\n{"id": 2}\n')
    path = make_tar(
        tmp_path / "a.tar.xz",
        {
            "./b.html": HTML,
            "a.jsonl.gz": packed,
            "._b.html": b"x",
            "big.html": b"x" * 1001,
            "in.tar": b"\0" * 1024,
            "bad\udcff.txt": b"text",
        },
    )
    found = read(path, SMALL)
    expected = ["b.html", "a.jsonl.gz#1", "a.jsonl.gz#3", "big.html", "in.tar", "bad\\xff.txt"]
    assert names(found, tmp_path) == [f"a.tar.xz!{name}" for name in expected]
    reasons = [getattr(page, "reason", None) for page in found]
    assert reasons == [None, None, None, Reason.TOO_LARGE, Reason.UNSUPPORTED, None]


def test_links_and_folders_in_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        folder = tarfile.TarInfo("f")
        folder.type = tarfile.DIRTYPE
        link = tarfile.TarInfo("f/link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "../secret"
        archive.addfile(folder)
        archive.addfile(link)
    (found,) = read(path)
    assert isinstance(found, Rejected)
    assert found.reason is Reason.UNSUPPORTED


def members(count: int) -> dict[str, bytes]:
    random = Random(1)  # noqa: S311 - bytes that don't pack
    return {f"{n}.html": b"<html>" + random.randbytes(2000) for n in range(count)}


@pytest.mark.parametrize("suffix", [".tar", ".tar.xz", ".tar.gz", ".tar.bz2"])
def test_half_an_archive_gives_the_pages_before(tmp_path: Path, suffix: str) -> None:
    whole = make_tar(tmp_path / f"whole{suffix}", members(900)).read_bytes()
    half = tmp_path / f"half{suffix}"
    half.write_bytes(whole[: len(whole) // 2])
    *pages, last = read(half)
    assert 50 < len(pages) < 900
    assert all(isinstance(page, Page) for page in pages)
    assert isinstance(last, Rejected)
    assert (last.name, last.reason) == (half.as_posix(), Reason.TRUNCATED)
    assert repr(pages[-1].name) in last.detail


def test_a_damaged_header_is_not_the_end(tmp_path: Path) -> None:
    path = make_tar(tmp_path / "a.tar", members(10))
    data = bytearray(path.read_bytes())
    data[5 * 2560 : 5 * 2560 + 100] = b"\xee" * 100
    path.write_bytes(data)
    found = read(path)
    assert len(found) == 6
    assert isinstance(found[-1], Rejected)
    assert "bad tar header" in found[-1].detail


def test_json_lines() -> None:
    long = b'{"t": "' + b"x" * 2000 + b'"}'
    found = read_bytes(b'\xef\xbb\xbf{"id": 1}\r\n\n  \n{"id"\n' + long + b'\n{"id": 2}')
    assert [page.name for page in found] == ["-#1", "-#4", "-#5", "-#6"]
    assert [page.data for page in found if isinstance(page, Page)] == [
        b'{"id": 1}', b'{"id"', b'{"id": 2}',
    ]  # fmt: skip
    assert isinstance(found[2], Rejected)
    assert found[2].reason is Reason.TOO_LARGE


def test_lines_of_just_the_largest_size() -> None:
    line = b'{"t": "' + b"x" * 991 + b'"}'
    assert len(line) == 1000
    for end in (b"\n", b"\r\n", b""):
        first = line + (end or b"\n")
        found = read_bytes(first + b'{"t": "x' + line[7:] + end)
        assert [type(page) for page in found] == [Page, Rejected]


@given(st.lists(st.binary(max_size=30).map(lambda b: b.translate(None, b"\r\n"))), st.booleans())
def test_lines_are_neither_lost_nor_joined(lines: list[bytes], ends: bool) -> None:
    data = b"{}\n" + b"\n".join(lines) + (b"\n" if ends else b"")
    found = read_bytes(data)
    expected = [(f"-#{n}", line) for n, line in enumerate(lines, 2) if line.strip()]
    if not data.startswith(b"{}\n" + b" "):
        kept = [(p.name, p.data) for p in found if isinstance(p, Page)][1:]
        assert kept == expected


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"  <!DOCTYPE HTML><p>x", "text/html"),
        (b"\xef\xbb\xbf<html lang=uk>", "text/html"),
        (b"<?xml version='1.0'?>\n<!-- x --><html>", "text/html"),
        (b"<!---->" * 130 + b"<p>", "text/html"),
        (b"<!---->" * 130 + b"<pre", "text/plain"),
        (b"<div class=x>Text</div>", "text/html"),
        (b'{"headline": "x"}', "application/json"),
        (b'{\n "headline": "x"\n}\n', "application/json"),
        (b"", "text/plain"),
        ("Текст\n{}".encode(), "text/plain"),
        ("\ufeffТекст".encode("utf-16-le"), "text/plain"),
        (b"GIF89a\0\1", Reason.UNSUPPORTED),
        (b"<?xml version='1.0'?><rss><channel/></rss>", Reason.EMPTY),
        (b"<svg xmlns='x'><path/></svg>", Reason.UNSUPPORTED),
        (b"{\\rtf1\\ansi Text}", Reason.UNSUPPORTED),
        (b"{var a=1;b(a)}", Reason.UNSUPPORTED),
        (b"!function(a){return a}(1)", Reason.UNSUPPORTED),
        (b"(function () { })();", Reason.UNSUPPORTED),
        (b"body{margin:0;padding:0}", Reason.UNSUPPORTED),
        (b"Received: from a\r\n by b\r\nTo: b@b.example\r\n\r\n", Reason.NO_TEXT),
        (b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\nHi", "text/plain"),
        (b"https://a.example/1\nhttps://a.example/2\n", "text/uri-list"),
        (b"<opml><body/></opml>", "text/x-opml"),
        (b"<urlset/>", "application/sitemap+xml"),
        (b"From: a@b.example\nDate: Tuesday\nSubject: x\n\nText", "text/plain"),
        (b"Received: a letter.\nIt says little.", "text/plain"),
        (b"User-agent: *\nDisallow: /", "text/plain"),
        (b"Function follows form, they said: {a}", "text/plain"),
    ],
)
def test_streams_are_told_by_their_first_bytes(data: bytes, kind: str) -> None:
    (found,) = read_bytes(data)
    assert (found.media_type if isinstance(found, Page) else found.reason) == kind


ASSETS = "js css svg xml yml py ps woff ico map png pdf msg 7z"


def test_what_lies_beside_saved_pages_is_no_page(tmp_path: Path) -> None:
    for ending in ASSETS.split():
        (tmp_path / f"a.{ending}").write_bytes(b"A few words that look like text.")
    (tmp_path / "style.css?v").write_bytes(b"x")
    (tmp_path / "robots.txt").write_bytes(b"User-agent: *")
    (tmp_path / "script.js.gz").write_bytes(gzip.compress(b"x"))
    found = read(tmp_path)
    assert len(found) == len(ASSETS.split()) + 3
    for end in found:
        assert isinstance(end, Rejected), end.name
        assert end.reason is Reason.UNSUPPORTED
        assert ";" in end.detail


def test_a_page_may_be_named_as_a_host_or_script(tmp_path: Path) -> None:
    for name in ("www.example.pl", "story.php", "a.xml", "notes"):
        (tmp_path / name).write_bytes(b"User-agent: *" if name == "notes" else HTML)
    assert all(isinstance(page, Page) for page in read(tmp_path))


@pytest.mark.parametrize(
    ("ending", "packing"), [("tar.xz", "an xz"), ("tgz", "a gzip"), ("tar.bz2", "a bzip2")]
)
def test_an_archive_that_is_not_packed_as_named(tmp_path: Path, ending: str, packing: str) -> None:
    bare = make_tar(tmp_path / "a.tar", {"x.html": HTML}).read_bytes()
    path = tmp_path / f"b.{ending}"
    path.write_bytes(bare)
    assert isinstance(read(path)[0], Page)
    for data in (b"no archive", b"x" * 5_000):
        path.write_bytes(data)
        (found,) = read(path)
        assert isinstance(found, Rejected)
        assert found.reason is Reason.UNREADABLE
        assert f"not {packing} archive" in found.detail
    for data in (b"", lzma.compress(bare)[:3]):
        (tmp_path / "c.tar.xz").write_bytes(data)
        (found,) = read(tmp_path / "c.tar.xz")
        assert isinstance(found, Rejected)
        assert found.reason is Reason.TRUNCATED


def test_a_stream_may_be_packed(tmp_path: Path) -> None:
    path = make_tar(tmp_path / "a.tar.xz", {"x.html": HTML})
    (found,) = read_bytes(path.read_bytes())
    assert found.name == "-!x.html"


def test_json_files_are_records_or_lines(tmp_path: Path) -> None:
    record = {"id": "1", "body": "Text"}
    (tmp_path / "a.json").write_text(json.dumps(record, indent=1))
    (tmp_path / "b.json").write_text(json.dumps(record) + "\n" + json.dumps(record))
    assert names(read(tmp_path), tmp_path) == ["a.json", "b.json#1", "b.json#2"]


def test_large_pages_are_not_read(tmp_path: Path) -> None:
    for name in ("a.html", "b.jsonl"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(50_000_000)
    reader = open_reader(str(tmp_path), SMALL)
    found = list(reader.read())
    assert [page.reason for page in found if isinstance(page, Rejected)] == [Reason.TOO_LARGE] * 2
    assert names(found, tmp_path) == ["a.html", "b.jsonl#1"]
    assert reader.bytes_read == reader.total_bytes


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    (tmp_path / "b.html").symlink_to(tmp_path / "gone.html")
    (tmp_path / "c.html").symlink_to(tmp_path / "c.html")
    found = read(tmp_path)
    assert names(found, tmp_path) == ["a.html", "b.html", "c.html"]
    assert [page.reason for page in found if isinstance(page, Rejected)] == [
        Reason.UNSUPPORTED, Reason.UNREADABLE, Reason.UNREADABLE,
    ]  # fmt: skip
    assert [page.reason for page in read("/dev/null") if isinstance(page, Rejected)] == [
        Reason.UNSUPPORTED
    ]


@pytest.fixture
def no_root() -> Iterator[None]:
    """Root may read everything, so a test that runs as root becomes somebody else."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


def test_no_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(HTML)
    (tmp_path / "a.html").chmod(0)
    (tmp_path / "locked").mkdir(mode=0)
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    request.getfixturevalue("no_root")
    refused, page, folder = read(".")
    assert isinstance(page, Page)
    for found in (refused, folder):
        assert isinstance(found, Rejected)
        assert (found.reason, found.detail) == (Reason.UNREADABLE, "Permission denied")


def test_a_vanished_file_is_unreadable(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(HTML)
    reading = open_reader(str(tmp_path)).read()
    assert isinstance(next(reading), Page)
    (tmp_path / "b.html").unlink()
    assert [page.reason for page in reading if isinstance(page, Rejected)] == [Reason.UNREADABLE]


def test_bad_file_names_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"bad\xff.html")).write_bytes(HTML)
    (found,) = read(tmp_path)
    assert found.name.endswith("bad\\xff.html")
    assert found.name.encode()


def test_a_wrong_path_is_wrong_use() -> None:
    for path in ("", "no/such/file"):
        with pytest.raises(WrongUse):
            open_reader(path)
