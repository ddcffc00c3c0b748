"""Files that fixes changed, and files that they could not change."""

from pathlib import Path
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.diagnostics.rows import FindRow, RowPlace, place_row
from newslint.documents.row_lines import join_entries


class FixFailure(NamedTuple):
    """A file that was left unchanged because its fixes could not be applied.

    Attributes:
        name: The file's path, as reports write it.
        reason: The reason, as a clause for the user.
    """

    name: str
    reason: str


class FixedFile(NamedTuple):
    """A file that fixes changed.

    Attributes:
        path: The absolute path.
        before: The original content.
        after: The fixed content.
        fixed: The diagnostics whose fixes were applied, in the order of application.
        row: Its place in its container, if it is a line of one.
    """

    path: Path
    before: bytes
    after: bytes
    fixed: tuple[Diagnostic, ...]
    row: RowPlace | None = None

    def place(self, name: str, find: FindRow | None) -> "FixedFile":
        """Convert places in a row that is a line of a container to places in the container."""
        if find is None:
            return self
        fixed = tuple([place_row(each, find) for each in self.fixed])
        row = find(name)
        if row is None:
            return self._replace(fixed=fixed)
        before, after = join_entries(self.before), join_entries(self.after)
        return self._replace(before=before, after=after, fixed=fixed, row=row)
