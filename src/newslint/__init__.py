"""newslint: the linter for news archives kept as text files.

The package is built in floors. A module imports from floors below its own only:

- `cli`: people talk to us here.
- `engine`, `reporters`: run rules; render results.
- `settings`: what the user asked for.
- `rules`: what can be wrong.
- `records`: schemas, records, mentions, articles, the corpus.
- `diagnostics`: how a problem and its repair are described.
- `documents`: files, decoding, front matter fences, discovery, saving.
- `syntax`: YAML as values with spans: parsed, written, edited.
- `text`: offsets, lines, spans, JSON Pointers, quoting for messages.
"""

from newslint._version import __version__

__all__ = ["__version__"]
