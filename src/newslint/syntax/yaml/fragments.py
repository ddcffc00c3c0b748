"""Front matter in pieces: what repeats across an archive is read once.

Archives repeat the same entry of `related` in hundreds of files. The entries of a block sequence
stand on lines of their own, so each can be read by itself and shared by all files that hold the
same text; what is left of the front matter, the *skeleton*, is read with blank lines in place of
the entries. Whether the pieces mean what the whole means is checked, not assumed: if anything in
them is not certain (anchors, aliases, tags, an open quote, an odd indentation), the whole is read
in one go instead.
"""

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

from newslint.syntax.problem import Limits, Problem
from newslint.syntax.yaml.blocks import BlockSequence, Slot, cut_skeleton, find_block_sequences
from newslint.syntax.yaml.fast_line import LINE_CACHE
from newslint.syntax.yaml.fast_parser import fast_parse
from newslint.syntax.yaml.full_parser import MAX_DUPLICATE_KEYS, full_parse
from newslint.syntax.yaml.tree import Node, Scalar, Sequence, Tree, children
from newslint.text.location import NO_RANGES, Ranges
from newslint.text.pointer import join_pointer
from newslint.text.source_text import SourceText

_ATTEMPTS = 2
"""What turns out to be no list the first time, such as one in a text, stays where it is."""

_LINES, _PLAIN, _PROBLEMS, _SIZE = map(attrgetter, ("lines", "plain", "problems", "size"))


class Fragment:
    """A piece of front matter that was read by itself.

    Attributes:
        source: The text; a node's offsets count from its start.
        node: What the text holds.
        size: How many nodes that is.
        lines: How many lines it takes up.
        problems: What is wrong inside, at spans counted from the fragment's first line.
        plain: No character occurs in it that YAML forbids.
        all_printable: Nor does one in the fragments placed inside.
        shared: Where what aliases stand for starts and ends.
        memo: What others have found out about it, by who remembers it.
    """

    __slots__ = (
        "all_printable",
        "lines",
        "memo",
        "node",
        "plain",
        "problems",
        "shared",
        "size",
        "source",
    )

    def __init__(  # noqa: PLR0913 # independent values
        self,
        source: SourceText,
        node: Node,
        size: int = 1,
        problems: tuple[Problem, ...] = (),
        *,
        plain: bool = False,
        all_printable: bool | None = None,
        shared: Ranges = NO_RANGES,
    ) -> None:
        self.memo: dict[object, Any] = {}
        self.all_printable = plain if all_printable is None else all_printable
        self.source = source
        self.node = node
        self.size = size
        self.lines = source.text.count("\n")
        self.problems = problems
        self.plain = plain
        self.shared = shared


class PlacedFragment(Node):
    """A fragment where a value of the surrounding text would be.

    Attributes:
        fragment: What stands there.
        line: How many lines of the surrounding text come before it.
    """

    __slots__ = ("fragment", "line")

    def __init__(self, fragment: Fragment, line: int) -> None:
        self.start = self.end = 0
        self.fragment = fragment
        self.line = line

    def to_python(self) -> Any:
        """Return what stands there as plain Python."""
        return self.fragment.node.to_python()


