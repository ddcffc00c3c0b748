"""Plain scalars that YAML 1.1 and YAML 1.2 read differently.

PyYAML and older parsers implement YAML 1.1; the parsers of Hugo, Astro and others read numbers as
YAML 1.2 does (its core schema). Dates are left out: parsers of both versions read them as dates.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from newslint.syntax.yaml.resolve import resolve_plain
from newslint.text.lazy_pattern import lazy_pattern

_MAX_LENGTH = 400
"""The greatest length of a number; `resolve_plain` reads a longer one as text."""

_DIFFERENT = re.compile(
    r"""[yYnN]                                                    # true and false in YAML 1.1
    | [-+]?+0[bx_o0-9][0-9A-Fa-f_]*+                              # 014, 08, 0o14, 0b11, -0x1F
    | [-+]?+[0-9]++(?:_[0-9_]*+)(?:\.[0-9_]*+)?+(?:[eE][-+][0-9]++)?+    # 1_000
    | [-+]?+[0-9]*+\.[0-9]*+_[0-9_]*+(?:[eE][-+][0-9]++)?+        # 0.000_1
    | [-+]?+[0-9][0-9_]*+(?::[0-5]?[0-9])++(?:\.[0-9_]*+)?+       # 12:30
    | [-+]?+(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][-+]?+[0-9]++ # 1e3, 1.5e3""",
    re.VERBOSE,
)
"""Every scalar that may be read differently, and few others, such as `00` and `1.5e+3`."""

_MAX_DIGITS = 24
_INTEGER = lazy_pattern(r"[-+]?[0-9]+")
_BASED = lazy_pattern(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = lazy_pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BOOLEANS = {"y": True, "Y": True, "n": False, "N": False}
"""Booleans of YAML 1.1 that PyYAML reads as text."""


class Readings(NamedTuple):
    """The values of a plain scalar in the versions of YAML.

    Attributes:
        text: The source text.
        own: The value in the tree, which is PyYAML's.
        yaml11: The value in YAML 1.1.
        yaml12: The value in YAML 1.2.
    """

    text: str
    own: Any
    yaml11: Any
    yaml12: Any

    @property
    def explanation(self) -> str:
        """The clause of a message that explains the values."""
        return (
            f"which YAML 1.1 reads as {_describe(self.yaml11)} and YAML 1.2 as "
            f"{_describe(self.yaml12)}"
        )

    @property
    def other(self) -> Any:
        """The value that is not in the tree."""
        return self.yaml11 if self.own == self.yaml12 else self.yaml12


def may_differ(text: str, start: int = 0, end: int | None = None) -> bool:
    """Check whether the plain scalar `text[start:end]` may be read differently."""
    return _DIFFERENT.fullmatch(text, start, len(text) if end is None else end) is not None


@lru_cache(maxsize=4096)
def find_readings(text: str) -> Readings | None:
    """Read a plain scalar that matches `may_differ`; None if its values are equal."""
    if len(text) > _MAX_LENGTH:
        return None
    own = resolve_plain(text)
    readings = Readings(text, own, _BOOLEANS.get(text, own), _resolve_core(text))
    return None if readings.yaml11 == readings.yaml12 else readings


def _resolve_core(text: str) -> Any:
    """Convert a plain scalar that matches `may_differ` as in YAML 1.2."""
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def _describe(value: Any) -> str:
    """Describe a reading: `text`, `true`, `the number 12`."""
    if isinstance(value, str):
        return "text"
    return str(value).lower() if isinstance(value, bool) else f"the number {_shorten(value)}"


def _shorten(number: float) -> str:
    """Format a number, cut if it is long."""
    text = str(number)
    return text if len(text) <= _MAX_DIGITS else f"{text[: _MAX_DIGITS - 1]}…"
