"""Settings that `newslint init` drafts for different sites."""

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import fence
from newslint.cli.init.cluster import Cluster
from newslint.cli.init.clustering import cluster_files
from newslint.cli.init.collection import draft_collection
from newslint.cli.init.draft import SettingsDraft, draft_projects, draft_settings
from newslint.cli.init.field_map import guess_fields
from newslint.cli.init.sample import FileSample, FileState
from newslint.cli.init.tree import Folder
from newslint.documents import discover
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings import load_project
from newslint.settings.editing import add_setting

POST = {"title": "A", "date": datetime.date(2022, 9, 12), "layout": "post"}
TALK = {"name": "A", "video": "https://example.org/a", "speaker": "B"}


def write_records(folder: Path, names: str, record: Any = POST) -> None:
    """Write a record to each of several files."""
    for name in names.split():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = record if isinstance(record, str) else fence(yaml.safe_dump(record))
        path.write_text(text.removeprefix("---\n").removesuffix("---\n") if is_yaml(path) else text)


def is_yaml(path: Path) -> bool:
    return path.suffix in (".yml", ".yaml")


def collection_paths(drafted: SettingsDraft) -> dict[str, tuple[str, ...]]:
    """Map the name of each collection to its patterns."""
    return {draft.name: draft.paths for draft in drafted.collections}


def assign_collections(folder: Path, drafted: SettingsDraft) -> dict[str, str]:
    """Write drafted settings and map each document to its collection."""
    for draft in drafted.collections:
        if draft.name in drafted.schemas:
            file = folder / drafted.schemas[draft.name]
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(draft.schema))
    (folder / "newslint.toml").write_text(drafted.text)
    project = load_project(folder / "newslint.toml")
    names = [path.relative_to(folder).as_posix() for path in discover(folder)]
    for name in names:
        matching = [each for each in project.selection.collections if each.patterns.match(name)]
        assert len(matching) <= 1
    found = ((name, project.selection.collection(name)) for name in names)
    return {name: collection.name for name, collection in found if collection is not None}


def test_jekyll(tmp_path: Path) -> None:
    write_records(tmp_path, "_config.yml", {"collections": {"talks": {"output": True}}})
    write_records(
        tmp_path, "_posts/2022-09-12-a.md _posts/2022-09-13-b.md news/_posts/2022-01-01-c.md"
    )
    write_records(tmp_path, "news/_posts/2022-01-02-d.md", POST)
    write_records(tmp_path, "_talks/a.md _talks/b.md", TALK)
    write_records(
        tmp_path, "_layouts/post.html _includes/a.html api/index.html about.md _sass/a.md"
    )
    write_records(tmp_path, "README.md _talks/README.md", "# About\n")
    drafted = draft_settings(tmp_path)
    assert drafted.sites[0].generator == "Jekyll"
    assert collection_paths(drafted) == {
        "posts": ("/_posts/",),
        "talks": ("/_talks/", "!README.md"),
        "news-posts": ("/news/_posts/",),
        "pages": ("/*.md", "/api/*.html", "!/README.md"),
    }
    assert set(assign_collections(tmp_path, drafted)) == {
        "_posts/2022-09-12-a.md",
        "_posts/2022-09-13-b.md",
        "_talks/a.md",
        "_talks/b.md",
        "news/_posts/2022-01-01-c.md",
        "news/_posts/2022-01-02-d.md",
        "about.md",
        "api/index.html",
    }


def test_jekyll_with_collections_dir(tmp_path: Path) -> None:
    write_records(tmp_path, "_config.yml", {"collections_dir": "kinds"})
    write_records(tmp_path, "kinds/_talks/a.md kinds/_talks/b.md", TALK)
    assert collection_paths(draft_settings(tmp_path)) == {"talks": ("/kinds/_talks/",)}


