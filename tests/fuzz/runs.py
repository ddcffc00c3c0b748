"""Checks of archives that are in memory only."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from newslint.execution import CheckRequest, Outcome, check
from newslint.settings import Project
from newslint.settings.settings import Settings

ROOT = Path("/newslint-fuzz/archive")
"""A folder that does not exist, so that only files in memory are found."""


@cache
def project() -> Project:
    """Return a project without settings, in which it is always the same day."""
    return Project.build(ROOT, Settings(today=date(2022, 12, 31)))


def request(
    archive: Mapping[str, bytes], *, fragments: bool = True, ignore: Sequence[str] = ()
) -> CheckRequest:
    """Build the request to check `archive` with all rules but those to ignore."""
    contents = {ROOT / name: data for name, data in archive.items()}
    return CheckRequest.create(
        list(contents),
        ROOT,
        select=["all"],
        ignore=ignore,
        project=project(),
        contents=contents,
        share_fragments=fragments,
    )


def outcome(
    archive: Mapping[str, bytes], *, fragments: bool = True, ignore: Sequence[str] = ()
) -> Outcome:
    """Check an archive with all rules but those to ignore."""
    return check(request(archive, fragments=fragments, ignore=ignore))
