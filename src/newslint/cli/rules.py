"""`newslint rules`: list all rules."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newslint.cli import ExitStatus
from newslint.cli.help import HelpCommand, OptionGroup, grouped_option
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output
from newslint.cli.request import load_registry
from newslint.cli.terminal import ColorChoice, color_option, create_console

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.rules.api import Rule
    from newslint.settings import Registry

_SEVERITY_WIDTH = 8
_MIN_SUMMARY_WIDTH = 24
"""Columns that a summary needs beside name and severity; else it is printed below them."""


@click.command("rules", cls=HelpCommand)
@grouped_option(
    "--format",
    "format_",
    group=OptionGroup.OUTPUT,
    type=click.Choice(("text", "json")),
    default="text",
    help="Format of the list.",
)
@settings_options
@color_option
def command(format_: str, color: ColorChoice, config: Path | None, *, plugins: bool) -> int:
    """List all rules, including those of plugins.

    The list has the category, the severity and a summary of each rule. Rules marked '(off)' run
    only if they are selected by name. 'newslint explain RULE' prints the documentation of a rule.
    """
    registry = load_registry(config, plugins=plugins)
    with guard_output(sys.stdout):
        if format_ == "json":
            listed = [_rule_to_json(rule) for rule in registry]
            print(json.dumps(listed, indent=2, ensure_ascii=False))  # noqa: T201 # the command's output
        else:
            _print_table(create_console(sys.stdout, color), registry)
    return ExitStatus.CLEAN


def _rule_to_json(rule: "type[Rule]") -> dict[str, Any]:
    """Convert the documentation of a rule to a JSON object."""
    from newslint.rules.addresses import rule_address
    from newslint.rules.explain import explain

    explanation = explain(rule)
    return {
        "name": rule.id,
        "category": rule.category(),
        "severity": rule.severity.value,
        **({"severity_hidden": hidden.value} if (hidden := rule.severity_hidden) else {}),
        "default": rule.default,
        "summary": explanation.summary,
        "details": list(explanation.details),
        "why": explanation.why,
        "fix_safety": explanation.fix_safety,
        "options": [option._asdict() for option in explanation.options],
        "documentation": rule_address(rule) or None,
    }


def _print_table(console: "Console", registry: "Registry") -> None:
    """Print the rules of each category below its name."""
    from rich.text import Text

    width = max(len(rule.id) for rule in registry)
    for index, category in enumerate(registry.categories):
        if index:
            console.print()
        console.print(Text(category, style="bold"))
        for rule in registry.expand(category):
            _print_rule(console, rule, width)


def _print_rule(console: "Console", rule: "type[Rule]", width: int) -> None:
    """Print the name of a rule, padded to a width, its severity and its summary."""
    from rich.text import Text

    from newslint.reporters.console import wrap_words
    from newslint.reporters.text import SEVERITY_STYLES
    from newslint.rules.explain import explain

    words = explain(rule).summary.removesuffix(".").split()
    if not rule.default:
        words.append("(off)")
    head = Text(f"  {rule.id:<{width}} ")
    head.append(f"{rule.severity:<{_SEVERITY_WIDTH}}", style=SEVERITY_STYLES[rule.severity])
    has_room = console.width >= len(head) + _MIN_SUMMARY_WIDTH
    first, *more = wrap_words(words, console.width, " " * (len(head) if has_room else 4))
    if has_room:
        console.print(head.append(first[len(head) :]), soft_wrap=True)
    else:
        head.rstrip()
        console.print(head, soft_wrap=True)
        more = [first, *more]
    for line in more:
        console.print(Text(line), soft_wrap=True)
