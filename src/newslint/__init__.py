"""newslint: the linter for news archives kept as text files.

`newslint.check` and `newslint.fix` are the Python API; `docs/python-api.md` is its manual. Further
public modules are `newslint.diagnostics`, and `newslint.rules.api` and `newslint.testing` for
plugins. All others are private, `newslint.engine` and `newslint.execution` among them: they change
without notice.

The package is layered. A module imports only from layers below its own (see docs/architecture.md):

- `cli`, `api`, `testing`: the commands, the Python API, and functions to test plugins.
- `reporters`: report formats.
- `execution`: runs a check with files, cache, worker processes and git; applies fixes.
- `engine`: the stages of a check as pure functions, suppression, baselines.
- `settings`: settings files, plugins, and the selection of rules.
- `rules`: one module for each rule, and the API for plugins.
- `records`: schemas, records, mentions, articles, the corpus.
- `diagnostics`: diagnostics, fixes and reports as values.
- `documents`: files, decoding, front matter fences, discovery, saving.
- `syntax`: parsing, writing and editing front matter with exact spans.
- `text`: offsets, lines, spans, JSON Pointers, quoting for messages.
"""

from newslint._version import __version__

TYPE_CHECKING = False  # importing `typing` takes ten times as long as all of this
if TYPE_CHECKING:
    from newslint.api import (
        BaselineError,
        CheckReport,
        FixedFile,
        FixFailure,
        FixReport,
        SettingsError,
        UnknownNameError,
        UsageError,
        check,
        fix,
    )

__all__ = [
    "BaselineError",
    "CheckReport",
    "FixFailure",
    "FixReport",
    "FixedFile",
    "SettingsError",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "check",
    "fix",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import the Python API when one of its names is first used."""
        if name not in __all__:
            raise AttributeError(f"module 'newslint' has no attribute '{name}'")
        from newslint import api

        return getattr(api, name)

    def __dir__() -> list[str]:
        """List the Python API, too, without importing it."""
        return sorted({*globals(), *__all__})
