"""Sites of twelve generators in their usual layouts, with planted defects."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_PLACES = [
    *("harbour", "museum", "station", "library", "bridge"),
    *("market", "orchard", "theatre", "valley", "garden"),
]
_VERBS = ["opens", "moves", "grows", "closes", "doubles", "reopens", "changes", "waits"]
_REASONS = (
    "after a winter of repairs",
    "with help from forty neighbours",
    "although the council had other plans",
    "because the river rose twice in spring",
    "while visitors ask for longer evenings",
    "before the festival begins in June",
    "thanks to a grant that nobody expected",
)
_TOPICS = ("culture", "history", "transport", "nature")
START = datetime.date(2024, 1, 3)


class Site(NamedTuple):
    """The layout of a site.

    Attributes:
        name: The generator, as `init` calls it.
        files: Files that are no records: settings, templates, notes.
        posts: The path of a post, given its date, number and slug.
        fields: The fields of a post besides headline and description, given its date and number.
        headline: The name of the field with the headline.
        lead: The name of the field with the description.
        toml: Whether front matter is TOML.
        more: Further records, by path.
        date: The name of the field with the date; empty if there is none.
        media: The folder with pictures.
        picture: A picture in it, as the text of posts shows it.
        link: A link to the first post.
        address: The field with the address of the page, which no two posts share.
        table: The data file that defines terms.
        terms: The field with terms that this file defines.
    """

    name: str
    files: dict[str, str]
    posts: Callable[[datetime.date, int, str], str]
    fields: Callable[[datetime.date, int], dict[str, Any]]
    headline: str = "title"
    lead: str = "description"
    toml: bool = False
    more: dict[str, dict[str, Any]] = {}  # noqa: RUF012 # never changed
    date: str = "date"
    media: str = "static/img"
    picture: str = "/img/1.png"
    link: str = "/blog/harbour-opens-0/"
    address: str = "slug"
    table: str = "data/tags.yml"
    terms: str = "tags"

    @property
    def body(self) -> str:
        """The text of each post."""
        return f"![A house]({self.picture}) See [the first post]({self.link}).\n"


def write_front_matter(fields: dict[str, Any], *, toml: bool) -> str:
    """Write front matter, without fences."""
    if not toml:
        return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=1000)
    return "".join(f"{_toml(name, value)}\n" for name, value in fields.items())


def _toml(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{name} = {{ {', '.join(_toml(*item) for item in value.items())} }}"
    if isinstance(value, datetime.date):
        return f"{name} = {value.isoformat()}"
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


def write_record(fields: dict[str, Any], body: str = "Words.\n", *, toml: bool = False) -> str:
    """Write a record."""
    fence = "+++" if toml else "---"
    return f"{fence}\n{write_front_matter(fields, toml=toml)}{fence}\n\n{body}"


def create_posts(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and fields of sixty posts without defects."""
    for number in range(60):
        day = START + datetime.timedelta(days=9 * number)
        place, verb = _PLACES[number % 10], _VERBS[number % 8]
        reason = _REASONS[number % 7]
        slug = f"{place}-{verb}-{number}"
        title = f"The {place} on street {number} {verb}"
        lead = f"The {place} {verb} {reason}, say people in house {number * 3 + 1}."
        fields = {site.headline: title, site.lead: lead, **site.fields(day, number)}
        yield site.posts(day, number, slug), {site.address: f"/{number}/", **fields}


