"""The cause id and the fingerprint of a diagnostic."""

from functools import lru_cache
from hashlib import blake2b

from newslint.diagnostics import Diagnostic
from newslint.documents.rows import split_row


def assign_cause(diagnostic: Diagnostic, article: str) -> Diagnostic:
    """Replace the cause of a diagnostic by a cause id.

    Args:
        diagnostic: A diagnostic with the cause that the rule chose; if that is empty, the cause
            consists of article, field and value.
        article: Canonical URL of the article, or the file's path if there is none.
    """
    location = diagnostic.location
    value = identity_value(diagnostic)
    given = diagnostic.cause or f"{article}\0{location.pointer}\0{value}"
    return diagnostic.replace(cause=_cause_id(diagnostic.rule, given))


def identity_value(diagnostic: Diagnostic) -> str:
    """Return the part of a fingerprint besides rule and place; never the message."""
    return diagnostic.value or diagnostic.identity


def identity_path(path: str, record: str) -> str:
    """Determine the part of a fingerprint that names the file.

    Rows with numbers are identified by the URLs of their records, as rows may be added before them.

    Args:
        path: The file.
        record: The URL of its record; empty if unknown.
    """
    row = split_row(path)
    if row is None or not record or not row[1].isdecimal():
        return path
    return f"{row[0]}#{record}"


def fingerprint(rule: str, path: str, pointer: str, value: str) -> str:
    """Compute the fingerprint of a diagnostic, which survives moved lines and reordered entries.

    Args:
        rule: Its rule.
        path: Its file.
        pointer: Its pointer, with the URL of a related entry in place of its index.
        value: Its `identity_value`; only a digest of it is visible.
    """
    return _hex_digest(f"{rule}\0{path}\0{pointer}\0{value}", 8)


class FingerprintCounter:
    """Distinguishes equal fingerprints of a file by a counter."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, fingerprint: str) -> str:
        """Add a counter to a fingerprint that has occurred before."""
        count = self._seen[fingerprint] = self._seen.get(fingerprint, 0) + 1
        return f"{fingerprint}-{count}" if count > 1 else fingerprint


@lru_cache(maxsize=16384)
def _cause_id(rule: str, given: str) -> str:
    """Compute a cause id from a text that distinguishes the cause from others of its rule."""
    return f"{rule}:{_hex_digest(given, 6)}"


def _hex_digest(text: str, size: int) -> str:
    """Compute a digest of `text`, `size` bytes long, in hexadecimal."""
    data = text.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=size).hexdigest()
