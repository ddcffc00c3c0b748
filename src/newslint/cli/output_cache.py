"""Cached output: the output of a run is printed again if nothing has changed since."""

import codecs
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

import click

from newslint.cli import ExitStatus
from newslint.cli.output import guard_output
from newslint.cli.recorded_output import MAX_BYTES, STDERR, STDOUT, RecordedStream, Recorder
from newslint.cli.report_options import ReportTarget, open_targets
from newslint.cli.terminal import supports_links
from newslint.reporters.escape import UNSAFE

if TYPE_CHECKING:
    from newslint.execution.run import RunRequest

OpenFiles = list[tuple[ReportTarget, TextIO]]
OpenTargets = Callable[[Sequence[ReportTarget]], AbstractContextManager[OpenFiles]]
Run = Callable[[OpenTargets], int]

_FIRST_FILE = 2
_READ_CHUNK = 64 * 1024
_MAX_CHUNK = 16 * _READ_CHUNK
_STYLE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;https?://[!-~]++\x1b\\[!-~]++\x1b\]8;;\x1b\\")
"""A style, or a rule's name that links to a web page."""

_VARIABLES = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "GITHUB_ACTIONS", "GITLAB_CI")
_IGNORED_OPTIONS = frozenset({"cache_dir", "jobs", "no_cache", "online", "profile"})
"""Options that do not affect the output."""


class CachedOutput(NamedTuple):
    """The output of a run.

    Attributes:
        status: The exit status.
        parts: Compressed texts in the order in which they were written, each with its stream: 0 is
            stdout, 1 is stderr, and 2 is the file of the first report.
        files: Digest of the files of each project; empty if no rule needed them.
    """

    status: int
    parts: list[tuple[int, bytes]]
    files: list[bytes]


def run_key(
    run: "RunRequest",
    targets: Iterable[ReportTarget],
    files: Iterable[Path],
    facts: tuple[object, ...],
) -> bytes | None:
    """Compute the cache key of a run.

    Args:
        run: The checks.
        targets: The reports to write.
        files: Further files that the reports depend on.
        facts: The identity of the run, as reports show it.

    Returns:
        The key; None if the output must not be cached.
    """
    from newslint.execution.output_key import output_key
    from newslint.settings.digests import digest_of

    if any(target.format == "github" for target in targets):  # it also writes a job summary
        return None
    parameters = click.get_current_context().params
    options = sorted(item for item in parameters.items() if item[0] not in _IGNORED_OPTIONS)
    invocation = options, _environment_key(), run.notes, facts
    keys = [output_key(check, tuple(files), invocation) for check in run.checks]
    return digest_of(*keys) if all(keys) else None


def _environment_key() -> tuple[object, ...]:
    """Collect the terminals and environment variables that affect the output."""
    terminals = (_terminal_key(stream) for stream in (sys.stdout, sys.stderr))
    variables = map(os.environ.get, _VARIABLES)
    return (os.getcwd(), supports_links(sys.stdout), *terminals, *variables)  # noqa: PTH109 # a string is serialisable


def _terminal_key(stream: TextIO) -> tuple[bool, int]:
    """Check if a stream is a terminal, and find its number of columns; 0 if unknown."""
    if not stream.isatty():
        return False, 0
    try:
        return True, os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError, AttributeError):
        return True, 0


def run_cached(
    request: "RunRequest", key: bytes | None, targets: Sequence[ReportTarget], run: Run
) -> int:
    """Print the cached output of a run, or else run and cache the output.

    Args:
        request: The checks; without a cache, they run in any case.
        key: The cache key; None to run in any case.
        targets: The reports to write.
        run: Writes to stdout, stderr and the files that it opens, and returns the exit status.
    """
    cache = request.checks[0].cache
    if cache is None or key is None:
        return run(open_targets)
    from msgspec import msgpack

    output = _decode(cache.find_output(key), len(targets))
    if output is not None and _has_same_files(output, request):
        return _print_output(output, targets)
    with _record_streams() as recorder:
        status = run(partial(_open_recorded, recorder))
    parts = recorder.finish()
    if parts is not None and status in (ExitStatus.CLEAN, ExitStatus.FOUND):
        entry = CachedOutput(status, parts, [check.listing.digest for check in request.checks])
        cache.add_output(key, msgpack.encode(entry))
    return status


