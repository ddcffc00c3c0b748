"""Addresses of the pages of the manual.

A copy of the manual elsewhere, such as the site that `make docs` builds, needs one change here:
`https://example.com/newslint/{page}.html`. The address in `[project.urls]` is a page of it.
"""

PAGE = "https://github.com/newslint/newslint/blob/main/docs/{page}.md"
"""Address of a page, by its path in `docs/` without suffix."""


def page_address(page: str) -> str:
    """Format the address of a page, such as `rules/mojibake`."""
    return PAGE.format(page=page)
