"""How sign-in behaves here: accounts are made by invitation, and every sign-in leaves a trace."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samverkan.platform.access.actor import Actor, anonymous
from samverkan.platform.access.identity import resolve
from samverkan.platform.audit.services import record

from .models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        _record(_actor(user), "account.signed_in", user.ref)
        return response

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            _record(_actor(user), "account.signed_out", user.ref)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        email = str(credentials.get("email", "")).lower()
        user = User.objects.filter(email=email).first()
        # The party whose account was tried may see it; an address that nobody has leaves no name.
        owner = _actor(user).party_ref if user else ""
        _record(
            anonymous(timezone.now()), "account.sign_in_failed", user.ref if user else "", owner
        )


def _actor(user: User) -> Actor:
    return resolve(user, "", timezone.now())


def _record(actor: Actor, action: str, ref: str, owner_party_ref: str = "") -> None:
    with transaction.atomic():
        record(actor, action, "account", ref, owner_party_ref=owner_party_ref)
