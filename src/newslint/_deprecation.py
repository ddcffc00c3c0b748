"""Old spellings of public names, which work for one release with a warning."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

REMOVED_IN = "0.2"
"""The release that drops them."""


def resolve_alias(module: Mapping[str, Any], renamed: Mapping[str, str], name: str) -> Any:
    """Look up a module's attribute by its old name, with a warning.

    A module calls it in its `__getattr__`, to which Python turns for names that the module lacks.

    Args:
        module: The module's `globals()`.
        renamed: New names by old name.
        name: The name to look up.

    Raises:
        AttributeError: `name` is not an old name.
    """
    if name not in renamed:
        raise AttributeError(f"module '{module['__name__']}' has no attribute '{name}'")
    new = renamed[name]
    warn_renamed(f"{module['__name__']}.{name}", new, stacklevel=4)
    return module[new]


def deprecated_attribute(old: str, new: str) -> Any:
    """Create a property `old` that warns and returns the attribute `new`."""

    def get(self: Any) -> Any:
        warn_renamed(f"{type(self).__name__}.{old}", new, stacklevel=3)
        return getattr(self, new)

    return property(get)


def warn_renamed(old: str, new: str, stacklevel: int = 3) -> None:
    """Warn that `old` is now called `new`."""
    message = f"{old} is now called {new}; newslint {REMOVED_IN} removes the old name"
    warnings.warn(message, DeprecationWarning, stacklevel=stacklevel)


def warn_deprecated(old: str, new: str, stacklevel: int = 3) -> None:
    """Warn that `old` will be removed, and that `new` replaces it."""
    message = f"{old} is deprecated; newslint {REMOVED_IN} removes it: use {new}"
    warnings.warn(message, DeprecationWarning, stacklevel=stacklevel)


@contextmanager
def defer_warnings() -> Iterator[None]:
    """Emit deprecation warnings of the enclosed code afterwards, and never raise them.

    A filter that turns warnings into errors stops an author's tests, but no run of a plugin.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", DeprecationWarning)
        yield
    for each in caught:
        with suppress(DeprecationWarning):
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
