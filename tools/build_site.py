"""Build the site of the manual: adapt the pages in docs/ and run zensical.

Usage: python tools/build_site.py FOLDER

The pages are written for GitHub. In a copy of them, file names of code blocks become titles, and
links to files outside of docs/ lead to the repository. SECURITY.md becomes a page, too. The pages
of the rules are added to the navigation.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIG = "mkdocs.yml"
DOCS = "docs"
SECURITY = "SECURITY.md"
INSIDE = re.compile(r"\]\(docs/")
OUTSIDE = re.compile(r"\]\(((?:\.\./)+)([\w./-]+(?:#[\w-]+)?)\)")
NAMED_BLOCK = re.compile(r"^(`{3,}\w+) (\S+)$", re.MULTILINE)
CATEGORY = re.compile(r"^## (.*)$")
RULE = re.compile(r"^\| \[([\w-]+)\]\(([\w.-]+)\)")
RULES = re.compile(r"^( *)- Rules: (rules/README.md).*\n", re.MULTILINE)
REPOSITORY = re.compile(r'name: Repository, link: "(.*?)"')


def prepare(folder: Path) -> None:
    """Write the adapted pages and the configuration of the site to a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / DOCS, folder / DOCS)
    security = (ROOT / SECURITY).read_text("utf-8")
    (folder / DOCS / SECURITY.lower()).write_text(INSIDE.sub("](", security), "utf-8")
    config = (ROOT / CONFIG).read_text("utf-8")
    index = (ROOT / DOCS / "rules" / "README.md").read_text("utf-8")
    (folder / CONFIG).write_text(add_rules(config, index), "utf-8")
    repository = REPOSITORY.findall(config)[0]
    for page in (folder / DOCS).rglob("*.md"):
        place = page.parent.relative_to(folder)
        page.write_text(adapt(page.read_text("utf-8"), place, repository), "utf-8")


def add_rules(config: str, index: str) -> str:
    """Add the pages of all rules to the navigation, given the index of the rules."""

    def fill(match: re.Match[str]) -> str:
        indent, page = match[1], match[2]
        lines = [f"{indent}- Rules:", f"{indent}    - {page}"]
        lines += (f"{indent}    {line}" for line in rule_nav(index))
        return "\n".join(lines) + "\n"

    return RULES.sub(fill, config)


def rule_nav(index: str) -> Iterator[str]:
    """Yield the lines of the navigation that list the rules by category."""
    for line in index.splitlines():
        if found := CATEGORY.match(line):
            yield f"- {found[1]}:"
        elif found := RULE.match(line):
            yield f"    - {found[1]}: rules/{found[2]}"


def adapt(markdown: str, folder: Path, repository: str) -> str:
    """Convert the names of blocks to titles, and links to files outside of docs/ to addresses.

    Args:
        markdown: The text of a page.
        folder: Its folder, relative to the root of the repository.
        repository: The address of the repository.
    """

    def link(match: re.Match[str]) -> str:
        if len(match[1]) // len("../") < len(folder.parts):
            return match[0]
        if match[2].startswith(SECURITY):
            return (
                f"]({match[1].removeprefix('../')}{match[2].replace(SECURITY, SECURITY.lower())})"
            )
        return f"]({repository}/blob/main/{match[2]})"

    return NAMED_BLOCK.sub(r'\1 title="\2"', OUTSIDE.sub(link, markdown))


def main() -> int:
    """Build the site, and return the exit status of zensical."""
    folder = Path(sys.argv[1]).resolve()
    prepare(folder)
    command = [Path(sys.executable).with_name("zensical"), "build", "--strict", "-f", CONFIG]
    status = subprocess.run(command, cwd=folder, check=False).returncode  # noqa: S603 # the program just installed
    if status == 0:
        site = folder / "site"
        print(f"The site is in {site}; its search needs a server: python3 -m http.server -d {site}")
    return status


if __name__ == "__main__":
    sys.exit(main())
