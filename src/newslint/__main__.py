"""Entry point of the command `newslint` and of `python -m newslint`."""

import gc
import os
import sys
from contextlib import suppress

from newslint import __version__


def main() -> None:
    """Run the command line and exit with its status.

    `newslint --version` imports nothing else.

    The garbage collector is disabled: newslint creates hardly any reference cycles, and traversing
    all objects repeatedly takes a fifth of a run. Freezing them at the end saves the interpreter
    from a last traversal.
    """
    gc.disable()
    _forget_current_folder()
    try:
        if sys.argv[1:] == ["--version"] and _print_version():
            return
        from newslint.cli.app import run

        status = run()
        if not _flush_streams():
            status = 2  # ExitStatus.ERROR
        gc.freeze()
        sys.exit(status)
    except KeyboardInterrupt:
        sys.exit(130)  # ExitStatus.INTERRUPTED, which may not have been imported yet


def _print_version() -> bool:
    """Print the version as click does, which takes longer to import.

    Returns:
        Whether it could be written; if not, click prints the error.
    """
    try:
        os.write(1, f"newslint {__version__}\n".encode())  # leaves nothing in a buffer if it fails
    except OSError:
        return False
    return True


def _forget_current_folder() -> None:
    """Import no modules from the current folder, which `python -m` puts first on the path.

    A cloned archive may contain a file such as `yaml.py`.
    """
    if sys.flags.safe_path or not sys.argv[0].endswith("__main__.py"):
        return
    with suppress(OSError):
        if sys.path[:1] in ([""], [os.getcwd()]):  # noqa: PTH109 # as the interpreter does
            del sys.path[0]


def _flush_streams() -> bool:
    """Flush stdout and stderr, and discard what cannot be written.

    Otherwise the interpreter would try again when it exits, and change the exit status.

    Returns:
        Whether everything was written.
    """
    is_complete = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            is_complete = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return is_complete


if __name__ == "__main__":
    main()
