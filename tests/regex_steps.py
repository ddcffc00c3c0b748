"""Step counts of regular expressions: a matcher in Python that backtracks as `re` does.

`re` does not count its steps, and a clock measures the machine as well. This matcher is slow, but
takes the same number of steps each time. It supports the syntax that the package's patterns use.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined] # private, and the only way
from re import _parser as parser  # type: ignore[attr-defined] # likewise
from typing import Any

Continue = Callable[[int], bool]
"""Matches the rest of the pattern from an offset."""

Matcher = Callable[[int, Continue], bool]
"""Matches a part of the pattern from an offset, then the rest of it."""

_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_OPPOSITES = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
_ONE_CHARACTER = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)


class StepCounter:
    """A pattern whose steps are counted.

    Attributes:
        steps: Characters compared and alternatives tried so far.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.steps = 0
        self._flags = pattern.flags
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}
        self._match = self._sequence(parser.parse(pattern.pattern, pattern.flags))

    def match(self, text: str, start: int = 0, *, is_full: bool = False) -> int | None:
        """Return the end of a match at `start`; None if there is none."""
        return self._end(text, start, lambda end: not is_full or end == len(text))

    def finditer(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of all matches, as `re.Pattern.finditer` does."""
        start, least = 0, 0
        while start <= len(text):
            self.steps += 1
            end = self._end(text, start, lambda end, least=least: end >= least)
            if end is None:
                start += 1
                least = start
            else:
                yield start, end
                least = end + (end == start)  # after an empty match, another one must advance
                start = end

    def _end(self, text: str, start: int, is_accepted: Continue) -> int | None:
        """Return the first end of a match at `start` that is accepted; None if there is none."""
        self._text = text
        self._groups = {}
        found: list[int] = []

        def accept(end: int) -> bool:
            if is_accepted(end):
                found.append(end)
            return bool(found)

        before = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)  # each step calls the next one
        try:
            return found[0] if self._match(start, accept) else None
        finally:
            sys.setrecursionlimit(before)

    def _sequence(self, items: Iterable[Any]) -> Matcher:
        """Build the matcher of items that follow each other."""
        matchers = [self._item(kind, value) for kind, value in items]

        def match(at: int, then: Continue, index: int = 0) -> bool:
            if index == len(matchers):
                return then(at)
            return matchers[index](at, lambda end: match(end, then, index + 1))

        return match

    def _item(self, kind: Any, value: Any) -> Matcher:
        """Build the matcher of one item of a parsed pattern."""
        if kind in _ONE_CHARACTER:
            return self._repeat_character(1, 1, self._predicate(kind, value), kind)
        build = {
            sre.MAX_REPEAT: lambda: self._repeat(*value, kind),
            sre.MIN_REPEAT: lambda: self._repeat(*value, kind),
            sre.POSSESSIVE_REPEAT: lambda: self._atomic(self._repeat(*value, sre.MAX_REPEAT)),
            sre.SUBPATTERN: lambda: self._group(value[0], self._sequence(value[3])),
            sre.ATOMIC_GROUP: lambda: self._atomic(self._sequence(value)),
            sre.BRANCH: lambda: self._branch([self._sequence(each) for each in value[1]]),
            sre.ASSERT: lambda: self._assertion(*value, is_wanted=True),
            sre.ASSERT_NOT: lambda: self._assertion(*value, is_wanted=False),
            sre.AT: lambda: lambda at, then: self._is_at(value, at) and then(at),
            sre.FAILURE: lambda: lambda _at, _then: False,
            sre.GROUPREF: lambda: lambda at, then: self._same_group(value, at, then),
        }
        return build[kind]()

    def _branch(self, branches: list[Matcher]) -> Matcher:
        """Build the matcher of alternatives."""

        def match(at: int, then: Continue) -> bool:
            for each in branches:  # `any` would call from C, whose stack is short
                self.steps += 1
                if each(at, then):
                    return True
            return False

        return match

    def _predicate(self, kind: Any, value: Any) -> Callable[[str], bool]:
        """Build the test of one character; its results are kept."""
        known: dict[str, bool] = {}

        def test(char: str) -> bool:
            if char not in known:
                known[char] = self._accepts(kind, value, char)
            return known[char]

        return test

    def _accepts(self, kind: Any, value: Any, char: str) -> bool:
        """Check whether an item of one character accepts `char`."""
        same = {char, char.lower(), char.upper()} if self._flags & re.IGNORECASE else {char}
        if kind is sre.LITERAL:
            return chr(value) in same
        if kind is sre.NOT_LITERAL:
            return chr(value) not in same
        if kind is sre.ANY:
            return char != "\n" or bool(self._flags & re.DOTALL)
        if kind is sre.RANGE:
            return any(len(each) == 1 and value[0] <= ord(each) <= value[1] for each in same)
        if kind is sre.CATEGORY:
            category = _OPPOSITES.get(value, value)
            is_ascii = char.isascii() or not self._flags & re.ASCII
            return (is_ascii and _CATEGORIES[category](char)) == (value is category)
        is_negated = value[0][0] is sre.NEGATE
        return any(self._accepts(*each, char) for each in value[is_negated:]) != is_negated

    def _repeat_character(
        self, least: int, most: int, test: Callable[[str], bool], kind: Any
    ) -> Matcher:
        """Build the matcher of an item of one character, repeated."""

        def match(at: int, then: Continue) -> bool:
            text = self._text
            limit = min(len(text), at + most)
            end = at
            self.steps += 1
            wanted = at + least if kind is sre.MIN_REPEAT else limit
            while end < min(wanted, limit) and test(text[end]):
                end += 1
                self.steps += 1
            if end < at + least:
                return False
            if kind is sre.MIN_REPEAT:
                while not then(end):
                    self.steps += 1
                    if end >= limit or not test(text[end]):
                        return False
                    end += 1
                return True
            while not then(end):
                self.steps += 1
                if end <= at + least:
                    return False
                end -= 1
            return True

        return match

    def _repeat(self, least: int, most: int, items: Any, kind: Any) -> Matcher:
        """Build the matcher of a repeated sequence."""
        if len(items) == 1 and items[0][0] in _ONE_CHARACTER:
            return self._repeat_character(least, most, self._predicate(*items[0]), kind)
        body = self._sequence(items)

        def match(at: int, then: Continue, count: int = 0) -> bool:
            self.steps += 1

            def again() -> bool:
                return count < most and body(
                    at, lambda end: (end > at or count < least) and match(end, then, count + 1)
                )

            if count < least:
                return again()
            if kind is sre.MIN_REPEAT:
                return then(at) or again()
            return again() or then(at)

        return match

    def _group(self, number: int | None, body: Matcher) -> Matcher:
        """Build the matcher of a group, which back-references may name."""
        if number is None:
            return body

        def match(at: int, then: Continue) -> bool:
            before = self._groups.get(number)

            def close(end: int) -> bool:
                inner = self._groups.get(number)
                self._groups[number] = (at, end)
                if then(end):
                    return True
                self._restore(number, inner)
                return False

            if body(at, close):
                return True
            self._restore(number, before)
            return False

        return match

    def _restore(self, number: int, span: tuple[int, int] | None) -> None:
        if span is None:
            self._groups.pop(number, None)
        else:
            self._groups[number] = span

    def _same_group(self, number: int, at: int, then: Continue) -> bool:
        """Match the text of a group again."""
        if number not in self._groups:
            return False
        start, end = self._groups[number]
        wanted = self._text[start:end]
        self.steps += len(wanted) + 1
        return self._text.startswith(wanted, at) and then(at + len(wanted))

    def _atomic(self, body: Matcher) -> Matcher:
        """Build the matcher of a part that is not tried again once it has matched."""

        def match(at: int, then: Continue) -> bool:
            ends: list[int] = []
            return body(at, lambda end: ends.append(end) is None) and then(ends[0])

        return match

    def _assertion(self, direction: int, items: Any, *, is_wanted: bool) -> Matcher:
        """Build the matcher of a look-ahead (`direction` 1) or look-behind (-1)."""
        body = self._sequence(items)
        width = items.getwidth()[0] if direction < 0 else 0

        def match(at: int, then: Continue) -> bool:
            self.steps += 1
            is_there = at >= width and body(at - width, lambda end: direction > 0 or end == at)
            return is_there == is_wanted and then(at)

        return match

    def _is_at(self, place: Any, at: int) -> bool:
        """Check a position, such as `^`, `$` or `\\b`."""
        self.steps += 1
        text, lines = self._text, bool(self._flags & re.MULTILINE)
        if place is sre.AT_BEGINNING:
            return at == 0 or (lines and text[at - 1] == "\n")
        if place is sre.AT_BEGINNING_STRING:
            return at == 0
        if place is sre.AT_END:
            is_end = at == len(text) or (at == len(text) - 1 and text[at] == "\n")
            return is_end or (lines and text[at] == "\n")
        if place is sre.AT_END_STRING:
            return at == len(text)
        word = _CATEGORIES[sre.CATEGORY_WORD]
        before = at > 0 and word(text[at - 1])
        after = at < len(text) and word(text[at])
        return (before != after) == (place is sre.AT_BOUNDARY)
