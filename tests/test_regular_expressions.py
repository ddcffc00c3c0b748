"""No regular expression takes more than linear time on any text.

Each pattern of the package is matched with texts that repeat characters from the pattern. A pattern
that backtracks too much takes more than linear time for one of them.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined] # private, and the only way
from re import _parser as parser  # type: ignore[attr-defined] # likewise
from typing import Any

import pytest

import newslint
from newslint.text.lazy_pattern import LazyPattern
from regex_steps import StepCounter

SIZE = 32
"""Characters of the shorter text."""

MOST_UNITS = 60
FEW_STEPS = 12
"""Steps for each character that no pattern exceeds unless it goes back in its text."""

GROWTH = 8.0
"""Four times the text takes about four times the steps; with a quadratic step, 16 times."""

END = "\x00"

ANCHORED = {
    "newslint.engine.baseline._NAME",
    "newslint.engine.baseline_file._LINE",
    "newslint.lsp.completion._PLAIN",
    "newslint.lsp.settings_completion._ITEM",
    "newslint.lsp.settings_completion._KEY",
    "newslint.records.legacy_text._MEASURE",
    "newslint.lsp.settings_completion._OPEN_LIST",
    "newslint.lsp.settings_completion._TABLE",
    "newslint.lsp.settings_completion._VALUE",
    "newslint.lsp.settings_files._PROBLEM",
    "newslint.lsp.bracket_context._HEADER",
    "newslint.lsp.yaml_context._ITEM",
    "newslint.lsp.yaml_context._LINE",
    "newslint.lsp.yaml_context._PAIR",
    "newslint.lsp.yaml_context._WORD",
    "newslint.records.schema.formats._EMAIL",
    "newslint.records.name_tables._NUMBER",
    "newslint.records.redaction._OTHER_KEY",
    "newslint.records.urls._SLUG",
    "newslint.rules.headline.truncated_excerpt._FRAGMENT",
    "newslint.rules.schema.wrong_type._COMMENT",
    "newslint.rules.text.html_markup._COMMENT",
    "newslint.settings.bases._REFERENCE",
    "newslint.settings.bases._URL",
    "newslint.settings.toml_file._PROBLEM_LOCATION",
    "newslint.syntax.brackets._COMMA",
    "newslint.syntax.brackets._TRAILING_COMMA",
    "newslint.syntax.yaml.blocks._KEY",
    "newslint.documents.code._FENCE",
    "newslint.documents.code._STARTS_BLOCK",
    "newslint.documents.code._STARTS_ITEM",
    "newslint.documents.document._MAY_BE_FENCE",
    "newslint.documents.metadata_lines._STARTS_WITH_KEY",
    "newslint.documents.fences._TOML_KEY",
    "newslint.documents.fences._VALUE_LINE",
    "newslint.documents.fences._YAML_LINE",
    "newslint.syntax.readings._DIFFERENT",
    "newslint.syntax.yaml.fast_flow._KEY",
    "newslint.syntax.yaml.fast_line._DOUBLE",
    "newslint.syntax.yaml.fast_line._END",
    "newslint.syntax.yaml.fast_line._SINGLE",
    "newslint.syntax.yaml.removal._COLON",
    "newslint.syntax.yaml.removal._DASH",
    "newslint.syntax.yaml.removal._SWALLOWED",
    "newslint.syntax.yaml.tokens._HEADER",
    "newslint.testing.rule_problems._SENTENCE",
}
"""Patterns that are only matched at one place of a text, never searched for."""

OTHER = ("\n", "\r\n", " ", "a", "\x00", "é")


def patterns() -> dict[str, re.Pattern[str]]:
    """Collect all patterns on text in the package's modules, by qualified name."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(newslint.__path__, "newslint.")
        if not module.name.endswith("__main__")
    ]
    return {
        f"{module.__name__}.{name}{index or ''}": pattern
        for module in modules
        for name, value in vars(module).items()
        for index, pattern in enumerate(_within(value))
        if isinstance(pattern.pattern, str)
    }


