"""The manual's page about the commands, as Markdown: generated from their help."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from newslint.cli.app import app
from newslint.cli.help import HelpCommand, OptionGroup

HEAD = """\
# Commands

All commands and their options, as `--help` prints them. Options override the
[settings](settings.md).

Exit status: 0 the [quality gate](quality-gate.md) passed (by default: no errors), 1 it failed, 2
wrong usage, wrong settings or an internal error, 130 interrupted.
"""
FORMATS = re.compile(r"'(newslint [^']+|-|--?[\w=/-]+)'")
DEFAULT = re.compile(r" \[default: \(?(.*?)\)?(?:; [x\d<>=]+)?\]$")
MARKUP = re.compile(r"[<>|*_`]")


def render_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD
    root = click.Context(app, info_name="newslint", **app.context_settings)
    for name in app.list_commands(root):
        yield from render_command(app, root, name)


def render_command(group: click.Group, parent: click.Context, name: str) -> Iterator[str]:
    """Yield the lines about a command of a group, and then about its sub-commands."""
    command = group.get_command(parent, name)
    if command is None:
        return
    context = click.Context(command, parent=parent, info_name=name)
    yield f"\n## {context.command_path}\n"
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    for paragraph in prose(command.help or ""):
        yield f"\n{paragraph}\n"
    yield f"\n```text\n{usage}\n```\n"
    yield from render_options(command, context)
    if isinstance(command, HelpCommand) and command.examples:
        yield "\n```sh\n"
        yield from (f"{line}  # {text}\n" for line, text in command.examples)
        yield "```\n"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            yield from render_command(command, context, each)


def render_options(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield a table of the options of each group."""
    groups: dict[str, list[tuple[str, str]]] = {group.value: [] for group in OptionGroup}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        is_option = isinstance(parameter, click.Option) and "--help" not in parameter.opts
        if is_option and record is not None:
            group = getattr(parameter, "group", OptionGroup.OTHER)
            groups[group.value].append(record)
    for group, records in groups.items():
        if records:
            yield f"\n| {group.lower()} | effect |\n|---|---|\n"
            for term, text in records:
                yield f"| `{term.replace('|', '/')}` | {cell(text)} |\n"


def prose(text: str) -> list[str]:
    """Split a help text into paragraphs, commands in it as code."""
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n")]
    return [FORMATS.sub(r"`\1`", each) for each in paragraphs if each]


def cell(text: str) -> str:
    """Format the help of an option for a cell of a table."""
    text = DEFAULT.sub(r" Default: \1.", " ".join(text.split()))
    return MARKUP.sub(lambda match: f"\\{match[0]}", text)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("".join(render_page()), "utf-8")
