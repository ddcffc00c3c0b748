"""Holds what fixes made of a file against what they may change."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.source import Document, Value
from newslint.source.pointer import join
from newslint.source.tree import Alias, Node, Scalar, Sequence


class _Leaf(NamedTuple):
    """A value that holds no others.

    Attributes:
        pointer: Where it was before entries were removed.
        shown: What it is, its type included.
    """

    pointer: str
    shown: str


def is_as_named(before: Document, after: Document, applied: Iterable[Diagnostic]) -> bool:
    """Tell whether two versions of a file differ in no more than what fixes may change.

    A fix may change the value that its diagnostic points at, or remove the entry that it names. One
    whose diagnostic points at the file as such changes none of the values.

    Args:
        before: The file as it was.
        after: The file with the fixes.
        applied: The diagnostics whose fixes were applied.
    """
    applied = list(applied)
    named = {each.location.pointer for each in applied}
    if {each.rule for each in after.problems} - {each.rule for each in before.problems}:
        return False
    if "" not in named and _outside(before) != _outside(after):
        return False
    if not before.roots:
        return True
    removed = {each.fix.removes for each in applied if each.fix}
    return _changed(_leaves(before, removed), _leaves(after, set())) <= named


def _changed(old: Mapping[str, _Leaf], new: Mapping[str, _Leaf]) -> set[str]:
    """Return the pointers, as they were, of the values that differ."""
    missing = old.keys() ^ new.keys()
    changed = {key for key in old.keys() & new.keys() if old[key].shown != new[key].shown}
    return {(old.get(key) or new[key]).pointer for key in changed} | missing


def _outside(document: Document) -> tuple[str, str]:
    """Return what stands above and below the front matter."""
    text = document.source.text
    start = document.front_matter.start if document.front_matter else 0
    return text[:start], text[document.body_start :]


def _leaves(document: Document, removed: set[str]) -> dict[str, _Leaf]:
    """Return the values of a file by the pointers that they have without the entries `removed`."""
    return {
        f"{number or ''}{pointer}": leaf
        for number, root in enumerate(document.roots)
        for pointer, leaf in _below(root, "", removed)
    }


def _below(value: Value, pointer: str, removed: set[str]) -> Iterator[tuple[str, _Leaf]]:
    """Yield the leaves below `value`, which stands at `pointer` once entries are removed.

    What an alias stands for counts at its anchor only: that is where it is written.
    """
    kept = [(key, each) for key, each in value.items() if each.pointer not in removed]
    if isinstance(value.node, Alias) or not kept:
        yield pointer, _Leaf(value.pointer, _shown(value.node))
        return
    is_list = isinstance(value.node, Sequence)
    for index, (key, each) in enumerate(kept):
        if value.owns(key):
            yield from _below(each, join(pointer, index if is_list else key), removed)


def _shown(node: Node) -> str:
    """Return what a node is that holds no others, as far as it is still there."""
    if isinstance(node, Alias):
        return "alias"
    if isinstance(node, Scalar):
        return f"{type(node.value).__name__} {node.value!r}"
    return type(node).__name__
