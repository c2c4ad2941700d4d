"""Whether an article costs more the more are held: 1,000 further ones into a small and a great
store with the same window.

    python bench/archive.py [--embedder e5] [--small 10000] [--great 1000000] [--further 1000]
                            [--folder DIR] [--profile]

Both stores are filled with made-up digests, the small one with the last of the great one's, so
that the window (as large as the small store) holds the same. Then a run adds further articles as
`tidings add` does, in one process: with the encoder as people do, or with the embedder that needs
no model (the default), where what the store costs weighs most. ``ratio`` is of the CPU seconds an
article, great to small; ``beyond_digests`` leaves out reading and digesting,
which know no store. Prints JSON.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from tidings.intake import Intake, Stages
from tidings.model import (
    Article,
    ArticleId,
    Batch,
    Block,
    Decision,
    Digest,
    Ending,
    Outcome,
    Page,
    PageId,
    Rejected,
    Role,
    Sketch,
    StoryId,
    Tally,
    Verb,
)
from tidings.pipeline import Digestion, Draft, Extraction
from tidings.settings import Settings
from tidings.story.assign import AssignOptions
from tidings.times import unknown

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 2000
WORDS, VOCABULARY = 60, 200_000
PUBLISHERS = 200  # so that each has its full past in the small store, too
TERMS, HASHES, DIMENSIONS = 30, 56, 384
SAME = 3  # articles a story
SEED = 1


class Inline:
    """An executor without processes, so that CPU seconds are all in one place."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result | Rejected]:
        return map(function, items)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", choices=("hashing", "e5"), default="hashing")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--great", type=int, default=1_000_000)
    parser.add_argument("--further", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="where there is room for the stores")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    told = parser.parse_args()
    if told.folder:
        told.folder.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {}
    for size in (told.small, told.great):
        with tempfile.TemporaryDirectory(dir=told.folder) as folder:
            plan = Settings(
                store=Path(folder) / "a.db",
                embedder=told.embedder,
                assign=AssignOptions(window=told.small),
            )
            numbers = range(told.great - size, told.great)
            watch = cProfile.Profile() if told.profile else None
            report[str(size)] = measure(plan, numbers, told.further, watch)
            if watch:
                pstats.Stats(watch, stream=sys.stderr).sort_stats("tottime").print_stats(15)
    small, great = report.values()
    report["ratio"] = {
        part: round(great[part] / small[part], 3)
        for part in ("milliseconds_an_article", "beyond_digests")
    }
    print(json.dumps(report, indent=1))


def measure(
    plan: Settings, numbers: range, further: int, watch: cProfile.Profile | None
) -> dict[str, float]:
    store = plan.open_store()
    clock = time.perf_counter()
    for start in range(numbers.start, numbers.stop, BATCH):
        store.write(make_batch(range(start, min(start + BATCH, numbers.stop))))
        print(f"{start} of {numbers}", file=sys.stderr)
    filled = time.perf_counter() - clock
    pages = list(make_pages(range(numbers.stop, numbers.stop + further)))
    digest(plan, pages)  # whatever is done once
    digesting = spend(lambda: digest(plan, pages))
    stages = Stages(plan=plan, reading=Inline(), digesting=Inline())
    tallies: list[Tally] = []
    if watch:
        watch.enable()
    adding = spend(lambda: tallies.append(Intake(store, stages).add(pages, lambda tally: None)))
    if watch:
        watch.disable()
    if tallies[0].accepted != further:
        raise SystemExit(f"only {tallies[0].accepted} of {further} were accepted")
    store.close()
    return {
        "held": len(numbers),
        "file_megabytes": round(plan.store.stat().st_size / 1e6),
        "filled_a_second": round(len(numbers) / filled),
        "milliseconds_an_article": round(1000 * adding / further, 2),
        "beyond_digests": round(1000 * (adding - digesting) / further, 2),
    }


