"""Headlines and excerpts of an archive, for the benchmarks on text."""

from pathlib import Path

from newslint.documents import discover, load_document
from newslint.records.text_comparison import normalise_text
from newslint.syntax import Reader


def pairs_of(folder: Path, least: int = 40) -> list[tuple[str, str]]:
    """Return the distinct pairs of headline and excerpt below `folder`, repaired.

    Args:
        folder: An archive. Entries of `related` count as well as records.
        least: Excerpts of at most so many characters are left out.
    """
    reader = Reader()
    found: dict[tuple[str, str], None] = {}
    for path in discover(folder):
        for root in load_document(path, path.name, reader).roots:
            fields = root.python
            related = fields.get("related") if isinstance(fields, dict) else None
            for entry in [fields, *(related if isinstance(related, list) else [])]:
                if not isinstance(entry, dict):
                    continue
                title, excerpt = entry.get("title") or entry.get("name"), entry.get("excerpt")
                if isinstance(title, str) and isinstance(excerpt, str) and len(excerpt) > least:
                    found[normalise_text(title), normalise_text(excerpt)] = None
    return sorted(found)


def strings_of(folder: Path) -> list[str]:
    """Return the distinct strings in the front matter of the files below `folder`."""
    reader = Reader()
    found: dict[str, None] = {}
    for path in discover(folder):
        for root in load_document(path, path.name, reader).roots:
            for scalar in root.scalars():
                if isinstance(scalar.python, str) and not scalar.pointer.startswith("/secured"):
                    found[scalar.python] = None
    return sorted(found)
