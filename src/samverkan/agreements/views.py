"""Agreements to read: who is party, what is shared with whom, until when."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from . import pages


@require_GET
@requires(Capability.AGREEMENTS_READ)
def agreement_list(request: ActorRequest) -> HttpResponse:
    found = pages.agreements(request.actor)
    context = {"agreements": found, "in_force": sum(each.is_in_force for each in found)}
    return render(request, "agreements/agreement_list.html", context)


@require_GET
@requires(Capability.AGREEMENTS_READ)
def agreement_detail(request: ActorRequest, ref: str) -> HttpResponse:
    found = pages.agreement(request.actor, ref)
    if found is None:
        raise Http404
    clauses = pages.clauses(request.actor, found)
    context = {
        "agreement": found,
        "summary": pages.summary(request.actor, found),
        "parties": pages.parties(request.actor, found),
        "own_clauses": [clause for clause in clauses if clause.concerns_own_party],
        "other_clauses": [clause for clause in clauses if not clause.concerns_own_party],
    }
    return render(request, "agreements/agreement_detail.html", context)
