"""Documents that are open in the client, and the addresses of files.

The text is kept here and not by pygls, which splits lines at characters that are no line ends in
the protocol, such as U+0085 in mojibake.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from lsprotocol import types

from newslint.lsp.positions import PositionMap
from newslint.text import SourceText


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The text of a document in the client.

    Attributes:
        uri: Its address, as the client writes it.
        path: Its file, absolute.
        version: The version of the text.
        text: The text.
    """

    uri: str
    path: Path
    version: int
    text: str

    @property
    def content(self) -> bytes:
        """The text as bytes."""
        return self.text.encode("utf-8", "surrogatepass")

    def change(
        self,
        version: int,
        changes: Iterable[types.TextDocumentContentChangeEvent],
        encoding: types.PositionEncodingKind,
    ) -> "OpenDocument":
        """Apply changes, one after the other."""
        text = self.text
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                positions = PositionMap(SourceText(text), encoding)
                start, end = map(positions.offset, (change.range.start, change.range.end))
                text = text[:start] + change.text + text[max(start, end) :]
            else:
                text = change.text
        return replace(self, version=version, text=text)


def parse_uri(uri: str) -> Path | None:
    """Convert the address of a file to its path; None if it is not a file of this computer."""
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = os.fsdecode(unquote_to_bytes(parts.path))
    return Path(os.path.normpath(path)) if path.startswith("/") else None
