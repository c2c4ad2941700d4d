"""Feeds, sitemaps, mails, lists and zips: told apart alike in a file, an archive and a pipe."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.model import Page, Reason, Rejected, Served
from tidings.readers.files import ReadOptions, StreamReader, open_reader

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HTML = b"<!DOCTYPE html><html><p>The ferry runs again.</p></html>"
ITEM = "<item><title>Ferry {0}</title><link>https://own.example/{0}</link></item>"
RSS = "<rss version='2.0'><channel><title>Own</title>{}</channel></rss>"
MAIL = b"From: a@own.example\nMIME-Version: 1.0\nSubject: Ferries\nDate: 3 Mar 2026 10:00 +0100\n"
SMALL = ReadOptions(largest_page=100_000)


def feed(*items: int) -> bytes:
    return RSS.format("".join(ITEM.format(item) for item in items)).encode()


def read(data: bytes, options: ReadOptions = SMALL) -> list[Page | Rejected]:
    return list(StreamReader(io.BytesIO(data), options).read())


def names(found: Sequence[Page | Rejected]) -> list[str]:
    return [one.name for one in found]


def ends(found: Sequence[Page | Rejected]) -> list[str]:
    return [one.media_type if isinstance(one, Page) else one.reason.value for one in found]


def test_an_entry_has_the_same_name_and_bytes_at_every_poll(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(feed(1, 2))
    (tmp_path / "b.xml").write_bytes(feed(3, 2))
    found = list(open_reader(str(tmp_path)).read())
    assert names(found) == [f"https://own.example/{n}" for n in (1, 2, 3, 2)]
    assert found[1] == found[3]
    assert set(ends(found)) == {"application/json"}


def test_entries_without_an_address_are_named_by_the_feed() -> None:
    items = (
        "<item><title>A</title><guid isPermaLink='false'>g-1</guid></item>"
        "<item><title>B</title></item>"
    )
    found = read(RSS.format(items).encode())
    assert isinstance(found[1], Page)
    assert names(found) == ["-#g-1", f"-#{found[1].id}"]


def test_a_feed_with_a_fault_gives_its_entries_and_the_fault() -> None:
    found = read(feed(1, 2)[: -len("</channel></rss>")])
    assert names(found) == ["https://own.example/1", "https://own.example/2", "-"]
    assert ends(found)[2] == "damaged"
    assert ends(read(feed())) == ["empty"]
    assert ends(read(b"<rss version='2.0'><cha")) in (["unreadable"], ["damaged"])


def test_a_news_sitemap_is_kept_and_its_headlines_are_pages() -> None:
    news = (
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        b" xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url>"
        b"<loc>https://own.example/1</loc><n:news><n:publication><n:name>Own</n:name>"
        b"<n:language>en</n:language></n:publication><n:title>Ferry</n:title></n:news></url>"
        b"<url><loc>https://own.example/2</loc></url></urlset>"
    )
    found = read(news)
    assert ends(found) == ["application/sitemap+xml", "application/json"]
    assert names(found) == ["-", "https://own.example/1"]


def test_lists_of_addresses_are_pages_of_their_own_kind(tmp_path: Path) -> None:
    files = {
        "a.opml": b"<opml version='2.0'><body><outline xmlUrl='https://own.example/f'/></body></opml>",
        "b.txt": b"# mine\nhttps://own.example/1\nhttps://own.example/2\n",
        "c.xml": b"<?xml version='1.0'?><sitemapindex><sitemap/></sitemapindex>",
        "d.txt": b"An article that names https://own.example/1 in its text.\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = list(open_reader(str(tmp_path)).read())
    kinds = ["text/x-opml", "text/uri-list", "application/sitemap+xml", "text/plain"]
    assert ends(found) == kinds
    assert [one.data for one in found if isinstance(one, Page)] == list(files.values())


def mail_with(*parts: tuple[str, str, bytes]) -> bytes:
    border = f"x{sum(len(data) for *_, data in parts)}"
    made = MAIL + f"Content-Type: multipart/mixed; boundary={border}\n\n".encode()
    for kind, name, data in parts:
        made += f'--{border}\nContent-Type: {kind}; name="{name}"\n'.encode()
        made += f'Content-Disposition: attachment; filename="{name}"\n\n'.encode() + data + b"\n"
    own = f"--{border}\nContent-Type: text/plain\n\nThe ferry runs again.\n--{border}--\n"
    return made + own.encode()


def test_a_mail_is_its_text_and_what_is_attached() -> None:
    inner = MAIL + b"\nInside."
    data = mail_with(
        ("text/html", "a.html", HTML), ("image/png", "b.png", b"x"), ("message/rfc822", "", inner)
    )
    found = read(data)
    assert ends(found) == ["text/plain", "text/html", "unsupported", "text/plain"]
    assert names(found) == ["-", "-!a.html", "-!b.png", "-!Ferries"]
    assert isinstance(found[0], Page)
    assert b"The ferry runs again." in found[0].data


SNAPSHOT = (
    b"From: <Saved by a browser>\nSnapshot-Content-Location: https://own.example/a?b=1\n"
    b"Date: Tue, 3 Mar 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n'
    b"--x\nContent-Type: text/html; charset=koi8-r\nContent-Transfer-Encoding: quoted-printable\n"
    b"\n<html><p>=F0=C1=D2=CF=CD\n--x\nContent-Type: image/png\n\nx\n--x--\n"
)


def test_a_saved_page_is_the_page_with_its_address(tmp_path: Path) -> None:
    for name in ("a.mhtml", "b.mht", "c"):
        (tmp_path / name).write_bytes(SNAPSHOT)
    for page in open_reader(str(tmp_path)).read():
        assert isinstance(page, Page)
        assert page.media_type == "text/html"
        assert page.data.startswith("<html><p>Паром".encode("koi8-r"))
        assert page.served == Served(
            url="https://own.example/a?b=1",
            charset="koi8-r",
            at=datetime(2026, 3, 3, 9, tzinfo=UTC),
        )
    (tmp_path / "c").write_bytes(SNAPSHOT.replace(b"text/html", b"text/css"))
    assert ends(list(open_reader(str(tmp_path / "c")).read())) == ["unsupported"]


def test_a_mailbox_is_read_one_mail_at_a_time(tmp_path: Path) -> None:
    parting = b"From a@own.example Tue Mar  3 10:00:00 2026\n"
    big = MAIL + b"\n" + b"word " * 100_000 + b"\n"
    mails = [MAIL + b"\nOne\n>From the quay.\n", big, MAIL + b"\nTwo\n"]
    path = tmp_path / "in.mbox"
    path.write_bytes(b"".join(parting + mail + b"\n" for mail in mails))
    found = list(open_reader(str(path), SMALL).read())
    assert ends(found) == ["text/plain", "too-large", "text/plain"]
    assert names(found) == [f"{path.as_posix()}#{n}" for n in (1, 2, 3)]
    assert isinstance(found[0], Page)
    assert b"\nFrom the quay." in found[0].data


def test_mails_inside_mails_end() -> None:
    data = MAIL + b"\nInnermost."
    for _ in range(60):
        data = mail_with(("message/rfc822", "", data))
    found = read(data)
    assert ends(found)[-1] in ("too-deep", "text/plain")
    assert len(found) < 30


@pytest.mark.parametrize("shape", ["list", "items"])
def test_a_list_of_records_is_taken_apart(shape: str) -> None:
    records = [{"headline": "A", "body": "B"}, {"uri": "urn:own:1", "headline": "C"}]
    data = json.dumps(records if shape == "list" else {"items": records}, indent=1).encode()
    found = read(data)
    assert names(found) == ["-#1", "-#2"]
    assert [json.loads(one.data) for one in found if isinstance(one, Page)] == records
    assert read(json.dumps(json.loads(data)).encode()) == found


def test_a_json_feed_is_told_wherever_it_says_so() -> None:
    items = [{"id": f"https://own.example/{n}", "title": "F" * 900} for n in range(9)]
    late = {"items": items, "version": "https://jsonfeed.org/version/1.1", "title": "Own"}
    for indent in (None, 1):
        found = read(json.dumps(late, indent=indent).encode())
        assert ends(found) == ["application/json"] * 9
        assert len(set(names(found))) == 9


@pytest.mark.parametrize("text", ['{"items": 3, "body": "x"}', '{\n"a": [1]}', "[{]"])
def test_other_json_stays_one_page(text: str) -> None:
    (page,) = read(text.encode())
    assert isinstance(page, Page)
    assert page.data == text.encode()


FILES = {
    "a.html": HTML,
    "b.rss": feed(1, 2),
    "c.jsonl": b'{"body": "x"}\n{"body": "y"}',
    "d.eml": MAIL + b"\nText.",
    "e.js": b"x()",
}


def make_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def make_tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def test_files_folders_and_archives_give_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    expected = [
        (one.name.removeprefix(f"{folder.as_posix()}/"), end)
        for found in [list(open_reader(str(folder)).read())]
        for one, end in zip(found, ends(found), strict=True)
    ]
    assert len(expected) == 7
    packs = [bytes, gzip.compress, lzma.compress, bz2.compress, zstd.compress]
    for archive in (make_zip(FILES), make_zip(FILES, zipfile.ZIP_LZMA), make_tar(FILES)):
        for pack in packs:
            found = read(pack(archive))
            assert [
                (one.name.removeprefix("-!"), end)
                for one, end in zip(found, ends(found), strict=True)
            ] == expected


@pytest.mark.parametrize("ending", ["zip", "tar", "tar.zst", "jsonl.zst"])
def test_the_meter_counts_all_of_a_file_once(tmp_path: Path, ending: str) -> None:
    files = {f"{n}.html": HTML + hashlib.shake_128(b"%d" % n).digest(999) for n in range(300)}
    lines = b"".join(b'{"body": "%d"}\n' % n for n in range(300))
    made = {"zip": make_zip, "tar": make_tar}.get(ending.partition(".")[0], lambda _: lines)(files)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(zstd.compress(made) if ending.endswith("zst") else made)
    reader = open_reader(str(path))
    counts = [reader.bytes_read for _ in reader.read()]
    assert len(counts) == 300
    assert counts == sorted(counts)
    assert counts[-1] <= reader.bytes_read == reader.total_bytes
    assert ending != "zip" or counts[10] < counts[-1] * 0.6


def test_what_a_zip_may_hold_that_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.jsonl", b"\n" * 30_000_000)
        made.writestr("__MACOSX/._a.html", HTML)
        made.writestr(".hidden", HTML)
        made.writestr("folder/", b"")
        link = zipfile.ZipInfo("link.html")
        link.external_attr = 0o120777 << 16
        made.writestr(link, b"a.html")
        made.writestr("in.zip", make_zip(FILES))
        made.writestr("in.tar.gz", gzip.compress(make_tar(FILES)))
        made.writestr("sealed.html", HTML)
        made.writestr("odd.html", HTML)
        made.writestr("bad.html", HTML)
        made.writestr("last.html", HTML)
        at = {info.filename: info.header_offset for info in made.infolist()}
    data = bytearray(path.read_bytes())
    middle = data.index(b"PK\x01\x02")
    for name, place, value in (("sealed.html", 8, 1), ("odd.html", 10, 97)):
        entry = data.index(name.encode(), middle) - 46
        data[entry + place] |= value
    data[at["bad.html"] + 45] ^= 0xFF
    path.write_bytes(data)
    found = list(open_reader(str(path)).read())
    assert [one.name.partition("!")[2] for one in found] == [
        "bomb.jsonl", "link.html", "in.zip", "in.tar.gz", "sealed.html", "odd.html", "bad.html",
        "last.html",
    ]  # fmt: skip
    assert ends(found) == [
        "too-large", *["unsupported"] * 5, "damaged", "text/html"
    ]  # fmt: skip


def test_a_document_that_is_a_zip_is_told() -> None:
    (found,) = read(make_zip({"[Content_Types].xml": b"", "word/document.xml": b""}))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.UNSUPPORTED


def test_a_damaged_member_costs_only_itself() -> None:
    hurt = gzip.compress(HTML * 50)
    files = {"a.html.gz": hurt[:-20], "b.html.zst": zstd.compress(HTML)[:-9], "c.html": HTML}
    for archive in (make_zip(files), make_tar(files)):
        assert ends(read(archive)) == ["damaged", "damaged", "text/html"]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([make_zip, make_tar]))
def test_any_damage_ends(draw: st.DataObject, make: object) -> None:
    data = bytearray((make_zip if make is make_zip else make_tar)(FILES))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    for one in read(bytes(data[:cut])) + read(bytes(data)):
        assert isinstance(one, Page) or one.detail


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [
            "<rss>",
            "<opml>",
            SNAPSHOT[:400].decode(),
            "<urlset>",
            "[{",
            "PK\3\4",
            "From: a\nMIME-Version: 1\n",
        ]
    ),
)
def test_any_bytes_end(data: bytes, head: str) -> None:
    for one in read(head.encode() + data):
        assert isinstance(one, Page) or one.detail
