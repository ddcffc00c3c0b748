"""A workspace: the results of one project, of which a change renews only what depends on it.

A check is a workspace that is filled once (`check`); fixing updates it until nothing changes.
"""

import functools
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, Report
from newslint.engine.asked import attach_asked
from newslint.engine.members import IdentifyHost, identify_hosts
from newslint.execution.check_request import CheckRequest
from newslint.execution.closing import close_files
from newslint.execution.enrichment import Enrichment
from newslint.execution.file_reports import FileReports
from newslint.execution.group_judge import GroupJudge
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.known_files import KnownFiles
from newslint.execution.map_run import FileMapper, MapRun
from newslint.execution.mapping import MapResult, MapTask
from newslint.execution.outcome import (
    Outcome,
    Renewal,
    count_mentions,
    lasting_ids,
    redacted_text,
)
from newslint.execution.profiler import Stage
from newslint.execution.progress import Phase, Progress
from newslint.execution.report_closer import ReportCloser
from newslint.execution.report_memo import ReportMemo, open_memo
from newslint.execution.rows import expand_rows, row_finder
from newslint.execution.rulesets import RulesetResolver, RulesetSource
from newslint.execution.scope import digests_to_judge, find_touched, list_tasks
from newslint.records import Mention, compute_statistics
from newslint.records.urls import canonical_url
from newslint.settings import Project


class Article(msgspec.Struct, frozen=True):
    """An article, and what mentions it.

    Attributes:
        id: The smallest canonical URL that leads to it.
        mentions: All mentions, sorted by file and place.
    """

    id: str
    mentions: tuple[Mention, ...] = ()


def check(request: CheckRequest) -> Outcome:
    """Check the files of a request.

    1. Map: check each file alone (`MapRun`).
    2. Judge: compare mentions of the same article across files (`GroupJudge`).
    3. Close: place the diagnostics in their files, suppress, sort (`FileCloser`).
    4. Merge the parts of all files into one `Report`.

    Raises:
        UsageError: There are no files, or no rules.
    """
    return Workspace(request).outcome()


