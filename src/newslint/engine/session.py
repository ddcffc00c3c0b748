"""Settings, rules and files behind one façade, for whoever runs checks."""

import collections.abc
import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from newslint.diagnostics import Report
from newslint.documents import create_document, read_bytes
from newslint.engine.baseline import Baseline, apply_baseline
from newslint.engine.changes import Changes
from newslint.engine.desk import Choosing, Desk
from newslint.engine.mapping import Mapping
from newslint.engine.profiler import ProfiledRulesets, Profiler, Stage, no_profiler
from newslint.engine.progress import Observe, unobserved
from newslint.engine.run import Run
from newslint.engine.scope import (
    Files,
    Skipped,
    UsageError,
    check_exist,
    find_files,
    find_root,
    find_skipped,
)
from newslint.records import ArchiveStatistics, compute_statistics, redact
from newslint.rules.api import Rule
from newslint.settings import Project, RuleSelector, Selection
from newslint.syntax import Limits
from newslint.syntax.yaml import Reader
from newslint.text import SourceText

if TYPE_CHECKING:
    from newslint.engine.cache import Cache

__all__ = ["Outcome", "Session", "UsageError"]


class Found(NamedTuple):
    """The files of a session.

    Attributes:
        files: Those that it is about.
        left_out: Those that were named and that the settings leave out.
    """

    files: Files
    left_out: tuple[str, ...]


class Outcome(NamedTuple):
    """What a run came to.

    Attributes:
        report: What was found.
        complete: No rule failed.
        text: Returns the text of a file of the report, secrets redacted, given its path there.
        judged: The rules of which the report holds all there is in the project: those that ran;
            none where some files were not reported on, or a rule failed.
        rules: The rules that ran on any file.
        left_out: Files that were named and yet not checked, since the settings leave them out.
        seen: What names the content of each file that was examined, by its path in the report.
        known: How many other files were read, only to know what they say of articles.
        stale: What of a baseline no longer occurs.
        overview: Returns what the records come to.
    """

    report: Report
    complete: bool
    text: Callable[[str], SourceText]
    judged: frozenset[str]
    rules: tuple[type[Rule], ...] = ()
    left_out: tuple[str, ...] = ()
    seen: collections.abc.Mapping[str, bytes] = MappingProxyType({})
    known: int = 0
    stale: Baseline = Baseline()
    overview: Callable[[], ArchiveStatistics] = ArchiveStatistics

    def limit(self, most: int) -> "Outcome":
        """Return this outcome with a report that lists no more than `most` of each rule."""
        return self._replace(report=self.report.limit(most))

    def passing(self, baseline: Baseline) -> "Outcome":
        """Return this outcome without what `baseline` lets pass."""
        applied = apply_baseline(self.report, baseline, self.judged)
        return self._replace(report=applied.report, stale=applied.stale)


