"""A person's own account: second step, sessions, password, language."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.http import ActorRequest, signed_in


@require_GET
@signed_in
def index(request: ActorRequest) -> HttpResponseBase:
    return render(
        request,
        "accounts/index.html",
        {
            "has_second_step": is_mfa_enabled(request.user),
            "sessions": UserSession.objects.filter(user_id=request.actor.user_id).count(),
        },
    )
