"""The index of the last report on a whole project, for the next run.

It contains the kinds of the diagnostics of each file, so that a run counts the diagnostics of files
whose part of the report is the same, and reads only those that a format shows.
"""

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from newslint.diagnostics import Diagnostic
from newslint.diagnostics.index import DiagnosticIndex, DiagnosticKind, IndexBuilder
from newslint.diagnostics.mapped_sequence import MappedSequence
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import FoundFiles
from newslint.execution.mapping import Table
from newslint.settings.digests import digest_of

if TYPE_CHECKING:
    from newslint.execution.cache import Cache

MIN_FILES = 512
"""The reports on fewer files are put together anew."""

_FAST = 1


class StoredReport(msgspec.Struct, frozen=True, array_like=True):
    """The index of a report, and the keys of its files.

    Attributes:
        kinds: The kinds of its diagnostics.
        files: Name, key (see `CloseKeys`) and number of diagnostics of each file.
        numbers: The column `DiagnosticIndex.numbers`.
        places: The column `DiagnosticIndex.places`.
    """

    kinds: list[DiagnosticKind] = []
    files: list[tuple[str, bytes, int]] = []
    numbers: bytes = b""
    places: bytes = b""


class ReportMemo:
    """The index of a report that is put together file by file, and that of an earlier run.

    Args:
        cache: The cache that contains the latter.
        rules: The keys of the rules (see `report_key`).

    Attributes:
        rules: The same.
    """

    def __init__(self, cache: "Cache", rules: Mapping[Table, bytes]) -> None:
        self.rules = rules
        self._cache = cache
        self._key = digest_of("report", *sorted(rules.values()))
        stored = _load(cache, self._key)
        self._numbers, self._places = array("I", stored.numbers), array("I", stored.places)
        self._known: dict[tuple[str, bytes], slice] = {}
        start = 0
        for name, digest, size in stored.files:
            self._known[name, digest] = slice(start, start + size)
            start += size
        self._builder = IndexBuilder(stored.kinds)
        self._files: list[tuple[str, bytes, int]] = []
        self._has_recalled = False

    def recall(self, name: str, key: bytes | None) -> bool:
        """Add the part of a file if it is that of the earlier run; return whether it is."""
        part = None if key is None else self._known.get((name, key))
        if key is None or part is None:
            return False
        self._has_recalled = True
        self._builder.add_known(name, self._numbers[part], self._places[part])
        self._files.append((name, key, part.stop - part.start))
        return True

    def add(self, name: str, key: bytes | None, diagnostics: Sequence[Diagnostic]) -> None:
        """Add the part of a file."""
        self._builder.add(diagnostics)
        self._files.append((name, key or b"", len(diagnostics)))

    def finish(
        self, added: Sequence[Diagnostic], read: Callable[[str], Sequence[Diagnostic]]
    ) -> Sequence[Diagnostic]:
        """Store the index for the next run.

        Args:
            added: The diagnostics of the files that were not recalled.
            read: Puts the diagnostics of a file together.

        Returns:
            All diagnostics, which are read when they are asked for.
        """
        index = self._builder.index.compact()
        stored = StoredReport(
            index.kinds, self._files, index.numbers.tobytes(), index.places.tobytes()
        )
        data = zlib.compress(msgspec.msgpack.encode(stored), _FAST)
        self._cache.add_output(self._key, data)
        if not self._has_recalled:  # `read`, which holds the workspace, is not needed
            return MappedSequence(
                lambda start: islice(added, start, None),
                len(added),
                {DiagnosticIndex.create: index},
            )
        files = [(name, size) for name, _, size in self._files if size]
        return read_later(files, read, {DiagnosticIndex.create: index})


def open_memo(
    request: CheckRequest, found: FoundFiles, rules: Mapping[Table, bytes]
) -> ReportMemo | None:
    """Open the index of the last report on a project.

    Args:
        request: The request.
        found: Its files.
        rules: The keys of the rules that apply to them (see `report_key`).

    Returns:
        The index; None if the request does not report on all files of a project once, or if these
        are few.
    """
    is_whole = found.scope.keys() == found.corpus.keys() and len(found.scope) >= MIN_FILES
    lists_all = not request.shows_few or request.lister is not None
    is_plain = not (lists_all or request.contents or request.diff or found.rows)
    if request.cache is None or not (is_whole and is_plain):
        return None
    return ReportMemo(request.cache, rules)


def _load(cache: "Cache", key: bytes) -> StoredReport:
    """Load the index of the last report; an empty one if there is none, or it is damaged."""
    data = cache.find_output(key)
    try:
        return msgspec.msgpack.decode(zlib.decompress(data or b""), type=StoredReport)
    except (zlib.error, msgspec.MsgspecError, ValueError, RecursionError):
        return StoredReport()


def read_later(
    files: Sequence[tuple[str, int]],
    read: Callable[[str], Sequence[Diagnostic]],
    computed: Mapping[object, Any],
) -> Sequence[Diagnostic]:
    """Create the sequence of the diagnostics of files.

    Args:
        files: The files with diagnostics, and the number of these.
        read: Puts the diagnostics of a file together.
        computed: What is known of the diagnostics (see `MappedSequence`).
    """
    starts = [0]
    for _, size in files:
        starts.append(starts[-1] + size)

    def read_from(start: int) -> Iterator[Diagnostic]:
        first = bisect_right(starts, start) - 1
        for at in range(first, len(files)):
            yield from read(files[at][0])[max(0, start - starts[at]) :]

    return MappedSequence(read_from, starts[-1], computed)
