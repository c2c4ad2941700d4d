"""How fast the store takes a day of articles, and gives it back. Prints JSON.

    python bench/store.py [articles]

The articles are made up: as many words, terms, bytes and notes as those of a real day have.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from random import Random

import numpy as np

from tidings.model import (
    Article,
    ArticleId,
    Batch,
    Block,
    Decision,
    Digest,
    Ending,
    Evidence,
    Mention,
    MentionKind,
    Outcome,
    Page,
    PageId,
    Role,
    Sketch,
    StoryId,
    Verb,
)
from tidings.stores.sqlite import SqliteStore
from tidings.times import unknown

BATCH = 256
VOCABULARY = 100_000
WORDS, TERMS, NOTES, DIMENSIONS, HASHES = 400, 60, 20, 384, 272


def make_words(random: Random) -> Callable[[int], list[str]]:
    """Words as rare as Zipf has them."""
    letters = "абвгдежзиклмнопрстуabcdefghiklmnoprst"
    words = ["".join(random.choices(letters, k=random.randint(3, 10))) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    return lambda count: random.choices(words, cum_weights=weights, k=count)


def make_article(number: int, words: list[str]) -> tuple[Page, Article]:
    headline, body = " ".join(words[:10]), " ".join(words[10:])
    data = f"<h1>{headline}</h1><p>{body}</p>".encode()
    page = PageId(blake2b(data, digest_size=16).hexdigest())
    text = f"{headline}\n\n{body}"
    article = Article(
        id=ArticleId(f"{page}-0"),
        page=page,
        position=0,
        url=f"https://example.org/{number}",
        publisher=f"example{number % 500}.org",
        published=unknown("made up"),
        modified=None,
        language="ru",
        headline=headline,
        byline=(),
        text=text,
        blocks=(Block(role=Role.BODY, start=len(headline) + 2, end=len(text)),),
        links=(),
        is_cut=False,
        extractor="bench/1",
        grounds=(("headline", "h1"),),
    )
    return Page(id=page, name=f"{number}.html", media_type="text/html", data=data), article


def make_digest(article: Article, words: list[str], vectors: np.random.Generator) -> Digest:
    notes = tuple(
        Mention(
            evidence=Evidence(article=article.id, start=s, end=s + 9, text=article.text[s : s + 9]),
            kind=MentionKind.NAME,
            value=article.text[s : s + 9],
            score=0.7,
            rule="bench/1",
        )
        for s in range(0, NOTES * 50, 50)
    )
    sketch = Sketch(
        article=article.id,
        published=article.published,
        language=article.language,
        publisher=article.publisher,
        terms=tuple(sorted({f"w:{word}" for word in words[:TERMS]})),
        signature=np.sort(vectors.integers(0, 2**32, HASHES, dtype=np.uint32)),
        vector=vectors.integers(-800, 800, DIMENSIONS, dtype=np.int16),
    )
    return Digest(article=article, notes=notes, lexemes=tuple(words), sketch=sketch)


def make_batch(first: int, draw: Callable[[int], list[str]], seed: int) -> Batch:
    vectors = np.random.default_rng(seed)
    pages, digests = [], []
    for number in range(first, first + BATCH):
        words = draw(WORDS)
        page, article = make_article(number, words)
        pages.append(page)
        digests.append(make_digest(article, words, vectors))
    return Batch(
        pages=tuple(pages),
        outcomes=tuple(
            Outcome(name=p.name, page=p.id, ending=Ending.ACCEPTED, reason=None, detail="")
            for p in pages
        ),
        digests=tuple(digests),
        decisions=tuple(
            Decision(
                verb=Verb.OPENED,
                article=digest.article.id,
                story=StoryId(f"s{(first + place) // 3}"),
                score=0.8,
                reason="no held article is near enough",
                by="bench/1",
                nearest=None,
                signals=(("cosine", 0.31), ("terms", 0.12)),
            )
            for place, digest in enumerate(digests)
        ),
    )


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return round(time.perf_counter() - start, 3)


def cpu_seconds(action: Callable[[], object]) -> float:
    """What a machine that does nothing else would take, but for the disk."""
    start = time.process_time()
    action()
    return round(time.process_time() - start, 3)


def measure(path: Path, articles: int) -> dict[str, float]:
    random = Random(1)  # noqa: S311 - a bench
    draw = make_words(random)
    store = SqliteStore(path)
    writing, busy = 0.0, 0.0
    for first in range(0, articles, BATCH):
        batch = make_batch(first, draw, first)
        start = time.process_time()
        writing += seconds(lambda batch=batch: store.write(batch))
        busy += time.process_time() - start
    written = store.counts()["articles"]
    queries = [draw(3) for _ in range(50)]
    result = {
        "articles": written,
        "written_per_second": round(written / writing, 1),
        "written_per_cpu_second": round(written / busy, 1),
        "sketches_50000_seconds": seconds(lambda: list(store.sketches(50_000))),
        "sketches_50000_cpu_seconds": cpu_seconds(lambda: list(store.sketches(50_000))),
        "summaries_seconds": seconds(lambda: list(store.summaries())),
        "stories_seconds": seconds(lambda: list(store.stories())),
        "vectors_seconds": seconds(lambda: list(store.vectors())),
        "pages_seconds": seconds(lambda: sum(1 for _ in store.pages())),
        "match_milliseconds": seconds(lambda: [store.match(q, 200) for q in queries]) * 20,
        "checksum_seconds": seconds(store.checksum),
        "file_megabytes": round(path.stat().st_size / 1e6, 1),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1),
    }
    store.close()
    return result


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder) / "bench.db", articles)))


if __name__ == "__main__":
    main()
