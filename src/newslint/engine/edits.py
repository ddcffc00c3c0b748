"""Selection of fixes that can be applied together, and their edits as offsets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Edit, Fix
from newslint.documents import Document
from newslint.syntax.tree import Sequence as List
from newslint.syntax.tree import dereference
from newslint.text import SourceText


class Splice(NamedTuple):
    """The replacement of a part of a text.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        text: The new text.
    """

    start: int
    end: int
    text: str

    def conflicts_with(self, other: "Splice") -> bool:
        """Check whether both replace the same characters or insert at the same offset."""
        if self.start == other.start:
            return True
        return self.start < other.end and other.start < self.end


def select_compatible(document: Document, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Select the diagnostics whose fixes can be applied together.

    Of fixes that touch the same characters, the first of these is selected: one that removes the
    entry, with all defects inside it; one that replaces a wrong value; one that repairs damaged
    text; any other. The damage of a value is repaired in a round before other text fixes, which
    would take it for text: removing the tracking parameter of `?utm_source=x&amp;id=1` would leave
    `?amp;id=1`. At least one entry of a list is kept: removing the last one is a different fix,
    which leaves an empty list.

    Args:
        document: The file.
        found: Its diagnostics with fixes, in the order of the report.
    """
    selected: list[Diagnostic] = []
    ranges = _OccupiedRanges()
    entries = _RemainingEntries(document)
    damaged: set[str] = set()
    for each in sorted(found, key=_rank):
        fix = each.fix
        if fix is None or not entries.has_more_than(fix.removes):
            continue
        if _is_about_damage(each):
            damaged.add(each.location.pointer)
        elif each.location.pointer in damaged and each.location.pointer:
            continue
        if ranges.add(splices(document.source, [fix])):
            entries.remove(fix.removes)
            selected.append(each)
    return selected


def _rank(diagnostic: Diagnostic) -> int:
    """Rank a fix: of two that conflict, the one with the lower number is applied."""
    fix = diagnostic.fix
    if fix and fix.removes:
        return 0
    if fix and not fix.everywhere:
        return 1
    return 2 if _is_about_damage(diagnostic) else 3


def _is_about_damage(diagnostic: Diagnostic) -> bool:
    """Check whether a diagnostic is about damaged text."""
    return diagnostic.category == "text"


def first_per_value(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Keep the first diagnostic for each pointer."""
    return list({each.location.pointer: each for each in reversed(list(found))}.values())[::-1]


def splices(source: SourceText, fixes: Iterable[Fix]) -> list[Splice]:
    """Convert the edits of fixes to offsets, in the order of the text."""
    return sorted(_splice(source, edit) for fix in fixes for edit in fix.edits)


def _splice(source: SourceText, edit: Edit) -> Splice:
    return Splice(source.offset(edit.span.start), source.offset(edit.span.end), edit.text)


class _OccupiedRanges:
    """The ranges of a text that selected fixes replace."""

    def __init__(self) -> None:
        self._blocks: dict[int, list[Splice]] = {}

    def add(self, parts: Sequence[Splice]) -> bool:
        """Add ranges and return True, unless one conflicts with a range added before."""
        if any(part.conflicts_with(other) for part in parts for other in self._near(part)):
            return False
        for part in parts:
            for block in self._block_indexes(part):
                self._blocks.setdefault(block, []).append(part)
        return True

    def _near(self, part: Splice) -> Iterable[Splice]:
        """Yield the added ranges in the blocks of `part`."""
        for block in self._block_indexes(part):
            yield from self._blocks.get(block, ())

    @staticmethod
    def _block_indexes(part: Splice) -> range:
        """Return the indexes of the blocks of 256 characters that `part` touches."""
        return range(part.start // 256, part.end // 256 + 1)


class _RemainingEntries:
    """The numbers of entries that the lists of a file have left."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._removed: Counter[str] = Counter()

    def has_more_than(self, entry: str) -> bool:
        """Check whether removing `entry` leaves others, or is the first removal; True for ''."""
        parent = entry.rpartition("/")[0]
        return not self._removed[parent] or self._size(parent) - self._removed[parent] > 1

    def remove(self, entry: str) -> None:
        """Count `entry` as removed; ignore ''."""
        if entry:
            self._removed[entry.rpartition("/")[0]] += 1

    def _size(self, pointer: str) -> int:
        """Count the entries of the longest list at `pointer` in any document of the file."""
        found = (root.find(pointer) for root in self._document.roots)
        nodes = (dereference(value.node) for value in found if value is not None)
        return max((len(node.items) for node in nodes if isinstance(node, List)), default=0)
