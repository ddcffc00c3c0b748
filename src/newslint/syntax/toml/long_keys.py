"""Keys for which `tomllib` needs time and memory by the square of their number of parts."""

from newslint.text.lazy_pattern import lazy_pattern

MAX_PARTS = 200
LONG_KEY = lazy_pattern(
    r"""(?<![\w"'. \t-])[ \t]*+((?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200})"""
)
"""The first `MAX_PARTS` parts of a key that has more."""