def test_jekyll_data_with_many_similar_files(tmp_path: Path) -> None:
    write_records(tmp_path, "_config.yml", {"title": "A site"})
    write_records(tmp_path, "_data/navigation.yml _data/strings.yml", {"main": ["a"]})
    write_records(tmp_path, " ".join(f"_data/people/{index}.yaml" for index in range(5)), TALK)
    write_records(
        tmp_path, " ".join(f"_data/few/{index}.yaml" for index in range(4)), {"kind": "b"}
    )
    drafted = draft_settings(tmp_path)
    assert collection_paths(drafted) == {"data-people": ("/_data/people/",)}
    assert drafted.skipped == (
        ("/_data/", "2 files, too few for a collection"),
        ("/_data/few/", "4 files, too few for a collection"),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", 'contentDir = "content"'),
        ("hugo.json", '{"contentDir": "content"}'),
        ("config.toml", 'baseURL = "/"'),
        ("hugo.yaml", "theme: [broken"),
    ],
)
def test_hugo(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    write_records(tmp_path, "content/_index.md archetypes/default.md themes/a/content/posts/a.md")
    write_records(tmp_path, "content/posts/_index.md", {"title": "Posts"})
    write_records(
        tmp_path, "content/posts/a/index.md content/posts/b/index.md content/posts/2022/09/c.md"
    )
    write_records(tmp_path, "content/talks/a.md content/talks/b.md", TALK)
    write_records(tmp_path, "content/toml/a.md content/toml/b.md", "+++\ntitle = 'A'\n+++\n")
    drafted = draft_settings(tmp_path)
    assert drafted.sites[0].generator == "Hugo"
    assert collection_paths(drafted) == {
        "posts": ("/content/posts/", "!_index.md"),
        "talks": ("/content/talks/",),
        "toml": ("/content/toml/",),
    }
    few = "2 files, too few for a collection"
    assert drafted.skipped == (("/content/_index.md", few), ("/content/posts/_index.md", few))
    assert len(assign_collections(tmp_path, drafted)) == 7


def test_config_without_content_is_not_hugo(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    write_records(tmp_path, "posts/a.md posts/b.md")
    assert draft_settings(tmp_path).sites == ()


def test_astro(tmp_path: Path) -> None:
    (tmp_path / "astro.config.mjs").write_text("export default {}")
    write_records(tmp_path, "src/content/blog/a.md src/content/blog/b.mdx src/pages/c.md README.md")
    drafted = draft_settings(tmp_path)
    assert (drafted.sites[0].generator, collection_paths(drafted)) == (
        "Astro",
        {"blog": ("/src/content/blog/",)},
    )


def test_eleventy(tmp_path: Path) -> None:
    (tmp_path / ".eleventy.js").write_text("")
    write_records(tmp_path, "posts/a.md posts/b.md _includes/post.html _includes/other.html")
    drafted = draft_settings(tmp_path)
    assert (drafted.sites[0].generator, collection_paths(drafted)) == (
        "Eleventy",
        {"posts": ("/posts/",)},
    )


def test_plain_folders(tmp_path: Path) -> None:
    write_records(tmp_path, "news/a.txt news/b.txt", fence(NEWS_RECORD))
    write_records(tmp_path, "talks/a.md talks/b.md", TALK)
    write_records(tmp_path, "docs/usage.md docs/install.md README.md CHANGELOG.md", "# Usage\n")
    write_records(tmp_path, "mkdocs.yml docker-compose.yml", {"name": "A"})
    drafted = draft_settings(tmp_path)
    assert collection_paths(drafted) == {"news": ("/news/",), "talks": ("/talks/",)}
    assert drafted.skipped == (("/docs/", "2 files without front matter"),)
    assert drafted.schemas == {"talks": "schemas/talks.schema.json"}


def test_a_folder_of_documents(tmp_path: Path) -> None:
    folder = tmp_path / "my seeds"
    write_records(folder, "a.txt b.txt c.md", fence(NEWS_RECORD))
    write_records(folder, "README.md", "# About\n")
    write_records(folder, "notes.txt", "Notes")
    drafted = draft_settings(folder)
    assert collection_paths(drafted) == {"my-seeds": ("/*.md", "/*.txt", "!README.md")}
    assert set(assign_collections(folder, drafted)) == {"a.txt", "b.txt", "c.md", "notes.txt"}


def test_sub_folders_with_similar_records_are_one_collection(tmp_path: Path) -> None:
    write_records(
        tmp_path, "posts/en/a.md posts/en/b.md posts/de/a.md posts/de/b.md posts/2022/c.md"
    )
    assert collection_paths(draft_settings(tmp_path)) == {"posts": ("/posts/",)}


def test_sub_folders_with_different_records_are_several_collections(tmp_path: Path) -> None:
    write_records(tmp_path, "learning/a.md learning/b.md learning/2022/c.md")
    write_records(tmp_path, "learning/talks/a.md learning/talks/b.md", TALK)
    drafted = draft_settings(tmp_path)
    assert collection_paths(drafted) == {
        "learning": ("/learning/", "!/learning/talks/"),
        "learning-talks": ("/learning/talks/",),
    }
    assert assign_collections(tmp_path, drafted)["learning/2022/c.md"] == "learning"
    assert assign_collections(tmp_path, drafted)["learning/talks/a.md"] == "learning-talks"


def test_folder_with_too_many_kinds_is_skipped(tmp_path: Path) -> None:
    for index in range(13):
        write_records(tmp_path, f"x/{index}a/a.md x/{index}a/b.md", {f"field{index}": 1})
    drafted = draft_settings(tmp_path)
    assert drafted.skipped == (("/x/", "26 files that have no field in common"),)


def test_folders_with_few_records_are_skipped(tmp_path: Path) -> None:
    write_records(tmp_path, "one/a.md two/a.md")
    write_records(tmp_path, "two/b.md two/c.md", "Notes")
    assert draft_settings(tmp_path).skipped == (
        ("/one/", "1 file, too few for a collection"),
        ("/two/", "only 1 of 3 files have front matter that can be read"),
    )


ODD = ["a [b]!", "#c", "!d", "e*f?", "ä", "\\g", 'h"i', "j ", "News", "news"]


def test_special_characters_in_names_are_escaped(tmp_path: Path) -> None:
    for name in ODD:
        write_records(tmp_path / name, "1.md 2.md")
    drafted = draft_settings(tmp_path)
    found = assign_collections(tmp_path, drafted)
    assert set(found) == {f"{name}/{index}.md" for name in ODD for index in (1, 2)}
    assert len(set(found.values())) == len(ODD)
    assert len({file.casefold() for file in drafted.schemas.values()}) == len(ODD)


def test_existing_schemas_are_not_replaced(tmp_path: Path) -> None:
    write_records(tmp_path, "talks/a.md talks/b.md talks-2/a.md talks-2/b.md", TALK)
    write_records(tmp_path, "schemas/talks.schema.json", "{}")
    assert draft_settings(tmp_path).schemas == {
        "talks": "schemas/talks-2.schema.json",
        "talks-2": "schemas/talks-2-2.schema.json",
    }


def record(**changes: Any) -> dict[str, Any]:
    """Create a record that fits `news`, with changes; None removes a field."""
    found: dict[str, Any] = {**yaml.safe_load(NEWS_RECORD), **changes}
    return {name: value for name, value in found.items() if value is not None}


def draft_records(*records: Any) -> Any:
    """Draft the settings of a collection of records."""
    samples = [
        FileSample(f"{index}.md", FileState.READ, (each,)) for index, each in enumerate(records)
    ]
    return draft_collection(Cluster("a", ("/a/",), tuple(samples)))


def test_built_in_schema_if_nearly_all_records_fit() -> None:
    draft = draft_records(*[record()] * 9, record(titel="A"))
    assert (draft.schema, draft.fits, draft.records) == (None, 9, 10)
    draft = draft_records(*[record()] * 8, *[record(titel="A")] * 2)
    assert draft.schema["properties"]["titel"] == {"type": "string"}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([TALK], {"title": ("name",)}),
        ([{"headline": "A", "label": "B"}], {"title": ("headline",)}),
        ([{"title": "A", "name": "B"}], {}),
        ([{"name": "A"}] * 19 + [{}], {"title": ("name",)}),
        ([{"name": "A"}] * 18 + [{}, {}], {}),
        ([{"name": {"first": "A"}}], {}),
        ([{"startDateTime": datetime.date(2022, 9, 12)}], {"date": ("startDateTime",)}),
        ([{"published": True, "date": "soon"}], {}),
        ([{"published": "2022-09-12"}], {"date": ("published",)}),
        ([{"permalink": "/a/"}], {}),
        ([{"link": "https://example.org"}], {"url": ("link",)}),
        ([{"originalUrl": "https://a.org", "url": "https://b.org"}], {}),
        ([{"source": {"name": "A", "domain": "a.org"}}],
         {"provider-name": ("source/name",), "provider-domain": ("source/domain",)}),
        ([{"images": ["a.png"]}], {}),
        ([{"images": ["none"]}], {"images": ()}),
        ([{"cover": {"image": "a.png"}}], {"images": ("cover/image",)}),
        ([{"image": "/a.webp?x"}], {"images": ("image",)}),
        ([{"extra": {"thumbnail": "/a.webp"}}], {"images": ("extra/thumbnail",)}),
        ([{"ogImage": "/a.webp"}], {"images": ("ogImage",)}),
        ([{"pubDatetime": "2022-09-12 9:00 UTC", "modDatetime": "2022-09-13"}],
         {"date": ("pubDatetime",), "updated": ("modDatetime",)}),
        ([{"image": "a picture"}], {}),
        ([{"images": []}], {}),
        ([{"related": ["a", "b"]}], {"related": ()}),
        ([{"related": [{"title": "A"}]}], {}),
        ([{"embed": "<iframe src='a'></iframe>"}],
         {"html": ("featuredContent", "banner", "tagline", "embed")}),
        ([{"math": "a < b > c"}], {}),
    ],
)  # fmt: skip
def test_guess_fields(records: list[dict[str, Any]], expected: dict[str, tuple[str, ...]]) -> None:
    assert guess_fields(records) == expected


