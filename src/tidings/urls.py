"""Canonical addresses and registrable domains. Offline: the list of public suffixes comes with
the package that courlan rests on."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from courlan import extract_domain

LONGEST = 8_000  # code points; RFC 9110 section 4.1 asks for no more of a server

# Query parameters that tell where a reader came from and never which page it is. Exact names and
# prefixes only: looser patterns (courlan's) take `gallery=5` and `cid=7` for trackers.
_TRACKER = re.compile(
    r"(?:utm|mtm|pk|piwik|hsa|vero|oly|itm|trk|_hs)_\w+"
    r"|(?:fb|g|y|dc|tw|msclk|yc|ysc|igsh|gbra|wbra|li_fat_|tt|twc|mc_c|mc_e)(?:cl)?id"
    r"|_ga|_gl|_openstat|igsh|xtor|ncid|cmpid|wt_mc|mkt_tok|smid|ref_src|ref_url"
    r"|fb_(?:action_ids|action_types|source|ref)|at_(?:medium|campaign|custom\d|format|link_\w+)",
    re.IGNORECASE,
)
_PATH_SAFE = "/%!$&'()*+,;=:@~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]|"
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_PLAIN = re.compile(r"https?://((?:[a-z0-9]{1,40}(?:-[a-z0-9]{1,20})?\.)+[a-z]{2,20})(?:/|$)")


def canonical(url: str) -> str | None:
    """Absolute http(s) address: host in lower-case ASCII (IDNA), without default port, user,
    fragment and trackers, the rest percent-encoded; None where it is no such address."""
    parts = _split(url)
    host = _host(parts) if parts else None
    if parts is None or host is None:
        return None
    path = quote(parts.path, safe=_PATH_SAFE) or "/"
    return urlunsplit((parts.scheme, host + _port(parts), path, _query(parts.query), ""))


def join(base: str | None, address: str) -> str | None:
    """``address`` as it is meant on the page at ``base``; None for what no address can be."""
    try:
        return urljoin(base or "", address.strip())
    except ValueError:
        return None


def registrable_domain(url: str) -> str | None:
    """The name that its owner registered ('bbc.co.uk', 'name.github.io'); None for addresses by
    number and invalid ones."""
    plain = _PLAIN.match(url)
    if plain and len(url) <= LONGEST:  # nearly all, in a tenth of the time
        return _domain(plain[1])
    parts = _split(url)
    host = _host(parts) if parts else None
    return _domain(host) if host and "." in host else None


@lru_cache(maxsize=8_192)
def _domain(host: str) -> str | None:
    return extract_domain(f"http://{host}/")


def _split(url: str) -> SplitResult | None:
    text = url.strip()
    if not text or len(text) > LONGEST:
        return None
    if text.startswith("//"):
        text = "https:" + text
    try:
        parts = urlsplit(text.encode("utf-8", "replace").decode("utf-8"))
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None


def _host(parts: SplitResult) -> str | None:
    name = (parts.hostname or "").rstrip(".")
    if ":" in name or name.replace(".", "").isdigit():
        return _number(name)
    try:
        ascii_name = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        ascii_name = name
    labels = ascii_name.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return ascii_name


def _number(name: str) -> str | None:
    try:
        address = ip_address(name)
    except ValueError:
        return None
    return f"[{address}]" if address.version == 6 else str(address)


def _port(parts: SplitResult) -> str:
    default = {"http": 80, "https": 443}[parts.scheme]
    return f":{parts.port}" if parts.port not in (None, default) else ""


def _query(query: str) -> str:
    kept = [
        pair
        for pair in query.replace("&amp;", "&").split("&")
        if pair and not _TRACKER.fullmatch(pair.partition("=")[0])
    ]
    return quote("&".join(kept), safe=_QUERY_SAFE)
