"""Bytes of results, for other processes and for the next run.

The format is MessagePack, derived from the types of the values. Bytes that were damaged, or written
by somebody else, raise one exception, and no code comes to life in them, as it could in a pickle.
"""

from typing import TypeVar

import msgspec

from newslint.engine.results import DescriptionResult, FileResult

T = TypeVar("T")


class CodecError(ValueError):
    """A value has no bytes, or bytes are those of no value."""


class WorkerResult(msgspec.Struct, frozen=True, array_like=True):
    """What another process found in a file.

    Attributes:
        stat: Fingerprint of the file's size and times; empty if it has none.
        content: Digest of the content.
        body: The encoded `FileResult`.
        descriptions: Encoded results of descriptions, by digest, that it has not sent before.
        is_read: The file could be read.
    """

    stat: bytes
    content: bytes
    body: bytes
    descriptions: dict[bytes, bytes]
    is_read: bool


_encoder = msgspec.msgpack.Encoder()
_files = msgspec.msgpack.Decoder(FileResult)
_descriptions = msgspec.msgpack.Decoder(DescriptionResult)
_workers = msgspec.msgpack.Decoder(WorkerResult)


def encode(value: FileResult | DescriptionResult | WorkerResult) -> bytes:
    """Encode a value.

    Raises:
        CodecError: It contains what has no place there, such as an integer of many digits.
    """
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise CodecError("the value cannot be encoded") from error


def decode_file(data: bytes, path: str) -> FileResult:
    """Decode the result of the file `path`.

    Raises:
        CodecError: The bytes are damaged, or those of another file.
    """
    result = _decode(_files, data)
    if result.path != path:
        raise CodecError(f"the result is of {result.path}, not of {path}")
    return result


def decode_description(data: bytes, digest: bytes) -> DescriptionResult:
    """Decode the result of the description with a digest.

    Raises:
        CodecError: The bytes are damaged, or those of another description.
    """
    result = _decode(_descriptions, data)
    if result.description.digest != digest:
        raise CodecError("the result is of another description")
    return result


def decode_worker_result(data: bytes) -> WorkerResult:
    """Decode what another process found in a file."""
    return _decode(_workers, data)


def _decode(decoder: "msgspec.msgpack.Decoder[T]", data: bytes) -> T:
    """Decode bytes.

    Raises:
        CodecError: They are damaged.
    """
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CodecError("the bytes are damaged") from error