class Reader:
    """Reads front matter, each distinct fragment once.

    Args:
        limits: What one front matter may cost.
        share: Read in fragments; else always the whole.
        smallest: How many characters a list's entries must have on average to be read in fragments;
            reading shorter ones twice costs less than remembering them.
        memory: How many characters of fragments are kept for later files: those met of late.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        share: bool = True,
        smallest: int = 64,
        memory: int = 64 * 1024 * 1024,
    ) -> None:
        self.limits = limits or Limits()
        self.share = share
        self.smallest = smallest
        self._piece_limits = self.limits._replace(depth=self.limits.depth // 2)
        self._memory = self._room = memory // 2
        self._known: dict[str, Fragment | None] = {}
        self._known_before: dict[str, Fragment | None] = {}

    @property
    def known(self) -> frozenset[str]:
        """The texts of the entries that need not be read again."""
        return frozenset((*self._known, *self._known_before))

    def forget(self) -> None:
        """Forget all fragments and lines, as when no more files are to be read."""
        self._known, self._known_before, self._room = {}, {}, self._memory
        LINE_CACHE.clear()

    def read(self, text: str, before: int = 0) -> tuple[list[Fragment], list[Problem]]:
        """Return a fragment for each YAML document in `text`, and the problems met.

        The nodes of a returned fragment may hold `PlacedFragment` fragments at any depth.

        Args:
            text: The YAML.
            before: How many characters of the file come before it on its first line.
        """
        too_long = _longer_line(SourceText(text, before), self.limits.line)
        if too_long is not None:
            return [], [too_long]
        in_pieces = self._read_in_pieces(text, before) if self.share else None
        fragments, problems = in_pieces or self._read_whole(text, before)
        return fragments, sorted(problems, key=attrgetter("span"))

    def _read_whole(self, text: str, before: int) -> tuple[list[Fragment], list[Problem]]:
        source = SourceText(text, before)
        tree = parse_tree(source, self.limits) if self.share else full_parse(source, self.limits)
        return [
            Fragment(source, root, tree.size, plain=tree.plain, shared=tree.shared)
            for root in tree.roots
        ], tree.problems

    def _read_in_pieces(
        self, text: str, before: int
    ) -> tuple[list[Fragment], list[Problem]] | None:
        blocks = find_block_sequences(text, self.smallest, self._known)
        if any(len(block.entries) > self.limits.entries for block in blocks):
            return None
        lists = [(each, entries) for each in blocks if (entries := self._entries(each))]
        for _ in range(_ATTEMPTS):
            if not lists:
                return None
            skeleton, slots = cut_skeleton(
                text, [(block, sum(map(_LINES, each))) for block, each in lists]
            )
            source = SourceText(skeleton, before)
            tree = parse_tree(source, self._piece_limits)
            if len(tree.roots) != 1 or not tree.closed:
                return None
            fitting = [
                each
                for each, slot in zip(lists, slots, strict=True)
                if slot.key in tree.empty_values
            ]
            if len(fitting) == len(lists):
                return self._joined(source, tree, slots, [entries for _, entries in lists])
            lists = fitting
        return None

    def _joined(
        self, source: SourceText, tree: Tree, slots: list[Slot], lists: list[list[Fragment]]
    ) -> tuple[list[Fragment], list[Problem]] | None:
        """Return the front matter, given its skeleton and the lists that go into its slots."""
        for slot, fragments in zip(slots, lists, strict=True):
            _fill(tree, slot, fragments)
        inside = list(chain.from_iterable(lists))
        size = tree.size + sum(map(_SIZE, inside))
        root = tree.roots[0]
        problems = tree.problems
        if any(map(_PROBLEMS, inside)):
            problems = [*problems, *_problems_inside(root)]
        if size > self.limits.nodes or len(problems) > MAX_DUPLICATE_KEYS:
            return None
        all_printable = tree.plain and all(map(_PLAIN, inside))
        return [
            Fragment(source, root, size, plain=tree.plain, all_printable=all_printable)
        ], problems

    def _entries(self, block: BlockSequence) -> list[Fragment] | None:
        """Return what the entries of `block` hold, or None where one does not stand by itself."""
        known = map(self._known.get, block.entries)
        found = [
            each or self._fragment(text) for each, text in zip(known, block.entries, strict=True)
        ]
        fragments = [each for each in found if each is not None]
        return fragments if len(fragments) == len(found) else None

    def _fragment(self, text: str) -> Fragment | None:
        """Return what the entry `text` holds, or None where it does not stand by itself."""
        if text in self._known:
            return self._known[text]
        if text in self._known_before:
            fragment = self._known_before[text]
        else:
            fragment = parse_entry(text, self._piece_limits)
        self._keep(text, fragment)
        return fragment

    def _keep(self, text: str, fragment: Fragment | None) -> None:
        """Remember what an entry holds.

        Where there is no room left, what was not met for as long as it took to fill half of it is
        forgotten.
        """
        if len(text) > self._room:
            self._known_before, self._known, self._room = self._known, {}, self._memory
        if len(text) <= self._room:
            self._known[text] = fragment
            self._room -= len(text)


def parse_tree(source: SourceText, limits: Limits) -> Tree:
    """Return the tree of `source`: by its lines where these tell, else by libyaml's events."""
    return fast_parse(source.text, limits) or full_parse(source, limits)


def _longer_line(source: SourceText, limit: int) -> Problem | None:
    """Return what to say of the first line that is longer than `limit`; None where none is."""
    if len(source.text) <= limit:
        return None
    for number, start in enumerate(source.starts, 1):
        if len(source.line(number)) > limit:
            message = f"a line of more than {limit:,} characters"
            return Problem("yaml-limits", message, source.span(start, start + limit))
    return None


def parse_entry(text: str, limits: Limits) -> Fragment | None:
    """Return the single entry of the block sequence `text`, or None where it is anything else."""
    source = SourceText(text)
    tree = parse_tree(source, limits)
    stopped = any(problem.rule != "duplicate-key" for problem in tree.problems)
    root = tree.roots[0] if len(tree.roots) == 1 else None
    if stopped or not tree.closed or not isinstance(root, Sequence) or len(root.items) != 1:
        return None
    inner = tuple(problem._replace(pointer=problem.pointer[2:]) for problem in tree.problems)
    return Fragment(source, root.items[0], tree.size - 1, inner, plain=tree.plain)


def _fill(tree: Tree, slot: Slot, fragments: list[Fragment]) -> None:
    """Put `fragments` into the empty value at `slot`."""
    mapping, name = tree.empty_values[slot.key]
    items: list[Node] = []
    line = slot.line
    for fragment in fragments:
        items.append(PlacedFragment(fragment, line))
        line += fragment.lines
    mapping.values[name] = Sequence(0, 0, items)


def _problems_inside(node: Node, pointer: str = "") -> Iterator[Problem]:
    """Yield the problems of the fragments below `node`, as seen from the surrounding text."""
    for key, child in children(node):
        at = join_pointer(pointer, key)
        if isinstance(child, PlacedFragment):
            for problem in child.fragment.problems:
                yield problem.shift_lines(child.line)._replace(pointer=at + problem.pointer)
        elif not isinstance(child, Scalar):
            yield from _problems_inside(child, at)
