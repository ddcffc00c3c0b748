"""Front matter in TOML and JSON that takes linear time, whatever it contains."""

import pytest

from call_counts import GROWTH, count_calls
from newslint.documents import read_document
from newslint.syntax import Reader
from newslint.syntax.json.fences import find_object_end

TEXTS = {
    "long key": lambda count: "+++\n" + ".".join("a" * count) + " = 1\n+++\n",
    "long header": lambda count: "+++\n[" + ".".join("a" * count) + "]\n+++\n",
    "quotes": lambda count: '{"a": "' + '\\"' * count,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_refused_in_linear_time(kind: str) -> None:
    def calls(count: int) -> int:
        return count_calls(lambda: read_document("a.md", TEXTS[kind](count).encode(), Reader()))

    calls(1000)  # imports
    assert calls(200_000) < GROWTH * calls(50_000)
    assert read_document("a.md", TEXTS[kind](200_000).encode(), Reader()).problems


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('{"a": {}} x', 9),
        ('{"}": 1} x', 8),
        ('{"a": "\\"}"} x', 12),
        ('{"a": "x}\ny', 9),
        ('{"a": "\\"\\"} x', 12),
        ('{"a"', 4),
    ],
)
def test_the_brace_that_closes_an_object(text: str, end: int) -> None:
    assert find_object_end(text, 0) == end
