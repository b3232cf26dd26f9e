"""Begin, follow and end long work."""

from __future__ import annotations

from datetime import datetime

from samverkan.platform.access.actor import Actor

from .models import Job
from .progress import forget_progress, write_progress

MESSAGE_LENGTH = 400


class NoSuchJobError(LookupError):
    """The job is not there, or not this actor's."""


def start_job(actor: Actor, kind: str, object_ref: str, *, total: int | None = None) -> Job:
    """Put down that work is waiting to be done for the actor's function."""
    job: Job = Job.objects.create(
        kind=kind,
        object_ref=object_ref,
        function_ref=actor.function_ref,
        progress_total=total,
        created_at=actor.at,
    )
    return job


def begin(actor: Actor, job_ref: str) -> Job:
    """The worker has taken the job."""
    job = _job(actor, job_ref)
    job.state = Job.State.RUNNING
    job.save(update_fields=["state"])
    write_progress(job.ref, 0, job.progress_total)
    return job


def report_progress(job_ref: str, done: int, total: int | None) -> None:
    """Tell how far it has come; reaches readers at once, also inside an open transaction."""
    write_progress(job_ref, done, total)


def finish(actor: Actor, job_ref: str, *, at: datetime, message: str = "") -> Job:
    return _end(actor, job_ref, Job.State.DONE, at, message)


def fail(actor: Actor, job_ref: str, *, at: datetime, message: str) -> Job:
    return _end(actor, job_ref, Job.State.FAILED, at, message)


def _end(actor: Actor, job_ref: str, state: Job.State, at: datetime, message: str) -> Job:
    job = _job(actor, job_ref)
    job.state = state
    job.finished_at = at
    job.message = message[:MESSAGE_LENGTH]
    job.save(update_fields=["state", "finished_at", "message"])
    forget_progress(job_ref)
    return job


def _job(actor: Actor, job_ref: str) -> Job:
    found: Job | None = Job.objects.visible_to(actor).filter(ref=job_ref).first()
    if found is None:
        raise NoSuchJobError(job_ref)
    return found
