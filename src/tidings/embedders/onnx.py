"""A sentence encoder in ONNX form that the user has: a folder with model.onnx and a tokenizer.

The tokenizer is tokenizer.json (needs the package tokenizers) or sentencepiece.bpe.model, numbered
as XLM-R does. States are averaged over tokens unless the model gives one vector a text.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidings.errors import Unavailable, WrongUse
from tidings.model import Vector
from tidings.reading.vectors import clean_text, round_vector

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
PIECES = "sentencepiece.bpe.model"
_KNOWN = ("input_ids", "attention_mask", "token_type_ids")
_BEGIN, _END, _UNKNOWN = 0, 2, 3  # XLM-R (Conneau et al. 2020); its pieces are one further on
_CHARACTERS = 12  # a token, at most

Tokenize = Callable[[str, int], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to run, and how."""

    folder: Path
    prefix: str = ""  # put before every text, as the model's makers say ('query: ')
    max_tokens: int = 128  # with marks; what the model was trained on


class Onnx:
    """Text → vector. Raises Unavailable where ``find_missing`` would name something."""

    def __init__(self, options: Options) -> None:
        if options.max_tokens < 3:
            raise WrongUse(f"max_tokens {options.max_tokens!r} is too small; give 3 or more")
        missing = find_missing(options.folder)
        if missing:
            raise Unavailable("; ".join(missing))
        self._options = options
        self._session = _open_session(options.folder / MODEL)
        self._inputs = _check_inputs(self._session, options.folder / MODEL)
        self._tokenize = _open_tokenizer(options.folder)
        self._digest = _digest(options)
        self._dimensions = len(self._run(self._tokenize(options.prefix + "a", options.max_tokens)))

    def __reduce__(self) -> tuple[type[Onnx], tuple[Options]]:
        """A worker process opens its own."""
        return Onnx, (self._options,)

    @property
    def name(self) -> str:
        return f"onnx/1 {self._digest}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed(self, text: str, language: str) -> Vector:
        limit = self._options.max_tokens
        cleaned = clean_text(text, _CHARACTERS * limit)
        tokens = self._tokenize(self._options.prefix + cleaned, limit) if cleaned else []
        if not tokens:
            return np.zeros(self._dimensions, np.int16)
        return round_vector(self._run(tokens))

    def _run(self, tokens: list[int]) -> NDArray[np.float32]:
        """Shape (dimensions,): the mean over tokens, or the text's own vector."""
        row = np.array([tokens], np.int64)
        values = {"input_ids": row, "attention_mask": np.ones_like(row)}
        values["token_type_ids"] = np.zeros_like(row)
        feed: dict[str, NDArray[Any]] = {
            name: values[name].astype(self._inputs[name]) for name in self._inputs
        }
        first = np.asarray(self._session.run(None, feed)[0], np.float32)
        if first.ndim not in (2, 3) or len(first) != 1:
            path = str(self._options.folder / MODEL)
            raise Unavailable(
                f"{path!r} gives shape {first.shape}; export it so that the first output is "
                "(texts, tokens, dimensions) or (texts, dimensions)"
            )
        return np.asarray(first[0].mean(axis=0) if first.ndim == 3 else first[0], np.float32)


def find_missing(folder: Path) -> list[str]:
    """One line for each thing that is lacking; empty when the model can run."""
    lines = []
    if importlib.util.find_spec("onnxruntime") is None:
        lines.append("the package 'onnxruntime' is missing; run: pip install onnxruntime")
    if not (folder / MODEL).is_file():
        lines.append(f"{str(folder / MODEL)!r} is missing; name the folder that holds {MODEL}")
    if (folder / TOKENIZER).is_file():
        if importlib.util.find_spec("tokenizers") is None:
            lines.append("the package 'tokenizers' is missing; run: pip install tokenizers")
    elif not (folder / PIECES).is_file():
        lines.append(f"{str(folder)!r} has no tokenizer; put {TOKENIZER} or {PIECES} there")
    return lines


def _open_session(path: Path) -> Any:
    import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    states = importlib.import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except (states.Fail, states.InvalidGraph, states.InvalidProtobuf, states.NotImplemented) as no:
        line = str(no).splitlines()[0]
        raise Unavailable(f"cannot run {str(path)!r}: {line}; export it anew") from no


def _check_inputs(session: Any, path: Path) -> dict[str, type]:
    """Name → number type of what the model is fed."""
    inputs = {entry.name: entry.type for entry in session.get_inputs()}
    unknown = sorted(inputs.keys() - set(_KNOWN))
    if unknown or "input_ids" not in inputs:
        raise Unavailable(
            f"{str(path)!r} takes {sorted(inputs)}; export it with input_ids, attention_mask and, "
            "if need be, token_type_ids"
        )
    kinds = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
    return {name: kinds.get(kind, np.float32) for name, kind in inputs.items()}


def _open_tokenizer(folder: Path) -> Tokenize:
    if (folder / TOKENIZER).is_file():
        return _open_json(folder / TOKENIZER)
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415

    try:
        pieces = SentencePieceProcessor(model_file=str(folder / PIECES))
    except (OSError, RuntimeError) as error:
        raise Unavailable(f"cannot read {str(folder / PIECES)!r}; copy it anew") from error

    def tokenize(text: str, limit: int) -> list[int]:
        found = [number + 1 if number else _UNKNOWN for number in pieces.encode(text)]
        return [_BEGIN, *found[: limit - 2], _END]

    return tokenize


def _open_json(path: Path) -> Tokenize:
    tokenizers = importlib.import_module("tokenizers")
    try:
        written = path.read_text(encoding="utf-8")
        is_whole = "model" in json.loads(written)
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable(f"cannot read {str(path)!r}: {error}; copy it anew") from error
    if not is_whole:
        raise Unavailable(f"{str(path)!r} describes no tokenizer; copy it anew")
    tokenizer = tokenizers.Tokenizer.from_str(written)
    tokenizer.no_padding()

    def tokenize(text: str, limit: int) -> list[int]:
        tokenizer.enable_truncation(max_length=limit)
        return list(tokenizer.encode(text).ids)

    return tokenize


def _digest(options: Options) -> str:
    """Of all that shapes a vector: the folder's files (large ones by size) and the options."""
    digest = hashlib.blake2b(f"{options.prefix}\0{options.max_tokens}".encode(), digest_size=8)
    for path in sorted(p for p in options.folder.iterdir() if p.is_file()):
        digest.update(f"\0{path.name}\0{path.stat().st_size}\0".encode())
        if path.name in (MODEL, TOKENIZER, PIECES):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "blake2b").digest())
    return digest.hexdigest()
