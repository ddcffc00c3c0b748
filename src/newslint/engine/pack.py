"""Turns what the map yields into bytes and back: for other processes, and for the next run.

The bytes are MessagePack, decoded by type. Whatever was damaged or written by somebody else is told
by one exception, and no code comes to life in it, as it could from a pickle.

What a file says of other articles is packed once a distinct description, and files refer to it by
the digest of the packed bytes. So each description proves itself, and equal ones are one again.
"""

from array import array
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple, TypeVar

import msgspec

from newslint.diagnostics import Diagnostic
from newslint.engine.examine import Examined, Examiner
from newslint.engine.mapped import Mapped
from newslint.engine.suppression import FileSuppressions
from newslint.records import Description, DescriptionData, Record
from newslint.syntax.yaml.removal import Removal

T = TypeVar("T")


class PackError(ValueError):
    """Something cannot be packed, or is nothing that was packed here."""


class _Description(NamedTuple):
    """What one description says, and what rules say of it."""

    description: DescriptionData
    said: list[Diagnostic]


class _Record(NamedTuple):
    """A record; its entries are digests of descriptions."""

    own: _Description
    line: int
    listed: str
    entries: list[bytes]
    lines: list[int]
    removals: dict[int, Removal]


class _File(NamedTuple):
    """What the map yields of a file."""

    path: str
    diagnostics: list[Diagnostic]
    records: list[_Record]
    comments: FileSuppressions | None


class Sheet(NamedTuple):
    """What another process says of a file.

    Attributes:
        sign: What tells without reading that the file is the same; empty where nothing can.
        content: What names the content of the file.
        body: What the file yields, packed; None where it cannot be packed.
        descriptions: Packed descriptions that were not sent before, by their digests.
    """

    sign: bytes
    content: bytes
    body: bytes | None
    descriptions: dict[bytes, bytes]


_encoder = msgspec.msgpack.Encoder()
_files = msgspec.msgpack.Decoder(_File)
_sheets = msgspec.msgpack.Decoder(Sheet)
_descriptions = msgspec.msgpack.Decoder(_Description)


def digest(data: bytes) -> bytes:
    """Return what names some bytes."""
    return blake2b(data, digest_size=16).digest()


class Packing:
    """Packs and unpacks what one examiner yields.

    Args:
        examiner: Who examines the files.
        find: Returns the packed description of a digest; None where it is not known.

    Attributes:
        examiner: Who examines the files.
        fresh: The packed descriptions that were met since somebody emptied this, by their digests.
    """

    def __init__(
        self, examiner: Examiner, find: Callable[[bytes], bytes | None], *, is_examined: bool
    ) -> None:
        self.fresh: dict[bytes, bytes] = {}
        self.examiner = examiner
        self._find = find
        self._is_examined = is_examined
        self._digests: dict[Description, bytes] = {}
        self._facts: dict[bytes, Description] = {}

    def packed(self, mapped: Mapped) -> bytes:
        """Return what a file yields as bytes, which refer to descriptions by their digests.

        Raises:
            PackError: It holds what has no place there, such as a number of many digits.
        """
        examined, comments = mapped
        records = [self._record(record) for record in examined.records]
        return _encoded(_File(examined.path, examined.diagnostics, records, comments))

    def unpacked(self, path: str, data: bytes) -> Mapped:
        """Return what `packed` was given.

        Args:
            path: The file.
            data: What `packed` has returned.

        Raises:
            PackError: It has not, or not for this file, or a description is not known.
        """
        file = _decoded(_files, data)
        if file.path != path:
            raise PackError(f"{path} is not what was packed")
        try:
            records = [self._unpacked_record(path, record) for record in file.records]
        except (ValueError, OverflowError) as error:  # a date that is none, a line below 0
            raise PackError("it is nothing that was packed here") from error
        if self._is_examined:
            return Mapped(Examined(path, file.diagnostics, records), file.comments)
        comments = file.comments and file.comments._replace(is_examined=False)
        return Mapped(Examined(path, [], records), comments)

    def united(self, mapped: Mapped) -> Mapped:
        """Return the same, with descriptions of entries that are known as they are known."""
        examined, comments = mapped
        records = [
            record._replace(entries=tuple(map(self._known, record.entries)))
            for record in examined.records
        ]
        self.fresh.clear()
        return Mapped(replace(examined, records=records), comments)

    def _known(self, description: Description) -> Description:
        """Return the description equal to `description`, always the same object."""
        try:
            key = self._digest(description)
        except PackError:
            return description
        known = self._facts.setdefault(key, description)
        if known is not description:
            self.examiner.described.pop(description, None)
        return known

    def _record(self, record: Record) -> _Record:
        """Return a record as it is packed."""
        return _Record(
            self._description(record.description),
            record.line,
            record.list_pointer,
            [self._digest(description) for description in record.entries],
            list(record.lines),
            dict(record.removals),
        )

    def _description(self, description: Description) -> _Description:
        """Return a description as it is packed."""
        return _Description(description.to_data(), self.examiner.described.get(description, []))

    def _digest(self, description: Description) -> bytes:
        """Return the digest of a description that is an entry, and note its bytes."""
        known = self._digests.get(description)
        if known is None:
            data = _encoded(self._description(description))
            known = self._digests[description] = digest(data)
            self.fresh[known] = data
        return known

    def _unpacked_record(self, path: str, record: _Record) -> Record:
        """Return a record of the file `path`."""
        own, line, listed, entries, lines, removals = record
        description = self._described(own)
        known = tuple(map(self._entry, entries))
        return Record(path, description, line, listed, known, array("L", lines), removals)

    def _entry(self, key: bytes) -> Description:
        """Return the description of a digest, always the same object."""
        description = self._facts.get(key)
        if description is None:
            data = self._find(key)
            if data is None or digest(data) != key:
                raise PackError("a description is not known")
            description = self._facts[key] = self._described(_decoded(_descriptions, data))
        return description

    def _described(self, packed: _Description) -> Description:
        """Return a description, and take note of the diagnostics of rules about it."""
        description = Description.from_data(packed.description, self.examiner.collection.field_map)
        if packed.said and self._is_examined:
            self.examiner.described[description] = packed.said
        return description


def write_sheet(sheet: Sheet) -> bytes:
    """Return a sheet as bytes."""
    return _encoder.encode(sheet)


def read_sheet(data: bytes) -> Sheet:
    """Return what `write_sheet` was given."""
    return _sheets.decode(data)


def _encoded(value: _File | _Description) -> bytes:
    """Return `value` as bytes.

    Raises:
        PackError: It cannot be packed.
    """
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise PackError("it cannot be packed") from error


def _decoded(decoder: "msgspec.msgpack.Decoder[T]", data: bytes) -> T:
    """Return what `data` holds.

    Raises:
        PackError: It is nothing that was packed here.
    """
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise PackError("it is nothing that was packed here") from error
