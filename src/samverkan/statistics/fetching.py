"""Fetch figures from a publisher and put them in, with their provenance: all of them or none."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.fetching.cache import AnswerCache
from samverkan.platform.fetching.client import Client, Counts
from samverkan.platform.fetching.errors import FetchError
from samverkan.platform.fetching.page_store import PageStore
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.results import AlreadyImportedError, ImportResult
from samverkan.platform.imports.services import check_import, commit_import
from samverkan.platform.jobs.progress import ProgressCallback, no_progress

from .clients.catalogue import Fetchable, Question, fetchables
from .clients.kolada import kolada_file
from .clients.police_news import police_news_file
from .clients.scb import scb_file
from .models import FetchRun

# A run that has said nothing for this long was interrupted.
LOST_AFTER = timedelta(hours=2)


class UnderWayError(Exception):
    """The same thing is being fetched for the party already."""

    def __init__(self, run_ref: str) -> None:
        super().__init__(run_ref)
        self.run_ref = run_ref


@dataclass(frozen=True)
class Report:
    """What a fetch came to. `result` is None when nothing was put in or tried."""

    state: FetchRun.State
    message: str
    run_ref: str = ""
    result: ImportResult | None = None
    earlier_ref: str = ""
    counts: Counts = field(default_factory=Counts)


def folder(code: str) -> Path:
    """Where answers and pages of one publisher are kept."""
    return Path(settings.MEDIA_ROOT) / "fetched" / code


def open_run(actor: Actor, code: str, question: Question) -> FetchRun:
    """Put down that the party asks; refuses while the same is under way."""
    require(actor, Capability.IMPORTS_WRITE)
    with transaction.atomic():
        under_way = FetchRun.objects.visible_to(actor).filter(
            owner_id=actor.party_id,
            fetch_code=code,
            state__in=(FetchRun.State.WAITING, FetchRun.State.RUNNING),
            started_at__gt=actor.at - LOST_AFTER,
        )
        if (found := under_way.first()) is not None:
            raise UnderWayError(found.ref)
        run: FetchRun = FetchRun.objects.create(
            owner_id=_party(actor),
            fetch_code=code,
            municipality_codes=",".join(question.municipality_codes)[:200],
            asked_by=f"{actor.user_label}, {actor.function_title}"[:160],
            started_at=actor.at,
        )
        record(actor, "figures.asked_for", "fetch", run.ref, details={"what": code})
    return run


def carry_out(
    actor: Actor,
    run: FetchRun,
    question: Question,
    *,
    progress: ProgressCallback = no_progress,
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Fetch and put in. Whatever goes wrong is put down; then nothing has been changed."""
    require(actor, Capability.IMPORTS_WRITE)
    _move(run, FetchRun.State.RUNNING)
    try:
        report = _fetch(
            actor, fetchables()[run.fetch_code], question, commit_import, progress, sleep
        )
    except BaseException:
        _end(actor, run, Report(FetchRun.State.FAILED, _("The fetch was interrupted.")))
        raise
    return _end(actor, run, report)


def try_out(
    actor: Actor,
    code: str,
    question: Question,
    *,
    progress: ProgressCallback = no_progress,
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Fetch, and say what putting it in would do; nothing is put in."""
    require(actor, Capability.IMPORTS_WRITE)
    return _fetch(actor, fetchables()[code], question, check_import, progress, sleep)


def _fetch(
    actor: Actor,
    fetchable: Fetchable,
    question: Question,
    put_in: Callable[[Actor, str], ImportResult],
    progress: ProgressCallback,
    sleep: Callable[[float], None],
) -> Report:
    steps = [0, 0]

    def told(done: int, total: int | None) -> None:
        steps[:] = [done, total or 0]
        progress(done, total)

    client = Client(
        fetchable.rules,
        AnswerCache(folder(fetchable.code) / "answers"),
        sleep=sleep,
        pulse=lambda: progress(steps[0], steps[1] or None),
    )
    stores: list[PageStore] = []
    try:
        document = _document(client, fetchable, question, stores, told)
        result = _put_in(actor, fetchable, question, document, put_in)
    except FetchError as error:
        return Report(FetchRun.State.FAILED, error.text, counts=client.counts)
    except UnreadableFileError as error:
        text = f"{error.message} {error.remedy}".strip()
        return Report(FetchRun.State.FAILED, text, counts=client.counts)
    except AlreadyImportedError as error:
        _forget(stores)
        text = _("Nothing has changed since the last time.")
        ref = error.earlier.ref
        return Report(FetchRun.State.UNCHANGED, text, earlier_ref=ref, counts=client.counts)
    _forget(stores)
    return _of_result(result, client.counts)


def _document(
    client: Client,
    fetchable: Fetchable,
    question: Question,
    stores: list[PageStore],
    told: Callable[[int, int | None], None],
) -> Any:
    if fetchable.code == "kolada":

        def store(address: str) -> PageStore:
            stores.append(PageStore(folder(fetchable.code) / "pages", address, client.clock()))
            return stores[-1]

        return kolada_file(client, fetchable, question, store, told)
    if fetchable.code == "scb":
        return scb_file(client, fetchable, question, told)
    return police_news_file(client, fetchable, question)


def _put_in(
    actor: Actor,
    fetchable: Fetchable,
    question: Question,
    document: Any,
    put_in: Callable[[Actor, str], ImportResult],
) -> ImportResult:
    """The answer as a file, through the same door as every other file."""
    places = "-".join(question.municipality_codes[:5]) or "riket"
    day = timezone.localdate(actor.at)
    with tempfile.TemporaryDirectory(prefix="samverkan-fetch-") as home:
        path = Path(home) / f"{fetchable.code}-{places}-{day}.json"
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text, encoding="utf-8")
        request = FileRequest(
            path,
            kind_code=fetchable.import_kind,
            source_code=fetchable.source,
            fetched_at=actor.at,
            definition=fetchable.address(question.api),
        )
        batch = receive(actor, request)
    return put_in(actor, batch.ref)


def _of_result(result: ImportResult, counts: Counts) -> Report:
    if not result.is_done:
        first = result.problems[0].message if result.problems else ""
        text = _("The answer could not be put in: %(why)s") % {"why": first}
        return Report(FetchRun.State.FAILED, text, result=result, counts=counts)
    is_new = bool(result.outcome.added or result.outcome.revised)
    state = FetchRun.State.DONE if is_new else FetchRun.State.UNCHANGED
    return Report(state, "", result=result, counts=counts)


def _forget(stores: list[PageStore]) -> None:
    for store in stores:
        store.forget()


def _move(run: FetchRun, state: FetchRun.State) -> None:
    run.state = state
    run.save(update_fields=["state"])


def _end(actor: Actor, run: FetchRun, report: Report) -> Report:
    with transaction.atomic():
        run.state = report.state
        run.finished_at = timezone.now() if report.state is FetchRun.State.FAILED else actor.at
        run.message = report.message[:400]
        run.requests = report.counts.requests
        run.unmodified = report.counts.unmodified
        run.batch = report.result.batch if report.result else None
        run.save()
        details = {"what": run.fetch_code, "outcome": str(report.state)}
        record(actor, "figures.fetched", "fetch", run.ref, details=details)
    return Report(
        report.state,
        report.message,
        run.ref,
        report.result,
        report.earlier_ref,
        report.counts,
    )


def _party(actor: Actor) -> int:
    if actor.party_id is None:
        raise PermissionDenied("figures are fetched for a party")
    return actor.party_id
