"""Old spellings of public names, kept for one release."""

import warnings
from collections.abc import Mapping
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
    warnings.warn(
        f"{module['__name__']}.{name} is now called {new}; "
        f"newslint {REMOVED_IN} removes the old name",
        DeprecationWarning,
        stacklevel=3,
    )
    return module[new]
