"""Servers on the loopback range, and a resolver and a clock for the prober; nothing leaves here."""

import asyncio
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any, NamedTuple

from newslint.online.address_guard import AddressGuard
from newslint.online.client import Client, Endpoint, NoSuchHostError
from newslint.online.prober import ProbeLimits, Prober
from newslint.online.question import Question
from newslint.records.urls import canonical_url
from newslint.records.verdicts import Verdict, Verdicts

GOOD = "127.0.0.2"
"""The address of the server that may be asked."""

FORBIDDEN = "127.0.0.66"
"""The address of a server that nobody may reach; it is one of this machine, too."""

GUARD = AddressGuard(also=(ip_network(f"{GOOD}/32"),))
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
ROBOTS = "/robots.txt"


class Asked(NamedTuple):
    """A request that a server received.

    Attributes:
        host: The host in the header `Host`.
        method: The method.
        path: The path with its query.
        seconds: The time by the clock of the test.
        headers: The headers in lower case.
    """

    host: str
    method: str
    path: str
    seconds: float
    headers: dict[str, str]

    @property
    def url(self) -> str:
        """The URL without its scheme."""
        return self.host + self.path


Answer = bytes | Iterable[bytes]
Respond = Callable[[Asked], Answer]
"""Creates the bytes of an answer, or parts of them."""


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """Build an answer; `content_type="x"` is the header `content-type`."""
    lines = [f"HTTP/1.1 {status} Status", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(place: str, status: int = 301) -> bytes:
    """Build a redirect."""
    return answer(status, location=place)


class LoopbackServer(socketserver.ThreadingTCPServer):
    """A server that answers as a function says, and keeps a log.

    Attributes:
        log: The requests.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self,
        respond: Respond,
        seconds: Callable[[], float],
        address: str,
        certificate: Path | None = None,
    ) -> None:
        super().__init__((address, 0), _Handler)
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.respond = respond
        self.seconds = seconds
        self.log: list[Asked] = []
        self.stopped = threading.Event()

    @property
    def endpoint(self) -> Endpoint:
        """The address and the port."""
        return Endpoint(*self.server_address[:2])

    def asked(self) -> list[Asked]:
        """List the requests without those for the rules of sites."""
        return [each for each in self.log if each.path != ROBOTS]


_TLS = b"\x16"
"""The first byte of a TLS connection."""

SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNfMKmSEwBCeMwWOm
bR4ztaFyKP/46PPWKHAI9XG0LuihRANCAARVTKwB+7F6zxwb5IMdJt44nuT8vq3/
HCKbk+GKsykErVxw5oDglkDzWg8zmCctKJCgmXJLTjzpq7tVIraN0aA2
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBjDCCATKgAwIBAgIUHc7mFdX3+P9ZKeunn0jorqFfLKEwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGYS50ZXN0MCAXDTI2MTEzMDAyMTgyNVoYDzIxMjYxMTA2MDIx
ODI1WjARMQ8wDQYDVQQDDAZhLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AARVTKwB+7F6zxwb5IMdJt44nuT8vq3/HCKbk+GKsykErVxw5oDglkDzWg8zmCct
KJCgmXJLTjzpq7tVIraN0aA2o2YwZDAdBgNVHQ4EFgQUuD/IEf+xV1VlibcZnTxl
GoA7qz4wHwYDVR0jBBgwFoAUuD/IEf+xV1VlibcZnTxlGoA7qz4wDwYDVR0TAQH/
BAUwAwEB/zARBgNVHREECjAIggZhLnRlc3QwCgYIKoZIzj0EAwIDSAAwRQIgSqA6
8lgkG5EM6LrbusNdnFdbpoRAWHfpH6+yp+LN1mgCIQCTtbhWYw6yqIZAkkQ4P9rW
4MqdgMdE0eRBsW0d3yP2Rg==
-----END CERTIFICATE-----
"""
"""A key and a certificate for `a.test` that no authority has signed; they protect nothing."""


class _Handler(socketserver.StreamRequestHandler):
    timeout = 20
    server: LoopbackServer

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            if self.rfile.peek(1)[:1] == _TLS:  # type: ignore[attr-defined] # it is buffered
                self.wfile.write(b"no TLS")
                return
            first = self.rfile.readline(65536).decode("latin-1").split()
            headers = {}
            while (line := self.rfile.readline(65536).decode("latin-1").strip()) != "":
                name, _, text = line.partition(":")
                headers[name.lower()] = text.strip()
            host = headers.get("host", "").partition(":")[0]
            asked = Asked(host, first[0], first[1], self.server.seconds(), headers)
            self.server.log.append(asked)
            found = self.server.respond(asked)
            for part in [found] if isinstance(found, bytes) else found:
                if self.server.stopped.is_set():
                    return
                self.wfile.write(part)


@contextmanager
def serve(
    respond: Respond,
    seconds: Callable[[], float] = lambda: 0.0,
    address: str = GOOD,
    certificate: Path | None = None,
) -> Iterator[LoopbackServer]:
    """Run a server in a thread, with TLS if there is a file with a key and a certificate."""
    server = LoopbackServer(respond, seconds, address, certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


class FakeClock:
    """A clock that moves only while nothing runs, so that tests do not wait."""

    def __init__(self) -> None:
        self.time = 0.0

    def seconds(self) -> float:
        return self.time

    def now(self) -> datetime:
        return START + timedelta(seconds=int(self.time))

    async def wait(self, tasks: Collection["asyncio.Task[Any]"], seconds: float | None) -> None:
        if tasks:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        elif seconds is not None:
            self.time += seconds
            await asyncio.sleep(0)


class FakeResolver:
    """Leads hosts to endpoints. All hosts below `.test` lead to the server; others do not exist.

    Attributes:
        queries: The hosts that were looked up.
    """

    def __init__(
        self, server: LoopbackServer | Endpoint, hosts: dict[str, Sequence[Endpoint]] | None = None
    ) -> None:
        self.endpoint = server.endpoint if isinstance(server, LoopbackServer) else server
        self.hosts = hosts or {}
        self.queries: list[str] = []

    async def __call__(self, host: str, _port: int) -> Sequence[Endpoint]:
        self.queries.append(host)
        if host in self.hosts:
            return self.hosts[host]
        if host.endswith(".test"):
            return [self.endpoint]
        raise NoSuchHostError(host)


def question(url: str, *, is_image: bool = False) -> Question:
    return Question(canonical_url(url), url, is_image)


NOTHING = Verdicts()
NO_LIMITS = ProbeLimits()


def probe(  # noqa: PLR0913 # independent values
    resolver: FakeResolver,
    questions: Iterable[Question],
    *,
    clock: FakeClock | None = None,
    known: Verdicts = NOTHING,
    limits: ProbeLimits = NO_LIMITS,
    timeout: float = 60.0,
) -> dict[str, Verdict]:
    """Ask addresses and return the verdicts by address."""
    found: dict[str, Verdict] = {}

    def report(verdict: Verdict) -> None:
        assert verdict.address not in found
        found[verdict.address] = verdict

    async def run() -> None:
        async with Client(GUARD, resolver, timeout) as client:
            await Prober(client, known, report, limits, clock or FakeClock()).run(questions)

    asyncio.run(run())
    return found


def forbid_network(patch: Any) -> list[Any]:
    """Make connections out of the loopback range, and look-ups of names, fail; return them."""
    refused: list[Any] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(("127.", "::1")):
            refused.append(address)
            raise AssertionError(f"a connection to {address}")
        connect(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in (None, "localhost", GOOD, FORBIDDEN):
            refused.append(host)
            raise AssertionError(f"a look-up of {host}")
        return look_up(host, *arguments, **options)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    return refused
