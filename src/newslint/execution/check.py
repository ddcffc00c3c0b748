"""A check: find the files, then run the stages map, judge and close over them."""

import functools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from newslint.diagnostics import Report
from newslint.documents import create_document
from newslint.engine.asked import attach_asked
from newslint.engine.baseline import Baseline, apply_baseline
from newslint.engine.checks import FileRules
from newslint.engine.close import FileCloser, FileReport, Findings, merge_reports
from newslint.engine.link import link_articles
from newslint.engine.results import FileResult
from newslint.execution.comparing import compare, digests_to_judge, find_touched
from newslint.execution.files import (
    FoundFiles,
    UsageError,
    check_exist,
    find_files,
    find_root,
    link_resolver,
)
from newslint.execution.map_run import MapRun
from newslint.execution.mapping import FileReader, MapResult, MapTask
from newslint.execution.profiler import Profiler, Stage, StageTimer, no_profiler
from newslint.execution.progress import Observe, Phase, Progress, no_observer
from newslint.execution.rulesets import RulesetResolver, RulesetSource
from newslint.records import (
    ArchiveStatistics,
    Corpus,
    Descriptions,
    compute_statistics,
    redact,
)
from newslint.rules.api import Rule
from newslint.settings import Project, Registry, RuleSelector
from newslint.syntax import Limits
from newslint.text import SourceText

if TYPE_CHECKING:
    from newslint.execution.cache import Cache
    from newslint.execution.git import GitDiff


class Outcome(NamedTuple):
    """The outcome of a run.

    Attributes:
        report: The report.
        complete: No rule failed.
        text: Reads the text of a file, with secrets redacted, given its path in the report.
        judged: Ids of the rules whose diagnostics in the project are all in the report; empty if
            some files were not reported on, or a rule failed.
        rules: The rules that ran on any file.
        left_out: Files that the user named but the settings exclude.
        seen: Digest of the content of each file that was checked, by its path in the report.
        known: Number of other files that were read, only for their descriptions.
        groups: Number of groups of mentions that were compared.
        stale: The part of the baseline that no longer occurs.
        statistics: Computes statistics of the records.
    """

    report: Report
    complete: bool
    text: Callable[[str], SourceText]
    judged: frozenset[str]
    rules: tuple[type[Rule], ...] = ()
    left_out: tuple[str, ...] = ()
    seen: Mapping[str, bytes] = MappingProxyType({})
    known: int = 0
    groups: int = 0
    stale: Baseline = Baseline()
    statistics: Callable[[], ArchiveStatistics] = ArchiveStatistics

    def limit(self, max_per_rule: int) -> "Outcome":
        """List no more than `max_per_rule` diagnostics of each rule."""
        return self._replace(report=self.report.limit(max_per_rule))

    def passing(self, baseline: Baseline) -> "Outcome":
        """Remove the diagnostics that are part of `baseline` from the report."""
        applied = apply_baseline(self.report, baseline, self.judged)
        return self._replace(report=applied.report, stale=applied.stale)


