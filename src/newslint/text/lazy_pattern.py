"""Regular expressions that are compiled on first use.

Compiling all patterns of the rules takes a tenth of a short run, which needs few of them.
"""

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

_METHODS = frozenset(("findall", "finditer", "fullmatch", "match", "search", "split", "sub"))


class LazyPattern:
    """A regular expression that is compiled when one of its methods is first used.

    Args:
        pattern: The pattern.
        flags: Its flags.

    Attributes:
        pattern: The pattern.
    """

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def compile(self) -> re.Pattern[Any]:
        """Compile the pattern."""
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Compile the pattern, and keep its methods, so that this is called once."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = self.compile()
        self.__dict__.update({each: getattr(compiled, each) for each in _METHODS})
        return self.__dict__[name]  # type: ignore[no-any-return] # a method of the pattern


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Create a regular expression that is compiled on first use."""
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