def _within(value: Any) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a constant."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LazyPattern):
        yield value.compile()
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_within, value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        yield from chain.from_iterable(map(_within, value))


def _chars(parsed: Any) -> Iterator[str]:
    """Yield the characters of a pattern: its literals, ends of ranges, and one for each class."""
    for kind, value in parsed:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(value)
        elif kind is sre.RANGE:
            yield from map(chr, value)
        elif kind is sre.IN:
            yield from _chars(value)
        elif kind is sre.CATEGORY:
            yield {"DIGIT": "1", "SPACE": " ", "WORD": "a"}[str(value).rpartition("_")[2]]
        elif isinstance(value, parser.SubPattern):
            yield from _chars(value)
        elif isinstance(value, (tuple, list)):
            for each in value:
                inner = each if isinstance(each, list) else [each]
                yield from chain.from_iterable(
                    _chars(sub) for sub in inner if isinstance(sub, parser.SubPattern)
                )


def units(pattern: re.Pattern[str]) -> list[str]:
    """Return the units of the texts to try: characters of a pattern, and pairs of them."""
    own = list(dict.fromkeys([*_chars(parser.parse(pattern.pattern, pattern.flags)), *OTHER]))
    pairs = (one + other for one, other in product(own, own) if one != other)
    everything = [*own, *pairs]
    step = max(1, len(everything) // MOST_UNITS)
    return [*own[:MOST_UNITS], *everything[len(own) :: step]]


class PatternSteps:
    """The steps that a pattern takes on texts that repeat a unit.

    Args:
        pattern: The pattern.
        is_anchored: The package matches it at one place only and never searches for it.
    """

    def __init__(self, pattern: re.Pattern[str], *, is_anchored: bool = False) -> None:
        self._pattern = pattern
        self._counter = StepCounter(pattern)
        self._is_anchored = is_anchored

    def count(self, text: str) -> int:
        """Count the steps; the matches must be those that `re` finds."""
        counter = self._counter
        counter.steps = 0
        match, whole = self._pattern.match(text), self._pattern.fullmatch(text)
        assert counter.match(text) == (match and match.end())
        assert counter.match(text, is_full=True) == (whole and whole.end())
        if not self._is_anchored:
            spans = [each.span() for each in self._pattern.finditer(text)]
            assert list(counter.finditer(text)) == spans
        return counter.steps

    def grow_faster_than_text(self, unit: str) -> bool:
        """Check whether four times the text takes more than `GROWTH` times the steps."""
        text = unit * (SIZE // len(unit))
        long = self.count(text * 4 + END)
        return long > FEW_STEPS * 4 * SIZE and long > GROWTH * self.count(text + END)


PATTERNS = patterns()


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 50
    assert PATTERNS.keys() >= ANCHORED


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name: str) -> None:
    steps = PatternSteps(PATTERNS[name], is_anchored=name in ANCHORED)
    assert not [each for each in units(PATTERNS[name]) if steps.grow_faster_than_text(each)]


@pytest.mark.parametrize("name", sorted(ANCHORED))
def test_patterns_that_are_slow_to_search_for_are_not(name: str, repository: Path) -> None:
    module, _, constant = name.rpartition(".")
    source = (repository / "src" / module.replace(".", "/")).with_suffix(".py").read_text("utf-8")
    uses = set(re.findall(rf"\b{constant}\.(\w+)\(", source))
    assert uses <= {"match", "fullmatch"}
    assert uses


@pytest.mark.parametrize(("pattern", "unit"), [(r"\s+$", " "), ("<[^>]*>", "<"), ("a*b", "a")])
def test_patterns_that_take_longer_are_found(pattern: str, unit: str) -> None:
    assert unit in units(re.compile(pattern))
    assert PatternSteps(re.compile(pattern)).grow_faster_than_text(unit)
