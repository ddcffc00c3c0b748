"""JSON Pointers, as RFC 6901 defines them."""


def join(parent: str, *keys: str | int) -> str:
    """Return `parent` extended by `keys`, each escaped.

    Args:
        parent: A pointer; empty for the root.
        keys: Mapping keys, or 0-based indexes of list entries.
    """
    return parent + "".join(f"/{escape(str(key))}" for key in keys)


def escape(key: str) -> str:
    """Return `key` as one reference token: `~` becomes `~0` and `/` becomes `~1`."""
    return key.replace("~", "~0").replace("/", "~1")


def split(pointer: str) -> list[str]:
    """Return the unescaped keys of `pointer`; the root pointer has none.

    Raises:
        ValueError: `pointer` is neither empty nor starts with `/`.
    """
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise ValueError(f"not a JSON Pointer: {pointer!r} (it must start with '/')")
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer[1:].split("/")]
