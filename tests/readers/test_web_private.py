"""No request goes to a private network, by no way; TLS is checked."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rude_server import Reply, RudeServer, redirect, serving
from web_fakes import LOOPBACK, PUBLIC, QUICK, Bench

from tidings.model import Rejected
from tidings.readers.web.network import Means, make_context
from tidings.readers.web.targets import Target, follow, is_public, parse_target

OPEN = replace(QUICK, allow_private=False)


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with serving() as one:
        yield one


class Names:
    """A resolver that changes its mind: each answer in turn, the last for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        del port
        self.asked.append(host)
        left = self._answers[host.partition(".")[0]]
        return left.pop(0) if len(left) > 1 else left[0]


def make_bench(folder: Path, names: Names) -> Bench:
    means = replace(LOOPBACK, resolve=names.resolve)
    return Bench(folder=folder / "x.warc", options=OPEN, means=means)


def test_a_public_name_is_asked_and_a_private_one_is_not(
    server: RudeServer, tmp_path: Path
) -> None:
    server.paths["/page"] = Reply()
    names = Names(a=[[f"{PUBLIC}8"]], b=[["127.0.0.1"]], c=[[f"{PUBLIC}8", "10.0.0.1"]])
    bench = make_bench(tmp_path, names)
    bench.fetch(*(server.url("/page", host) for host in ("a.test", "b.test", "c.test")))
    assert [(one.name[7:8], str(one.reason)) for one in bench.told] == [
        ("b", "private"),
        ("c", "private"),
    ]
    assert "--allow-private" in bench.told[0].detail
    assert {one.host for one in server.seen} == {"a.test"}


@pytest.mark.parametrize(
    "where",
    ["http://b.test:{port}/inside", "http://127.0.0.1:{port}/inside", "http://[::1]:{port}/inside"],
)
def test_a_redirect_into_a_private_network_is_not_followed(
    server: RudeServer, tmp_path: Path, where: str
) -> None:
    server.paths["/page"] = redirect(where.format(port=server.port))
    server.paths["/inside"] = Reply()

    def resolve(host: str, port: int) -> list[str]:
        del port
        known = {"a.test": f"{PUBLIC}8", "b.test": "192.168.1.1"}
        return [known.get(host, host)]

    means = replace(LOOPBACK, resolve=resolve)
    bench = Bench(folder=tmp_path / "x.warc", options=OPEN, means=means)
    assert bench.reasons(server.url("/page")) == {"/page": "private"}
    assert "redirected to" in bench.told[0].detail
    assert "/inside" not in server.asked()


def test_a_name_that_turns_private_after_the_check_gains_nothing(
    server: RudeServer, tmp_path: Path
) -> None:
    """DNS rebinding: a connection is one resolution; it goes to the address that was checked."""
    server.paths["/page"] = Reply()
    names = Names(a=[[f"{PUBLIC}8"], ["127.0.0.1"]])
    dialled: list[str] = []

    def dial(address: str, port: int, seconds: float) -> object:
        dialled.append(address)
        return LOOPBACK.dial(address, port, seconds)

    means = Means(resolve=names.resolve, dial=dial)  # type: ignore[arg-type]
    bench = Bench(folder=tmp_path / "x.warc", options=OPEN, means=means)
    assert bench.reasons(server.url("/page")) == {"/page": "private"}
    assert dialled == [f"{PUBLIC}8"]  # robots.txt alone
    assert len(names.asked) == 2


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254",
        "172.16.0.1", "192.0.0.1", "192.168.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fec0::1", "ff02::1",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a00:1",
        "64:ff9b::7f00:1", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a00:1::1", "2001:0:1::1",
        "2001:db8::1", "nonsense",
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "193.0.6.139", "2a00:1450::1",
        "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ],
)  # fmt: skip
def test_addresses_that_are_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost"])
def test_odd_spellings_of_this_machine_are_found_out_by_what_they_resolve_to(
    tmp_path: Path, host: str
) -> None:
    bench = Bench(folder=tmp_path / "x.warc", options=OPEN, means=Means())
    bench.fetch(f"http://{host}:9/x")
    assert [str(one.reason) for one in bench.told] == ["private"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG:80/a b?q=ü#part", "http://example.org/a%20b?q=%C3%BC"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://example.org/a%20b%C3%BC", "https://example.org/a%20b%C3%BC"),
        ("https://example.org/a\r\nHost: evil", "https://example.org/aHost:%20evil"),
    ],
)
def test_addresses_are_written_one_way(url: str, expected: str) -> None:
    found = parse_target(url)
    assert isinstance(found, Target)
    assert found.url == expected


@pytest.mark.parametrize(
    "url", ["", "x", "http://", "http://a b/", "http://[::1", "http://a:99999/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert isinstance(parse_target(url), Rejected)


def test_where_a_redirect_leads() -> None:
    start = parse_target("https://example.org/a/b?c=1")
    assert isinstance(start, Target)
    found = [follow(start, where) for where in ("../d", "?e", "//other.example/f", " /g ")]
    assert [one.url for one in found if isinstance(one, Target)] == [
        "https://example.org/d",
        "https://example.org/a/b?e",
        "https://other.example/f",
        "https://example.org/g",
    ]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Self-signed, for a.test; made by openssl, for want of a library that makes them."""
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=a.test", "-addext", "subjectAltName=DNS:a.test",
        "-keyout", str(made), "-out", f"{made}.crt",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no openssl to make a certificate with")
    made.write_bytes(made.read_bytes() + Path(f"{made}.crt").read_bytes())
    return made


@pytest.fixture
def tls(certificate: Path) -> Iterator[RudeServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as one:
        one.paths["/page"] = Reply()
        yield one


def test_a_certificate_that_is_not_to_be_trusted_is_told(tls: RudeServer, tmp_path: Path) -> None:
    bench = Bench(folder=tmp_path / "x.warc")
    assert bench.reasons(tls.url("/page")) == {"/page": "unreachable"}
    assert "certificate" in bench.told[0].detail
    assert tls.seen == []


def test_a_certificate_is_checked_for_the_name(
    tls: RudeServer, tmp_path: Path, certificate: Path
) -> None:
    def trusting() -> ssl.SSLContext:
        context = make_context()
        context.load_verify_locations(f"{certificate}.crt")
        return context

    bench = Bench(folder=tmp_path / "x.warc", means=replace(LOOPBACK, make_context=trusting))
    found = bench.reasons(tls.url("/page", "a.test"), tls.url("/page", "b.test"))
    assert found == {"/page": "unreachable"}
    assert bench.told[0].name.startswith("https://b.test")
    assert tls.asked() == ["/page"]


def test_a_server_that_talks_no_tls_is_told(server: RudeServer, tmp_path: Path) -> None:
    bench = Bench(folder=tmp_path / "x.warc")
    bench.fetch(server.url("/page").replace("http:", "https:"))
    assert [str(one.reason) for one in bench.told] in (["unreachable"], ["timeout"])
