"""For authors of rules: what their tests need.

`check_rule` holds a rule against what all rules have in common, its examples included::

    from newslint.testing import check_rule

    def test_my_rule() -> None:
        check_rule(MyRule)

`lint` runs rules over made-up records, for all the cases that are no examples.
"""

import pickle
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from newslint.diagnostics import Diagnostic, Edit, Fix, Report, Safety
from newslint.documents import Document, read_document
from newslint.engine import Session
from newslint.engine.verification import is_intended_change
from newslint.records import NEWS, Collection
from newslint.rules.api import Example, Rule
from newslint.rules.deprecation import resolve_alias
from newslint.rules.explain import explain
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.settings import Ruleset
from newslint.syntax.yaml import Reader
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
        """Look up a deprecated name."""
        return resolve_alias(globals(), RENAMED, name)


_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SENTENCE = re.compile(r"[A-Z`].*[^.]\.", re.DOTALL)


class UniformSelection:
    """Applies some rules to all files, which belong to one collection.

    Args:
        rules: Those rules, with their options.
        collection: What the files belong to.
    """

    def __init__(self, rules: Iterable[Rule], collection: Collection = NEWS) -> None:
        self._ruleset = Ruleset(tuple(rules))
        self._collection = collection

    def ruleset(self, _path: str, /) -> Ruleset:
        """Return the rules."""
        return self._ruleset

    def collection(self, _path: str, /) -> Collection:
        """Return the collection."""
        return self._collection


def check_rule(rule: type[Rule]) -> None:
    """Hold a rule against what all rules have in common: see `find_problems`.

    Raises:
        AssertionError: Something is wrong; all of it is listed.
    """
    problems = list(find_problems(rule))
    if problems:
        raise AssertionError("\n".join([f"{rule.__name__}:", *(f"- {each}" for each in problems)]))


def find_problems(rule: type[Rule], beside: Iterable[Rule] = ()) -> Iterator[str]:
    """Yield what is wrong with a rule, a sentence each.

    Its name, what its docstring says, its options, and its examples: bad ones are reported and good
    ones are not; fixes give the text that the example tells, cure it, and change nothing else.

    Args:
        rule: The rule.
        beside: What runs with it on its examples; what these say is left aside.
    """
    yield from _of_name(rule)
    yield from _of_docstring(rule)
    yield from _of_options(rule)
    if not any(example.is_bad for example in rule.examples):
        yield "no example is Bad"
    if all(example.is_bad for example in rule.examples):
        yield "no example is Good"
    run = _Alone(rule, tuple(beside))
    for number, example in enumerate(rule.examples, 1):
        yield from (f"example {number}: {each}" for each in _of_example(run, example))


def lint(
    rules: Rule | Iterable[Rule], files: Mapping[str, str | bytes], collection: Collection = NEWS
) -> Report:
    """Return the report of `rules` on made-up files, which know of each other.

    Args:
        rules: One rule or several, with their options.
        files: What each file holds, by its path.
        collection: What they belong to.
    """
    rules = (rules,) if isinstance(rules, Rule) else tuple(rules)
    with TemporaryDirectory(prefix="newslint-") as name:
        folder = Path(name).resolve()
        (folder / "newslint.toml").touch()
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else _encoded(content))
        return Session([folder], folder).check(UniformSelection(rules, collection)).report


