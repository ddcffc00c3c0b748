"""Holds what fixes made of a file against what they may change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.documents import Document
from newslint.engine.edits import Splice, splices
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.tokens import find_comments, tokenize
from newslint.syntax.yaml.tree import Node, Scalar, dereference
from newslint.syntax.yaml.tree import Sequence as List
from newslint.text.location import splice
from newslint.text.pointer import join_pointer


class _Leaf(NamedTuple):
    """A value that holds no others.

    Attributes:
        pointer: Where it was before entries were removed.
        shown: What it is, its type included.
        written: Where it is written: for an alias, where that is which it stands for.
    """

    pointer: str
    shown: str
    written: tuple[int, int]


def is_intended_change(before: Document, after: Document, applied: Iterable[Diagnostic]) -> bool:
    """Tell whether two versions of a file differ in no more than what fixes may change.

    A fix may change the value that its diagnostic points at, or remove the entry that it names. One
    whose diagnostic points at the file as such changes none of the values; only such a one may
    change what is no front matter. What aliases stand for counts wherever they stand. Comments
    stay, but those inside an entry that is removed, and those that a fix of the file is about.

    Args:
        before: The file as it was.
        after: The file with the fixes.
        applied: The diagnostics whose fixes were applied.
    """
    applied = [each for each in applied if each.fix]
    if _problems(after) - _problems(before):
        return False
    if not before.roots:
        return True
    of_file = _splices(before, [each for each in applied if not each.location.pointer])
    if _outside(after, ()) != _outside(before, of_file):
        return False
    removing = _splices(before, [each for each in applied if each.fix and each.fix.removes])
    if not _keeps_comments(before, after, [*of_file, *removing]):
        return False
    removed = {each.fix.removes for each in applied if each.fix}
    old, new = _leaves(before, removed), _leaves(after, set())
    return _changed(old, new) <= _named(old.values(), applied)


def _problems(document: Document) -> Counter[str]:
    """Return what went wrong when a file was read, by rule."""
    return Counter(each.rule for each in document.problems)


def _splices(document: Document, applied: Iterable[Diagnostic]) -> list[Splice]:
    """Return what the fixes of `applied` replace in a file, in order."""
    return splices(document.source, [each.fix for each in applied if each.fix])


def _outside(document: Document, parts: Sequence[Splice]) -> list[str]:
    """Return what stands above and below the front matter, with those `parts` replaced."""
    text = document.source.text
    start = document.front_matter.start if document.front_matter else 0
    bounds = ((0, start), (document.body_start, len(text)))
    return [_replaced(text, parts, first, last) for first, last in bounds]


def _replaced(text: str, parts: Sequence[Splice], first: int, last: int) -> str:
    """Return a stretch of `text` with those of `parts` replaced that lie in it."""
    inside = [
        Splice(part.start - first, part.end - first, part.text)
        for part in parts
        if first <= part.start and part.end <= last
    ]
    return splice(text[first:last], inside)


def _keeps_comments(before: Document, after: Document, naming: Sequence[Splice]) -> bool:
    """Tell whether all comments of the front matter that no part of `naming` touches are there."""
    left = iter([text for _, text in _comments(after)])
    kept = (
        text
        for (start, end), text in _comments(before)
        if not any(part.start < end and start < part.end for part in naming)
    )
    return all(text in left for text in kept)


def _comments(document: Document) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where the comments of a file's front matter stand, in order, and what they say."""
    text, where = document.source.text, document.front_matter
    if where is None or text.find("#", where.start, where.end) < 0:
        return
    yaml = (document.source, where.start, where.end)
    for span in find_comments(*yaml, tokenize(*yaml)):
        yield span, text[slice(*span)]


def _named(old: Iterable[_Leaf], applied: Sequence[Diagnostic]) -> set[str]:
    """Return the pointers of the values that fixes may change.

    What is wrong in a text by itself is wrong wherever aliases stand for it; what is right or wrong
    by its place is not.
    """
    pointers = {each.location.pointer for each in applied}
    everywhere = {each.location.pointer for each in applied if each.fix and each.fix.everywhere}
    leaves = list(old)
    written = {leaf.written for leaf in leaves if leaf.pointer in everywhere}
    return pointers | {leaf.pointer for leaf in leaves if leaf.written in written}


def _changed(old: Mapping[str, _Leaf], new: Mapping[str, _Leaf]) -> set[str]:
    """Return the pointers, as they were, of the values that differ."""
    missing = old.keys() ^ new.keys()
    changed = {key for key in old.keys() & new.keys() if old[key].shown != new[key].shown}
    return {old[key].pointer for key in changed} | missing


def _leaves(document: Document, removed: set[str]) -> dict[str, _Leaf]:
    """Return the values of a file by the pointers that they have without the entries `removed`."""
    return {
        f"{number or ''}{pointer}": leaf
        for number, root in enumerate(document.roots)
        for pointer, leaf in _below(root, "", removed)
    }


def _below(value: Value, pointer: str, removed: set[str]) -> Iterator[tuple[str, _Leaf]]:
    """Yield the leaves below `value`, which stands at `pointer` once entries are removed."""
    kept = [(key, each) for key, each in value.items() if each.pointer not in removed]
    node = dereference(value.node)
    if not kept:
        yield pointer, _Leaf(value.pointer, _shown(node), (value.line, node.start))
        return
    is_list = isinstance(node, List)
    for index, (key, each) in enumerate(kept):
        yield from _below(each, join_pointer(pointer, index if is_list else key), removed)


def _shown(node: Node) -> str:
    """Return what a node is that holds no others, as far as it is still there."""
    if isinstance(node, Scalar):
        return f"{type(node.value).__name__} {node.value!r}"
    return type(node).__name__