def test_a_schema_leaves_urls_to_the_rule_that_checks_them() -> None:
    urls = {"sourceUrl": "https://example.org/a", "video": "https://example.org/b"}
    other = {"sourceUrl": "https://example.org/c", "video": "https://example.org/d"}
    draft = draft_records({"title": "A", **urls}, {"title": "B", **other})
    assert draft.fields["url"] == ("sourceUrl",)
    assert draft.schema is not None
    assert draft.schema["properties"]["sourceUrl"] == {"type": "string"}
    assert draft.schema["properties"]["video"] == {"type": "string", "format": "uri"}


IMAGE = {"url": "/assets/a.png", "width": 1, "height": 1}


def test_ignored_rules() -> None:
    with_image = {"name": "A", "images": [IMAGE]}
    assert draft_records(with_image, {"name": "B"}, {"name": "C"}).ignored == (
        ("uncached-image", "no image has the field isCached"),
    )
    assert draft_records(with_image, *[{"name": "B"}] * 3).ignored[0] == (
        "missing-image",
        "1 of 4 records have images",
    )
    cached = {"name": "A", "images": [{**IMAGE, "isCached": False}]}
    assert draft_records(cached).ignored == ()
    assert draft_records({**cached, "startDate": "2022-09-12"}).ignored == (
        ("future-date", "startDate may be in the future"),
    )


