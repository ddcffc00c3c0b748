"""Digests of all that a file's part of the report depends on."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

from msgspec import msgpack

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import has_crashed
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import prefix_of
from newslint.engine.results import DescriptionResult, FileResult, Finding

_encoder = msgpack.Encoder(
    enc_hook=lambda value: [type(value).__name__, str(value)],  # a `Literal`
    order="deterministic",
)


class CloseKeys:
    """Computes the digests of files to which the same rules apply.

    Args:
        rules: Digest of the rules.
        results: Results of the descriptions in the files, by digest.
        enriched: Those of them that depend on other files.
        findings: The findings of the run.
        find_line: Finds the lines before a description in any file of the run (`line_finder`).
    """

    def __init__(
        self,
        rules: bytes,
        results: Mapping[bytes, DescriptionResult],
        enriched: Mapping[bytes, DescriptionResult],
        findings: FindingIndex,
        find_line: Callable[[str, str], int],
    ) -> None:
        self._rules = rules
        self._findings = findings
        self._find_line = find_line
        self._has_failed = bool(findings.failed) or any(
            has_crashed(each.diagnostics) for each in results.values()
        )
        self._digests = {
            digest: self._digest(
                findings.by_digest.get(digest, ()),
                enriched[digest].diagnostics if digest in enriched else (),
            )
            for digest in enriched.keys() | findings.by_digest.keys()
        }

    def find(self, file: FileResult) -> bytes | None:
        """Compute the digest of a file.

        Returns:
            The digest; None if a rule has failed, if the file has suppression comments, or if a
            finding about it contains a value that cannot be encoded, such as half a surrogate pair.
        """
        if self._has_failed or file.suppressions is not None or has_crashed(file.diagnostics):
            return None
        found, others = self._digests, self._findings.by_path.get(file.path, ())
        parts = [self._digest(others, ()) if others else b""]
        parts += (found.get(each, b"\0") for record in file.records for each in record.digests)
        if None in parts:
            return None
        hashed = blake2b(self._rules + file.content, digest_size=16)
        hashed.update(file.path.encode("utf-8", "surrogatepass"))
        hashed.update(b"".join(filter(None, parts)))
        return hashed.digest()

    def _digest(
        self, findings: Iterable[Finding], diagnostics: Iterable[Diagnostic]
    ) -> bytes | None:
        """Compute the digest of findings and enriched diagnostics, with the lines they name."""
        every = (*diagnostics, *(each.diagnostic for each in findings))
        lines = [
            self._find_line(location.path, prefix_of(location.pointer))
            for each in every
            for location, _ in each.local_related
            if location.path
        ]
        try:
            data = _encoder.encode(([*findings], [*diagnostics], lines))
        except (ValueError, OverflowError):
            return None
        return blake2b(data, digest_size=16).digest()