def spend(action: Callable[[], object]) -> float:
    """CPU seconds."""
    clock = time.process_time()
    action()
    return time.process_time() - clock


def digest(plan: Settings, pages: Sequence[Page]) -> None:
    extraction, digestion = Extraction(plan), Digestion(plan)
    for page in pages:
        made = extraction(page)
        if not isinstance(made, Rejected):
            digestion(Draft(page.name, made))


def draw_words(number: int) -> list[str]:
    """As rare as Zipf has them."""
    random = np.random.default_rng((SEED, number))
    ranks = (VOCABULARY ** random.random(WORDS)).astype(int)
    return [f"w{rank}" for rank in ranks.tolist()]


def make_row(number: int) -> dict[str, str]:
    words = draw_words(number)
    publisher = f"example{number % PUBLISHERS}.org"
    return {
        "id": f"a{number}",
        "url": f"https://{publisher}/{number}",
        "publisher": publisher,
        "headline": " ".join(words[:8]),
        "body": " ".join(words[8:]),
        "language": "en",
    }


def make_pages(numbers: range) -> Iterator[Page]:
    for number in numbers:
        row = make_row(number)
        data = json.dumps(row).encode()
        name = f"further.jsonl#{number}"
        yield Page(id=_hash(data), name=name, media_type="application/json", data=data)


def make_batch(numbers: range) -> Batch:
    random = np.random.default_rng((SEED, numbers.start))
    vectors = random.normal(scale=204, size=(len(numbers), DIMENSIONS)).astype(np.int16)
    hashes = np.sort(random.integers(0, 2**32, (len(numbers), HASHES), dtype=np.uint32))
    pages, digests, decisions = [], [], []
    for place, number in enumerate(numbers):
        row = make_row(number)
        data = json.dumps(row).encode()
        name = f"held.jsonl#{number}"
        page = Page(id=_hash(data), name=name, media_type="application/json", data=data)
        article = make_article(row, page)
        words = row["headline"].split() + row["body"].split()
        sketch = Sketch(
            article=article.id,
            published=article.published,
            language="en",
            publisher=article.publisher,
            terms=tuple(sorted({f"w:en:{word}" for word in words[:TERMS]})),
            signature=hashes[place],
            vector=vectors[place],
        )
        pages.append(page)
        digests.append(Digest(article=article, notes=(), lexemes=tuple(words), sketch=sketch))
        decisions.append(decide(number, article.id))
    return Batch(
        pages=tuple(pages),
        outcomes=tuple(
            Outcome(name=p.name, page=p.id, ending=Ending.ACCEPTED, reason=None, detail="")
            for p in pages
        ),
        digests=tuple(digests),
        decisions=tuple(decisions),
    )


def make_article(row: dict[str, str], page: Page) -> Article:
    headline, text = row["headline"], f"{row['headline']}\n\n{row['body']}"
    return Article(
        id=ArticleId(row["id"]),
        page=page.id,
        position=0,
        url=row["url"],
        publisher=row["publisher"],
        published=unknown("made up"),
        modified=None,
        language="en",
        headline=headline,
        byline=(),
        text=text,
        blocks=(Block(role=Role.BODY, start=len(headline) + 2, end=len(text)),),
        links=(),
        is_cut=False,
        extractor="bench/1",
        grounds=(),
    )


def decide(number: int, article: ArticleId) -> Decision:
    is_first = number % SAME == 0
    return Decision(
        verb=Verb.OPENED if is_first else Verb.JOINED,
        article=article,
        story=StoryId(f"s{number // SAME}"),
        score=0.8,
        reason="made up",
        by="bench/1",
        nearest=None if is_first else ArticleId(f"a{number - 1}"),
        signals=(("cosine", 0.5),),
    )


def _hash(data: bytes) -> PageId:
    return PageId(blake2b(data, digest_size=16).hexdigest())


if __name__ == "__main__":
    main()
