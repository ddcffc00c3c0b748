"""Entry point of the command `newslint` and of `python -m newslint`."""

import gc
import sys

from newslint import __version__


def main() -> None:
    """Run the command line and end the process with its exit status.

    Nothing else is imported where the version is all that is asked for.

    The garbage collector is off: what newslint builds holds no circles, and searching a growing
    archive for them again and again takes a fifth of a run. At the end all is frozen, or else the
    interpreter would search it once more.
    """
    gc.disable()
    try:
        if sys.argv[1:] == ["--version"] and _printed_version():
            return
        from newslint.cli.app import run

        status = run()
        gc.freeze()
        sys.exit(status)
    except KeyboardInterrupt:
        sys.exit(130)  # as `ExitStatus.INTERRUPTED`, which may not have been imported yet


def _printed_version() -> bool:
    """Print the version as click would; where it cannot be written, click is to say so."""
    try:
        print(f"newslint {__version__}", flush=True)  # noqa: T201 # click takes longer to import
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
