"""Plans to read: the list with the law's two clocks, one plan, the comparison, the paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import pages, selectors
from ..comparison import comparison as compared
from ..content import content_of, missing_in
from ..models import Plan
from ..paper import decision_words, paper_of_plan
from ..rules import Fate
from ..services.revising import open_revision
from .common import may_write_in, plan_or_404

READERS = (Capability.PLANS_READ, Capability.AUDIT_READ)
PDF = "application/pdf"


@require_GET
@requires(*READERS)
def plans(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    lines = pages.lines(actor)
    context = {
        "lines": lines,
        "in_force": sum(line.is_in_force for line in lines),
        "clocks": pages.clocks(actor),
        "may_write": actor.may(Capability.PLANS_WRITE),
    }
    return render(request, "plans/plan_list.html", context)


@require_GET
@requires(*READERS)
def plan(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = plan_or_404(request, ref)
    content = content_of(actor, found)
    may_write = may_write_in(actor, found)
    context = {
        "plan": found,
        "line": pages.line(found),
        "content": content,
        "decision": decision_words(content) if found.decided_on else "",
        "clocks": [each for each in pages.clocks(actor) if each.code == found.municipality.code],
        "missing": pages.missing_lines(found, missing_in(content)) if _is_draft(found) else [],
        "steps": pages.history(actor, found),
        "successor": selectors.successor(actor, found),
        "has_comparison": found.revises_id is not None and compared(actor, found) is not None,
        "doors": _doors(actor, found) if may_write else {},
        "links_to_situation": may_write and actor.may(Capability.PROBLEMS_READ),
    }
    return render(request, "plans/plan_detail.html", context)


@require_GET
@requires(*READERS)
def comparison(request: ActorRequest, ref: str) -> HttpResponse:
    """What became of each measure of the plan before."""
    found = plan_or_404(request, ref)
    lines = compared(request.actor, found)
    if lines is None:
        raise Http404
    context = {
        "plan": found,
        "comparison": lines,
        "kept": lines.count(Fate.KEPT, Fate.CHANGED),
        "done": lines.count(Fate.DONE),
        "dropped": lines.count(Fate.DROPPED, Fate.REPLACED),
    }
    return render(request, "plans/comparison.html", context)


@require_GET
@requires(*READERS)
def download(request: ActorRequest, ref: str, kind: str) -> HttpResponse:
    found = plan_or_404(request, ref)
    paper = paper_of_plan(request.actor, found)
    name = f"atgardsplan-{found.municipality.code}-{found.number}"
    if kind == "docx":
        from samverkan.documents.word import word_of

        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return _file(word_of(paper), f"{name}.docx", word)
    if kind != "pdf":
        raise Http404
    from samverkan.documents.pdf import pdf_of

    return _file(pdf_of(paper, made_at=int(request.actor.at.timestamp())), f"{name}.pdf", PDF)


def _is_draft(found: Plan) -> bool:
    return found.state == "draft"


def _doors(actor: Actor, found: Plan) -> dict[str, Any]:
    """What the writer can do with the plan in its state, for the page's buttons."""
    is_in_force = found.state in ("decided", "followed_up")
    return {
        "write": found.state == "draft",
        "propose": found.state == "draft",
        "take_back": found.state == "proposed",
        "decide": found.state == "proposed",
        "follow_up": is_in_force,
        "revise": is_in_force and open_revision(actor, found) is None,
        "end": is_in_force,
    }


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
