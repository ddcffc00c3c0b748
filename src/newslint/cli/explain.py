"""`newslint explain`: tell what a rule is about."""

from typing import TYPE_CHECKING

import click

from newslint.cli.exit_status import ExitStatus
from newslint.cli.terminal import ColorChoice, color_option

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.rules.api import Example, Rule
    from newslint.rules.explain import Explanation


@click.command("explain")
@click.argument("rule", metavar="RULE")
@color_option
def command(rule: str, color: ColorChoice) -> int:
    """Explain RULE: what it reports and why, its options, and examples."""
    from newslint.cli.terminal import stdout_console
    from newslint.settings import Registry, UnknownNameError

    try:
        found = Registry().find(rule)
    except UnknownNameError as error:
        raise click.ClickException(str(error)) from error
    _print(stdout_console(color), found)
    return ExitStatus.CLEAN


def _print(console: "Console", rule: "type[Rule]") -> None:
    """Print all there is to say about `rule`."""
    from rich.text import Text

    from newslint.reporters.text import STYLES
    from newslint.rules.explain import explain

    told = explain(rule)
    head = Text(rule.id, style="bold")
    head.append(f"  {rule.category()}  ", style="dim")
    head.append(rule.severity.value, style=STYLES[rule.severity])
    head.append("" if rule.default else "  off by default", style="dim")
    console.print(head)
    for paragraph in _paragraphs(told):
        console.print()
        console.print(Text(paragraph))
    for example in rule.examples:
        console.print()
        _print_example(console, example)


def _paragraphs(told: "Explanation") -> list[str]:
    """Return the text about a rule."""
    paragraphs = [told.summary, *told.details]
    if told.why:
        paragraphs.append(f"Why: {told.why}")
    if told.fix_safety:
        paragraphs.append(f"Fix safety: {told.fix_safety}")
    for name, default, description in told.options:
        paragraphs.append(f"Option {name} (default {default}): {description}")
    return paragraphs


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

    from newslint.reporters.escape import escaped

    for line in text.splitlines():
        console.print(Text(f"    {escaped(line)}"), soft_wrap=True)
