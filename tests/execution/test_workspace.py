"""Whatever changes, a workspace has the report of a fresh run."""

import re
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from contradictions import BROKEN, LEADS, RECORD
from helpers import write
from newslint.diagnostics import Report
from newslint.execution import CheckRequest, aggregate_family, report_memo
from newslint.execution import check as run_check
from newslint.execution.aggregate_family import LARGE
from newslint.execution.cache import Cache
from newslint.execution.outcome import Renewal
from newslint.execution.report_memo import MIN_FILES
from newslint.execution.workspace import Workspace
from newslint.reporters.console import StyledWriter
from newslint.reporters.json import render_json
from newslint.reporters.text import render_text
from newslint.rules.builtin import BUILTIN
from newslint.rules.headline.headline_excerpt_mismatch import HeadlineExcerptMismatch
from newslint.rules.images.placeholder_image import PlaceholderImage
from newslint.rules.references.provider_name_mismatch import ProviderNameMismatch
from newslint.rules.references.quality_mismatch import QualityMismatch
from newslint.settings import Project
from newslint.settings.settings import Settings
from newslint.testing import UniformSelection
from newslint.text import SourceText

SENSITIVE = (
    HeadlineExcerptMismatch(articles=2, least=5),
    PlaceholderImage(articles=2),
    ProviderNameMismatch(established=2),
)
DEFAULTS = tuple(each() for each in BUILTIN)
RULESETS = {
    "all": DEFAULTS,
    "sensitive": (
        *(each for each in DEFAULTS if each.id not in {one.id for one in SENSITIVE}),
        *SENSITIVE,
    ),
    "few": DEFAULTS[::3],
}
AMP_PAGE = re.compile("^(?:ampWebUrl|provider): .*\n", re.MULTILINE)
OWN_LEAD = re.compile("^excerpt: (?:&lead )?", re.MULTILINE)
ENTRY_LEAD = re.compile("^    excerpt: .*$", re.MULTILINE)
NAMES = st.sampled_from(["a.md", "b.md", "c.md", "d/a.md", "d/b.md"])


def request_on(root: Path, ruleset: str) -> CheckRequest:
    rules = UniformSelection(RULESETS[ruleset])
    project = Project.build(root, Settings())
    return CheckRequest.create([root], root, rules, project=project)


def json_of(report: object) -> str:
    return "".join(render_json(report))  # type: ignore[arg-type] # a report


def text_of(report: Report) -> str:
    file = StringIO()
    render_text(report, StyledWriter(file, 80, color=False), lambda _: SourceText(""))
    return file.getvalue()


