"""XML → elements, without entities of its own, files or network."""

from __future__ import annotations

import re
from collections.abc import Container

from lxml import etree

from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import NO_XML

_PROLOG = re.compile(
    r"(?>\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*+", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s>/])")


def find_start(text: str) -> int:
    """Where the first element may start: after declarations and comments."""
    match = _PROLOG.match(text)
    return match.end() if match else 0


def find_root(text: str) -> str:
    """The root's name in small letters, without its prefix; "" where there is none."""
    match = _ROOT.match(text, find_start(text))
    return match.group(1).lower() if match else ""


def has_root(head: bytes, names: Container[str]) -> bool:
    """``head``: the first bytes; those behind the last whole tag are left out of account."""
    text = decode(head[: head.rfind(b">") + 1] or head)
    return not isinstance(text, Undecoded) and find_root(text) in names


def parse_xml(text: str) -> tuple[etree._Element | None, str | None]:
    """The root, and what was wrong with the markup where it had to be mended. What stands before
    the root is passed over, so no entity is known but XML's own five."""
    data = NO_XML.sub(" ", text[find_start(text) :]).strip().encode("utf-8", "replace")
    fault = None
    for recover in (False, True):
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, recover=recover, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            fault = " ".join(str(error.msg).split())
        else:
            return root, fault
    return None, fault


def local_name(element: etree._Element) -> str:
    """In small letters, without its namespace, whatever that is."""
    name = element.tag
    return name.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""
