"""Help texts: options in groups, complete summaries, and lines that fit narrow terminals."""

import shutil
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

import click

from newslint._manual import page_address

_MAX_WIDTH = 80
_MIN_TWO_COLUMNS = 60
_MAX_TERM_WIDTH = 24
_MAX_EXAMPLE_WIDTH = 40
_UNLIMITED = 10_000
_UNBROKEN_HYPHEN = "\u2011"
"""Stands for a hyphen while lines are wrapped, since click breaks words at hyphens."""

_OTHER_OPTIONS = {
    **dict.fromkeys(("--rule", "--rules", "--enable", "--only"), "--select"),
    **dict.fromkeys(("--disable", "--extend-ignore", "--skip"), "--ignore"),
    **dict.fromkeys(("--output-format", "--reporter", "--formatter"), "--format"),
    "--output-file": "--output",
    "--changed": "--since",
}
"""Options of other linters, and what they are called here."""


class HelpFormatter(click.HelpFormatter):
    """A formatter that puts descriptions below their terms on a narrow terminal.

    Words such as `json-causes` are never broken. click itself breaks them at hyphens, assumes at
    least 50 columns, and keeps two columns however narrow they become.
    """

    def __init__(self, **_dimensions: int | None) -> None:
        columns = shutil.get_terminal_size().columns or _MAX_WIDTH
        super().__init__(width=min(columns, _MAX_WIDTH) - 2)

    def write(self, string: str) -> None:
        """Write text that is wrapped already."""
        super().write(string.replace(_UNBROKEN_HYPHEN, "-"))

    def write_text(self, text: str) -> None:
        """Write a text, wrapped between words."""
        super().write_text(text.replace("-", _UNBROKEN_HYPHEN))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _MAX_TERM_WIDTH, col_spacing: int = 2
    ) -> None:
        """Write terms and their descriptions.

        Args:
            rows: Pairs of a term, such as an option, and its description.
            col_max: Maximum width of the first of two columns.
            col_spacing: Blanks between the columns.
        """
        if self.width >= _MIN_TWO_COLUMNS:
            unbroken = [(term, text.replace("-", _UNBROKEN_HYPHEN)) for term, text in rows]
            super().write_dl(unbroken, col_max, col_spacing)
            return
        for term, description in rows:
            self.write_text(term.rstrip())
            with self.indentation(), self.indentation():
                self.write_text(description)


class _Context(click.Context):
    """A context whose help is written by `HelpFormatter`."""

    formatter_class = HelpFormatter


class OptionGroup(StrEnum):
    """Headings of option groups, in the order in which help shows them."""

    INPUT = "Input"
    RULES = "Rules"
    OUTPUT = "Output"
    FIXING = "Fixing"
    BASELINE = "Baseline"
    CACHE = "Cache"
    OTHER = "Other options"


class _GroupedOption(click.Option):
    """An option that belongs to a group."""

    def __init__(self, *arguments: Any, group: OptionGroup, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.group = group

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """Convert the value of the option, and suggest a similar one if it is no choice.

        Raises:
            click.BadParameter: The value is not valid.
        """
        try:
            return super().type_cast_value(ctx, value)
        except click.BadParameter:
            from difflib import get_close_matches

            choices = self.type.choices if isinstance(self.type, click.Choice) else ()
            near = get_close_matches(str(value), map(str, choices), n=1)
            if not near:
                raise
            message = f"unknown value {value!r}; did you mean {near[0]!r}?"
            raise click.BadParameter(message, ctx, self) from None


grouped_option = partial(click.option, cls=_GroupedOption)
"""`click.option` with a further parameter `group`, an `OptionGroup`."""


class HelpCommand(click.Command):
    """A command with grouped options, examples and the manual's address in its help.

    Attributes:
        examples: Command lines, each with a description.
    """

    context_class = _Context

    def __init__(
        self, *arguments: Any, examples: Sequence[tuple[str, str]] = (), **settings: Any
    ) -> None:
        super().__init__(*arguments, **settings)
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse arguments, and name the option to use for one of another linter.

        Raises:
            click.UsageError: An argument is not valid.
        """
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            remedy = _OTHER_OPTIONS.get(error.option_name)
            known = {name for parameter in self.get_params(ctx) for name in parameter.opts}
            if remedy is None or remedy.split()[0] not in known:
                raise
            message = f"No such option '{error.option_name}'. Did you mean '{remedy}'?"
            raise click.UsageError(message, ctx) from None

    def get_short_help_str(self, limit: int = _UNLIMITED) -> str:  # noqa: ARG002 # click's signature
        """Return the first sentence of the help, never cut off."""
        return super().get_short_help_str(_UNLIMITED)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group."""
        groups: dict[OptionGroup, list[tuple[str, str]]] = {group: [] for group in OptionGroup}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                groups[getattr(parameter, "group", OptionGroup.OTHER)].append(record)
        records = [record for group in groups.values() for record in group]
        width = min(max(len(term) for term, _ in records), _MAX_TERM_WIDTH)
        has_groups = any(groups[group] for group in OptionGroup if group != OptionGroup.OTHER)
        for group, records in groups.items():
            if records:
                with formatter.section(group if has_groups else "Options"):
                    formatter.write_dl([(f"{term:{width}}", text) for term, text in records])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog, the examples, and the manual's address if there are examples."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            with formatter.section("Examples"):
                formatter.write_dl(self.examples, _MAX_EXAMPLE_WIDTH)
            formatter.write(f"\nManual: {page_address('README')}\n")  # an address is never wrapped


class HelpGroup(HelpCommand, click.Group):
    """A command with sub-commands, whose help shows their complete summaries."""

    command_class = HelpCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and then the sub-commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
