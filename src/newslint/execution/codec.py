"""Serialisation of results, to send them to another process or to store them in the cache.

The format is MessagePack; encoders and decoders are derived from the types of the values. Damaged
or foreign bytes raise `CodecError`; unlike those of a pickle, they cannot execute code.
"""

from datetime import timedelta
from functools import cache
from typing import Any, TypeVar

import msgspec

from newslint.engine.link_candidate import Candidate, create_candidate
from newslint.engine.results import DescriptionResult, FileResult
from newslint.records.group import LONG_AGO

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


_MICROSECOND = timedelta(microseconds=1)
_encoder = msgspec.msgpack.Encoder()
_files = msgspec.msgpack.Decoder(FileResult)
_descriptions = msgspec.msgpack.Decoder(DescriptionResult)
_workers = msgspec.msgpack.Decoder(WorkerResult)


def encode(value: Any) -> bytes:
    """Encode a value.

    Raises:
        CodecError: It contains a value that MessagePack lacks, such as an integer of more than 64
            bits.
    """
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise CodecError("the value cannot be encoded") from error


def decode(data: bytes | memoryview, kind: type[T]) -> T:
    """Decode a value of a type that `encode` has encoded in this run."""
    decoder: msgspec.msgpack.Decoder[T] = _decoder(kind)  # type: ignore[arg-type] # it is hashable
    return decoder.decode(data)


@cache
def _decoder(kind: Any) -> "msgspec.msgpack.Decoder[Any]":
    """Create the decoder of a type."""
    return msgspec.msgpack.Decoder(kind)


def encode_text(text: str) -> bytes:
    """Encode a text as bytes with the same order, even if it contains lone surrogates."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(data: bytes) -> str:
    """Decode a text that `encode_text` has encoded."""
    return data.decode("utf-8", "surrogatepass")


def encode_number(number: int) -> bytes:
    """Encode a number that is not negative as bytes with the same order."""
    return number.to_bytes(8, "big")


def encode_candidate(candidate: Candidate) -> bytes:
    """Encode the values that determine a candidate as bytes with the same order."""
    published, *texts = candidate[:5]
    number = encode_number((published - LONG_AGO) // _MICROSECOND)
    escaped = (encode_text(text).replace(b"\0", b"\0\xff") for text in texts)
    return number + b"\0\0".join(escaped)


def decode_candidate(data: bytes) -> Candidate:
    """Decode a candidate."""
    published = LONG_AGO + int.from_bytes(data[:8], "big") * _MICROSECOND
    texts = (decode_text(each.replace(b"\0\xff", b"\0")) for each in data[8:].split(b"\0\0"))
    return create_candidate(published, *texts)


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
