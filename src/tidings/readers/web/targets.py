"""What may be asked for: addresses taken apart, and networks that are nobody's business."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from tidings.model import Reason, Rejected
from tidings.urls import LONGEST, canonical

_PATH_SAFE = "/%!$&'()*+,;=:@~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]|"
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are IPv4
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215
SHARED = ipaddress.IPv4Network("100.64.0.0/10")  # RFC 6598: behind a carrier's NAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address, ready to be asked for."""

    url: str  # as given, percent-encoded, without fragment: what is asked for
    key: str  # canonical, without trackers: what it is known by
    scheme: str
    host: str  # ASCII, lower case; of IPv6 without brackets
    port: int

    @property
    def authority(self) -> str:
        """Whose robots.txt holds (RFC 9309 section 2.3): scheme, host and port."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """As the Host header wants it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def path(self) -> str:
        """With the query, as the request line wants it."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def parse_target(url: str) -> Target | Rejected:
    """Any port is asked; schemes are http and https; no name and password."""
    text = urldefrag(url.strip()).url
    if len(text) > LONGEST:
        return _refuse(text[:80] + "…", f"longer than {LONGEST:,} characters")
    try:
        parts = urlsplit(text.encode("utf-8", "replace").decode())
        port = parts.port
    except ValueError as error:
        return _refuse(text, f"no address: {error}")
    if parts.scheme not in _PORTS:
        return _refuse(text, "only http and https are asked; give such an address")
    if parts.username is not None or parts.password is not None:
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        return _refuse(shown, "has a name or password before the host; give it without")
    host = _host(parts.hostname or "")
    if host is None:
        return _refuse(text, "names no host; give an address such as https://example.org/feed")
    target = Target(
        url="", key="", scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme]
    )
    path = quote(parts.path, safe=_PATH_SAFE) or "/"
    query = quote(parts.query, safe=_QUERY_SAFE)
    whole = urlunsplit((parts.scheme, target.netloc, path, query, ""))
    return Target(
        url=whole,
        key=canonical(whole) or whole,
        scheme=target.scheme,
        host=host,
        port=target.port,
    )


def follow(target: Target, location: str) -> Target | Rejected:
    """Where a redirect leads; a faulty one ends under the address that was asked for."""
    try:
        found = parse_target(urljoin(target.url, location.strip()))
    except ValueError as error:
        return _refuse(target.url, f"redirects to {location!r}, which is no address: {error}")
    if isinstance(found, Target):
        return found
    return _refuse(target.url, f"redirects to {found.name!r}: {found.detail}")


def _host(name: str) -> str | None:
    name = name.rstrip(".").lower()
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            return None
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return name if _NAME.fullmatch(name) and len(name) <= 253 else None


def _refuse(name: str, detail: str) -> Rejected:
    return Rejected(name=name, reason=Reason.UNSUPPORTED, detail=detail)


def is_public(address: str) -> bool:
    """False for whatever the IANA registries don't call globally reachable unicast (RFC 6890),
    also where an IPv6 address carries such an IPv4 one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _find_carried(found)
    return _is_global(found if inner is None else inner)


def _find_carried(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_global(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        special = address in SHARED
    else:
        special = address in LOCAL_NAT64 or address.is_site_local or address.teredo is not None
    return address.is_global and not (
        special
        or address.is_private
        or address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )
