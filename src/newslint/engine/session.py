"""Settings, rules and files behind one façade, for whoever runs checks."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report
from newslint.engine.checks import Checks
from newslint.engine.complete import completed
from newslint.engine.examine import Examiner
from newslint.engine.judge import judge
from newslint.engine.scope import UsageError, find_files, find_root
from newslint.engine.suppress import Commented, silence
from newslint.records import Mention, masked
from newslint.rules.api import Rule
from newslint.rules.own.rule_crashed import RuleCrashed
from newslint.settings import Project, Registry, selected
from newslint.source import Limits, Reader, SourceText, load

__all__ = ["Outcome", "Session", "UsageError"]


class Outcome(NamedTuple):
    """What a run came to.

    Attributes:
        report: What was found.
        complete: No rule failed.
        text: Returns the text of a file of the report, secrets masked, given its path there.
    """

    report: Report
    complete: bool
    text: Callable[[str], SourceText]


class Session:
    """Checks files.

    Args:
        paths: Files or folders to report on.
        working: The current folder, absolute.
        limits: What one file may cost.

    Raises:
        UsageError: A path does not exist.
        SettingsError: The settings cannot be used.
    """

    def __init__(self, paths: Sequence[Path], working: Path, limits: Limits | None = None) -> None:
        self.paths = [working / path for path in paths]
        self.project: Project = find_root(self.paths, working)
        self.registry = Registry()
        self._limits = limits or Limits()

    def rules(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
        """Return the rules to run.

        Args:
            select: Rules or categories; where empty, what the settings say.
            ignore: Rules or categories to leave out besides those that the settings leave out.

        Raises:
            UnknownNameError: A name is neither a rule's nor a category's.
        """
        settings = self.project.settings
        return selected(
            self.registry, select or settings.select, (*settings.ignore, *ignore), settings.today
        )

    def check(self, rules: Sequence[Rule]) -> Outcome:
        """Return what `rules` say of the files.

        Raises:
            UsageError: There are no files.
        """
        files = find_files(self.paths, self.project)
        checks = Checks.of(rules)
        examiner = Examiner(checks)
        reader = Reader(self._limits)
        found: list[Diagnostic] = []
        known: list[Mention] = []
        commented: list[Commented] = []
        records = mentions = 0
        for name, path in files.corpus.items():
            if name not in files.scope:
                if checks.need_corpus:
                    known += examiner.mentions(load(path, name, reader))
                continue
            document = load(path, name, reader)
            examined = examiner.examine(document)
            found += examined.diagnostics
            known += examined.mentions
            records += examined.records
            mentions += len(examined.mentions)
            if document.directives:
                commented.append(Commented.of(document, examined.mentions))
        found = list(completed(checks, found, known))
        found += (each for each in judge(checks, known) if each.location.path in files.scope)
        verdict = silence(found, commented, self.registry, checks)
        report = Report(len(files.scope), records, mentions, *verdict)
        complete = all(each.rule != RuleCrashed.id for each in report.diagnostics)
        return Outcome(report, complete, lambda name: self._text(files.corpus[name], name))

    def _text(self, path: Path, name: str) -> SourceText:
        """Return the text of a file, secrets masked; empty where it cannot be read any more."""
        return masked(load(path, name, Reader(self._limits)))
