"""How near the embedder e5 comes to what this processor can multiply in 8 bits, on one core.

    python bench/ceiling.py [--texts 200]

The network's multiply-adds for one text, counted from its shape at the mean number of tokens of
the day's leads (every product with a matrix, and attention's two), are divided by the multiply-adds
a second that ONNX Runtime reaches on one great product of 8-bit numbers, measured in the same run:
that is the least time a text could take. ``own_shapes`` does the same with bare products of the
network's own shapes, which are too small to reach the peak. All else that the embedder does
(tokens, rounding to 8 bits, softmax, norms, GELU, attention in fp32) counts against it. CPU
seconds, the fastest of several repeats. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np
import onnxruntime as ort
from onnx import TensorProto, helper

from news import DAY, find_data, read_day
from tidings.embedders.e5 import E5
from tidings.embedders.e5.weights import find_weights, read_weights
from tidings.pipeline import join_lead
from tidings.reading.language import identify

REPEATS = 7
GREAT = 2048  # rows and columns of the great product
EVERY = 199  # of the day's articles one is taken
BILLION = 1e9

Shape = tuple[int, int, int]
"""Rows, what is summed over, columns."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=200)
    told = parser.parse_args()
    path = find_data(f"{DAY}/articles.jsonl.xz")
    if path is None:
        print(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
        return
    records = list(islice(read_day(path)[::EVERY], told.texts))
    texts = [
        (join_lead(one.headline, one.body), identify(one.headline, one.body)[0]) for one in records
    ]
    print(json.dumps(measure(texts), indent=1))


def measure(texts: list[tuple[str, str]]) -> dict[str, object]:
    encoder = E5()
    tokens = round(float(np.mean([len(encoder.find_tokens(text)) for text, _ in texts])))
    shapes, attention = count_products(tokens)
    work = sum(map(count, shapes)) + attention
    great = (GREAT, GREAT, GREAT)
    peak = count(great) / fastest(bare(great))
    own = sum(fastest(bare(shape)) * shapes.count(shape) for shape in sorted(set(shapes)))
    own += attention / peak
    embed = fastest(lambda: [encoder.embed(*text) for text in texts], repeats=2) / len(texts)
    return {
        "mean_tokens": tokens,
        "billion_multiply_adds_a_text": round(work / BILLION, 3),
        "int8_peak_billion_a_second": round(peak / BILLION, 1),
        "limit_texts_a_second": round(peak / work, 1),
        "own_shapes_texts_a_second": round(1 / own, 1),
        "embedded_texts_a_second": round(1 / embed, 1),
        "share_of_limit": round(work / peak / embed, 3),
        "share_of_own_shapes": round(own / embed, 3),
    }


def count_products(tokens: int) -> tuple[list[Shape], int]:
    """One shape a product with a matrix, and the multiply-adds of attention."""
    path = find_weights()
    if path is None:
        raise SystemExit(json.dumps({"skipped": "the encoder's weights are missing"}))
    shape = read_weights(path).shape
    layer = [
        (tokens, shape.hidden, 3 * shape.hidden),
        (tokens, shape.hidden, shape.hidden),
        (tokens, shape.hidden, shape.inner),
        (tokens, shape.inner, shape.hidden),
    ]
    return layer * shape.layers, 2 * tokens * tokens * shape.hidden * shape.layers


def count(shape: Shape) -> int:
    rows, inner, columns = shape
    return rows * inner * columns


def bare(shape: Shape) -> Callable[[], object]:
    """The product of an unsigned and a constant signed matrix, as the network has them."""
    rows, inner, columns = shape
    random = np.random.default_rng(1)
    matrix = random.integers(-127, 127, (inner, columns), dtype=np.int8)
    states = random.integers(0, 255, (rows, inner), dtype=np.uint8)
    held = helper.make_tensor("b", TensorProto.INT8, matrix.shape, matrix.tobytes(), raw=True)
    entry = helper.make_tensor_value_info("a", TensorProto.UINT8, [rows, inner])
    end = helper.make_tensor_value_info("y", TensorProto.INT32, [rows, columns])
    node = helper.make_node("MatMulInteger", ["a", "b"], ["y"])
    graph = helper.make_graph([node], "product", [entry], [end], [held])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(model.SerializeToString(), options)
    return lambda: session.run(None, {"a": states})


def fastest(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """CPU seconds; small actions are done often enough to be seen."""
    clock = time.process_time()
    action()
    often = max(1, round(0.05 / max(time.process_time() - clock, 1e-4))) if repeats > 2 else 1
    return min(_time(action, range(often)) for _ in range(repeats)) / often


def _time(action: Callable[[], object], times: Iterable[int]) -> float:
    clock = time.process_time()
    for _ in times:
        action()
    return time.process_time() - clock


if __name__ == "__main__":
    main()