class Session:
    """Checks files.

    Args:
        paths: Files or folders to report on.
        working: The current folder, absolute.
        limits: What one file may cost; by default what the settings say.
        project: The project; by default the one that `paths` belong to.
        contents: Files to be taken as if they held this, whatever is on the disk.
        force_exclude: Leave excluded files out even where `paths` name them.
        fragments: Read what repeats once; else every front matter as a whole, to the same end.
        jobs: How many processes to use; None for as many as pay.
        cache: What is known from earlier runs; None to look at every file.
        profiler: Takes the time of stages and rules; None to take none.

    Raises:
        UsageError: A path does not exist.
        SettingsError: The settings cannot be used.
    """

    def __init__(  # noqa: PLR0913 # independent values
        self,
        paths: Sequence[Path],
        working: Path,
        limits: Limits | None = None,
        *,
        project: Project | None = None,
        contents: collections.abc.Mapping[Path, bytes] | None = None,
        force_exclude: bool = False,
        fragments: bool = True,
        jobs: int | None = 1,
        cache: "Cache | None" = None,
        profiler: Profiler | None = None,
    ) -> None:
        self._jobs = jobs
        self._profiler = profiler
        self._clock = no_profiler if profiler is None else profiler.stage
        self._cache = cache
        self.paths = [working / path for path in paths]
        self.contents = dict(contents or {})
        check_exist((path for path in self.paths if path not in self.contents), working)
        self.project = project or find_root(self.paths, working)
        self._limits = limits or self.project.settings.limits.file_limits()
        self._force_exclude = force_exclude or self.project.settings.force_exclude
        self._fragments = fragments

    def holding(self, contents: collections.abc.Mapping[Path, bytes]) -> "Session":
        """Return this session with files taken as if they held `contents`, and no others."""
        return Session(
            self.paths,
            self.project.root,
            self._limits,
            project=self.project,
            contents=contents,
            force_exclude=self._force_exclude,
            fragments=self._fragments,
            jobs=self._jobs,
            cache=self._cache,
            profiler=self._profiler,
        )

    def reader(self) -> Reader:
        """Return a new reader of front matter, with the limits of this session."""
        return Reader(self._limits, share_fragments=self._fragments)

    def selection(
        self,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
    ) -> Selection:
        """Return which rules to run.

        Args:
            select: Rules or categories; where empty, what the settings say.
            ignore: Rules or categories to leave out besides those that the settings leave out.
            extend_select: Rules or categories to run besides.

        Raises:
            UnknownNameError: A name is neither a rule's nor a category's.
        """
        asked = RuleSelector(tuple(select) or None, tuple(extend_select), tuple(ignore))
        return self.project.selection.with_command_line(asked)

    def check(
        self,
        choosing: Choosing,
        changes: Changes | None = None,
        observe: Observe = unobserved,
        found: Found | None = None,
        most: int | None = None,
    ) -> Outcome:
        """Return what rules say of the files.

        Args:
            choosing: Which rules, and of which collection a file is.
            changes: Report only on these, and on what they made wrong elsewhere.
            observe: Is told how far the run is.
            found: The files, where they have been looked for already.
            most: How many diagnostics of each rule to list; None for all.

        Raises:
            UsageError: There are no files.
        """
        files, left_out = found or self.files()
        if not any(choosing.ruleset(name).rules for name in files.scope) and files.scope:
            raise UsageError("no rule is left to run: all that are selected are ignored")
        if self._profiler is not None:
            choosing = ProfiledRulesets(choosing, self._profiler)
        desk = Desk(choosing, self.project.registry)
        mapping = Mapping(
            desk,
            self.reader(),
            self._held,
            jobs=self._jobs,
            cache=self._cache,
            given=self.contents,
            clock=self._clock,
        )
        run = Run(desk, files, mapping, changes, observe=observe, clock=self._clock)
        report, complete = run.report(most)
        whole = complete and changes is None and self._is_whole(files)
        judged = frozenset(rule.id for rule in desk.rules) if whole else frozenset[str]()
        return Outcome(
            report,
            complete,
            functools.partial(self._text, files, self.reader()),
            judged,
            desk.rules,
            left_out,
            run.seen,
            run.files_known,
            overview=functools.partial(compute_statistics, run.records, run.documents),
        )

    def _is_whole(self, files: Files) -> bool:
        """Tell whether all files of the project are reported on."""
        has_root = self.project.root_found or self.project.root in self.paths
        return has_root and files.scope.keys() == files.corpus.keys()

    def files(self) -> Found:
        """Return the files.

        Raises:
            UsageError: There are none.
        """
        with self._clock(Stage.FIND):
            return Found(*find_files(self.paths, self.project, force=self._force_exclude))

    def skipped(self) -> Iterator[Skipped]:
        """Yield what of the folders of a run is not read, and why; folders are looked at anew.

        Raises:
            UsageError: A folder cannot be listed.
        """
        return find_skipped(self.paths, self.project)

    def _held(self, path: Path) -> bytes | str:
        """Return what a file holds, or why it cannot be read."""
        content = self.contents.get(path)
        if content is not None:
            return content
        return read_bytes(path, self._limits.file_size, self.project.root)

    def _text(self, files: Files, reader: Reader, name: str) -> SourceText:
        """Return the text of a file, secrets redacted; empty where it cannot be read any more."""
        return redact(create_document(name, self._held(files.corpus[name]), reader))