@dataclass(frozen=True)
class CheckRequest:
    """The files to check, the rules that apply to them, and options of the run.

    Attributes:
        paths: Files or folders to report on, absolute.
        project: The project that they belong to.
        rules: The rules and the collection of each file.
        contents: Contents to use instead of those on the disk.
        diff: Report only on files that these changes touch, and on mentions of their articles in
            other files; None to report on all.
        limits: Limits of one file; None for those of the settings.
        force_exclude: Leave excluded files out even if `paths` names them.
        tracked: Leave out files that git does not track.
        share_fragments: Parse repeated fragments once. If False, parse every front matter as a
            whole, with the same result.
        jobs: Number of processes; None to choose it by the size of the files.
        start_method: How processes are started: `fork` or `spawn`; None for fork if that is safe.
        cache: Results of earlier runs; None to map every file.
        profiler: Measures the time of stages and rules; None to measure none.
        observe: Called with the progress.
        files: The files, if they have been found already.
        max_per_rule: Number of diagnostics of each rule to list; None for all.
        notes: What the user should know about the choice of files and rules.
    """

    paths: tuple[Path, ...]
    project: Project
    rules: RulesetSource
    contents: Mapping[Path, bytes] = field(default_factory=dict)
    diff: "GitDiff | None" = None
    limits: Limits | None = None
    force_exclude: bool = False
    tracked: bool = False
    share_fragments: bool = True
    jobs: int | None = 1
    start_method: str | None = None
    cache: "Cache | None" = None
    profiler: Profiler | None = None
    observe: Observe = no_observer
    files: FoundFiles | None = None
    max_per_rule: int | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def create(  # noqa: PLR0913 # independent values
        cls,
        paths: Sequence[Path],
        working: Path,
        rules: RulesetSource | None = None,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
        project: Project | None = None,
        contents: Mapping[Path, bytes] = MappingProxyType({}),
        **options: object,
    ) -> "CheckRequest":
        """Create the request for some files and rules.

        Args:
            paths: Files or folders to report on.
            working: The current folder, absolute.
            rules: The rules of each file; None for those of the settings and of the arguments.
            select: Rules or categories to run; empty for those that the settings select.
            ignore: Rules or categories to leave out, in addition to those that the settings ignore.
            extend_select: Rules or categories to run in addition to those selected.
            project: The project; None to find the one that `paths` belong to.
            contents: Contents to use instead of those on the disk.
            options: Further attributes of the request.

        Raises:
            UsageError: A path does not exist.
            SettingsError: The settings cannot be used.
            UnknownNameError: A name is neither a rule's nor a category's.
        """
        absolute = tuple(working / path for path in paths)
        check_exist((path for path in absolute if path not in contents), working)
        project = project or find_root(absolute, working)
        links = link_resolver(project)
        contents = {links.resolve(path): content for path, content in contents.items()}
        if rules is None:
            selector = RuleSelector(tuple(select) or None, tuple(extend_select), tuple(ignore))
            rules = project.selection.with_command_line(selector)
        return cls(absolute, project, rules, contents, **options)  # type: ignore[arg-type] # named by the caller

    def with_contents(self, contents: Mapping[Path, bytes]) -> "CheckRequest":
        """Copy the request with other contents to use instead of those on the disk."""
        return replace(self, contents=contents)

    def found_files(self) -> FoundFiles:
        """Find the files, unless they have been found already.

        Raises:
            UsageError: There are none.
        """
        if self.files is not None:
            return self.files
        force = self.force_exclude or self.project.settings.force_exclude
        with self.clock(Stage.FIND):
            found = find_files(self.paths, self.project, force=force)
        if self.tracked:
            from newslint.execution.git import tracked_files

            return found.restrict(tracked_files(self.project.root))
        return found

    @property
    def clock(self) -> StageTimer:
        """The timer of stages: the profiler's, or one that measures nothing."""
        return no_profiler if self.profiler is None else self.profiler.stage

    @property
    def reader(self) -> FileReader:
        """The reader of the files, with the limits and contents of this request."""
        limits = self.limits or self.project.settings.limits.file_limits()
        return FileReader(self.project.root, limits, self.share_fragments, self.contents)


