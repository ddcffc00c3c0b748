"""Counts of function calls: a measure of work that does not depend on the machine or its load."""

from collections.abc import Callable
from cProfile import Profile

GROWTH = 6.0
"""Four times the input takes about four times the calls; with a quadratic step, up to 16 times."""


def count_calls(function: Callable[[], object]) -> int:
    """Run a function and count the calls that it makes, of Python's functions and of C's.

    A loop that does any work calls something at each step. The work inside one call of C, such as
    a search with a regular expression, is not seen: `benchmarks/hostile_texts.py` measures it.
    """
    profile = Profile(subcalls=False)
    profile.enable()
    try:
        function()
    finally:
        profile.disable()
    return sum(each.callcount for each in profile.getstats())
