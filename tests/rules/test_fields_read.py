"""Rules that compare descriptions declare all the fields that they read."""

import random
from collections.abc import Container, Mapping

import msgspec
import pytest

from newslint.documents import Document
from newslint.engine.checks import COMPARING, enriches
from newslint.engine.map import DocumentChecker
from newslint.engine.members import project_description
from newslint.engine.results import DescriptionResult, FileResult
from newslint.reporters.fast_json import fast_line
from newslint.rules.api import CorpusRule, Rule
from newslint.rules.builtin import BUILTIN
from newslint.testing.archive import lint
from newslint.testing.example_problems import example_files

RULES = [
    rule
    for rule in BUILTIN
    if (issubclass(rule, COMPARING) and not issubclass(rule, CorpusRule)) or enriches(rule())
]
LEAD = "One lead for all of the stories, and"
TITLES = "Story", "Tale", "Caf\ufffd"
SITE = {"images/lost.jpg.txt": "", "_data/tags.yml": "{Wind: {}, sun: {}}", "about.md": "About"}


def record(number: int, rng: random.Random) -> str:
    """Build a record with entries, of which no two descriptions of an article agree."""
    entries = "".join(
        f"  - title: {rng.choice(TITLES)} {other}\n"
        f"    excerpt: {rng.choice((LEAD, f'Lead of the {other}'))}\n"
        f"    webUrl: https://a.example/{other}\n    originalUrl: https://b.example/{other % 4}\n"
        f"    publishedDateTime: 2022-09-{rng.choice((11, 12))}\n"
        f"    quality: {rng.choice((other, other + 1))}\n"
        f"    provider: {{name: {rng.choice(('P', 'Q'))}, domain: a.example}}\n"
        f"    images: [{{url: https://a.example/{rng.choice(('logo', '1'))}.jpg, width: 9}}]\n"
        for other in rng.choices(range(12), k=4)
    )
    return (
        f"---\ntitle: {rng.choice(('Story', 'Café'))} {number}\npublishedDateTime: 2022-09-12\n"
        f"webUrl: https://a.example/{number % 9}\nampWebUrl: https://a.example/amp/{number % 5}\n"
        f"provider: {{name: P, domain: a.example}}\nquality: {number}\n"
        f"published: {rng.choice(('true', 'false'))}\nexcerpt: Lead of the {number % 7}\n"
        f"tags: [{rng.choice(('Wind', 'wind'))}, rain]\nlanguage: en\nslug: s{number % 4}\n"
        f"permalink: /{number % 4}/\naliases: [/old-{number % 3}/]\nrelated:\n{entries}---\n"
        f"![](images/{number}.jpg) [About](about.md) [Home](/{number}/)\n"
    )


def project_everything(monkeypatch: pytest.MonkeyPatch, reads: frozenset[str]) -> None:
    """Reduce all descriptions to some fields."""
    check = DocumentChecker.check

    def check_projected(
        self: DocumentChecker,
        document: Document,
        content: bytes = b"",
        known: Container[bytes] = (),
    ) -> tuple[FileResult, list[DescriptionResult]]:
        file, results = check(self, document, content, known)
        return file, [
            msgspec.structs.replace(each, description=project_description(each.description, reads))
            for each in results
        ]

    monkeypatch.setattr(DocumentChecker, "check", check_projected)


def diagnose(rule: type[Rule], archives: list[Mapping[str, str]]) -> list[list[str]]:
    return [[*map(fast_line, lint((rule(),), files).diagnostics)] for files in archives]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_only_the_fields_that_it_declares(
    rule: type[Rule], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(rule.id)
    archives = [example_files(each) for each in rule.examples if each.is_bad]
    archives.append({f"{number:02}.md": record(number, rng) for number in range(12)} | SITE)
    expected = diagnose(rule, archives)
    assert any(expected)
    assert rule.fields_read is not None
    project_everything(monkeypatch, rule.fields_read)
    assert diagnose(rule, archives) == expected


def test_a_field_that_is_not_declared_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    (rule,) = (each for each in RULES if each.id == "quality-mismatch")
    archives = [example_files(each) for each in rule.examples]
    project_everything(monkeypatch, frozenset({"title"}))
    assert not any(diagnose(rule, archives))
