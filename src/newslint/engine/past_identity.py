"""The fingerprints that diagnostics had in earlier versions, so that old baselines still match."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Occurrence
from newslint.engine.identity import (
    FingerprintCounter,
    fingerprint,
    identity_path,
    identity_value,
)
from newslint.records.urls import POINTER_URL_VERSION, POINTER_URLS
from newslint.rules.file.duplicate_key import DuplicateKey
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.pointer import escape_key

FINGERPRINT_VERSION = 3
"""The version of fingerprints.

In version 1 they contained the message if the diagnostic had no value; in version 2 those of
`duplicate-key` did not contain the key.
"""

_NO_MESSAGES = 2
_KEYS = 3


class IdentityVersion(NamedTuple):
    """What fingerprints are made of: the version of their values, and that of URLs in pointers."""

    values: int = FINGERPRINT_VERSION
    urls: int = POINTER_URL_VERSION

    def __str__(self) -> str:
        """Format the version for the header of a baseline."""
        return f"{self.values}.{self.urls}"

    @property
    def is_known(self) -> bool:
        """Whether this newslint can compute such fingerprints."""
        return 1 <= self.values <= FINGERPRINT_VERSION and self.urls in POINTER_URLS


def past_fingerprints(diagnostics: Iterable[Diagnostic], version: IdentityVersion) -> Iterator[str]:
    """Yield the fingerprints that diagnostics had in an earlier version.

    Args:
        diagnostics: Those of a report, in its order.
        version: The version.
    """
    counters: dict[str, FingerprintCounter] = {}
    pointer_url = POINTER_URLS[version.urls]
    for each in diagnostics:
        pointer = _past_key(each.occurrence, pointer_url) + each.local_location.pointer
        value = _past_value(each, version.values)
        path = identity_path(each.path, each.record)
        count = counters.setdefault(path, FingerprintCounter())
        yield count(fingerprint(each.rule, path, pointer, value))


def _past_key(occurrence: Occurrence, pointer_url: Callable[[str], str]) -> str:
    """Compute the key of an occurrence with an earlier form of URLs."""
    if not occurrence.entry_url:
        return occurrence.key
    listed = occurrence.prefix.rpartition("/")[0]
    return f"{listed}/{escape_key(pointer_url(occurrence.entry_url))}"


def _past_value(diagnostic: Diagnostic, version: int) -> str:
    """Determine the part of a fingerprint besides rule and place in an earlier version."""
    if version < _NO_MESSAGES:
        return diagnostic.value or f"\0{_past_message(diagnostic.message)}"
    if version < _KEYS and diagnostic.rule == DuplicateKey.id:
        return diagnostic.value
    return identity_value(diagnostic)


def _past_message(message: str) -> str:
    """Determine the message of version 1 of a diagnostic without a value."""
    unused = _UNUSED.fullmatch(message)
    if unused:
        return f"nothing {unused[2]} to silence for {unused[1].replace(' and ', ', ')}"
    for pattern, old in _PAST_MESSAGES:
        message = pattern.sub(old, message)
    return message


_UNUSED = lazy_pattern("unused suppression: ('[^:]*') reports? nothing (here|in this file)")

_PAST_MESSAGES = tuple(
    (lazy_pattern(new), old)
    for new, old in (
        (r"\A(the (?:file|front matter) is empty)\Z", r"\1; it holds no record"),
        (r"; YAML parsers keep the last\Z", "; YAML parsers silently keep the last"),
        (r"matches none of (\d+) allowed alternatives", r"is none of the \1 things that it may be"),
        (
            "matches more than one of the allowed alternatives",
            "is more than one of the things that it may be",
        ),
        ("lacks a required item", "lacks an entry that it must have"),
        ("contains an item twice", "holds an entry twice"),
        (r"\A(a byte-order mark) is (inside)", r"\1 stands \2"),
        (r"\A(an entry of a list) is (among)", r"\1 stands \2"),
        (r"\A(this line) is (in a list)", r"\1 stands \2"),
        (r"(cannot) be (between brackets)", r"\1 stand \2"),
        (r"(') is (inside the value that it refers to)", r"\1 stands \2"),
        (r"\A(aliases) expand to", r"\1 stand for"),
    )
)
"""Messages that have changed since version 1: patterns, and the replacements that restore them."""
