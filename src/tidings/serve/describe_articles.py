"""Articles, copies and differences as JSON objects: what ``--json`` prints."""

from __future__ import annotations

from typing import Any

from tidings.model import Evidence
from tidings.serve.exports.articles import describe_article, describe_copy
from tidings.serve.show_articles import ArticleView
from tidings.story.difference import Difference, Edit, Words


def article(view: ArticleView) -> dict[str, Any]:
    return describe_article(view.article, view.notes) | {
        "name": view.page_name,
        "versions": list(view.versions),
        "copies": [describe_copy(one) for one in view.copies],
    }


def difference(told: Difference) -> dict[str, Any]:
    """Spans are code points: of ``words`` into the texts of the two articles, of ``headline``
    into their headlines."""
    return {
        "earlier": told.earlier.id,
        "later": told.later.id,
        "summary": told.summary,
        "share": told.share,
        "headline": {
            "earlier": told.earlier.headline,
            "later": told.later.headline,
            "words": [_describe_words(one) for one in told.headline],
        },
        "edits": [_describe_edit(edit) for edit in told.edits],
    }


def _describe_edit(edit: Edit) -> dict[str, Any]:
    return {
        "change": edit.change,
        "earlier": _describe_evidence(edit.earlier),
        "later": _describe_evidence(edit.later),
        "words": [_describe_words(one) for one in edit.words],
    }


def _describe_evidence(proof: Evidence | None) -> dict[str, Any] | None:
    return None if proof is None else {"start": proof.start, "end": proof.end, "text": proof.text}


def _describe_words(words: Words) -> dict[str, Any]:
    return {"earlier": list(words.earlier), "later": list(words.later)}
