"""The nodes of a chain that are no held article: one for all that name the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tidings.model import Anonymity, SourceKind, SourceLink
from tidings.posts import find_post
from tidings.reading.outlets import name_keys
from tidings.story.graph import Node, NodeKind
from tidings.story.names import fold_name

_WORD = re.compile(r"[^\W_]+")
_HOSTS = re.compile(r"^(?:www|m|mobile|amp)\.")
_SHORT_PATH = 12  # characters: below it the query says which page

VAGUE = ("", "source")
"""Callings that anybody may have."""

_KINDS = {kind: NodeKind(kind.value) for kind in SourceKind}


def address_key(url: str) -> str:
    """The same for one page's addresses: without scheme, www, trailing slash and needless query;
    "" where it is no page of its own."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query and len(path) < _SHORT_PATH else ""
    host = _HOSTS.sub("", parts.netloc.lower())
    return f"{host}{path}{query}" if path or query else ""


class Parties:
    """Gives the same node for the same party. Of names that are the same but for a first name, of
    unnamed people who can't be told apart, there is one: what is counted is not counted twice."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._unnamed: list[_Unnamed] = []

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(self._nodes.values())

    def get_node(self, link: SourceLink, through: str) -> Node:
        """``through`` is the node that has it from this one, "" for an article itself."""
        kind = _KINDS[link.kind]
        if link.anonymity is not None:
            key = self._find_unnamed(link.anonymity, through)
        elif kind is NodeKind.PUBLISHER:
            key = publisher_key(link)
        elif link.url and kind in (NodeKind.POST, NodeKind.DOCUMENT, NodeKind.LAW):
            key = self._find_post(link) if kind is NodeKind.POST else address_key(link.url)
        else:
            key = self._find_named(kind, link.source)
        name = link.name.text if link.name else link.source
        node_id = f"{kind}:{key}"
        held = self._nodes.get(node_id)
        if held is None or (held.url is None and link.url):
            printed = held.name if held else name
            made = Node(id=node_id, kind=kind, name=printed, article=None, url=link.url)
            self._nodes[node_id] = made
        return self._nodes[node_id]

    def _find_post(self, link: SourceLink) -> str:
        """By its address; a post of the same author without one is taken for it."""
        alike = self._find_named(NodeKind.POST, link.source)
        known = self._nodes.get(f"{NodeKind.POST}:{alike}")
        if known and link.url and known.url in (None, link.url):
            return alike
        post = find_post(link.url) if link.url else None
        return (post.url if post else address_key(link.url or "")) or alike

    def _find_named(self, kind: NodeKind, name: str) -> str:
        words = fold_words(name)
        for node in self._nodes.values():
            held = node.id.removeprefix(f"{kind}:").split("+") if node.kind is kind else []
            is_same = held and words and held[-1] == words[-1]
            if is_same and (set(held) <= set(words) or set(words) <= set(held)):
                return "+".join(held)
        return "+".join(words) or name.casefold()

    def _find_unnamed(self, told: Anonymity, through: str) -> str:
        alike = [
            (held.told.seat != told.seat or held.told.calling != told.calling, at)
            for at, held in enumerate(self._unnamed)
            if held.fits(told, through)
        ]
        if alike:
            return self._unnamed[min(alike)[1]].learn(told, through)
        calling = told.calling or (told.role.text.casefold() if told.role else "somebody")
        key = f"{calling}:{told.seat}" + (f":{len(self._unnamed)}" if self._unnamed else "")
        self._unnamed.append(_Unnamed(key, told, {through}))
        return key


@dataclass(slots=True)
class _Unnamed:
    key: str
    told: Anonymity  # where it is told most exactly
    ways: set[str]  # publishers through whom it speaks; "" for articles themselves

    def fits(self, told: Anonymity, through: str) -> bool:
        is_known_way = bool(through) and through in self.ways
        is_way = is_known_way or not through or "" in self.ways
        return is_way and is_alike(self.told, told, is_same_way=is_known_way)

    def learn(self, told: Anonymity, through: str) -> str:
        self.ways.add(through)
        if is_vague(self.told) and not is_vague(told):
            self.told = told
        return self.key


def is_alike(a: Anonymity, b: Anonymity, *, is_same_way: bool) -> bool:
    """Whether nothing that is told of the two tells them apart: 'a source' may be an official
    where both speak through one publisher."""
    is_untold = not (a.calling and b.calling) or (is_same_way and (is_vague(a) or is_vague(b)))
    is_same_calling = a.calling == b.calling or is_untold
    return is_same_calling and (a.seat == b.seat or not (a.seat and b.seat))


def is_vague(told: Anonymity) -> bool:
    """Whether no office or trade is told: 'a source', 'the agency's interlocutor'."""
    return told.calling in VAGUE


def publisher_key(link: SourceLink) -> str:
    keys = link_keys(link)
    return min(keys, key=lambda key: (not key.startswith("outlet:"), key)) if keys else link.source


def link_keys(link: SourceLink) -> frozenset[str]:
    """Those of a publisher, see reading/outlets.py."""
    return name_keys(link.source, None)


def fold_words(name: str) -> list[str]:
    """The keys of a name's words, in order."""
    return [key for word in _WORD.findall(name) if (key := fold_name(word))]
