"""The progress of one job: a piece of a page that asks for itself again until the job is over."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from samverkan.platform.access.http import ActorRequest, requires

from .selectors import job_progress


@requires()
def progress_piece(request: ActorRequest, ref: str) -> HttpResponse:
    """Seen by the function that started the job, by nobody else."""
    job = job_progress(request.actor, ref)
    if job is None:
        raise Http404
    response = render(request, "jobs/progress.html", {"job": job})
    if job.is_over:
        # The page around it shows the result.
        response["HX-Refresh"] = "true"
    return response
