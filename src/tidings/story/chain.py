"""Builds a story's chain: from what its articles name as sources, and from whose text they have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tidings.model import ArticleId, Copy, Evidence, Manner, SourceKind, SourceLink
from tidings.story.citing import Shelf, rate_linked, resolve
from tidings.story.copied import Signer, Stated, trace_copies
from tidings.story.graph import (
    Chain,
    Draft,
    Edge,
    Ground,
    Node,
    NodeKind,
    Origin,
    Report,
    join_chain,
)
from tidings.story.parties import Parties, Whose, link_keys
from tidings.story.translations import find_translations

__all__ = [
    "Chain", "Edge", "Ground", "Node", "NodeKind", "Origin", "Report", "build_chain", "shelve",
]  # fmt: skip

FindReport = Callable[[ArticleId], Report | None]
Words = tuple[Evidence, ...]
MOST = 300
"""Reports in a chain, from which none is looked for beyond the story."""
LINKED = 0.6
"""Score of an edge that rests on a bare address; our own choice."""
OPEN = (SourceKind.POST, SourceKind.DOCUMENT, SourceKind.LAW)
"""What anybody can read for himself."""


def build_chain(
    reports: Sequence[Report],
    copies: Sequence[Copy] = (),
    shelf: Shelf | None = None,
    find_report: FindReport | None = None,
    whose: Whose = lambda link: None,
) -> Chain:
    """``copies`` between reports. With ``shelf`` and ``find_report`` cited articles are looked for
    beyond the story, and what they have it from is followed in turn. ``whose`` tells parties of
    several names apart."""
    course = _Course(shelf or shelve(reports), find_report or (lambda article: None), copies)
    course.parties = Parties(whose)
    for report in reports:
        course.add(report)
    for report in course.reports:  # grows meanwhile
        course.trace(report)
    copied, alike = trace_copies(copies, course.reports, course.stated)
    has_source = {edge.child for edge in (*course.edges, *copied)} | set(course.witnesses)
    translated = find_translations(reports, dict.fromkeys(map(ArticleId, has_source)))
    draft = Draft(
        nodes=(*course.nodes, *course.parties.nodes),
        edges=(*course.edges, *copied, *translated),
        witnesses=tuple(course.witnesses.items()),
        signed=tuple(course.signed.items()),
        alike=tuple(alike),
    )
    return join_chain(reports, draft)


def is_party(link: SourceLink) -> bool:
    """No publisher of the article as such."""
    is_publisher = link.kind is SourceKind.PUBLISHER and link.through is None
    return not is_publisher and link.manner is not Manner.WITNESSES


def _find_issuer(report: Report, link: SourceLink) -> str:
    """Who speaks through a document, as printed."""
    if not link.paper:
        return ""
    told = (one for one in report.sources if one.through == link.source)
    return next((one.source for one in told if one.kind is SourceKind.ORGANISATION), "")


def shelve(reports: Sequence[Report]) -> Shelf:
    """The reports alone."""
    sketches = {report.article.id: report.sketch for report in reports}
    shelf = Shelf(find_sketch=sketches.get)
    for report in reports:
        shelf.add(report.article)
    return shelf


class _Course:
    """Goes from report to report, and to those that they mean."""

    def __init__(self, shelf: Shelf, find_report: FindReport, copies: Sequence[Copy]) -> None:
        self.shelf = shelf
        self._alike = {one.article: {one.of} for one in copies}
        for one in copies:
            self._alike.setdefault(one.of, set()).add(one.article)
        self.parties = Parties()
        self.reports: list[Report] = []
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.witnesses: dict[str, Words] = {}
        self.signed: dict[str, Words] = {}
        self._find_report = find_report
        self._held: set[ArticleId] = set()
        self._signers: dict[ArticleId, Signer] = {}
        self._parents: dict[ArticleId, set[str]] = {}

    @property
    def stated(self) -> Stated:
        parents = {article: frozenset(named) for article, named in self._parents.items()}
        return Stated(signers=self._signers, parents=parents)

    def add(self, report: Report) -> None:
        article = report.article
        self._held.add(article.id)
        self.reports.append(report)
        self.nodes.append(
            Node(
                id=article.id,
                kind=NodeKind.ARTICLE,
                name=article.publisher or "",
                article=article.id,
                url=article.url,
            )
        )

    def trace(self, report: Report) -> None:
        """Publishers first: what a party tells may have come through one of them."""
        named: dict[str, str] = {}
        for link in report.sources:
            if link.through is None and link.kind is SourceKind.PUBLISHER:
                self._trace_publisher(report, link, named)
        self._witness(report)
        carrier = self._find_carrier(report, named)
        for link in report.sources:
            if is_party(link):
                self._trace_party(report, link, named, carrier)
        self._trace_addresses(report)

    def _witness(self, report: Report) -> None:
        """What was told to the outlet is of who told it; of nobody named, of the outlet."""
        has_party = any(is_party(link) and link.through is None for link in report.sources)
        for link in report.sources:
            if link.manner is Manner.WITNESSES and not (has_party and link.name):
                self._note(self.witnesses, report, link)

    def _trace_publisher(self, report: Report, link: SourceLink, named: dict[str, str]) -> None:
        article = report.article.id
        if link.manner is Manner.WITNESSES:
            return
        if link_keys(link) & self.shelf.keys_of(article):
            self._trace_own(report, link)
            return
        node = self._place(report, link, article)
        named.setdefault(link.source, node)
        self._parents.setdefault(article, set()).add(node)
        if link.manner is Manner.CREDITS:
            self._signers.setdefault(article, (node, (link.evidence,)))

    def _trace_own(self, report: Report, link: SourceLink) -> None:
        """A publisher signs its own text, or has told it before."""
        article = report.article.id
        if link.manner is Manner.CREDITS:
            self._note(self.signed, report, link)
            self._signers.setdefault(article, (article, (link.evidence,)))
            return
        match = resolve(report, link, self.shelf, self._alike)
        if match and self._hold(match.article):
            self._draw(link, article, match.article, (match.score, match.reason))

    def _note(self, notes: dict[str, Words], report: Report, link: SourceLink) -> None:
        article = report.article.id
        notes[article] = (*notes.get(article, ()), link.evidence)

    def _place(self, report: Report, link: SourceLink, child: str) -> str:
        """The parent's node, after the edge to it is drawn."""
        match = resolve(report, link, self.shelf, self._alike)
        if match and self._hold(match.article):
            self._draw(link, child, match.article, (match.score, match.reason))
            return match.article
        through = "" if child == report.article.id else child
        node = self.parties.get_node(link, through, _find_issuer(report, link))
        is_report = node.kind is NodeKind.PUBLISHER
        told = "names it; which report is meant is not held" if is_report else "names it"
        self._draw(link, child, node.id, (link.score, told))
        return node.id

    def _draw(self, link: SourceLink, child: str, parent: str, told: tuple[float, str]) -> None:
        self.edges.append(
            Edge(
                child=child,
                parent=parent,
                manner=link.manner,
                evidence=(link.evidence,),
                score=told[0],
                reason=told[1],
            )
        )

    def _hold(self, article: ArticleId) -> bool:
        """Whether it is in the chain, now at the latest."""
        if article in self._held:
            return True
        found = self._find_report(article) if len(self.reports) < MOST else None
        if found:
            self.add(found)
        return found is not None

    def _find_carrier(self, report: Report, named: Mapping[str, str]) -> str | None:
        """The one publisher that the whole article is from, where it isn't held: what is said in
        the article, is said to that one."""
        whole = {
            named[link.source]
            for link in report.sources
            if link.source in named and link.scope is None and link.through is None
        }
        if len(whole) != 1 or report.article.id in self.witnesses:
            return None
        node = whole.pop()
        return node if node.startswith(f"{NodeKind.PUBLISHER}:") else None

    def _trace_party(
        self, report: Report, link: SourceLink, named: dict[str, str], carrier: str | None
    ) -> None:
        child: str = report.article.id
        if link.through is not None and link.through in named:
            child = named[link.through]
        elif link.through is None and carrier and link.kind not in OPEN:
            child = carrier
        named.setdefault(link.source, self._place(report, link, child))

    def _trace_addresses(self, report: Report) -> None:
        """Pages that it links to, where they tell the same."""
        own = report.article.id
        for url in report.article.links:
            found = self.shelf.find_by_address(url)
            if found is None or found == own or found in self._parents.get(own, ()):
                continue
            if self.shelf.keys_of(found) & self.shelf.keys_of(own):
                continue
            likeness = rate_linked(report, found, self.shelf)
            if likeness and self._hold(found):
                self.edges.append(
                    Edge(
                        child=own,
                        parent=found,
                        manner=Manner.LINKS,
                        evidence=(),
                        score=LINKED,
                        reason=f"links to {url}, which is near ({likeness:.2f}) and not later",
                    )
                )
