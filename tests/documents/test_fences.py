"""Lines that are nearly a fence, and merge conflicts: what is wrong, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents import read_document
from newslint.syntax import Problem, Reader

YAML = "title: x\nurl: y\n"
NOT_FIRST = "the '---' that opens the front matter must be the file's first line, unindented"
ALONE = "front matter; write '---' alone on its line"
CONFLICT = (
    "unresolved merge conflict: keep what is right of both sides, and delete the lines '<<<<<<<', "
    "'=======' and '>>>>>>>'"
)


def problem_of(text: str, name: str = "a.md") -> Problem:
    (problem,) = read_document(name, text.encode(), Reader()).problems
    return problem


def above(name: str, line: int) -> str:
    return (
        f"{name} is above the '---' that opens the front matter in line {line}, which must be the "
        "file's first line; move it below the front matter, or delete it"
    )


def invisible(code: str, verb: str) -> str:
    return f"the '---' that {verb} the front matter has an invisible {code} beside it; delete that"


@pytest.mark.parametrize(
    ("opening", "line", "message"),
    [
        ("--- # meta", 1, f"a comment follows the '---' that opens the {ALONE}"),
        ("---# meta", 1, f"a comment follows the '---' that opens the {ALONE}"),
        ("\ufeff--- # meta", 1, f"a comment follows the '---' that opens the {ALONE}"),
        ("\n\n--- # meta", 3, f"a comment follows the '---' that opens the {ALONE}"),
        ("---yaml", 1, "'yaml' follows the '---' that opens the front matter; delete it"),
        ("--- YML", 1, "'YML' follows the '---' that opens the front matter; delete it"),
        ("--- title: x", 1, f"text follows the '---' that opens the {ALONE}"),
        ("----", 1, "the front matter is opened by 4 hyphens; write three, '---'"),
        ("--", 1, "the front matter is opened by 2 hyphens; write three, '---'"),
        ("—-", 1, "the front matter is opened by a dash (U+2014); write three hyphens, '---'"),
        ("-–", 1, "the front matter is opened by a dash (U+2013); write three hyphens, '---'"),
        ("—", 1, "the front matter is opened by a dash (U+2014); write three hyphens, '---'"),
        ("===", 1, "the front matter is opened by '==='; write '---'"),
        ("***", 1, "the front matter is opened by '***'; write '---'"),
        ("- - -", 1, "the front matter is opened by '- - -'; write '---'"),
        ("\\---", 1, "the front matter is opened by '\\---'; write '---'"),
        (" ---", 1, NOT_FIRST),
        ("\n---", 1, NOT_FIRST),
        (" \n\t\n---", 1, NOT_FIRST),
        ("\u200b---", 1, invisible("U+200B", "opens")),
        ("---\u200b", 1, invisible("U+200B", "opens")),
        ("--- \xa0", 1, invisible("U+00A0", "opens")),
        ("\ufeff\ufeff---", 1, invisible("U+FEFF", "opens")),
        ("\u200b\n---", 2, invisible("U+200B", "opens")),
        ("# c\n---", 1, above("a comment", 2)),
        ("\n# c\n---", 2, above("a comment", 3)),
        ("<!-- c -->\n---", 1, above("an HTML comment", 2)),
        ("<!--\nc\n-->\n---", 1, above("an HTML comment", 4)),
        ("%YAML 1.2\n---", 1, above("a YAML directive", 2)),
        ("```yaml\n---", 1, above("a code fence", 2)),
        ("{% raw %}\n---", 1, above("a template tag", 2)),
        ("Draft\n---", 1, above("text", 2)),
        ("title: x", 1, "the '---' that opens the front matter is missing; add it above this line"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nearly_opened(opening: str, line: int, message: str, end: str) -> None:
    text = f"{opening}\n{YAML}---\nBody\n".replace("\n", end)
    problem = problem_of(text)
    assert (problem.rule, problem.message) == ("missing-front-matter", message)
    assert problem.span.start == (line, 1)


@pytest.mark.parametrize("tag", ["{% include x %}", "{{ x }}", "{# x #}", "<% x %>", "<?php"])
def test_a_template_is_no_json(tag: str) -> None:
    assert problem_of(f"{tag}\nText\n").message == (
        f"the file starts with a template tag ('{tag[:2]}'), not with a '---' line; move it below "
        "the front matter"
    )


@pytest.mark.parametrize(
    "text",
    [
        "# Heading\n\nText\n\n---\n\nMore: text\n",
        "# Heading\n---\nNote: text\n",
        "***\n\nText\n",
        "===\nText\n",
        "Note: text\n\n---\n\nText\n",
        "{:.class}\nText\n",
        "Text\n",
    ],
)
def test_other_text_is_not_taken_for_front_matter(text: str) -> None:
    message = "no front matter: the file does not start with a '---' line"
    assert problem_of(text).message == message


@pytest.mark.parametrize(
    ("closing", "message"),
    [
        ("--- # end", f"a comment follows the '---' that closes the {ALONE}"),
        ("---# end", f"a comment follows the '---' that closes the {ALONE}"),
        ("--- end", f"text follows the '---' that closes the {ALONE}"),
        ("... # end", "text follows the '...' that closes the front matter; delete it"),
        ("---yaml", "'yaml' follows the '---' that closes the front matter; delete it"),
        ("----", "the front matter is closed by 4 hyphens; write three, '---'"),
        ("--", "the front matter is closed by 2 hyphens; write three, '---'"),
        ("—-", "the front matter is closed by a dash (U+2014); write three hyphens, '---'"),
        ("===", "the front matter is closed by '==='; write '---'"),
        ("+++", "the front matter is closed by '+++'; write '---'"),
        (
            " ---",
            "the '---' that closes the front matter is indented; delete the blanks before it",
        ),
        ("---\u200b", invisible("U+200B", "closes")),
        ("\xa0---", invisible("U+00A0", "closes")),
    ],
)
@pytest.mark.parametrize("body", ["Body\n", "Body\n---\nMore\n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_nearly_closed(closing: str, message: str, body: str, end: str) -> None:
    problem = problem_of(f"---\n{YAML}{closing}\n{body}".replace("\n", end))
    assert (problem.rule, problem.message) == ("unclosed-front-matter", message)
    assert problem.span == ((4, 1), (4, len(closing) + 1))
    assert problem.related == ((((1, 1), (1, 4)), "the front matter is opened here"),)


@pytest.mark.parametrize(
    "yaml",
    [
        "a: |\n  Text\n  ----\n  --- x\nb: c\n",
        'a: "x\n  ---- y"\n',
        "- - -\n",
        "a: x\n  ---\n  y\n",
    ],
)
def test_values_may_hold_lines_like_these(yaml: str) -> None:
    assert read_document("a.md", f"---\n{yaml}---\n".encode(), Reader()).problems == ()


def test_a_yaml_file_may_hold_several_documents() -> None:
    document = read_document("a.yaml", b"a: 1\n--- # two\na: 2\n", Reader())
    assert (len(document.roots), document.problems) == (2, ())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"---\n{YAML}<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n---\n", (4, 6, 8)),
        (f"---\n<<<<<<< HEAD\n{YAML}---\nx\n=======\n{YAML}---\ny\n>>>>>>> b\n", (2, 7, 12)),
        ("<<<<<<< HEAD\n---\na: 1\n=======\n---\na: 2\n>>>>>>> b\n---\n", (1, 4, 7)),
        (f"---\n{YAML}<<<<<<< HEAD\n=======\na: 2\n---\n>>>>>>> b\nText\n", (4, 5, 8)),
        (f"---\n{YAML}<<<<<<< A\na: 1\n||||||| B\n=======\n>>>>>>> C\n---\n", (4, 7, 8)),
        (f'---\n{YAML}a: "b\n<<<<<<< HEAD\nc\n=======\nd\n>>>>>>> b\n"\n---\n', (5, 7, 9)),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_merge_conflict_is_one_problem(text: str, lines: tuple[int, ...], end: str) -> None:
    problem = problem_of(text.replace("\n", end))
    assert (problem.rule, problem.message) == ("yaml-syntax", CONFLICT)
    found = (problem.span, *(span for span, _ in problem.related))
    assert tuple(span.start.line for span in found) == lines


def test_a_merge_conflict_in_a_yaml_file() -> None:
    text = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n"
    assert problem_of(text, "a.yaml").message == CONFLICT


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> b", "|||||||"])
def test_a_line_left_over_from_a_merge_conflict(mark: str) -> None:
    problem = problem_of(f"---\n{YAML}{mark}\na: b\n---\n")
    assert problem.rule == "yaml-syntax"
    assert problem.message == "this line is left over from a merge conflict; delete it"
    assert problem.span == ((4, 1), (4, len(mark) + 1))


def test_a_merge_conflict_in_the_body_is_text() -> None:
    text = f"---\n{YAML}---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"
    assert read_document("a.md", text.encode(), Reader()).problems == ()


@given(st.text(st.sampled_from("-.\n\r \t#=+<>:a\ufeff\u200b—"), max_size=40))
def test_any_text_is_read_or_explained(text: str) -> None:
    for start in ("", "---\n"):
        document = read_document("a.md", (start + text).encode(), Reader())
        assert document.roots or document.problems
        for problem in document.problems:
            assert problem.message
            assert problem.span.start <= problem.span.end


TOML = 'title = "a"\n'


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        ("+++ # meta", "a comment follows the '+++' that opens the front matter; "),
        ("+++toml", "'toml' follows the '+++' that opens the front matter; delete it"),
        ("++++", "the front matter is opened by '++++'; write '+++'"),
        ("\n+++", "the '+++' that opens the front matter must be the file's first line, "),
        (" +++", "the '+++' that opens the front matter must be the file's first line, "),
        ("\u200b+++", "the '+++' that opens the front matter has an invisible U+200B beside it; "),
        ("+++ Breaking news +++", "no front matter: the file does not start with a '---' line"),
    ],
)
def test_toml_is_nearly_opened(opening: str, message: str) -> None:
    assert problem_of(f"{opening}\n{TOML}+++\nBody\n").message.startswith(message)


@pytest.mark.parametrize(
    ("closing", "message"),
    [
        ("+++ # end", "a comment follows the '+++' that closes the front matter; "),
        ("+++ toml", "'toml' follows the '+++' that closes the front matter; delete it"),
        ("++++", "the front matter is closed by '++++'; write '+++'"),
        ("---", "the front matter is closed by '---'; write '+++'"),
        ("+++\xa0", "the '+++' that closes the front matter has an invisible U+00A0 beside it; "),
    ],
)
def test_toml_is_nearly_closed(closing: str, message: str) -> None:
    problem = problem_of(f"+++\n{TOML}{closing}\nBody\n")
    assert problem.rule == "unclosed-front-matter"
    assert problem.message.startswith(message)
    assert problem.span.start == (3, 1)