def check(request: CheckRequest) -> Outcome:
    """Check the files of a request.

    1. Map: check each file alone (`MapRun`).
    2. Judge: compare mentions of the same article across files (`engine.judge`).
    3. Close: place the diagnostics in their files, suppress, sort (`FileCloser`).
    4. Merge the parts of all files into one `Report`.

    Raises:
        UsageError: There are no files, or no rules.
    """
    files = request.found_files()
    resolver = RulesetResolver(request.rules, request.profiler)
    rules_of = {name: rules for name in files.corpus if (rules := resolver.file_rules(name))}
    in_scope = {rules.digest: rules for name in files.scope if (rules := rules_of.get(name))}
    if files.scope and not any(rules.ruleset.rules for rules in in_scope.values()):
        raise UsageError("no rule is left to run: all that are selected are ignored")
    diff, clock = request.diff, request.clock
    scope = frozenset(files.scope if diff is None else diff.restrict(files.scope))
    between = {
        key: rule for each in in_scope.values() for key, rule in each.between_records.items()
    }
    tasks = _list_tasks(files, rules_of, scope, has_comparisons=bool(between))
    mapped = MapRun(tasks, request.reader, request.cache, request.observe, clock).map_files(
        request.jobs, request.start_method
    )
    request.observe(Progress(Phase.COMPARING))
    touched = frozenset[str]() if diff is None else find_touched(diff, mapped, scope, resolver)
    descriptions = mapped.descriptions
    with clock(Stage.JUDGE):
        corpus = Corpus(mapped.records, descriptions)
        is_part = len(scope) < len(tasks)
        among = digests_to_judge(mapped, scope, touched) if is_part else None
        findings = compare(between, corpus, mapped, tasks, among)
    with clock(Stage.CLOSE):
        in_report = [task for task in tasks if task.name in files.scope]
        reports = list(_close(in_report, request.project.registry, mapped, findings, touched))
    documents = {name for name in files.scope if name in scope} | {
        each.path for each in reports if each.diagnostics or each.suppressed
    }
    full = [mapped.files[name] for name in scope if name in mapped.files]
    totals = _count(full, descriptions)
    report = merge_reports(reports, request.max_per_rule, documents=len(documents), **totals)
    if diff is None:
        checked = ((task.rules, mapped.files[task.name]) for task in tasks if task.is_full)
        report = attach_asked(report, checked, descriptions)
    complete = not (findings.failed or any(each.is_incomplete for each in reports))
    is_whole = complete and diff is None and _is_whole(request, files)
    return Outcome(
        report,
        complete,
        functools.partial(_redacted_text, request.reader, files.corpus),
        frozenset(rule.id for rule in resolver.rules) if is_whole else frozenset(),
        resolver.rules,
        files.left_out,
        {file.path: file.content for file in full},
        sum(not task.is_full for task in tasks),
        findings.groups,
        statistics=functools.partial(_statistics, corpus, documents),
    )


def _list_tasks(
    files: FoundFiles,
    rules_of: Mapping[str, FileRules],
    scope: Container[str],
    *,
    has_comparisons: bool,
) -> list[MapTask]:
    """List the files to map: all of the archive if rules compare them, else those of the scope."""
    names = files.corpus if has_comparisons else [name for name in files.scope if name in scope]
    return [
        MapTask(name, files.corpus[name], rules_of[name], name in scope)
        for name in names
        if name in rules_of
    ]


def _close(
    tasks: Iterable[MapTask],
    registry: Registry,
    mapped: MapResult,
    findings: Findings,
    touched: frozenset[str],
) -> Iterator[FileReport]:
    """Yield the part of the report that each file adds, in the order of `tasks`."""
    records = {name: file.records for name, file in mapped.files.items()}
    closers: dict[tuple[bytes, bool], FileCloser] = {}
    for task in tasks:
        closer = closers.get(task.table)
        if closer is None:
            closer = closers[task.table] = FileCloser(
                task.rules,
                registry,
                mapped.tables[task.table],
                findings,
                records,
                is_full=task.is_full,
                touched=touched,
            )
        yield closer.close(mapped.files[task.name])


def _count(files: Iterable[FileResult], descriptions: Descriptions) -> dict[str, int]:
    """Count the records in files, and the descriptions of articles in these."""
    numbers = {"records": 0, "mentions": 0}
    for record in (record for file in files for record in file.records):
        numbers["records"] += descriptions[record.digest].is_mapping
        numbers["mentions"] += sum(descriptions[each].is_mapping for each in record.digests)
    return numbers


def _statistics(corpus: Corpus, scope: Container[str]) -> ArchiveStatistics:
    """Compute the statistics of the files in `scope`."""
    return compute_statistics(corpus, link_articles(corpus.own_descriptions), scope)


def _is_whole(request: CheckRequest, files: FoundFiles) -> bool:
    """Check if all files of the project are reported on."""
    project = request.project
    has_root = project.root_found or project.root in request.paths
    return has_root and files.scope.keys() == files.corpus.keys()


def _redacted_text(reader: FileReader, paths: Mapping[str, Path], name: str) -> SourceText:
    """Read the text of a file, with secrets redacted; empty if it can no longer be read."""
    return redact(create_document(name, reader.read(paths[name]), reader.parser()))
