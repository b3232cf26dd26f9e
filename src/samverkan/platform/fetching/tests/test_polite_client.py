from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan.platform.fetching.cache import AnswerCache
from samverkan.platform.fetching.client import Client
from samverkan.platform.fetching.errors import (
    BrokenAnswerError,
    BusyError,
    ChangedAnswerError,
    FetchError,
    OfflineError,
    RefusedError,
)
from samverkan.platform.fetching.politeness import Rules
from tests.publishers import Asked, Reply, publisher

RULES = Rules(calls=100, window_seconds=1.0, timeout_seconds=5.0)


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(tmp_path: Path, clock: Clock) -> Client:
    return Client(RULES, AnswerCache(tmp_path / "answers"), sleep=clock.sleep, clock=clock)


def in_turn(*replies: Reply) -> Callable[[Asked, int], Reply]:
    """The replies one after the other; the last goes on."""
    return lambda _asked, number: replies[min(number, len(replies) - 1)]


def test_it_says_who_it_is(client: Client, settings: object) -> None:
    settings.FETCH_CONTACT = "https://example.test/kontakt"  # type: ignore[attr-defined]
    with publisher(in_turn(Reply({"a": 1}))) as there:
        assert client.json(there.address) == {"a": 1}
    agent = there.asked[0].headers["User-Agent"]
    assert agent.startswith("Samverkan/")
    assert "https://example.test/kontakt" in agent


def test_a_compressed_answer_is_read(client: Client) -> None:
    with publisher(in_turn(Reply({"å": "ä"}, is_gzip=True))) as there:
        assert client.json(there.address) == {"å": "ä"}


def test_too_many_questions_wait_as_long_as_they_are_told(client: Client, clock: Clock) -> None:
    busy = Reply({}, status=429, headers={"Retry-After": "7"})
    with publisher(in_turn(busy, Reply([1]))) as there:
        assert client.json(there.address) == [1]
    assert sum(clock.waits) == pytest.approx(7.0)


def test_told_to_wait_an_hour_it_gives_up_and_says_so(client: Client, clock: Clock) -> None:
    with (
        publisher(in_turn(Reply({}, status=429, headers={"Retry-After": "3600"}))) as there,
        pytest.raises(BusyError, match="60"),
    ):
        client.json(there.address)
    assert len(there.asked) == 1
    assert not clock.waits


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_that_passes_is_tried_again_with_longer_pauses(
    client: Client, clock: Clock, status: int
) -> None:
    broken = Reply({}, status=status)
    with publisher(in_turn(broken, broken, Reply([1]))) as there:
        assert client.json(there.address) == [1]
    assert clock.waits == [1.0, 2.0]


def test_a_fault_that_stays_is_told_after_four_tries(client: Client) -> None:
    with publisher(in_turn(Reply({}, status=500))) as there, pytest.raises(RefusedError):
        client.json(there.address)
    assert len(there.asked) == RULES.tries


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_no_is_not_asked_again(client: Client, status: int) -> None:
    with publisher(in_turn(Reply({}, status=status))) as there, pytest.raises(RefusedError):
        client.json(there.address)
    assert len(there.asked) == 1


def test_a_connection_cut_in_the_middle_is_tried_again(client: Client) -> None:
    whole = {"values": list(range(500))}
    with publisher(in_turn(Reply(whole, cut_after=200), Reply(whole))) as there:
        assert client.json(there.address) == whole
    assert len(there.asked) == 2


def test_a_compressed_answer_that_is_cut_is_tried_again(client: Client) -> None:
    whole = {"values": list(range(500))}
    with publisher(in_turn(Reply(whole, is_gzip=True, cut_after=40), Reply(whole))) as there:
        assert client.json(there.address) == whole


@pytest.mark.parametrize("content", [b'{"values": [1, 2', b"", b"  "])
def test_half_an_answer_that_claims_to_be_whole_is_never_taken(
    client: Client, content: bytes
) -> None:
    with (
        publisher(in_turn(Reply(content, is_raw=True))) as there,
        pytest.raises(BrokenAnswerError),
    ):
        client.json(there.address)
    assert len(there.asked) == RULES.tries


