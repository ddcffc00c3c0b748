"""One request: guarded, without cookies, cut off, and with every failure as a value."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, Self
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from newslint._manual import page_address
from newslint._version import __version__
from newslint.online.address_guard import AddressGuard, BlockedError

MAX_BODY = 64 * 1024
"""Bytes of a body that are read; then the connection is closed."""

AGENT = "newslint"
"""The name by which `robots.txt` addresses newslint."""

USER_AGENT = f"{AGENT}/{__version__} (link checker; +{page_address('online')})"
_MAX_LINE = 8190
_MAX_ADDRESSES = 4
_CHUNK = 8192
_NOT_FOUND = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Endpoint(NamedTuple):
    """An IP address and a port that a host leads to."""

    address: str
    port: int


Resolve = Callable[[str, int], Awaitable[Sequence[Endpoint]]]
"""Looks up the endpoints of a host and port; raises `NoSuchHostError` or another `OSError`."""


class NoSuchHostError(OSError):
    """There is no host of a name."""


async def resolve_by_system(host: str, port: int) -> list[Endpoint]:
    """Look up the addresses of a host as the system does.

    Raises:
        NoSuchHostError: There is no such host.
        OSError: The look-up failed.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in _NOT_FOUND:
            raise NoSuchHostError(host) from error
        raise
    except UnicodeError as error:  # a name that DNS cannot contain
        raise NoSuchHostError(host) from error
    return [Endpoint(str(address[0]), int(address[1])) for *_, address in found]


class Reply(NamedTuple):
    """The answer to a request, or why there is none.

    Attributes:
        status: The HTTP status; None if there is no answer.
        headers: The headers, by names in lower case.
        body: The start of the body.
        error: Why there is no answer; empty if there is one.
        has_no_host: Whether there is no such host.
    """

    status: int | None = None
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    error: str = ""
    has_no_host: bool = False


class _GuardedResolver(AbstractResolver):
    """Resolves a host once for each connection, and passes on nothing but allowed addresses."""

    def __init__(self, resolve: Resolve, guard: AddressGuard) -> None:
        self._resolve = resolve
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve a host.

        Raises:
            BlockedError: It leads to an address that is not allowed.
            OSError: It cannot be resolved.
        """
        del family
        found = await self._resolve(host, port)
        if not found:
            raise NoSuchHostError(host)
        for address, _ in found:
            self._guard.require(address)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=real_port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address, real_port in found[:_MAX_ADDRESSES]
        ]

    async def close(self) -> None:
        """Release nothing."""


@dataclass
class Client:
    """Sends single requests; use it as an asynchronous context manager.

    Attributes:
        guard: Decides what may be asked.
        resolve: Looks up hosts.
        timeout: Seconds that a request may take.
        connections: Number of connections at the same time.
        use_proxy: Whether to use the proxy that the environment names.
    """

    guard: AddressGuard = field(default_factory=AddressGuard)
    resolve: Resolve = resolve_by_system
    timeout: float = 30.0
    connections: int = 32
    use_proxy: bool = False
    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        options: dict[str, Any] = {}
        if not self.use_proxy:  # which has an address of its own, and resolves hosts itself
            resolver = _GuardedResolver(self.resolve, self.guard)
            options = {"resolver": resolver, "socket_factory": self._open_socket}
        connector = aiohttp.TCPConnector(
            limit=self.connections,
            limit_per_host=1,
            use_dns_cache=False,
            force_close=True,
            **options,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=self.timeout),
            headers={"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
            max_line_size=_MAX_LINE,
            max_field_size=_MAX_LINE,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(self, url: str, method: str, headers: Mapping[str, str]) -> Reply:
        """Send a request, without following redirects.

        Args:
            url: The URL.
            method: `HEAD` or `GET`.
            headers: Further headers.
        """
        try:
            checked = self.guard.check_url(url)
            async with asyncio.timeout(self.timeout):
                return await self._send(checked, method, headers)
        except Exception as error:  # noqa: BLE001 # no answer of a server may end the run
            return _explain(error)

    async def _send(self, url: URL, method: str, headers: Mapping[str, str]) -> Reply:
        """Send a request and read the start of the body."""
        if self._session is None:
            raise RuntimeError("the client is not open")
        request = self._session.request(
            method,
            url,
            headers=headers,
            allow_redirects=False,
            proxy=self._find_proxy(url),
        )
        async with request as response:
            body = await _read_start(response) if method == "GET" else b""
            found = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status, found, body)

    def _find_proxy(self, url: URL) -> str | None:
        """Find the proxy for a URL in the environment, if the settings want one."""
        if not self.use_proxy or proxy_bypass(url.host or ""):
            return None
        return getproxies().get(url.scheme)

    def _open_socket(self, info: tuple[Any, ...]) -> socket.socket:
        """Open a socket for a connection, after a last check of the address.

        A host that is an IP address itself does not pass through the resolver.

        Raises:
            BlockedError: The address is not allowed.
        """
        family, kind, protocol, _, address = info
        self.guard.require(address[0])
        return socket.socket(family, kind, protocol)


def _explain(error: Exception) -> Reply:
    """Convert an exception of a request to a reply without a status."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        error = error.os_error
        if isinstance(error, NoSuchHostError):
            return Reply(error="no such host", has_no_host=True)
        reason = str(error) if isinstance(error, BlockedError) else "the name cannot be resolved"
        return Reply(error=reason)
    if isinstance(error, BlockedError):
        return Reply(error=str(error))
    reasons = {
        (ssl.SSLError, ssl.CertificateError, aiohttp.ClientSSLError): "no valid TLS",
        (TimeoutError,): "no answer in time",
        (aiohttp.ClientConnectionError, OSError): "no connection",
    }
    found = (reason for kinds, reason in reasons.items() if isinstance(error, kinds))
    return Reply(error=next(found, "no valid HTTP"))


async def _read_start(response: aiohttp.ClientResponse) -> bytes:
    """Read at most `MAX_BODY` bytes of a body; what was read counts if the rest fails."""
    body = bytearray()
    with suppress(aiohttp.ClientError, OSError):
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) >= MAX_BODY:
                break
    response.close()
    return bytes(body[:MAX_BODY])
