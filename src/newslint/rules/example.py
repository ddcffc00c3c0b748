"""Examples of files that a rule reports, or does not report: its page and tests use them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Example(NamedTuple):
    """Files that a rule reports, or does not report.

    Attributes:
        files: The front matter of each file, or its whole text if `whole` is set.
        is_bad: Whether the rule reports a problem in them.
        fixed: The first file after all fixes; None if the rule has no fix for it.
        whole: Whether the texts are whole files.
        name: Name of the first file; empty if any name will do.
        beside: Contents of other files of the project, by path.
    """

    files: tuple[str, ...]
    is_bad: bool
    fixed: str | None = None
    whole: bool = False
    name: str = ""
    beside: Mapping[str, str] = MappingProxyType({})

    def describe_beside(self) -> str:
        """List the other files of the project by path; empty if there are none."""
        return f"in a project with {', '.join(self.beside)}" if self.beside else ""


def Bad(  # noqa: N802 # reads as a kind of example
    *files: str,
    fixed: str | None = None,
    whole: bool = False,
    name: str = "",
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Example:
    """Create an example that the rule reports."""
    return Example(files, is_bad=True, fixed=fixed, whole=whole, name=name, beside=beside)


def Good(  # noqa: N802 # as above
    *files: str,
    whole: bool = False,
    name: str = "",
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Example:
    """Create an example that the rule does not report."""
    return Example(files, is_bad=False, whole=whole, name=name, beside=beside)
