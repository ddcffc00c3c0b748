"""The targets of links on a site: existing files, and pages that the generator creates."""

import posixpath
from collections.abc import Container, Iterator

from newslint.records.addresses import page_address
from newslint.records.description import Description
from newslint.records.links import PAGE, SOURCE, SOURCE_ENDINGS, LocalPath
from newslint.records.project_files import ProjectFiles, slugify

_GENERATED = frozenset(
    {
        *("tag", "tags", "category", "categories", "topic", "topics", "author", "authors"),
        *("series", "archive", "archives", "page", "search", "feed", "rss", "atom", "sitemap"),
        *("404", "admin", "api"),
    }
)
"""Parts of the addresses of pages that generators create without a file."""

_ABOVE = "../"


def claimed_names(description: Description) -> Iterator[str]:
    """Yield the addresses that a record claims, and the last part of each."""
    for role in ("permalink", "aliases", "slug"):
        for name in description.names_of(role):
            text = description.field_text(name)
            address = text.strip("/") if role == "slug" else page_address(text)
            if address:
                yield address
                yield _last_name(address)


def find_problem(
    local: LocalPath, path: str, files: ProjectFiles, names: Container[str]
) -> str | None:
    """Look up the target of a link.

    A path counts as existing if a file of any folder has a path that ends with it: so does
    `/img/a.png` if there is `static/img/a.png`, whatever the generator.

    Args:
        local: The path in the link.
        path: The file that contains the link.
        files: The files of the project.
        names: Names of pages that records claim.

    Returns:
        None if the target exists, may be generated or is outside of the project; the path of a file
        that differs in case only, as far as the link contains it; or an empty text.
    """
    ending = local.path
    if not local.is_rooted:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), ending))
        if joined in files.paths or joined.startswith(_ABOVE):
            return None
        ending = ending.replace(_ABOVE, "")
    if files.may_contain(ending) or _has_file(ending, local.kind, files):
        return None
    if local.kind == PAGE:
        return None if _is_page(ending, files, names) else ""
    similar = {each[len(each) - len(ending) :] for each in files.find_ending(ending)}
    return similar.pop() if len(similar) == 1 else ""


def _has_file(ending: str, kind: str, files: ProjectFiles) -> bool:
    """Check if a file's path ends like a link's, perhaps without a prefix of all addresses."""
    shorter = ending.partition("/")[2]
    endings = [ending, shorter] if "/" in shorter else [ending]
    if kind == SOURCE:
        stems = [posixpath.splitext(each)[0] for each in endings]
        endings = [f"{stem}.{suffix}" for stem in stems for suffix in SOURCE_ENDINGS]
    return any(
        f"/{found}".endswith(f"/{each}") for each in endings for found in files.find_ending(each)
    )


def _is_page(ending: str, files: ProjectFiles, names: Container[str]) -> bool:
    """Check if there is a page of an address, or a generator may create one."""
    parts = [slugify(posixpath.splitext(each)[0]) for each in ending.split("/")]
    last = _last_name(ending)
    return (
        not last
        or last.isdecimal()
        or not _GENERATED.isdisjoint(parts)
        or last in files.slugs
        or last in names
        or page_address(f"/{ending}") in names
    )


def _last_name(address: str) -> str:
    """Reduce an address to the name of its page."""
    return slugify(address.rstrip("/").rpartition("/")[2].partition(".")[0])
