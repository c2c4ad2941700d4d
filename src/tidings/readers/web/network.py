"""Connections to addresses that were checked: a name is resolved once, every address of it must
be public, and the connection goes to one of these, so no second answer of DNS can change it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass

import certifi

from tidings.model import Reason, Rejected
from tidings.readers.web.options import FetchOptions
from tidings.readers.web.targets import Target, is_public

Resolve = Callable[[str, int], list[str]]
"""Host and port → numeric addresses, best first. Raises OSError."""


TRIED = 3  # addresses of one name: each may take the whole of connect_seconds


def resolve(host: str, port: int) -> list[str]:
    """By the system's resolver, each address once, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


Dial = Callable[[str, int, float], socket.socket]
"""Numeric address, port and seconds → an open connection. Raises OSError."""


def dial(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


def make_context() -> ssl.SSLContext:
    """The system's authorities; where it names none, certifi's."""
    paths = ssl.get_default_verify_paths()
    context = ssl.create_default_context()
    if not (paths.cafile or paths.capath):
        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a network rests on; tests put their own in place."""

    resolve: Resolve = resolve
    dial: Dial = dial
    make_context: Callable[[], ssl.SSLContext] = make_context


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An open connection, and the address at its other end."""

    socket: socket.socket
    address: str


class Network:
    """Opens connections. ``stop`` ends all that are open: what waits on them fails at once."""

    def __init__(self, options: FetchOptions, means: Means | None = None) -> None:
        self._options = options
        self._means = means or Means()
        self._context: ssl.SSLContext | None = None  # made for the first that needs it
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.is_stopped = False

    def connect(self, target: Target) -> Line | Rejected:
        addresses = self._find_addresses(target)
        if isinstance(addresses, Rejected):
            return addresses
        failure = refuse(target, "no address has that name")
        for address in addresses[:TRIED]:
            found = self._connect(target, address)
            if isinstance(found, Line):
                return found
            failure = found
        return failure

    def close(self, line: Line) -> None:
        with self._lock:
            self._open.discard(line.socket)
        line.socket.close()

    def stop(self) -> None:
        with self._lock:
            self.is_stopped = True
            for one in self._open:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it was closed by the other side

    def _find_addresses(self, target: Target) -> list[str] | Rejected:
        try:
            addresses = self._means.resolve(target.host, target.port)
        except (OSError, UnicodeError) as error:
            return refuse(target, f"the name {target.host!r} is not known: {_say(error)}")
        hidden = [address for address in addresses if not is_public(address)]
        if hidden and not self._options.allow_private:
            return Rejected(
                name=target.url,
                reason=Reason.PRIVATE,
                detail=f"{target.host!r} is {hidden[0]}, no public address; "
                "to ask it all the same: --allow-private",
            )
        return addresses

    def _connect(self, target: Target, address: str) -> Line | Rejected:
        seconds = self._options.connect_seconds
        where = f"{target.host!r} ({address}) port {target.port}"
        try:
            opened = self._means.dial(address, target.port, seconds)
        except TimeoutError:
            return refuse(target, f"{where}: no connection in {seconds:g} s", Reason.TIMEOUT)
        except OSError as error:
            return refuse(target, f"{where}: {_say(error)}")
        try:
            if target.scheme == "https":
                opened = self._secure(opened, target.host)
        except TimeoutError:
            opened.close()
            return refuse(target, f"{where}: no TLS in {seconds:g} s", Reason.TIMEOUT)
        except OSError as error:  # of TLS, too
            opened.close()
            return refuse(target, f"{where}: {_say(error)}")
        return self._keep(Line(socket=opened, address=address), target)

    def _secure(self, opened: socket.socket, host: str) -> ssl.SSLSocket:
        with self._lock:
            if self._context is None:
                self._context = self._means.make_context()
            context = self._context
        return context.wrap_socket(opened, server_hostname=host)

    def _keep(self, line: Line, target: Target) -> Line | Rejected:
        with self._lock:
            if not self.is_stopped:
                self._open.add(line.socket)
                return line
        line.socket.close()
        return refuse(target, "stopped")


def refuse(target: Target, detail: str, reason: Reason = Reason.UNREACHABLE) -> Rejected:
    return Rejected(name=target.url, reason=reason, detail=detail)


def _say(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed: {error.reason or error}"
    told = getattr(error, "strerror", None) or str(error)
    return str(told).lower()
