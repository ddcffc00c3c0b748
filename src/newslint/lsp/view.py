"""An open document as the features see it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lsprotocol import types

from newslint.diagnostics import Diagnostic
from newslint.documents import Document, read_document
from newslint.execution.mapping import content_digest
from newslint.execution.workspace import Article
from newslint.lsp.diagnostics import convert_diagnostic
from newslint.lsp.open_documents import OpenDocument
from newslint.lsp.positions import UNIT_WIDTHS, PositionMap
from newslint.lsp.served_project import ServedProject
from newslint.records import Collection, Mention
from newslint.records.collection import NEWS
from newslint.records.record import strip_record_number
from newslint.rules.addresses import rule_address
from newslint.settings import Registry, UnknownNameError
from newslint.text import Location, SourceText

KnownPositions = dict[Path, tuple[OpenDocument | bytes, PositionMap]]
"""Positions in files, with the document or the digest of the content that they are valid for."""

_MAX_POSITIONS = 64
"""Number of files whose positions are kept, with their text; the next one clears them."""

_file_uri = lru_cache(maxsize=8192)(Path.as_uri)


class Files:
    """The files of a project, open or not, and the positions in them.

    Args:
        project: The project.
        documents: The open documents, by path.
        encoding: The encoding of positions.
        positions: Positions found earlier, to which others are added.
    """

    def __init__(
        self,
        project: ServedProject,
        documents: dict[Path, OpenDocument],
        encoding: types.PositionEncodingKind,
        positions: KnownPositions,
    ) -> None:
        self._project = project
        self._documents = documents
        self._encoding = encoding
        self._plain = PositionMap(None, encoding)
        self._positions = positions

    def uri(self, name: str) -> str:
        """Find the address of a file, as the client writes it if the file is open."""
        path = self._project.path_of(name)
        document = self._documents.get(path)
        return _file_uri(path) if document is None else document.uri

    def version(self, name: str) -> int | None:
        """Find the version of a file; None if it is not open."""
        document = self._documents.get(self._project.path_of(name))
        return None if document is None else document.version

    def positions(self, name: str) -> PositionMap:
        """Find the positions in a file."""
        path = self._project.path_of(name)
        file = self._project.workspace.known.results.get(name)
        state: OpenDocument | bytes | None = self._documents.get(path)
        if state is None and file is not None:
            if file.width is not None and file.width <= UNIT_WIDTHS[self._encoding]:
                return self._plain
            state = file.content
        known = self._positions.get(path)
        if known is not None and known[0] == state:
            return known[1]
        return self._read_positions(path, state)

    def find(self, name: str) -> tuple[str, PositionMap]:
        """Find the address of a file, and the positions in it."""
        return self.uri(name), self.positions(name)

    def locate(self, location: Location) -> types.Location:
        """Convert a location in a file of the project."""
        uri, positions = self.find(location.path)
        return types.Location(uri, positions.range(location.span))

    def _read_positions(self, path: Path, state: OpenDocument | bytes | None) -> PositionMap:
        """Create the positions in a file, and keep them if it is as the project knows it."""
        if isinstance(state, OpenDocument):
            found = PositionMap(SourceText(state.text), self._encoding)
        else:
            content = self._project.request.reader.read(path)
            text = content if isinstance(content, bytes) else b""
            found = PositionMap.of_file(text, self._encoding)
            if state != content_digest(content):
                return found
        if len(self._positions) >= _MAX_POSITIONS:
            self._positions.clear()
        self._positions[path] = state, found
        return found


@dataclass(frozen=True)
class DocumentView:
    """An open document, and the answers of its project.

    Attributes:
        open: The document in the client.
        project: The project that it belongs to.
        files: All files of the project.
    """

    open: OpenDocument
    project: ServedProject
    files: Files

    @property
    def name(self) -> str:
        """The name of the file in the project."""
        return self.project.name_of(self.open.path)

    @cached_property
    def positions(self) -> PositionMap:
        """The positions in the document."""
        return self.files.positions(self.name)

    @cached_property
    def document(self) -> Document:
        """The parsed document."""
        reader = self.project.request.reader.parser()
        return read_document(self.name, self.open.content, reader)

    @cached_property
    def diagnostics(self) -> list[Diagnostic]:
        """The diagnostics of the document."""
        return self.project.diagnostics(self.name, surveys=False)

    @property
    def collection(self) -> Collection:
        """The collection of the document."""
        return self.project.collection(self.open.path) or NEWS

    @property
    def registry(self) -> Registry:
        """The rules of the project."""
        return self.project.request.project.registry

    def convert(self, diagnostic: Diagnostic) -> Any:
        """Convert a diagnostic of the document, without related locations."""
        address = find_address(self.registry, diagnostic.rule)
        return convert_diagnostic(diagnostic, self.positions, None, address)

    def article(self, url: str) -> Article:
        """Find an article, and all that mentions it."""
        return self.project.workspace.article(url, surveys=False)

    def locate(self, mention: Mention, field: str = "title") -> types.Location:
        """Convert the place of a field of a mention; that of the mention if the field is missing.

        Args:
            mention: A mention of an `Article`.
            field: The field's name in the schema `news`.
        """
        line = 0
        if mention.place is not None:
            record, position = mention.place
            line = record.line_at(position)
        location = mention.description.target(field).location
        prefix = strip_record_number(mention.prefix)
        return self.files.locate(location.place(mention.path, prefix, line))


def find_address(registry: Registry, rule: str) -> str:
    """Find the address of the page about a rule; empty if there is none."""
    try:
        return rule_address(registry.find(rule))
    except UnknownNameError:
        return ""
