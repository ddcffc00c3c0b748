"""The map stage of a run: take results from the cache, map other files here or in processes."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.documents import create_document
from newslint.engine.map import DocumentChecker
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.mapping import FileReader, MapResult, MapTask, content_digest
from newslint.execution.profiler import Stage, StageTimer, no_profiler
from newslint.execution.progress import Observe, Phase, Progress, no_observer
from newslint.execution.stat_fingerprint import stat_fingerprint

if TYPE_CHECKING:
    from newslint.execution.cache import Cache, ContextCache


class _Mapped(NamedTuple):
    """The results of mapping one file.

    Attributes:
        is_read: Whether the file could be read.
        file: The result of the file.
        descriptions: Results of its descriptions, without those that were known already.
    """

    is_read: bool
    file: FileResult
    descriptions: list[DescriptionResult]


class FileMapper:
    """Reads files and maps them one by one, in one process.

    Args:
        reader: Reads the files.
        clock: Measures the time of stages.
    """

    def __init__(self, reader: FileReader, clock: StageTimer = no_profiler) -> None:
        self._reader = reader
        self._clock = clock
        self._parser = reader.parser()
        self._checkers: dict[tuple[bytes, bool], DocumentChecker] = {}

    def map_file(self, task: MapTask, known: Container[bytes]) -> _Mapped:
        """Read and map a file, given the digests of descriptions whose results are known."""
        with self._clock(Stage.READ):
            content = self._reader.read(task.path)
            digest = content_digest(content)
            document = create_document(task.name, content, self._parser)
        with self._clock(Stage.CHECK):
            checker = self._checkers.get(task.table)
            if checker is None:
                checker = DocumentChecker(task.rules, is_full=task.is_full)
                self._checkers[task.table] = checker
            return _Mapped(isinstance(content, bytes), *checker.check(document, digest, known))


class MapWorker:
    """Maps files in a worker process: the `Worker` of `run_parallel`.

    Args:
        tasks: All files of the run.
        reader: Reads them.
    """

    def __init__(self, tasks: Sequence[MapTask], reader: FileReader) -> None:
        self._tasks = tasks
        self._reader = reader
        self._mapper: FileMapper | None = None
        self._known: dict[tuple[bytes, bool], set[bytes]] = {}

    def __call__(self, index: int) -> bytes | None:
        """Map a file and encode the result; None if it cannot be encoded."""
        from newslint.execution.codec import CodecError, WorkerResult, encode

        if self._mapper is None:
            self._mapper = FileMapper(self._reader)
        task = self._tasks[index]
        stat = stat_fingerprint(task.path)
        known = self._known.setdefault(task.table, set())
        is_read, file, descriptions = self._mapper.map_file(task, known)
        known.update(each.description.digest for each in descriptions)
        try:
            encoded = {each.description.digest: encode(each) for each in descriptions}
            return encode(WorkerResult(stat, file.content, encode(file), encoded, is_read))
        except CodecError:
            return None


class MapRun:
    """Maps the files of one run.

    Args:
        tasks: The files.
        reader: Reads them.
        cache: Results of earlier runs; None to map every file.
        observe: Called with the progress.
        clock: Measures the time of stages.
    """

    def __init__(
        self,
        tasks: Sequence[MapTask],
        reader: FileReader,
        cache: "Cache | None" = None,
        observe: Observe = no_observer,
        clock: StageTimer = no_profiler,
    ) -> None:
        self._tasks = tasks
        self._reader = reader
        self._cache = cache
        self._observe = observe
        self._clock = clock
        self._mapper = FileMapper(reader, clock)
        self._result = MapResult({}, {task.table: {} for task in tasks})
        self._contexts: dict[tuple[bytes, bool], list[ContextCache]] = {}

    def map_files(self, jobs: int | None = 1, start_method: str | None = None) -> MapResult:
        """Map the files.

        Args:
            jobs: Number of processes; None to choose it by the size of the files.
            start_method: See `run_parallel`.
        """
        if self._cache is not None:
            for task in self._tasks:
                with self._clock(Stage.CACHE):
                    self._recall(task, self._cache)
        others = [task for task in self._tasks if task.name not in self._result.files]
        for task, data in self._run(others, jobs, start_method):
            if data is None or not self._receive(task, data):
                stat = b"" if self._cache is None else self._cache.stat(task.path)
                mapped = self._mapper.map_file(task, self._result.tables[task.table])
                self._add_mapped(task, stat, *mapped)
        if self._cache is not None:
            with self._clock(Stage.CACHE):
                self._cache.close({task.name for task in self._tasks})
        return self._result

    def _run(
        self, tasks: Sequence[MapTask], jobs: int | None, start_method: str | None
    ) -> Iterator[tuple[MapTask, bytes | None]]:
        """Yield files with the encoded results of other processes; None to map them here."""
        if jobs == 1 or len(tasks) <= 1:
            yield from ((task, None) for task in tasks)
            return
        from newslint.execution.executors import count_jobs, run_parallel

        sizes = [self._reader.size(task.path) for task in tasks]
        jobs = count_jobs(sum(sizes), len(tasks)) if jobs is None else jobs
        for index, data in run_parallel(MapWorker(tasks, self._reader), sizes, jobs, start_method):
            yield tasks[index], data

    def _add_mapped(  # independent values
        self,
        task: MapTask,
        stat: bytes,
        is_read: bool,  # noqa: FBT001 # of a named tuple
        file: FileResult,
        descriptions: list[DescriptionResult],
    ) -> None:
        """Add the result of a file that was mapped in this process."""
        self._result.tables[task.table].update(
            (each.description.digest, each) for each in descriptions
        )
        self._add(task, file)
        if self._cache is not None and is_read:
            self._store(task, stat, file, descriptions)

    def _add(self, task: MapTask, file: FileResult) -> None:
        """Add the result of a file."""
        files = self._result.files
        files[task.name] = file
        self._observe(Progress(Phase.READING, len(files), len(self._tasks)))

    def _store(
        self, task: MapTask, stat: bytes, file: FileResult, descriptions: list[DescriptionResult]
    ) -> None:
        """Store the result of a file for the next run."""
        from newslint.execution.codec import CodecError, encode

        with self._clock(Stage.CACHE):
            try:
                encoded = {each.description.digest: encode(each) for each in descriptions}
                body = encode(file)
            except CodecError:
                return
            self._keep(task, stat, file.content, body, encoded)

    def _keep(
        self,
        task: MapTask,
        stat: bytes,
        content: bytes,
        body: bytes,
        descriptions: Mapping[bytes, bytes] = {},  # it stays empty
    ) -> None:
        """Put encoded results into the cache, unless the content is not that of the disk."""
        if self._cache is None:
            return
        context = self._contexts_of(task)[0]
        context.add_values(descriptions)
        if task.path not in self._reader.contents:
            context.add_file(task.name, stat, content, body)
            self._cache.flush_if_large(context)

    def _recall(self, task: MapTask, cache: "Cache") -> None:
        """Take the result of a file from the cache if the file has not changed."""
        contexts = self._contexts_of(task)
        row = next((row for each in contexts if (row := each.find_file(task.name))), None)
        if row is None:
            return
        contents = self._reader.contents
        is_given = bool(contents) and task.path in contents
        stat = b"" if is_given else cache.stat(task.path)
        is_same = bool(stat) and stat == row.stat
        if not is_same and content_digest(self._reader.read(task.path)) != row.content:
            return

        def find(digest: bytes) -> bytes | None:
            for each in contexts:
                if (found := each.find_value(digest)) is not None:
                    return found
            return None

        if self._decode(task, row.body, find) and not is_same:
            self._keep(task, stat, row.content, row.body)

    def _receive(self, task: MapTask, data: bytes) -> bool:
        """Take the result of a file from a worker process; False if it cannot be decoded."""
        from newslint.execution.codec import decode_worker_result

        found = decode_worker_result(data)
        if not self._decode(task, found.body, found.descriptions.get):
            return False
        if found.is_read:
            self._keep(task, found.stat, found.content, found.body, found.descriptions)
        return True

    def _decode(self, task: MapTask, body: bytes, find: Callable[[bytes], bytes | None]) -> bool:
        """Decode the results of a file and of its descriptions, and add them.

        Args:
            task: The file.
            body: Its encoded result.
            find: Finds the encoded result of a description by its digest.

        Returns:
            False if a result is missing or damaged.
        """
        from newslint.execution.codec import CodecError, decode_description, decode_file

        table = self._result.tables[task.table]
        try:
            file = decode_file(body, task.name)
            for record in file.records:
                for digest in record.digests:
                    if digest not in table:
                        data = find(digest)
                        if data is None:
                            return False
                        table[digest] = decode_description(data, digest)
        except CodecError:
            return False
        self._add(task, file)
        return True

    def _contexts_of(self, task: MapTask) -> "list[ContextCache]":
        """List the contexts of the cache that may contain a file; new results go to the first."""
        found = self._contexts.get(task.table)
        if found is None:
            from newslint.execution.cache_keys import descriptions_key, file_key

            assert self._cache is not None  # noqa: S101 # nobody asks otherwise
            keys = [file_key(task.rules, self._reader)]
            if not task.is_full:
                keys.insert(0, descriptions_key(task.rules.collection, self._reader))
            found = self._contexts[task.table] = [self._cache.context(key) for key in keys]
        return found
