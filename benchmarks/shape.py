"""The shape of an archive: files, bytes, and how often its related entries repeat.

    python benchmarks/shape.py FOLDER... [--json]

Prints a line for each folder.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from yardstick import front_matter

_RELATED = re.compile(r"^related:[ ]*\n((?:(?:[ -].*)?\n)*)", re.MULTILINE)
_ENTRY = re.compile(r"^ *- (?=\w+:)", re.MULTILINE)


class Shape(NamedTuple):
    """The shape of an archive.

    Attributes:
        files: How many have front matter.
        size: Bytes of front matter.
        entries: How many entries of `related` there are.
        distinct: How many different texts these are.
        related: Bytes of them.
    """

    files: int
    size: int
    entries: int
    distinct: int
    related: int

    def __str__(self) -> str:
        """Describe the shape in a sentence."""
        sentence = f"{self.files:,} files, {self.size / 1e6:.1f} MB of front matter"
        if not self.entries:
            return f"{sentence}, no related entries"
        return (
            f"{sentence}, {self.entries:,} related entries of {self.distinct:,} distinct texts, "
            f"{self.related / self.entries:.0f} bytes each, {self.related / self.size:.0%} of it"
        )


def shape(texts: Iterable[str]) -> Shape:
    """Return the shape of an archive.

    Args:
        texts: The front matter of each file.
    """
    files = size = 0
    seen: Counter[str] = Counter()
    for text in texts:
        files += 1
        size += len(text.encode())
        seen.update(_entries(f"{text}\n"))
    related = sum(len(entry.encode()) * count for entry, count in seen.items())
    return Shape(files, size, seen.total(), len(seen), related)


def _entries(text: str) -> Iterable[str]:
    """Return the entries of `related` in front matter, as text."""
    found = _RELATED.search(text)
    if not found:
        return []
    lines = found[1]
    first = _ENTRY.search(lines)
    if not first:
        return []
    indent = re.escape(first[0].removesuffix("- "))
    return [f"{part.rstrip()}\n" for part in re.split(f"(?m)^{indent}- ", lines)[1:]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    for folder in options.folders:
        made = shape(front_matter(folder))
        print(json.dumps(made._asdict()) if options.json else f"{folder}: {made}")


if __name__ == "__main__":
    main()
