"""`newslint rules`: list the rules."""

import json

import click

from newslint.cli.exit_status import ExitStatus
from newslint.cli.terminal import ColorChoice, color_option


@click.command("rules")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    help="Form of the list.",
)
@color_option
def command(format_: str, color: ColorChoice) -> int:
    """List all rules with category, severity and what they report.

    Those marked 'off' run only when they are selected by name.
    """
    if format_ == "json":
        _print_json()
    else:
        _print_table(color)
    return ExitStatus.CLEAN


def _print_json() -> None:
    """Print the rules as a JSON list."""
    from newslint.rules.explain import explain
    from newslint.settings import Registry

    rules = []
    for rule in Registry():
        told = explain(rule)
        options = [option._asdict() for option in told.options]
        rules.append(
            {
                "name": rule.id,
                "category": rule.category(),
                "severity": rule.severity.value,
                "default": rule.default,
                "summary": told.summary,
                "why": told.why,
                "fix_safety": told.fix_safety,
                "options": options,
            }
        )
    click.echo(json.dumps(rules, indent=2, ensure_ascii=False))


def _print_table(color: ColorChoice) -> None:
    """Print the rules, a heading for each category."""
    from rich.text import Text

    from newslint.cli.terminal import stdout_console
    from newslint.reporters.text import STYLES
    from newslint.rules.explain import explain
    from newslint.settings import Registry

    console = stdout_console(color)
    registry = Registry()
    width = max(len(rule.id) for rule in registry)
    for category in registry.categories:
        console.print(Text(category, style="bold underline"))
        for rule in registry.expand(category):
            line = Text(f"  {rule.id:<{width}} ")
            line.append(f"{rule.severity:<8}", style=STYLES[rule.severity])
            line.append(explain(rule).summary.removesuffix("."))
            line.append("" if rule.default else " (off)", style="dim")
            console.print(line, soft_wrap=True)
