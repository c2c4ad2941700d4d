"""Where bytes come from, and the pages that they become."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model import Page, Reason, Rejected, Served, hash_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    name: str
    media_type: str = ""  # as a server named it
    served: Served | None = None
    depth: int = 0  # of files inside one another

    def make_page(self, media_type: str, data: bytes) -> Page:
        page = hash_page(data)
        return Page(id=page, name=self.name, media_type=media_type, data=data, served=self.served)

    def make_part(self, name: str, media_type: str, data: bytes) -> Page:
        """Of what holds several: neither the address nor the charset of the whole is its own."""
        at = self.served.at if self.served else None
        served = Served(at=at) if at else None
        return Origin(name=name, served=served).make_page(media_type, data)

    def refuse(self, reason: Reason, detail: str) -> Rejected:
        return Rejected(name=self.name, reason=reason, detail=detail)

    def refuse_size(self, largest: int) -> Rejected:
        detail = f"more than {largest:,} bytes; raise largest_page to take it"
        return self.refuse(Reason.TOO_LARGE, detail)
