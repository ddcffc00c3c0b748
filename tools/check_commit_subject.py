"""Check the subject of a commit message: at most 72 characters, imperative, no full stop.

Runs as a `commit-msg` hook with the file of the message as its argument.
"""

import re
import sys
from pathlib import Path

MAX_LENGTH = 72
GENERATED = ("Merge ", "Revert ", "fixup! ", "squash! ")
NOT_IMPERATIVE = re.compile(
    r"(?:\w+(?:ed|ing)|(?!\w*ss\b|Focus\b|Canvas\b)\w+s|An?|The|It|There|What|No|Now|Also|Some)\b"
)
IMPERATIVE = {"Bring", "Embed", "Feed", "Need", "Seed", "Shed", "Speed", "String"}


def problem(subject: str) -> str | None:
    """Describe the first problem of a commit subject.

    Args:
        subject: The first line of a commit message.

    Returns:
        A sentence, or None if the subject is fine.
    """
    if subject.startswith(GENERATED):
        return None
    if len(subject) > MAX_LENGTH:
        return f"the subject has {len(subject)} characters, at most {MAX_LENGTH} are allowed"
    if subject.endswith("."):
        return "the subject ends with a full stop"
    first = subject.partition(" ")[0]
    if not first[:1].isupper():
        return "the subject does not start with a capital letter"
    if first not in IMPERATIVE and NOT_IMPERATIVE.fullmatch(first):
        return f"start with an imperative such as 'Add' or 'Fix', not {first!r}"
    return None


def main() -> int:
    """Check the message file given on the command line; return 1 if its subject has a problem."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    subject = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    found = problem(subject)
    if found:
        print(f"commit message: {found}\n  {subject}", file=sys.stderr)
    return found is not None


if __name__ == "__main__":
    sys.exit(main())
