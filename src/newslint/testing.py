"""Test helpers for authors of rules.

`check_rule` checks a rule's name, docstring, options and examples::

    from newslint.testing import check_rule

    def test_my_rule() -> None:
        check_rule(MyRule)

`lint` runs rules on files given as text, for the cases that the examples do not show::

    report = lint(MyRule(), {"a.md": fence("title: PyTorch moves")})
"""

import pickle
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from newslint._deprecation import resolve_alias
from newslint.diagnostics import Diagnostic, Edit, Fix, Report, Safety
from newslint.documents import Document, read_document
from newslint.engine.verification import is_intended_change
from newslint.execution import CheckRequest, check
from newslint.records import NEWS, Collection
from newslint.rules.api import Example, Rule
from newslint.rules.explain import explain
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.settings import Ruleset
from newslint.syntax import Reader
from newslint.text import SourceText

__all__ = [
    "UniformSelection",
    "apply_fixes",
    "changed_values",
    "check_rule",
    "fence",
    "find_problems",
    "lint",
]

RENAMED = {
    "Everywhere": "UniformSelection",
    "applied": "apply_fixes",
    "fenced": "fence",
    "problems_of": "find_problems",
}
"""New names by old name; the old ones are deprecated."""

if not typing.TYPE_CHECKING:

    def __getattr__(name: str) -> typing.Any:
        """Look up a deprecated name, with a warning."""
        return resolve_alias(globals(), RENAMED, name)


_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SENTENCE = re.compile(r"[A-Z`].*[^.]\.", re.DOTALL)


class UniformSelection:
    """A selection that applies the same rules to all files of one collection.

    Args:
        rules: The rules, with their options.
        collection: The collection that all files belong to.
    """

    def __init__(self, rules: Iterable[Rule], collection: Collection = NEWS) -> None:
        self._ruleset = Ruleset(tuple(rules))
        self._collection = collection

    def ruleset(self, _path: str, /) -> Ruleset:
        """Get the rules, whatever the path."""
        return self._ruleset

    def collection(self, _path: str, /) -> Collection:
        """Get the collection, whatever the path."""
        return self._collection


def check_rule(rule: type[Rule]) -> None:
    """Check that a rule meets the requirements listed at `find_problems`.

    Raises:
        AssertionError: It does not; the message lists all problems.
    """
    problems = list(find_problems(rule))
    if problems:
        raise AssertionError("\n".join([f"{rule.__name__}:", *(f"- {each}" for each in problems)]))


def find_problems(rule: type[Rule], beside: Iterable[Rule] = ()) -> Iterator[str]:
    """Yield a sentence for each requirement that a rule does not meet.

    The requirements concern its name, its docstring, its options and its examples: the rule reports
    the bad examples and not the good ones, and its fixes turn an example into its `fixed` text,
    which the rule does not report and in which no other value has changed.

    Args:
        rule: The rule.
        beside: Rules to run with it on its examples; their diagnostics are ignored.
    """
    yield from _name_problems(rule)
    yield from _docstring_problems(rule)
    yield from _option_problems(rule)
    if not any(example.is_bad for example in rule.examples):
        yield "no example is Bad"
    if all(example.is_bad for example in rule.examples):
        yield "no example is Good"
    run = _ExampleRun(rule, tuple(beside))
    for number, example in enumerate(rule.examples, 1):
        yield from (f"example {number}: {each}" for each in _example_problems(run, example))


def lint(
    rules: Rule | Iterable[Rule], files: Mapping[str, str | bytes], collection: Collection = NEWS
) -> Report:
    """Check files with some rules, as records of one archive.

    Args:
        rules: One rule or several, with their options.
        files: The content of each file by its path.
        collection: The collection that they belong to.
    """
    rules = (rules,) if isinstance(rules, Rule) else tuple(rules)
    with TemporaryDirectory(prefix="newslint-") as name:
        folder = Path(name).resolve()
        (folder / "newslint.toml").touch()
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else _encode(content))
        return check(
            CheckRequest.create([folder], folder, UniformSelection(rules, collection))
        ).report


def fence(front_matter: str) -> str:
    """Wrap front matter in fences, which makes it the text of a file without a body."""
    return f"---\n{front_matter}\n---\n"


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """Apply fixes to a text; a fix that overlaps an earlier one is skipped."""
    source = SourceText(text)
    splices: list[tuple[int, int, str]] = []
    for fix in fixes:
        edits = [_splice(source, edit) for edit in fix.edits]
        if not any(_overlap(one, other) for one in edits for other in splices):
            splices += edits
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def changed_values(before: Document, after: Document) -> set[str]:
    """Compare two versions of a file and collect the pointers of the values that differ.

    A value with aliases is compared at its anchor only, because it is written there.
    """
    old, new = _scalars(before), _scalars(after)
    missing = object()
    return {key for key in old | new if old.get(key, missing) != new.get(key, missing)}


def _name_problems(rule: type[Rule]) -> Iterator[str]:
    """Check a rule's id and class name."""
    if not _KEBAB.fullmatch(rule.id):
        yield f"its id '{rule.id}' is not in lower-case words joined by dashes"
    camel = "".join(word.title() for word in rule.id.split("-"))
    if rule.__name__ != camel:
        yield f"its class is not called {camel}, as its id is '{rule.id}'"


