"""`newslint server`: serve an editor by the Language Server Protocol."""

import os
import sys
from pathlib import Path

import click

from newslint.cli.help import HelpCommand
from newslint.cli.options import cache_dir_option, no_cache_option, settings_options


@click.command("server", cls=HelpCommand)
@click.option("--stdio", is_flag=True, hidden=True, help="Accepted because clients pass it.")
@cache_dir_option
@no_cache_option
@settings_options
def command(
    *, stdio: bool, cache_dir: Path | None, no_cache: bool, config: Path | None, plugins: bool
) -> int:
    """Serve an editor by the Language Server Protocol.

    Editors start this command, and exchange messages with it on stdin and stdout: diagnostics,
    fixes, hover texts, definitions, references and completion, for all files of their folders. It
    needs the extra 'newslint[lsp]'.

    Exit status: 0 the editor ended the session, 1 it ended without doing so, 2 error.
    """
    del stdio
    try:
        from newslint.lsp.handlers import serve
        from newslint.lsp.options import ServerOptions
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException(
            "the language server needs more packages: pip install pygls lsprotocol"
        ) from error
    if sys.stdin.isatty():
        click.echo("newslint: waiting for messages of an editor on stdin", err=True)
    options = ServerOptions(
        None if config is None else Path.cwd() / config, plugins, not no_cache, cache_dir
    )
    # What anybody prints must not get between the messages.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stdout:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return serve(options, sys.stdin.buffer, stdout)
