"""Front matter of very many keys takes linear time, in the check and in every format."""

from difflib import get_close_matches

import pytest
from everything import report_all
from hypothesis import given
from hypothesis import strategies as st
from runs import outcome

from call_counts import GROWTH, count_calls
from newslint.records.schema.problems import suggestion

RECORDS = {
    "plain": lambda n: "".join(f"k{i}: v\n" for i in range(n)),
    "quoted": lambda n: "".join(f'"k\\x41{i}": "v"\n' for i in range(n)),
    "secret": lambda n: "".join(f"Secured{i}: &x{i} v\n" for i in range(n)),
    "nested": lambda n: "extra:\n" + "".join(f"  k{i}: v\n" for i in range(n)),
    "flow": lambda n: "extra: {" + ", ".join(f"k{i}: v" for i in range(n)) + "}\n",
    "repeated": lambda n: "".join(f"k{i % 10}: v\n" for i in range(n)),
    "merged": lambda n: "b: &b {" + ", ".join(f"k{i}: v" for i in range(n)) + "}\n<<: *b\n",
    "entry": lambda n: "related:\n- title: t\n" + "".join(f"  k{i}: v\n" for i in range(n)),
    "broken": lambda n: "".join(f"k{i}: v: secured\n" for i in range(n)),
}
SIZE = 150


@pytest.mark.parametrize("kind", RECORDS)
def test_many_keys_take_linear_time(kind: str) -> None:
    def calls(size: int) -> int:
        files = {"a.md": f"---\n{RECORDS[kind](size)}---\n".encode()}
        return count_calls(lambda: report_all(outcome(files)))

    calls(SIZE)  # fills caches
    assert calls(4 * SIZE) < GROWTH * calls(SIZE)


@given(st.text("abcdet", max_size=8), st.lists(st.text("abcdet", max_size=8), max_size=6))
def test_suggestions_are_those_of_difflib(name: str, known: list[str]) -> None:
    close = get_close_matches(name, known, n=1)
    assert suggestion(name, known) == (f"; did you mean {close[0]}?" if close else "")
