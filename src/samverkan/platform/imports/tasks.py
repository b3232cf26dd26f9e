"""Long checks and imports in the background, as the function that asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from samverkan.platform.access.actor import Actor
from samverkan.platform.jobs.actors import actor_of_job
from samverkan.platform.jobs.models import Job
from samverkan.platform.jobs.progress import ProgressCallback, progress_writer
from samverkan.platform.jobs.retries import with_retries
from samverkan.platform.jobs.services import begin, fail, finish, start_job

from .models import ImportBatch
from .results import AlreadyImportedError, ImportResult
from .services import NothingToConfirmError, check_import, commit_import

JOB_KIND = "import"
# Files up to this size are done while the person waits; most are.
AT_ONCE_BYTES = 1024 * 1024


class Step(StrEnum):
    CHECK = "check"
    IMPORT = "import"


def carry_out(actor: Actor, batch: ImportBatch, step: Step) -> Job | None:
    """Check or import: at once when the file is small, else as a job whose progress is shown.

    Raises AlreadyImportedError and NothingToConfirmError when it is done at once.
    """
    if batch.size_bytes <= AT_ONCE_BYTES:
        _step(actor, batch.ref, step, None)
        return None
    job = start_job(actor, JOB_KIND, batch.ref)
    do_step.enqueue(
        job_ref=job.ref,
        batch_ref=batch.ref,
        step=step.value,
        asked={
            "function_ref": actor.function_ref,
            "label": actor.user_label,
            "language": actor.language,
        },
    )
    return job


@task()
def do_step(job_ref: str, batch_ref: str, step: str, asked: Mapping[str, str]) -> None:
    """The job itself: with the function's rights as they are now, in the person's language."""
    purpose = f"import, {asked['label']}"
    acting = actor_of_job(asked["function_ref"], purpose, timezone.now())
    actor = replace(acting, language=asked["language"])
    with translation.override(actor.language):
        with_retries(lambda: begin(actor, job_ref))
        try:
            progress = progress_writer(job_ref)
            with_retries(lambda: _step(actor, batch_ref, Step(step), progress))
        except AlreadyImportedError:
            _fail(actor, job_ref, _("The same file has been imported meanwhile."))
        except NothingToConfirmError:
            _fail(actor, job_ref, _("There is nothing to import here any more."))
        except Exception:
            _fail(actor, job_ref, _("The import failed unexpectedly. Nothing was changed."))
            raise
        else:
            with_retries(lambda: finish(actor, job_ref, at=timezone.now()))


def _step(
    actor: Actor, batch_ref: str, step: Step, progress: ProgressCallback | None
) -> ImportResult:
    do = check_import if step is Step.CHECK else commit_import
    if progress is None:
        return do(actor, batch_ref)
    return do(actor, batch_ref, progress=progress)


def _fail(actor: Actor, job_ref: str, message: str) -> None:
    with_retries(lambda: fail(actor, job_ref, at=timezone.now(), message=message))
