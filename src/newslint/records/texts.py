"""The strings of a document, which text rules check one by one."""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice
from operator import itemgetter

from newslint.documents import Document
from newslint.documents.code import find_code, split_outside
from newslint.records.collection import NEWS_FIELDS, FieldMap
from newslint.records.redaction import find_secret_lines, is_secret
from newslint.records.target import Target
from newslint.syntax import Fragment, Value
from newslint.syntax.fragment import PlacedFragment
from newslint.syntax.redaction import SECRET_KEYS
from newslint.syntax.style import is_multiline
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.text import Location
from newslint.text.control_characters import FORBIDDEN
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.pointer import join_pointer

TextFilter = Callable[[str, bool | None], object]
"""Decides whether a text is wanted, given its value and whether a URL is expected there.

The latter is None for a key of a mapping.
"""

FoundText = tuple[str, bool | None, "_Step"]
"""The value of a text, whether a URL is expected there (None for a key), and its place."""

_COLLECTIONS = (Mapping, Sequence)
_LINE = lazy_pattern(r"[^\r\n]+")
_MAX_FORBIDDEN = 1000
"""Forbidden characters that are reported of one file."""


def _accept_all(_text: str, _is_url: bool | None, /) -> bool:  # noqa: FBT001 # a `TextFilter`
    """Accept every text."""
    return True


class Text:
    """A string of a document, with the locations of its parts.

    Attributes:
        value: The text as parsed, without quotes and escapes.
        pointer: Its pointer in the front matter; empty for text of the body.
        field: Name of its field; empty for text of the body.
        is_key: Whether it is the key of its field, rather than the value.
    """

    __slots__ = (
        "_document",
        "_field_map",
        "_offset",
        "_scalar",
        "field",
        "is_key",
        "pointer",
        "value",
    )

    def __init__(  # noqa: PLR0913 # independent values
        self,
        value: str,
        scalar: Value | None = None,
        document: Document | None = None,
        offset: int = 0,
        *,
        field_map: FieldMap = NEWS_FIELDS,
        is_key: bool = False,
    ) -> None:
        self.value = value
        self.is_key = is_key
        self.pointer: str = "" if scalar is None else scalar.pointer
        self.field: str = next(
            (k for k in reversed(self.pointer.split("/")) if not k.isdecimal()), ""
        )
        self._scalar = scalar
        self._document = document
        self._offset = offset
        self._field_map = field_map

    @property
    def in_front_matter(self) -> bool:
        """True for a value or a key of the front matter, False for a line of the body."""
        return self._scalar is not None

    @property
    def syntax(self) -> str:
        """The name of the syntax of the front matter that contains the text; empty for the body."""
        if self._scalar is not None:
            return self._scalar.fragment.syntax
        place = None if self._document is None else self._document.front_matter
        return place.language if place is not None and self._offset < place.end else ""

    @property
    def is_unread(self) -> bool:
        """True if the text may belong to a front matter that cannot be parsed."""
        document = self._document if self._scalar is None else None
        return (
            document is not None
            and not document.roots
            and any(problem.rule != "missing-front-matter" for problem in document.problems)
        )

    @property
    def is_html(self) -> bool:
        """Whether the text may contain HTML."""
        return self._scalar is None or self.field in self._field_map.html_fields

    @property
    def is_url(self) -> bool:
        """Whether the text should be a URL, or the path of an image."""
        return self.pointer.rsplit("/", 1)[-1] in self._field_map.url_fields or self.is_image

    @property
    def is_image(self) -> bool:
        """Whether the text is itself an image: an address or a path, rather than a mapping."""
        return self.field in self._field_map.image_fields

    @property
    def is_block(self) -> bool:
        """Whether the text consists of whole lines, so that it ends with a line end by itself."""
        node = None if self._scalar is None else dereference(self._scalar.node)
        return isinstance(node, Scalar) and is_multiline(node.style)

    @property
    def scalar(self) -> Value | None:
        """The value that contains the text; None for text of the body."""
        return self._scalar

    def part(self, start: int, end: int) -> Target:
        """Create the target of the characters from `start` up to `end` (0-based, exclusive)."""
        if self._scalar is not None:
            location = Location("", self.pointer, self._scalar.part_span(start, end))
        else:
            assert self._document is not None  # noqa: S101 # a text has a scalar or a document
            location = self._document.locate_range(self._offset + start, self._offset + end)
        return Target(location, self.value if self.in_front_matter else self.value[start:end])


def entry_texts(
    entry: Value, field_map: FieldMap = NEWS_FIELDS, is_wanted: TextFilter = _accept_all
) -> Iterator[Text]:
    """Yield the texts of one entry of `related`, with pointers relative to the entry.

    Args:
        entry: The entry.
        field_map: The roles of its fields.
        is_wanted: Filters the texts.
    """
    return select_texts(walk_texts(entry, field_map), field_map, is_wanted)


def record_texts(
    root: Value, field_map: FieldMap = NEWS_FIELDS, is_wanted: TextFilter = _accept_all
) -> Iterator[Text]:
    """Yield the texts of a front matter except those in `related` and secret ones.

    Args:
        root: The front matter.
        field_map: The roles of its fields.
        is_wanted: Filters the texts.
    """
    return select_texts(walk_texts(root, field_map, field_map.related), field_map, is_wanted)


def forbidden_characters(document: Document) -> Iterator[Text]:
    """Yield characters of the front matter that its syntax forbids and that are in no other text.

    They are in keys, comments and secret values, and make parsers reject the file as well.
    """
    if document.front_matter is None or all(root.fragment.all_printable for root in document.roots):
        return
    start, end = document.front_matter[:2]
    text = document.source.text
    found = [match.start() for match in FORBIDDEN.finditer(text, start, end)]
    covered = sorted(_text_offsets(document)) if found else []
    outside = (at for at in found if not _is_covered(covered, at))
    for at in islice(outside, _MAX_FORBIDDEN):
        yield Text(text[at], document=document, offset=at)


