"""What names a cause, and what names a diagnostic across runs."""

from functools import lru_cache
from hashlib import blake2b

from newslint.diagnostics import Diagnostic


def cause_id(diagnostic: Diagnostic, article: str) -> str:
    """Return the name of what one repair would cure.

    Args:
        diagnostic: Its cause is what the rule gave; where that is empty, the article, the field and
            the message are the cause.
        article: Canonical URL of the article concerned, or the file where there is none.
    """
    location = diagnostic.location
    own = diagnostic.cause or f"{article}\0{location.pointer}\0{diagnostic.message}"
    return _cause(diagnostic.rule, own)


def caused(diagnostic: Diagnostic, article: str) -> Diagnostic:
    """Return `diagnostic` with the name of its cause, where that does not depend on the file.

    Args:
        diagnostic: One of a description, wherever it stands.
        article: Canonical URL of the article that the description is of; empty where it has none.
    """
    if not diagnostic.cause and not article:
        return diagnostic
    return diagnostic._replace(cause=cause_id(diagnostic, article))


def with_identity(
    diagnostic: Diagnostic,
    pointer: str,
    record: str,
    provider: str | None = None,
    *,
    cause: str = "",
) -> Diagnostic:
    """Return `diagnostic` with its fingerprint, and its cause where it has no name yet.

    A fingerprint names rule, path, pointer and value, so it survives moved lines and reordered
    entries. The value goes in as a digest; what is secret, no diagnostic holds.

    Args:
        diagnostic: Placed in its file.
        pointer: Its pointer with related entries keyed by URL.
        record: URL of the article that the file describes.
        provider: Domain of who published the article that it is about.
        cause: The name of its cause, where that is known already.
    """
    cause, path = cause or diagnostic.cause, diagnostic.location.path
    if not cause.startswith(diagnostic.rule + ":"):
        cause = cause_id(diagnostic, path)
    return diagnostic._replace(
        cause=cause,
        record=record,
        provider=provider or "",
        fingerprint=fingerprint(
            diagnostic.rule, path, pointer or diagnostic.location.pointer, told(diagnostic)
        ),
    )


def fingerprint(rule: str, path: str, pointer: str, what: str) -> str:
    """Return the fingerprint of a diagnostic.

    Args:
        rule: Its rule.
        path: Its file.
        pointer: Its pointer with related entries keyed by URL.
        what: What `told` returns of it.
    """
    return _digest(f"{rule}\0{path}\0{pointer}\0{what}", 8)


def told(diagnostic: Diagnostic) -> str:
    """Return what a fingerprint tells of a diagnostic besides rule and place."""
    return diagnostic.value or f"\0{diagnostic.message}"


class Distinct:
    """Tells equal fingerprints apart by a counter."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, named: str) -> str:
        """Return the fingerprint `named`, with a counter where it has occurred before."""
        count = self._seen[named] = self._seen.get(named, 0) + 1
        return f"{named}-{count}" if count > 1 else named


@lru_cache(maxsize=16384)
def _cause(rule: str, own: str) -> str:
    """Return the name of a cause, given what tells it from others of its rule."""
    return f"{rule}:{_digest(own, 6)}"


def _digest(text: str, size: int) -> str:
    """Return a digest of `text`, `size` bytes long, in hexadecimal."""
    data = text.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=size).hexdigest()
