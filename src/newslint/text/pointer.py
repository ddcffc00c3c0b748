"""JSON Pointers, as RFC 6901 defines them."""


def join_pointer(parent: str, *keys: str | int) -> str:
    """Extend a JSON Pointer: `join_pointer("/related", 0, "a/b")` is `/related/0/a~1b`.

    Args:
        parent: A pointer; empty for the root.
        keys: Mapping keys, or 0-based indexes of list entries.
    """
    for key in keys:
        parent += f"/{escape_key(key) if isinstance(key, str) else key}"
    return parent


def escape_key(key: str) -> str:
    """Escape a key for use in a pointer: `~` becomes `~0` and `/` becomes `~1`."""
    if "~" in key or "/" in key:
        return key.replace("~", "~0").replace("/", "~1")
    return key


def split_pointer(pointer: str) -> list[str]:
    """Split a pointer into its unescaped keys; the root pointer has none.

    Raises:
        ValueError: `pointer` is neither empty nor starts with `/`.
    """
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise ValueError(f"not a JSON Pointer: {pointer!r} (it must start with '/')")
    keys = pointer[1:].split("/")
    return [key.replace("~1", "/").replace("~0", "~") for key in keys] if "~" in pointer else keys
