"""Reader of front matter that parses text which repeats across an archive only once.

Archives repeat the same entry of `related` in hundreds of files. The entries of a block sequence
are on lines of their own, so each can be parsed by itself and its `Fragment` shared by all files
that contain the same text. The rest of the front matter, the *skeleton*, is parsed with blank lines
in place of the entries. That the parts together mean the same as the whole is checked: if they
contain an anchor, alias or tag, an open quote or an odd indentation, the whole is parsed instead.
"""

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

from newslint.syntax.fragment import Fragment, PlacedFragment
from newslint.syntax.problem import Limits, Problem
from newslint.syntax.tree import Node, Scalar, Sequence, children
from newslint.syntax.yaml.blocks import BlockSequence, Slot, cut_skeleton, find_block_sequences
from newslint.syntax.yaml.collection_stack import MAX_DUPLICATE_KEYS
from newslint.syntax.yaml.fast_line import LINE_CACHE
from newslint.syntax.yaml.fast_parser import fast_parse
from newslint.syntax.yaml.tree import Tree
from newslint.text.pointer import join_pointer
from newslint.text.source_text import SourceText

_MAX_ATTEMPTS = 2
"""Number of skeletons that are tried. What turns out to be no list in the first one, such as a list
in a block scalar, is left in the second one."""

_LINE_COUNT, _PRINTABLE, _PROBLEMS, _NODE_COUNT, _DIGEST = map(
    attrgetter, ("line_count", "printable", "problems", "node_count", "digest")
)


