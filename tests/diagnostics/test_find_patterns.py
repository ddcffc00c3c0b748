"""Patterns: a rule reports nearly all places of one kind."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, Occurrence, Report, Severity
from newslint.diagnostics.pages import Pages, pages_of
from newslint.diagnostics.patterns import MIN_PLACES, PlaceCount, find_patterns, split_patterns
from newslint.engine.asked import merge_asked
from reports import diagnostic

URLS = {
    ("a.example", "https://a.example/updates/one"): Pages("a.example", "updates"),
    ("a.example", "https://www.a.example/updates/one/?x=/y"): Pages("a.example", "updates"),
    ("a.example", "https://a.example/slug"): Pages("a.example"),
    ("a.example", "https://a.example/slug/"): Pages("a.example"),
    ("a.example", "https://a.example"): Pages("a.example"),
    ("a.example", "/updates/one"): Pages("a.example", "updates"),
    ("a.example", ""): Pages("a.example"),
    ("", "https://a.example/updates/one"): Pages(),
}


@pytest.mark.parametrize(("article", "pages"), URLS.items())
def test_pages_of_an_article(article: tuple[str, str], pages: Pages) -> None:
    assert pages_of(*article) == pages


def found(number: int, provider: str, folder: str = "x", *, visible: bool = True) -> Diagnostic:
    path = f"{number:04}.md"
    place = Occurrence(path, "", 0, f"https://{provider}/{folder}/{number}", provider)
    return diagnostic(
        path=path, cause=f"c{number}", occurrence=place._replace(is_visible=visible), value=path
    )


def asked(**totals: int) -> dict[tuple[str, Pages], PlaceCount]:
    return {
        ("mojibake", Pages(f"{name}.example", "x")): PlaceCount(total, total)
        for name, total in totals.items()
    }


def kinds(diagnostics: list[Diagnostic], **totals: int) -> list[tuple[Pages, int, int]]:
    patterns = find_patterns(diagnostics, asked(**totals))
    return [(each.pages, each.reported.total, each.asked.total) for each in patterns]


@pytest.mark.parametrize(("reported", "total"), [(50, 50), (57, 60), (95, 100)])
def test_nearly_all_of_enough_places_are_a_pattern(reported: int, total: int) -> None:
    diagnostics = [found(number, "a.example") for number in range(reported)]
    assert kinds(diagnostics, a=total) == [(Pages(), reported, total)]


@pytest.mark.parametrize(("reported", "total"), [(49, 49), (56, 60), (94, 100)])
def test_fewer_are_none(reported: int, total: int) -> None:
    assert kinds([found(number, "a.example") for number in range(reported)], a=total) == []


def test_the_widest_kind_of_pages_counts() -> None:
    diagnostics = [found(number, "a.example") for number in range(60)]
    assert kinds(diagnostics, a=60, b=2) == [(Pages(), 60, 62)]
    assert kinds(diagnostics, a=60, b=60) == [(Pages("a.example"), 60, 60)]
    counts = asked(a=60) | {("mojibake", Pages("a.example", "y")): PlaceCount(60, 60)}
    (pattern,) = find_patterns(diagnostics, counts)
    assert pattern.pages == Pages("a.example", "x")


def test_copies_of_a_few_articles_are_no_habit_of_a_provider() -> None:
    diagnostics = [found(each, "a.example").replace(cause=f"{each % 9}") for each in range(60)]
    assert kinds(diagnostics, a=60, b=60) == []
    assert kinds(diagnostics, a=60) == [(Pages(), 60, 60)]


def test_several_diagnostics_of_one_place_count_once() -> None:
    diagnostics = [each for n in range(30) for each in [found(n, "a.example")] * 3]
    assert kinds(diagnostics, a=60) == []


def test_counts_and_examples_of_visible_places() -> None:
    diagnostics = [found(n, "a.example", visible=n >= 40) for n in range(60)]
    counts = {("mojibake", Pages("a.example", "x")): PlaceCount(60, 21)}
    (pattern,) = find_patterns(diagnostics, counts)
    assert (pattern.reported, pattern.asked) == (PlaceCount(60, 20), PlaceCount(60, 21))
    assert [each.path for each in pattern.examples] == ["0040.md", "0041.md", "0042.md"]
    assert (pattern.diagnostics, pattern.causes, pattern.severity) == (60, 60, Severity.ERROR)


def test_a_pattern_changes_no_count() -> None:
    plain = Report(60, diagnostics=[found(number, "a.example") for number in range(60)])
    report = replace(plain, asked=asked(a=60))
    assert report.patterns
    assert not plain.patterns
    assert report.counts == plain.counts
    assert report.fails(Severity.ERROR)


def test_members_of_patterns_are_separated() -> None:
    diagnostics = [found(n, name) for n in range(60) for name in ("a.example", "b.example")]
    patterns = find_patterns(diagnostics, asked(a=60, b=200))
    others, members = split_patterns(diagnostics, patterns)
    assert {each.provider for each in others} == {"b.example"}
    assert {each.provider for each in members} == {"a.example"}


_COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(["r", "s"]), st.builds(Pages, st.sampled_from(["", "a", "b"]))),
    st.builds(PlaceCount, st.integers(0, MIN_PLACES), st.integers(0, MIN_PLACES)),
)


@given(st.lists(_COUNTS, max_size=3))
def test_counts_of_parts_are_merged_in_any_order(
    parts: list[dict[tuple[str, Pages], PlaceCount]],
) -> None:
    merged = [merge_asked(each) for each in permutations(parts)]
    assert all(each == merged[0] for each in merged)
    assert merge_asked([merge_asked(parts[:1]), merge_asked(parts[1:])]) == merged[0]
