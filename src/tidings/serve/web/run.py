"""The local server: one process on one socket, quiet but for errors."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Event, Thread

import uvicorn
from starlette.applications import Starlette

from tidings.errors import TidingsError, Unavailable, WrongUse
from tidings.serve.web.app import make_app
from tidings.serve.web.desk import Answers

LOOPBACK = "127.0.0.1"
WILDCARDS = ("", "0.0.0.0", "::")  # noqa: S104 - named to be recognised, not bound


def run(
    engine: Answers,
    host: str = LOOPBACK,
    port: int = 0,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves until interrupted. ``ready`` is told the address once connections are taken; port 0
    is any free one. Raises ``Unavailable`` where the address can't be had."""
    with closing(listen(host, port)) as listener, suppress(KeyboardInterrupt):
        ready(address(listener))
        app = make_app(engine, () if host in WILDCARDS else (host,))
        with preparing(app.state.prepare):
            make_server(app).run(sockets=[listener])


@contextmanager
def preparing(prepare: Callable[[Callable[[], bool]], None]) -> Iterator[None]:
    """``prepare`` runs beside the block, and is told when that is over; what it may raise of ours
    a page will say."""
    over = Event()

    def work() -> None:
        with suppress(TidingsError):
            prepare(over.is_set)

    thread = Thread(target=work, name="tidings-prepare")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def listen(host: str, port: int) -> socket.socket:
    """A bound socket that takes connections already."""
    if not 0 <= port <= 65535:
        raise WrongUse(f"no port {port}; choose one from 1 to 65535, or 0 for any free one")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        problem = error.strerror or str(error)
        raise Unavailable(
            f"can't serve at {host}:{port} ({problem}); choose another: tidings serve --port 0"
        ) from error


def address(listener: socket.socket) -> str:
    """The URL that a browser on this machine opens."""
    host, port = listener.getsockname()[:2]
    if host in WILDCARDS:
        host = "::1" if ":" in host else LOOPBACK
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def make_server(app: Starlette) -> uvicorn.Server:
    """Not running yet; ``run(sockets=[…])`` runs it, ``should_exit`` ends it."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            lifespan="off",
            log_config=None,
            log_level="error",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            ws="none",
        )
    )
