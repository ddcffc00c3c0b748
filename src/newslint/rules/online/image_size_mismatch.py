"""The rule `image-size-mismatch`."""

from newslint.records.external_links import ExternalLink
from newslint.records.verdicts import State, Verdict
from newslint.rules.api import Bad, Diagnostic, Field, Good, Severity, quote_value
from newslint.rules.example_verdicts import IMAGE, SIZED
from newslint.rules.verdict_rule import VerdictRule


class ImageSizeMismatch(VerdictRule):
    """The declared width and height of an image are not those of its file.

    `newslint probe` reads the size in the header of the file; without its verdicts, the rule does
    not run. A file that is turned by 90 degrees, as photographs may be, has the declared size.

    Why: pages jump while they load, or show the image distorted.
    """

    id = "image-size-mismatch"
    severity = Severity.WARNING
    examples = (
        Bad(f"images: [{{url: {IMAGE}, width: 300, height: 200}}]", beside=SIZED),
        Good(f"images: [{{url: {IMAGE}, width: 600, height: 400}}]", beside=SIZED),
    )
    states = frozenset({State.ALIVE, State.MOVED})
    on_images = True

    tolerance: int = Field(1, description="Pixels by which a side may differ.", ge=0)

    def concerns(self, verdict: Verdict) -> bool:
        """Check if the size of the file is known."""
        return super().concerns(verdict) and bool(verdict.width and verdict.height)

    def judge(self, link: ExternalLink, verdict: Verdict) -> Diagnostic | None:
        """Compare the declared size with that of the file."""
        declared, own = (link.width, link.height), (verdict.width, verdict.height)
        if self._is_close(declared, own) or self._is_close(declared, own[::-1]):
            return None
        message = (
            f"{quote_value(link.url)} is {own[0]}×{own[1]} pixels, "
            f"not {declared[0] or '?'}×{declared[1] or '?'}"
        )
        target = link.field.target()
        return self.flag(target, message, cause=link.address, identity=link.address)

    def _is_close(self, declared: tuple[int | None, ...], own: tuple[int | None, ...]) -> bool:
        """Check if no declared side differs by more than the tolerance; zero is not declared."""
        sides = zip(declared, own, strict=True)
        return all(not one or abs(one - (other or 0)) <= self.tolerance for one, other in sides)
