"""The start of a value with an anchor or a tag."""

import pytest

from newslint.text import SourceText
from oracle import root, walk


@pytest.mark.parametrize(
    ("yaml", "spans"),
    [
        ("a: &x !!str b\n", ["a: &x !!str b", "b"]),
        ("a: !!str # c\n  b\n", ["a: !!str # c\n  b", "b"]),
        ("a: &x # c\n  - 1\n", ["a: &x # c\n  - 1", "- 1", "1"]),
        ("a: !\n\ufeff b\n", ["a: !\n\ufeff b", "b"]),
        ("a: !!map {b: c}\n", ["a: !!map {b: c}", "{b: c}", "c"]),
        ("[&a , b]", ["[&a , b]", "", "b"]),
        ("[&a [c], !!str d]", ["[&a [c], !!str d]", "[c]", "c", "d"]),
    ],
)
def test_anchors_tags_and_comments_below_them_are_no_part_of_the_value(
    yaml: str, spans: list[str]
) -> None:
    source = SourceText(yaml)
    found = [
        yaml[source.offset(value.span.start) : source.offset(value.span.end)]
        for value in walk(root(yaml))
    ]
    assert found == spans
