"""Entry point of the command `newslint` and of `python -m newslint`."""

import sys


def main() -> None:
    """Run the command line and end the process with its exit status."""
    if sys.argv[1:] == ["--version"]:
        from newslint._version import __version__

        print(f"newslint {__version__}")  # noqa: T201 # the fastest way to answer
        return
    from newslint.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()
