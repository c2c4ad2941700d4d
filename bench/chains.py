"""Made-up stories whose truth is known (bench/chains.toml): from records to who has it from whom,
how many origins there are, and who was first.

Each story goes through reading, settling, annotating and the store as everything does, is put into
one story by hand, and is then asked. Per story: edges between publications that were found and
that are true, origins, ends that are unstated, and every verdict on who was first. A verdict is
right if it and whom it names are; ``unsafe`` counts those that are the only bad ones: proved or
likely where the truth is another.

    python bench/chains.py [--held] [--given] [--only NAME ...] [--misses]

``--held`` takes the stories of bench/chains_held.toml, which were written after the rules stood.
``--given`` hands the true edges to who decides on the first, so that this alone is measured.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tidings.embedders.e5 import find_missing
from tidings.engine import Engine
from tidings.executors.local import SerialExecutor
from tidings.firsts import Ask, Firsts, FirstView, Told
from tidings.model import Article, Evidence, Manner, Role, StoryId
from tidings.pipeline import Parts
from tidings.settings import Settings
from tidings.sourcing import Sources
from tidings.story.chain import Chain, Edge, Node, NodeKind
from tidings.text import fold

MADE = Path(__file__).with_suffix(".toml")
HELD = Path(__file__).with_name("chains_held.toml")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BETWEEN = (NodeKind.ARTICLE, NodeKind.PUBLISHER, NodeKind.POST)
"""Whose edges are compared: the rest is compared as origins."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """Of one story; what is missing and what is too much, in the truth's own words."""

    name: str
    edges: tuple[int, int, int]  # found and true, found, true
    wrong: tuple[str, ...] = field(default=())  # lines for a person
    origins: bool = False
    unstated: bool = False
    firsts: tuple[bool, ...] = ()
    unsafe: int = 0


class InProcess(Settings):
    """Starts no processes, so that a story takes no time."""

    def build_executor(self, prepare: Any) -> SerialExecutor:
        prepare()
        return SerialExecutor()

    def build_parts(self) -> Parts:
        return build_parts(self.embedder)


@cache
def build_parts(embedder: str) -> Parts:
    """Once for all stories."""
    return Settings(embedder=embedder).build_parts()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--given", action="store_true")
    parser.add_argument("--held", action="store_true")
    options = parser.parse_args()
    chosen = [
        one for one in read_made(options.held) if not options.only or one["name"] in options.only
    ]
    if not options.given and find_missing():
        print(json.dumps({"bench": "chains", "skipped": "; ".join(find_missing())}))
        return
    results = [run(made, options.given) for made in chosen]
    for result in results if options.misses else ():
        for told in result.wrong:
            print(f"{result.name}: {told}")
    print(json.dumps(sum_up(results), ensure_ascii=False))


def read_made(is_held: bool = False) -> list[dict[str, Any]]:
    text = (HELD if is_held else MADE).read_text(encoding="utf-8")
    stories: list[dict[str, Any]] = tomllib.loads(text)["story"]
    return stories


def sum_up(results: list[Result]) -> dict[str, Any]:
    hit, found, true = (sum(result.edges[at] for result in results) for at in range(3))
    firsts = [ok for result in results for ok in result.firsts]
    return {
        "bench": "chains",
        "stories": len(results),
        "edges": {"precision": _share(hit, found), "recall": _share(hit, true), "true": true},
        "origins": _share(sum(result.origins for result in results), len(results)),
        "unstated": _share(sum(result.unstated for result in results), len(results)),
        "first": _share(sum(firsts), len(firsts)),
        "asked": len(firsts),
        "safe": _share(len(firsts) - sum(result.unsafe for result in results), len(firsts)),
    }


