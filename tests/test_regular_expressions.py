"""No regular expression takes more than linear time on any text.

For each pattern of the package, texts are made of the characters that it speaks of, over and over:
one that goes back in its text again and again is slow on one of them.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined] # private, and the only way
from re import _parser as parser  # type: ignore[attr-defined] # likewise
from typing import Any

import pytest

import newslint

SIZE = 3_000
"""Characters: many enough that a quadratic step shows."""

MOST_UNITS = 60
FEW_SECONDS = 0.004
GROWTH = 8.0
"""Four times the text may take up to this many times as long; what is quadratic takes 16 times."""

END = "\x00"

ANCHORED = {
    "newslint.engine.baseline._FIT",
    "newslint.engine.baseline_file._LINE",
    "newslint.records.schema.formats._EMAIL",
    "newslint.records.redaction._OTHER_KEY",
    "newslint.rules.urls.tracking_parameter._QUERY",
    "newslint.settings.toml_file._PROBLEM_LOCATION",
    "newslint.syntax.yaml.blocks._KEY",
    "newslint.documents.front_matter._INDENTED_OR_LATE",
    "newslint.syntax.yaml.fast_line._DOUBLE",
    "newslint.syntax.yaml.fast_line._SINGLE",
    "newslint.syntax.yaml.removal._COLON",
    "newslint.syntax.yaml.removal._COMMA",
    "newslint.syntax.yaml.removal._DASH",
    "newslint.syntax.yaml.removal._SWALLOWED",
    "newslint.syntax.yaml.tokens._HEADER",
    "newslint.testing._SENTENCE",
}
"""Patterns that are matched at one place of a text only, and never searched for."""

OTHER = ("\n", "\r\n", " ", "a", "\x00", "é")


def patterns() -> dict[str, re.Pattern[str]]:
    """Return all patterns on text that the modules of the package hold, by where they stand."""
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
    """Yield the patterns in a module's constant."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_within, value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        yield from chain.from_iterable(map(_within, value))


def _chars(parsed: Any) -> Iterator[str]:
    """Yield characters that a pattern speaks of: its own, one of each class, and a neighbour."""
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
    """Return what texts are made of to try `pattern`: characters, and pairs of them."""
    own = list(dict.fromkeys([*_chars(parser.parse(pattern.pattern, pattern.flags)), *OTHER]))
    pairs = (one + other for one, other in product(own, own) if one != other)
    everything = [*own, *pairs]
    step = max(1, len(everything) // MOST_UNITS)
    return [*own[:MOST_UNITS], *everything[len(own) :: step]]


def seconds(pattern: re.Pattern[str], text: str, *, anchored: bool) -> float:
    """Return how long it takes to match `pattern`, and, unless `anchored`, to find it all over."""
    started = time.process_time()
    pattern.match(text)
    pattern.fullmatch(text)
    if not anchored:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - started


def is_slow(pattern: re.Pattern[str], unit: str, *, anchored: bool = False) -> bool:
    """Tell whether the time that a pattern takes grows faster than the text."""
    text = unit * (SIZE // len(unit))
    if seconds(pattern, text + END, anchored=anchored) < FEW_SECONDS:
        return False
    short = min(seconds(pattern, text + END, anchored=anchored) for _ in range(3))
    long = seconds(pattern, text * 4 + END, anchored=anchored)
    return long > GROWTH * max(short, FEW_SECONDS)


PATTERNS = patterns()


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 50
    assert PATTERNS.keys() >= ANCHORED


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern = PATTERNS[name]
    anchored = name in ANCHORED
    assert not [each for each in units(pattern) if is_slow(pattern, each, anchored=anchored)]


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
    assert is_slow(re.compile(pattern), unit)
