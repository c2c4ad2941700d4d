"""Reading alone: what damage costs, pages a second, the same articles from every container, memory.

    python bench/reading.py [--damages 150] [--pages 2000] [--extract 200] [--memory 100_000_000]

``damage``: archives of our own pages with a bit flipped, a piece cut out, the end cut off; the
share of the records that the damage did not touch that each library still gives, and how often it
says nothing though something is lost. ``rates``: pages a second of processor time. ``same``: the
day's pages written as one WARC and read back. ``memory``: the day's pages repeated in one WARC.
The last three read day-2019-11-18 from TIDINGS_DATA or ../shared/data. Prints JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import lzma
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from news import DAY, find_data
from tidings.extractors import html
from tidings.model import Article, Page, Rejected
from tidings.readers.files import ReadOptions, StreamReader, open_reader

RECORDS = 30  # of an archive that is damaged
CHILD = r"""
import re, sys, time
from pathlib import Path
from tidings.readers.files import open_reader
start = time.process_time()
ends = sum(1 for _ in open_reader(sys.argv[1]).read())
status = Path("/proc/self/status").read_text()  # ru_maxrss would count the parent's
peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
print(ends, peak, time.process_time() - start)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damages", type=int, default=150, help="of each kind")
    parser.add_argument("--pages", type=int, default=2000, help="read from each container")
    parser.add_argument("--extract", type=int, default=200, help="pages for each extractor")
    parser.add_argument(
        "--memory",
        type=int,
        default=100_000_000,
        help="bytes of the plain archive, ten times the packed one's",
    )
    told = parser.parse_args()
    report: dict[str, Any] = {"bench": "reading"}
    day = find_data(f"{DAY}/pages.tar.xz")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        report["damage"] = measure_damage(told.damages, folder)
        if day is None:
            report["skipped"] = f"no {DAY}; set TIDINGS_DATA"
        else:
            pages = list(islice(read_pages(day), told.pages))
            paths = write_all(folder, pages)
            report["rates"] = measure_rates(paths, pages, told.extract)
            report["same"] = compare(pages, paths["warc.gz"])
            report["memory"] = {
                kind: measure_memory(paths[kind], told.memory // share)
                for kind, share in (("warc", 1), ("warc.gz", 10))
            }
    print(json.dumps(report, indent=1))


def write_warc(pages: Iterable[tuple[str, bytes]], packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, data in pages:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        made = writer.create_warc_record(
            url, "response", payload=io.BytesIO(data), http_headers=http
        )
        with closing(made.raw_stream):
            writer.write_record(made)
        made.raw_stream.close()
    return out.getvalue()


# --- damage ---


def measure_damage(count: int, folder: Path) -> dict[str, Any]:
    draw = random.Random(11)  # noqa: S311 - a fixed draw, no secret
    pages = [(f"https://own.example/{n}", own_page(n)) for n in range(RECORDS)]
    found: dict[str, Counter[str]] = {}
    for packed in (False, True):
        whole = write_warc(pages, packed)
        starts = find_starts(whole, packed)
        path = folder / ("hurt.warc.gz" if packed else "hurt.warc")
        for damage in (flip, hole, cut):
            for _ in range(count):
                hurt, touched = damage(whole, starts, draw)
                names = {url for url, _ in pages}
                kept = names - {pages[n][0] for n in touched}
                path.write_bytes(hurt)
                for library, read in LIBRARIES.items():
                    key = f"{damage.__name__}, {'gzip' if packed else 'plain'}"
                    tally = found.setdefault(library, Counter())
                    urls, is_told = read(path)
                    tally[f"{key}: untouched"] += len(kept)
                    tally[f"{key}: given"] += len(kept & urls)
                    tally[f"{key}: silent"] += not is_told and len(urls) < RECORDS
                    tally[f"{key}: runs"] += 1
    return {library: summarise(tally) for library, tally in found.items()}


def own_page(number: int) -> bytes:
    """Of words that pack like text."""
    seed = hashlib.shake_128(b"%d" % number).hexdigest(900)
    words = " ".join(seed[at : at + 6] for at in range(0, len(seed), 6))
    return f"<!DOCTYPE html><html><h1>Page {number}</h1><p>{words}</p></html>".encode()


def find_starts(data: bytes, packed: bool) -> list[int]:
    mark = b"\x1f\x8b\x08" if packed else b"WARC/1.0\r\n"
    starts, at = [], data.find(mark)
    while at >= 0:
        starts.append(at)
        at = data.find(mark, at + len(mark))
    if len(starts) != RECORDS:
        raise SystemExit("a mark by chance in the archive; change own_page")
    return [*starts, len(data)]


Damage = tuple[bytes, set[int]]


def flip(data: bytes, starts: list[int], draw: random.Random) -> Damage:
    at = draw.randrange(len(data))
    hurt = bytearray(data)
    hurt[at] ^= 1 << draw.randrange(8)
    return bytes(hurt), {number for number in range(RECORDS) if starts[number] <= at} - {
        number for number in range(RECORDS) if starts[number + 1] <= at
    }


def hole(data: bytes, starts: list[int], draw: random.Random) -> Damage:
    at = draw.randrange(len(data) - 1)
    end = min(len(data), at + draw.randrange(1, 3000))
    touched = {n for n in range(RECORDS) if starts[n] < end and at < starts[n + 1]}
    return data[:at] + data[end:], touched


def cut(data: bytes, starts: list[int], draw: random.Random) -> Damage:
    at = draw.randrange(1, len(data))
    return data[:at], {number for number in range(RECORDS) if starts[number + 1] > at}


def read_tidings(path: Path) -> tuple[set[str], bool]:
    ends = list(open_reader(str(path)).read())
    return {end.name for end in ends if isinstance(end, Page)}, any(
        isinstance(end, Rejected) for end in ends
    )


def read_warcio(path: Path) -> tuple[set[str], bool]:
    urls: set[str] = set()
    try:
        for record in ArchiveIterator(io.BytesIO(path.read_bytes()), check_digests="raise"):
            record.content_stream().read()
            urls.add(record.rec_headers.get_header("WARC-Target-URI"))
    except (ArchiveLoadFailed, ValueError, EOFError, OSError, AttributeError, TypeError):
        return urls, True
    except Exception as error:  # noqa: BLE001 - it raises whatever the damage leads to
        return urls, bool(error)
    return urls, False


def read_fastwarc(path: Path) -> tuple[set[str], bool]:
    urls: set[str] = set()
    try:
        for record in FastIterator(
            io.BytesIO(path.read_bytes()), verify_digests=True, strict_mode=False
        ):
            record.reader.read()
            urls.add(record.headers.get("WARC-Target-URI") or "")
    except Exception as error:  # noqa: BLE001 - it raises whatever the damage leads to
        return urls, bool(error)
    return urls, False


LIBRARIES: dict[str, Callable[[Path], tuple[set[str], bool]]] = {
    "tidings": read_tidings,
    "warcio": read_warcio,
    "fastwarc": read_fastwarc,
}


def summarise(tally: Counter[str]) -> dict[str, Any]:
    keys = dict.fromkeys(name.partition(":")[0] for name in tally)
    return {
        key: {
            "given_of_untouched": round(tally[f"{key}: given"] / tally[f"{key}: untouched"], 4),
            "silent_share": round(tally[f"{key}: silent"] / tally[f"{key}: runs"], 4),
        }
        for key in keys
    }


# --- the day's pages ---


def read_pages(day: Path) -> Iterator[tuple[str, bytes]]:
    """(address, bytes); the address from the day's records where it is told there."""
    addresses = {}
    records = find_data(f"{DAY}/articles.jsonl.xz")
    if records:
        with lzma.open(records, "rt", encoding="utf-8") as lines:
            addresses = {row["id"]: row["url"] for row in map(json.loads, lines)}
    for page in open_reader(str(day)).read():
        if isinstance(page, Page):
            name = page.name.rpartition("/")[2].partition(".")[0]
            yield addresses.get(name) or f"https://own.example/{name}", page.data


def write_all(folder: Path, pages: list[tuple[str, bytes]]) -> dict[str, Path]:
    paths = {kind: folder / f"day.{kind}" for kind in ("warc", "warc.gz", "tar", "zip")}
    paths["warc"].write_bytes(write_warc(pages, packed=False))
    paths["warc.gz"].write_bytes(write_warc(pages, packed=True))
    with tarfile.open(paths["tar"], "w") as tar:
        for number, (_, data) in enumerate(pages):
            info = tarfile.TarInfo(f"{number}.html")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    with zipfile.ZipFile(paths["zip"], "w", zipfile.ZIP_DEFLATED) as zipped:
        for number, (_, data) in enumerate(pages):
            zipped.writestr(f"{number}.html", data)
    return paths


def measure_rates(
    paths: dict[str, Path], pages: list[tuple[str, bytes]], count: int
) -> dict[str, Any]:
    """Pages a second of processor time, of one process."""
    rates: dict[str, Any] = {"pages": len(pages)}
    for kind, path in paths.items():
        start = time.process_time()
        ends = sum(1 for _ in open_reader(str(path)).read())
        rates[f"read {kind}"] = round(ends / (time.process_time() - start))
    for named, read in (("warcio", read_warcio), ("fastwarc", read_fastwarc)):
        start = time.process_time()
        read(paths["warc.gz"])
        rates[f"{named} warc.gz, with digests"] = round(len(pages) / (time.process_time() - start))
    sample = list(islice(open_reader(str(paths["warc.gz"])).read(), count))
    for library in html.Library:
        extractor = html.HtmlExtractor(options=html.Options(library=library))
        start = time.process_time()
        for page in sample:
            if isinstance(page, Page):
                extractor.extract(page)
        rates[f"extract by {library.value}"] = round(len(sample) / (time.process_time() - start), 1)
    return rates


def compare(pages: list[tuple[str, bytes]], archive: Path) -> dict[str, Any]:
    """Articles of the bare pages beside those of the archive, by the bulk extractor."""
    bulk = html.Options(library=html.Library.RESILIPARSE)
    extract = html.HtmlExtractor(options=bulk).extract
    tally: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    ends = list(open_reader(str(archive)).read())
    for (url, data), end in zip(pages, ends, strict=True):
        tally["pages"] += 1
        (bare,) = StreamReader(io.BytesIO(data), ReadOptions()).read()
        if not isinstance(end, Page) or end.data != data or end.name != url:
            tally["other bytes"] += 1
        elif isinstance(bare, Page):
            first, second = extract(replace(bare, media_type="text/html")), extract(end)
            for field in find_differences(first, second):
                tally[field] += 1
                shown.setdefault(field, []).append(url)
    return {**tally, "shown": {field: urls[:5] for field, urls in shown.items()}}


Ends = tuple[Article, ...] | Rejected


def find_differences(first: Ends, second: Ends) -> list[str]:
    """Fields; what the archive tells beside the bytes (address, date of capture) may add to
    dates, publisher and address."""
    if isinstance(first, Rejected) or isinstance(second, Rejected):
        is_same = isinstance(first, Rejected) and isinstance(second, Rejected)
        return [] if is_same else ["ending"]
    if len(first) != len(second):
        return ["count"]
    fields = ("headline", "text", "body", "published", "language", "byline")
    return [
        field
        for field in fields
        if any(getattr(a, field) != getattr(b, field) for a, b in zip(first, second, strict=True))
    ]


def measure_memory(archive: Path, size: int) -> dict[str, Any]:
    """Of a process that reads the archive's members over and over."""
    data = archive.read_bytes()
    long = archive.with_name(f"long-{archive.name}")
    with long.open("wb") as out:
        while out.tell() < size:
            out.write(data)
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(long)], capture_output=True, text=True, check=True
    )
    ends, peak, seconds = run.stdout.split()
    total = long.stat().st_size
    long.unlink()
    return {
        "bytes": total,
        "pages": int(ends),
        "peak_mb": round(float(peak)),
        "pages_a_second": round(int(ends) / float(seconds)),
    }


if __name__ == "__main__":
    main()
