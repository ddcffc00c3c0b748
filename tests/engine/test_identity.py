"""Identity: what a diagnostic is called depends on nothing but itself."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.diagnostics import Diagnostic, Report
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.rules.builtin import BUILTIN
from newslint.settings import Project
from newslint.settings.imports import import_file
from newslint.settings.settings import Settings
from newslint.testing import UniformSelection, fence

ROOT = Path("/nowhere")
ACME = Path(__file__).parents[1] / "plugins" / "newslint_acme" / "newslint_acme"
PLUGIN = import_file(ACME / "shouting_headline.py", ACME)
assert PLUGIN is not None
RULES = UniformSelection([*(rule() for rule in BUILTIN), PLUGIN.ShoutingHeadline()])
LOGO = "https://example.org/logo.png"
ENTRY = """\
  - title: Story {0} &amp; more
    excerpt: All that matters in the world of technology, every day and all week long.
    webUrl: https://example.org/story-{0}
    publishedDateTime: 2022-09-1{1}
    quality: {1}
    provider: {{name: "Example{1}", domain: example.org}}
    images: [{{url: {2}}}]
"""
STORIES = st.tuples(st.integers(0, 5), st.integers(0, 2), st.sampled_from([LOGO, f"{LOGO}?2"]))
FILES = st.dictionaries(st.integers(0, 5), st.lists(STORIES, max_size=3), min_size=1, max_size=4)


def text_of(number: int, stories: list[tuple[int, int, str]]) -> bytes:
    entries = "".join(ENTRY.format(*story) for story in stories)
    own = ENTRY.format(number, number % 3, LOGO).replace("\n    ", "\n").removeprefix("  - ")
    published = "false" if number % 2 else "true"
    return fence(f"{own}published: {published}\nrelated:\n{entries}").encode()


def report_on(files: dict[str, bytes]) -> Report:
    contents = {ROOT / name: data for name, data in files.items()}
    project = Project.build(ROOT, Settings())
    request = CheckRequest.create(list(contents), ROOT, RULES, project=project, contents=contents)
    return run_check(request).report


def names(report: Report) -> dict[tuple[object, ...], tuple[str, str]]:
    """Return fingerprint and cause of each diagnostic by its place and rule."""
    return {
        (each.location, each.rule): (each.fingerprint, each.cause) for each in report.diagnostics
    }


UNRELATED = b"""\
---
title: Quite another subject
excerpt: Nothing that any other record has to do with, and long enough to be an excerpt.
webUrl: https://other.example/unrelated
images: [{url: https://example.org/logo.png}]
provider: {name: Exmaple, domain: example.org}
---
"""


@settings(max_examples=25)
@given(FILES)
def test_an_unrelated_record_renames_no_diagnostic(
    files: dict[int, list[tuple[int, int, str]]],
) -> None:
    before = {f"{number}.md": text_of(number, stories) for number, stories in files.items()}
    found = names(report_on(before))
    for added in ("unrelated.md", "0-renamed.md"):
        more = names(report_on(before | {added: UNRELATED}))
        shared = found.keys() & more.keys()
        assert {place: found[place] for place in shared} == {place: more[place] for place in shared}
        assert found.keys() - more.keys() <= {
            place for place in found if place[-1] == "provider-name-mismatch"
        }


def test_messages_do_not_count() -> None:
    subjects = ("PyTorch moves", "Rome votes", "AMD joins", "Oslo waits", "Snow falls")
    shared = "excerpt: All that matters in the world of technology, every day and all week long."
    files = {
        f"{at}.md": fence(f"title: {title}\nwebUrl: https://a.example/{at}\n{shared}").encode()
        for at, title in enumerate(subjects)
    }
    few = {name: files[name] for name in ("0.md", "1.md", "2.md")}
    found, more = report_on(few), report_on(files)
    counted = [each for each in found.diagnostics if each.rule == "boilerplate-excerpt"]
    assert len(counted) == 3
    known = {each.fingerprint: each for each in more.diagnostics}
    for each in counted:
        assert known[each.fingerprint].message != each.message
        assert known[each.fingerprint].cause == each.cause


@pytest.mark.parametrize("name", ["a.md", "b.md"])
def test_two_diagnostics_of_one_file_never_share_a_fingerprint(name: str) -> None:
    def fingerprints(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
        return [each.fingerprint for each in diagnostics]

    report = report_on({name: fence("quality: x\nquality: y\nprovider: {}").encode()})
    assert len({*fingerprints(report.diagnostics)}) == len(report.diagnostics)
