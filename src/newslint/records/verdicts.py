"""Verdicts: whether the addresses of links and images answered when they were last asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Annotated, NamedTuple

import msgspec

_SIZE = 16
_CONFIRMATION = timedelta(days=1)
_FAILURES = 2
_UNCHANGED = 304

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class State(StrEnum):
    """The state of an address by its last answer."""

    ALIVE = "alive"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The last answer of an address.

    Attributes:
        address: The canonical address.
        state: Its state by that answer.
        time: When it was asked.
        status: The HTTP status; None if there was no answer.
        reason: Why there was no usable answer, such as `no such host`.
        final: The address that answered, if it is another one; for `moved`, the new address.
        etag: The validator `ETag`, for the next request.
        modified: The validator `Last-Modified`.
        type: The media type.
        size: Number of bytes.
        width: Width of an image in pixels.
        height: Height of an image in pixels.
        failures: Number of times in a row that it was gone; answers that prove neither are ignored.
        since: When it was gone first.
    """

    address: str
    state: State
    time: Instant
    status: int | None = None
    reason: str = ""
    final: str = ""
    etag: str = ""
    modified: str = ""
    type: str = ""
    size: Count | None = None
    width: Count | None = None
    height: Count | None = None
    failures: Count = 0
    since: Instant | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the address was gone twice, at least a day apart."""
        return (
            self.state is State.GONE
            and self.failures >= _FAILURES
            and self.since is not None
            and self.time - self.since >= _CONFIRMATION
        )

    @property
    def problem(self) -> str:
        """Why the address is gone, for messages: its status or the reason."""
        return self.reason or f"status {self.status}"

    @property
    def digest(self) -> bytes:
        """Digest of the verdict."""
        return blake2b(_encoder.encode(self), digest_size=_SIZE).digest()

    def after(self, before: "Verdict | None") -> "Verdict":
        """Complete a new verdict by the one before: count the failures in a row.

        If the address has not changed since (status 304), the properties of its content are kept.
        """
        if before is None:
            before = Verdict(address=self.address, state=State.UNKNOWN, time=self.time)
        if self.state is State.GONE:
            since = before.since or self.time
            return msgspec.structs.replace(self, failures=before.failures + 1, since=since)
        if self.state in (State.ALIVE, State.MOVED):
            return self if self.status != _UNCHANGED else self._keep_content(before)
        return msgspec.structs.replace(self, failures=before.failures, since=before.since)

    def _keep_content(self, before: "Verdict") -> "Verdict":
        """Copy the properties of the content from the verdict before."""
        return msgspec.structs.replace(
            self,
            status=before.status,
            etag=self.etag or before.etag,
            modified=self.modified or before.modified,
            type=before.type,
            size=before.size,
            width=before.width,
            height=before.height,
        )


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Verdict)


class Verdicts(msgspec.Struct, frozen=True, dict=True):
    """Verdicts by canonical address.

    Attributes:
        by_address: The verdicts.
    """

    by_address: Mapping[str, Verdict] = msgspec.field(default_factory=dict)

    def __len__(self) -> int:
        """Count the addresses."""
        return len(self.by_address)

    def __hash__(self) -> int:
        """Hash the digest."""
        return hash(self.digest)

    @cached_property
    def digest(self) -> bytes:
        """Digest of all verdicts; empty if there are none."""
        if not self.by_address:
            return b""
        return blake2b(write_lines(self).encode(), digest_size=_SIZE).digest()

    def find(self, address: str) -> Verdict | None:
        """Find the verdict on a canonical address."""
        return self.by_address.get(address)

    def recent(self, today: date, age: int) -> "Verdicts":
        """Select the verdicts that are at most `age` days old."""
        day, limit = datetime(today.year, today.month, today.day, tzinfo=UTC), timedelta(days=age)
        kept = {name: each for name, each in self.by_address.items() if day - each.time <= limit}
        return self if len(kept) == len(self.by_address) else Verdicts(kept)

    def merge(self, others: Iterable[Verdict]) -> "Verdicts":
        """Add verdicts; of two on one address, the newer one counts."""
        merged = dict(self.by_address)
        for each in others:
            known = merged.get(each.address)
            if known is None or (known.time, known.failures) < (each.time, each.failures):
                merged[each.address] = each
        return Verdicts(merged)


class VerdictLines(NamedTuple):
    """The verdicts in JSON Lines.

    Attributes:
        verdicts: The verdicts.
        damaged: Numbers of the lines that contain none.
    """

    verdicts: Verdicts
    damaged: tuple[int, ...] = ()


def write_lines(verdicts: Verdicts) -> str:
    """Write verdicts as JSON Lines, sorted by address, so that a change is a small difference."""
    ordered = (verdicts.by_address[name] for name in sorted(verdicts.by_address))
    return "".join(f"{_encoder.encode(each).decode()}\n" for each in ordered)


def read_lines(text: str) -> VerdictLines:
    """Read verdicts from JSON Lines; a line that is none is left out."""
    found: list[Verdict] = []
    damaged: list[int] = []
    for number, verdict in _decode_lines(text):
        if verdict is None:
            damaged.append(number)
        else:
            found.append(verdict)
    return VerdictLines(Verdicts().merge(found), tuple(damaged))


def _decode_lines(text: str) -> Iterator[tuple[int, Verdict | None]]:
    """Yield the number of each line that is not blank, and its verdict; None if it is damaged."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _decoder.decode(line)
            except (msgspec.MsgspecError, ValueError):
                yield number, None
