"""What commands that check files share: their arguments, and the session these call for."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newslint.engine import Outcome, Session
    from newslint.rules.api import Rule


def paths_given(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Path, ...]:
    """Return the paths to check: the current folder where none is given."""
    if not all(values):
        raise click.BadParameter("a path is empty; write '.' for the current folder")
    return tuple(map(Path, values or (".",)))


def names_given(
    _context: click.Context, _parameter: click.Parameter, values: Iterable[str]
) -> tuple[str, ...]:
    """Return the names in repeated and comma-separated options."""
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


def prepared(
    paths: tuple[Path, ...], select: tuple[str, ...], ignore: tuple[str, ...]
) -> "tuple[Session, tuple[Rule, ...]]":
    """Return the session over `paths` and the rules to run in it."""
    from newslint.engine import Session, UsageError
    from newslint.settings import SettingsError, UnknownNameError

    try:
        session = Session(paths, Path.cwd())
        rules = session.rules(select, ignore)
    except (UsageError, SettingsError, UnknownNameError) as error:
        raise click.ClickException(str(error)) from error
    if not rules:
        raise click.ClickException("no rule is left to run: all that are selected are ignored")
    return session, rules


def checked(session: "Session", rules: "tuple[Rule, ...]") -> "Outcome":
    """Return the outcome of checking."""
    from newslint.engine import UsageError

    try:
        return session.check(rules)
    except UsageError as error:
        raise click.ClickException(str(error)) from error
