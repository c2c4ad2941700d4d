"""Web archives: every record ends once, and a damaged one costs only itself."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tidings.model import Page, Reason, Rejected, Served
from tidings.readers.files import ReadOptions, StreamReader, open_reader

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

AT = "2026-03-04T05:06:07Z"
Made = tuple[str, str, str, bytes, list[tuple[str, str]]]


def text_of(number: int) -> bytes:
    return f"<!DOCTYPE html><html><p>The bridge at mile {number} is open. ".encode() * 9


def answer(
    url: str, body: bytes, status: str = "200 OK", kind: str = "text/html", *more: str
) -> Made:
    fields = [("Content-Type", kind), *(tuple(field.split(": ", 1)) for field in more)]
    return "response", url, status, body, fields  # type: ignore[return-value]


def make_warc(made: Sequence[Made], packed: bool = False, version: str = "1.0") -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("own.warc", {"software": "own"}))
    for kind, url, status, body, fields in made:
        head = {"WARC-Date": AT}
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1") if status else None
        record = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=None if http else len(body),
            http_headers=http,
            warc_headers_dict=head,
        )
        with closing(record.raw_stream):
            writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


def pages_of(count: int) -> list[Made]:
    return [answer(f"https://own.example/{n}", text_of(n)) for n in range(count)]


def read(data: bytes, largest: int = 100_000) -> list[Page | Rejected]:
    reader = StreamReader(io.BytesIO(data), ReadOptions(largest_page=largest))
    found = list(reader.read())
    assert reader.bytes_read == len(data)
    return found


def names(found: Sequence[Page | Rejected]) -> list[str]:
    return [one.name for one in found]


def reasons(found: Sequence[Page | Rejected]) -> list[Reason]:
    return [one.reason for one in found if isinstance(one, Rejected)]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_page_comes_with_what_was_served(packed: bool, version: str) -> None:
    modified = "Last-Modified: Tue, 03 Mar 2026 10:00:00 GMT"
    made = answer("https://own.example/a?b=1", text_of(1), "200 OK", "text/html; charset=koi8-r")
    made[4].append(("Last-Modified", modified.partition(": ")[2]))
    (page,) = read(make_warc([made], packed, version))
    assert isinstance(page, Page)
    assert (page.name, page.media_type, page.data) == (made[1], "text/html", text_of(1))
    assert page.id == hashlib.blake2b(page.data, digest_size=16).hexdigest()
    assert page.served == Served(
        url="https://own.example/a?b=1",
        charset="koi8-r",
        modified="Tue, 03 Mar 2026 10:00:00 GMT",
        at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
    )


def test_what_is_no_page_is_passed_over_and_errors_are_told() -> None:
    url = "https://own.example/a"
    made: list[Made] = [
        ("request", url, "GET /a HTTP/1.1", b"", []),
        answer(url, b"", "301 Moved", "text/html", "Location: /b"),
        answer(url, b"", "304 Not Modified"),
        answer(url, b"", "204 No Content"),
        ("revisit", url, "200 OK", b"", []),
        ("metadata", url, "", b"fetchTimeMs: 1", []),
        ("resource", "metadata://own/log", "", b"a crawler's log", []),
        answer(f"{url}/gone", b"<html>gone", "404 Not Found"),
        answer(f"{url}/broken", b"", "503 Service Unavailable"),
        answer(f"{url}/logo", b"\x89PNG", "200 OK", "image/png"),
        answer(f"{url}/style", b"p{}", "200 OK", "text/css"),
        answer(f"{url}/robots.txt", b"User-agent: *", "200 OK", "text/plain"),
        ("invented", url, "", b"x", []),
    ]
    found = read(make_warc(made))
    told = [Reason.STATUS] * 2 + [Reason.UNSUPPORTED] * 4
    assert reasons(found) == told
    assert len(found) == len(told)
    assert names(found)[:3] == [f"{url}/gone", f"{url}/broken", f"{url}/logo"]
    assert getattr(found[0], "detail", "") == "the server answered 404 Not Found"


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate ": deflated,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
    "GZIP": gzip.compress,
    "X-GZIP": lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:]),  # two members
}


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize("coding", CODINGS)
def test_content_is_had_as_a_browser_has_it(coding: str, is_chunked: bool) -> None:
    pack = chunked if is_chunked else bytes
    more = [f"Content-Encoding: {coding}"] + ["Transfer-Encoding: chunked"] * is_chunked
    made = answer("https://own.example/", b"", "200 OK", "text/html", *more)
    made = (*made[:3], pack(CODINGS[coding](text_of(1))), made[4])
    (page,) = read(make_warc([made]))
    assert isinstance(page, Page)
    assert page.data == text_of(1)
    bare = (*made[:3], text_of(2), made[4])  # some archives keep the fields of what they took off
    (page,) = read(make_warc([bare]))
    assert isinstance(page, Page)
    assert page.data == text_of(2)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_content_that_unpacks_without_end_is_too_large(coding: str) -> None:
    body = CODINGS[coding](b" " * 10_000_000)
    made = answer(
        "https://own.example/", body, "200 OK", "text/html", f"Content-Encoding: {coding}"
    )
    assert reasons(read(make_warc([made]))) == [Reason.TOO_LARGE]


def test_content_that_is_not_as_the_fields_say_is_damaged() -> None:
    wrong = gzip.compress(text_of(1))
    wrong = wrong[:30] + bytes(reversed(wrong[30:]))
    broken = b"5\r\nabcde\r\nzzz\r\n"
    made = [
        answer("https://own.example/1", wrong, "200 OK", "text/html", "Content-Encoding: gzip"),
        answer(
            "https://own.example/2", broken, "200 OK", "text/html", "Transfer-Encoding: chunked"
        ),
        answer("https://own.example/3", b"x", "200 OK", "text/html", "Content-Encoding: rot13"),
        *pages_of(1),
    ]
    found = read(make_warc(made))
    assert reasons(found) == [Reason.DAMAGED] * 3
    assert names(found)[3:] == ["https://own.example/0"]


def test_kinds_are_told_by_field_and_by_sniffing() -> None:
    feed = (
        b"<rss version='2.0'><channel><title>T</title><item><title>A</title></item></channel></rss>"
    )
    made = [
        answer("https://own.example/f", feed),
        answer(
            "https://own.example/j", b'{"headline": "A", "body": "B"}', "200 OK", "application/json"
        ),
        answer("https://own.example/t", b"Words.", "200 OK", "text/plain"),
        answer("https://own.example/x.jpg", text_of(1), "200 OK", ""),
        answer("https://own.rs", text_of(1), "200 OK", "application/octet-stream"),
        answer("https://own.example/u", b"https://own.example/1\n", "200 OK", "text/uri-list"),
        ("resource", "https://own.example/r", "", text_of(3), []),
    ]
    found = read(make_warc(made))
    assert [getattr(one, "media_type", None) for one in found] == [
        "application/json", "application/json", "text/plain", "text/html", "text/html",
        "text/uri-list", "text/html",
    ]  # fmt: skip
    assert found[0].name.startswith("https://own.example/f#")


def test_a_page_too_large_is_told_and_passed_over() -> None:
    made = [
        answer("https://own.example/film", b"x" * 500_000, "200 OK", "video/mp4"),
        answer("https://own.example/page", b"<html>" * 100_000),
        *pages_of(2),
    ]
    for packed in (False, True):
        found = read(make_warc(made, packed))
        assert reasons(found) == [Reason.UNSUPPORTED, Reason.TOO_LARGE]
        assert names(found)[2:] == ["https://own.example/0", "https://own.example/1"]


def test_archives_inside_other_things(tmp_path: Path) -> None:
    bare, packed = make_warc(pages_of(2)), make_warc(pages_of(2), packed=True)
    members = {"archive/a.warc.gz": packed, "archive/b.warc": bare, "pages/pages.jsonl": b"{}"}
    members["datapackage.json"] = b"{}"
    (tmp_path / "a.warc").write_bytes(bare)
    (tmp_path / "b.warc.gz").write_bytes(packed)
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(bare))
    (tmp_path / "d.warc.xz").write_bytes(lzma.compress(bare))
    (tmp_path / "e.warc.zst").write_bytes(zstd.compress(bare))
    (tmp_path / "nameless").write_bytes(packed)
    with zipfile.ZipFile(tmp_path / "f.wacz", "w") as wacz:
        for name, data in members.items():
            wacz.writestr(name, data)
    with tarfile.open(tmp_path / "g.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("in/a.warc.gz")
        info.size = len(packed)
        tar.addfile(info, io.BytesIO(packed))
    expected = ["https://own.example/0", "https://own.example/1"]
    for path in sorted(tmp_path.iterdir()):
        times = 2 if path.suffix == ".wacz" else 1
        reader = open_reader(str(path))
        assert names(list(reader.read())) == expected * times, path
        assert reader.bytes_read == reader.total_bytes
    assert names(read((tmp_path / "f.wacz").read_bytes())) == expected * 2


def make_zstd(data: Sequence[bytes], dictionary: bytes = b"") -> bytes:
    known = zstd.ZstdDict(dictionary, is_raw=True) if dictionary else None
    head = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary
    frames = (zstd.compress(one, zstd_dict=known) for one in data)
    return (head if dictionary else b"") + b"".join(frames)


@pytest.mark.parametrize("dictionary", [b"", text_of(0)])
def test_frames_of_zstandard_with_a_dictionary(dictionary: bytes) -> None:
    records = [make_warc([one])[len(make_warc([])) :] for one in pages_of(4)]
    data = make_zstd(records, dictionary)
    assert names(read(data)) == [f"https://own.example/{n}" for n in range(4)]
    hurt = bytearray(data)
    first = make_zstd(records[:1], dictionary)
    hurt[len(first) + 30] ^= 0xFF
    found = read(bytes(hurt))
    assert [names(found)[at] for at in (0, 2, 3)] == [f"https://own.example/{n}" for n in (0, 2, 3)]
    assert names(found)[1] in (f"-#{len(first)}", "https://own.example/1")


def make_arc(count: int) -> tuple[bytes, list[int]]:
    about = b"1 0 Own\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://own.arc 0.0.0.0 20260304050607 text/plain %d\n%s\n" % (len(about), about)
    starts = []
    for number in range(count):
        block = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + text_of(number)
        head = b"http://own.example/%d 192.0.2.1 20260304050607 text/html %d\n"
        starts.append(len(data))
        data += head % (number, len(block)) + block + b"\n"
    return data, starts


def test_arc_is_read_too() -> None:
    data, starts = make_arc(5)
    found = read(data)
    assert names(found) == [f"http://own.example/{n}" for n in range(5)]
    assert isinstance(found[0], Page)
    assert found[0].served == Served(
        url="http://own.example/0", at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    )
    hurt = data.replace(b"example/2 192", b"example/2 !!!")
    found = read(hurt)
    assert names(found)[2] == f"-#{starts[2]}"
    assert [names(found)[at] for at in (1, 3)] == ["http://own.example/1", "http://own.example/3"]


def boundaries(data: bytes, packed: bool) -> list[int]:
    """Where each record begins, and where the archive ends."""
    mark = b"\x1f\x8b\x08" if packed else b"WARC/1.0\r\n"
    found = [at for at in range(len(data)) if data.startswith(mark, at)]
    if packed:
        found = [at for at in found if _unpacks(data[at:])]
    return [*found, len(data)]


def _unpacks(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 20).startswith(b"WARC/")
    except zlib.error:
        return False


COUNT = 6
WHOLE = {packed: make_warc(pages_of(COUNT), packed) for packed in (False, True)}
STARTS = {packed: boundaries(WHOLE[packed], packed) for packed in WHOLE}


@settings(max_examples=300, deadline=None)
@given(st.data(), st.booleans())
def test_cut_anywhere_all_whole_records_come_out(draw: st.DataObject, packed: bool) -> None:
    data, starts = WHOLE[packed], STARTS[packed]
    cut = draw.draw(st.integers(1, len(data) - 1))
    found = read(data[:cut]) if cut > 20 else []
    whole = sum(end <= cut for end in starts[2:])
    slack = 0 if packed else 4  # the line ends behind a record may be missing
    nearly = sum(end - slack <= cut for end in starts[2:])
    pages = [one.name for one in found if isinstance(one, Page)]
    if cut > 20:
        assert pages[:whole] == [f"https://own.example/{n}" for n in range(whole)]
        assert len(pages) in (whole, nearly)
        assert len(reasons(found)) <= 1
        if cut not in starts and whole == nearly and cut > starts[1]:
            assert reasons(found) == [Reason.DAMAGED]


@settings(max_examples=400, deadline=None)
@given(st.data(), st.booleans())
def test_a_flipped_bit_costs_one_record_at_most(draw: st.DataObject, packed: bool) -> None:
    data, starts = bytearray(WHOLE[packed]), STARTS[packed]
    at = draw.draw(st.integers(starts[1], len(data) - 1))
    data[at] ^= 1 << draw.draw(st.integers(0, 7))
    hurt = sum(start <= at for start in starts) - 2
    found = read(bytes(data))
    expected = [f"https://own.example/{n}" for n in range(COUNT)]
    got = names(found)
    if len(set(got)) < len(got):  # it has another's address now
        del got[hurt]
    assert [name for name in got if name in expected[:hurt]] == expected[:hurt]
    rest = expected[hurt + 1 :]
    assert [name for name in got if name in rest] == rest
    assert COUNT - 1 <= len(found) <= COUNT
    lost = COUNT - sum(isinstance(one, Page) for one in found)
    assert lost == len(reasons(found))


@settings(max_examples=150, deadline=None)
@given(st.data(), st.booleans())
def test_a_hole_costs_what_it_touches(draw: st.DataObject, packed: bool) -> None:
    data, starts = WHOLE[packed], STARTS[packed]
    start = draw.draw(st.integers(starts[1], len(data) - 1))
    end = draw.draw(st.integers(start + 1, len(data)))
    filler = draw.draw(st.binary(max_size=300))
    found = read(data[:start] + filler + data[end:])
    before = sum(limit <= start for limit in starts[2:])
    after = sum(end <= begin for begin in starts[:-1])
    expected = [f"https://own.example/{n}" for n in range(COUNT)]
    got = names(found)
    assert got[:before] == expected[:before]
    assert not after or got[-after:] == expected[-after:]


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"", b"(\xb5/\xfd"])
)
def test_any_bytes_end(data: bytes, mark: bytes) -> None:
    for reader in (StreamReader(io.BytesIO(mark + data), ReadOptions()),):
        for one in reader.read():
            assert isinstance(one, Page) or one.detail


@pytest.mark.parametrize("length", [b"7", b"99999", b"999999999999", b"-1", b"", b"3 MB"])
def test_a_wrong_length_costs_one_record(length: bytes) -> None:
    data = make_warc(pages_of(4))
    starts = boundaries(data, packed=False)
    at = data.index(b"Content-Length: ", starts[2]) + len(b"Content-Length: ")
    end = data.index(b"\r\n", at)
    found = read(data[:at] + length + data[end:])
    assert names(found) == [
        "https://own.example/0", f"-#{starts[2]}", "https://own.example/2", "https://own.example/3",
    ]  # fmt: skip
    assert reasons(found) == [Reason.DAMAGED]


def test_the_digest_of_bytes_that_nothing_else_guards_is_held() -> None:
    data = make_warc(pages_of(3))
    hurt = data.replace(b"mile 1 is open", b"mile 1 is 0pen", 1)
    found = read(hurt)
    assert [type(one) for one in found] == [Page, Rejected, Page]
    assert "digest" in getattr(found[1], "detail", "")


def test_rubbish_between_members_is_told() -> None:
    data = make_warc(pages_of(3), packed=True)
    starts = boundaries(data, packed=True)
    found = read(data[: starts[2]] + b"\xee" * 70_000 + data[starts[2] :])
    assert names(found) == [
        "https://own.example/0", f"-#{starts[2]}", "https://own.example/1", "https://own.example/2",
    ]  # fmt: skip
    padded = data[: starts[2]] + b"\0" * 70_000 + data[starts[2] :]
    assert [type(one) for one in read(padded)] == [Page] * 3


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    for name, data in (("a.warc", b""), ("b.warc.gz", gzip.compress(b"")), ("c.arc", b"")):
        (tmp_path / name).write_bytes(data)
    found = list(open_reader(str(tmp_path)).read())
    assert reasons(found) == [Reason.EMPTY] * 3


def find_archives() -> Path | None:
    named = os.environ.get("TIDINGS_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    return folder / "archives" if (folder / "archives").is_dir() else None


SAMPLES = {
    "iana.warc.gz": (16, 0), "dupes.warc.gz": (1, 0), "clipped.warc.gz": (0, 1),
    "clueweb-quirk.warc.gz": (29, 0), "warcfile.warc.gz": (16, 0), "warcfile.warc": (16, 0),
    "example-bad-non-chunked.warc.gz": (1, 0), "example-trunc.warc": (0, 1),
    "example-wrong-chunks.warc.gz": (1, 0), "example-space-in-url.arc": (0, 1),
    "bad.arc": (0, 4), "example.arc.gz": (1, 0), "post-test.warc.gz": (3, 0),
    "valid_example_1.wacz": (1, 0), "example-resource.warc.gz": (1, 0),
}  # fmt: skip
"""Pages, and damaged records, by name of the sample."""


def test_samples_of_others() -> None:
    folder = find_archives()
    if folder is None:
        pytest.skip("no archives; set TIDINGS_DATA")
    seen = {}
    for path in sorted(folder.glob("*.tar.xz")):
        with tarfile.open(path) as tar:
            for info in tar:
                name = info.name.rpartition("/")[2]
                member = tar.extractfile(info) if name in SAMPLES else None
                if member:
                    reader = StreamReader(io.BytesIO(member.read()), ReadOptions())
                    found = list(reader.read())
                    damaged = reasons(found).count(Reason.DAMAGED)
                    seen[name] = (sum(isinstance(one, Page) for one in found), damaged)
    assert seen == {name: SAMPLES[name] for name in seen}
    assert len(seen) > 10
