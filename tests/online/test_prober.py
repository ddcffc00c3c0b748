"""The prober asks each address once, politely, and makes a verdict of every answer."""

import asyncio
import gzip
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from loopback import (
    GOOD,
    ROBOTS,
    SELF_SIGNED,
    START,
    Answer,
    Asked,
    FakeClock,
    FakeResolver,
    answer,
    probe,
    question,
    redirect,
    serve,
)
from newslint.online.client import MAX_BODY, USER_AGENT, Endpoint
from newslint.online.prober import ProbeLimits
from newslint.records.verdicts import State, Verdict, Verdicts

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"
MISSING = answer(404)


def without_robots(asked: Asked) -> Answer:
    return MISSING if asked.path == ROBOTS else answer()


def ask_one(respond, url: str = "http://a.test/x", **options) -> tuple[Verdict, list[Asked]]:
    """Ask one address of a server without rules; return the verdict and the requests."""
    is_image = options.pop("is_image", False)

    def answer_all(asked: Asked) -> Answer:
        return MISSING if asked.path == ROBOTS else respond(asked)

    with serve(answer_all) as server:
        resolver = options.pop("resolver", FakeResolver)(server)
        (found,) = probe(resolver, [question(url, is_image=is_image)], **options).values()
        return found, server.asked()


@pytest.mark.parametrize(
    ("status", "state", "methods"),
    [
        (200, State.ALIVE, ["HEAD"]),
        (204, State.ALIVE, ["HEAD"]),
        (404, State.GONE, ["HEAD", "GET"]),
        (410, State.GONE, ["HEAD", "GET"]),
        (401, State.REFUSED, ["HEAD", "GET"]),
        (403, State.REFUSED, ["HEAD", "GET"]),
        (405, State.REFUSED, ["HEAD", "GET"]),
        (429, State.REFUSED, ["HEAD", "HEAD"]),
        (451, State.REFUSED, ["HEAD", "GET"]),
        (400, State.UNKNOWN, ["HEAD", "GET"]),
        (500, State.UNKNOWN, ["HEAD", "GET"]),
        (503, State.UNKNOWN, ["HEAD"]),
        (302, State.UNKNOWN, ["HEAD"]),
    ],
)
def test_a_status_is_a_verdict(status: int, state: State, methods: list[str]) -> None:
    found, asked = ask_one(lambda _: answer(status))
    assert (found.state, found.status) == (state, status)
    assert [each.method for each in asked] == methods


def test_a_server_that_refuses_head_is_asked_with_get() -> None:
    found, asked = ask_one(lambda each: answer(404 if each.method == "HEAD" else 200))
    assert found.state is State.ALIVE
    assert asked[1].headers["range"] == f"bytes=0-{MAX_BODY - 1}"


def test_the_requests_are_honest() -> None:
    _, (asked,) = ask_one(lambda _: answer(200, set_cookie="a=b"))
    assert asked.headers["user-agent"] == USER_AGENT
    assert "newslint" in USER_AGENT
    assert not {"cookie", "authorization", "referer"} & asked.headers.keys()


def test_no_cookie_is_sent_back() -> None:
    with serve(lambda _: answer(200, set_cookie="a=b")) as server:
        probe(FakeResolver(server), [question(f"http://a.test/{each}") for each in "xyz"])
        assert len(server.log) == 4
        assert not any("cookie" in each.headers for each in server.log)


@pytest.mark.parametrize(
    "page",
    [
        answer(403, b"<title>Just a moment...</title>"),
        answer(200, b"<script>window._cf_chl_opt={}</script>"),
        answer(404, cf_mitigated="challenge"),
        answer(202, x_amzn_waf_action="challenge"),
    ],
)
def test_a_challenge_page_is_a_refusal(page: bytes) -> None:
    head = page.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    found, _ = ask_one(lambda each: page if each.method == "GET" else head, is_image=True)
    assert (found.state, found.reason) == (State.REFUSED, "challenge page")


