"""A user's own encoder, here a table of three word vectors that the tests build."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import onnx
import pytest
import sentencepiece
from onnx import helper, numpy_helper

from tidings.embedders.onnx import Onnx, Options, find_missing
from tidings.errors import Unavailable, WrongUse

WIDTH = 8


def write_model(path: Path, names: tuple[str, ...] = ("input_ids", "attention_mask")) -> None:
    """States are rows of a table; the mask goes in, as real models have it."""
    table = np.random.default_rng(1).normal(size=(400, WIDTH)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", names[0]], ["rows"]),
        helper.make_node("Cast", [names[-1]], ["mask"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["weight"]),
        helper.make_node("Mul", ["rows", "weight"], ["last_hidden_state"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, onnx.TensorProto.INT64, ["B", "S"]) for name in names
    ]
    outputs = [
        helper.make_tensor_value_info(
            "last_hidden_state", onnx.TensorProto.FLOAT, ["B", "S", WIDTH]
        )
    ]
    last = numpy_helper.from_array(np.array([2], np.int64), "last")
    constants = [numpy_helper.from_array(table, "table"), last]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
    operators = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=operators, ir_version=9), path)


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefix = tmp_path_factory.mktemp("pieces") / "tiny"
    lines = [f"the harbour wall number {n} is new, гавань {n}" for n in range(60)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(prefix), vocab_size=60, minloglevel=2
    )
    return prefix.with_suffix(".model")


@pytest.fixture
def folder(tmp_path: Path, pieces: Path) -> Path:
    write_model(tmp_path / "model.onnx")
    (tmp_path / "sentencepiece.bpe.model").write_bytes(pieces.read_bytes())
    return tmp_path


def test_a_model_of_the_user_s_runs(folder: Path) -> None:
    embedder = Onnx(Options(folder=folder))
    vector = embedder.embed("the harbour wall", "en")
    assert embedder.dimensions == WIDTH
    assert vector.dtype == np.int16
    assert abs(np.linalg.norm(vector.astype(float)) - 4000) <= 0.5 * np.sqrt(WIDTH)
    embedder.embed("гавань " * 500, "ru")
    assert np.array_equal(vector, embedder.embed("the harbour wall", "ru"))
    sent = pickle.loads(pickle.dumps(embedder))  # noqa: S301 - our own bytes
    assert np.array_equal(vector, sent.embed("the harbour wall", "en"))
    assert sent.name == embedder.name


@pytest.mark.parametrize("text", ["", " \n", "\0"])
def test_empty_text_gives_zeros(folder: Path, text: str) -> None:
    assert not Onnx(Options(folder=folder)).embed(text, "en").any()


@pytest.mark.parametrize("text", ["\ufdfa" * 5000, "x" * 1_000_000, "a\ud800b", "n\0w"])
def test_odd_text_gives_a_vector(folder: Path, text: str) -> None:
    assert Onnx(Options(folder=folder, max_tokens=16)).embed(text, "en").any()


def test_what_changes_vectors_changes_the_name(folder: Path) -> None:
    names = {
        Onnx(Options(folder=folder)).name,
        Onnx(Options(folder=folder, prefix="query: ")).name,
        Onnx(Options(folder=folder, max_tokens=64)).name,
    }
    assert len(names) == 3


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    lines = find_missing(tmp_path / "nowhere")
    assert [("model.onnx" in line, "tokenizer.json" in line) for line in lines] == [
        (True, False),
        (False, True),
    ]
    assert all("\n" not in line for line in lines)
    with pytest.raises(Unavailable, match=r"model\.onnx"):
        Onnx(Options(folder=tmp_path / "nowhere"))


def test_a_damaged_model_is_named(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(Unavailable, match=r"cannot run '.*model\.onnx'"):
        Onnx(Options(folder=folder))


def test_a_damaged_vocabulary_is_named(folder: Path) -> None:
    (folder / "sentencepiece.bpe.model").write_bytes(b"no model")
    with pytest.raises(Unavailable, match="copy it anew"):
        Onnx(Options(folder=folder))


def test_inputs_that_cannot_be_fed_are_named(folder: Path) -> None:
    write_model(folder / "model.onnx", ("input_ids", "pixel_values"))
    with pytest.raises(Unavailable, match="pixel_values"):
        Onnx(Options(folder=folder))


def test_too_few_tokens_are_refused(folder: Path) -> None:
    with pytest.raises(WrongUse, match="max_tokens"):
        Onnx(Options(folder=folder, max_tokens=2))


def test_a_json_tokenizer_runs(folder: Path) -> None:
    pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "harbour": 1, "wall": 2}
    described = {
        "version": "1.0",
        "added_tokens": [],
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": words, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(described))
    embedder = Onnx(Options(folder=folder))
    assert np.array_equal(
        embedder.embed("harbour wall", "en"), embedder.embed("wall harbour", "en")
    )
    for bad in ("{", "[]", "{}"):
        (folder / "tokenizer.json").write_text(bad)
        with pytest.raises(Unavailable, match=r"tokenizer\.json"):
            Onnx(Options(folder=folder))
