"""Fetching in the background, as the function that asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from samverkan.platform.access.actor import Actor
from samverkan.platform.jobs.actors import actor_of_job
from samverkan.platform.jobs.progress import progress_writer
from samverkan.platform.jobs.retries import with_retries
from samverkan.platform.jobs.services import begin, fail, finish, start_job

from .clients.catalogue import Question
from .fetch_selectors import fetch_run
from .fetching import carry_out, open_run
from .models import FetchRun

JOB_KIND = "fetch"


def begin_fetch(actor: Actor, code: str, question: Question) -> FetchRun:
    """Put the fetch down and leave it to the worker. Raises UnderWayError."""
    with transaction.atomic():
        run = open_run(actor, code, question)
        job = start_job(actor, JOB_KIND, run.ref)
        run.job_ref = job.ref
        run.save(update_fields=["job_ref"])
    fetch.enqueue(
        job_ref=job.ref,
        run_ref=run.ref,
        question=asdict(question),
        asked={
            "function_ref": actor.function_ref,
            "label": actor.user_label,
            "language": actor.language,
        },
    )
    return run


@task()
def fetch(
    job_ref: str, run_ref: str, question: Mapping[str, object], asked: Mapping[str, str]
) -> None:
    """The job itself: with the function's rights as they are now, in the person's language."""
    acting = actor_of_job(asked["function_ref"], f"fetch, {asked['label']}", timezone.now())
    actor = replace(acting, language=asked["language"])
    with translation.override(actor.language):
        with_retries(lambda: begin(actor, job_ref))
        run = fetch_run(actor, run_ref)
        if run is None:
            _fail(actor, job_ref, _("There is nothing to fetch here any more."))
            return
        try:
            report = carry_out(actor, run, _question(question), progress=progress_writer(job_ref))
        except Exception:
            _fail(actor, job_ref, _("The fetch failed unexpectedly. Nothing was changed."))
            raise
        if report.state is FetchRun.State.FAILED:
            _fail(actor, job_ref, report.message)
        else:
            with_retries(lambda: finish(actor, job_ref, at=timezone.now()))


def _question(content: Mapping[str, object]) -> Question:
    codes = content["municipality_codes"]
    if not isinstance(codes, list | tuple):
        raise TypeError("codes")
    return Question(**{**content, "municipality_codes": tuple(codes)})  # type: ignore[arg-type]


def _fail(actor: Actor, job_ref: str, message: str) -> None:
    with_retries(lambda: fail(actor, job_ref, at=timezone.now(), message=message))
