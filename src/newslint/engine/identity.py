"""What names a cause, and what names a diagnostic across runs."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from newslint.diagnostics import Diagnostic
from newslint.records import Facts
from newslint.source.pointer import escape

_SECRET = "/secured"  # noqa: S105 # a field's name


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


def keyed_pointer(prefix: str, facts: Facts) -> str:
    """Return the pointer of a description with its article's URL in place of its index.

    Where it has none its title takes the place, and only where it has neither the index stays.
    """
    name = facts.article or facts.title
    if not prefix or not name:
        return prefix
    return f"{prefix.rsplit('/', 1)[0]}/{escape(name)}"


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
    entries. The value goes in as a digest, and a secret one not at all.

    Args:
        diagnostic: Placed in its file.
        pointer: Its pointer with related entries keyed by URL.
        record: URL of the article that the file describes.
        provider: Domain of who published the article that it is about.
        cause: The name of its cause, where that is known already.
    """
    location = diagnostic.location
    value = "" if location.pointer.startswith(_SECRET) else diagnostic.value
    named = "\0".join((diagnostic.rule, location.path, pointer or location.pointer, value))
    if value == "":
        named += f"\0{diagnostic.message}"
    cause = cause or diagnostic.cause
    if not cause.startswith(diagnostic.rule + ":"):
        cause = cause_id(diagnostic, location.path)
    return diagnostic._replace(
        cause=cause, record=record, provider=provider or "", fingerprint=_digest(named, 8)
    )


def distinct(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return sorted `diagnostics` with equal fingerprints told apart by a counter."""
    seen: dict[str, int] = {}
    result = []
    for diagnostic in diagnostics:
        count = seen[diagnostic.fingerprint] = seen.get(diagnostic.fingerprint, 0) + 1
        if count > 1:
            fingerprint = f"{diagnostic.fingerprint}-{count}"
            result.append(diagnostic._replace(fingerprint=fingerprint))
        else:
            result.append(diagnostic)
    return result


@lru_cache(maxsize=16384)
def _cause(rule: str, own: str) -> str:
    """Return the name of a cause, given what tells it from others of its rule."""
    return f"{rule}:{_digest(own, 6)}"


def _digest(text: str, size: int) -> str:
    """Return a digest of `text`, `size` bytes long, in hexadecimal."""
    data = text.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=size).hexdigest()