class Workspace:
    """The results of the files of one project.

    Changes are collected; the next question about diagnostics judges the groups that they affect.
    The report is that of a check of the request with the same contents.

    Args:
        request: The project, the files to report on and the rules. All files that are needed are
            read when the workspace is created.
        keep_broken: While a file has no record that can be read, as during an edit, compare other
            files with the last one that it had.

    Attributes:
        request: The request, with the contents that are used instead of those on the disk.
        found: The files of the request, as they were found on the disk.
        reader: Reads them.
        renewal: How much was computed for the last question.

    Raises:
        UsageError: There are no files, or no rules.
    """

    def __init__(self, request: CheckRequest, *, keep_broken: bool = False) -> None:
        self.request = replace(request, contents=dict(request.contents))
        self.renewal = Renewal()
        self._keep_broken = keep_broken
        self._known = KnownFiles()
        self._enrichment = Enrichment()
        self._reports = FileReports()
        self._mapped = 0
        self._has_surveyed = True
        self._total = Renewal()
        self._touched: frozenset[str] = frozenset()
        tasks, run = self._plan()
        self._fill(tasks, run.map_files(request.jobs, request.start_method))

    def update(self, name: str, content: bytes | None) -> None:
        """Replace or add a file.

        Args:
            name: Its path, relative to the project's root, with `/`.
            content: Its content, which is used until the file is removed, whatever is on the disk;
                None for that on the disk.
        """
        task = self._known.tasks.get(name)
        path = self.request.project.root / name if task is None else task.path
        self._contents.pop(path, None)
        if content is not None:
            self._contents[path] = content
        rules = self._resolver.file_rules(name)
        if rules is None:
            self._known.take(name)
            return
        if task is None:
            self.request.listing.change(added=name)
        is_full = self._is_in_scope(path) if task is None else task.is_full
        self._map(MapTask(name, path, rules, is_full))
        if not rules.between_records.keys() <= self._between.keys():
            self._between |= rules.between_records
            self._known.rebuild()
            self._judge = self._create_judge(None)

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens if there is none."""
        task = self._known.tasks.get(name)
        if task is not None:
            self._contents.pop(task.path, None)
            self._known.take(name)
            self.request.listing.change(removed=name)

    def prepare(self) -> None:
        """Do in advance what the first change would otherwise have to do."""
        self._settle()
        self._judge.prepare()

    def reload(self, project: Project, rules: RulesetSource | None = None) -> None:
        """Use other settings. Files to which the same rules apply are not checked again.

        Args:
            project: The project with its settings.
            rules: The rules of each file; None for those of the settings.

        Raises:
            UsageError: There are no files, or no rules.
        """
        self.request = self.request.with_project(project, rules)
        tasks, run = self._plan()
        self._fill(tasks, run.map_files())

    def outcome(self) -> Outcome:
        """Create the report of the request, and all that belongs to it."""
        self._settle()
        self._total = Renewal(*map(sum, zip(self._total, self.renewal, strict=True)))
        request = self.request
        full = self._known.full
        with request.clock(Stage.CLOSE):
            reports, diagnostics = close_files(
                self._closer, self._known, self.found, request, self._report_memo()
            )
        documents = {file.path for file in full} | {
            each.path for each in reports if each.diagnostics or each.suppressed
        }
        report = Report(
            len(documents),
            *count_mentions(full, self._known.descriptions),
            diagnostics,
            tuple(chain.from_iterable(each.suppressed for each in reports)),
        )
        if request.max_per_rule is not None:
            report = report.limit(request.max_per_rule)
        if request.diff is None:
            tasks, files = self._known.tasks.values(), self._known.results
            checked = ((task.rules, files[task.name]) for task in tasks if task.is_full)
            report = attach_asked(report, checked, self._known.descriptions)
        failed = self._judge.findings.failed
        complete = not (failed or any(each.is_incomplete for each in reports))
        is_whole = complete and request.diff is None and self._is_whole()
        paths = {name: task.path for name, task in self._known.tasks.items()}
        rules = self._resolver.rules
        return Outcome(
            report,
            complete,
            functools.partial(redacted_text, self.reader, self.found.corpus | paths),
            lasting_ids(rules) if is_whole else frozenset(),
            frozenset(file.path for file in full if not file.is_readable),
            rules,
            self.found.left_out,
            {file.path: file.content for file in full},
            sum(not task.is_full for task in self._known.tasks.values()),
            self._total,
            statistics=functools.partial(compute_statistics, self._known.corpus, documents),
            find_row=row_finder(self.found, self.reader),
        )

    def report(self) -> Report:
        """Create the report of the request."""
        return self.outcome().report

    def diagnostics(self, name: str, *, surveys: bool = True) -> tuple[Diagnostic, ...]:
        """List the diagnostics of a file; none if there is no such file.

        Args:
            name: Its path, relative to the project's root, with `/`.
            surveys: Whether those of surveys must be up to date.
        """
        self._settle(surveys=surveys)
        report = self._closer.find(name)
        return () if report is None else report.diagnostics

    def article(self, url: str, *, surveys: bool = True) -> Article:
        """Find an article, and all that mentions it, by one of its URLs.

        `surveys` is as for `diagnostics`; it makes no difference to the result.
        """
        self._settle(surveys=surveys)
        group = self._judge.article(canonical_url(url))
        return (
            Article(canonical_url(url)) if group is None else Article(group.key, (*group.mentions,))
        )

    def changed_since(self, token: int, *, surveys: bool = True) -> tuple[int, frozenset[str]]:
        """Find the files that have changed or whose diagnostics have, removed files included.

        Args:
            token: The result of an earlier call, or 0 for all files.
            surveys: Whether diagnostics of surveys must be up to date. They take longer than
                others: a later call with True brings them up to date.

        Returns:
            The token for the next call, and the names of the files.
        """
        self._settle(surveys=surveys)
        return self._reports.token, self._reports.changed_since(token)

    @property
    def known(self) -> KnownFiles:
        """The files and their records; only the workspace may change them."""
        return self._known

    @property
    def _identify_host(self) -> IdentifyHost:
        """Identifies the record that contains an entry, for the rules that compare mentions."""
        return identify_hosts(self._between.values())

    @property
    def _contents(self) -> dict[Path, bytes]:
        """The contents that are used instead of those on the disk."""
        return self.request.contents  # type: ignore[return-value] # copied by the constructor

    def _plan(self) -> tuple[list[MapTask], MapRun]:
        """Find all files; return them, and what maps those without a result by the same rules."""
        request = self.request
        self._verdicts = request.verdicts.read(request)
        self._resolver = RulesetResolver(
            request.rules, request.profiler, has_verdicts=len(self._verdicts) > 0
        )
        self.found = expand_rows(request.found_files(), request)
        self.reader = replace(request.reader, rows=self.found.rows or {})
        self._files = functools.partial(request.listing.read, request)
        self._mapper = FileMapper(self.reader)
        given = {
            name: task.path
            for name, task in self._known.tasks.items()
            if task.path in self._contents
        }
        tasks, self._between = list_tasks(self.found, given, request.diff, self._resolver)
        fresh = self._known.select_new(tasks)
        self._mapped += len(fresh)
        return tasks, MapRun(fresh, self.reader, request.cache, request.observe, request.clock)

    def _fill(self, tasks: list[MapTask], mapped: MapResult) -> None:
        """Use the results of new files, and judge all groups by the rules that apply now."""
        with self.request.clock(Stage.JUDGE):
            self._known.fill(tasks, mapped)
            self._judge = self._create_judge(self._memo())
        self._closer = self._create_closer()

    def _create_judge(self, memo: JudgeMemo | None) -> GroupJudge:
        """Create the judge of the groups of all known files."""
        return GroupJudge(self._known.corpus, self._between, memo, self._files, self._verdicts)

    def _create_closer(self) -> ReportCloser:
        """Create the object that puts diagnostics of files together until the next change."""
        return ReportCloser(
            self.request.project.registry,
            self._known,
            self._judge.findings,
            self._enrichment,
            reports=self._reports,
            touched=self._touched,
            reported=() if self.request.diff is None else self.found.scope,
        )

    def _memo(self) -> JudgeMemo | None:
        """Open what earlier runs have found out about groups; None without a cache."""
        cache = self.request.cache
        if cache is None or not self._between:
            return None
        from newslint.execution.cache_keys import judgements_key

        key = judgements_key(self._between.values())
        return JudgeMemo(cache, key, self._known.corpus, self._identify_host)

    def _map(self, task: MapTask) -> None:
        """Read and check a file."""
        table = self._known.tables.get(task.table, {})
        _, file, descriptions = self._mapper.map_file(task, table)
        self._known.put(
            task, file, descriptions, self._identify_host, keep_broken=self._keep_broken
        )
        self._mapped += 1

    def _is_in_scope(self, path: Path) -> bool:
        """Check if a new file is to be reported on."""
        return any(path.is_relative_to(each) for each in self.request.paths)

    def _is_whole(self) -> bool:
        """Check if all files of the project are reported on."""
        request, found = self.request, self.found
        has_root = request.project.root_found or request.project.root in request.paths
        return has_root and found.scope.keys() == found.corpus.keys()

    def _settle(self, *, surveys: bool = True) -> None:
        """Judge what depends on changes, and put the diagnostics of affected files together."""
        has_changed = bool(self._known.pending) or self.request.listing.has_changed
        if not has_changed and (self._has_surveyed or not surveys):
            self.renewal = Renewal()
            return
        request = self.request
        request.observe(Progress(Phase.COMPARING))
        before = self._judge.work
        closing = self._known.pending | self._find_touched()
        with request.clock(Stage.JUDGE):
            among = None
            if self._known.others:
                among = digests_to_judge(self._known.full, self._known.descriptions, self._touched)
            if request.listing.take_change():
                self._judge.change_files()
            jobs = request.jobs if request.is_final and request.start_method != "spawn" else 1
            found = self._judge.renew(self._known.stale, among, surveys=surveys, jobs=jobs)
            self._has_surveyed = surveys
            digests = self._enrichment.renew(self._known, self._judge)
            if not closing >= self._known.results.keys():
                found += self._judge.findings.pointing_into(self._known.moved)
                closing |= self._judge.paths(found)
                closing = closing.union(*map(self._known.corpus.paths, digests))
        is_whole = request.diff is not None or closing >= self._known.results.keys()
        self._reports.forget(closing)
        self._reports.forget_prepared(None if is_whole else found, digests)
        self._closer = self._create_closer()
        work = (now - then for now, then in zip(self._judge.work, before, strict=True))
        self.renewal = Renewal(self._mapped, len(closing), *work)
        self._mapped = 0
        self._known.settle()

    def _find_touched(self) -> AbstractSet[str]:
        """Find the articles that changed files describe, or described.

        Returns:
            The files whose diagnostics change because these articles have changed.
        """
        diff = self.request.diff
        if diff is None:
            return frozenset()
        before = self._touched
        self._touched = find_touched(
            diff, self._known.full, self._known.descriptions, self._resolver
        )
        return frozenset() if self._touched == before else self.found.scope.keys()

    def _report_memo(self) -> ReportMemo | None:
        """Open the index of the last report on the project, if it is of use."""
        if self.request.cache is None:
            return None
        from newslint.execution.cache_keys import report_key

        rules = {table: report_key(each, self.reader) for table, each in self._known.rules.items()}
        return open_memo(self.request, self.found, rules)