def fence(front_matter: str) -> str:
    """Return the file that holds a front matter and no body."""
    return f"---\n{front_matter}\n---\n"


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """Return `text` after `fixes`; one that overlaps another before it is left out."""
    source = SourceText(text)
    taken: list[tuple[int, int, str]] = []
    for fix in fixes:
        edits = [_offsets(source, edit) for edit in fix.edits]
        if not any(_overlap(one, other) for one in edits for other in taken):
            taken += edits
    for start, end, new in sorted(taken, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def changed_values(before: Document, after: Document) -> set[str]:
    """Return the pointers of the values in which two versions of a file differ.

    What an alias stands for counts at its anchor only: that is where it is written.
    """
    old, new = _scalars(before), _scalars(after)
    missing = object()
    return {key for key in old | new if old.get(key, missing) != new.get(key, missing)}


def _of_name(rule: type[Rule]) -> Iterator[str]:
    """Yield what is wrong with a rule's name."""
    if not _KEBAB.fullmatch(rule.id):
        yield f"its id '{rule.id}' is not in lower-case words joined by dashes"
    camel = "".join(word.title() for word in rule.id.split("-"))
    if rule.__name__ != camel:
        yield f"its class is not called {camel}, as its id is '{rule.id}'"


def _of_docstring(rule: type[Rule]) -> Iterator[str]:
    """Yield what is wrong with what a rule says of itself."""
    told = explain(rule)
    if not _SENTENCE.fullmatch(told.summary) or ". " in told.summary:
        yield "its docstring does not start with one sentence that says what it reports"
    if not told.why.endswith((".", ".)")):
        yield "its docstring has no paragraph 'Why: …' that ends in a full stop"
    if told.fix_safety and not told.fix_safety.startswith(Safety.UNSAFE.value):
        yield "its docstring's 'Fix safety: …' does not start with 'unsafe'"
    if not told.fix_safety and any(each.safety is Safety.UNSAFE for each in _fixes(rule)):
        yield "it has unsafe fixes and its docstring no paragraph 'Fix safety: unsafe; …'"


def _fixes(rule: type[Rule]) -> Iterator[Fix]:
    """Yield the fixes that a rule brings in its examples."""
    for example in rule.examples:
        report = lint(rule(), _files(example))
        yield from (each.fix for each in report.diagnostics if each.fix)


def _of_options(rule: type[Rule]) -> Iterator[str]:
    """Yield what is wrong with a rule's options."""
    for name, field in rule.model_fields.items():
        if not (field.description or "").endswith("."):
            yield f"its option '{name}' has no description that ends in a full stop"
        if not _is_immutable(field.annotation):
            yield f"its option '{name}' can be changed; use a tuple"
    made = rule()
    if rule.model_validate(made.model_dump()) != made:
        yield "the defaults of its options are not valid"
    if hash(made) != hash(rule()) or pickle.loads(pickle.dumps(made)) != made:  # noqa: S301 # our own bytes
        yield "it cannot be a key, or be sent to another process"
    if rule.model_json_schema().get("additionalProperties") is not False:
        yield "it takes options that it does not have"


class _Alone(typing.NamedTuple):
    """A rule whose word alone counts.

    Attributes:
        rule: The rule.
        beside: Rules that run with it.
    """

    rule: type[Rule]
    beside: tuple[Rule, ...]

    def says(self, files: Mapping[str, str]) -> list[Diagnostic]:
        """Return what the rule says of files, and what fails."""
        found = lint((self.rule(), *self.beside), files).diagnostics
        return [each for each in found if each.rule in (self.rule.id, RuleCrashed.id)]


def _of_example(run: _Alone, example: Example) -> Iterator[str]:
    """Yield what is wrong with an example."""
    files = _files(example)
    first = next(iter(files))
    found = run.says(files)
    rules = {each.rule for each in found}
    if rules != ({run.rule.id} if example.is_bad else set()):
        yield f"it is {'bad' if example.is_bad else 'good'} and reported are: {sorted(rules)}"
        return
    fixable = [each for each in found if each.fix and each.location.path == first]
    if bool(fixable) != (example.fixed is not None):
        told = "what fixes give" if example.fixed is not None else "nothing of fixes"
        yield f"it says {told}, and {len(fixable)} of its diagnostics have one"
    elif fixable and example.fixed is not None:
        yield from _of_repair(run, example, fixable)


def _of_repair(run: _Alone, example: Example, fixable: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what is wrong with what fixes make of an example."""
    files = _files(example)
    first, before = next(iter(files.items()))
    after = apply_fixes(before, [each.fix for each in fixable if each.fix])
    wanted = example.fixed or ""
    if after != (wanted if example.whole else fence(wanted)):
        yield f"fixes give {after!r}"
        return
    if run.says(files | {first: after}):
        yield "what fixes give is reported again"
    named = {each.location.pointer for each in fixable}
    old, new = (read_document(first, _encoded(text), Reader()) for text in (before, after))
    if new.problems:
        yield f"what fixes give cannot be read: {new.problems[0].message}"
    elif not is_intended_change(old, new, fixable):
        yield f"fixes change other values, too: {sorted(changed_values(old, new) - named)}"


def _files(example: Example) -> dict[str, str]:
    """Return the files of an example by name, the one that it is about first."""
    texts = [text if example.whole else fence(text) for text in example.files]
    names = [f"{number:02}.md" for number in range(len(texts))]
    return dict(zip([example.name or names[0], *names[1:]], texts, strict=True))


def _encoded(text: str) -> bytes:
    """Return the bytes of a file."""
    return text.encode("utf-8", "surrogateescape")


def _scalars(document: Document) -> dict[str, typing.Any]:
    """Return the values of a file by pointer."""
    return {
        f"{number or ''}{each.pointer}": each.python
        for number, root in enumerate(document.roots)
        for each in root.scalars()
    }


def _offsets(source: SourceText, edit: Edit) -> tuple[int, int, str]:
    """Return what an edit replaces, as 0-based offsets, and by what."""
    return source.offset(edit.span.start), source.offset(edit.span.end), edit.text


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Tell whether two edits touch the same characters."""
    return one[0] < other[1] and other[0] < one[1]


def _is_immutable(kind: object) -> bool:
    """Tell whether values of a type cannot be changed, as far as annotations tell."""
    origin = typing.get_origin(kind)
    if origin in (tuple, types.UnionType, typing.Union):
        parts = [part for part in typing.get_args(kind) if part is not Ellipsis]
        return all(map(_is_immutable, parts))
    return origin not in (list, set, dict) and kind not in (list, set, dict, bytearray)
