"""The network as an ONNX graph: one text in, its mean state out, matrix products in 8 bits.

ONNX Runtime quantises what goes into a product with one scale for the whole text, so a few great
numbers would leave little room for the others. Two known remedies keep the vector near that of
the fp32 graph: columns are evened out between input and matrix (SmoothQuant, Xiao et al. 2023),
and the greatest columns of the feed-forward part are multiplied in fp32 (LLM.int8, Dettmers et al.
2022). What is great is known from ``Peaks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from tidings.embedders.e5.runtime import INPUT, OUTPUT
from tidings.embedders.e5.weights import Floats, Weights

_RUNTIME = "com.microsoft"  # operators of ONNX Runtime's own

Peaks = Mapping[str, Floats]
"""By input of a product, the greatest absolute value seen in each of its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How the products are done; chosen and guarded by bench/embedding.py."""

    evening: float = 0.65  # 0..1; cosine to fp32 .99974, with .5 .99971, with .8 .99968
    levels: int = 127  # of a weight, each side of 0; 63 where a processor adds in 16 bits
    hot: int = 16  # fp32 columns of the feed-forward part a layer, of 1,536; with none .9978


@dataclass(slots=True)
class _Graph:
    """Nodes and constants as they are added."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, kind: str, inputs: list[str], output: str, *, domain: str = "", **options: Any
    ) -> str:
        node = helper.make_node(kind, inputs, [output], domain=domain, **options)
        self.nodes.append(node)
        return output


