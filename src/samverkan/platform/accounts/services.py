"""Make an account by invitation: the person sets the password through a link that works once."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .models import User


@dataclass(frozen=True)
class Invitation:
    """The account, and the path of the page where its password is set (None: it had one)."""

    user: User
    path: str | None


@transaction.atomic
def invite_person(actor: Actor, email: str, display_name: str) -> Invitation:
    """The account with the address, made if it is not there; ValidationError for a bad address."""
    require(actor, Capability.ORGANISATIONS_WRITE)
    email = email.strip().lower()
    validate_email(email)
    if not display_name.strip():
        raise ValidationError(_("Write the person's name."))
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, None, display_name=display_name.strip())
        # Whoever opens the link has the mailbox: that is the proof of the address.
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        record(actor, "account.invited", "account", user.ref)
    path = None if user.has_usable_password() else password_path(user)
    return Invitation(user, path)


def password_path(user: User) -> str:
    """Where the person sets a password; the link dies when it is used or after three days."""
    path: str = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    return path
