"""No test of this folder may use the network beyond this machine."""

import socket
from collections.abc import Iterator

import pytest

from loopback import GOOD, forbid_network


@pytest.fixture(autouse=True, scope="session")
def loopback_range() -> None:
    """Skip these tests if the system has no more than one loopback address."""
    with socket.socket() as probe:
        try:
            probe.bind((GOOD, 0))
        except OSError:
            pytest.skip("the system has no loopback range")


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    refused = forbid_network(monkeypatch)
    yield
    assert refused == []
