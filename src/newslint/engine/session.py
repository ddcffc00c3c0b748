"""Settings, rules and files behind one façade, for whoever runs checks."""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report
from newslint.engine.baseline import Baseline, apply_baseline
from newslint.engine.changes import Changes
from newslint.engine.complete import completed
from newslint.engine.desk import Choosing, Desk
from newslint.engine.judge import Judged, judge
from newslint.engine.scope import Files, UsageError, check_exist, find_files, find_root
from newslint.engine.suppress import Commented, silence
from newslint.records import Mention, masked
from newslint.rules.api import CorpusRule, GroupRule, Rule
from newslint.rules.own.rule_crashed import RuleCrashed
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

    def limited(self, most: int) -> "Outcome":
        """Return this outcome with a report that lists no more than `most` of each rule."""
        return self._replace(report=self.report.limited(most))

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
        fragments: bool = True,
    ) -> None:
        self.paths = [working / path for path in paths]
        self.contents = dict(contents or {})
        check_exist((path for path in self.paths if path not in self.contents), working)
        self.project = project or find_root(self.paths, working)
        self._limits = limits or self.project.settings.limits.of_files()
        self._force_exclude = force_exclude or self.project.settings.force_exclude
        self._fragments = fragments

    def holding(self, contents: Mapping[Path, bytes]) -> "Session":
        """Return this session with files taken as if they held `contents`, and no others."""
        return Session(
            self.paths,
            self.project.root,
            self._limits,
            project=self.project,
            contents=contents,
            force_exclude=self._force_exclude,
            fragments=self._fragments,
        )

    def reader(self) -> Reader:
        """Return a new reader of front matter, with the limits of this session."""
        return Reader(self._limits, share=self._fragments)

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
        run = _Run(desk, files, self._document(self.reader()), changes)
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
                return load(path, name, reader, self.project.root)
            return read_document(name, content, reader)

        return read

    def _text(self, files: Files, name: str) -> SourceText:
        """Return the text of a file, secrets masked; empty where it cannot be read any more."""
        return masked(self._document(self.reader())(files.corpus[name], name))


class _Run:
    """One check of all files."""

    def __init__(
        self,
        desk: Desk,
        files: Files,
        read: Callable[[Path, str], Document],
        changes: Changes | None,
    ) -> None:
        self.desk = desk
        self.files = files
        self.read = read
        self.changes = changes
        changed = files.scope if changes is None else changes.among(files.scope)
        self.scope = {name for name in files.scope if name in changed}
        self.known: list[Mention] = []
        self.commented: list[Commented] = []
        self.seen: dict[str, int] = {}
        self.records = self.mentions = 0

    def report(self) -> tuple[Report, bool]:
        """Return the report, and whether no rule failed."""
        found = self._examined()
        found = list(completed(self.desk.rule_of, found, self.known))
        found += self._judged()
        documents = self.scope | {each.location.path for each in found}
        verdict = silence(found, self.commented, self.desk)
        report = Report(len(documents), self.records, self.mentions, *verdict)
        return report, all(each.rule != RuleCrashed.id for each in report.diagnostics)

    def _examined(self) -> list[Diagnostic]:
        """Return what is said of each file by itself, and take note of the corpus."""
        found: list[Diagnostic] = []
        whole = any(self.desk.checks(name).need_corpus for name in self.files.scope)
        for name, path in self.files.corpus.items():
            examiner = self.desk.examiner(name)
            if examiner is None or (name not in self.scope and not whole):
                continue
            document = self.read(path, name)
            if name not in self.scope:
                self.known += examiner.mentions(document)
                self.commented += Commented.of(document, is_examined=False)
                continue
            self.seen[name] = hash(document.source.text)
            examined = examiner.examine(document)
            found += examined.diagnostics
            self.commented += Commented.of(document, examined.mentions)
            self.known += examined.mentions
            self.records += examined.records
            self.mentions += len(examined.mentions)
        return found

    def _judged(self) -> list[Diagnostic]:
        """Return what is said of mentions that stand in several files."""
        rules = self.desk.corpus_rules(self.files.scope)
        groups = [rule for rule in rules if isinstance(rule, GroupRule)]
        corpora = [rule for rule in rules if isinstance(rule, CorpusRule)]
        touched = self._touched()
        return [
            each.diagnostic
            for each in judge(groups, corpora, self.known)
            if self._is_reported(each, touched)
        ]

    def _touched(self) -> frozenset[str]:
        """Return the canonical URLs of the articles whose records have changed."""
        if self.changes is None:
            return frozenset()
        records = [each for each in self.known if each.is_record and each.path in self.scope]
        now = (url for each in records for url in (*each.facts.urls, *each.facts.copies))
        before = self.changes.before(self.desk.examiner)
        return frozenset((*now, *before))

    def _is_reported(self, judged: Judged, touched: frozenset[str]) -> bool:
        """Tell whether a diagnostic is in the scope, and its rule applies there."""
        path = judged.diagnostic.location.path
        if path not in self.files.scope or not self.desk.checks(path).says(judged.rule):
            return False
        if path in self.scope or judged.facts is None:
            return path in self.scope
        return not touched.isdisjoint((*judged.facts.urls, *judged.facts.copies))
