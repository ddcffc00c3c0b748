"""Digests of settings and rules."""

from hashlib import blake2b


def digest_of(*parts: object) -> bytes:
    """Compute a digest of values by their representations."""
    text = "\0".join(map(repr, parts))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
