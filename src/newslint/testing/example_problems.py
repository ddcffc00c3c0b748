"""Checks that a rule reports its bad examples and not its good ones, and fixes them as shown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.documents import read_document
from newslint.engine.verification import is_intended_change
from newslint.records import Mention, entry_mention, record_mention, related_entries
from newslint.rules.api import AggregateRule, Example, GroupRule, Rule, SurveyRule
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.syntax import Reader
from newslint.testing.archive import encode, fence, lint
from newslint.testing.fixes import apply_fixes, changed_values


class ExampleRun(NamedTuple):
    """Runs a rule on examples and ignores the diagnostics of other rules.

    Attributes:
        rule: The rule.
        beside: Rules to run with it.
    """

    rule: type[Rule]
    beside: tuple[Rule, ...]

    def diagnose(self, files: Mapping[str, str]) -> list[Diagnostic]:
        """Check files and keep the diagnostics of the rule, and those of rules that crash."""
        found = lint((self.rule(), *self.beside), files).diagnostics
        return [each for each in found if each.rule in (self.rule.id, RuleCrashed.id)]


def find_example_problems(run: ExampleRun, example: Example) -> Iterator[str]:
    """Check that an example is reported if it is bad, and that its fixes work."""
    files = example_files(example)
    first = next(iter(files))
    found = run.diagnose(files)
    crashes = [each.message for each in found if each.rule == RuleCrashed.id != run.rule.id]
    if crashes:
        yield crashes[0]
    elif example.is_bad and not found:
        hint = _explain_silence(run.rule, files)
        yield f"it is Bad, but the rule does not report it{hint and f'; {hint}'}"
    elif found and not example.is_bad:
        yield f"it is Good, but the rule reports it: {found[0].message!r}"
    else:
        fixable = [each for each in found if each.fix and each.location.path == first]
        yield from _fix_problems(run, example, fixable)


def _explain_silence(rule: type[Rule], files: Mapping[str, str]) -> str:
    """Explain why a rule that compares descriptions reports none; empty if its groups allow it."""
    default = rule()
    if not isinstance(default, (GroupRule, AggregateRule, SurveyRule)):
        return ""
    sizes = Counter(
        key
        for path in files
        for mention in _mentions(path, files[path])
        for key in default.keys(mention)
    )
    if not sizes and getattr(rule, "keys", None) is GroupRule.keys:
        return (
            "its records have no URL and so no group: give them a 'webUrl', or define 'keys' to "
            "group them by other values"
        )
    if not sizes:
        return "its method 'keys' returns no key for these records"
    if getattr(rule, "compares", False) and max(sizes.values()) == 1:
        return "all its groups have one description, and a rule with 'compares = True' skips these"
    return ""


def _mentions(path: str, text: str) -> Iterator[Mention]:
    """Yield the mentions in a file."""
    for root in read_document(path, encode(text), Reader()).roots:
        yield record_mention(root, is_checked=False)
        yield from (entry_mention(entry, is_checked=False) for entry in related_entries(root))


def _fix_problems(run: ExampleRun, example: Example, fixable: list[Diagnostic]) -> Iterator[str]:
    """Check that a rule has fixes for an example as the example shows, and their result."""
    if example.fixed is None and fixable:
        yield "the rule has a fix for it; show the text after the fix: Bad(…, fixed=…)"
    elif example.fixed is not None and not fixable:
        yield "it has a 'fixed' text, but the rule has no fix for it"
    elif example.fixed is not None:
        expected = example.fixed if example.whole else fence(example.fixed)
        yield from _result_problems(run, example, expected, fixable)


def _result_problems(
    run: ExampleRun, example: Example, expected: str, fixable: Iterable[Diagnostic]
) -> Iterator[str]:
    """Check the text that the fixes of an example produce."""
    files = example_files(example)
    first, before = next(iter(files.items()))
    after = apply_fixes(before, [each.fix for each in fixable if each.fix])
    if after != expected:
        yield f"its 'fixed' text is {expected!r}, but the fixes give {after!r}"
        return
    if run.diagnose(files | {first: after}):
        yield "the rule reports its 'fixed' text again"
    named = {each.location.pointer for each in fixable}
    old, new = (read_document(first, encode(text), Reader()) for text in (before, after))
    if new.problems:
        yield f"its 'fixed' text cannot be read: {new.problems[0].message}"
    elif not is_intended_change(old, new, fixable):
        others = sorted(changed_values(old, new) - named)
        yield f"the fixes change values that no diagnostic is about: {others}"


def example_files(example: Example) -> dict[str, str]:
    """Build the files of an example by name; the rule is expected to report the first."""
    texts = [text if example.whole else fence(text) for text in example.files]
    names = [f"{number:02}.md" for number in range(len(texts))]
    files = zip([example.name or names[0], *names[1:]], texts, strict=True)
    return {**dict(files), **example.beside}
