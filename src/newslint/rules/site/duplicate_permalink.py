"""The rule `duplicate-permalink`."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.records.addresses import file_date, language_of, page_address, page_folder
from newslint.rules.api import (
    Bad,
    Description,
    Diagnostic,
    Field,
    Good,
    Group,
    GroupRule,
    Mention,
    Severity,
    Target,
    quote_value,
)
from newslint.rules.other_records import describe_others, list_others

_NOUNS = {"permalink": "permalink", "slug": "slug", "aliases": "alias"}


class Claim(NamedTuple):
    """An address that a record claims.

    Attributes:
        record: The record.
        target: The value with the address.
        role: The role of its field: `permalink`, `slug` or `aliases`.
    """

    record: Mention
    target: Target
    role: str


class DuplicatePermalink(GroupRule):
    """A permalink, alias or slug is that of another record, too.

    Aliases are old addresses that redirect to the page (`aliases`, `redirect_from`). Slugs are
    compared within a folder, but not with the names of files, from which generators make addresses
    in different ways. Hidden records, translations and templates such as
    `/:year/:title/` are left out.

    Why: the site has one page for an address: the generator drops the other, or refuses to build.
    """

    id = "duplicate-permalink"
    severity = Severity.ERROR
    roles = ("permalink",)
    fields_read = frozenset({"permalink", "slug", "aliases", "language"})
    examples = (
        Bad("title: About\npermalink: /about/", "title: Team\npermalink: /about"),
        Bad("title: About\nredirect_from: /team/", "title: Team\npermalink: /team/"),
        Good("title: About\npermalink: /about/", "title: Team\npermalink: /team/"),
    )

    sites: tuple[str, ...] = Field(
        (), description="Folders of separate sites, which may have equal addresses."
    )

    def examines(self, description: Description) -> bool:
        """Check if the description claims an address."""
        return any(description.names_of(role) for role in _NOUNS)

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group by address, and by slug."""
        description = mention.description
        if description.is_record and description.is_visible:
            yield from {key for _, key, _ in _keyed_names(description)}

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each record with the address, if there are several."""
        rivals: dict[tuple[str, ...], list[Claim]] = {}
        for record in group.records:
            claims = list(_claims(record, group.key))
            if claims:
                rivals.setdefault(self._rivalry(claims[0]), []).append(claims[0])
            for again in claims[1:]:
                yield self._flag_again(again, claims[0])
        for claims in rivals.values():
            if len(claims) > 1:
                yield from self._flag_rivals(claims, group.key)

    def _rivalry(self, claim: Claim) -> tuple[str, ...]:
        """Find what records have in common that cannot have the same address."""
        path, description = claim.record.path, claim.record.description
        languages = [description.field_text(name) for name in description.names_of("language")]
        own = next((each for each in self.sites if path.startswith(f"{each}/")), "")
        if claim.role != "slug":
            return own, language_of(path), *languages
        return own, language_of(path), page_folder(path), _post_date(path), *languages

    def _flag_rivals(self, claims: list[Claim], key: str) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each of several records with one address."""
        records = [each.record for each in claims]
        for index, claim in enumerate(claims):
            subject = f"the {_NOUNS[claim.role]} {quote_value(claim.target.value)}"
            others = (claims[at] for at in list_others(records, index))
            yield self.flag(
                claim.target,
                describe_others(records, index, "claim", subject),
                cause=key,
                related=(
                    (other.target, f"the other record's {_NOUNS[other.role]}") for other in others
                ),
            )

    def _flag_again(self, claim: Claim, first: Claim) -> Diagnostic:
        """Create the diagnostic for an address that a record claims twice."""
        value = quote_value(claim.target.value)
        return self.flag(
            claim.target,
            f"the {_NOUNS[claim.role]} {value} is also the {_NOUNS[first.role]} of this record"
            if claim.role != first.role
            else f"the {_NOUNS[claim.role]} {value} is listed twice",
            related=((first.target, "here for the first time"),),
        )


def _keyed_names(description: Description) -> Iterator[tuple[str, str, str]]:
    """Yield the role, the key and the field name of each address in a description."""
    for role in _NOUNS:
        for name in description.names_of(role):
            text = description.field_text(name)
            if role == "slug":
                key = text.strip().strip("/")
            else:
                is_relative = role == "aliases" and not text.startswith("/")
                key = "" if is_relative else page_address(text)
            if key:
                yield role, f"slug {key}" if role == "slug" else key, name


def _claims(record: Mention, key: str) -> Iterator[Claim]:
    """Yield the claims of a record with a key."""
    for role, own, name in _keyed_names(record.description):
        if own == key:
            yield Claim(record, record.target(name), role)


def _post_date(path: str) -> str:
    """Find the date in the name of a post: addresses of Jekyll's posts contain it."""
    return file_date(path) if "_posts" in path.split("/") else ""
