"""Values that flow between the stages; each can be compared, and stored as it is."""

import msgspec

from newslint.diagnostics import Diagnostic
from newslint.engine.suppression import FileSuppressions
from newslint.records import Description, Record


class DescriptionResult(msgspec.Struct, frozen=True, array_like=True):
    """A description, and the diagnostics of rules that need to know nothing else.

    Attributes:
        description: The description.
        diagnostics: Diagnostics with locations relative to it.
    """

    description: Description
    diagnostics: tuple[Diagnostic, ...] = ()


class FileResult(msgspec.Struct, frozen=True, array_like=True):
    """What one file contains, and the diagnostics of rules that need one file only.

    Attributes:
        path: The file.
        content: Digest of its content.
        diagnostics: Diagnostics of the file as such, its body included.
        records: Its records, whose descriptions have results of their own.
        suppressions: Its suppression comments; None if there are none.
    """

    path: str
    content: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    records: tuple[Record, ...] = ()
    suppressions: FileSuppressions | None = None


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """A diagnostic of a rule that compares descriptions.

    Attributes:
        rule: Digest of the rule and its options (see `rule_key`).
        diagnostic: The diagnostic, with its location relative to a description. Related locations
            with a path are relative to the description that their pointer leads to.
        digest: Digest of the description; empty if the diagnostic is about none.
        path: The only file that the diagnostic is about; empty if it is about each file that
            contains the description.
        prefix: Pointer to the only occurrence that it is about, if `path` is given.
        except_in: Files in which the description is fine.
    """

    rule: bytes
    diagnostic: Diagnostic
    digest: bytes = b""
    path: str = ""
    prefix: str = ""
    except_in: frozenset[str] = frozenset()