@pytest.mark.parametrize(("without", "ignored"), [(1, 1), (5, 2)])
def test_records_may_lack_an_image_if_many_do(without: int, ignored: int) -> None:
    records = [{"title": "A", "cover": "a.png"}] * 7 + [{"title": "B", "cover": ""}] * without
    draft = draft_records(*records)
    assert draft.fields["images"] == ("cover",)
    reasons = [("uncached-image", "no image has the field isCached")]
    if without > 1:
        reasons.insert(0, ("missing-image", "7 of 12 records have images"))
    assert list(draft.ignored) == reasons
    assert len(reasons) == ignored


def test_relative_urls_are_allowed_if_common() -> None:
    entry = {"provider": {"images": [IMAGE]}, "webUrl": "https://example.org/a"}
    draft = draft_records({"name": "A", "related": [entry], "twitter": {"url": "/a"}})
    assert draft.relative == ("provider/images/url", "twitter/url")
    rare = [{"images": [{"url": "https://example.org/a.png"}]}] * 10
    assert draft_records({"images": [IMAGE]}, *rare).relative == ()


def test_text_of_the_settings_file(tmp_path: Path) -> None:
    write_records(
        tmp_path,
        "talks/a.md talks/b.md",
        {**TALK, "provider": {"images": [IMAGE]}, "images": ["a"]},
    )
    drafted = draft_settings(tmp_path)
    assert tomllib.loads(drafted.text) == {
        "collections": [
            {
                "name": "talks",
                "paths": ["/talks/"],
                "schema": "schemas/talks.schema.json",
                "ignore": ["missing-image"],
                "fields": {"title": "name", "images": []},
                "rules": {"invalid-url": {"relative": ["provider/images/url"]}},
            }
        ]
    }


