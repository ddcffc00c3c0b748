"""Links from a place to its file: in the repository, and in an editor."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

from newslint.reporters.run_facts import RunFacts

if TYPE_CHECKING:
    from newslint.execution.origin import Origin

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "zed": "zed://file{path}:{line}:{column}",
}
"""Templates of URLs by the names of editors; `{path}` is absolute."""

_SITES = (
    ("gitlab", "/-/blob/", "#L{line}"),
    ("bitbucket", "/src/", "#lines-{line}"),
    ("codeberg", "/src/commit/", "#L{line}"),
    ("gitea", "/src/commit/", "#L{line}"),
    ("forgejo", "/src/commit/", "#L{line}"),
    ("", "/blob/", "#L{line}"),
)
"""By a part of the host's name: how sites of repositories address a file of a commit, and a line.
The last one matches all others, such as GitHub."""

_UNSAFE_SCHEMES = frozenset({"javascript", "data", "vbscript", "file", "blob", "about"})


class PlaceLinks(NamedTuple):
    """Templates of the URLs of a place, with `{path}`, `{line}` and `{column}`; empty for none.

    The path in them is relative to the project, and percent-encoded.

    Attributes:
        source: Opens the file in the repository.
        editor: Opens the file in an editor.
    """

    source: str = ""
    editor: str = ""

    def source_of(self, path: str, line: int) -> str:
        """Address a line of a file in the repository; empty if there is no repository."""
        return self.source.replace("{path}", encode_path(path)).replace("{line}", str(line))


NO_LINKS = PlaceLinks()


def create_links(run: RunFacts, origin: "Origin | None") -> PlaceLinks:
    """Create the links of a run, given the commit that was checked."""
    source = "" if origin is None else _source_template(origin)
    editor = run.editor_url.replace("{path}", f"{encode_path(run.root)}/{{path}}")
    return PlaceLinks(source, editor)


def _source_template(origin: "Origin") -> str:
    """Create the template for a repository; empty if its site is unknown."""
    if not origin.url:
        return ""
    host = urlsplit(origin.url).hostname or ""
    blob, line = next((blob, line) for name, blob, line in _SITES if name in host)
    return f"{origin.url}{blob}{origin.commit}/{encode_path(origin.folder)}{{path}}{line}"


def encode_path(path: str) -> str:
    """Percent-encode a path for a URL; braces, too, so that no template mistakes them."""
    return quote(path, safe="/~", errors="surrogatepass")


def resolve_editor(template: str, names: Mapping[str, str] = EDITORS) -> str:
    """Resolve the name of an editor to its template, and check a template.

    Raises:
        ValueError: It is neither a name nor the template of a safe URL.
    """
    found = names.get(template, template)
    scheme, separator, _ = found.partition("://")
    is_scheme = scheme.isascii() and scheme.replace("-", "a").replace("+", "a").isalnum()
    if not separator or not is_scheme or scheme.lower() in _UNSAFE_SCHEMES:
        editors = ", ".join(names)
        raise ValueError(f"{template!r} is neither one of {editors} nor a URL such as x://{{path}}")
    if "{path}" not in found:
        raise ValueError(f"{template!r} has no {{path}}")
    return found
