"""Front matter in pieces: what repeats across an archive is read once.

Archives repeat the same entry of `related` in hundreds of files. The entries of a block sequence
stand on lines of their own, so each can be read by itself and shared by all files that hold the
same text; what is left of the front matter, the *skeleton*, is read with blank lines in place of
the entries. Whether the pieces mean what the whole means is checked, not assumed: if anything in
them is not certain (anchors, aliases, tags, an open quote, an odd indentation), the whole is read
in one go instead.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from newslint.source.build import MOST_PROBLEMS, build
from newslint.source.lines import read_lines
from newslint.source.pointer import join
from newslint.source.problem import Limits, Problem
from newslint.source.text import SourceText
from newslint.source.tree import Node, Scalar, Sequence, Tree, children

_HEAD = re.compile(r"^( *(?:- )?)[A-Za-z_][\w-]*:[ \t]*\r?\n( *)- ", re.MULTILINE)
_LONE_CR = re.compile(r"\r(?!\n)")
_KEEP = re.compile(r"[|>]\d?\+")


class Fragment:
    """A piece of front matter that was read by itself.

    Attributes:
        source: The text; a node's offsets count from its start.
        node: What the text holds.
        size: How many nodes that is.
        lines: How many lines it takes up.
        problems: What is wrong inside, at spans counted from the fragment's first line.
        plain: No character occurs in it that YAML forbids.
        spotless: Nor does one in the fragments placed inside.
        memo: What others have found out about it, by who remembers it.
    """

    __slots__ = ("lines", "memo", "node", "plain", "problems", "size", "source", "spotless")

    def __init__(  # noqa: PLR0913 # independent values
        self,
        source: SourceText,
        node: Node,
        size: int = 1,
        problems: tuple[Problem, ...] = (),
        *,
        plain: bool = False,
        spotless: bool | None = None,
    ) -> None:
        self.memo: dict[object, Any] = {}
        self.spotless = plain if spotless is None else spotless
        self.source = source
        self.node = node
        self.size = size
        self.lines = source.text.count("\n")
        self.problems = problems
        self.plain = plain


class Placed(Node):
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


class Block(NamedTuple):
    """The entries of one block sequence.

    Attributes:
        key: Offset of the key that the sequence belongs to.
        start: Offset of the first entry's line.
        entries: The text of each entry, whole lines.
        end: Offset after the last entry.
    """

    key: int
    start: int
    entries: list[str]
    end: int


class Slot(NamedTuple):
    """Where the entries of a block belong in the skeleton.

    Attributes:
        key: Offset in the skeleton of the key that the sequence belongs to.
        line: How many lines come before the first entry.
    """

    key: int
    line: int


class Reader:
    """Reads front matter, each distinct fragment once.

    Args:
        limits: What one front matter may cost.
        share: Read in fragments; else always the whole.
        smallest: How many characters a list's entries must have on average to be read in fragments;
            reading shorter ones twice costs less than remembering them.
        memory: How many characters of fragments are kept for later files.
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
        self._room = memory
        self._known: dict[str, Fragment | None] = {}

    def read(self, text: str, before: int = 0) -> tuple[list[Fragment], list[Problem]]:
        """Return a fragment for each YAML document in `text`, and the problems met.

        The nodes of a returned fragment may hold `Placed` fragments at any depth.

        Args:
            text: The YAML.
            before: How many characters of the file come before it on its first line.
        """
        in_pieces = self._read_in_pieces(text, before) if self.share else None
        fragments, problems = in_pieces or self._read_whole(text, before)
        return fragments, sorted(problems, key=attrgetter("span"))

    def _read_whole(self, text: str, before: int) -> tuple[list[Fragment], list[Problem]]:
        source = SourceText(text, before)
        tree = read_tree(source, self.limits) if self.share else build(source, self.limits)
        return [
            Fragment(source, root, tree.size, plain=tree.plain) for root in tree.roots
        ], tree.problems

    def _read_in_pieces(
        self, text: str, before: int
    ) -> tuple[list[Fragment], list[Problem]] | None:
        blocks = find_blocks(text, self.smallest)
        if not blocks:
            return None
        skeleton, slots = cut(text, blocks)
        source = SourceText(skeleton, before)
        tree = read_tree(source, self._piece_limits)
        if len(tree.roots) != 1 or not tree.closed:
            return None
        size = tree.size
        is_sound, spotless = True, tree.plain
        for block, slot in zip(blocks, slots, strict=True):
            fragments = self._entries(block)
            if fragments is None or not _fill(tree, slot, fragments):
                return None
            size += sum(fragment.size for fragment in fragments)
            is_sound = is_sound and not any(fragment.problems for fragment in fragments)
            spotless = spotless and all(fragment.plain for fragment in fragments)
        if size > self.limits.nodes:
            return None
        root = tree.roots[0]
        problems = tree.problems if is_sound else [*tree.problems, *_problems_inside(root)]
        return (
            ([Fragment(source, root, size, plain=tree.plain, spotless=spotless)], problems)
            if len(problems) <= MOST_PROBLEMS
            else None
        )

    def _entries(self, block: Block) -> list[Fragment] | None:
        """Return what the entries of `block` hold, or None where one does not stand by itself."""
        fragments = []
        for entry in block.entries:
            fragment = self._fragment(entry)
            if fragment is None:
                return None
            fragments.append(fragment)
        return fragments

    def _fragment(self, text: str) -> Fragment | None:
        """Return what the entry `text` holds, or None where it does not stand by itself."""
        try:
            return self._known[text]
        except KeyError:
            fragment = read_entry(text, self._piece_limits)
            if len(text) <= self._room:
                self._room -= len(text)
                self._known[text] = fragment
            return fragment


