"""newslint: the linter for news archives kept as text files.

The package is layered. A module imports only from layers below its own (see docs/architecture.md):

- `cli`: the commands.
- `reporters`: report formats.
- `execution`: runs a check with files, cache, worker processes and git; applies fixes.
- `engine`: the stages of a check as pure functions, suppression, baselines.
- `settings`: settings files, plugins, and the selection of rules.
- `rules`: one module for each rule, and the API for plugins.
- `records`: schemas, records, mentions, articles, the corpus.
- `diagnostics`: diagnostics, fixes and reports as values.
- `documents`: files, decoding, front matter fences, discovery, saving.
- `syntax`: parsing, writing and editing YAML with exact spans.
- `text`: offsets, lines, spans, JSON Pointers, quoting for messages.
"""

from newslint._version import __version__

__all__ = ["__version__"]