def _has_same_files(output: CachedOutput, request: "RunRequest") -> bool:
    """Check if the files that a cached output depends on are those of the projects now."""
    return len(output.files) == len(request.checks) and all(
        not digest or digest == check.listing.read(check).digest
        for digest, check in zip(output.files, request.checks, strict=True)
    )


def _decode(entry: bytes | None, target_count: int) -> CachedOutput | None:
    """Decode an entry of the cache; None if there is none, or no run could have written it.

    The cache is not trusted: a terminal would act upon control characters in it.
    """
    from msgspec import DecodeError, msgpack

    if entry is None:
        return None
    try:
        output = msgpack.decode(entry, type=CachedOutput)
        streams = range(_FIRST_FILE + target_count)
        is_valid = output.status in (ExitStatus.CLEAN, ExitStatus.FOUND) and all(
            stream in streams and _is_safe(data) for stream, data in output.parts
        )
    except (DecodeError, UnicodeDecodeError, zlib.error):
        return None
    return output if is_valid else None


def _is_safe(data: bytes) -> bool:
    """Check that a compressed text is not too large, and that `_is_safe_text` holds for it."""
    size = 0
    rest = ""
    for text in _decompress(data):
        size += len(text)
        complete, line_end, rest = (rest + text).rpartition("\n")
        if size > MAX_BYTES or not _is_safe_text(complete + line_end):
            return False
    return _is_safe_text(rest)


def _is_safe_text(text: str) -> bool:
    """Check that a text has no control characters but line ends, styles and links."""
    text = text.replace("\n", "")
    return text.isprintable() or UNSAFE.search(_STYLE.sub("", text)) is None


def _print_output(output: CachedOutput, targets: Sequence[ReportTarget]) -> int:
    """Write cached output to its streams, and return the exit status."""
    with open_targets(targets) as files:
        streams: list[tuple[TextIO, Path | None]] = [(sys.stdout, None), (sys.stderr, None)]
        streams += [(file, target.path) for target, file in files]
        for index, data in output.parts:
            with guard_output(*streams[index]):
                streams[index][0].writelines(_decompress(data))
    return output.status


def _decompress(data: bytes) -> Iterator[str]:
    """Yield a compressed text in chunks."""
    decompressor = zlib.decompressobj()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    for start in range(0, len(data), _READ_CHUNK):
        pending = data[start : start + _READ_CHUNK]
        while pending:
            yield decoder.decode(decompressor.decompress(pending, _MAX_CHUNK))
            pending = decompressor.unconsumed_tail
    yield decoder.decode(decompressor.flush(), final=True)


@contextmanager
def _record_streams() -> Iterator[Recorder]:
    """Record the output to stdout and stderr."""
    out, err = sys.stdout, sys.stderr
    recorder = Recorder()
    sys.stdout = cast("TextIO", RecordedStream(out, recorder, STDOUT))
    sys.stderr = cast("TextIO", RecordedStream(err, recorder, STDERR))
    try:
        yield recorder
    finally:
        sys.stdout, sys.stderr = out, err


@contextmanager
def _open_recorded(recorder: Recorder, targets: Sequence[ReportTarget]) -> Iterator[OpenFiles]:
    """Open the files of reports, and record their text; stdout is recorded already."""
    with open_targets(targets) as files:
        yield [
            (
                target,
                file
                if target.path is None
                else cast("TextIO", RecordedStream(file, recorder, index)),
            )
            for index, (target, file) in enumerate(files, _FIRST_FILE)
        ]