def read_tree(source: SourceText, limits: Limits) -> Tree:
    """Return the tree of `source`: by its lines where these tell, else by libyaml's events."""
    return read_lines(source.text, limits) or build(source, limits)


def read_entry(text: str, limits: Limits) -> Fragment | None:
    """Return the single entry of the block sequence `text`, or None where it is anything else."""
    source = SourceText(text)
    tree = read_tree(source, limits)
    stopped = any(problem.rule != "duplicate-key" for problem in tree.problems)
    root = tree.roots[0] if len(tree.roots) == 1 else None
    if stopped or not tree.closed or not isinstance(root, Sequence) or len(root.items) != 1:
        return None
    inner = tuple(problem._replace(pointer=problem.pointer[2:]) for problem in tree.problems)
    return Fragment(source, root.items[0], tree.size - 1, inner, plain=tree.plain)


def find_blocks(text: str, smallest: int) -> list[Block]:
    """Return the block sequences in `text` whose entries can be told apart by their lines alone.

    Those whose entries are on average shorter than `smallest` are left out.
    """
    if _LONE_CR.search(text):
        return []
    blocks = []
    head = _HEAD.search(text)
    while head is not None:
        block = _block(text, head, smallest)
        if block is not None:
            blocks.append(block)
        head = _HEAD.search(text, head.end() if block is None else block.end)
    return blocks


def _block(text: str, head: re.Match[str], smallest: int) -> Block | None:
    """Return the block sequence under the key that `head` matched, if it is worth it."""
    indent = len(head[2])
    if indent < len(head[1]):
        return None
    key = head.end(1)
    start = head.start(2)
    after = _sequence_end(indent).search(text, start)
    end = len(text) if after is None else after.start() + 1
    body = text[start:end]
    if "+" not in body or not _KEEP.search(body):
        body = _without_blank_tail(body)
    entries = _split(body, f"{' ' * indent}- ")
    if len(body) < smallest * len(entries):
        return None
    return Block(key, start, entries, start + len(body))


def _split(body: str, opening: str) -> list[str]:
    """Return the entries of a sequence, each of which starts with a line that starts `opening`."""
    first, *others = body.split(f"\n{opening}")
    entries = [first, *(opening + other for other in others)]
    return [*(f"{entry}\n" for entry in entries[:-1]), entries[-1]]


def _without_blank_tail(body: str) -> str:
    """Return `body` without the blank lines at its end, so that equal entries have equal texts."""
    stripped = body.rstrip("\r\n")
    if len(stripped) == len(body):
        return body
    return body[: len(stripped) + (2 if body.startswith("\r\n", len(stripped)) else 1)]


@lru_cache(maxsize=256)
def _sequence_end(indent: int) -> re.Pattern[str]:
    """Match the line end before the first line that does not belong to a sequence at `indent`.

    A pattern that starts with a letter of its own is searched for many times faster.
    """
    return re.compile(rf"\n(?! {{{indent}}}- )(?= {{0,{indent}}}[^ \r\n])")


def cut(text: str, blocks: list[Block]) -> tuple[str, list[Slot]]:
    """Return `text` with empty lines in place of the lines of `blocks`, and a slot for each."""
    parts: list[str] = []
    slots: list[Slot] = []
    done = removed = line = 0
    for block in blocks:
        line += text.count("\n", done, block.start)
        slots.append(Slot(block.key - removed, line))
        lines = text.count("\n", block.start, block.end)
        parts += text[done : block.start], "\n" * lines
        removed += block.end - block.start - lines
        line += lines
        done = block.end
    parts.append(text[done:])
    return "".join(parts), slots


def _fill(tree: Tree, slot: Slot, fragments: list[Fragment]) -> bool:
    """Put `fragments` into the empty value at `slot`; tell whether there is such a value."""
    mapping, name = tree.empties.get(slot.key, (None, ""))
    if mapping is None or mapping.keys[name].start != slot.key:
        return False
    items: list[Node] = []
    line = slot.line
    for fragment in fragments:
        items.append(Placed(fragment, line))
        line += fragment.lines
    mapping.values[name] = Sequence(0, 0, items)
    return True


def _problems_inside(node: Node, pointer: str = "") -> Iterator[Problem]:
    """Yield the problems of the fragments below `node`, as seen from the surrounding text."""
    for key, child in children(node):
        at = join(pointer, key)
        if isinstance(child, Placed):
            for problem in child.fragment.problems:
                yield problem.down(child.line)._replace(pointer=at + problem.pointer)
        elif not isinstance(child, Scalar):
            yield from _problems_inside(child, at)
