"""ONNX Runtime on one thread, and what goes into the network."""

from __future__ import annotations

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from tidings.embedders.e5.weights import Floats, Weights, unpack

INPUT, OUTPUT = "states", "mean"


class Network:
    """Tokens → the mean of their last states."""

    def __init__(self, model: bytes, weights: Weights) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        # The higher levels fuse Add with LayerNormalization, which is three times slower on CPUs.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        # The arena saves a page fault for every 4 KB of every layer: a third of the time.
        arena = {"arena_extend_strategy": "kSameAsRequested"}
        self._session = onnxruntime.InferenceSession(
            model, options, providers=[("CPUExecutionProvider", arena)]
        )
        self.dimensions = hidden = weights.shape.hidden
        self._words = weights.blocks("emb.word", hidden)
        kind = weights.floats("emb.type")[:hidden]
        self._places = weights.floats("emb.pos").reshape(-1, hidden) + kind

    def run(self, tokens: list[int]) -> Floats:
        """Shape (hidden,); neither centred nor of length 1."""
        (mean,) = self._session.run([OUTPUT], self._feed(tokens))
        return np.asarray(mean[0], np.float32)

    def peaks(self, tokens: list[int]) -> dict[str, Floats]:
        """The greatest absolute value in each column of each product's input."""
        names = [output.name for output in self._session.get_outputs() if output.name != OUTPUT]
        states = self._session.run(names, self._feed(tokens))
        return {
            name: np.abs(np.asarray(state[0], np.float32)).max(axis=0)
            for name, state in zip(names, states, strict=True)
        }

    def _feed(self, tokens: list[int]) -> dict[str, Floats]:
        states = unpack(self._words[np.array(tokens)]) + self._places[: len(tokens)]
        return {INPUT: states[None]}
