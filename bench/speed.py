"""How fast the main job is: pages a CPU second of each hop, then the whole, with memory.

    python bench/speed.py [--pages 600] [--whole 2000]

Each hop is timed over the same pages, one process, one thread, each annotator by itself;
``annotators_add`` is what they add to the CPU time of all other hops; ``whole`` is ``tidings add``
on as many processes as there are cores, started as a user would. Figures of one run belong
together: compare hops with one another, not with another day's run. Reads day-2019-11-18 from
TIDINGS_DATA or ../shared/data and prints JSON.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import psutil

from news import DAY, find_data
from tidings.model import Article, Batch, Digest, Ending, Note, Outcome, Page, Rejected
from tidings.pipeline import Parts, digest_article, join_lead
from tidings.readers.files import open_reader
from tidings.reading.habits import Habits, find_outlet
from tidings.settings import Settings
from tidings.story.assign import Assigner
from tidings.story.copies import Copies
from tidings.story.lexemes import stem_words
from tidings.story.shingles import sign
from tidings.story.terms import choose_terms

ANNOTATED = "annotate: "

Item = TypeVar("Item")
Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=600, help="that each hop is timed on")
    parser.add_argument("--whole", type=int, default=2000, help="records of the whole run")
    told = parser.parse_args()
    records, pages = find_data(f"{DAY}/articles.jsonl.xz"), find_data(f"{DAY}/pages.tar.xz")
    if records is None or pages is None:
        print(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
        return
    report: dict[str, Any] = {"pages": told.pages}
    report["hops"] = time_hops(pages, told.pages)
    report["annotators_add"] = compare(report["hops"])
    report["whole"] = {
        "records": time_whole(records, told.whole),
        "cores": psutil.cpu_count(),
    }
    print(json.dumps(report, indent=2))


class Clock:
    """Items a CPU second by hop."""

    def __init__(self) -> None:
        self.rates: dict[str, float] = {}

    def time(
        self, hop: str, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> list[Result]:
        listed = list(items)
        start = time.process_time()
        results = [function(item) for item in listed]
        self.rates[hop] = round(len(listed) / (time.process_time() - start), 1)
        return results


def time_hops(archive: Path, count: int) -> dict[str, float]:
    clock = Clock()
    start = time.perf_counter()
    read = list(islice(open_reader(str(archive)).read(), count))
    clock.rates["read"] = round(count / (time.perf_counter() - start), 1)
    pages = [page for page in read if isinstance(page, Page)]
    parts = Settings().build_parts()
    articles = time_reading(clock, pages)
    articles = clock.time("settle", settle, articles)
    bodies = [(article, article.body) for article in articles]
    time_annotators(clock, articles, parts)
    clock.time("terms", lambda one: choose_article_terms(one, parts), articles)
    clock.time(
        "stem", lambda one: stem_words(f"{one[0].headline}\n{one[1]}", one[0].language), bodies
    )
    clock.time("sign", lambda one: sign(one[1]), bodies)
    embed = parts.embedder.embed
    clock.time(
        "embed", lambda one: embed(join_lead(one[0].headline, one[1]), one[0].language), bodies
    )
    digests = clock.time("digest", lambda article: digest_article(article, parts), articles)
    time_placing(clock, pages, digests)
    return clock.rates


def time_reading(clock: Clock, pages: list[Page]) -> list[Article]:
    extract = Settings().build_extractors()["text/html"].extract
    ended = clock.time("extract", extract, pages)
    return [one for end in ended if not isinstance(end, Rejected) for one in end]


PAST: dict[str | None, Habits] = {}
"""By publisher."""


def settle(article: Article) -> Article:
    """Its furniture apart; what needs the store is left out."""
    habits = PAST.setdefault(find_outlet(article), Habits())
    peeled = habits.peel(article)
    habits.learn(peeled)
    return peeled


def time_annotators(clock: Clock, articles: list[Article], parts: Parts) -> None:
    """Each is handed the notes of those before it."""
    noted: list[tuple[Article, tuple[Note, ...]]] = [(article, ()) for article in articles]
    for annotator in parts.annotators:
        hop = f"{ANNOTATED}{type(annotator).__name__}"
        made = clock.time(hop, lambda one, by=annotator: tuple(by.annotate(*one)), noted)
        noted = [
            (article, (*notes, *new)) for (article, notes), new in zip(noted, made, strict=True)
        ]


def compare(rates: dict[str, float]) -> float:
    """CPU time of the annotators beside that of all other hops, reading among them."""
    parts = {"digest", "terms", "stem", "sign", "embed"}  # digest has these and the annotators
    own = sum(1 / rate for hop, rate in rates.items() if hop.startswith(ANNOTATED))
    hops = [h for h in rates if h not in parts and not h.startswith(ANNOTATED)]
    rest = sum(1 / rates[hop] for hop in hops) + 1 / rates["digest"] - own
    return round(own / rest, 3)


def choose_article_terms(article: Article, parts: Parts) -> int:
    return len(choose_terms(article.headline, article.body, article.language, (), article.links))


def time_placing(clock: Clock, pages: list[Page], digests: list[Digest]) -> None:
    """Into an empty window and store; bench/assignment.py times a full window."""
    copies = Copies()
    clock.time("copies", lambda one: (copies.find(one.sketch), copies.add(one.sketch)), digests)
    assigner = Assigner()
    start = time.perf_counter()
    decisions = assigner.assign([digest.sketch for digest in digests])
    clock.rates["assign"] = round(len(digests) / (time.perf_counter() - start), 1)
    outcomes = [
        Outcome(name=page.name, page=page.id, ending=Ending.ACCEPTED, reason=None, detail="")
        for page in pages
    ]
    batch = Batch(
        pages=tuple(pages),
        outcomes=tuple(outcomes),
        digests=tuple(digests),
        decisions=tuple(decisions),
    )
    with tempfile.TemporaryDirectory() as folder:
        store = replace(Settings(), store=Path(folder) / "speed.db").open_store()
        start = time.perf_counter()
        store.write(batch)
        clock.rates["write"] = round(len(digests) / (time.perf_counter() - start), 1)
        store.close()


def time_whole(records: Path, count: int) -> dict[str, float]:
    """Pages a second, the most memory that the command and its processes held together, and the
    most that one of them had for itself."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.jsonl"
        with lzma.open(records, "rb") as lines:
            part.write_bytes(b"".join(islice(lines, count)))
        start = time.perf_counter()
        command = [sys.executable, "-m", "tidings", "add", "--quiet", str(part)]
        running = subprocess.Popen(command, cwd=folder)
        peak, largest = watch_memory(running)
        seconds = time.perf_counter() - start
        if running.returncode:
            raise SystemExit(f"tidings add ended with {running.returncode}")
    return {
        "records": count,
        "seconds": round(seconds, 1),
        "a_second": round(count / seconds, 1),
        "peak_mb": round(peak / 1e6),
        "largest_process_mb": round(largest / 1e6),
    }


def watch_memory(running: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Waits for the end; in bytes, the highest sum of the processes' proportional shares, and the
    most that one of them shares with none."""
    peak = largest = 0
    process = psutil.Process(running.pid)
    while running.poll() is None:
        try:
            family = [process, *process.children(recursive=True)]
            told = [one.memory_full_info() for one in family]
            peak = max(peak, sum(one.pss for one in told))
            largest = max(largest, *(one.uss for one in told))
        except (psutil.NoSuchProcess, psutil.AccessDenied, FileNotFoundError):
            pass
        time.sleep(0.5)
    return peak, largest


if __name__ == "__main__":
    main()
