"""Kinds of pages: those of one provider, or of one folder of its site or of the project."""

from functools import lru_cache
from typing import NamedTuple

from newslint.diagnostics.diagnostic import Diagnostic


class Pages(NamedTuple):
    """A kind of pages.

    Attributes:
        provider: Domain of their publisher; empty for the pages of all publishers.
        folder: First segment of the path of their URLs, such as `updates`; empty for all folders.
            Without a provider, the folder of their files, relative to the project.
        project: Folder of the project whose records describe them; empty if it is that of the
            report.
    """

    provider: str = ""
    folder: str = ""
    project: str = ""

    @property
    def wider(self) -> "tuple[Pages, ...]":
        """The kinds of pages that contain it, the widest first, itself included."""
        return _list_wider(self)


ALL_PAGES = Pages()


@lru_cache(maxsize=16384)
def _list_wider(pages: Pages) -> tuple[Pages, ...]:
    """List the kinds of pages that contain one, for each of many diagnostics."""
    provider, folder, project = pages
    if provider:
        return tuple(dict.fromkeys((Pages("", "", project), Pages(provider, "", project), pages)))
    names = folder.split("/") if folder else []
    ends = range(len(names) + 1)
    return tuple(Pages("", "/".join(names[:end]), project) for end in ends)


@lru_cache(maxsize=16384)
def pages_of(provider: str, url: str) -> Pages:
    """Find the narrowest kind of pages that an article belongs to.

    A URL whose path has one segment only, such as `https://example.org/slug`, has no folder.

    Args:
        provider: Domain of its publisher; empty if unknown.
        url: Its URL, as written.
    """
    if not provider:
        return ALL_PAGES
    path = (url.partition("://")[2] or url).partition("?")[0].partition("#")[0]
    _, folder, *others = [*path.rstrip("/").split("/"), ""][:3]
    return Pages(provider, folder if any(others) else "")


def diagnostic_pages(diagnostic: Diagnostic) -> Pages:
    """Find the narrowest kind of pages that the article of a diagnostic belongs to."""
    place = diagnostic.occurrence
    project = place.project
    if not place.provider:
        path = place.path.removeprefix(f"{project}/") if project else place.path
        return pages_of_file(path)._replace(project=project)
    pages = pages_of(place.provider, place.entry_url if place.prefix else place.record)
    return pages._replace(project=project) if project else pages


def pages_of_file(path: str) -> Pages:
    """Find the narrowest kind of pages that a file belongs to, for rules about files.

    Args:
        path: Its path, relative to the project.
    """
    return Pages("", path.rpartition("/")[0])
