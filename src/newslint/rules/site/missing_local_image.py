"""The rule `missing-local-image`."""

from newslint.records.links import IMAGE
from newslint.rules.api import Bad, Good, Severity
from newslint.rules.local_target_rule import LocalTargetRule

_FILES = {f"static/img/{name}.png": "" for name in "abc"}
_RECORD = "title: A\nimages: [/img/a.png, /img/b.png, /img/c.png]\ncover: /img/"


class MissingLocalImage(LocalTargetRule):
    """A field or the text of a record shows an image of the project that does not exist.

    A path exists if a file of the project has a path that ends with it: `/img/a.png` and
    `static/img/a.png`, as generators publish folders such as `static`, `public` or `source`. An
    image is reported only if at least three images of the same folder exist, and most of them (for
    relative paths: of the same field), because only then are images part of the project. A file
    whose name differs only in case is always reported, as most web servers do not find it. Code and
    paths that templates compute are left out.

    Why: readers see an empty frame.

    Fix safety: unsafe; the file may have the wrong name instead.
    """

    id = "missing-local-image"
    severity = Severity.WARNING
    examples = (
        Bad(f"{_RECORD}d.png", beside=_FILES),
        Bad(f"{_RECORD}A.png", fixed=f"{_RECORD}a.png", beside=_FILES),
        Good(f"{_RECORD}c.png?width=200", beside=_FILES),
    )
    kinds = frozenset({IMAGE})