def run(made: Mapping[str, Any], is_given: bool = False) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        lines = (json.dumps(one, ensure_ascii=False) for one in write_records(made))
        path.write_text("\n".join(lines), encoding="utf-8")
        embedder = "hashing" if is_given else "e5"
        settings = InProcess(store=Path(folder) / "made.db", embedder=embedder, processes=1)
        with Engine(settings) as engine:
            engine.add([str(path)])
            story = gather(engine)
            chain = make_chain(engine, made) if is_given else engine.sources(story).chain
            return judge(Asked(engine=engine, story=story, chain=chain, is_given=is_given), made)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A made story in a store."""

    engine: Engine
    story: str
    chain: Chain
    is_given: bool

    def first(self, ask: Ask) -> FirstView:
        if not self.is_given:
            return self.engine.first(self.story, ask, NOW)
        sources = Sources(story=self.engine.story(self.story), chain=self.chain)
        firsts = Firsts(self.engine._store, lambda story, language: sources)
        return firsts.first(StoryId(self.story), ask, NOW)


def make_chain(engine: Engine, made: Mapping[str, Any]) -> Chain:
    """The true one."""
    newest = {one.get("of", one["key"]): one["key"] for one in made["article"]}
    ids = [
        newest[key] for key in dict.fromkeys(one.get("of", one["key"]) for one in made["article"])
    ]
    articles = {one: engine.article(one) for one in ids}
    nodes = {
        one.id: Node(
            id=one.id, kind=NodeKind.ARTICLE, name=one.publisher or "", article=one.id, url=one.url
        )
        for one in articles.values()
    }
    edges = []
    for child, manner, parent in made["edges"]:
        ends = [newest.get(find_key(made, end), end) for end in (child, parent)]
        for end in ends:
            if end not in nodes:
                nodes[end] = make_node(end, articles.values())
        evidence = [cite(articles[one]) for one in (ends[0],) if one in articles]
        edges.append(
            Edge(
                child=ends[0],
                parent=ends[1],
                manner=Manner(manner),
                evidence=tuple(evidence),
                score=1.0,
                reason="true",
            )
        )
    return Chain(
        nodes=tuple(nodes.values()),
        edges=tuple(edges),
        origins=(),
        unstated=(),
        dropped=(),
        ends=(),
    )


def find_key(made: Mapping[str, Any], end: str) -> str:
    return next(
        (str(one["of"]) for one in made["article"] if one["key"] == end and "of" in one), end
    )


def make_node(end: str, articles: Iterable[Article]) -> Node:
    kind, _, name = end.partition(":")
    links = (link for article in articles for link in article.links)
    url = next((link for link in links if kind == "post" and name in link), None)
    return Node(id=end, kind=NodeKind(kind), name=name, article=None, url=url)


def cite(article: Article) -> Evidence:
    """The whole first paragraph."""
    block = next(block for block in article.blocks if block.role is Role.BODY)
    text = article.text[block.start : block.end]
    return Evidence(article=article.id, start=block.start, end=block.end, text=text)


def write_records(made: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    addresses = {one["key"]: write_address(made, one) for one in made["article"]}
    for one in made["article"]:
        record = {key: one[key] for key in _KEPT if key in one}
        if "of" in one:
            addresses[one["key"]] = addresses[one["of"]]
        links = [addresses.get(link, link) for link in one.get("links", ())]
        yield record | {"id": one["key"], "url": addresses[one["key"]], "links": links}


_KEPT = ("publisher", "published", "modified", "language", "headline", "body", "byline")


def write_address(made: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    site = re.sub(r"[^a-z0-9]+", "-", fold(one["publisher"])).strip("-") or "paper"
    return str(one.get("url") or f"https://{site}.example/{made['name']}-{one['key']}")


def gather(engine: Engine) -> str:
    """All into the first article's story, as a person would."""
    stories = dict.fromkeys(summary.story for summary in engine.summaries())
    first, *others = stories
    for other in others:
        engine.merge(other, first)
    return first


def judge(asked: Asked, made: Mapping[str, Any]) -> Result:
    chain = asked.chain
    names = Names(chain, made)
    found = {
        f"{names[edge.child]} < {names[edge.parent]}"
        for edge in (*chain.edges, *chain.dropped)
        if {names.kind(edge.child), names.kind(edge.parent)} <= set(BETWEEN)
        and (edge.evidence or edge.manner is not Manner.COPIES)
    }
    true = {f"{names.plain(child)} < {names.plain(parent)}" for child, _, parent in made["edges"]}
    origins = {names[origin.node] for origin in chain.origins}
    unstated = {names[one] for one in (*chain.unstated, *chain_ends(chain))}
    meant = {names.plain(one) for one in made["origins"]}
    ended = set(made.get("unstated", ()))
    firsts, unsafe, told = judge_firsts(asked, made, names)
    wrong = [f"edge too much: {one}" for one in sorted(found - true)]
    wrong += [f"edge missing: {one}" for one in sorted(true - found)]
    if origins != meant:
        wrong.append(f"origins: {sorted(origins)}, truth {sorted(meant)}")
    if unstated != ended:
        wrong.append(f"unstated: {sorted(unstated)}, truth {sorted(ended)}")
    return Result(
        name=made["name"],
        edges=(len(found & true), len(found), len(true)),
        wrong=(*wrong, *told),
        origins=origins == meant,
        unstated=unstated == ended,
        firsts=firsts,
        unsafe=unsafe,
    )


