"""Old spellings of attributes that plugins use: they work for one release, with a warning."""

import warnings
from typing import Any


def deprecated_attribute(old: str, new: str) -> Any:
    """Create a property `old` that warns and returns the attribute `new`."""

    def get(self: Any) -> Any:
        name = f"{type(self).__name__}.{old}"
        message = f"{name} is deprecated and will be removed in the next release: use {new}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return getattr(self, new)

    return property(get)
