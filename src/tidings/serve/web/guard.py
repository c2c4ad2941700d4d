"""What every answer carries, and who may ask."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Sets the headers, and turns away who asks under a name that is not ours.

    A page elsewhere can point its own name at this machine and have a browser read us under it
    (DNS rebinding). The browser then sends that name; an address can't be pointed anywhere.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] != "http" or self._is_ours(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send_guarded)
            return
        refusal = "unknown host name; open the address that tidings serve printed\n"
        await PlainTextResponse(refusal, 400)(scope, receive, send_guarded)

    def _is_ours(self, host: str) -> bool:
        name = split_host(host)
        return name in self._names or is_address(name)


def split_host(host: str) -> str:
    """The name of a Host header, without port and brackets; empty where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    return name if name and parts.netloc == host and "@" not in host else ""


def is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def web_address(url: str | None) -> str | None:
    """The address where it may become a link: of the web, and nothing hidden in it."""
    if url is None or any(c <= " " or c == "\x7f" for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None
