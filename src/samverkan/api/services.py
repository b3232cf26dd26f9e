"""Make, use and revoke access tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .models import ApiToken
from .scopes import SCOPES

PREFIX = "smv_"
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class NewToken:
    token: ApiToken
    secret: str


@transaction.atomic
def create_token(
    actor: Actor, name: str, scope: Collection[Capability], expires_on: date
) -> NewToken:
    """A token for the actor's function. The secret is given once, here, and kept by nobody."""
    require(actor, Capability.API_TOKENS_WRITE)
    if actor.user_id is None:
        raise PermissionDenied("a token belongs to a person in a function")
    today = timezone.localdate(actor.at)
    if not name.strip():
        raise ValidationError({"name": _("Write what the token is for.")})
    if not today < expires_on <= today + LONGEST:
        raise ValidationError({"expires_on": _("The end date must lie within a year from now.")})
    chosen = [capability for capability in SCOPES if capability in scope]
    if not chosen:
        raise ValidationError({"scope": _("Choose at least one thing that the token may read.")})
    if any(not actor.may(capability) for capability in chosen):
        raise PermissionDenied
    secret = PREFIX + secrets.token_urlsafe(32)
    token: ApiToken = ApiToken.objects.create(
        name=name.strip(),
        digest=_digest(secret),
        user_id=actor.user_id,
        function_ref=actor.function_ref,
        scope=[str(capability) for capability in chosen],
        created_at=actor.at,
        expires_on=expires_on,
    )
    record(actor, "token.created", "token", token.ref, details={"scope": token.scope})
    return NewToken(token, secret)


@transaction.atomic
def revoke_token(actor: Actor, token: ApiToken) -> None:
    require(actor, Capability.API_TOKENS_WRITE)
    if token.revoked_at is None:
        token.revoked_at = actor.at
        token.save(update_fields=["revoked_at"])
        record(actor, "token.revoked", "token", token.ref)


def actor_of_token(secret: str, at: datetime) -> Actor | None:
    """Who a token acts as: its person in its function, as long as the person holds it.

    None when the token is unknown, revoked or past its end, or the person holds the function no
    more: ending a holding ends its tokens.
    """
    if not secret.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.for_system("a token says who asks")
        .filter(digest=_digest(secret), revoked_at__isnull=True)
        .select_related("user")
        .first()
    )
    if token is None or token.expires_on <= timezone.localdate(at) or not token.user.is_active:
        return None
    actor = actor_for(token.user, token.function_ref, at)
    if actor.function_ref != token.function_ref:
        return None
    return actor.limited_to(frozenset(Capability(name) for name in token.scope))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
