"""Entry point of the command `newslint` and of `python -m newslint`."""

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit status.

    The garbage collector is off: what newslint builds holds no circles, and searching a growing
    archive for them again and again takes a fifth of a run.
    """
    gc.disable()
    try:
        from newslint.cli.app import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(130)  # as `ExitStatus.INTERRUPTED`, which may not have been imported yet


if __name__ == "__main__":
    main()
