"""What the overview says of the law's duties."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone

from .bra_survey import standing_words
from .rules import Standing
from .selectors import ledger


def duties_section(actor: Actor) -> OverviewSection | None:
    """The duties that are missing or due, where the function acts."""
    if not actor.may(Capability.PLANS_WRITE):
        return None
    language = get_language() or "sv"
    rows = [
        OverviewRow(
            text=_("%(duty)s (%(paragraph)s §)")
            % {"duty": state.duty.title(language), "paragraph": state.duty.paragraph},
            url=reverse("duties:ledger", args=[place.code]),
            tag=standing_words(state.standing),
            tone=Tone.STOP if state.standing is Standing.MISSING else Tone.WARN,
        )
        for place in municipalities_of(actor)
        for state in ledger(actor, place.code).states
        if state.standing in (Standing.DUE, Standing.MISSING)
    ]
    if not rows:
        return None
    return OverviewSection(
        title=ngettext(
            "%(count)d duty of the law to attend to",
            "%(count)d duties of the law to attend to",
            len(rows),
        )
        % {"count": len(rows)},
        rows=tuple(rows),
        link_text=_("The whole ledger"),
        link_url=reverse("duties:index"),
        question=Question.CLOCK,
        order=20,
    )


PROVIDERS = (duties_section,)