def chain_ends(chain: Chain) -> Iterator[str]:
    """Those too that have a text in common with one where the chain ends."""
    return (one for together in chain.ends for one in together)


def judge_firsts(
    asked: Asked, made: Mapping[str, Any], names: Names
) -> tuple[tuple[bool, ...], int, list[str]]:
    right: list[bool] = []
    wrong: list[str] = []
    unsafe = 0
    for truth in made["first"]:
        view = asked.first(Ask(**truth.get("ask", {})))
        meant = (truth["verdict"], sorted(map(write_end, truth["who"])))
        got = say(view.told, names, view.publications)
        faults = [] if got == meant else [f"first {truth.get('ask', '')}: {got}, truth {meant}"]
        faults += judge_rest(view, truth, names)
        right.append(not faults)
        wrong += faults
        unsafe += got != meant and got[0] != "not decidable"
    return tuple(right), unsafe, wrong


def judge_rest(view: FirstView, truth: Mapping[str, Any], names: Names) -> Iterator[str]:
    """What is held alone, contradictions, and what would decide it."""
    if "held" in truth:
        held = truth["held"]
        meant = (held["verdict"], sorted(map(write_end, held["who"])))
        got = say(view.known, names, view.publications) if view.known else None
        if got != meant:
            yield f"of what is held: {got}, truth {meant}"
    against = sorted(
        [names[one.later], names[one.earlier]] for one in view.told.first.contradictions
    )
    if against != sorted([names.plain(a), names.plain(b)] for a, b in truth.get("against", ())):
        yield f"contradictions: {against}, truth {truth.get('against', [])}"
    decides = " ".join(view.told.decides)
    if not all(word in decides for word in truth.get("decides", ())):
        yield f"decides: {decides!r}, truth {truth['decides']}"


def say(told: Told, names: Names, held: Mapping[str, Any]) -> tuple[str, list[str]]:
    who = (held[key].article or names[key] for key in told.first.who)
    return str(told.first.verdict), sorted(who)


class Names:
    """Nodes in the truth's words: an article's key, or KIND:NAME, folded."""

    def __init__(self, chain: Chain, made: Mapping[str, Any]) -> None:
        self._nodes = {node.id: node for node in chain.nodes}
        self._newest = {one["key"]: one.get("of", one["key"]) for one in made["article"]}
        self._meant = {
            one
            for one in (
                *made["origins"],
                *(end for edge in made["edges"] for end in (edge[0], edge[2])),
                *(who for first in made["first"] for who in first["who"]),
            )
            if ":" in one
        }

    def kind(self, node: str) -> NodeKind:
        return self._nodes[node].kind if node in self._nodes else NodeKind.ARTICLE

    def __getitem__(self, node: str) -> str:
        found = self._nodes.get(node)
        if found is None or found.kind is NodeKind.ARTICLE:
            return self.plain(node)
        return next(
            (self.plain(one) for one in sorted(self._meant) if is_meant(found, one)),
            f"{found.kind}:{fold(found.name)}",
        )

    def plain(self, name: str) -> str:
        return self._newest.get(name, write_end(name))


def write_end(name: str) -> str:
    return fold(name) if ":" in name else name


def is_meant(node: Node, truth: str) -> bool:
    """Of the kind, and one of the names in the other."""
    kind, _, name = truth.partition(":")
    here, there = fold(f"{node.name} {node.id} {node.url or ''}"), fold(name)
    return kind == node.kind and bool(there) and (there in here or fold(node.name) in there)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


if __name__ == "__main__":
    main()
