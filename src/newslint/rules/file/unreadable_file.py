"""The rule `unreadable-file`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class UnreadableFile(Rule):
    """A file cannot be read as text.

    It is not UTF-8 (the message gives the offset of the first invalid byte, and the encoding if
    there is good evidence for one), is binary, is a named pipe, a socket or a device, is not
    accessible, is a symbolic link that leaves the project or forms a loop, or is larger than the
    limit.

    Why: nothing in it can be checked, and site generators fail on it or publish garbled text.
    """

    id = "unreadable-file"
    severity = Severity.ERROR
    examples = (
        Bad("---\ntitle: caf\udce9\n---\n", whole=True),
        Good("---\ntitle: café\n---\n", whole=True),
    )
