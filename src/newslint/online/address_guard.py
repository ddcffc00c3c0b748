"""The guard of the network: which URLs may be asked, and which IP addresses connected to.

Records are hostile: an address in them may lead to the metadata service of a cloud, a router or a
database that only this machine can reach. The properties of Python's `ipaddress`, such as
`is_private` and `is_global`, are no guard: they differ between versions, and judge a wrapped
address such as `::ffff:100.100.100.200` in other ways. So this is a list of what is allowed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from yarl import URL

IPAddress = IPv4Address | IPv6Address

PORTS = {"http": 80, "https": 443}
"""The usual port of each scheme."""

_SPECIAL_V4 = [
    IPv4Network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
        *("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
    )
]
"""The networks of IANA's registry of special addresses, multicast and reserved ones included."""

_GLOBAL_V6 = IPv6Network("2000::/3")
_SPECIAL_V6 = [
    IPv6Network(each)
    for each in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]
_SIX_TO_FOUR = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")
_LAST_32_BITS = [IPv6Network(each) for each in ("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")]
"""Networks whose addresses end with an IPv4 address: mapped, translated and NAT64."""

_ISATAP = (0x00005EFE, 0x02005EFE)
_MASK = 0xFFFFFFFF


class BlockedError(OSError):
    """A URL or an address that must not be asked; the message is the reason."""


@dataclass(frozen=True)
class AddressGuard:
    """Decides which URLs may be asked, and which IP addresses connected to.

    Attributes:
        also: Networks that are allowed, although they are not public: for tests.
    """

    also: tuple[IPv4Network | IPv6Network, ...] = ()

    def check_url(self, text: str) -> URL:
        """Parse a URL and check it, without a look at where its host leads.

        Raises:
            BlockedError: It must not be asked.
        """
        try:
            url = URL(text)
            host, port = url.host, url.port
        except (ValueError, UnicodeError) as error:
            raise BlockedError("not asked: no valid URL") from error
        if url.scheme not in PORTS or not host:
            raise BlockedError("not asked: no http or https URL")
        if url.user is not None or url.password is not None:
            raise BlockedError("not asked: the URL contains credentials")
        if port not in PORTS.values():
            raise BlockedError(f"not asked: port {port} is unusual")
        literal = _parse(host)
        if literal is not None:
            self.require(host)
        return url.with_fragment(None)

    def require(self, address: str) -> None:
        """Check an IP address before a connection to it.

        Raises:
            BlockedError: It is not public.
        """
        parsed = _parse(address)
        if parsed is None or not self._allows(parsed):
            raise BlockedError(f"not asked: {address} is no public address")

    def _allows(self, address: IPAddress) -> bool:
        """Check if an address, and all addresses that are wrapped in it, are allowed."""
        if any(address in network for network in self.also):
            return True
        wrapped = list(_unwrap(address))
        if wrapped:
            return all(map(is_public_v4, wrapped))
        return is_public_v4(address) if isinstance(address, IPv4Address) else _is_public_v6(address)


def is_public_v4(address: IPv4Address) -> bool:
    """Check if an address is global unicast."""
    return not any(address in network for network in _SPECIAL_V4)


def _is_public_v6(address: IPv6Address) -> bool:
    """Check if an address is global unicast, and is bound to no interface of this machine."""
    return (
        address.scope_id is None
        and address in _GLOBAL_V6
        and not any(address in network for network in _SPECIAL_V6)
    )


def _unwrap(address: IPAddress) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses to which an IPv6 address leads."""
    if isinstance(address, IPv4Address):
        return
    number = int(address)
    last = IPv4Address(number & _MASK)
    if any(address in network for network in _LAST_32_BITS):
        yield last
    elif address in _SIX_TO_FOUR:
        yield IPv4Address(number >> 80 & _MASK)
        if number >> 32 & _MASK in _ISATAP:
            yield last
    elif address in _TEREDO:
        yield IPv4Address(number >> 64 & _MASK)
        yield IPv4Address(number & _MASK ^ _MASK)
    elif address in _GLOBAL_V6 and number >> 32 & _MASK in _ISATAP:
        yield last


def _parse(text: str) -> IPAddress | None:
    """Parse an IP address; None if it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None