def test_no_host_is_gone_with_a_single_look_up() -> None:
    with serve(without_robots) as server:
        resolver = FakeResolver(server)
        found = probe(resolver, [question(f"http://none.example/{each}") for each in "abc"])
        assert {each.state for each in found.values()} == {State.GONE}
        assert {each.reason for each in found.values()} == {"no such host"}
        assert resolver.queries == ["none.example"]
        assert server.log == []


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_is_a_move(status: int) -> None:
    def respond(asked: Asked) -> Answer:
        return answer() if asked.host == "new.test" else redirect("http://new.test/y?b=1", status)

    found, asked = ask_one(respond)
    assert (found.state, found.final) == (State.MOVED, "http://new.test/y?b=1")
    assert [each.host for each in asked] == ["a.test", "new.test"]


@pytest.mark.parametrize(
    ("places", "state", "final"),
    [
        (["302 /y"], State.ALIVE, "http://a.test/y"),
        (["302 /y", "301 /z"], State.ALIVE, "http://a.test/z"),
        (["301 /y", "302 /z"], State.MOVED, "http://a.test/y"),
        (["301 /x/"], State.ALIVE, ""),
        (["301 //a.test:80/x/?utm_source=rss"], State.ALIVE, ""),
        (["301 /1", "301 /2", "301 /3", "301 /4", "301 /5"], State.MOVED, "http://a.test/5"),
    ],
)
def test_redirects_are_followed(places: list[str], state: State, final: str) -> None:
    left = iter(places)

    def respond(_: Asked) -> Answer:
        place = next(left, None)
        return answer() if place is None else redirect(place[4:], int(place[:3]))

    found, _ = ask_one(respond)
    assert (found.state, found.final) == (state, final)


def test_redirects_end_after_five() -> None:
    found, asked = ask_one(lambda each: redirect(f"{each.path}x"))
    assert (found.state, found.reason) == (State.UNKNOWN, "too many redirects")
    assert len(asked) == 6


def test_a_page_that_moved_to_one_that_is_gone_is_gone() -> None:
    found, _ = ask_one(lambda each: MISSING if each.path == "/y" else redirect("/y"))
    assert found.state is State.GONE


def test_an_image_is_measured_with_one_request() -> None:
    found, asked = ask_one(
        lambda _: answer(206, PNG, content_type="image/png", content_range="bytes 0-99/12345"),
        is_image=True,
    )
    assert (found.width, found.height, found.type, found.size) == (640, 480, "image/png", 12345)
    assert [each.method for each in asked] == ["GET"]


def test_validators_are_sent_and_what_they_confirm_is_kept() -> None:
    url = "http://a.test/x"
    before = Verdict(
        address=question(url).address,
        state=State.ALIVE,
        time=START - timedelta(days=40),
        status=200,
        etag='"1"',
        modified="Tue, 01 Sep 2026 00:00:00 GMT",
        width=640,
        height=480,
    )
    known = Verdicts().merge([before])
    found, asked = ask_one(lambda _: answer(304), known=known, is_image=True)
    assert asked[0].headers["if-none-match"] == '"1"'
    assert asked[0].headers["if-modified-since"] == before.modified
    assert (found.state, found.status, found.width, found.etag) == (State.ALIVE, 200, 640, '"1"')
    assert found.time > before.time


def test_100_addresses_make_100_requests_and_one_robots_txt_a_host() -> None:
    clock = FakeClock()
    urls = [f"http://host{each % 10}.test/{each}" for each in range(100)]
    with serve(without_robots, clock.seconds) as server:
        found = probe(FakeResolver(server), map(question, urls), clock=clock)
        counted = Counter(each.path == ROBOTS for each in server.log)
    assert counted == {False: 100, True: 10}
    assert len(found) == 100
    starts = defaultdict(list)
    for each in server.log:
        starts[each.host].append(each.seconds)
    for times in starts.values():
        assert all(late - early >= 1 for early, late in pairwise(times))


