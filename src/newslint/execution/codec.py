"""Serialisation of results, to send them to another process or to store them in the cache.

The format is MessagePack; encoders and decoders are derived from the types of the values. Damaged
or foreign bytes raise `CodecError`; unlike those of a pickle, they cannot execute code.
"""

from typing import TypeVar

import msgspec

from newslint.engine.results import DescriptionResult, FileResult

T = TypeVar("T")


class CodecError(ValueError):
    """A value cannot be encoded, or bytes cannot be decoded."""


class WorkerResult(msgspec.Struct, frozen=True, array_like=True):
    """The encoded results of one file, sent by a worker process.

    Attributes:
        stat: Fingerprint of the file's size and times; empty if it has none.
        content: Digest of the content.
        body: The encoded `FileResult`.
        descriptions: Encoded results of descriptions, by digest, without those sent before.
        is_read: Whether the file could be read.
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
        CodecError: It contains a value that MessagePack lacks, such as an integer of more than 64
            bits.
    """
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise CodecError("the value cannot be encoded") from error


def decode_file(data: bytes, path: str) -> FileResult:
    """Decode the result of the file `path`.

    Raises:
        CodecError: The bytes are damaged, or contain the result of another file.
    """
    result = _decode(_files, data)
    if result.path != path:
        raise CodecError(f"the result is of {result.path}, not of {path}")
    return result


def decode_description(data: bytes, digest: bytes) -> DescriptionResult:
    """Decode the result of the description with a digest.

    Raises:
        CodecError: The bytes are damaged, or contain the result of another description.
    """
    result = _decode(_descriptions, data)
    if result.description.digest != digest:
        raise CodecError("the result is of another description")
    return result


def decode_worker_result(data: bytes) -> WorkerResult:
    """Decode the results of one file that a worker process sent.

    Raises:
        CodecError: The bytes are damaged.
    """
    return _decode(_workers, data)


def _decode(decoder: "msgspec.msgpack.Decoder[T]", data: bytes) -> T:
    """Decode bytes with `decoder`.

    Raises:
        CodecError: The bytes are damaged.
    """
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CodecError("the bytes are damaged") from error