def _is_covered(spans: list[tuple[int, int]], at: int) -> bool:
    """Check whether an offset is in one of `spans`, which are sorted and do not overlap."""
    index = bisect_right(spans, at, key=itemgetter(0))
    return index > 0 and at < spans[index - 1][1]


def _text_offsets(document: Document) -> Iterator[tuple[int, int]]:
    """Yield start and end offsets of the texts in fragments with forbidden characters."""
    for root in document.roots:
        for scalar in _scalars_with_forbidden(root):
            if isinstance(scalar.python, str) and not is_secret(scalar):
                start, end = scalar.span
                yield document.source.offset(start), document.source.offset(end)


def _scalars_with_forbidden(root: Value) -> Iterator[Value]:
    """Yield the scalars of all fragments that contain a character which the syntax forbids."""
    stack = [root]
    while stack:
        value = stack.pop()
        is_outer = value.fragment is root.fragment
        if isinstance(value.node, Scalar):
            if not value.fragment.printable:
                yield value
        elif isinstance(value.node, _COLLECTIONS) and (is_outer or not value.fragment.printable):
            stack += [child for key, child in value.items() if value.owns(key)]


def body_texts(document: Document) -> Iterator[Text]:
    """Yield the lines below the front matter, or all lines of a file without parsed front matter.

    Code is left out: of a line with a code span, the parts beside it are yielded. Front matter that
    cannot be parsed may contain a secret; lines that look like one are left out.
    """
    start = document.body_start
    if start == 0 and document.source.text.startswith("\ufeff"):
        start = 1
    body = document.source.text[start:]
    secret = {} if document.roots else {end: at for at, end in find_secret_lines(body)}
    code = find_body_code(document)
    for line in _LINE.finditer(body):
        if line.end() in secret:
            continue
        for at, end in split_outside(start + line.start(), start + line.end(), code):
            yield Text(document.source.text[at:end], document=document, offset=at)


def find_body_code(document: Document) -> list[tuple[int, int]]:
    """Find the code below the front matter; none if it is uncertain where that ends."""
    if document.front_matter is not None:
        start = document.front_matter.body
    elif all(problem.rule == "missing-front-matter" for problem in document.problems):
        start = 0
    else:
        return []
    found = find_code(document.source.text[start:], document.path)
    return [(start + at, start + end) for at, end in found]


_Step = tuple[Node, Fragment, int, str, "_Step | None"]
"""A node on the path from a description, its fragment, the fragment's line, its key, and the step
above. It is a plain tuple for speed, since one is created for each node of an archive."""


def _value_at(step: _Step) -> Value:
    """Create the value of a step, with its pointer relative to the start of the path."""
    node, fragment, line, key, above = step
    keys: list[str] = []
    while above is not None:
        keys.append(key)
        *_, key, above = above
    return Value(fragment, node, join_pointer("", *reversed(keys)), line)


def walk_texts(value: Value, field_map: FieldMap, excluded: str | None = None) -> list[FoundText]:
    """List the texts in `value`, in order, without aliases, secret values and keys in ASCII.

    Args:
        value: A description.
        field_map: The roles of its fields.
        excluded: Name of a field to skip.
    """
    urls = field_map.url_fields | field_map.image_fields
    node = dereference(value.node)
    found: list[FoundText] = []
    first: _Step = (node, value.fragment, 0, "", None)
    if isinstance(node, Scalar):
        if isinstance(node.value, str) and node.value:
            found.append((node.value, "" in urls, first))
    else:
        _find_below(first, (urls, field_map.image_fields), found, excluded)
    return found


def select_texts(
    found: Iterable[FoundText], field_map: FieldMap, is_wanted: TextFilter
) -> Iterator[Text]:
    """Yield the wanted ones of texts. Pointers are computed only for these, which are few."""
    for text, is_url, step in found:
        if is_wanted(text, is_url):
            yield Text(text, _value_at(step), field_map=field_map, is_key=is_url is None)


_UrlNames = tuple[Container[str], Container[str]]
"""Names of fields with URLs, and of those whose texts are URLs also if they are in a list."""


def _find_below(
    step: _Step, names: _UrlNames, found: list[FoundText], excluded: str | None = None
) -> None:
    """Find the texts below a collection."""
    node, fragment, line, _, _ = step
    urls, _ = names
    if isinstance(node, Mapping):
        for name, child in node.own_values.items():
            if name in SECRET_KEYS or name == excluded:
                continue
            if not name.isascii():
                found.append((name, None, (node.keys[name], fragment, line, name, step)))
            if type(child) is Scalar:
                text = child.value
                if type(text) is str and text:
                    found.append((text, name in urls, (child, fragment, line, name, step)))
            elif isinstance(child, _COLLECTIONS):
                _find_below((child, fragment, line, name, step), names, found)
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.items):
            _find_in_item(item, str(at), step, names, found)


def _find_in_item(
    item: Node, name: str, above: _Step, names: _UrlNames, found: list[FoundText]
) -> None:
    """Find the texts in an item of a list."""
    _, fragment, line, field, _ = above
    node = item
    if isinstance(item, PlacedFragment):
        node, fragment, line = item.fragment.node, item.fragment, line + item.line
    step: _Step = (node, fragment, line, name, above)
    if isinstance(node, _COLLECTIONS):
        _find_below(step, names, found)
    elif isinstance(node, Scalar) and isinstance(node.value, str) and node.value:
        urls, images = names
        found.append((node.value, name in urls or field in images, step))