@pytest.mark.parametrize("text", ["120", "Sun, 01 Nov 2026 12:02:01 GMT"])
def test_retry_after_is_obeyed(text: str) -> None:
    clock = FakeClock()
    first = []

    def respond(asked: Asked) -> Answer:
        if asked.path == ROBOTS:
            return MISSING
        first.append(asked)
        return answer(429, retry_after=text) if len(first) == 1 else answer()

    with serve(respond, clock.seconds) as server:
        urls = [f"http://a.test/{each}" for each in range(3)]
        found = probe(FakeResolver(server), map(question, urls), clock=clock)
        times = [each.seconds for each in server.asked()]
    assert {each.state for each in found.values()} == {State.ALIVE}
    assert len(times) == 4
    assert times[1] - times[0] >= 120


def test_a_host_that_is_busy_for_long_is_left_for_a_later_run() -> None:
    clock = FakeClock()

    def respond(asked: Asked) -> Answer:
        return without_robots(asked) if asked.host != "a.test" else answer(429, retry_after="9999")

    with serve(respond, clock.seconds) as server:
        urls = ["http://a.test/1", "http://a.test/2", "http://b.test/1"]
        found = probe(FakeResolver(server), map(question, urls), clock=clock)
        assert len([each for each in server.log if each.host == "a.test"]) == 1
    assert [each.state for each in found.values()] == [State.ALIVE]


def test_robots_txt_is_obeyed() -> None:
    clock = FakeClock()
    rules = b"User-agent: newslint\nDisallow: /private/\nCrawl-delay: 7\n"

    def respond(asked: Asked) -> Answer:
        return answer(200, rules) if asked.path == ROBOTS else answer()

    with serve(respond, clock.seconds) as server:
        urls = ["http://a.test/1", "http://a.test/private/1", "http://a.test/2"]
        found = probe(FakeResolver(server), map(question, urls), clock=clock)
    assert [each.path for each in server.log] == [ROBOTS, "/1", "/2"]
    times = [each.seconds for each in server.log]
    assert times[1] - times[0] >= 7
    assert times[2] - times[1] >= 7
    forbidden = found["https://a.test/private/1"]
    assert (forbidden.state, forbidden.reason) == (State.REFUSED, "robots.txt")


def test_a_redirect_asks_the_rules_of_the_other_site() -> None:
    def respond(asked: Asked) -> Answer:
        if asked.host == "b.test":
            return answer(200, b"User-agent: *\nDisallow: /") if asked.path == ROBOTS else answer()
        return MISSING if asked.path == ROBOTS else redirect("http://b.test/y")

    with serve(respond) as server:
        (found,) = probe(FakeResolver(server), [question("http://a.test/x")]).values()
        assert (found.state, found.reason) == (State.REFUSED, "robots.txt")
        assert [each.url for each in server.log if each.host == "b.test"] == ["b.test/robots.txt"]


@pytest.mark.parametrize("status", [500, 503])
def test_without_rules_from_a_failing_server_nothing_is_asked(status: int) -> None:
    with serve(lambda _: answer(status)) as server:
        found = probe(FakeResolver(server), [question(f"http://a.test/{each}") for each in "xy"])
        assert [each.path for each in server.log] == [ROBOTS]
    assert {each.state for each in found.values()} == {State.UNKNOWN}


def test_rules_may_be_redirected() -> None:
    def respond(asked: Asked) -> Answer:
        if asked.url == "a.test/robots.txt":
            return redirect("http://b.test/robots.txt")
        return answer(200, b"User-agent: *\nDisallow: /x") if asked.path == ROBOTS else answer()

    with serve(respond) as server:
        found = probe(FakeResolver(server), [question(f"http://a.test/{each}") for each in "xy"])
        assert len(server.log) == 3
    assert [found[f"https://a.test/{each}"].state for each in "xy"] == [
        State.REFUSED,
        State.ALIVE,
    ]


