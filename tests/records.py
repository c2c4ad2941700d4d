"""Records of our own, added to a store with small plug-ins."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from tidings.engine import Engine
from tidings.executors.local import SerialExecutor
from tidings.model import Article, StoryId, Tally
from tidings.ports import Executor
from tidings.settings import Settings

Record = dict[str, str]


def open_at(path: Path) -> Engine:
    return Engine(Settings(store=path, embedder="hashing", processes=1))


class InProcess(Settings):
    """Starts no processes, so that a run of a few pages takes no time."""

    def build_executor(self, prepare: Callable[[], object]) -> Executor:
        prepare()
        return SerialExecutor()


def open_in_process(path: Path) -> Engine:
    return Engine(InProcess(store=path, embedder="hashing"))


def add_records(engine: Engine, folder: Path, records: Iterable[Record]) -> Tally:
    path = folder / "records.jsonl"
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines), encoding="utf-8")
    return engine.add([str(path)])


def read_all(engine: Engine) -> list[tuple[Article, StoryId]]:
    stories = {summary.article: summary.story for summary in engine.summaries()}
    return [(article, stories[article.id]) for article in engine.articles()]
