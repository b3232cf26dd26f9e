"""Access tokens: see one's own, make one, revoke one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .forms import TokenForm
from .models import ApiToken
from .services import NewToken, create_token, revoke_token


@require_http_methods(["GET", "POST"])
@requires(Capability.API_TOKENS_WRITE)
def tokens(request: ActorRequest) -> HttpResponse:
    form = TokenForm(request.actor, request.POST if request.method == "POST" else None)
    made = _make(request, form) if request.method == "POST" and form.is_valid() else None
    context = {
        "form": TokenForm(request.actor) if made else form,
        "made": made,
        "tokens": ApiToken.objects.visible_to(request.actor),
        "today": timezone.localdate(request.actor.at),
    }
    return render(request, "api/tokens.html", context)


@require_POST
@requires(Capability.API_TOKENS_WRITE)
def revoke(request: ActorRequest, ref: str) -> HttpResponse:
    token = ApiToken.objects.visible_to(request.actor).filter(ref=ref).first()
    if token is None:
        raise Http404
    revoke_token(request.actor, token)
    return redirect("tokens:index")


def _make(request: ActorRequest, form: TokenForm) -> NewToken | None:
    answers = form.cleaned_data
    try:
        return create_token(request.actor, answers["name"], answers["scope"], answers["expires_on"])
    except ValidationError as error:
        form.add_error(None, error)
        return None
