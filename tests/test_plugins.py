"""Rules that come from an installed package or a file of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from helpers import write
from newslint import testing
from newslint.rules import api
from newslint.rules.api import (
    Bad,
    Good,
    Mention,
    MentionRule,
    Severity,
    Text,
    TextDamage,
    TextRule,
)
from newslint.testing import check_rule, fence, find_problems, lint
from processes import environment, newslint

PLUGINS = Path(__file__).parent / "plugins"
ACME = PLUGINS / "newslint_acme"
ACME_0_1 = PLUGINS / "newslint_acme_0_1"  # the same plugin, written for newslint 0.1
HOUSE = """\
from newslint.rules.api import Bad, Good, MentionRule, Severity

class HouseStyle(MentionRule):
    '''A headline ends in a full stop.

    Why: ours do not.
    '''

    id = "house-style"
    severity = Severity.INFO
    examples = (Bad("title: A."), Good("title: A"))

    def check(self, mention):
        if (mention.description.title or "").endswith("."):
            yield self.flag(mention.target("title"), "full stop")

RULES = (HouseStyle,)
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the plugin into a folder."""
    folder = tmp_path_factory.mktemp("packages")
    source = shutil.copytree(ACME, folder / "source")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    command = [*pip, "--no-deps", "--target", folder / "installed", source]
    subprocess.run(command, check=True, cwd=folder, capture_output=True)
    return folder / "installed"


def with_plugin(packages: Path) -> dict[str, str]:
    """Create an environment in which the plugin is installed."""
    env = environment()
    return env | {"PYTHONPATH": os.pathsep.join([env["PYTHONPATH"], str(packages)])}


def test_an_installed_plugin_is_loaded_if_settings_name_it(packages: Path, archive: Path) -> None:
    env = with_plugin(packages)
    write(archive, a="title: ALL OF IT", b="title: NOTHING AT ALL")
    select = ["--select", "shouting-headline", "--format", "concise"]
    refused = newslint("check", ".", *select, cwd=archive, env=env)
    assert refused.returncode == 2
    assert "unknown rule or category 'shouting-headline'" in refused.stderr

    (archive / "newslint.toml").write_text(
        'plugins = ["newslint_acme"]\n'
        '[rules.shouting-headline]\nseverity = "error"\nallowed = ["ALL OF IT"]\n'
    )
    ended = newslint("check", ".", *select, cwd=archive, env=env)
    assert (ended.returncode, ended.stdout) == (
        1,
        "b.md:2:8: error shouting-headline the headline 'NOTHING AT ALL' shouts\n",
    )
    assert "off by default" not in newslint("rules", cwd=archive, env=env).stdout
    assert "newslint_acme" in newslint("rules", cwd=archive, env=env).stdout
    page = newslint("explain", "shouting-headline", cwd=archive, env=env).stdout
    assert "Option fewest-words (integer above 0, default 2)" in page
    unknown = newslint("check", ".", *select, "--no-plugins", cwd=archive, env=env)
    assert unknown.returncode == 2


def test_the_plugins_own_tests_pass(packages: Path, tmp_path: Path) -> None:
    tests = shutil.copytree(ACME / "tests", tmp_path / "tests")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests]
    ended = subprocess.run(
        command, env=with_plugin(packages), cwd=tmp_path, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stdout.decode()


@pytest.mark.parametrize("warnings", ["default", "error::DeprecationWarning"])
def test_a_plugin_with_old_names_works_and_is_warned(tmp_path: Path, warnings: str) -> None:
    folder = shutil.copytree(ACME_0_1, tmp_path / "acme")
    env = environment()
    env |= {"PYTHONPATH": os.pathsep.join([env["PYTHONPATH"], str(folder)])}
    env |= {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"
    }  # those installed here have warnings of their own
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", warnings]
    ended = subprocess.run(
        [*command, folder / "tests"], env=env, cwd=tmp_path, capture_output=True, check=False
    )
    output = ended.stdout.decode()
    assert "newslint.testing.fenced is now called fence; newslint 0.2 removes the old" in output
    assert ended.returncode == (0 if warnings == "default" else 2), output


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [(module, *names) for module in (api, testing) for names in module.RENAMED.items()],
)
def test_old_names_are_deprecated_aliases(module: ModuleType, old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=rf"{old} is now called {new}; newslint 0\.2"):
        found = getattr(module, old)
    assert found is getattr(module, new)
    assert old not in module.__all__
    assert new in module.__all__


@pytest.mark.parametrize("module", [api, testing])
def test_other_names_are_no_aliases(module: ModuleType) -> None:
    with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'x'"):
        module.x  # noqa: B018 # looks it up


class OldMethod(TextRule):
    """A text is reported through a method that has a new name."""

    id = "old-method"
    severity = Severity.INFO
    examples = ()

    def check(self, text: Text):
        yield self.flag_defects(text, [TextDamage(0, 1, "A", "")], "3")


def test_an_old_method_is_a_deprecated_alias() -> None:
    with pytest.warns(DeprecationWarning, match="OldMethod.flag_defects is now called flag_damage"):
        report = lint(OldMethod(), {"a.md": fence("title: A")})
    assert [each.message for each in report.diagnostics] == ["3"]


DEPRECATED = '''
"""Rules that derive from a deprecated class."""

from newslint.rules.api import CorpusRule, Good, Severity, TextRule


class OnlyOne(CorpusRule):
    """The archive describes one article only."""

    id = "only-one"
    severity = Severity.INFO
    examples = (Good("title: x"),)

    def check(self, articles):
        if len(articles) == 1:
            yield self.flag(articles[0].mentions[0].target("title"), "the only article")


class Completed(TextRule):
    """A title is an A."""

    id = "completed"
    severity = Severity.INFO
    examples = (Good("title: x"),)

    def concerns(self, text):
        return text == "A"

    def check(self, text):
        yield self.flag(text.part(0, 1), "an A")

    def complete(self, diagnostic, mention, group):
        return diagnostic.replace(message=f"an A, {len(group.mentions)} times")


RULES = (OnlyOne, Completed)
'''


@pytest.mark.parametrize("action", ["default", "error"])
def test_deprecated_classes_warn_and_run(archive: Path, action: str) -> None:
    write(archive, a="title: A\nwebUrl: https://a.example/")
    (archive / "house.py").write_text(DEPRECATED)
    (archive / "newslint.toml").write_text('plugins = ["./house.py"]\nselect = ["house"]\n')
    env = environment() | {"PYTHONWARNINGS": action}
    ended = newslint("check", "--format", "concise", cwd=archive, env=env)
    assert ended.stdout.splitlines() == [
        "a.md:2:8: info completed an A, 1 times",
        "a.md:2:8: info only-one the only article",
    ]
    warned = "house.py:7: DeprecationWarning: OnlyOne: CorpusRule is deprecated" in ended.stderr
    assert warned == (action == "default")
    assert ("Completed.complete is now called enrich" in ended.stderr) == (action == "default")


def test_a_file_of_the_project_is_a_plugin(archive: Path) -> None:
    write(archive, a="title: One.")
    (archive / "rules").mkdir()
    (archive / "rules" / "house.py").write_text(HOUSE)
    (archive / "newslint.toml").write_text('plugins = ["./rules/house.py"]\nselect = ["house"]\n')
    ended = newslint("check", "--format", "concise", cwd=archive)
    assert (ended.returncode, ended.stdout) == (0, "a.md:2:8: info house-style full stop\n")
    off = newslint("check", "--no-plugins", "--select", "text", cwd=archive)
    assert off.returncode == 0


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (None, "plugin './house.py' not found: no such file in "),
        ("1 / 0", "plugin './house.py' cannot be imported: ZeroDivisionError: "),
        ("import no_such_module", "cannot be imported: ModuleNotFoundError: "),
        ("x = = 1", "plugin './house.py' cannot be imported: SyntaxError: "),
        (
            "",
            "plugin './house.py' does not list its rules; define them in it, for example: RULES",
        ),
        ("RULES = 'x'", "does not list its rules"),
        ("import sys\n\nsys.exit(0)", "cannot be imported: SystemExit: 0 ({0}/house.py:3)"),
        (
            HOUSE.replace("id = ", "id: str = "),
            "HouseStyle of plugin './house.py' has no id; write it without a type annotation",
        ),
        ("RULES = (int,)", "plugin './house.py' lists int, which is not a rule; derive it from"),
        ("RULES = (3,)", "lists 3, which is not a rule"),
        (
            HOUSE.replace("    severity = Severity.INFO\n", ""),
            "HouseStyle of plugin './house.py' has no severity",
        ),
        (
            HOUSE.replace("Severity.INFO", "'info'"),
            "needs a non-empty string as its id and a Severity",
        ),
        (HOUSE.replace("house-style", "mojibake"), "defines a rule 'mojibake', but that name is"),
        (HOUSE.replace("house-style", "text"), "defines a rule 'text', but that name is taken"),
        (
            HOUSE.replace("    examples", "    words: int\n    examples"),
            "rule 'house-style' of plugin './house.py' has an option without a valid",
        ),
        (
            HOUSE.replace("    examples", "    words: tuple[str, ...] = []\n    examples"),
            "rule 'house-style' of plugin './house.py': the option 'words' can be changed; use a",
        ),
    ],
)
def test_plugins_that_cannot_be_used(archive: Path, code: str | None, message: str) -> None:
    write(archive, a="title: One.")
    (archive / "newslint.toml").write_text('plugins = ["./house.py"]\n')
    if code is not None:
        (archive / "house.py").write_text(code)
    ended = newslint("check", cwd=archive)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: newslint.toml:1:12: ")
    assert message.replace("{0}", str(archive)) in ended.stderr


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("yield self.flag(mention.target", "yield (mention.target", "yielded a tuple (house.py:13"),
        ("yield self.flag(mention.target", "yield None and (", "yielded None (house.py:13)"),
        ('"full stop"', "3", "TypeError: the message is 3, not a text (house.py:15)"),
        ("mention.target(", "str(", "'str' object has no attribute 'location' (house.py:15)"),
        ("def check", "def chek", "failed: it does not define the method check (rule.py:"),
        ("yield self.flag", "raise NotImplementedError", "failed: NotImplementedError: ("),
        ("yield self.flag", "raise SystemExit", "SystemExit: ("),
    ],
)
def test_mistakes_in_a_rule_are_reported_at_its_own_line(
    archive: Path, old: str, new: str, reason: str
) -> None:
    write(archive, a="title: One.")
    (archive / "newslint.toml").write_text('plugins = ["./house.py"]\nselect = ["house", "text"]\n')
    (archive / "house.py").write_text(HOUSE.replace(old, new))
    ended = newslint("check", "--format", "concise", cwd=archive)
    assert ended.returncode == 2
    assert ended.stdout.startswith("a.md:2:1: error rule-crashed the rule 'house-style' failed: ")
    assert reason in ended.stdout


def test_two_plugins_with_rules_of_one_name(archive: Path) -> None:
    write(archive, a="title: One.")
    (archive / "newslint.toml").write_text('plugins = ["./a.py",\n  "./b.py"]\n')
    for name in ("a.py", "b.py"):
        (archive / name).write_text(HOUSE)
    ended = newslint("check", cwd=archive)
    assert ended.stderr.startswith("Error: newslint.toml:2:3: plugin './b.py' defines a rule")


def test_a_plugin_that_is_not_installed(archive: Path) -> None:
    (archive / "newslint.toml").write_text('plugins = ["newslint_none"]\n')
    ended = newslint("check", cwd=archive)
    assert (
        "plugin 'newslint_none' not found; install it in the environment of newslint, or"
        in ended.stderr
    )


class BadManners(MentionRule):
    """it has none. None at all."""

    id = "Bad_Manners"
    severity = Severity.INFO
    examples = (
        Bad("title: fine"),
        Good("title: flagged"),
        Bad("title: flagged", fixed="title: x"),
    )
    words: list[str] = []  # noqa: RUF012 # the fault that is reported

    def check(self, mention: Mention):
        if mention.description.title == "flagged":
            yield self.flag(mention.target("title"), "flagged")


def test_all_problems_of_a_rule_are_reported_at_once() -> None:
    class Unhashable(BadManners):
        __hash__ = object.__hash__

    assert list(find_problems(Unhashable)) == [
        "its id 'Bad_Manners' is not in lower-case words joined by dashes",
        "its class is not called Bad_Manners, as its id is 'Bad_Manners'",
        "its docstring does not start with one sentence that says what it reports",
        "its docstring has no paragraph 'Why: …' that ends in a full stop",
        "its option 'words' has no description that ends in a full stop",
        "the option 'words' can be changed; use a tuple: words: tuple[str, ...] = Field(())",
        "it cannot be sent to another process; define it at the top level of a module",
        "example 1: it is Bad, but the rule does not report it",
        "example 2: it is Good, but the rule reports it: 'flagged'",
        "example 3: it has a 'fixed' text, but the rule has no fix for it",
    ]
    with pytest.raises(AssertionError, match=r"(?s)Unhashable:\n- its id.*\n- example 3"):
        check_rule(Unhashable)


def test_lint_takes_one_rule_or_several() -> None:
    files = {"deep/a.md": fence("title: flagged")}
    assert [each.location.path for each in lint(BadManners(), files).diagnostics] == ["deep/a.md"]
    assert len(lint([BadManners()], {"a.md": b"---\ntitle: flagged\n---\n"}).diagnostics) == 1
