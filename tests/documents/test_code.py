"""Code below the front matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents.code import find_code, split_outside

_PIECES = (
    *("`", "``", "```", "~~~", "\\", "    ", "\t", "\n", "\r\n", "\n\n", "- ", "> ", "# ", "x"),
    *("<pre>", "</pre>", "<code>", "</CODE>", "<script src=x>", "</script>", "â€™"),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


def _code(text: str, path: str = "a.md") -> list[str]:
    return [text[start:end].strip("\n") for start, end in find_code(text, path)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `x` b ``y ` z`` c", ["`x`", "``y ` z``"]),
        ("a `x\ny` b", ["`x\ny`"]),
        ("a `x\n\ny` b", []),
        ("- it`s\n- don`t", []),
        ("a \\`x` b", []),
        ("a \\``x` b", ["`x`"]),
        ("a ` b", []),
        ("a\n```\nx\n```\nb", ["```\nx\n```"]),
        ("a\n~~~~ txt\nx\n~~~\ny\n~~~~\nb", ["~~~~ txt\nx\n~~~\ny\n~~~~"]),
        ("- a\n\n  ```\n  x\n  ```\n\nb", ["  ```\n  x\n  ```"]),
        ("> ```\n> x\n> ```\n\nb", ["> ```\n> x\n> ```"]),
        ("```\nx", ["```\nx"]),
        ("``` a`b\nx", []),
        ("a\n\n    x\n    y\nb", ["    x\n    y"]),
        ("    x\n\n    y\n\nb", ["    x", "    y"]),
        ("a\n\n\tx\n", ["\tx"]),
        ("a\n    b", []),
        ("- a\n\n    b", []),
        ("1. a\n\n    b\n\nc\n\n    x", ["    x"]),
        ("[^1]: a\n\n    b", []),
        ("a <code>x</code> b", ["<code>x</code>"]),
        ("<PRE class=a>\nx\n\ny\n</pre>b", ["<PRE class=a>\nx\n\ny\n</pre>"]),
        ("a <code> b", []),
        ("a `<pre>` b </pre>", ["`<pre>`"]),
        ("a <codex>b</codex>", []),
    ],
)
def test_code_of_markdown(text: str, code: list[str]) -> None:
    assert _code(text) == code


def test_only_elements_are_code_in_html() -> None:
    text = "a\n\n    b `c`\n```\n<code>x</code>"
    assert _code(text, "a.html") == ["<code>x</code>"]


def test_mdx_has_no_indented_code() -> None:
    assert _code("a\n\n    b `x`", "a.mdx") == ["`x`"]


@given(_TEXTS, st.sampled_from(["a.md", "a.mdx", "a.html"]))
def test_code_is_sorted_and_the_rest_is_complete(text: str, path: str) -> None:
    code = find_code(text, path)
    bounds = [offset for each in code for offset in each]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(text) for start, end in code)
    outside = list(split_outside(0, len(text), code))
    assert "".join(text[start:end] for start, end in sorted([*code, *outside])) == text


@given(_TEXTS, _TEXTS)
def test_text_of_a_closed_fence_is_code(before: str, inside: str) -> None:
    inside = inside.replace("~", "")
    text = f"~~~~~\n{inside}\n~~~~~\n\n{before}"
    start, end = find_code(text, "a.md")[0]
    assert start == 0
    assert end >= len(inside) + 12
