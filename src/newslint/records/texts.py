"""The strings of a document, one by one, as text rules see them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from operator import itemgetter

from newslint.documents import Document
from newslint.records.collection import NEWS_FIELDS, FieldMap
from newslint.records.description import Target
from newslint.records.redaction import find_secret_lines, is_secret
from newslint.syntax.yaml import Fragment, Value
from newslint.syntax.yaml.forbidden import FORBIDDEN
from newslint.syntax.yaml.fragments import PlacedFragment
from newslint.syntax.yaml.redaction import SECURED
from newslint.syntax.yaml.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.text import Location
from newslint.text.pointer import join_pointer

TextFilter = Callable[[str, bool], object]

_COLLECTIONS = (Mapping, Sequence)
_LINE = re.compile(r"[^\r\n]+")
_MOST_OUTSIDE = 1000
"""Characters of one file: no file holds as many by mistake."""


def _every(_text: str, _is_url: bool, /) -> bool:  # noqa: FBT001 # called with what it is given
    """Tell that every text is wanted."""
    return True


class Text:
    """A string, and where each part of it stands.

    Attributes:
        value: The text as readers get it.
        pointer: Where it is in the front matter; empty for what is not front matter.
        field: Name of the field; empty for what is not front matter.
    """

    __slots__ = ("_document", "_offset", "_scalar", "_shape", "field", "pointer", "value")

    def __init__(  # independent values
        self,
        value: str,
        scalar: Value | None = None,
        document: Document | None = None,
        offset: int = 0,
        *,
        field_map: FieldMap = NEWS_FIELDS,
    ) -> None:
        self.value = value
        self.pointer = "" if scalar is None else scalar.pointer
        self.field = next((k for k in reversed(self.pointer.split("/")) if not k.isdecimal()), "")
        self._scalar = scalar
        self._document = document
        self._offset = offset
        self._shape = field_map

    @property
    def in_front_matter(self) -> bool:
        """Whether this is a value of the front matter."""
        return self._scalar is not None

    @property
    def is_html(self) -> bool:
        """Whether markup is at home here."""
        return self._scalar is None or self.field in self._shape.html_fields

    @property
    def is_url(self) -> bool:
        """Whether a URL is expected here."""
        return self.pointer.rsplit("/", 1)[-1] in self._shape.url_fields

    @property
    def is_block(self) -> bool:
        """Whether it is written as a block scalar, which ends in a line end by itself."""
        node = None if self._scalar is None else dereference(self._scalar.node)
        return isinstance(node, Scalar) and node.style in ("|", ">")

    @property
    def scalar(self) -> Value | None:
        """The value that holds the text; None for what is not front matter."""
        return self._scalar

    def part(self, start: int, end: int) -> Target:
        """Return the target for the characters from `start` up to `end` (0-based)."""
        if self._scalar is not None:
            location = Location("", self.pointer, self._scalar.part(start, end))
        else:
            assert self._document is not None  # noqa: S101 # a text is in one of the two
            location = self._document.at(self._offset + start, self._offset + end)
        return Target(location, self.value if self.in_front_matter else self.value[start:end])


def entry_texts(
    entry: Value, field_map: FieldMap = NEWS_FIELDS, is_wanted: TextFilter = _every
) -> Iterator[Text]:
    """Yield the texts of one entry of `related`, pointers counted from the entry.

    Args:
        entry: The entry.
        field_map: Which field plays which part.
        is_wanted: Tells, given a text and whether a URL is expected there, whether to yield it.
    """
    yield from _texts(entry, field_map, is_wanted)


def record_texts(
    root: Value, field_map: FieldMap = NEWS_FIELDS, is_wanted: TextFilter = _every
) -> Iterator[Text]:
    """Yield the texts of a front matter but those of its `related` entries and its secret ones.

    Args:
        root: The front matter.
        field_map: Which field plays which part.
        is_wanted: As for an entry.
    """
    yield from _texts(root, field_map, is_wanted, field_map.related)


def forbidden_characters(document: Document) -> Iterator[Text]:
    """Yield the characters of the front matter that YAML forbids and that no text shows.

    They stand in keys, comments and secret values, and make YAML parsers refuse the file as well.
    """
    if document.front_matter is None or all(root.fragment.all_printable for root in document.roots):
        return
    start, end, _ = document.front_matter
    text = document.source.text
    found = [match.start() for match in FORBIDDEN.finditer(text, start, end)]
    shown = sorted(_shown_spans(document)) if found else []
    outside = (at for at in found if not _is_between(shown, at))
    for at in islice(outside, _MOST_OUTSIDE):
        yield Text(text[at], document=document, offset=at)


def _is_between(spans: list[tuple[int, int]], at: int) -> bool:
    """Tell whether an offset is in one of `spans`, which are sorted and do not overlap."""
    index = bisect_right(spans, at, key=itemgetter(0))
    return index > 0 and at < spans[index - 1][1]


def _shown_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the offsets between which texts stand, those of plain fragments aside."""
    for root in document.roots:
        for scalar in _scalars_not_plain(root):
            if isinstance(scalar.python, str) and not is_secret(scalar):
                start, end = scalar.span
                yield document.source.offset(start), document.source.offset(end)