class Edits(RuleBasedStateMachine):
    """Edits files of a folder and of a workspace, and compares the reports."""

    @initialize(
        ruleset=st.sampled_from(sorted(RULESETS)),
        text=RECORD,
        large=st.sampled_from([1, 3, LARGE]),
        postpones=st.booleans(),
    )
    def create(
        self,
        ruleset: str,
        text: str,
        large: int,
        postpones: bool,  # noqa: FBT001 # drawn
    ) -> None:
        aggregate_family.LARGE = large
        report_memo.MIN_FILES = 0
        self.postpones = postpones
        self.folder = tempfile.TemporaryDirectory()
        self.caches = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name).resolve()
        (self.root / "d").mkdir()
        (self.root / "always.md").write_text(text)
        self.ruleset = ruleset
        self.start(request_on(self.root, ruleset))

    def start(self, request: CheckRequest) -> None:
        self.workspace = Workspace(request)
        self.token, _ = self.workspace.changed_since(0)
        self.reported = self.diagnostics()

    def diagnostics(self) -> dict[str, object]:
        paths = {str(path.relative_to(self.root)) for path in self.root.rglob("*.md")}
        return {path: self.workspace.diagnostics(path) for path in paths}

    @rule(name=NAMES | st.just("always.md"), text=RECORD | BROKEN)
    def edit(self, name: str, text: str) -> None:
        (self.root / name).write_text(text)
        self.workspace.update(name, text.encode())
        self.postpone(name)

    def postpone(self, name: str) -> None:
        if self.postpones:
            self.workspace.diagnostics(name, surveys=False)

    @rule(name=NAMES, blank=st.integers(1, 3))
    def move_lines(self, name: str, blank: int) -> None:
        path = self.root / name
        if path.exists():
            text = path.read_text().replace("title:", "\n" * blank + "title:", 1)
            self.edit(name, text)

    @rule(name=NAMES, old=st.sampled_from("abcd"), new=st.sampled_from("abcd"))
    def change_urls(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        if path.exists():
            text = path.read_text()
            self.edit(name, text.replace(f"a.example/{old}\n", f"a.example/{new}\n"))

    @rule(name=NAMES, lead=st.sampled_from(LEADS))
    def change_lead(self, name: str, lead: str) -> None:
        path = self.root / name
        if path.exists():
            self.edit(name, path.read_text().replace(LEADS[0], lead))

    @rule(name=NAMES | st.just("always.md"), page=st.sampled_from(["a", "amp/a", "amp/b"]))
    def change_amp_page(self, name: str, page: str) -> None:
        path = self.root / name
        if path.exists():
            text = AMP_PAGE.sub("", path.read_text())
            lines = f"ampWebUrl: https://a.example/{page}\nprovider: {{domain: a.example}}\n"
            self.edit(name, text.replace("excerpt:", f"{lines}excerpt:", 1))

    @rule(name=NAMES | st.just("always.md"))
    def use_an_alias(self, name: str) -> None:
        path = self.root / name
        if path.exists():
            text = OWN_LEAD.sub("excerpt: &lead ", path.read_text())
            self.edit(name, ENTRY_LEAD.sub("    excerpt: *lead", text, count=1))

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)
        self.workspace.remove(name)
        self.postpone(name)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        if old != new and (self.root / old).exists():
            text = (self.root / old).read_text()
            self.delete(old)
            self.edit(new, text)

    @rule(ruleset=st.sampled_from(sorted(RULESETS)))
    def reload(self, ruleset: str) -> None:
        self.ruleset = ruleset
        request = request_on(self.root, ruleset)
        self.workspace.reload(request.project, request.rules)

    @rule(prepares=st.booleans())
    def start_again_with_the_cache(self, prepares: bool) -> None:  # noqa: FBT001 # drawn
        self.start(replace(request_on(self.root, self.ruleset), cache=self.cache()))
        if prepares:
            self.workspace.prepare()

    @invariant()
    def has_the_report_of_a_fresh_run(self) -> None:
        fresh = run_check(request_on(self.root, self.ruleset)).report
        assert json_of(self.workspace.report()) == json_of(fresh)

    @rule(name=NAMES | st.just("always.md"))
    def check_a_file_with_the_cache(self, name: str) -> None:
        path = self.root / name
        if path.exists():
            alone = replace(request_on(self.root, self.ruleset), paths=(path,))
            cached = run_check(replace(alone, cache=self.cache())).report
            assert json_of(cached) == json_of(run_check(alone).report)

    @invariant()
    def has_the_report_of_a_run_with_the_cache_of_all_runs_before(self) -> None:
        request = request_on(self.root, self.ruleset)
        cached = run_check(replace(request, cache=self.cache(), shows_few=True)).report
        expected = self.workspace.report()
        assert text_of(cached) == text_of(expected)
        assert json_of(cached) == json_of(expected)

    def cache(self) -> Cache:
        return Cache(Path(self.caches.name), self.root)

    @invariant()
    def lists_the_files_that_changed(self) -> None:
        self.token, changed = self.workspace.changed_since(self.token)
        before, self.reported = self.reported, self.diagnostics()
        expected = {
            path
            for path in before.keys() | self.reported.keys()
            if before.get(path, ()) != self.reported.get(path, ())
        }
        assert expected <= changed

    def teardown(self) -> None:
        aggregate_family.LARGE = LARGE
        report_memo.MIN_FILES = MIN_FILES
        if hasattr(self, "folder"):
            self.folder.cleanup()
            self.caches.cleanup()


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=15, stateful_step_count=10, deadline=None)


