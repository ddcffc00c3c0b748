"""The request of a check: files, rules and options."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from newslint.diagnostics.listing import CreateLister
from newslint.execution.files import (
    FoundFiles,
    find_files,
    find_root,
    link_resolver,
)
from newslint.execution.known_verdicts import KnownVerdicts
from newslint.execution.mapping import FileReader
from newslint.execution.missing_paths import check_exist
from newslint.execution.profiler import Profiler, Stage, StageTimer, no_profiler
from newslint.execution.progress import Observe, no_observer
from newslint.execution.project_files import ProjectListing
from newslint.execution.rulesets import RulesetSource
from newslint.settings import Project, RuleSelector
from newslint.syntax import Limits

if TYPE_CHECKING:
    from newslint.execution.cache import Cache
    from newslint.execution.git import GitDiff


class CheckRequest(msgspec.Struct, frozen=True):
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
        listing: The files of the project, whatever their kind.
        verdicts: Verdicts on the addresses in the project.
        max_per_rule: Number of diagnostics of each rule to list; None for all.
        is_final: Whether nothing is changed later, so that no statistics are kept for changes.
        shows_few: Whether few diagnostics are looked at, others only counted and listed.
        lister: Lists all diagnostics in the formats of reports that do so; None if no report does.
        memory: Bytes of memory to use, with results on disk; None to keep all in memory.
        notes: What the user should know about the choice of files and rules.
    """

    paths: tuple[Path, ...]
    project: Project
    rules: RulesetSource
    contents: Mapping[Path, bytes] = msgspec.field(default_factory=dict)
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
    listing: ProjectListing = msgspec.field(default_factory=ProjectListing)
    verdicts: KnownVerdicts = msgspec.field(default_factory=KnownVerdicts)
    max_per_rule: int | None = None
    is_final: bool = False
    shows_few: bool = False
    lister: CreateLister | None = None
    memory: int | None = None
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

    def with_project(self, project: Project, rules: RulesetSource | None) -> "CheckRequest":
        """Copy the request with other settings, and files that have to be found again.

        Args:
            project: The project with its settings.
            rules: The rules of each file; None for those of the settings.
        """
        return replace(
            self,
            project=project,
            rules=rules or project.selection,
            files=None,
            listing=ProjectListing(),
            verdicts=KnownVerdicts(),
        )

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