def test_the_oldest_verdicts_come_first_within_a_budget() -> None:
    clock = FakeClock()
    urls = [f"http://a.test/{each}" for each in range(20)]
    verdicts = [
        Verdict(
            address=question(url).address,
            state=State.ALIVE,
            time=START - timedelta(days=100 - at * 7 % 20),
        )
        for at, url in enumerate(urls)
    ]
    known = Verdicts().merge(verdicts[1:])
    with serve(without_robots, clock.seconds) as server:
        found = probe(
            FakeResolver(server),
            map(question, urls),
            clock=clock,
            known=known,
            limits=ProbeLimits(budget=5.5),
        )
    order = [each.path for each in server.asked()]
    oldest = sorted(verdicts[1:], key=lambda each: each.time)
    assert order == ["/0", *(each.address.removeprefix("https://a.test") for each in oldest[:4])]
    assert len(found) == 5


def drip(asked: Asked) -> Iterator[bytes]:
    """Answer with a byte at a time, without an end."""
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"x: y\r\n"


def stall(asked: Asked) -> Iterator[bytes]:
    """Answer with the start of a header, and never end it."""
    yield b"HTTP/1.1 200 OK\r\ncontent-"
    import time

    for _ in range(200):
        time.sleep(0.05)
        yield b""


def endless(asked: Asked) -> Iterator[bytes]:
    """Answer with a body without an end."""
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"x" * 65536


def bomb(asked: Asked) -> Iterator[bytes]:
    """Answer with few bytes that decompress to many."""
    body = gzip.compress(b"\0" * 10_000_000)
    yield b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n"
    yield f"content-length: {len(body)}\r\n\r\n".encode() + body


GARBAGE = [
    b"garbage\r\n\r\n",
    b"HTTP/9.9 abc\r\n\r\n",
    b"\x16\x03\x01\x00\x05hello",
    b"",
    b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * 100_000 + b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
    b"HTTP/1.1 99999 OK\r\n\r\n",
]


@pytest.mark.parametrize("respond", [drip, stall])
def test_a_server_that_never_ends_its_headers_is_unknown(respond) -> None:
    found, _ = ask_one(respond, timeout=0.5)
    assert found.state is State.UNKNOWN


@pytest.mark.parametrize("respond", [endless, bomb])
def test_bodies_are_cut(respond) -> None:
    found, _ = ask_one(respond, is_image=True)
    assert (found.state, found.width) == (State.ALIVE, None)


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_is_a_verdict(text: bytes) -> None:
    found, _ = ask_one(lambda _: text)
    assert found.state is State.UNKNOWN
    assert found.reason


def test_no_tls_is_a_verdict() -> None:
    with serve(without_robots) as server:
        found = probe(FakeResolver(server), [question("https://a.test/x")])
    assert [(each.state, each.reason) for each in found.values()] == [
        (State.UNKNOWN, "no valid TLS")
    ]


def test_a_certificate_that_nobody_signed_is_a_verdict(tmp_path: Path) -> None:
    certificate = tmp_path / "self-signed.pem"
    certificate.write_text(SELF_SIGNED)
    with serve(without_robots, certificate=certificate) as server:
        found = probe(FakeResolver(server), [question("https://a.test/x")])
        assert server.log == []
    assert [(each.state, each.reason) for each in found.values()] == [
        (State.UNKNOWN, "no valid TLS")
    ]


def test_a_closed_port_is_a_verdict() -> None:
    with serve(without_robots) as server:
        endpoint = server.endpoint
    found = probe(FakeResolver(Endpoint(GOOD, endpoint.port)), [question("http://a.test/x")])
    assert [(each.state, each.reason) for each in found.values()] == [
        (State.UNKNOWN, "no connection")
    ]


def test_an_interrupted_run_leaves_nothing_running() -> None:
    class Interrupting(FakeClock):
        async def wait(self, tasks, seconds) -> None:
            if self.time >= 3:
                raise asyncio.CancelledError
            await super().wait(tasks, seconds)

    urls = [f"http://a.test/{each}" for each in range(20)]
    with serve(without_robots) as server:
        resolver = FakeResolver(server)
        with pytest.raises(asyncio.CancelledError):
            probe(resolver, map(question, urls), clock=Interrupting())
