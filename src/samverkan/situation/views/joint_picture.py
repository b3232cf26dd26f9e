"""The municipalities side by side, by what the agreement's clauses let through."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..selectors.joint_picture import joint_picture


@require_GET
@requires(Capability.INCIDENTS_READ)
def side_by_side(request: ActorRequest) -> HttpResponse:
    joint = joint_picture(request.actor)
    is_shared = any(not each.is_exact for each in joint.pictures)
    context = {"joint": joint, "rows": joint.rows(), "is_shared": is_shared}
    return render(request, "situation/joint_picture.html", context)