def test_secrets_are_not_in_the_draft(tmp_path: Path) -> None:
    write_records(tmp_path, "talks/a.md talks/b.md", {**TALK, "secured": "hush"})
    drafted = draft_settings(tmp_path)
    schemas = [draft.schema for draft in drafted.collections]
    assert "hush" not in drafted.text + json.dumps(schemas)


NAMES = st.text(st.characters(exclude_characters="/"), min_size=1, max_size=3)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=12))
def test_no_file_is_in_two_collections(files: list[list[str]]) -> None:
    samples = [FileSample("/".join(parts), FileState.READ, (POST,)) for parts in files]
    clusters, _ = cluster_files(samples, (), "top")
    assert len({cluster.name.casefold() for cluster in clusters}) == len(clusters)
    taken = [id(each) for cluster in clusters for each in cluster.samples]
    assert len(taken) == len(set(taken))


DATES: list[Any] = [
    datetime.date(2022, 9, 12),
    datetime.datetime(2022, 9, 12, 10, tzinfo=datetime.UTC),
]


def test_dates_and_times_in_one_field(tmp_path: Path) -> None:
    for index in range(40):
        write_records(tmp_path, f"posts/{index}.md", {"title": "A", "date": DATES[index % 2]})
    [draft] = draft_settings(tmp_path).collections
    assert draft.schema is not None
    assert draft.schema["properties"]["date"] == {
        "type": "string",
        "anyOf": [{"format": "date"}, {"format": "date-time"}],
    }


@pytest.mark.parametrize("other", ["10 May 2020", "soon"])
def test_dates_among_other_texts(other: str, tmp_path: Path) -> None:
    for index in range(40):
        value = DATES[0] if index % 2 else other
        write_records(tmp_path, f"posts/{index}.md", {"title": "A", "date": value})
    [draft] = draft_settings(tmp_path).collections
    assert draft.schema is not None
    assert draft.schema["properties"]["date"] == {}


def test_rare_fields_and_values_are_suspected() -> None:
    good = {"title": "A", "translator": "B", "date": datetime.date(2022, 9, 12), "draft": False}
    rare = {"title": "A", "translate": "B", "date": "yesterday", "draft": "no"}
    draft = draft_records(*[good] * 190, rare, {"translator": "B", "x " * 30: "text"})
    assert draft.suspects.fields == {"translate": "translator", "x " * 30: ""}
    assert draft.suspects.values == {"date", "draft"}
    assert draft.suspects.required == ("title", "date")
    assert set(draft.schema["properties"]) == {"title", "translator", "date", "draft"}
    assert draft.schema["properties"]["draft"] == {"type": "boolean"}
    assert "title" in draft.schema["required"]