HOST = (
    "title: host {0}\nwebUrl: https://a.example/host{0}\n"
    "related:\n  - title: t\n    webUrl: https://a.example/a\n"
)


def hosts(archive: Path) -> Workspace:
    files = {f"host{at}": HOST.format(at) for at in range(3)}
    write(archive, record="title: t\nwebUrl: https://a.example/a\npublished: false", **files)
    return Workspace(CheckRequest.create([archive], archive, select=["related-unpublished"]))


def test_only_what_a_change_affects_is_computed_again(archive: Path) -> None:
    workspace = hosts(archive)
    assert len(workspace.report().diagnostics) == 3
    assert workspace.renewal.files == 4
    workspace.update("host1.md", (archive / "host1.md").read_bytes().replace(b"host 1", b"new"))
    assert len(workspace.report().diagnostics) == 3
    assert workspace.renewal == Renewal(files=1, reports=1, groups=1)
    workspace.report()
    assert workspace.renewal == Renewal()


def test_a_record_that_is_published_changes_the_files_that_mention_it(archive: Path) -> None:
    workspace = hosts(archive)
    token, changed = workspace.changed_since(0)
    assert changed == {"record.md", "host0.md", "host1.md", "host2.md"}
    text = (archive / "record.md").read_bytes().replace(b"false", b"true")
    workspace.update("record.md", text)
    token, changed = workspace.changed_since(token)
    assert changed == {"record.md", "host0.md", "host1.md", "host2.md"}
    assert workspace.diagnostics("host0.md") == ()
    workspace.remove("record.md")
    assert workspace.changed_since(token)[1] == {"record.md"}


@pytest.mark.parametrize("url", ["https://a.example/a", "http://A.example/a"])
def test_an_article_is_found_with_all_that_mentions_it(archive: Path, url: str) -> None:
    found = hosts(archive).article(url)
    paths = [each.path for each in found.mentions]
    assert paths == ["host0.md", "host1.md", "host2.md", "record.md"]
    assert hosts(archive).article("https://a.example/none").mentions == ()


MOVED = (
    "title: host {0}\nwebUrl: https://a.example/host{0}\npublishedDateTime: 2022-09-1{0}\n"
    "related:\n"
    "  - title: A title that is long enough for an entry to be parsed by itself\n"
    "    webUrl: https://a.example/a\n"
    f"    excerpt: An excerpt {'that is long enough for an entry to be parsed by itself ' * 9}\n"
    "    quality: {1}\n"
)


def test_a_finding_follows_the_lines_of_another_file(archive: Path) -> None:
    qualities = {0: 1, 1: 2, 2: 2}
    write(archive, **{f"host{at}": MOVED.format(at, each) for at, each in qualities.items()})
    request = CheckRequest.create([archive], archive, select=["quality-mismatch"])
    workspace = Workspace(request)
    (before,) = workspace.report().diagnostics
    (place,) = before.related_locations
    path = archive / place.location.path
    path.write_text(path.read_text().replace("related:", "\n\nrelated:"))
    workspace.update(path.name, path.read_bytes())
    (after,) = workspace.report().diagnostics
    assert after.related_locations[0].location.span.start.line == place.location.span.start.line + 2
    assert json_of(workspace.report()) == json_of(run_check(request).report)


class ReadsAllFields(QualityMismatch):
    fields_read = None


