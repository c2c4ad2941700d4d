"""The weight file's vocabulary as a sentencepiece model, and text → tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.reading.vectors import clean_text

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

    from tidings.embedders.e5.weights import Weights

BEGIN, PAD, END, UNKNOWN = range(4)
PREFIX = "query: "  # what the network was trained to see before either side of a comparison
_UNKNOWN_KIND, _CONTROL_KIND, _USER_KIND = 2, 3, 4  # sentencepiece_model.proto
_CHARACTERS = 12  # a token, at most: longer runs are cut; the usual is three to five


def render_vocabulary(weights: Weights) -> bytes:
    """A serialised sentencepiece ModelProto (Unigram, Kudo 2018)."""
    from sentencepiece import sentencepiece_model_pb2 as proto  # noqa: PLC0415 - only to build

    model = proto.ModelProto()  # type: ignore[attr-defined]
    marks = {BEGIN: _CONTROL_KIND, PAD: _CONTROL_KIND, END: _CONTROL_KIND, UNKNOWN: _UNKNOWN_KIND}
    for number, (piece, score) in enumerate(zip(weights.pieces, weights.scores, strict=True)):
        kind = _USER_KIND if piece == "<mask>" else marks.get(number, 1)
        model.pieces.add(piece=piece, score=float(score), type=kind)
    trainer = model.trainer_spec
    trainer.model_type, trainer.vocab_size = 1, len(weights.pieces)
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = BEGIN, PAD, END, UNKNOWN
    trainer.bos_piece, trainer.pad_piece = "<s>", "<pad>"
    trainer.eos_piece, trainer.unk_piece = "</s>", "<unk>"
    normal = model.normalizer_spec
    normal.name = "identity"
    normal.add_dummy_prefix = normal.remove_extra_whitespaces = normal.escape_whitespaces = True
    return bytes(model.SerializeToString(deterministic=True))


class Vocabulary:
    """Text → tokens."""

    def __init__(self, pieces: SentencePieceProcessor, normal: dict[int, str]) -> None:
        self._pieces = pieces
        self._normal = normal
        self._empty = len(pieces.encode(PREFIX))

    def tokens(self, text: str, limit: int) -> list[int]:
        """At most ``limit`` with both marks and the prefix; none where the text has none."""
        cleaned = PREFIX + clean_text(text, _CHARACTERS * limit)
        found: list[int] = self._pieces.encode(cleaned.translate(self._normal))
        if len(found) <= self._empty:
            return []
        return [BEGIN, *found[: limit - 2], END]
