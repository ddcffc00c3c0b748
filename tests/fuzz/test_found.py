"""Inputs found by fuzzing, each of which broke newslint once."""

import pytest
from everything import survive
from test_fragments_change_nothing import agree

MANY = 2_000

FOUND = {
    "a host that ends in thousands of colons": f"webUrl: https://a{':' * MANY}/",
    "a URL that ends in thousands of slashes and spaces": f"webUrl: >-\n  https://a{'/ ' * MANY}x",
    "a URL with thousands of empty parameters": f"webUrl: https://a.b/?a{'& ' * MANY}x",
    "a tag that is no UTF-8, behind thousands that are none": f"a: !{'!0' * MANY}\nb: !%ff x",
    "thousands of marks of direction": f'title: "{chr(0x202E) * MANY}"',
    "thousands of soft hyphens": f"title: |\n  x{chr(0xAD) * MANY}",
    "thousands of control characters": f"title: {chr(0x80) * MANY}x",
    "thousands of control characters in a comment": f"title: x # {chr(0x80) * MANY}",
    "thousands of broken quotes": f"title: x{'â€' + chr(0x9D)} {('â€' + chr(0x9D) + ' ') * 1000}",
    "thousands of percentages": f"title: x{'%41 ' * MANY}",
    "percentages without a space": f"title: x{'%4' * MANY}",
    "a comment with thousands of names": f"title: x # newslint: ignore[{'text,' * MANY}x]",
    "a comment with thousands of unknown names": f"title: x # newslint: ignore[{'1,' * MANY}x]",
    "white space behind the last entry between brackets": f"related: [{{title: x}}{' ' * MANY}]",
    "words that were joined all over a long line": f"title: {'x Ã© Â&nbsp;y â€ ' * 1000}",
}


@pytest.mark.parametrize("front_matter", FOUND.values(), ids=FOUND)
def test_what_was_found_once_is_cured(front_matter: str) -> None:
    data = f"---\n{front_matter}\n---\n".encode()
    survive({"a.md": data})
    agree(data, "a.md")
