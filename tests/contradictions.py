"""Hypothesis strategies of small archives whose records contradict each other."""

from hypothesis import strategies as st

URLS = [f"https://a.example/{name}" for name in "abcd"]
LEADS = ["One lead for all of the stories of the day.", "Another lead, which is about Rome.", "na"]
ENTRY = st.builds(
    "  - title: {}\n    webUrl: {}\n    excerpt: {}\n    quality: {}\n    publishedDateTime: {}\n"
    "    provider: {{name: {}, domain: a.example}}\n    images: [{{url: {}}}]\n".format,
    st.sampled_from(["One story", "Another story", "Caf\ufffd", "A &amp; B", "Alphabetâ€™s"]),
    st.sampled_from(URLS),
    st.sampled_from(LEADS),
    st.sampled_from([1, 2, -1]),
    st.sampled_from(["2022-09-11", "2022-09-12T00:00:00Z", "soon"]),
    st.sampled_from(["One", "Two", "a.example"]),
    st.sampled_from(["https://a.example/1.png", "https://a.example/2.png"]),
)
COMMENT = st.sampled_from(
    ["", "# newslint: ignore[related-unpublished]\n", "# newslint: ignore[quality-mismatch]\n"]
)
RECORD = st.builds(
    "---\n{}title: {}\nwebUrl: {}\noriginalUrl: {}\npublished: {}\nexcerpt: {}\n"
    "related:\n{}---\n".format,
    COMMENT,
    st.sampled_from(["One story", "Another story", "Café"]),
    st.sampled_from(URLS),
    st.sampled_from(URLS),
    st.sampled_from(["true", "false"]),
    st.sampled_from(LEADS),
    st.lists(ENTRY | COMMENT.map("  {}".format), max_size=4).map("".join),
)
BROKEN = st.sampled_from(
    ["---\ntitle: [\n---\n", "no front matter", "---\n- list\n---\n", "---\na: 1"]
)
