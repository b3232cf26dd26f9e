"""What the waiting person sees of a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from samverkan.platform.access.actor import Actor

from .models import Job
from .progress import read_progress

# A waiting job that no worker has taken for this long: no worker runs.
UNTAKEN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class JobProgress:
    """How far, and whether to go on asking."""

    ref: str
    kind: str
    object_ref: str
    state: str
    done: int
    total: int | None
    percent: int | None
    message: str
    is_interrupted: bool
    is_untaken: bool

    @property
    def is_over(self) -> bool:
        return self.state in (Job.State.DONE, Job.State.FAILED) or self.is_interrupted


def job_progress(actor: Actor, ref: str) -> JobProgress | None:
    """The state of one of the actor's jobs; a running one whose process is gone says so."""
    job: Job | None = Job.objects.visible_to(actor).filter(ref=ref).first()
    return _progress(actor, job) if job else None


def latest_job(actor: Actor, kind: str, object_ref: str) -> JobProgress | None:
    """The actor's latest job of the kind on the object."""
    job: Job | None = (
        Job.objects.visible_to(actor)
        .filter(kind=kind, object_ref=object_ref)
        .order_by("-created_at", "-pk")
        .first()
    )
    return _progress(actor, job) if job else None


def _progress(actor: Actor, job: Job) -> JobProgress:
    told = read_progress(job.ref)
    is_running = job.state == Job.State.RUNNING
    return JobProgress(
        ref=job.ref,
        kind=job.kind,
        object_ref=job.object_ref,
        state=job.state,
        done=told.done if told else 0,
        total=told.total if told else job.progress_total,
        percent=100 if job.state == Job.State.DONE else (told.percent if told else None),
        message=job.message,
        is_interrupted=is_running and (told is None or told.is_silent),
        is_untaken=job.state == Job.State.WAITING and actor.at - job.created_at > UNTAKEN_AFTER,
    )
