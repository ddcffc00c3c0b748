"""Finds secret values that YAML's aliases show under other names."""

from collections.abc import Iterable, Iterator

from newslint.syntax.yaml.tree import Alias, Mapping, Node, Scalar, Sequence, dereference

SECURED = "secured"
"""Name of the field whose value is never shown."""


def find_exposed_secret(roots: Iterable[Node], secrets: Iterable[Node]) -> Node | None:
    """Return what shows a secret though it is not part of one; None where nothing does.

    Args:
        roots: Where values are that may be shown. What is called `secured` below them may not.
        secrets: The values that are called `secured`, also those that were pushed out.

    Returns:
        The alias that leads to the secret, or the scalar that an alias makes secret elsewhere.
    """
    hidden = {
        id(scalar)
        for scalar, _ in _scalars(secrets, through_secrets=True)
        if scalar.value not in (None, "")
    }
    shown = _scalars(roots, through_secrets=False)
    return next((origin for scalar, origin in shown if id(scalar) in hidden), None)


def _scalars(nodes: Iterable[Node], *, through_secrets: bool) -> Iterator[tuple[Scalar, Node]]:
    """Yield the scalars below `nodes`, keys included, each once and with the alias that led there.

    Args:
        nodes: Where to begin.
        through_secrets: Go into what is called `secured`, too.
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
    """Yield what `node` is made of: the items of a list, the keys and values of a mapping."""
    if isinstance(node, Sequence):
        yield from node.items
    elif isinstance(node, Mapping):
        for name, (key, value) in node.entries.items():
            yield key
            if through_secrets or name != SECURED:
                yield value