def plant(
    site: Site, posts: dict[str, dict[str, Any]]
) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Write posts with defects, and list the rule and path of each."""
    files = {
        path: write_record(fields, site.body, toml=site.toml) for path, fields in posts.items()
    }
    first, *others = posts
    expected = {("duplicate-permalink", first)}
    paths = iter(others[2::3])
    for rule, spoil in _defects(site, posts[first]):
        path = next(paths)
        files[path] = spoil(dict(posts[path]))
        expected.add((rule, path))
    return files, expected


def _defects(  # a list
    site: Site, first: dict[str, Any]
) -> Iterator[tuple[str, Callable[[dict[str, Any]], str]]]:
    """Yield the rule that reports each defect, and what writes a record with it.

    Args:
        site: The site.
        first: The fields of the first post, which has no defect of its own.
    """

    def write(fields: dict[str, Any], body: str = site.body) -> str:
        return write_record(fields, body, toml=site.toml)

    def spoil(name: str, change: Callable[[str], Any]) -> Callable[[dict[str, Any]], str]:
        return lambda fields: write({**fields, name: change(fields[name])})

    def rename(old: str, new: str) -> Callable[[dict[str, Any]], str]:
        return lambda fields: write(
            {new if name == old else name: value for name, value in fields.items()}
        )

    def edit(old: str, new: str) -> Callable[[dict[str, Any]], str]:
        return lambda fields: write(fields).replace(old, new, 1)

    title, lead = site.headline, site.lead
    yield "mojibake", spoil(title, lambda text: f"{text} donâ€™t")
    yield "html-entity", spoil(lead, lambda text: f"{text} Tea &amp; cake")
    yield "invisible-character", spoil(title, lambda text: text.replace(" ", " \u200b", 1))
    yield "replacement-character", spoil(lead, lambda text: text.replace("e", "\ufffd", 1))
    yield "unknown-field", rename(lead, lead[:-3] + lead[-2:])
    yield "mojibake", lambda fields: write(fields, "The cafÃ© is open.\n")
    fence = "+++" if site.toml else "---"
    yield "unclosed-front-matter", edit(f"{fence}\n\n", "\n")
    yield (
        ("toml-syntax" if site.toml else "yaml-syntax"),
        edit(
            f"{title}{' =' if site.toml else ':'} ",
            f'{title}{" =" if site.toml else ":"} "broken " [',
        ),
    )
    yield "html-markup", spoil(lead, lambda text: f"<b>{text}</b>")
    yield "missing-excerpt", spoil(lead, lambda _: "TBD")
    yield "missing-local-image", edit("1.png", "lost.png")
    yield "missing-local-image", edit("1.png", "1.PNG")
    yield "broken-local-link", edit("harbour-opens-0", "lost-page")
    yield "unknown-reference", spoil(site.terms, _misspell)
    yield "duplicate-permalink", spoil(site.address, lambda _: first[site.address])
    if site.name in ("Hugo", "Astro", "Docusaurus", "Hexo", "Eleventy"):
        yield "inconsistent-term", spoil("tags", lambda tags: [tags[0].title(), *tags[1:]])
    if site.name == "Zola":
        yield "inconsistent-term", spoil("taxonomies", lambda _: {"tags": ["Culture"]})
    if site.name == "Jekyll":
        yield "unknown-reference", spoil("author", _misspell)
        yield "filename-date-mismatch", spoil("date", lambda _: datetime.date(2019, 4, 1))
    if not site.toml:
        yield "duplicate-key", edit(f"{lead}:", f"{lead}: Twice\n{lead}:")
        if site.date:
            yield (
                "invalid-value",
                lambda fields: re.sub(
                    rf"(?m)^{site.date}: .*", f"{site.date}: 2024-13-45", write(fields)
                ),
            )
    else:
        yield "wrong-type", spoil(title, lambda _: 1984)


def _misspell(terms: Any) -> Any:
    """Change the first of several terms, or the only one."""
    if isinstance(terms, dict):
        return {name: _misspell(each) for name, each in terms.items()}
    return [f"{terms[0]}x", *terms[1:]] if isinstance(terms, list) else f"{terms}x"


def _dated(folder: str, ending: str = "md") -> Callable[[datetime.date, int, str], str]:
    return lambda day, _, slug: f"{folder}/{day.isoformat()}-{slug}.{ending}"


def _named(folder: str, ending: str = "md") -> Callable[[datetime.date, int, str], str]:
    return lambda _day, _number, slug: f"{folder}/{slug}.{ending}"


def _topic(number: int) -> str:
    return _TOPICS[number % 4]


def _page(title: str, **fields: Any) -> dict[str, Any]:
    return {"title": title, **fields}


_LAYOUT = "---\nlayout: base\n---\n<html>{{ content }}</html>\n"
_ROBOTS = "User-agent: *\nDisallow:\n"
_README = "# A site\n\nHow to build it.\n"

SITES = (
    Site(
        "Jekyll",
        {
            "_config.yml": "title: A site\nbaseurl: ''\nplugins: [jekyll-feed]\n",
            "_layouts/post.html": _LAYOUT,
            "_includes/head.html": "<head></head>\n",
            "robots.txt": _ROBOTS,
            "README.md": _README,
            "_data/navigation.yml": "- {title: Home, url: /}\n",
            "_data/authors.yml": "anna: {name: Anna Lee}\nbo: {name: Bo Ray}\n",
            **{f"assets/images/{number}.jpg": "" for number in range(60)},
        },
        _dated("_posts"),
        lambda day, number: {
            "layout": "post",
            "date": day
            if number % 2
            else datetime.datetime(day.year, day.month, day.day, 12, 30, tzinfo=datetime.UTC),
            "categories": [_topic(number)],
            "author": "anna" if number % 2 else "bo",
            "excerpt_separator": "<!--more-->",
            "image": f"/assets/images/{number}.jpg",
        },
        more={
            "about.md": _page("About", layout="page", permalink="/about/"),
            "index.html": {"layout": "home"},
            "404.html": {"permalink": "/404.html"},
        },
        date="",
        media="assets/images",
        picture="/assets/images/1.png",
        link="/culture/2024/01/03/harbour-opens-0.html",
        address="permalink",
        table="_data/categories.yml",
        terms="categories",
    ),
    Site(
        "Hugo",
        {
            "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "A site"\n',
            "archetypes/default.md": "+++\ntitle = '{{ .Name }}'\ndate = {{ .Date }}\n+++\n",
            "layouts/_default/single.html": '{{ define "main" }}{{ .Content }}{{ end }}\n',
            "static/robots.txt": _ROBOTS,
            "themes/plain/exampleSite/content/posts/a.md": "---\nname: Example\n---\n",
        },
        lambda _day, _number, slug: f"content/posts/{slug}/index.md",
        lambda day, number: {
            "date": day,
            "draft": False,
            "tags": [_topic(number)],
            "url": f"/{number}/",
        },
        more={
            "content/about.md": _page("About"),
            "content/contact/index.md": _page("Contact", menu="main"),
            "content/_index.md": _page("Home"),
            "content/posts/_index.md": _page("Posts"),
            "content/tags/_index.md": _page("Tags", layout="list"),
        },
        link="/posts/harbour-opens-0/",
        address="url",
    ),
    Site(
        "Astro",
        {
            "astro.config.mjs": "export default {};\n",
            "src/content.config.ts": "export const collections = {};\n",
            "src/layouts/Base.astro": "---\nconst a = 1;\n---\n",
            "README.md": _README,
            "public/robots.txt": _ROBOTS,
        },
        _named("src/content/blog", "mdx"),
        lambda day, number: {
            "pubDate": day,
            "heroImage": f"../../assets/{number}.jpg",
            "tags": [_topic(number)],
        },
        date="pubDate",
        media="public/img",
        table="src/data/tags.yml",
    ),
    Site(
        "Docusaurus",
        {
            "website/docusaurus.config.js": "module.exports = {};\n",
            "website/sidebars.js": "module.exports = {};\n",
            "website/blog/tags.yml": "culture:\n  label: Culture\n",
            "website/docs/plain.md": "# No front matter\n",
            "website/docs/other.md": "# No front matter either\n",
            "website/docs/third.md": "# Nor here\n",
            "website/src/components/note.md": "Text\n",
        },
        _dated("website/blog"),
        lambda _day, number: {
            "slug": f"post-{number}",
            "authors": ["ann"] if number % 2 else "ben",
            "tags": [_topic(number)],
        },
        more={
            f"website/docs/guide/{name}.md": {"sidebar_position": at, "title": f"Guide {name}"}
            for at, name in enumerate(("intro", "install", "use", "deploy", "extend"))
        },
        date="",
        media="website/static/img",
        link="2024-01-03-harbour-opens-0.md",
        table="website/blog/authors.yml",
        terms="authors",
    ),
    Site(
        "VitePress",
        {
            "docs/.vitepress/config.mts": "export default {};\n",
            "docs/plain.md": "# Plain\n",
            "docs/more.md": "# More\n",
            "package.json": "{}\n",
            "README.md": _README,
        },
        _named("docs/posts"),
        lambda day, number: {"date": day, "sidebar": False, "tags": [_topic(number)]},
        more={"docs/index.md": {"layout": "home", "hero": {"name": "A", "tagline": "<em>B</em>"}}},
        media="docs/public/img",
        link="./harbour-opens-0.md",
        address="permalink",
    ),
    Site(
        "Hexo",
        {
            "_config.yml": "title: A site\nsource_dir: source\n",
            "scaffolds/post.md": "---\ntitle: {{ title }}\ndate: {{ date }}\n---\n",
            "package.json": '{"dependencies": {"hexo": "^7.0.0"}}\n',
            "_config.landscape.yml": "menu:\n  Home: /\n",
            "themes/plain/_config.yml": "menu: {}\n",
        },
        _named("source/_posts"),
        lambda day, number: {
            "date": datetime.datetime(day.year, day.month, day.day, 8, 15, tzinfo=datetime.UTC),
            "tags": [_topic(number)],
            "categories": _topic(number),
            "banner": "<div>Sale</div>",
        },
        more={
            "source/about/index.md": _page("About", type="about"),
            "source/tags/index.md": _page("Tags", type="tags"),
        },
        media="source/img",
        link="/2024/01/03/harbour-opens-0/",
        address="permalink",
        table="source/_data/tags.yml",
    ),
    Site(
        "Zola",
        {
            "config.toml": 'base_url = "https://example.org"\ntitle = "A site"\n[markdown]\n',
            "templates/base.html": "<html>{% block content %}{% endblock %}</html>\n",
            "sass/site.scss": "a {}\n",
        },
        _named("content/blog"),
        lambda day, number: {"date": day, "taxonomies": {"tags": [_topic(number)]}},
        toml=True,
        link="@/blog/harbour-opens-0.md",
        address="path",
        terms="taxonomies",
    ),
    Site(
        "Nuxt",
        {
            "nuxt.config.ts": "export default {};\n",
            "app.vue": "<template/>\n",
            "app.yaml": "runtime: nodejs\n",
            "content/plain.md": "# Home\n",
        },
        _named("content/articles"),
        lambda day, number: {
            "date": day,
            "navigation": bool(number % 2),
            "cover": f"/covers/{number}.png",
            "tags": [_topic(number)],
        },
        more={"content/index.md": _page("Home"), "content/about.md": _page("About")},
        media="public/img",
        link="/articles/harbour-opens-0",
    ),
    Site(
        "MkDocs",
        {
            "mkdocs.yml": "site_name: A site\nplugins: [search, blog]\n",
            "README.md": _README,
            "requirements.txt": "mkdocs\n",
            "docs/index.md": "# Home\n",
            "docs/usage.md": "# Usage\n",
            "docs/api.md": "# API\n",
            "docs/faq.md": "# FAQ\n",
        },
        _named("docs/blog/posts"),
        lambda day, number: {"date": day, "categories": [_topic(number)], "authors": ["ann"]},
        media="docs/img",
        picture="../../img/1.png",
        link="harbour-opens-0.md#start",
        table="docs/blog/.authors.yml",
        terms="authors",
    ),
    Site(
        "Gatsby",
        {
            "gatsby-config.js": "module.exports = {};\n",
            "src/templates/post.js": "export default 1;\n",
            "static/robots.txt": _ROBOTS,
        },
        lambda _day, _number, slug: f"content/blog/{slug}/index.md",
        lambda day, number: {
            "date": f"{day.isoformat()}T22:12:03.284Z",
            "featured": bool(number % 3),
            "tags": [_topic(number)],
        },
    ),
    Site(
        "Pelican",
        {
            "pelicanconf.py": "AUTHOR = 'Ann'\nPATH = 'content'\n",
            "tasks.py": "",
            "theme/templates/index.html": "<html></html>\n",
            "content/images/note.txt": "Pictures by Ann.\n",
        },
        _named("content/articles"),
        lambda day, number: {
            "date": f"{day.isoformat()} 10:20",
            "category": _topic(number),
            "tags": f"{_topic(number)}, news",
            "authors": ["ann"],
        },
        lead="summary",
        date="",
        media="content/images",
        picture="{static}/images/1.png",
        link="{filename}/articles/harbour-opens-0.md",
        table="data/authors.yml",
        terms="authors",
    ),
    Site(
        "Eleventy",
        {
            "eleventy.config.js": "export default function () {}\n",
            "_includes/layouts/post.html": _LAYOUT,
            "_data/metadata.yml": "title: A site\n",
            "README.md": _README,
            "content/blog/blog.yml": "tags: posts\n",
        },
        _named("content/blog"),
        lambda day, number: {
            "date": day,
            "tags": ["posts", _topic(number)],
            "layout": "layouts/post.html",
        },
        more={
            "content/about.md": _page("About", layout="layouts/base.html"),
            "content/index.html": _page("Home"),
        },
        media="img",
        address="permalink",
        table="_data/tags.yml",
    ),
)


def create_site(site: Site, folder: Path) -> set[tuple[str, str]]:
    """Write a site with defects, and return the rule and path of each."""
    files, expected = plant(site, dict(create_posts(site)))
    names = ("posts", "news", "ann", "ben", *_TOPICS)
    data = {site.table: "".join(f"{name}: {{}}\n" for name in names)}
    pictures = {f"{site.media}/{number}.png": "" for number in range(3)}
    more = {path: write_record(fields, toml=site.toml) for path, fields in site.more.items()}
    for path, text in {**site.files, **data, **pictures, **more, **files}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return expected
