"""The values that the stages exchange; they are compared by value and can be serialised."""

import msgspec

from newslint.diagnostics import Diagnostic
from newslint.engine.suppression import FileSuppressions
from newslint.records import Description, LocatedField, Record


class DescriptionResult(msgspec.Struct, frozen=True, array_like=True):
    """A description, and the diagnostics of rules that need nothing but the description.

    Attributes:
        description: The description.
        diagnostics: Diagnostics with locations relative to it.
    """

    description: Description
    diagnostics: tuple[Diagnostic, ...] = ()

    def with_links(self, links: tuple[LocatedField, ...]) -> "DescriptionResult":
        """Copy the result of a record with the links to its own site."""
        description = msgspec.structs.replace(self.description, links=links)
        return DescriptionResult(description, self.diagnostics)


class FileResult(msgspec.Struct, frozen=True, array_like=True):
    """The content of one file, and the diagnostics of rules that need this file only.

    Attributes:
        path: The file.
        content: Digest of its content.
        diagnostics: Diagnostics about the file itself and its body.
        records: Its records; each description in them has a `DescriptionResult`.
        suppressions: Its suppression comments; None if there are none.
        is_readable: Whether it could be read as text.
        width: Its `character_width`; None if the text is not known, or has a byte-order mark.
    """

    path: str
    content: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    records: tuple[Record, ...] = ()
    suppressions: FileSuppressions | None = None
    is_readable: bool = True
    width: int | None = None


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """A diagnostic of a rule that compares descriptions.

    Attributes:
        rule: Digest of the rule and its options (see `Ruleset.by_digest`).
        diagnostic: The diagnostic, with its location relative to a description. The lines of
            related locations with a path are relative to the description that they point into.
        digest: Digest of the description; empty if the diagnostic is about none.
        path: File of the only occurrence that the diagnostic is about; empty if it is about each
            occurrence of the description.
        prefix: Pointer to that occurrence in the file, if `path` is given.
        except_in: Files in which the diagnostic does not apply.
    """

    rule: bytes
    diagnostic: Diagnostic
    digest: bytes = b""
    path: str = ""
    prefix: str = ""
    except_in: frozenset[str] = frozenset()
