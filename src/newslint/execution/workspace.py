"""A workspace: the results of one project, of which a change renews only what depends on it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report
from newslint.engine.asked import attach_asked
from newslint.engine.close import FileCloser, FileReport, Findings, merge_reports
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.check import CheckRequest
from newslint.execution.incremental import IncrementalJudge
from newslint.execution.map_run import FileMapper, MapRun
from newslint.execution.mapping import MapTask
from newslint.execution.mention_index import MentionIndex
from newslint.execution.rulesets import RulesetResolver, RulesetSource
from newslint.records import Mention, Record
from newslint.records.urls import canonical_url
from newslint.settings import Project

_MAX_FORGOTTEN = 1000
"""Number of descriptions that are kept although no file contains them any more."""

_Table = tuple[bytes, bool]


class Article(NamedTuple):
    """An article, and what mentions it.

    Attributes:
        id: The smallest canonical URL that leads to it.
        mentions: All mentions, sorted by file and place.
    """

    id: str
    mentions: tuple[Mention, ...] = ()


class Renewal(NamedTuple):
    """How much was computed again after changes.

    Attributes:
        files: Number of files that were read and checked.
        groups: Number of groups that were judged.
        reports: Number of files whose diagnostics were put together.
    """

    files: int = 0
    groups: int = 0
    reports: int = 0


class Workspace:
    """The results of the files of one project.

    Changes are collected; the next question about diagnostics judges the groups that they affect.
    The report is that of a check of all files with the same contents.

    Args:
        request: The project, its files and the rules. All files are read when it is created.

    Attributes:
        renewal: How much was computed again for the last report.
    """

    def __init__(self, request: CheckRequest) -> None:
        self.renewal = Renewal()
        self._request = replace(request, contents=dict(request.contents))
        self._resolver = RulesetResolver(request.rules)
        self._mapper = FileMapper(self._request.reader)
        self._tasks: dict[str, MapTask] = {}
        self._files: dict[str, FileResult] = {}
        self._results: dict[_Table, dict[bytes, DescriptionResult]] = {}
        self._enriched: dict[_Table, dict[bytes, DescriptionResult]] = {}
        self._reports: dict[str, FileReport] = {}
        self._changes: dict[str, int] = {}
        self._token = 0
        self._pending: set[str] = set()
        self._mapped = 0
        self._index = MentionIndex()
        self._stale: set[bytes] = set()
        self._counts: dict[str, tuple[int, int]] = {}
        self._judge = IncrementalJudge(self._index, {})
        self._fill()

    def update(self, name: str, content: bytes) -> None:
        """Replace or add a file.

        Args:
            name: Its path, relative to the project's root, with `/`.
            content: Its content. It is used until the file is removed, whatever is on the disk.
        """
        self._contents[self._request.project.root / name] = content
        self._map(name)

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens if there is none."""
        self._contents.pop(self._request.project.root / name, None)
        self._take(name)

    def reload(self, project: Project, rules: RulesetSource | None = None) -> None:
        """Use other settings. Files to which the same rules apply are not checked again.

        Args:
            project: The project with its settings.
            rules: The rules of each file; None for those of the settings.
        """
        self._request = replace(self._request, project=project, rules=rules or project.selection)
        self._resolver = RulesetResolver(self._request.rules)
        self._mapper = FileMapper(self._request.reader)
        found = replace(self._request, files=None).found_files().corpus.keys()
        given = {name for name, task in self._tasks.items() if task.path in self._contents}
        for name in self._tasks.keys() - found - given:
            self._take(name)
        for name in sorted(found | given):
            own, task = self._resolver.file_rules(name), self._tasks.get(name)
            if task is None or own is None or own.digest != task.rules.digest:
                self._map(name)
            else:
                self._tasks[name] = task._replace(rules=own)
        self._pending.update(self._files)
        self._rebuild()

    def report(self) -> Report:
        """Create the report on all files."""
        self._settle()
        reports = [self._reports[name] for name in sorted(self._reports)]
        counts = [self._counts[name] for name in self._tasks]
        report = merge_reports(
            reports,
            self._request.max_per_rule,
            documents=len(self._tasks),
            records=sum(records for records, _ in counts),
            mentions=sum(mentions for _, mentions in counts),
        )
        checked = ((task.rules, self._files[name]) for name, task in self._tasks.items())
        return attach_asked(report, checked, self._index.descriptions)

    def diagnostics(self, name: str) -> tuple[Diagnostic, ...]:
        """List the diagnostics of a file; none if there is no such file."""
        self._settle()
        report = self._reports.get(name)
        return () if report is None else report.diagnostics

    def article(self, url: str) -> Article:
        """Find an article, and all that mentions it, by one of its URLs."""
        self._settle()
        group = self._judge.article(canonical_url(url))
        return Article(canonical_url(url)) if group is None else Article(group.key, group.mentions)

    def changed_since(self, token: int) -> tuple[int, frozenset[str]]:
        """Find the files whose diagnostics have changed, removed files included.

        Args:
            token: The result of an earlier call, or 0 for all files.

        Returns:
            The token for the next call, and the names of the files.
        """
        self._settle()
        changed = (name for name, since in self._changes.items() if since > token)
        return self._token, frozenset(changed)

    @property
    def _contents(self) -> dict[object, bytes]:
        """The contents that are used instead of those on the disk."""
        return self._request.contents  # type: ignore[return-value] # copied by the constructor

    def _fill(self) -> None:
        """Read all files."""
        request = self._request
        corpus = request.found_files().corpus
        tasks = [
            MapTask(name, path, rules, is_full=True)
            for name, path in corpus.items()
            if (rules := self._resolver.file_rules(name))
        ]
        run = MapRun(tasks, request.reader, request.cache, request.observe, request.clock)
        mapped = run.map_files(request.jobs, request.start_method)
        self._tasks = {task.name: task for task in tasks}
        self._files = mapped.files
        self._results = mapped.tables
        self._index.descriptions = mapped.descriptions
        self._index.fill(mapped.records)
        self._pending.update(self._files)
        self._mapped = len(self._files)
        for file in self._files.values():
            self._count(file)
        self._rebuild()

    def _rebuild(self) -> None:
        """Judge all groups by the rules that apply now."""
        rulesets = {task.rules.digest: task.rules for task in self._tasks.values()}
        between = {
            key: rule for each in rulesets.values() for key, rule in each.between_records.items()
        }
        self._judge = IncrementalJudge(self._index, between)
        self._stale.update(self._index.places)

    def _map(self, name: str) -> None:
        """Read and check a file."""
        self._take(name)
        rules = self._resolver.file_rules(name)
        if rules is None:
            return
        task = MapTask(name, self._request.project.root / name, rules, is_full=True)
        table = self._results.setdefault(task.table, {})
        _, file, descriptions = self._mapper.map_file(task, table)
        table.update((each.description.digest, each) for each in descriptions)
        self._put(task, file)
        self._mapped += 1

    def _take(self, name: str) -> None:
        """Remove the result of a file, and note what depended on it."""
        file = self._files.pop(name, None)
        if file is None:
            return
        del self._tasks[name]
        self._pending.add(name)
        self._note(file.records)
        self._index.replace(file.records, ())

    def _put(self, task: MapTask, file: FileResult) -> None:
        """Add the result of a file, and note what depends on it."""
        self._tasks[task.name] = task
        self._files[task.name] = file
        self._pending.add(task.name)
        table = self._results[task.table]
        for digest in {each for record in file.records for each in record.digests}:
            self._index.descriptions[digest] = table[digest].description
        self._index.replace((), file.records)
        self._note(file.records)
        self._count(file)

    def _count(self, file: FileResult) -> None:
        """Count the records of a file, and the mentions in them."""
        known = self._index.descriptions
        records = sum(known[record.digest].is_mapping for record in file.records)
        digests = (digest for record in file.records for digest in record.digests)
        self._counts[file.path] = records, sum(known[digest].is_mapping for digest in digests)

    def _note(self, records: Iterable[Record]) -> None:
        """Note that groups with the descriptions in records have to be judged again."""
        for record in records:
            self._stale.update(record.digests)

    def _settle(self) -> None:
        """Judge what depends on changes, and put the diagnostics of affected files together."""
        if not self._pending:
            self.renewal = Renewal()
            return
        rules = {task.table: task.rules for task in self._tasks.values()}
        closing, groups = self._judge.renew(self._stale, self._pending, rules, self._results)
        closing |= self._pending
        self._close(closing, self._judge.findings())
        self.renewal = Renewal(self._mapped, groups, len(closing))
        self._pending, self._stale, self._mapped = set(), set(), 0
        self._forget()

    def _close(self, names: Iterable[str], findings: Findings) -> None:
        """Put the diagnostics of files together."""
        self._token += 1
        records = {name: file.records for name, file in self._files.items()}
        closers: dict[_Table, FileCloser] = {}
        for name in names:
            task = self._tasks.get(name)
            report = None
            if task is not None:
                if task.table not in closers:
                    results = self._results[task.table] | self._judge.enriched.get(task.table, {})
                    registry = self._request.project.registry
                    closers[task.table] = FileCloser(
                        task.rules, registry, results, findings, records
                    )
                report = closers[task.table].close(self._files[name])
            if report != self._reports.get(name):
                self._changes[name] = self._token
            if report is None:
                self._reports.pop(name, None)
            else:
                self._reports[name] = report

    def _forget(self) -> None:
        """Forget descriptions that are in no file any more, if there are many."""
        descriptions = self._index.descriptions
        if len(descriptions) <= 2 * len(self._index.places) + _MAX_FORGOTTEN:
            return
        known = {each for record in self._index.records.values() for each in record.digests}
        for digest in descriptions.keys() - known:
            del descriptions[digest]
        for table in self._results.values():
            for digest in table.keys() - known:
                del table[digest]
