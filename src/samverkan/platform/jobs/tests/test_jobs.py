from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from samverkan.platform.access.actor import Actor
from samverkan.platform.jobs import progress as progress_module
from samverkan.platform.jobs.models import Job
from samverkan.platform.jobs.progress import progress_writer, read_progress, write_progress
from samverkan.platform.jobs.retries import with_retries
from samverkan.platform.jobs.selectors import job_progress, latest_job
from samverkan.platform.jobs.services import (
    NoSuchJobError,
    begin,
    fail,
    finish,
    report_progress,
    start_job,
)
from tests.world import NOW, World


@pytest.fixture
def actor(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    return world.actor("safety_coordinator")


def test_a_job_waits_runs_and_ends(actor: Actor) -> None:
    job = start_job(actor, "import", "abc", total=10)
    assert job_progress(actor, job.ref).state == "waiting"
    begin(actor, job.ref)
    report_progress(job.ref, 4, 10)
    running = job_progress(actor, job.ref)
    assert (running.state, running.done, running.total, running.percent) == ("running", 4, 10, 40)
    assert not running.is_over
    finish(actor, job.ref, at=NOW, message="klart")
    ended = job_progress(actor, job.ref)
    assert (ended.state, ended.percent, ended.message, ended.is_over) == (
        "done",
        100,
        "klart",
        True,
    )
    assert read_progress(job.ref) is None


def test_a_job_that_fails_says_why(actor: Actor) -> None:
    job = start_job(actor, "import", "abc")
    begin(actor, job.ref)
    fail(actor, job.ref, at=NOW, message="x" * 1000)
    ended = job_progress(actor, job.ref)
    assert (ended.state, len(ended.message)) == ("failed", 400)


def test_a_running_job_whose_process_is_gone_is_called_interrupted(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start_job(actor, "import", "abc")
    begin(actor, job.ref)
    assert not job_progress(actor, job.ref).is_interrupted
    monkeypatch.setattr(progress_module, "SILENT_AFTER_SECONDS", -1)
    assert job_progress(actor, job.ref).is_interrupted


def test_a_job_that_nobody_takes_says_so_after_a_while(actor: Actor, world: World) -> None:
    job = start_job(actor, "import", "abc")
    assert not job_progress(actor, job.ref).is_untaken
    Job.objects.for_system("tests").update(created_at=NOW - timedelta(minutes=5))
    assert job_progress(actor, job.ref).is_untaken


def test_jobs_are_seen_by_the_function_that_started_them(actor: Actor, world: World) -> None:
    job = start_job(actor, "import", "abc")
    outsider = world.actor("community_police", world.police)
    assert job_progress(outsider, job.ref) is None
    assert latest_job(outsider, "import", "abc") is None
    with pytest.raises(NoSuchJobError):
        finish(outsider, job.ref, at=NOW)


def test_the_latest_job_on_an_object_is_found(actor: Actor) -> None:
    start_job(actor, "import", "abc")
    second = start_job(actor, "import", "abc")
    start_job(actor, "import", "other")
    assert latest_job(actor, "import", "abc").ref == second.ref


def test_progress_is_written_seldom_though_it_is_told_often(actor: Actor) -> None:
    report = progress_writer("abc")
    for done in range(1000):
        report(done, None)
    assert read_progress("abc").done == 0
    assert read_progress("abc").percent is None


def test_a_ref_cannot_lead_out_of_the_folder(actor: Actor) -> None:
    with pytest.raises(ValueError, match="ref"):
        write_progress("../../etc/passwd", 1, 2)


def test_a_busy_database_is_tried_again_with_longer_pauses(db: None) -> None:
    pauses: list[float] = []
    tries = iter([OperationalError("locked"), OperationalError("locked"), None])

    def work() -> str:
        fault = next(tries)
        if fault is not None:
            raise fault
        return "done"

    assert with_retries(work, sleep=pauses.append) == "done"
    assert pauses == [1.0, 4.0]


def test_the_last_failure_is_not_hidden(db: None) -> None:
    def work() -> None:
        raise OperationalError("locked")

    with pytest.raises(OperationalError):
        with_retries(work, pauses=(0, 0), sleep=lambda seconds: None)
