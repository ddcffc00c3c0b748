"""Similar names, for messages about misspelt ones."""

from collections.abc import Iterable


def closest(name: str, known: Iterable[str]) -> str:
    """Find the text in `known` most similar to `name`, in any case; empty if none is similar."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    near = get_close_matches(name.casefold(), folded, n=1)
    return folded[near[0]] if near else ""
