"""Chooses fixes that do not disturb each other, and applies them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Edit, Fix
from newslint.documents import Document
from newslint.syntax.yaml.tree import Sequence as List
from newslint.syntax.yaml.tree import dereference
from newslint.text import SourceText


class Splice(NamedTuple):
    """The replacement of a part of a text.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        text: What to put there.
    """

    start: int
    end: int
    text: str

    def disturbs(self, other: "Splice") -> bool:
        """Tell whether both replace the same characters, or insert in the same place."""
        if self.start == other.start:
            return True
        return self.start < other.end and other.start < self.end


def select_compatible(document: Document, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those of `found` whose fixes can be applied together.

    Of fixes that touch the same characters one is taken: that which takes out an entry with all
    that is wrong inside, else one that puts the right value in the place of a wrong one, else one
    that undoes damage, else the first. A value is whole before
    others than text rules change it: `?utm_source=x&amp;id=1` would come to `?amp;id=1`. Those that
    take out the entries of one list are never all taken: the last one left is another fix, which
    leaves an empty list.

    Args:
        document: The file.
        found: What is wrong in it, sorted, each with a fix.
    """
    taken: list[Diagnostic] = []
    ends = _Taken()
    left = _Left(document)
    damaged: set[str] = set()
    for each in sorted(found, key=_turn):
        fix = each.fix
        if fix is None or not left.has_more_than(fix.removes):
            continue
        if _undoes_damage(each):
            damaged.add(each.location.pointer)
        elif each.location.pointer in damaged and each.location.pointer:
            continue
        if ends.take(splices(document.source, [fix])):
            left.remove(fix.removes)
            taken.append(each)
    return taken


def _turn(diagnostic: Diagnostic) -> int:
    """Return what fixes are sorted by: those with the least number come first."""
    fix = diagnostic.fix
    if fix and fix.removes:
        return 0
    if fix and not fix.everywhere:
        return 1
    return 2 if _undoes_damage(diagnostic) else 3


def _undoes_damage(diagnostic: Diagnostic) -> bool:
    """Tell whether a diagnostic is about damaged text."""
    return diagnostic.category == "text"


def first_per_value(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the first of `found` for each value."""
    return list({each.location.pointer: each for each in reversed(list(found))}.values())[::-1]


def splices(source: SourceText, fixes: Iterable[Fix]) -> list[Splice]:
    """Return what `fixes` replace in `source`, in order."""
    return sorted(_splice(source, edit) for fix in fixes for edit in fix.edits)


def _splice(source: SourceText, edit: Edit) -> Splice:
    return Splice(source.offset(edit.span.start), source.offset(edit.span.end), edit.text)


class _Taken:
    """The parts of a text that are replaced already."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Splice]] = {}

    def take(self, parts: Sequence[Splice]) -> bool:
        """Take `parts` unless one of them disturbs what is taken; tell whether they were."""
        if any(part.disturbs(other) for part in parts for other in self._near(part)):
            return False
        for part in parts:
            for block in self._blocks(part):
                self._lines.setdefault(block, []).append(part)
        return True

    def _near(self, part: Splice) -> Iterable[Splice]:
        """Yield what is taken near `part`."""
        for block in self._blocks(part):
            yield from self._lines.get(block, ())

    @staticmethod
    def _blocks(part: Splice) -> range:
        """Return the numbers of the stretches of 256 characters that `part` touches."""
        return range(part.start // 256, part.end // 256 + 1)


class _Left:
    """How many entries the lists of a file have left."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._removed: Counter[str] = Counter()

    def has_more_than(self, entry: str) -> bool:
        """Tell whether others are left in the list of `entry`, or it never had any; True for ''."""
        parent = entry.rpartition("/")[0]
        return not self._removed[parent] or self._size(parent) - self._removed[parent] > 1

    def remove(self, entry: str) -> None:
        """Note that `entry` is taken out; nothing for ''."""
        if entry:
            self._removed[entry.rpartition("/")[0]] += 1

    def _size(self, pointer: str) -> int:
        """Return how many entries the longest list at `pointer` has."""
        found = (root.find(pointer) for root in self._document.roots)
        nodes = (dereference(value.node) for value in found if value is not None)
        return max((len(node.items) for node in nodes if isinstance(node, List)), default=0)