def test_a_page_of_html_is_refused_at_once(client: Client) -> None:
    page = Reply(b"<html>underhall</html>", content_type="text/html", is_raw=True)
    with publisher(in_turn(page)) as there, pytest.raises(BrokenAnswerError, match="text/html"):
        client.json(there.address)
    assert len(there.asked) == 1


def test_a_huge_answer_is_stopped_before_it_fills_the_memory(client: Client) -> None:
    client.rules = replace(RULES, most_bytes=100_000)
    huge = Reply(b" " * 50_000_000, is_raw=True, is_gzip=True)
    with (
        publisher(in_turn(huge)) as there,
        pytest.raises(BrokenAnswerError, match=r"larger|större"),
    ):
        client.json(there.address)


def test_silence_is_taken_for_a_broken_connection(client: Client) -> None:
    client.rules = replace(RULES, timeout_seconds=0.2, tries=2)
    with (
        publisher(in_turn(Reply([1], slow_seconds=0.6))) as there,
        pytest.raises(BrokenAnswerError),
    ):
        client.json(there.address)


def test_nobody_there_is_told_as_being_offline(client: Client) -> None:
    with publisher(in_turn(Reply([1]))) as there:
        gone = there.address
    with pytest.raises(OfflineError, match=r"127\.0\.0\.1"):
        client.json(gone)


def test_a_move_within_the_same_place_is_followed_and_no_other(client: Client) -> None:
    near = Reply({}, status=308, headers={"Location": "/v3/nytt"})
    with publisher(in_turn(near, Reply([1]))) as there:
        assert client.json(f"{there.address}/v3") == [1]
    assert there.asked[1].path == "/v3/nytt"
    far = Reply({}, status=302, headers={"Location": "http://169.254.169.254/latest"})
    with publisher(in_turn(far)) as there, pytest.raises(ChangedAnswerError):
        client.json(f"{there.address}/annat")
    assert len(there.asked) == 1


def test_no_more_calls_than_the_window_allows(client: Client, clock: Clock) -> None:
    client.rules = replace(RULES, calls=2, window_seconds=10.0)
    with publisher(in_turn(Reply([1]))) as there:
        for number in range(5):
            client.json(f"{there.address}/{number}")
    assert clock.now - 1_795_000_000.0 == pytest.approx(20.0)


def test_a_fresh_answer_is_not_asked_for_again(client: Client, clock: Clock) -> None:
    with publisher(in_turn(Reply([1]))) as there:
        client.json(there.address, max_age=60)
        client.json(there.address, max_age=60)
        assert len(there.asked) == 1
        clock.now += 61
        client.json(there.address, max_age=60)
    assert len(there.asked) == 2


def test_an_old_answer_is_asked_for_only_if_it_has_changed(client: Client, clock: Clock) -> None:
    first = Reply([1], headers={"ETag": '"a1"', "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"})
    with publisher(in_turn(first, Reply(status=304), Reply([2]))) as there:
        assert client.json(there.address) == [1]
        clock.now += 3600
        assert client.json(there.address) == [1]
        assert client.json(there.address) == [2]
    assert there.asked[1].headers["If-None-Match"] == '"a1"'
    assert there.asked[1].headers["If-Modified-Since"].startswith("Mon, 23 Nov")
    assert (client.counts.requests, client.counts.unmodified) == (3, 1)


def test_a_damaged_cache_is_as_no_cache(client: Client, tmp_path: Path) -> None:
    with publisher(in_turn(Reply([1]))) as there:
        client.json(there.address, max_age=60)
        for path in (tmp_path / "answers").iterdir():
            path.write_bytes(path.read_bytes()[:-1])
        assert client.json(there.address, max_age=60) == [1]
    assert len(there.asked) == 2


def test_every_error_says_what_happened_and_what_to_do(client: Client) -> None:
    with publisher(in_turn(Reply({}, status=404))) as there, pytest.raises(FetchError) as caught:
        client.json(there.address)
    assert caught.value.message
    assert caught.value.remedy