class _Builder:
    """Lays the graph, layer by layer."""

    def __init__(self, weights: Weights, precision: Precision, peaks: Peaks | None) -> None:
        self.weights = weights
        self.precision = precision
        self.peaks = peaks
        self.graph = _Graph()
        self.inputs: list[str] = []  # of the products in 8 bits

    def lay(self) -> str:
        shape = self.weights.shape
        thirds = np.full(3, shape.hidden, np.int64)
        self.graph.constant("thirds", thirds)
        self.graph.constant("tokens", np.array([1], np.int64))
        states = self.level(INPUT, "emb.ln")
        for number in range(shape.layers):
            states = self.attend(states, f"l{number}")
            states = self.feed(states, f"l{number}")
        return self.graph.add("ReduceMean", [states, "tokens"], OUTPUT, keepdims=0)

    def attend(self, states: str, layer: str) -> str:
        hidden, graph = self.weights.shape.hidden, self.graph
        parts = [f"{layer}.{part}" for part in "qkv"]
        matrix = np.concatenate([self.weights.matrix(f"{part}.w", hidden) for part in parts])
        bias = np.concatenate([self.weights.floats(f"{part}.b") for part in parts])
        asked = self.multiply(states, f"{layer}.qkv", matrix, bias)
        graph.nodes.append(helper.make_node("Split", [asked, "thirds"], parts, axis=-1))
        heads = self.weights.shape.heads
        kind = "MultiHeadAttention"
        seen = graph.add(kind, parts, f"{layer}.seen", domain=_RUNTIME, num_heads=heads)
        matrix = self.weights.matrix(f"{layer}.ao.w", hidden)
        out = self.multiply(seen, f"{layer}.ao", matrix, self.weights.floats(f"{layer}.ao.b"))
        return self.level(graph.add("Add", [states, out], f"{layer}.attended"), f"{layer}.aln")

    def feed(self, states: str, layer: str) -> str:
        """The inner columns that peak highest go their own way, in fp32."""
        shape, weights, graph = self.weights.shape, self.weights, self.graph
        first, bias = weights.matrix(f"{layer}.fi.w", shape.hidden), weights.floats(f"{layer}.fi.b")
        second = weights.matrix(f"{layer}.fo.w", shape.inner)
        out_bias = weights.floats(f"{layer}.fo.b")
        hot, cold = self.part(f"{layer}.inner")
        inner = self.multiply(states, f"{layer}.fi", first[cold], bias[cold])
        inner = graph.add("Gelu", [inner], f"{layer}.inner")
        out = self.multiply(inner, f"{layer}.fo", second[:, cold], out_bias, is_evened=False)
        if len(hot):
            name = f"{layer}.hot"
            great = self.exact(states, f"{name}.fi", first[hot], bias[hot])
            great = graph.add("Gelu", [great], f"{name}.inner")
            blank = np.zeros(shape.hidden, np.float32)
            great = self.exact(great, f"{name}.fo", second[:, hot], blank)
            out = graph.add("Add", [out, great], f"{name}.sum")
        return self.level(graph.add("Add", [states, out], f"{layer}.fed"), f"{layer}.oln")

    def part(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Inner columns to multiply in fp32, and the others."""
        every = np.arange(self.weights.shape.inner)
        if self.peaks is None:
            return every[:0], every
        hot = np.sort(np.argsort(-self.peaks[name], kind="stable")[: self.precision.hot])
        return hot, np.delete(every, hot)

    def level(self, states: str, name: str) -> str:
        inputs = [states]
        for part in ("w", "b"):
            inputs.append(
                self.graph.constant(f"{name}.{part}", self.weights.floats(f"{name}.{part}"))
            )
        epsilon = self.weights.shape.epsilon
        return self.graph.add("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=epsilon)

    def multiply(
        self, states: str, name: str, matrix: Floats, bias: Floats, *, is_evened: bool = True
    ) -> str:
        if self.peaks is None:
            self.inputs.append(states)
            return self.exact(states, name, matrix, bias)
        if is_evened:
            scale = self.evening(self.peaks[states], np.abs(matrix).max(axis=0))
            matrix = matrix * scale
            inverse = self.graph.constant(f"{name}.even", 1 / scale)
            states = self.graph.add("Mul", [states, inverse], f"{name}.evened")
        rows = np.maximum(np.abs(matrix).max(axis=1) / self.precision.levels, np.float32(1e-12))
        whole = np.rint(matrix / rows[:, None]).astype(np.int8)
        inputs = [
            states,
            self.graph.constant(f"{name}.whole", whole.T),
            self.graph.constant(f"{name}.rows", rows),
            "",
            self.graph.constant(f"{name}.bias", bias),
        ]
        return self.graph.add("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=_RUNTIME)

    def evening(self, seen: Floats, held: Floats) -> Floats:
        """A factor for each column, geometric mean 1."""
        share = self.precision.evening
        log = share * np.log(np.maximum(seen, 1e-3)) - (1 - share) * np.log(np.maximum(held, 1e-4))
        return np.asarray(np.exp(log - log.mean()), np.float32)

    def exact(self, states: str, name: str, matrix: Floats, bias: Floats) -> str:
        held = self.graph.constant(f"{name}.matrix", matrix.T)
        product = self.graph.add("MatMul", [states, held], f"{name}.product")
        return self.graph.add(
            "Add", [product, self.graph.constant(f"{name}.bias", bias)], f"{name}.out"
        )


def render_network(weights: Weights, precision: Precision, peaks: Peaks | None) -> bytes:
    """A serialised model: ``states`` (1, tokens, hidden) → ``mean`` (1, hidden).

    Without peaks all is fp32, and the inputs of the products are outputs too: the graph that
    peaks are found with, and the measure for the other.
    """
    builder = _Builder(weights, precision, peaks)
    builder.lay()
    hidden = weights.shape.hidden
    infos = [helper.make_tensor_value_info(OUTPUT, onnx.TensorProto.FLOAT, [1, hidden])]
    if peaks is None:
        kind = onnx.TensorProto.FLOAT
        names = dict.fromkeys(builder.inputs)
        infos += [helper.make_tensor_value_info(name, kind, None) for name in names]
    entry = helper.make_tensor_value_info(INPUT, onnx.TensorProto.FLOAT, [1, "tokens", hidden])
    graph = helper.make_graph(builder.graph.nodes, "e5", [entry], infos, builder.graph.constants)
    operators = [helper.make_opsetid("", 20), helper.make_opsetid(_RUNTIME, 1)]
    model = helper.make_model(graph, opset_imports=operators, ir_version=9)
    return bytes(model.SerializeToString(deterministic=True))
