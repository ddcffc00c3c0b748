"""`newslint explain`: print the documentation of a rule."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.completion import complete_rules
from newslint.cli.help import HelpCommand
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output
from newslint.cli.pager import pager_option, print_paged
from newslint.cli.request import load_registry
from newslint.cli.terminal import ColorChoice, color_option, create_console

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.rules.api import Example, Rule
    from newslint.rules.explain import Explanation
    from newslint.settings import Registry

_MAX_COLUMNS = 100


@click.command("explain", cls=HelpCommand)
@click.argument("rule", metavar="RULE", shell_complete=complete_rules)
@settings_options
@color_option
@pager_option
def command(
    rule: str, color: ColorChoice, config: Path | None, *, plugins: bool, pager: bool
) -> int:
    """Explain a rule: its purpose, options and examples.

    'newslint rules' lists the names of all rules.
    """
    rule_class = _find_rule(rule, load_registry(config, plugins=plugins))
    console = create_console(sys.stdout, color)
    with console.capture() as captured:
        _print_rule(console, rule_class)
    with guard_output(sys.stdout):
        print_paged(captured.get(), pager=pager)
    return ExitStatus.CLEAN


def _find_rule(name: str, registry: "Registry") -> "type[Rule]":
    """Find a rule by its name.

    Raises:
        click.ClickException: It does not exist, or is a category.
    """
    from newslint.settings import UnknownNameError

    if name in registry.categories:
        names = ", ".join(rule.id for rule in registry.expand(name))
        raise click.ClickException(f"'{name}' is a category; explain one of its rules: {names}")
    try:
        return registry.find(name)
    except UnknownNameError as error:
        raise click.ClickException(str(error)) from error


def _print_rule(console: "Console", rule: "type[Rule]") -> None:
    """Print the heading, the text and the examples of a rule."""
    from rich.text import Text

    from newslint.reporters.text import SEVERITY_STYLES
    from newslint.rules.explain import explain

    heading = Text(rule.id, style="bold")
    heading.append(f"  {rule.category()}  ", style="not bold dim")
    heading.append(rule.severity.value, style=SEVERITY_STYLES[rule.severity])
    if rule.severity_hidden is not None:
        heading.append(f", {rule.severity_hidden.value} in hidden records", style="not bold dim")
    heading.append("" if rule.default else "  off by default", style="not bold dim")
    console.print(heading, soft_wrap=True)
    for paragraph in _paragraphs(explain(rule)):
        console.print()
        _print_paragraph(console, paragraph)
    for example in rule.examples:
        console.print()
        _print_example(console, example)


def _paragraphs(explanation: "Explanation") -> Iterator[str]:
    """Yield the paragraphs about a rule."""
    yield explanation.summary
    yield from explanation.details
    if explanation.why:
        yield f"Why: {explanation.why}"
    if explanation.fix_safety:
        yield f"Fix safety: {explanation.fix_safety}"
    for option in explanation.options:
        allowed = f"{option.type}, " if option.type else ""
        default = f"default {option.default}" if option.default else "must be set"
        yield f"Option {option.name} ({allowed}{default}): {option.description}"


def _print_paragraph(console: "Console", paragraph: str) -> None:
    """Print a paragraph in lines of at most 100 columns."""
    from rich.text import Text

    from newslint.reporters.console import wrap_words

    for line in wrap_words(paragraph.split(), min(console.width, _MAX_COLUMNS), ""):
        console.print(Text(line), soft_wrap=True)


def _print_example(console: "Console", example: "Example") -> None:
    """Print the files of an example, and the first of them after its fix."""
    from rich.text import Text

    from newslint.rules.explain import files_beside

    title, style = ("Bad", "red") if example.is_bad else ("Good", "green")
    console.print(Text(f"{title}:", style=style))
    for index, text in enumerate(example.files):
        if index:
            console.print(Text("  together with the record", style="dim"))
        _print_indented(console, text)
    if example.beside:
        console.print(Text(f"  {example.describe_beside()}", style="dim"), soft_wrap=True)
        for path, text in files_beside(example):
            console.print(Text(f"  {path}:", style="dim"), soft_wrap=True)
            _print_indented(console, text)
    if example.fixed is not None:
        console.print(Text("Fixed:", style="green"))
        _print_indented(console, example.fixed)


def _print_indented(console: "Console", text: str) -> None:
    """Print the lines of a file, indented and with control characters escaped."""
    from rich.text import Text

    from newslint.reporters.escape import display_lines

    for line in display_lines(text):
        console.print(Text(f"    {line}"), soft_wrap=True)
