"""Keys of secret values, and values that aliases expose under other names."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from newslint.syntax.tree import Alias, Mapping, Node, Scalar, Sequence, dereference
from newslint.text.lazy_pattern import lazy_pattern

SECURED = "secured"
"""The name of the field whose value is redacted everywhere."""

SECRET_KEYS = frozenset(map("".join, product("sSſ", "eE", "cC", "uU", "rR", "eE", "dD")))
"""The name in all its upper-case and lower-case spellings, which are redacted as well."""

MASK = "•"
"""Replaces each visible character of a secret value."""

_MAY_CONTAIN_KEY = lazy_pattern(rf"{SECURED}|\\[xuU\r\n]", re.IGNORECASE)


def may_contain_secret(text: str) -> bool:
    """Check if a text may contain a key of `SECRET_KEYS`, spelled with or without escapes."""
    return SECURED in text or _MAY_CONTAIN_KEY.search(text) is not None


def find_exposed_secret(roots: Iterable[Node], secrets: Iterable[Node]) -> Node | None:
    """Find a node outside of secret values that exposes one of them.

    Args:
        roots: The nodes that contain values which may be shown. Values of keys called `secured`
            inside them are secret.
        secrets: The values of keys called `secured`, those of duplicate keys included.

    Returns:
        The alias that leads to a secret, or the scalar that an alias elsewhere makes secret; None
        if no secret is exposed.
    """
    secret_ids = {
        id(scalar)
        for scalar, _ in _scalars(secrets, through_secrets=True)
        if scalar.value not in (None, "")
    }
    public = _scalars(roots, through_secrets=False)
    return next((origin for scalar, origin in public if id(scalar) in secret_ids), None)


def _scalars(nodes: Iterable[Node], *, through_secrets: bool) -> Iterator[tuple[Scalar, Node]]:
    """Yield each scalar below `nodes` once, keys included, with the alias or itself as origin.

    The origin is the outermost alias on the way to the scalar, or the scalar if there is none.

    Args:
        nodes: The nodes to start at.
        through_secrets: Include the values of keys called `secured`.
    """
    stack = [(node, node) for node in nodes]
    seen: set[int] = set()
    while stack:
        node, origin = stack.pop()
        origin = node if isinstance(node, Alias) and not isinstance(origin, Alias) else origin
        node = dereference(node)
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            yield node, origin if isinstance(origin, Alias) else node
        else:
            stack += [(child, origin) for child in _parts(node, through_secrets=through_secrets)]


def _parts(node: Node, *, through_secrets: bool) -> Iterator[Node]:
    """Yield the items of a list, or the keys and the values of a mapping."""
    if isinstance(node, Sequence):
        yield from node.items
    elif isinstance(node, Mapping):
        for name, (key, value) in node.entries.items():
            yield key
            if through_secrets or name not in SECRET_KEYS:
                yield value
