"""What the map yields of one file."""

from typing import NamedTuple

from newslint.documents import Document
from newslint.engine.examine import Examined, Examiner
from newslint.engine.suppression import FileSuppressions


class Mapped(NamedTuple):
    """What the map yields of one file.

    Attributes:
        examined: What the file yields by itself; nothing but its records where no rule looked.
        comments: Its comments that silence rules; None where there are none.
    """

    examined: Examined
    comments: FileSuppressions | None


def mapped(examiner: Examiner, document: Document, *, is_examined: bool) -> Mapped:
    """Return what a document yields.

    Args:
        examiner: Who examines it, and notes what rules say of its descriptions.
        document: The document.
        is_examined: It is reported on. Else just its records are of use.
    """
    if is_examined:
        examined = examiner.examine(document)
    else:
        examined = Examined(document.path, [], examiner.records(document))
    records = examined.records
    url = (records[-1].description.url or "") if records else ""
    return Mapped(examined, FileSuppressions.from_document(document, url, is_examined=is_examined))