def _scalars_not_plain(root: Value) -> Iterator[Value]:
    """Yield the scalars of all fragments that hold a character which YAML forbids."""
    stack = [root]
    while stack:
        value = stack.pop()
        is_around = value.fragment is root.fragment
        if isinstance(value.node, Scalar):
            if not value.fragment.plain:
                yield value
        elif isinstance(value.node, _COLLECTIONS) and (is_around or not value.fragment.plain):
            stack += [child for key, child in value.items() if value.owns(key)]


def body_texts(document: Document) -> Iterator[Text]:
    """Yield the lines below the front matter, or of the whole file where none was read.

    Front matter that could not be read may hold a secret, which is left out here as well.
    """
    start = document.body_start
    if start == 0 and document.source.text.startswith("\ufeff"):
        start = 1
    body = document.source.text[start:]
    secret = {} if document.roots else {end: at for at, end in find_secret_lines(body)}
    for line in _LINE.finditer(body):
        if line.end() not in secret:
            yield Text(line[0], document=document, offset=start + line.start())


_Step = tuple[Node, Fragment, int, str, "_Step | None"]
"""A node on the way down from a description, its fragment, the line of that, its key, and the step
above. It is a bare tuple, since one is made for each node of an archive."""


def _value(step: _Step) -> Value:
    """Return the node of a step with its pointer, counted from where the way began."""
    node, fragment, line, key, above = step
    keys: list[str] = []
    while above is not None:
        keys.append(key)
        *_, key, above = above
    return Value(fragment, node, join_pointer("", *reversed(keys)), line)


def _texts(
    value: Value, field_map: FieldMap, is_wanted: TextFilter, left_out: str | None = None
) -> Iterator[Text]:
    """Yield the texts below `value` that are wanted, in order.

    What has an anchor is seen there only, and what is secret is not. Pointers are made for what is
    wanted: that is little.

    Args:
        value: A description.
        field_map: Which field plays which part.
        is_wanted: See above.
        left_out: Name of its field that is left out.
    """
    urls = field_map.url_fields
    first: _Step = (dereference(value.node), value.fragment, 0, "", None)
    stack = [step for step in _below(first) if left_out is None or step[3] != left_out]
    if isinstance(first[0], Scalar):
        stack = [first]
    while stack:
        step = stack.pop()
        node = step[0]
        if isinstance(node, Scalar):
            text = node.value
            if isinstance(text, str) and text and is_wanted(text, step[3] in urls):
                yield Text(text, _value(step), field_map=field_map)
        else:
            stack += _below(step)


def _below(step: _Step) -> list[_Step]:
    """Return the children of a node that stand in it and are not secret, the last one first."""
    node, fragment, line, _, _ = step
    if isinstance(node, Mapping):
        return [
            (child, fragment, line, name, step)
            for name, child in reversed(node.own.items())
            if name != SECURED
        ]
    if not isinstance(node, Sequence):
        return []
    steps = [_item(item, fragment, line, str(at), step) for at, item in enumerate(node.items)]
    return steps[::-1]


def _item(item: Node, fragment: Fragment, line: int, key: str, above: _Step) -> _Step:
    """Return the step to an item of a list, which may be a fragment of its own."""
    if isinstance(item, PlacedFragment):
        return (item.fragment.node, item.fragment, line + item.line, key, above)
    return (item, fragment, line, key, above)