class YamlReader:
    """A parser of front matter that parses each distinct fragment once.

    Args:
        limits: The limits of one front matter.
        share_fragments: Parse in fragments. If False, always parse the whole.
        min_entry_length: The minimum average length of a list's entries, in characters, to parse
            them in fragments: parsing shorter ones twice costs less than caching them.
        cache_size: The number of characters of fragments that are cached, the most recent ones.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        share_fragments: bool = True,
        min_entry_length: int = 64,
        cache_size: int = 64 * 1024 * 1024,
    ) -> None:
        self.limits = limits or Limits()
        self.share_fragments = share_fragments
        self.min_entry_length = min_entry_length
        self._fragment_limits = self.limits._replace(depth=self.limits.depth // 2)
        # Two generations of half the size: when the recent one is full, it becomes the old one.
        self._generation_size = self._room = cache_size // 2
        self._recent: dict[str, Fragment | None] = {}
        self._old: dict[str, Fragment | None] = {}

    @property
    def cached_texts(self) -> frozenset[str]:
        """The texts of entries that are in the cache."""
        return frozenset((*self._recent, *self._old))

    def clear_cache(self) -> None:
        """Drop all cached fragments and lines, when no more files are to be read."""
        self._recent, self._old, self._room = {}, {}, self._generation_size
        LINE_CACHE.clear()

    def read(self, text: str, chars_before: int = 0) -> tuple[list[Fragment], list[Problem]]:
        """Parse front matter.

        Args:
            text: The YAML.
            chars_before: The number of characters of the file before it on its first line.

        Returns:
            A fragment for each YAML document in `text`, with `PlacedFragment` nodes at any depth,
            and the problems.
        """
        too_long = _find_long_line(SourceText(text, chars_before), self.limits.line)
        if too_long is not None:
            return [], [too_long]
        in_fragments = self._read_fragments(text, chars_before) if self.share_fragments else None
        fragments, problems = in_fragments or self._read_whole(text, chars_before)
        return fragments, sorted(problems, key=attrgetter("span"))

    def _read_whole(self, text: str, chars_before: int) -> tuple[list[Fragment], list[Problem]]:
        """Parse front matter in one piece."""
        source = SourceText(text, chars_before)
        tree = parse_tree(source, self.limits, is_fast=self.share_fragments)
        return [
            Fragment(source, root, tree.node_count, printable=tree.printable, aliased=tree.aliased)
            for root in tree.roots
        ], tree.problems

    def _read_fragments(
        self, text: str, chars_before: int
    ) -> tuple[list[Fragment], list[Problem]] | None:
        """Parse front matter in fragments; None if it has to be parsed in one piece."""
        blocks = find_block_sequences(text, self.min_entry_length, self._recent)
        if any(len(block.entries) > self.limits.entries for block in blocks):
            return None
        lists = [(each, entries) for each in blocks if (entries := self._read_entries(each))]
        for _ in range(_MAX_ATTEMPTS):
            if not lists:
                return None
            line_counts = [(block, sum(map(_LINE_COUNT, entries))) for block, entries in lists]
            skeleton, slots = cut_skeleton(text, line_counts)
            source = SourceText(skeleton, chars_before)
            tree = parse_tree(source, self._fragment_limits)
            if len(tree.roots) != 1 or not tree.standalone:
                return None
            fitting = [
                each
                for each, slot in zip(lists, slots, strict=True)
                if slot.key in tree.empty_values
            ]
            if len(fitting) == len(lists):
                return self._join(source, tree, slots, [entries for _, entries in lists])
            lists = fitting
        return None

    def _join(
        self, source: SourceText, tree: Tree, slots: list[Slot], lists: list[list[Fragment]]
    ) -> tuple[list[Fragment], list[Problem]] | None:
        """Put the lists of fragments into the slots of the skeleton."""
        for slot, fragments in zip(slots, lists, strict=True):
            _fill_slot(tree, slot, fragments)
        inside = list(chain.from_iterable(lists))
        node_count = tree.node_count + sum(map(_NODE_COUNT, inside))
        root = tree.roots[0]
        problems = tree.problems
        if any(map(_PROBLEMS, inside)):
            problems = [*problems, *_problems_inside(root)]
        if node_count > self.limits.nodes or len(problems) > MAX_DUPLICATE_KEYS:
            return None
        printable = tree.printable
        all_printable = printable and all(map(_PRINTABLE, inside))
        sizes = [(*slot, len(each)) for slot, each in zip(slots, lists, strict=True)]
        cut_out = b"".join((repr(sizes).encode(), *map(_DIGEST, inside)))
        fragment = Fragment(
            source,
            root,
            node_count,
            printable=printable,
            all_printable=all_printable,
            cut_out=cut_out,
        )
        return [fragment], problems

    def _read_entries(self, block: BlockSequence) -> list[Fragment] | None:
        """Parse the entries of a block sequence; None if one cannot be parsed by itself."""
        cached = map(self._recent.get, block.entries)
        found = [
            each or self._read_entry(text) for each, text in zip(cached, block.entries, strict=True)
        ]
        fragments = [each for each in found if each is not None]
        return fragments if len(fragments) == len(found) else None

    def _read_entry(self, text: str) -> Fragment | None:
        """Look up or parse an entry; None if it cannot be parsed by itself."""
        if text in self._recent:
            return self._recent[text]
        if text in self._old:
            fragment = self._old[text]
        else:
            fragment = parse_entry(text, self._fragment_limits)
        self._store(text, fragment)
        return fragment

    def _store(self, text: str, fragment: Fragment | None) -> None:
        """Put an entry into the recent generation of the cache; start a new one if that is full."""
        if len(text) > self._room:
            self._old, self._recent, self._room = self._recent, {}, self._generation_size
        if len(text) <= self._room:
            self._recent[text] = fragment
            self._room -= len(text)


def parse_tree(source: SourceText, limits: Limits, *, is_fast: bool = True) -> Tree:
    """Parse a YAML stream: with the fast parser if it can and may, else with the full parser."""
    tree = fast_parse(source.text, limits) if is_fast else None
    if tree is None:
        from newslint.syntax.yaml.full_parser import full_parse

        tree = full_parse(source, limits)
    return tree


def _find_long_line(source: SourceText, limit: int) -> Problem | None:
    """Report the first line that is longer than `limit`; None if there is none."""
    if len(source.text) <= limit:
        return None
    for number, start in enumerate(source.line_starts, 1):
        if len(source.line(number)) > limit:
            message = f"a line of more than {limit:,} characters"
            return Problem("yaml-limits", message, source.span(start, start + limit))
    return None


def parse_entry(text: str, limits: Limits) -> Fragment | None:
    """Parse the text of a block sequence's entry; None if it is anything but a single entry."""
    source = SourceText(text)
    tree = parse_tree(source, limits)
    failed = any(problem.rule != "duplicate-key" for problem in tree.problems)
    root = tree.roots[0] if len(tree.roots) == 1 else None
    if failed or not tree.standalone or not isinstance(root, Sequence) or len(root.items) != 1:
        return None
    inner = tuple(problem._replace(pointer=problem.pointer[2:]) for problem in tree.problems)
    node = root.items[0]
    entry = Fragment(source, node, tree.node_count - 1, inner, printable=tree.printable)
    last = text[text.rfind("\n", 0, len(text) - 1) + 1 :].strip()
    entry.ends_with_content = bool(last) and not last.startswith("#")
    return entry


def _fill_slot(tree: Tree, slot: Slot, fragments: list[Fragment]) -> None:
    """Replace the empty value at `slot` by a list of fragments."""
    mapping, name = tree.empty_values[slot.key]
    items: list[Node] = []
    line = slot.line
    for fragment in fragments:
        items.append(PlacedFragment(fragment, line))
        line += fragment.line_count
    mapping.values[name] = Sequence(0, 0, items)


def _problems_inside(node: Node, pointer: str = "") -> Iterator[Problem]:
    """Yield the problems of fragments below `node`, relative to the surrounding text."""
    for key, child in children(node):
        child_pointer = join_pointer(pointer, key)
        if isinstance(child, PlacedFragment):
            for problem in child.fragment.problems:
                yield problem.shift_lines(child.line)._replace(
                    pointer=child_pointer + problem.pointer
                )
        elif not isinstance(child, Scalar):
            yield from _problems_inside(child, child_pointer)
