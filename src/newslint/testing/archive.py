"""Checking texts as the files of one archive."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from newslint.diagnostics import Report
from newslint.execution import CheckRequest, check
from newslint.records import NEWS, Collection
from newslint.rules.api import Rule
from newslint.settings import Ruleset


class UniformSelection:
    """A selection that applies the same rules to all files of one collection.

    Args:
        rules: The rules, with their options.
        collection: The collection that all files belong to.
    """

    def __init__(self, rules: Iterable[Rule], collection: Collection = NEWS) -> None:
        self._ruleset = Ruleset(tuple(rules))
        self._collection = collection

    def ruleset(self, _path: str, /) -> Ruleset:
        """Get the rules, whatever the path."""
        return self._ruleset

    def collection(self, _path: str, /) -> Collection:
        """Get the collection, whatever the path."""
        return self._collection


def lint(
    rules: Rule | Iterable[Rule], files: Mapping[str, str | bytes], collection: Collection = NEWS
) -> Report:
    """Check files with some rules, as records of one archive.

    Args:
        rules: One rule or several, with their options.
        files: The content of each file by its path.
        collection: The collection that they belong to.
    """
    rules = (rules,) if isinstance(rules, Rule) else tuple(rules)
    with TemporaryDirectory(prefix="newslint-") as name:
        folder = Path(name).resolve()
        (folder / "newslint.toml").touch()
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else encode(content))
        return check(
            CheckRequest.create([folder], folder, UniformSelection(rules, collection))
        ).report


def fence(front_matter: str) -> str:
    """Wrap front matter in fences, which makes it the text of a file without a body."""
    return f"---\n{front_matter}\n---\n"


def encode(text: str) -> bytes:
    r"""Encode a text as UTF-8; a surrogate such as `\udce9` becomes the byte that it represents."""
    return text.encode("utf-8", "surrogateescape")
