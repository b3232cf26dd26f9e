"""What a gate misses, in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules.gates import Gap

GAP_WORDS = {
    Gap.CAUSE: _("At least one likely cause: a measure acts on a cause."),
    Gap.INDICATOR: _("An indicator: what shall be counted to see whether it helped?"),
    Gap.BASELINE: _("A baseline: how much is it before the measure begins?"),
    Gap.FOLLOW_UP_DATE: _("A date for the follow-up."),
    Gap.OUTCOME: _("The outcome: what came of it?"),
    Gap.REASON: _("A reason."),
    Gap.RECONSIDER_DATE: _("A date when it is to be considered again."),
    Gap.DECIDED_MEASURE: _("A decided measure."),
    Gap.FOLLOWED_MEASURE: _("A measure that has been followed up."),
    Gap.OPEN_MEASURE: _("Every measure followed up or stopped: some are still open."),
}
