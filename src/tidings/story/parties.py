"""The nodes of a chain that are no held article: one for all that name the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tidings.model import Anonymity, SourceKind, SourceLink
from tidings.posts import find_post
from tidings.reading.offices import Office, find_office
from tidings.reading.outlets import name_keys
from tidings.story.graph import Node, NodeKind
from tidings.story.names import fold_name

_WORD = re.compile(r"[^\W_]+")
_HOSTS = re.compile(r"^(?:www|m|mobile|amp)\.")
_SHORT_PATH = 12  # characters: below it the query says which page

VAGUE = ("", "source")
"""Callings that anybody may have."""

Whose = Callable[[SourceLink], str | None]
"""The id of the entity that a link names; None where none is safe."""

_NAMED = (NodeKind.PERSON, NodeKind.ORGANISATION, NodeKind.COURT)
_PAPERS = (NodeKind.DOCUMENT, NodeKind.LAW)
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

    def __init__(self, whose: Whose = lambda link: None) -> None:
        self._whose = whose
        self._nodes: dict[str, Node] = {}
        self._unnamed: list[_Unnamed] = []
        self._entities: dict[tuple[NodeKind, str], str] = {}  # id of an entity → key of its node
        self._offices: list[tuple[NodeKind, Office, str]] = []
        self._papers: list[tuple[str, list[str], str]] = []  # type, who put it out, key

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(self._nodes.values())

    def get_node(self, link: SourceLink, through: str, issuer: str = "") -> Node:
        """``through`` is the node that has it from this one, "" for an article itself; ``issuer``
        who put out the document that it is."""
        kind = _KINDS[link.kind]
        if link.anonymity is not None:
            key = self._find_unnamed(link.anonymity, through)
        elif kind is NodeKind.PUBLISHER:
            key = publisher_key(link)
        elif link.url and kind in (NodeKind.POST, NodeKind.DOCUMENT, NodeKind.LAW):
            key = self._find_post(link) if kind is NodeKind.POST else address_key(link.url)
        elif link.paper and kind in _PAPERS:
            key = self._find_paper(link, issuer)
        elif kind in _NAMED:
            key = self._find_known(kind, link)
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

    def _find_known(self, kind: NodeKind, link: SourceLink) -> str:
        """By the entity that it is, by the office, else by the name."""
        entity = self._whose(link)
        held = self._entities.get((kind, entity)) if entity else None
        if held is not None:
            return held
        office = find_office(link.source) if kind is NodeKind.ORGANISATION else None
        key = self._find_office(kind, office) if office else ""
        key = key or self._find_named(kind, link.source)
        if entity:
            self._entities[kind, entity] = key
        return key

    def _find_office(self, kind: NodeKind, office: Office) -> str:
        alike = [
            (one.others != office.others, at)
            for at, (held, one, _) in enumerate(self._offices)
            if held is kind and one.fits(office)
        ]
        if alike:
            at = min(alike)[1]
            _, one, key = self._offices[at]
            self._offices[at] = (kind, max(one, office, key=lambda each: len(each.others)), key)
            return key
        key = "+".join((office.kind, *sorted(office.others)))
        self._offices.append((kind, office, key))
        return key

    def _find_paper(self, link: SourceLink, issuer: str) -> str:
        """By its type, and who put it out; of laws and the like by their names."""
        kind, words = _KINDS[link.kind], fold_words(issuer)
        if kind is NodeKind.LAW:
            return self._find_named(kind, link.source)
        for at, (paper, held, key) in enumerate(self._papers):
            if paper == link.paper and (not held or not words or held[-1] == words[-1]):
                self._papers[at] = (paper, held or words, key)
                return key
        key = "+".join((link.paper, *words))
        self._papers.append((link.paper, words, key))
        return key

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
