"""Ask a publisher politely: paced, patient, from the cache where that will do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from .cache import AnswerCache, KeptAnswer
from .errors import BrokenAnswerError, BusyError, ChangedAnswerError, RefusedError
from .politeness import PASSING, Pacer, Rules, pause_before, retry_after_seconds
from .transport import Answer, CutConnectionError, host_of, offline, send

MOST_REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass
class Counts:
    """How often the network was asked, and how often the answer had not changed."""

    requests: int = 0
    unmodified: int = 0
    from_cache: int = 0


@dataclass
class Client:
    """One publisher. `pulse` is called while waiting, so that whoever watches sees life."""

    rules: Rules
    cache: AnswerCache
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    pulse: Callable[[], None] = lambda: None
    counts: Counts = field(default_factory=Counts)
    _pacer: Pacer | None = None

    def json(
        self, address: str, *, max_age: float = 0.0, question: Mapping[str, Any] | None = None
    ) -> Any:
        """The JSON of the address; with a `question` it is sent along (POST).

        An answer younger than `max_age` seconds is taken from the cache; an older one is asked
        for on condition that it has changed. Raises a FetchError.
        """
        body = None if question is None else json.dumps(question).encode()
        key = address if body is None else f"{address} {body.decode()}"
        kept = self.cache.get(key)
        if kept is not None and self.clock() - kept.kept_at < max_age:
            self.counts.from_cache += 1
            return _decoded(kept.content)
        answer, value = self._patiently(address, kept, body)
        if answer is None:
            self.counts.unmodified += 1
            value = _decoded(kept.content) if kept else None
            answer_kept = kept
        else:
            answer_kept = _kept(key, answer, self.clock())
        if answer_kept is not None:
            self.cache.put(key, _renewed(answer_kept, self.clock()))
        return value

    def obey(self, rules: Rules) -> None:
        """The publisher has told its rules; the calls made so far count."""
        self.rules = rules
        if self._pacer is not None:
            self._pacer.rules = rules

    def _patiently(
        self, address: str, kept: KeptAnswer | None, body: bytes | None
    ) -> tuple[Answer | None, Any]:
        """The answer and its JSON, after as many tries as the rules allow; None: unchanged."""
        conditions = dict(kept.conditions) if kept else {}
        was_reached, last = False, None
        for attempt in range(self.rules.tries):
            try:
                answer = self._once(address, conditions, body)
            except CutConnectionError as cut:
                was_reached |= cut.was_reached
                self._pause(attempt + 1, None, address)
                continue
            was_reached = True
            if answer.status == 304 and kept is not None:
                return None, None
            if answer.status in PASSING:
                last = answer.status
                self._pause(attempt + 1, answer, address)
                continue
            if answer.status != 200:
                raise RefusedError(answer.status, host_of(address))
            try:
                return answer, self._read(answer, address)
            except ValueError:
                # Cut off in the middle without the connection telling: ask again.
                self._pause(attempt + 1, None, address)
        raise self._given_up(address, was_reached, last)

    def _once(self, address: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """One call at the right time; a move within the same host is followed."""
        target = address
        for _redirect in range(MOST_REDIRECTS + 1):
            self._wait_for_turn()
            sent = {"Accept": "application/json", **headers}
            if body is not None:
                sent["Content-Type"] = "application/json"
            self.counts.requests += 1
            answer = send(target, self.rules, sent, body)
            if answer.status not in MOVED:
                return answer
            moved = urljoin(target, answer.header("Location"))
            if not same_place(address, moved):
                what = _("it sends us on to another place")
                raise ChangedAnswerError(host_of(address), what)
            target = moved
        raise ChangedAnswerError(host_of(address), _("it sends us round in a circle"))

    def _read(self, answer: Answer, address: str) -> Any:
        if not answer.content.strip():
            raise ValueError("empty")
        if answer.content_type and "json" not in answer.content_type:
            raise BrokenAnswerError(
                _("%(host)s answered with %(kind)s, not with data.")
                % {"host": host_of(address), "kind": answer.content_type[:60]},
                _("Often a page about maintenance, or a proxy's own page: try again later."),
            )
        return _decoded(answer.content)

    def _wait_for_turn(self) -> None:
        if self._pacer is None:
            self._pacer = Pacer(self.rules)
        self._rest(self._pacer.wait(self.clock()))
        self._pacer.called(self.clock())

    def _pause(self, attempt: int, answer: Answer | None, address: str) -> None:
        """Wait before the next try; not after the last."""
        if attempt == self.rules.tries:
            return
        asked = None
        if answer is not None and answer.header("Retry-After"):
            moment = datetime.fromtimestamp(self.clock(), UTC)
            asked = retry_after_seconds(answer.header("Retry-After"), moment)
        seconds = pause_before(attempt, asked)
        if seconds > self.rules.most_waiting:
            raise BusyError(
                _("%(host)s asks us to wait %(minutes)d minutes.")
                % {"host": host_of(address), "minutes": -(-seconds // 60)},
                _("What has come so far is kept; begin again after that."),
            )
        self._rest(seconds)

    def _rest(self, seconds: float) -> None:
        while seconds > 0:
            self.pulse()
            step = min(seconds, 10.0)
            self.sleep(step)
            seconds -= step

    def _given_up(self, address: str, was_reached: bool, status: int | None) -> Exception:
        if not was_reached:
            return offline(address)
        if status is not None:
            return RefusedError(status, host_of(address))
        return BrokenAnswerError(
            _("The answer from %(host)s was cut off, %(tries)d times in a row.")
            % {"host": host_of(address), "tries": self.rules.tries},
            _("What has come so far is kept; try again later."),
        )


def same_place(one: str, other: str) -> bool:
    """Whether two addresses have the scheme, host and port in common."""
    return urlsplit(one)[:2] == urlsplit(other)[:2]


def _decoded(content: bytes) -> Any:
    """Raises ValueError for what is no whole JSON."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("too deep") from None


def _kept(key: str, answer: Answer, now: float) -> KeptAnswer:
    return KeptAnswer(
        address=key,
        kept_at=now,
        content_type=answer.content_type,
        etag=answer.header("ETag"),
        last_modified=answer.header("Last-Modified"),
        content=answer.content,
    )


def _renewed(kept: KeptAnswer, now: float) -> KeptAnswer:
    return KeptAnswer(
        kept.address, now, kept.content_type, kept.etag, kept.last_modified, kept.content
    )