@pytest.mark.parametrize(
    ("rule", "old", "new", "expected"),
    [
        (QualityMismatch, "title", "subtitle", 0),
        (QualityMismatch, "-11", "-12", 1),
        (ReadsAllFields, "title", "subtitle", 1),
    ],
)
def test_entries_are_compared_again_if_a_rule_may_read_what_changed_in_their_record(
    archive: Path, rule: type[QualityMismatch], old: str, new: str, expected: int
) -> None:
    write(archive, **{f"host{at}": MOVED.format(at, at) for at in range(3)})
    rules = UniformSelection((rule(),))
    workspace = Workspace(CheckRequest.create([archive], archive, rules))
    workspace.report()
    text = (archive / "host1.md").read_text().replace(old, new, 1)
    workspace.update("host1.md", text.encode())
    workspace.report()
    assert workspace.renewal.groups == expected


SURVEYED = "title: {0}\nwebUrl: https://a.example/{1}\nexcerpt: {2}"


def test_a_survey_forgets_the_last_group_of_an_archive(archive: Path) -> None:
    write(archive, a=SURVEYED.format("One story", "a", "Another lead, which is about Rome."))
    rules = UniformSelection(SENSITIVE)
    request = CheckRequest.create([archive], archive, rules)
    workspace = Workspace(request)
    assert workspace.report().diagnostics == ()
    workspace.update("a.md", BROKEN_TEXT)
    workspace.report()
    text = SURVEYED.format("Café", "a", "One lead for all of the stories of the day.")
    workspace.update("a.md", f"---\n{text}\n---\n".encode())
    assert workspace.report().diagnostics == ()


BROKEN_TEXT = b"---\ntitle: [\n---\n"


@pytest.mark.parametrize(("keep", "expected"), [(True, 3), (False, 0)])
def test_the_last_record_of_a_broken_file_can_be_kept(
    archive: Path, *, keep: bool, expected: int
) -> None:
    hosts(archive)
    request = CheckRequest.create([archive], archive, select=["related-unpublished", "yaml-syntax"])
    workspace = Workspace(request, keep_broken=keep)
    before = workspace.report().diagnostics
    assert len(before) == 3
    workspace.update("record.md", BROKEN_TEXT)
    assert [each.rule for each in workspace.diagnostics("record.md")] == ["yaml-syntax"]
    others = [each for each in workspace.report().diagnostics if each.path != "record.md"]
    assert len(others) == expected
    workspace.update("record.md", (archive / "record.md").read_bytes())
    assert workspace.report().diagnostics == before
    workspace.update("record.md", BROKEN_TEXT)
    workspace.remove("record.md")
    assert workspace.report().diagnostics == ()


def test_a_scope_judges_only_its_own_groups(archive: Path) -> None:
    hosts(archive)
    write(archive, other="title: o\nwebUrl: https://a.example/o\npublished: false")
    name = archive / "host0.md"
    request = CheckRequest.create([name], archive, select=["related-unpublished"])
    workspace = Workspace(request)
    assert [each.path for each in workspace.report().diagnostics] == ["host0.md"]
    assert workspace.renewal.groups == 1


def test_the_next_run_finds_what_this_one_has_judged(archive: Path, tmp_path: Path) -> None:
    hosts(archive)
    request = CheckRequest.create([archive], archive, select=["related-unpublished"])

    def cached(*names: str) -> Renewal:
        paths = tuple(archive / name for name in names) or request.paths
        cache = Cache(tmp_path / "caches", archive)
        return run_check(replace(request, paths=paths, cache=cache)).renewal

    assert cached("host0.md")[2:4] == (1, 0)
    with (archive / "host0.md").open("a") as file:
        file.write("A new body.\n")
    assert cached("host0.md")[2:4] == (0, 1)
    assert cached("host1.md")[2:4] == (0, 1)
    (archive / "host0.md").write_text(f"---\n{HOST.format(9)}---\n")
    assert cached("host1.md")[2:4] == (1, 0)
    assert cached()[2:4] == (0, 1)
