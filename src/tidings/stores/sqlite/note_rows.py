"""Notes ↔ JSON, whatever their fields: a note is the row of its fields' values behind its name.

A field that is added at a note's end with a default needs nothing here: what was written before has
the default, until a rebuild makes the notes anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tidings.model import ArticleId, Evidence, Note
from tidings.stores.sqlite.rows import pack

NAMES = {kind.__name__: kind for kind in get_args(Note)}


def render_notes(notes: Sequence[Note], text: str) -> str:
    """The text of evidence is left out where it is the slice of ``text`` that it should be."""
    return pack([[type(note).__name__, *_render(note, text)] for note in notes])


def _render(value: Any, text: str) -> Any:
    if isinstance(value, Evidence):
        is_slice = text[value.start : value.end] == value.text
        return [value.start, value.end, None if is_slice else value.text]
    if is_dataclass(value):
        return [_render(getattr(value, field.name), text) for field in fields(value)]
    if isinstance(value, tuple):
        return [_render(one, text) for one in value]
    return value


def parse_notes(packed: str, article: ArticleId, text: str) -> tuple[Note, ...]:
    return tuple(
        _parse_fields(NAMES[name], values, article, text) for name, *values in json.loads(packed)
    )


def _parse_fields(kind: type, values: Sequence[Any], article: ArticleId, text: str) -> Any:
    parsers = _parsers(kind)
    return kind(
        **{
            name: parse(value, article, text)
            for (name, parse), value in zip(parsers, values, strict=False)
        }
    )


Parse = Callable[[Any, ArticleId, str], Any]


@lru_cache(maxsize=64)
def _parsers(kind: type) -> tuple[tuple[str, Parse], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _choose(hints[field.name])) for field in fields(kind))


def _choose(hint: Any) -> Parse:
    """For a field of type ``hint``: X, X | None, or tuple[X, ...]."""
    if get_origin(hint) is UnionType:
        return _optional(_choose(next(one for one in get_args(hint) if one is not NoneType)))
    if get_origin(hint) is tuple:
        return _each(_choose(get_args(hint)[0]))
    if hint is Evidence:
        return _parse_evidence
    if is_dataclass(hint):
        return _of_fields(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _of_choice(hint)
    return _same


def _same(value: Any, article: ArticleId, text: str) -> Any:
    del article, text
    return value


def _of_choice(hint: type[StrEnum]) -> Parse:
    return lambda value, article, text: hint(value)


def _of_fields(hint: Any) -> Parse:
    return lambda value, article, text: _parse_fields(hint, value, article, text)


def _optional(parse: Parse) -> Parse:
    return lambda value, article, text: None if value is None else parse(value, article, text)


def _each(parse: Parse) -> Parse:
    return lambda value, article, text: tuple(parse(one, article, text) for one in value)


def _parse_evidence(value: Any, article: ArticleId, text: str) -> Evidence:
    start, end, copied = value
    shown = text[start:end] if copied is None else copied
    return Evidence(article=article, start=start, end=end, text=shown)
