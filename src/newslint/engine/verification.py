"""Verification of fixes: a fixed file may differ only in the values that its fixes name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.documents import Document
from newslint.engine.edits import Splice, splices
from newslint.syntax import Value
from newslint.syntax.tree import Node, Scalar, dereference
from newslint.syntax.tree import Sequence as List
from newslint.text.location import splice
from newslint.text.pointer import join_pointer


class _Leaf(NamedTuple):
    """A value without children.

    Attributes:
        pointer: Its pointer before entries were removed.
        representation: Its type and value.
        origin: Line of its fragment and offset of its node; an alias has the origin of its anchor.
    """

    pointer: str
    representation: str
    origin: tuple[int, int]


def is_intended_change(before: Document, after: Document, applied: Iterable[Diagnostic]) -> bool:
    """Check that a fixed file differs from the original only as its fixes intend.

    - A fix may change the value that its diagnostic points at, or remove the entry that it names.
    - A fix whose diagnostic has an empty pointer, the whole file, may change text outside of the
      front matter and comments, but no value.
    - The value of an alias counts wherever the alias is used.
    - All other comments are kept, except those inside removed entries.

    Args:
        before: The original file.
        after: The fixed file.
        applied: The diagnostics whose fixes were applied.
    """
    applied = [each for each in applied if each.fix]
    if _problems(after) - _problems(before):
        return False
    if not before.roots:
        return True
    of_file = _splices(before, [each for each in applied if not each.location.pointer])
    if _text_outside(after, ()) != _text_outside(before, of_file):
        return False
    removing = _splices(before, [each for each in applied if each.fix and each.fix.removes])
    if not _keeps_comments(before, after, [*of_file, *removing]):
        return False
    removed = {each.fix.removes for each in applied if each.fix}
    old, new = _leaves(before, removed), _leaves(after, set())
    return _changed_pointers(old, new) <= _allowed_pointers(old.values(), applied)


def _problems(document: Document) -> Counter[str]:
    """Count the problems of parsing a file by rule."""
    return Counter(each.rule for each in document.problems)


def _splices(document: Document, applied: Iterable[Diagnostic]) -> list[Splice]:
    """Convert the fixes of diagnostics to replacements, in the order of the text."""
    return splices(document.source, [each.fix for each in applied if each.fix])


def _text_outside(document: Document, parts: Sequence[Splice]) -> list[str]:
    """Return the texts above and below the front matter, after the replacements in them."""
    text = document.source.text
    start = document.front_matter.start if document.front_matter else 0
    bounds = ((0, start), (document.body_start, len(text)))
    return [_splice_range(text, parts, first, last) for first, last in bounds]


def _splice_range(text: str, parts: Sequence[Splice], first: int, last: int) -> str:
    """Return the text between two offsets, after the replacements inside it."""
    inside = [
        Splice(part.start - first, part.end - first, part.text)
        for part in parts
        if first <= part.start and part.end <= last
    ]
    return splice(text[first:last], inside)


def _keeps_comments(before: Document, after: Document, allowed: Sequence[Splice]) -> bool:
    """Check that all comments which no replacement in `allowed` touches are kept, in order."""
    left = iter([text for _, text in _comments(after)])
    kept = (
        text
        for (start, end), text in _comments(before)
        if not any(part.start < end and start < part.end for part in allowed)
    )
    return all(text in left for text in kept)


def _comments(document: Document) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the span of offsets and the text of each comment in the front matter, in order."""
    text, front_matter = document.source.text, document.front_matter
    if front_matter is None or not front_matter.may_have_comments(text):
        return
    for span in front_matter.layout(document.source).comments():
        yield span, text[slice(*span)]


def _allowed_pointers(old: Iterable[_Leaf], applied: Sequence[Diagnostic]) -> set[str]:
    """Collect the pointers of the values that fixes may change.

    A fix with `everywhere`, such as one of damaged text, may change all aliases of its value. Other
    fixes depend on the value's place and may change this place only.
    """
    pointers = {each.location.pointer for each in applied}
    everywhere = {each.location.pointer for each in applied if each.fix and each.fix.everywhere}
    leaves = list(old)
    origins = {leaf.origin for leaf in leaves if leaf.pointer in everywhere}
    return pointers | {leaf.pointer for leaf in leaves if leaf.origin in origins}


def _changed_pointers(old: Mapping[str, _Leaf], new: Mapping[str, _Leaf]) -> set[str]:
    """Collect the original pointers of the values that differ."""
    missing = old.keys() ^ new.keys()
    changed = {
        key for key in old.keys() & new.keys() if old[key].representation != new[key].representation
    }
    return {old[key].pointer for key in changed} | missing


def _leaves(document: Document, removed: set[str]) -> dict[str, _Leaf]:
    """Index the values of a file by their pointers after the entries `removed` are gone."""
    return {
        f"{number or ''}{pointer}": leaf
        for number, root in enumerate(document.roots)
        for pointer, leaf in _leaves_below(root, "", removed)
    }


def _leaves_below(value: Value, pointer: str, removed: set[str]) -> Iterator[tuple[str, _Leaf]]:
    """Yield the leaves below a value with their pointers after removals; its own is `pointer`."""
    kept = [(key, each) for key, each in value.items() if each.pointer not in removed]
    node = dereference(value.node)
    if not kept:
        yield pointer, _Leaf(value.pointer, _represent(node), (value.line, node.start))
        return
    is_list = isinstance(node, List)
    for index, (key, each) in enumerate(kept):
        yield from _leaves_below(each, join_pointer(pointer, index if is_list else key), removed)


def _represent(node: Node) -> str:
    """Represent a node without children by its type and value; a container only by its type."""
    if isinstance(node, Scalar):
        return f"{type(node.value).__name__} {node.value!r}"
    return type(node).__name__
