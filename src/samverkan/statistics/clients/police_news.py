"""The police's events at polisen.se: news, never statistics and never points on a map."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samverkan.platform.fetching.client import Client
from samverkan.platform.fetching.errors import ChangedAnswerError

from .catalogue import Fetchable, Question

EVENT = frozenset({"id", "datetime", "name", "summary", "url", "type", "location"})


def police_news_file(client: Client, fetchable: Fetchable, question: Question) -> Any:
    """The latest events of the whole country; the importer picks the municipalities' own.

    Since 2026-01-20 the publisher names a county as the place of every event, so it is not asked
    for a municipality: that would find nothing.
    """
    age = 0.0 if question.is_forced else fetchable.fresh_hours * 3600.0
    events = client.json(fetchable.address(), max_age=age)
    if not isinstance(events, list) or not events:
        raise ChangedAnswerError(fetchable.host, _("it is no list of events"))
    for event in events:
        missing = EVENT - event.keys() if isinstance(event, dict) else EVENT
        if missing:
            what = _("%(gone)s is missing") % {"gone": ", ".join(sorted(missing))}
            raise ChangedAnswerError(fetchable.host, what)
    return events
