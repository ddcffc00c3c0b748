"""The rule `broken-local-link`."""

from newslint.records.links import DOWNLOAD, PAGE, SOURCE
from newslint.rules.api import Bad, Good, Severity
from newslint.rules.local_target_rule import LocalTargetRule

_FILES = {"docs/use.md": "", "docs/install.md": "", "docs/faq.md": ""}
_TEXT = "---\ntitle: A\n---\nHow to [install](docs/install.md), [use](docs/use.md), "


class BrokenLocalLink(LocalTargetRule):
    """A link to a page or file of the site leads to nothing.

    Links are those in the text of a record, and in fields whose values start like a path. A file
    exists if a path of the project ends with the link's. A page exists if the last part of its
    address is the name of a file or folder, or a record's `permalink`, `slug` or alias, whatever
    the folders above it and the case of its letters, since settings of generators decide on these:
    a link to a page with the wrong section or in the wrong case is not reported. Addresses
    that generators create, such as `/tags/linux/`, `/page/2/` or `/feed.xml`, are not looked up. A
    link is reported only if at least three others of its kind lead to something, and most do. Code
    and paths that templates compute are left out.

    Why: readers find an error page.

    Fix safety: unsafe; the file may have the wrong name instead.
    """

    id = "broken-local-link"
    severity = Severity.WARNING
    examples = (
        Bad(f"{_TEXT}[ask](docs/faq.md), [buy](docs/buy.md)\n", whole=True, beside=_FILES),
        Bad(
            f"{_TEXT}[ask](docs/FAQ.md)\n",
            fixed=f"{_TEXT}[ask](docs/faq.md)\n",
            whole=True,
            beside=_FILES,
        ),
        Good(f"{_TEXT}[ask](docs/faq.md#where)\n", whole=True, beside=_FILES),
    )
    kinds = frozenset({PAGE, SOURCE, DOWNLOAD})
