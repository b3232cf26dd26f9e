"""The lives of an agreement, a commitment and a pledge, as state machines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samverkan.platform.states import Event, Guard, State, StateMachine, Transition

AGREEMENT = StateMachine(
    key="agreement",
    title=_("The life of an agreement"),
    initial="draft",
    states=(
        State("draft", _("Draft")),
        State("for_signature", _("For signature")),
        State("signed", _("Signed, not yet in force")),
        State("in_force", _("In force")),
        State("expiring", _("Ends soon")),
        State("renewed", _("Renewed by another"), is_end=True),
        State("expired", _("Has run out"), is_end=True),
        State("terminated", _("Terminated"), is_end=True),
        State("discarded", _("Discarded draft"), is_end=True),
    ),
    events=(
        Event("send", _("Send for signature")),
        Event("take_back", _("Open for changes again")),
        Event("complete", _("Last signature")),
        Event("enter", _("Comes into force")),
        Event("near_end", _("Six months left")),
        Event("give_notice", _("Give notice")),
        Event("terminate", _("The notice runs out")),
        Event("renew", _("The successor comes into force")),
        Event("expire", _("The term runs out")),
        Event("discard", _("Discard the draft")),
        Event("change_parties", _("Change the parties")),
        Event("leave", _("A party leaves")),
    ),
    transitions=(
        Transition("send", "draft", "for_signature", guard="is_complete"),
        Transition("discard", "draft", "discarded"),
        Transition("change_parties", "draft", "draft"),
        Transition("leave", "signed", "signed", guard="has_reason"),
        Transition("leave", "in_force", "in_force", guard="has_reason"),
        Transition("leave", "expiring", "expiring", guard="has_reason"),
        Transition("take_back", "for_signature", "draft", guard="has_reason"),
        Transition("complete", "for_signature", "signed", guard="all_signed"),
        Transition("enter", "signed", "in_force", guard="has_begun"),
        Transition("give_notice", "signed", "signed", guard="has_reason"),
        Transition("terminate", "signed", "terminated", guard="notice_is_over"),
        Transition("near_end", "in_force", "expiring", guard="ends_within_half_a_year"),
        Transition("give_notice", "in_force", "in_force", guard="has_reason"),
        Transition("terminate", "in_force", "terminated", guard="notice_is_over"),
        Transition("renew", "in_force", "renewed", guard="successor_in_force"),
        Transition("give_notice", "expiring", "expiring", guard="has_reason"),
        Transition("terminate", "expiring", "terminated", guard="notice_is_over"),
        Transition("renew", "expiring", "renewed", guard="successor_in_force"),
        Transition("expire", "expiring", "expired", guard="term_is_over"),
    ),
    guards=(
        Guard("is_complete", _("purposes, areas and two parties")),
        Guard("has_reason", _("a reason")),
        Guard("all_signed", _("every party has signed")),
        Guard("has_begun", _("its first day has come")),
        Guard("ends_within_half_a_year", _("six months left")),
        Guard("notice_is_over", _("the day of the notice has come")),
        Guard("successor_in_force", _("a signed successor holds")),
        Guard("term_is_over", _("its last day has passed")),
    ),
)

COMMITMENT = StateMachine(
    key="commitment",
    title=_("The life of a commitment"),
    initial="on_track",
    states=(
        State("on_track", _("On track")),
        State("late", _("Late")),
        State("fulfilled", _("Fulfilled")),
        State("given_up", _("Given up")),
    ),
    events=(
        Event("fall_late", _("The date passes")),
        Event("move_date", _("Set a new date")),
        Event("fulfil", _("Mark as fulfilled")),
        Event("give_up", _("Give up")),
        Event("take_up", _("Take up again")),
    ),
    transitions=(
        Transition("fall_late", "on_track", "late", guard="date_has_passed"),
        Transition("move_date", "on_track", "on_track", guard="has_reason_and_date"),
        Transition("move_date", "late", "on_track", guard="has_reason_and_date"),
        Transition("fulfil", "on_track", "fulfilled", guard="has_outcome"),
        Transition("fulfil", "late", "fulfilled", guard="has_outcome"),
        Transition("give_up", "on_track", "given_up", guard="has_reason"),
        Transition("give_up", "late", "given_up", guard="has_reason"),
        Transition("take_up", "fulfilled", "on_track", guard="has_reason_and_date"),
        Transition("take_up", "given_up", "on_track", guard="has_reason_and_date"),
    ),
    guards=(
        Guard("date_has_passed", _("its date has passed")),
        Guard("has_reason", _("a reason")),
        Guard("has_reason_and_date", _("a reason and a date ahead")),
        Guard("has_outcome", _("the outcome is written")),
    ),
)

PLEDGE = StateMachine(
    key="pledge",
    title=_("The life of a pledge"),
    initial="draft",
    states=(
        State("draft", _("Draft")),
        State("promised", _("Promised")),
        State("kept", _("Kept"), is_end=True),
        State("partly_kept", _("Partly kept"), is_end=True),
        State("not_kept", _("Not kept"), is_end=True),
        State("withdrawn", _("Withdrawn"), is_end=True),
        State("discarded", _("Discarded draft"), is_end=True),
    ),
    events=(
        Event("promise", _("Promise in public")),
        Event("keep", _("Tell that it was kept")),
        Event("keep_partly", _("Tell that it was partly kept")),
        Event("fail", _("Tell that it was not kept")),
        Event("withdraw", _("Withdraw")),
        Event("discard", _("Discard the draft")),
    ),
    transitions=(
        Transition("promise", "draft", "promised", guard="is_complete"),
        Transition("discard", "draft", "discarded"),
        Transition("keep", "promised", "kept", guard="has_result"),
        Transition("keep_partly", "promised", "partly_kept", guard="has_result"),
        Transition("fail", "promised", "not_kept", guard="has_result"),
        Transition("withdraw", "promised", "withdrawn", guard="has_feedback"),
    ),
    guards=(
        Guard("is_complete", _("what, where, how it is measured, who answers")),
        Guard("has_result", _("the result and what inhabitants are told")),
        Guard("has_feedback", _("what inhabitants are told")),
    ),
)

MACHINES = (AGREEMENT, COMMITMENT, PLEDGE)
