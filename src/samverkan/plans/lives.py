"""The life of an action plan, as a state machine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.states import Event, Guard, State, StateMachine, Transition

PLAN = StateMachine(
    key="plan",
    title=_("The life of an action plan"),
    initial="draft",
    states=(
        State("draft", _("Draft")),
        State("proposed", _("Proposed for decision")),
        State("decided", pgettext_lazy("state of a plan", "Decided")),
        State("followed_up", pgettext_lazy("state of a plan", "Followed up")),
        State("revised", _("Replaced by a new plan"), is_end=True),
        State("ended", pgettext_lazy("state of a plan", "Ended"), is_end=True),
        State("discarded", _("Discarded draft"), is_end=True),
    ),
    events=(
        Event("propose", _("Propose for decision")),
        Event("discard", _("Discard the draft")),
        Event("take_back", _("Open for changes again")),
        Event("decide", _("Register the decision")),
        Event("follow_up", _("Register a follow-up")),
        Event("revise", _("The new plan is decided")),
        Event("end", _("End the plan")),
    ),
    transitions=(
        Transition("propose", "draft", "proposed", guard="is_complete"),
        Transition("discard", "draft", "discarded"),
        Transition("take_back", "proposed", "draft", guard="has_reason"),
        Transition("decide", "proposed", "decided", guard="has_decision"),
        Transition("follow_up", "decided", "followed_up", guard="has_outcomes"),
        Transition("revise", "decided", "revised", guard="successor_is_decided"),
        Transition("end", "decided", "ended", guard="has_reason"),
        Transition("follow_up", "followed_up", "followed_up", guard="has_outcomes"),
        Transition("revise", "followed_up", "revised", guard="successor_is_decided"),
        Transition("end", "followed_up", "ended", guard="has_reason"),
    ),
    guards=(
        Guard("is_complete", _("picture, problems, whole measures")),
        Guard("has_reason", _("a reason")),
        Guard("has_decision", _("body, date, paragraph, number")),
        Guard("has_outcomes", _("an outcome for each measure")),
        Guard("successor_is_decided", _("the new plan is decided")),
    ),
)

MACHINES = (PLAN,)

# What a body has decided, whatever happened to it since.
DECIDED_STATES = ("decided", "followed_up", "revised", "ended")
# What holds now.
IN_FORCE_STATES = ("decided", "followed_up")
# What has left its author's table.
RELEASED_STATES = ("proposed", *DECIDED_STATES)