def test_an_odd_date_in_a_few_posts_is_suspected(tmp_path: Path) -> None:
    write_records(tmp_path, " ".join(f"posts/{index}.md" for index in range(12)))
    write_records(tmp_path, "posts/odd.md", POST | {"date": "yesterday"})
    (draft,) = draft_settings(tmp_path).collections
    assert draft.fields["date"] == ("date",)
    assert draft.suspects.values == {"date"}
    assert draft.schema is not None
    assert draft.schema["properties"]["date"] == {"type": "string", "format": "date"}


def test_a_rare_name_among_few_records_is_a_hint() -> None:
    posts = [{"title": "A", "description": "B"}] * 12
    draft = draft_records(*posts, {"title": "A", "descripton": "B"})
    assert draft.suspects.fields == {}
    assert draft.suspects.hints == ("descripton (1) looks like description (12)",)
    assert "descripton" in draft.schema["properties"]


def test_fields_that_stand_side_by_side_are_no_mistakes() -> None:
    records = [{"title": "A", "image": "a.png"}] * 60
    draft = draft_records(*records, {"title": "A", "image": "a.png", "images": ["b.png"]})
    assert draft.suspects.fields == {}


def test_paths_match_no_other_files(tmp_path: Path) -> None:
    write_records(tmp_path, "content/a.md content/b.md content/templates/c.md")
    write_records(tmp_path, "content/d.yml content/e.yml", {"name": "A"})
    write_records(tmp_path, "robots.txt", "User-agent: *\n")
    drafted = draft_settings(tmp_path)
    assert collection_paths(drafted) == {"content": ("/content/", "!*.yml", "!templates/")}
    assert set(assign_collections(tmp_path, drafted)) == {"content/a.md", "content/b.md"}


def test_several_sites_in_one_tree(tmp_path: Path) -> None:
    write_records(tmp_path / "a", "_config.yml", {"title": "A"})
    write_records(tmp_path / "a", "_posts/a.md _posts/b.md")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "hugo.toml").write_text("")
    write_records(tmp_path / "b", "content/posts/a.md content/posts/b.md")
    write_records(tmp_path, "talks/a.md talks/b.md", TALK)
    rest, *drafts = draft_projects(tmp_path)
    assert [(draft.folder, draft.sites[0].evidence) for draft in drafts] == [
        ("a", "_config.yml"),
        ("b", "hugo.toml"),
    ]
    assert [collection_paths(draft) for draft in (rest, *drafts)] == [
        {"talks": ("/talks/",)},
        {"posts": ("/_posts/",)},
        {"posts": ("/content/posts/",)},
    ]


def test_folders_with_collections_are_projects(tmp_path: Path) -> None:
    for site in "ab":
        write_records(tmp_path / site, "_talks/a.md _talks/b.md", TALK)
        write_records(tmp_path / site, "_people/a.md _people/b.md", {"name": "A"})
    assert [draft.folder for draft in draft_projects(tmp_path)] == ["a", "b"]
    (tmp_path / "b" / "newslint.toml").write_text("")
    assert [draft.folder for draft in draft_projects(tmp_path)] == ["a"]
    assert [draft.folder for draft in draft_projects(tmp_path / "a")] == [""]


def test_folders_of_languages_are_one_project(tmp_path: Path) -> None:
    for language in ("de", "en"):
        write_records(tmp_path / language, "_posts/a.md _posts/b.md")
    assert [draft.folder for draft in draft_projects(tmp_path)] == [""]


def test_a_single_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('title = "x"')
    write_records(tmp_path, "content/posts/a.md content/posts/b.md content/about.md")
    drafted = draft_settings(tmp_path)
    assert collection_paths(drafted) == {"posts": ("/content/posts/",)}
    assert drafted.skipped == (("/content/about.md", "1 file, too few for a collection"),)


