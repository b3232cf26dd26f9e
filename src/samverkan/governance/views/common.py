"""What every page of this room needs: the object or not found, and what the reader may do."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import get_language

from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest

from .. import selectors
from ..models import AgendaItem, Group, Meeting
from ..services.common import may_run


def group_or_404(request: ActorRequest, ref: str) -> Group:
    found = selectors.group(request.actor, ref)
    if found is None:
        raise Http404
    return found


def own_group_or_404(request: ActorRequest, ref: str) -> Group:
    """Another party's group is read, never changed."""
    found = group_or_404(request, ref)
    if not may_write(request.actor, found):
        raise Http404
    return found


def may_write(actor: Actor, group: Group) -> bool:
    return actor.may(Capability.GROUPS_WRITE) and group.owner_id == actor.party_id


def meeting_or_404(request: ActorRequest, ref: str) -> Meeting:
    found = selectors.meeting(request.actor, ref)
    if found is None:
        raise Http404
    return found


def run_meeting_or_404(request: ActorRequest, ref: str) -> Meeting:
    found = meeting_or_404(request, ref)
    if not may_run(request.actor, found.group):
        raise Http404
    return found


def item_or_404(request: ActorRequest, meeting: Meeting, ref: str) -> AgendaItem:
    for item in selectors.items(request.actor, meeting):
        if item.ref == ref:
            return item
    raise Http404


def language_of(request: ActorRequest) -> Language:
    return Language.of(get_language() or request.actor.language)
