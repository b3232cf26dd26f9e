"""The lives of a problem and of a measure, as state machines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.states import Event, Guard, State, StateMachine, Transition

PROBLEM = StateMachine(
    key="problem",
    title=_("The life of a problem"),
    initial="open",
    states=(
        State("open", _("Open")),
        State("analysed", _("Causes analysed")),
        State("measures", _("Measures under way")),
        State("followed", _("Being followed")),
        State("closed", _("Closed")),
        State("set_aside", _("Set aside")),
    ),
    events=(
        Event("analyse", _("Mark the causes as analysed")),
        Event("begin_measures", _("Begin measures")),
        Event("follow", _("Follow what happens")),
        Event("close", _("Close the problem")),
        Event("reopen", _("Open again")),
        Event("set_aside", _("Set aside")),
        Event("take_up", _("Take up again")),
    ),
    transitions=(
        Transition("analyse", "open", "analysed", guard="has_cause"),
        Transition("begin_measures", "analysed", "measures", guard="has_decided_measure"),
        Transition("follow", "measures", "followed", guard="has_followed_up"),
        Transition("close", "followed", "closed", guard="is_settled"),
        Transition("begin_measures", "followed", "measures", guard="has_decided_measure"),
        Transition("reopen", "followed", "open"),
        Transition("reopen", "closed", "open"),
        Transition("set_aside", "open", "set_aside", guard="has_reason"),
        Transition("set_aside", "analysed", "set_aside", guard="has_reason"),
        Transition("take_up", "set_aside", "open"),
    ),
    guards=(
        Guard("has_cause", _("at least one cause")),
        Guard("has_decided_measure", _("a decided measure")),
        Guard("has_followed_up", _("a measure followed up")),
        Guard("is_settled", _("no measure open, each outcome written")),
        Guard("has_reason", _("reason and date to reconsider")),
    ),
)

MEASURE = StateMachine(
    key="measure",
    title=_("The life of a measure"),
    initial="draft",
    states=(
        State("draft", _("Draft")),
        State("ready", _("Ready for decision")),
        State("decided", pgettext_lazy("state of a measure", "Decided")),
        State("ongoing", _("Ongoing")),
        State("done", pgettext_lazy("state of a measure", "Done")),
        State("followed_up", pgettext_lazy("state of a measure", "Followed up")),
        State("stopped", _("Stopped")),
    ),
    events=(
        Event("submit", _("Put forward for decision")),
        Event("withdraw", _("Take back to draft")),
        Event("decide", _("Record the decision")),
        Event("start", pgettext_lazy("what happens to a measure", "Start")),
        Event("finish", _("Mark as done")),
        Event("follow_up", _("Write the outcome")),
        Event("go_on", _("Go on with it")),
        Event("stop", _("Stop")),
        Event("take_up", _("Take up again")),
    ),
    transitions=(
        Transition("submit", "draft", "ready", guard="is_complete"),
        Transition("withdraw", "ready", "draft"),
        Transition("decide", "ready", "decided", guard="is_complete"),
        Transition("start", "decided", "ongoing"),
        Transition("finish", "decided", "done"),
        Transition("finish", "ongoing", "done"),
        Transition("follow_up", "done", "followed_up", guard="has_outcome"),
        Transition("go_on", "done", "ongoing"),
        Transition("go_on", "followed_up", "ongoing"),
        Transition("stop", "draft", "stopped", guard="has_reason"),
        Transition("stop", "ready", "stopped", guard="has_reason"),
        Transition("stop", "decided", "stopped", guard="has_reason"),
        Transition("stop", "ongoing", "stopped", guard="has_reason"),
        Transition("take_up", "stopped", "draft"),
    ),
    guards=(
        Guard("is_complete", _("cause, indicator, baseline, follow-up date")),
        Guard("has_outcome", _("outcome")),
        Guard("has_reason", _("reason")),
    ),
)

MACHINES = (PROBLEM, MEASURE)
