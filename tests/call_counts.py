"""Counts of function calls: a measure of work that does not depend on the machine or its load."""

import sys
from collections.abc import Callable
from typing import Any

GROWTH = 6.0
"""Four times the input takes about four times the calls; with a quadratic step, up to 16 times."""


def count_calls(function: Callable[[], object]) -> int:
    """Run a function and count the calls that it makes, of Python's functions and of C's.

    A loop that does any work calls something at each step. The work inside one call of C, such as
    a search with a regular expression, is not seen: `benchmarks/hostile_texts.py` measures it.
    """
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls
