"""A web server on this machine that misbehaves, each path in its own way."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PAGE = (
    b"<html><head><title>Tide tables</title></head><body><p>High water at noon.</p></body></html>"
)


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    host: str
    path: str
    headers: dict[str, str]
    start: float  # monotonic, when its head was read
    end: float  # when its answer was given


@dataclass
class Reply:
    body: bytes = PAGE
    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=dict)


Talk = Callable[[socket.socket, dict[str, str]], None]
Answer = Reply | Talk | Callable[[dict[str, str]], Reply]


class RudeServer:
    """``paths``: what is answered where, by path or by host and path ('b.test/robots.txt')."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.paths: dict[str, Answer] = {}
        self.seen: list[Seen] = []
        self.most_at_once: Counter[str] = Counter()
        self.connections = 0
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.is_over = False
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str, host: str = "a.test") -> str:
        scheme = "https" if self._context else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def close(self) -> None:
        self.is_over = True
        self._socket.close()

    def asked(self, *, robots: bool = False) -> list[str]:
        """Paths in the order in which they were asked for."""
        return [one.path for one in self.seen if robots or one.path != "/robots.txt"]

    def _accept(self) -> None:
        while not self.is_over:
            try:
                opened, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(opened,), daemon=True).start()

    def _serve(self, opened: socket.socket) -> None:
        try:
            if self._context:
                opened = self._context.wrap_socket(opened, server_side=True)
            with opened:
                opened.settimeout(10)
                self._talk(opened)
        except OSError:
            opened.close()  # the other side went away, as it should from some

    def _talk(self, opened: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = opened.recv(65536)
            if not part:
                return
            head += part
        start = time.monotonic()
        request, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
        path, host = request.split(" ")[1], headers["host"].rpartition(":")[0]
        with self._lock:
            self._now[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._now[host])
        try:
            self._answer(opened, f"{host}{path}", path, headers)
        finally:
            with self._lock:
                self._now[host] -= 1
                seen = Seen(host, path, headers, start, time.monotonic())
                self.seen.append(seen)

    def _answer(
        self, opened: socket.socket, whole: str, path: str, headers: dict[str, str]
    ) -> None:
        missing: Answer = Reply(b"nothing here", "404 Not Found")
        whole, path = whole.partition("?")[0], path.partition("?")[0]
        answer = self.paths.get(whole, self.paths.get(path, missing))
        if isinstance(answer, Reply):
            opened.sendall(render(answer))
        elif getattr(answer, "is_talk", False):
            answer(opened, headers)  # type: ignore[call-arg]
        else:
            opened.sendall(render(answer(headers)))  # type: ignore[call-arg]


def render(reply: Reply) -> bytes:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(reply.body)),
        **reply.headers,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {reply.status}\r\n{lines}\r\n".encode() + reply.body


def talk(function: Talk) -> Talk:
    """Marks one that writes its bytes itself."""
    function.is_talk = True  # type: ignore[attr-defined]
    return function


def raw(data: bytes) -> Talk:
    return talk(lambda opened, _: opened.sendall(data))


def drip(head: bytes, part: bytes, seconds: float, times: int = 10_000) -> Talk:
    """``part`` again and again, a pause before each."""

    def answer(opened: socket.socket, _: dict[str, str]) -> None:
        opened.sendall(head)
        for _turn in range(times):
            time.sleep(seconds)
            opened.sendall(part)

    return talk(answer)


def reset(opened: socket.socket, _: dict[str, str]) -> None:
    """Ends the connection by RST in the middle of the answer."""
    opened.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def redirect(where: str, status: str = "302 Found") -> Reply:
    return Reply(b"", status, {"Location": where})


def bomb(megabytes: int) -> Reply:
    """Unpacks to a thousand times its size."""
    body = gzip.compress(b"\0" * (megabytes << 20), 9)
    return Reply(body, headers={"Content-Encoding": "gzip"})


def feed(*links: str, extra: str = "") -> Reply:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>Item {n}</title><link>{link}</link></item>" for n, link in enumerate(links)
    )
    text = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>'
        f"<link>https://harbour.example/</link><description>d</description>{extra}{items}"
        "</channel></rss>"
    )
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml"})


def sitemap(*pairs: tuple[str, str], index: bool = False) -> Reply:
    """Addresses, each with its lastmod."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    rows = "".join(
        f"<{inner}><loc>{loc}</loc><lastmod>{at}</lastmod></{inner}>" for loc, at in pairs
    )
    text = f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>'
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[RudeServer]:
    server = RudeServer(context)
    try:
        yield server
    finally:
        server.close()
