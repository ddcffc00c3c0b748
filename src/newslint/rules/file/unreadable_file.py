"""The rule `unreadable-file`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class UnreadableFile(Rule):
    """A file cannot be read as text.

    It is not UTF-8 (the message gives the byte's offset and the encoding that the file probably
    has), may not be opened, is a symbolic link that leads out of the project or in a circle, or is
    larger than the limit.

    Why: nothing in it can be checked, and site generators fail on it or publish garbage.
    """

    id = "unreadable-file"
    severity = Severity.ERROR
    examples = (
        Bad("---\ntitle: caf\udce9\n---\n", whole=True),
        Good("---\ntitle: café\n---\n", whole=True),
    )
