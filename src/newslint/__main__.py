"""Entry point of the command `newslint` and of `python -m newslint`."""

import gc
import sys

from newslint import __version__


def main() -> None:
    """Run the command line and exit with its status.

    `newslint --version` imports nothing else.

    The garbage collector is disabled: newslint creates hardly any reference cycles, and traversing
    all objects repeatedly takes a fifth of a run. Freezing them at the end saves the interpreter
    from a last traversal.
    """
    gc.disable()
    try:
        if sys.argv[1:] == ["--version"] and _print_version():
            return
        from newslint.cli.app import run

        status = run()
        gc.freeze()
        sys.exit(status)
    except KeyboardInterrupt:
        sys.exit(130)  # ExitStatus.INTERRUPTED, which may not have been imported yet


def _print_version() -> bool:
    """Print the version as click does.

    Returns:
        Whether it could be written; if not, click prints the error.
    """
    try:
        print(f"newslint {__version__}", flush=True)  # noqa: T201 # importing click takes longer
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