def test_a_baseline_is_added_above_the_comment_on_collections(tmp_path: Path) -> None:
    write_records(tmp_path, "talks/a.md talks/b.md", TALK)
    text = add_setting(draft_settings(tmp_path).text, (), 'baseline = "a"')
    assert text is not None
    before, after = text.split('\n\nbaseline = "a"\n\n')
    assert before.splitlines()[-1].startswith("# `newslint baseline create` writes it")
    assert after.startswith("# Each collection is")
    assert "are not checked.\n[[collections]]\n" in after


def test_few_sections_are_named(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('title = "x"')
    write_records(tmp_path, "content/posts/a.md content/posts/b.md content/posts/_index.md")
    assert draft_settings(tmp_path).skipped == (
        ("/content/posts/_index.md", "1 file, too few for a collection"),
    )


def test_metadata_lines_are_named(tmp_path: Path) -> None:
    (tmp_path / "pelicanconf.py").write_text("")
    lines = "Title: A\nDate: 2024-01-01\n\nText\n"
    write_records(tmp_path, "content/a/x.md content/a/y.md content/z.md", lines)
    (pattern, reason), top = draft_settings(tmp_path).skipped
    assert pattern == "/content/a/"
    assert top == ("/content/", reason.replace("2 files", "1 file"))
    assert "with metadata lines outside of '---', which newslint does not read" in reason


@pytest.mark.parametrize(
    ("role", "name", "value"),
    [
        *(("url", name, "https://example.org/a") for name in ("canonicalURL", "source_url")),
        ("date", "created_at", "2024-02-03"),
        ("updated", "last-modified", "2024-02-03"),
        ("excerpt", "tease", "A short text"),
        ("images", "head_image", "/a.webp"),
        ("images", "coverImage", "cover.png"),
    ],
)
def test_names_of_fields_count_without_case_and_separators(
    tmp_path: Path, role: str, name: str, value: str
) -> None:
    write_records(tmp_path, "posts/a.md posts/b.md", {"title": "A", name: value})
    (draft,) = draft_settings(tmp_path).collections
    assert draft.fields[role] == (name,)


def test_an_address_that_many_records_share_is_no_url(tmp_path: Path) -> None:
    record = {"title": "A", "website": "https://example.org/"}
    write_records(tmp_path, "posts/a.md posts/b.md posts/c.md", record)
    (draft,) = draft_settings(tmp_path).collections
    assert "url" not in draft.fields


def test_a_field_that_some_records_have_plays_an_optional_role(tmp_path: Path) -> None:
    write_records(tmp_path, "posts/a.md posts/b.md posts/c.md", {"title": "A"})
    write_records(tmp_path, "posts/d.md", {"title": "A", "teaser": "A text", "intro": "B"})
    write_records(tmp_path, "posts/e.md", {"title": "A", "intro": "Another text"})
    (draft,) = draft_settings(tmp_path).collections
    assert draft.fields["excerpt"] == ("intro",)


def test_names_with_another_date_than_publication(tmp_path: Path) -> None:
    record = {"title": "A", "date": "2024-02-03T23:00:00Z"}
    write_records(tmp_path, "2024-02-03-a.md 2024-02-04-b.md 2024-02-05-c.md", record)
    write_records(tmp_path, "2024-03-01-d.md 2024-03-02-e.md", record)
    (draft,) = draft_settings(tmp_path).collections
    reasons = dict(draft.ignored)
    assert reasons["filename-date-mismatch"] == "3 of 5 files are named after another date"


def test_folders_deeper_than_any_site_are_one_folder() -> None:
    root = Folder()
    deep = root.folder(["x"] * 5_000)
    assert root.folder(["x"] * 4_000) is deep
    assert root.find("/".join(["x"] * 50)) is deep
    assert list(root.all_files()) == []
