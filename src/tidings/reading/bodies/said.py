"""The body as the page's own JSON-LD gives it: a witness more, and the text where no piece of the
page is taken for it."""

from __future__ import annotations

import re
from html import unescape

from tidings.reading.linked import Node, parse_texts

SAID = "said"
"""The name of its votes."""

LEAST = 200  # code points; a shorter one is a summary

_TAG = re.compile(r"<[^<>]{1,500}>")


def find_said(node: Node) -> list[str]:
    """Its lines; none where there is no such text."""
    texts = parse_texts(node.get("articleBody"))
    text = unescape(_TAG.sub("\n", texts[0])) if texts else ""
    return (
        [line for line in map(str.strip, text.splitlines()) if line] if len(text) >= LEAST else []
    )
