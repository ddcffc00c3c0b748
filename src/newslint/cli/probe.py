"""`newslint probe`: ask other sites whether links and images still answer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
from newslint.cli.help import HelpCommand, OptionGroup, grouped_option
from newslint.cli.messages import print_message, print_note
from newslint.cli.options import CheckOptions, file_options
from newslint.cli.request import build_run, observe

if TYPE_CHECKING:
    from newslint.execution.check_request import CheckRequest
    from newslint.execution.external_addresses import ExternalAddress
    from newslint.execution.run import RunRequest
    from newslint.online.probe import ProbeSummary

_DURATION = re.compile(r"(\d{1,6})([smh]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}
_EXAMPLES = (
    ("newslint probe news/", "Ask all addresses that are due."),
    ("newslint probe --budget 10m --export newslint-verdicts.jsonl", "Ask some each night."),
)


def parse_duration(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> float | None:
    """Parse a duration such as `90`, `90s`, `10m` or `1h`, in seconds."""
    if value is None:
        return None
    found = _DURATION.fullmatch(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no duration such as 90s, 10m or 1h")
    return float(found[1]) * _SECONDS[found[2]]


@click.command("probe", cls=HelpCommand, examples=_EXAMPLES)
@file_options
@grouped_option(
    "--budget",
    group=OptionGroup.OTHER,
    callback=parse_duration,
    metavar="TIME",
    show_default="until all are asked",
    help="Time after which no further address is asked, such as 90s, 10m or 1h. The oldest "
    "verdicts come first; the next run continues.",
)
@grouped_option(
    "--import",
    "imported",
    group=OptionGroup.INPUT,
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Add the verdicts in FILE, which '--export' has written, to the store.",
)
@grouped_option(
    "--export",
    "exported",
    group=OptionGroup.OUTPUT,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the verdicts on all addresses of the project to FILE as JSON Lines.",
)
@click.version_option(__version__, message="newslint %(version)s")
def command(
    *,
    options: CheckOptions,
    budget: float | None,
    imported: tuple[Path, ...],
    exported: Path | None,
) -> int:
    """Ask other sites whether links and images still answer.

    The addresses of visible records are asked, each of them once: one at a time and one a second
    for each host. Verdicts are stored, and 'newslint check' uses them; see 'newslint explain
    dead-link'. It needs the extra 'newslint[online]'.

    Exit status: 0 whatever the sites answer, 2 wrong usage, wrong settings or an internal error,
    130 interrupted; verdicts so far are stored.
    """
    run = build_run(options)
    if exported is not None and len(run.checks) > 1:
        raise click.UsageError("--export needs a single project; these paths belong to several")
    for check in run.checks:
        import_verdicts(check, imported)
    with observe(run) as observed:
        probes = [ProjectProbe.create(check) for check in observed.checks]
        try:
            summary = probe_projects(probes, budget)
        finally:
            if exported is not None:
                probes[0].export(exported)
    for line in summary_lines(summary):
        print_message(line, err=False)
    return ExitStatus.CLEAN


def probe_projects(probes: "Iterable[ProjectProbe]", budget: float | None = None) -> "ProbeSummary":
    """Ask the addresses in projects that are due.

    Args:
        probes: The projects.
        budget: Seconds after which no further address is asked; None for no limit.

    Raises:
        click.ClickException: Packages are missing, or a verdict cannot be stored.
    """
    try:
        from newslint.online.probe import ProbeSummary
    except ModuleNotFoundError as error:
        explain_missing(error)
    summary = ProbeSummary()
    for each in probes:
        summary = summary.merge(each.run(budget))
    return summary


def probe_run(run: "RunRequest", *, quiet: bool) -> None:
    """Ask the addresses in the files of a run that are due, and print how many answered.

    Raises:
        click.ClickException: Packages are missing, or a verdict cannot be stored.
    """
    with observe(run, quiet=quiet) as observed:
        summary = probe_projects(map(ProjectProbe.create, observed.checks))
    if not quiet:
        for line in summary_lines(summary):
            print_note(line)


def explain_missing(error: ModuleNotFoundError) -> NoReturn:
    """Explain how to install the packages of the extra.

    Raises:
        click.ClickException: One of them is missing.
        ModuleNotFoundError: Another module is missing.
    """
    if error.name is None or error.name.partition(".")[0] not in ("aiohttp", "protego", "yarl"):
        raise error
    raise click.ClickException(
        "probing needs more packages: pip install aiohttp protego"
    ) from error


@dataclass(frozen=True)
class ProjectProbe:
    """The addresses of a project, and what becomes of them.

    Attributes:
        check: The project and its files.
        addresses: The addresses, by canonical address.
    """

    check: "CheckRequest"
    addresses: "Mapping[str, ExternalAddress]"

    @classmethod
    def create(cls, check: "CheckRequest") -> "ProjectProbe":
        """Read the addresses of a project."""
        from newslint.execution.external_addresses import read_addresses

        return cls(check, read_addresses(check))

    def run(self, budget: float | None) -> "ProbeSummary":
        """Ask the addresses that are due.

        Raises:
            click.ClickException: A verdict cannot be stored.
        """
        from newslint.execution.verdict_store import StoreError, find_store
        from newslint.online import probe
        from newslint.online.clock import SystemClock

        project = self.check.project
        prober = probe.Probe(
            project.settings.online,
            find_store(project.root),
            self.check.verdicts.read_all(self.check),
            probe.create_client,
            SystemClock(),
            self.check.observe,
        )
        for note in self.check.verdicts.notes:
            print_note(note)
        try:
            return prober.run(self.addresses.values(), budget)
        except StoreError as error:
            raise click.ClickException(str(error)) from error
        finally:
            self.check.verdicts.forget()

    def export(self, file: Path) -> None:
        """Write the verdicts on the addresses to a file.

        Raises:
            click.ClickException: The file cannot be written.
        """
        from newslint.cli.output import open_destination
        from newslint.records.verdicts import Verdicts, write_lines

        known = self.check.verdicts.read_all(self.check)
        found = ((name, known.find(name)) for name in self.addresses)
        kept = Verdicts({name: verdict for name, verdict in found if verdict is not None})
        with open_destination(file) as stream:
            stream.write(write_lines(kept))


def import_verdicts(check: "CheckRequest", files: Iterable[Path]) -> None:
    """Add the verdicts in files to the store of a project.

    Raises:
        click.ClickException: A file does not exist or cannot be read, or the store cannot be used.
    """
    from newslint.execution.known_verdicts import (
        VerdictFileError,
        describe_damage,
        read_verdict_file,
    )
    from newslint.execution.verdict_store import StoreError, find_store

    for file in files:
        path = Path.cwd() / file
        if not path.exists():
            raise click.ClickException(f"no such file: {file}")
        try:
            lines = read_verdict_file(path)
            store = find_store(check.project.root)
            stored = store.load()
            merged = stored.merge(lines.verdicts.by_address.values())
            new = (v for name, v in merged.by_address.items() if v is not stored.find(name))
            store.add(new)
        except (VerdictFileError, StoreError) as error:
            raise click.ClickException(str(error)) from error
        if lines.damaged:
            print_note(describe_damage(str(file), lines))


def summary_lines(summary: "ProbeSummary") -> list[str]:
    """Describe the result of probing."""
    from newslint.reporters.summary import pluralize

    asked = sum(summary.found.values())
    states = ", ".join(f"{number:,} {state}" for state, number in sorted(summary.found.items()))
    hosts, uses = pluralize(summary.hosts, "host"), pluralize(summary.uses, "use")
    lines = [
        f"Addresses: {summary.addresses:,} on {hosts}, with {uses}",
        f"Asked: {asked:,}" + (f" ({states})" if states else ""),
    ]
    if summary.left:
        lines.append(f"Left for the next run: {summary.left:,}")
    if summary.hidden:
        lines.append(f"Not asked, as only hidden records contain them: {summary.hidden:,}")
    return lines
