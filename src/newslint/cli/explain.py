"""`newslint explain`: tell what a rule is about."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.completion import complete_rules
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output
from newslint.cli.request import load_registry
from newslint.cli.terminal import (
    ColorChoice,
    color_option,
    create_console,
    pager_option,
    print_paged,
)

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.rules.api import Example, Rule
    from newslint.rules.explain import Explanation
    from newslint.settings import Registry

_MOST_COLUMNS = 100


@click.command("explain")
@click.argument("rule", metavar="RULE", shell_complete=complete_rules)
@settings_options
@color_option
@pager_option
def command(
    rule: str, color: ColorChoice, config: Path | None, *, plugins: bool, pager: bool
) -> int:
    """Explain RULE: what it reports and why, its options, and examples.

    'newslint rules' lists the names.
    """
    found = _found(rule, load_registry(config, plugins=plugins))
    console = create_console(sys.stdout, color)
    with console.capture() as captured:
        _print(console, found)
    with guard_output(sys.stdout):
        print_paged(captured.get(), pager=pager)
    return ExitStatus.CLEAN


def _found(name: str, registry: "Registry") -> "type[Rule]":
    """Return the rule called `name`."""
    from newslint.settings import UnknownNameError

    if name in registry.categories:
        names = ", ".join(rule.id for rule in registry.expand(name))
        raise click.ClickException(f"'{name}' is a category; explain one of its rules: {names}")
    try:
        return registry.find(name)
    except UnknownNameError as error:
        raise click.ClickException(str(error)) from error


def _print(console: "Console", rule: "type[Rule]") -> None:
    """Print all there is to say about `rule`."""
    from rich.text import Text

    from newslint.reporters.text import SEVERITY_STYLES
    from newslint.rules.explain import explain

    head = Text(rule.id, style="bold")
    head.append(f"  {rule.category()}  ", style="not bold dim")
    head.append(rule.severity.value, style=SEVERITY_STYLES[rule.severity])
    head.append("" if rule.default else "  off by default", style="not bold dim")
    console.print(head, soft_wrap=True)
    for paragraph in _paragraphs(explain(rule)):
        console.print()
        _print_wrapped(console, paragraph)
    for example in rule.examples:
        console.print()
        _print_example(console, example)


def _paragraphs(told: "Explanation") -> Iterator[str]:
    """Yield the text about a rule."""
    yield told.summary
    yield from told.details
    if told.why:
        yield f"Why: {told.why}"
    if told.fix_safety:
        yield f"Fix safety: {told.fix_safety}"
    for option in told.options:
        allowed = f"{option.type}, " if option.type else ""
        default = f"default {option.default}" if option.default else "must be set"
        yield f"Option {option.name} ({allowed}{default}): {option.description}"


def _print_wrapped(console: "Console", paragraph: str) -> None:
    """Print a paragraph in lines that are easy to read."""
    from rich.text import Text

    from newslint.reporters.console import wrap_words

    for line in wrap_words(paragraph.split(), min(console.width, _MOST_COLUMNS), ""):
        console.print(Text(line), soft_wrap=True)


def _print_example(console: "Console", example: "Example") -> None:
    """Print an example: the files it consists of, and how the first looks when fixed."""
    from rich.text import Text

    title, style = ("Bad", "red") if example.is_bad else ("Good", "green")
    console.print(Text(f"{title}:", style=style))
    for index, text in enumerate(example.files):
        if index:
            console.print(Text("  together with the record", style="dim"))
        _print_lines(console, text)
    if example.fixed is not None:
        console.print(Text("Fixed:", style="green"))
        _print_lines(console, example.fixed)


def _print_lines(console: "Console", text: str) -> None:
    """Print indented lines of front matter."""
    from rich.text import Text

    from newslint.reporters.escape import display_lines

    for line in display_lines(text):
        console.print(Text(f"    {line}"), soft_wrap=True)
