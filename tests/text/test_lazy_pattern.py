import re

import pytest

from newslint.text.lazy_pattern import LazyPattern, lazy_pattern


def test_a_pattern_is_compiled_by_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_pattern = re.compile
    pattern = lazy_pattern("a(b)", re.IGNORECASE)

    def count(text: str, flags: int) -> re.Pattern[str]:
        compiled.append(text)
        return compile_pattern(text, flags)

    monkeypatch.setattr(re, "compile", count)
    assert pattern.pattern == "a(b)"
    assert compiled == []
    assert pattern.sub(r"\1", "xABy") == "xBy"
    assert pattern.search("c") is None
    assert [each.span() for each in pattern.finditer("abab")] == [(0, 2), (2, 4)]
    assert compiled == ["a(b)"]


def test_other_attributes_are_missing() -> None:
    assert not hasattr(LazyPattern("a", 0), "groups")
