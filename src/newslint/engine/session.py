"""Settings, rules and files behind one façade, for whoever runs checks."""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from newslint.diagnostics import Report
from newslint.engine.baseline import Baseline, apply_baseline
from newslint.engine.changes import Changes
from newslint.engine.desk import Choosing, Desk
from newslint.engine.run import Run
from newslint.engine.scope import Files, UsageError, check_exist, find_files, find_root
from newslint.records import masked
from newslint.rules.api import Rule
from newslint.settings import Layer, Project, Selection
from newslint.source import Document, Limits, Reader, SourceText, load, read_document

__all__ = ["Outcome", "Session", "UsageError"]


class Outcome(NamedTuple):
    """What a run came to.

    Attributes:
        report: What was found.
        complete: No rule failed.
        text: Returns the text of a file of the report, secrets masked, given its path there.
        judged: The rules of which the report holds all there is in the project: those that ran;
            none where some files were not reported on, or a rule failed.
        rules: The rules that ran on any file.
        left_out: Files that were named and yet not checked, since the settings leave them out.
        seen: The hash of the text of each file that was examined, by its path in the report.
        stale: What of a baseline no longer occurs.
    """

    report: Report
    complete: bool
    text: Callable[[str], SourceText]
    judged: frozenset[str]
    rules: tuple[type[Rule], ...] = ()
    left_out: tuple[str, ...] = ()
    seen: Mapping[str, int] = MappingProxyType({})
    stale: Baseline = Baseline()

    def passing(self, baseline: Baseline) -> "Outcome":
        """Return this outcome without what `baseline` lets pass."""
        applied = apply_baseline(self.report, baseline, self.judged)
        return self._replace(report=applied.report, stale=applied.stale)


class Session:
    """Checks files.

    Args:
        paths: Files or folders to report on.
        working: The current folder, absolute.
        limits: What one file may cost.
        project: The project; by default the one that `paths` belong to.
        contents: Files to be taken as if they held this, whatever is on the disk.
        force_exclude: Leave excluded files out even where `paths` name them.

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
        contents: Mapping[Path, bytes] | None = None,
        force_exclude: bool = False,
    ) -> None:
        self.paths = [working / path for path in paths]
        self.contents = dict(contents or {})
        check_exist((path for path in self.paths if path not in self.contents), working)
        self.project = project or find_root(self.paths, working)
        self._limits = limits or Limits()
        self._force_exclude = force_exclude or self.project.settings.force_exclude

    def holding(self, contents: Mapping[Path, bytes]) -> "Session":
        """Return this session with files taken as if they held `contents`, and no others."""
        return Session(
            self.paths,
            self.project.root,
            self._limits,
            project=self.project,
            contents=contents,
            force_exclude=self._force_exclude,
        )

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
        asked = Layer(tuple(select) or None, tuple(extend_select), tuple(ignore))
        return self.project.selection.asking(asked)

    def check(self, choosing: Choosing, changes: Changes | None = None) -> Outcome:
        """Return what rules say of the files.

        Args:
            choosing: Which rules, and of which collection a file is.
            changes: Report only on these, and on what they made wrong elsewhere.

        Raises:
            UsageError: There are no files.
        """
        files, left_out = self.files()
        if not any(choosing.at(name).rules for name in files.scope) and files.scope:
            raise UsageError("no rule is left to run: all that are selected are ignored")
        desk = Desk(choosing, self.project.registry)
        run = Run(desk, files, self._document(Reader(self._limits)), changes)
        report, complete = run.report()
        whole = complete and changes is None and self._is_whole(files)
        judged = frozenset(rule.id for rule in desk.rules) if whole else frozenset[str]()
        text = functools.partial(self._text, files)
        return Outcome(report, complete, text, judged, desk.rules, left_out, run.seen)

    def _is_whole(self, files: Files) -> bool:
        """Tell whether all files of the project are reported on."""
        has_root = self.project.found or self.project.root in self.paths
        return has_root and files.scope.keys() == files.corpus.keys()

    def files(self) -> tuple[Files, tuple[str, ...]]:
        """Return the files, and those that were named and that the settings leave out.

        Raises:
            UsageError: There are none.
        """
        return find_files(self.paths, self.project, force=self._force_exclude)

    def _document(self, reader: Reader) -> Callable[[Path, str], Document]:
        """Return the function that reads a file, given what reports call it."""

        def read(path: Path, name: str) -> Document:
            content = self.contents.get(path)
            if content is None:
                return load(path, name, reader)
            return read_document(name, content, reader)

        return read

    def _text(self, files: Files, name: str) -> SourceText:
        """Return the text of a file, secrets masked; empty where it cannot be read any more."""
        return masked(self._document(Reader(self._limits))(files.corpus[name], name))
