"""Unrelated records change no fingerprint and no cause of any rule."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.diagnostics import Diagnostic, Report
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.rules.api import Example, Rule
from newslint.rules.builtin import BUILTIN
from newslint.settings import Project
from newslint.settings.imports import import_file
from newslint.settings.settings import Settings
from newslint.testing import UniformSelection, fence

ROOT = Path("/nowhere")
ACME = Path(__file__).parents[1] / "plugins" / "newslint_acme" / "newslint_acme"
PLUGIN = import_file(ACME / "shouting_headline.py", ACME)
assert PLUGIN is not None
RULES: tuple[type[Rule], ...] = (*BUILTIN, PLUGIN.ShoutingHeadline)
EVERY = UniformSelection(rule() for rule in RULES)
CREATED_BY_RUNS = {"rule-crashed", "unrepaired-file"}
"""Rules that report no record, and so have no bad example."""

WORDS = st.lists(
    st.sampled_from("quokka zephyr marble canyon lantern harvest glacier violin".split()),  # noqa: SIM905
    min_size=3,
    max_size=6,
    unique=True,
).map(" ".join)
UNRELATED = """\
title: {0}
excerpt: {1}, which no other record is about.
webUrl: https://unrelated.example/{0}
publishedDateTime: 2021-0{2}-01T00:00:00Z
quality: {2}
published: {3}
provider: {{name: Unrelated, domain: unrelated.example}}
images: [{{url: "https://unrelated.example/{0}.jpg"}}]
related:
  - title: About {1}
    excerpt: " {0} &amp; more "
    webUrl: https://unrelated.example/about/{1}
    quality: {2}
"""
UNRELATED_RECORDS = st.builds(
    UNRELATED.format, WORDS, WORDS, st.integers(1, 9), st.sampled_from(["true", "false"])
)


def archive_of(example: Example) -> dict[str, bytes]:
    texts = [text if example.whole else fence(text) for text in example.files]
    names = [example.name or "05.md", *(f"{number}5.md" for number in range(1, len(texts)))]
    return {
        name: text.encode("utf-8", "surrogateescape")
        for name, text in (*zip(names, texts, strict=True), *example.beside.items())
    }


def report_on(files: dict[str, bytes]) -> Report:
    contents = {ROOT / name: data for name, data in files.items()}
    request = CheckRequest.create(
        [path for path in contents if path.suffix == ".md"],
        ROOT,
        EVERY,
        project=Project.build(ROOT, Settings(today=date(2026, 11, 30))),
        contents=contents,
    )
    return run_check(request).report


def identities(diagnostics: Iterable[Diagnostic], paths: Iterable[str]) -> list[tuple[str, ...]]:
    """List place, rule, fingerprint and cause of the diagnostics in some files."""
    return sorted(
        (each.path, str(each.location.span), each.rule, each.fingerprint, each.cause)
        for each in diagnostics
        if each.path in paths
    )


BAD = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
    if example.is_bad
]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_unrelated_records_rename_no_diagnostic(rule: type[Rule], example: Example) -> None:
    """Add an unrelated record, rename it, add another one, and remove the first one."""
    files = archive_of(example)
    before = report_on(files).diagnostics
    assert rule.id in {each.rule for each in before}

    @settings(max_examples=3)
    @given(
        st.tuples(UNRELATED_RECORDS, UNRELATED_RECORDS), st.permutations(["00.md", "11.md", "z.md"])
    )
    def add_records(unrelated: tuple[str, str], names: list[str]) -> None:
        one, other = (fence(text).encode() for text in unrelated)
        for added in ({names[0]: one}, {names[1]: one}, {names[1]: one, names[2]: other}):
            after = report_on(files | added).diagnostics
            assert identities(before, files) == identities(after, files)

    add_records()


def test_all_rules_have_a_bad_example() -> None:
    assert {rule.id for rule in RULES} - {param.values[0].id for param in BAD} <= CREATED_BY_RUNS


REPORTED_TWICE = """\
title: One
title: Two
quality: 1
quality: 2
"""


def test_each_duplicate_key_is_a_cause_of_its_own() -> None:
    found = report_on({"a.md": fence(REPORTED_TWICE).encode()}).diagnostics
    title, quality = (each for each in found if each.rule == "duplicate-key")
    assert title.cause != quality.cause
    only_quality = REPORTED_TWICE.replace("title: One\n", "")
    found = report_on({"a.md": fence(only_quality).encode()}).diagnostics
    (alone,) = (each for each in found if each.rule == "duplicate-key")
    assert (alone.fingerprint, alone.cause) == (quality.fingerprint, quality.cause)
