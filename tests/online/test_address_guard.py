"""Hostile addresses are never connected to, however they are written or resolved."""

import socket
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopback import (
    FORBIDDEN,
    GOOD,
    GUARD,
    Answer,
    Asked,
    FakeResolver,
    answer,
    probe,
    question,
    redirect,
    serve,
)
from newslint.online.address_guard import AddressGuard, BlockedError
from newslint.online.client import Client, Endpoint
from newslint.records.verdicts import State

ODD_NAMES = ("localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.")
"""Names that the resolver of a system leads to this machine."""

PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "::ffff:8.8.8.8"]
HOSTILE = [
    "0.0.0.0",  # noqa: S104 # an address to refuse
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    FORBIDDEN,
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:100.100.100.200",
    "::ffff:0:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::",
    "2001:0:101:101::5601:5601",
    "2001:db8::1",
    "2606:4700::5efe:7f00:1",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "2606:4700::1111%lo",
    "ff02::1",
]
SPELLINGS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://[::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://localhost/",
    "http://good.test@127.0.0.1/",
    "http://good.test:80@127.0.0.1/",
    "http://user:secret@good.test/",
    "http://good.test:22/",
    "http://good.test:6379/",
    "https://good.test:8443/",
    "http://good.test:0/",
    "http://good.test:99999/",
    "ftp://good.test/",
    "file:///etc/passwd",
    "gopher://good.test/",
    "javascript:alert(1)",
    "http:///x",
    "http://[::1",
    "http://127.0.0.1\\@good.test/",
    "http://good.test\\@127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.test/",
    "http://mixed.test/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    AddressGuard().require(address)


@pytest.mark.parametrize("address", HOSTILE)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(BlockedError, match="no public address"):
        AddressGuard().require(address)


def wrap(address: IPv4Address) -> list[str]:
    """Wrap an IPv4 address in IPv6 in all known ways."""
    number = int(address)
    forms = [
        0xFFFF << 32 | number,
        0x64FF9B << 96 | number,
        0x2002 << 112 | number << 80 | 1,
        0x2001 << 112 | number << 64 | (int(IPv4Address("1.1.1.1")) ^ 0xFFFFFFFF),
        0x2001 << 112 | int(IPv4Address("1.1.1.1")) << 64 | (number ^ 0xFFFFFFFF),
        0x2606 << 112 | 0x5EFE << 32 | number,
    ]
    return [str(IPv6Address(each)) for each in forms]


@given(st.ip_addresses(v=4))
def test_a_wrapped_address_is_allowed_only_if_it_is_allowed_itself(address: Any) -> None:
    guard = AddressGuard()

    def allows(text: str) -> bool:
        try:
            guard.require(text)
        except BlockedError:
            return False
        return True

    assert {allows(each) for each in wrap(address)} == {allows(str(address))}
    assert not allows(str(address)) or not address.is_multicast


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all sockets that the client opens."""
    found: list[str] = []
    original = Client._open_socket  # noqa: SLF001 # the last place before a connection

    def record(self: Client, info: tuple[Any, ...]) -> socket.socket:
        made = original(self, info)
        found.append(info[4][0])
        return made

    monkeypatch.setattr(Client, "_open_socket", record)
    return found


def reach(
    url: str, opened: list[str], hosts: dict[str, list[Endpoint]] | None = None, target: str = ""
) -> State:
    """Ask a URL, or one that redirects there; hold that only the good server was connected to."""

    def respond(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return answer(404)
        return redirect(target, 302) if target else answer()

    with serve(respond) as good, serve(lambda _: answer(), address=FORBIDDEN) as hostile:
        known = {
            "metadata.test": [Endpoint("169.254.169.254", 80)],
            "mixed.test": [good.endpoint, hostile.endpoint],
            "forbidden.test": [hostile.endpoint],
            **{each: [hostile.endpoint] for each in ODD_NAMES},
            **(hosts or {}),
        }
        resolver = FakeResolver(good, known)
        (found,) = probe(resolver, [question(url)]).values()
        assert hostile.log == []
        assert not target or good.asked()
    assert {*opened} <= {GOOD}
    return found.state


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_hostile_address_is_reached(url: str, opened: list[str]) -> None:
    assert reach(url, opened) in (State.UNKNOWN, State.GONE)
    assert opened == []


@pytest.mark.parametrize("target", [*SPELLINGS, "http://forbidden.test/"])
def test_no_redirect_leads_to_a_hostile_address(target: str, opened: list[str]) -> None:
    assert reach("http://good.test/x", opened, target=target) in (State.UNKNOWN, State.GONE)


@pytest.mark.parametrize("address", HOSTILE)
def test_no_name_leads_to_a_hostile_address(address: str, opened: list[str]) -> None:
    hosts = {"evil.test": [Endpoint(address, 80)]}
    assert reach("http://evil.test/", opened, hosts) is State.UNKNOWN
    assert opened == []


def test_a_name_that_leads_elsewhere_the_second_time_is_checked_again(opened: list[str]) -> None:
    with serve(lambda _: answer(404)) as good, serve(lambda _: answer(), address=FORBIDDEN) as bad:

        class Rebinding(FakeResolver):
            async def __call__(self, host: str, port: int):
                await super().__call__(host, port)
                return [good.endpoint if len(self.queries) == 1 else bad.endpoint]

        resolver = Rebinding(good)
        (found,) = probe(resolver, [question("http://rebind.test/x")]).values()
        assert [each.path for each in good.log] == ["/robots.txt"]
        assert bad.log == []
    assert found.state is State.UNKNOWN
    assert "no public address" in found.reason
    assert opened == [GOOD]
    assert len(resolver.queries) == 2  # once for each connection, which uses what was checked


def test_the_guard_of_tests_allows_one_address_more() -> None:
    GUARD.require(GOOD)
    with pytest.raises(BlockedError):
        AddressGuard().require(GOOD)
