"""Whether pages that tell of several events at once glue stories together.

    python bench/roundups.py --cache DIR [--sample N] [--count N] [--seed N]

Makes roundups out of the day itself: five articles of one language that are in five stories, the
labelled ones first; their leads one below the other, under a headline that is the first one's
("first"), all five in one line ("all"), or says nothing ("none"). Each comes right after the last
of its five. The stream is run without and with them. Prints JSON: scores of the labelled articles
in both runs, how many pairs of stories the roundups brought together, and where they ended.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scores import score_bcubed, score_pairs
from sketches import DAY, read_articles, read_labels, read_sketches, sample
from stories import run
from tidings.annotators.names import NamesAnnotator
from tidings.embedders.e5 import E5
from tidings.model import Article, ArticleId, Block, Role, Sketch
from tidings.pipeline import Parts, digest_article
from tidings.story.assign import AssignOptions

PARTS = 5
LEAD = 400  # characters taken of each article
HEADLINES = ("first", "all", "none")


@dataclass(frozen=True, slots=True)
class Roundup:
    kind: str
    parts: tuple[str, ...]  # ids
    sketch: Sketch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--sample", type=int, default=4, help="every n-th unlabelled article")
    parser.add_argument("--count", type=int, default=300, help="roundups")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    embedder, options = E5(), AssignOptions()
    labels = read_labels(DAY)
    sketches = sample(read_sketches(DAY, embedder, told.cache), labels, told.sample)
    before = run(sketches, options)
    chosen = list(choose(sketches, before, {one.id for one in labels}, told))
    made = make(chosen, {s.article: s for s in sketches}, embedder)
    after = run(mix(sketches, made), options)
    print(json.dumps({name: {"bcubed": score_bcubed(labels, found).rounded(),
                             "pairs": score_pairs(labels, found).rounded()}
                      for name, found in (("without", before), ("with", after))}
                     | tell(made, before, after), indent=1))  # fmt: skip


def choose(
    sketches: Sequence[Sketch],
    found: Mapping[str, str],
    labelled: set[str],
    told: argparse.Namespace,
) -> Iterator[tuple[str, ...]]:
    """Five of one language and five stories that came one near the other, at least two labelled
    where the language has such."""
    chance = random.Random(told.seed)  # noqa: S311 - a sample
    streams: defaultdict[str, list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        streams[sketch.language].append(sketch)
    large = [stream for stream in streams.values() if len(stream) >= 300]
    for _ in range(told.count):
        stream = chance.choices(large, weights=[len(one) for one in large])[0]
        at = chance.randrange(len(stream) - 200)
        near = stream[at : at + 200]
        chance.shuffle(near)
        near.sort(key=lambda sketch: sketch.article not in labelled)
        parts: dict[str, str] = {}
        for sketch in near[:2] + near[20:]:
            parts.setdefault(found[sketch.article], sketch.article)
        yield tuple(parts.values())[:PARTS]


def make(
    chosen: Sequence[tuple[str, ...]], held: Mapping[ArticleId, Sketch], embedder: E5
) -> list[Roundup]:
    wanted = {one for parts in chosen for one in parts}
    articles = {one.id: one for one in read_articles(DAY) if one.id in wanted}
    parts = Parts(annotators=(NamesAnnotator(),), embedder=embedder)
    order = {one: at for at, one in enumerate(held)}
    made = []
    for number, ids in enumerate(chosen):
        kind = HEADLINES[number % len(HEADLINES)]
        texts = [articles[ArticleId(one)] for one in ids]
        sketch = digest_article(compose(kind, texts, number), parts).sketch
        last = max(ids, key=lambda one: order[ArticleId(one)])
        published = held[ArticleId(last)].published
        made.append(Roundup(kind, (last, *ids), replace(sketch, published=published)))
    return made


def compose(kind: str, texts: Sequence[Article], number: int) -> Article:
    named = [one.headline for one in texts]
    headline = {"first": named[0], "all": "; ".join(named), "none": f"{number}"}[kind]
    text, blocks = headline, [Block(role=Role.HEADLINE, start=0, end=len(headline))]
    for one in texts:
        lead = f"{one.headline}. {one.body[:LEAD].replace(chr(10), ' ')}"
        blocks.append(Block(role=Role.BODY, start=len(text) + 2, end=len(text) + 2 + len(lead)))
        text += f"\n\n{lead}"
    return replace(
        texts[0],
        id=ArticleId(f"roundup {number}"),
        headline=headline,
        text=text,
        blocks=tuple(blocks),
        publisher=None,
        url=None,
        links=(),
    )


def mix(sketches: Sequence[Sketch], made: Sequence[Roundup]) -> list[Sketch]:
    after: defaultdict[str, list[Sketch]] = defaultdict(list)
    for roundup in made:
        after[roundup.parts[0]].append(roundup.sketch)
    return [one for sketch in sketches for one in (sketch, *after[sketch.article])]


def tell(
    made: Sequence[Roundup], before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, object]:
    """``glued``: pairs among a roundup's five that were in two stories and are in one with it;
    ``moved``: articles of the stream whose company is another than before."""
    glued = {
        one.sketch.article
        for one in made
        if len({before[part] for part in one.parts if after[part] == after[one.sketch.article]}) > 1
    }
    ends = Counter(
        (one.kind, "joined" if Counter(after.values())[after[one.sketch.article]] > 1 else "alone")
        for one in made
    )
    return {
        "roundups": len(made),
        "glued": len(glued),
        "ended": {f"{kind}, {end}": count for (kind, end), count in sorted(ends.items())},
        "brought together": count_merged(before, after),
    }


def count_merged(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, int]:
    """Pairs of articles of the stream: apart before and together after, and the reverse."""
    both = Counter((before[one], after[one]) for one in before)
    together = sum(n * (n - 1) // 2 for n in both.values())
    olds = sum(n * (n - 1) // 2 for n in Counter(before.values()).values())
    news = sum(n * (n - 1) // 2 for n in Counter(after[one] for one in before).values())
    return {"pairs": olds, "new pairs": news - together, "lost pairs": olds - together}


if __name__ == "__main__":
    main()