def _docstring_problems(rule: type[Rule]) -> Iterator[str]:
    """Check a rule's docstring."""
    explanation = explain(rule)
    if not _SENTENCE.fullmatch(explanation.summary) or ". " in explanation.summary:
        yield "its docstring does not start with one sentence that says what it reports"
    if not explanation.why.endswith((".", ".)")):
        yield "its docstring has no paragraph 'Why: …' that ends in a full stop"
    fix_safety = explanation.fix_safety
    if fix_safety and not fix_safety.startswith(Safety.UNSAFE.value):
        yield "its docstring's 'Fix safety: …' does not start with 'unsafe'"
    if not fix_safety and any(fix.safety is Safety.UNSAFE for fix in _example_fixes(rule)):
        yield "it has unsafe fixes and its docstring no paragraph 'Fix safety: unsafe; …'"


def _example_fixes(rule: type[Rule]) -> Iterator[Fix]:
    """Yield the fixes of the diagnostics in a rule's examples."""
    for example in rule.examples:
        report = lint(rule(), _example_files(example))
        yield from (each.fix for each in report.diagnostics if each.fix)


def _option_problems(rule: type[Rule]) -> Iterator[str]:
    """Check a rule's options and that the rule is hashable and can be pickled."""
    for name, field in rule.model_fields.items():
        if not (field.description or "").endswith("."):
            yield f"its option '{name}' has no description that ends in a full stop"
        if not _is_immutable(field.annotation):
            yield f"its option '{name}' can be changed; use a tuple"
    default = rule()
    if rule.model_validate(default.model_dump()) != default:
        yield "the defaults of its options are not valid"
    if hash(default) != hash(rule()) or pickle.loads(pickle.dumps(default)) != default:  # noqa: S301 # our own bytes
        yield "it cannot be a key, or be sent to another process"
    if rule.model_json_schema().get("additionalProperties") is not False:
        yield "it takes options that it does not have"


class _ExampleRun(typing.NamedTuple):
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


def _example_problems(run: _ExampleRun, example: Example) -> Iterator[str]:
    """Check that an example is reported if it is bad, and that its fixes work."""
    files = _example_files(example)
    first = next(iter(files))
    found = run.diagnose(files)
    rules = {each.rule for each in found}
    if rules != ({run.rule.id} if example.is_bad else set()):
        yield f"it is {'bad' if example.is_bad else 'good'} and reported are: {sorted(rules)}"
        return
    fixable = [each for each in found if each.fix and each.location.path == first]
    if bool(fixable) != (example.fixed is not None):
        expected = "what fixes give" if example.fixed is not None else "nothing of fixes"
        yield f"it says {expected}, and {len(fixable)} of its diagnostics have one"
    elif fixable and example.fixed is not None:
        yield from _fix_problems(run, example, fixable)


def _fix_problems(
    run: _ExampleRun, example: Example, fixable: Iterable[Diagnostic]
) -> Iterator[str]:
    """Check the text that the fixes of an example produce."""
    files = _example_files(example)
    first, before = next(iter(files.items()))
    after = apply_fixes(before, [each.fix for each in fixable if each.fix])
    expected = example.fixed or ""
    if after != (expected if example.whole else fence(expected)):
        yield f"fixes give {after!r}"
        return
    if run.diagnose(files | {first: after}):
        yield "what fixes give is reported again"
    named = {each.location.pointer for each in fixable}
    old, new = (read_document(first, _encode(text), Reader()) for text in (before, after))
    if new.problems:
        yield f"what fixes give cannot be read: {new.problems[0].message}"
    elif not is_intended_change(old, new, fixable):
        yield f"fixes change other values, too: {sorted(changed_values(old, new) - named)}"


def _example_files(example: Example) -> dict[str, str]:
    """Build the files of an example by name; the rule is expected to report the first."""
    texts = [text if example.whole else fence(text) for text in example.files]
    names = [f"{number:02}.md" for number in range(len(texts))]
    files = zip([example.name or names[0], *names[1:]], texts, strict=True)
    return {**dict(files), **example.beside}


def _encode(text: str) -> bytes:
    """Encode a text as UTF-8; a surrogate such as `\udce9` becomes the byte that it represents."""
    return text.encode("utf-8", "surrogateescape")


def _scalars(document: Document) -> dict[str, typing.Any]:
    """Collect the values of a file by pointer."""
    return {
        f"{number or ''}{each.pointer}": each.python
        for number, root in enumerate(document.roots)
        for each in root.scalars()
    }


def _splice(source: SourceText, edit: Edit) -> tuple[int, int, str]:
    """Convert an edit to 0-based offsets and the new text."""
    return source.offset(edit.span.start), source.offset(edit.span.end), edit.text


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Check whether two splices share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _is_immutable(kind: object) -> bool:
    """Check whether values of a type are immutable, as far as its annotation shows."""
    origin = typing.get_origin(kind)
    if origin in (tuple, types.UnionType, typing.Union):
        parts = [part for part in typing.get_args(kind) if part is not Ellipsis]
        return all(map(_is_immutable, parts))
    return origin not in (list, set, dict) and kind not in (list, set, dict, bytearray)
