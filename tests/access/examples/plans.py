"""The examples of the action plans, of Storfors: the one that holds, and its revision."""

from __future__ import annotations

from samverkan.plans.models import Plan, PlanMeasure, PlanProblem

ASKING = "an example for the access table"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "plans:new": BOTH,
    "plans:facts": BOTH,
    "plans:problems": BOTH,
    "plans:problem": BOTH,
    "plans:fetch": SENT,
    "plans:measure_new": BOTH,
    "plans:measure": BOTH,
    "plans:measure_remove": BOTH,
    "plans:revise": BOTH,
    "plans:propose": BOTH,
    "plans:take_back": BOTH,
    "plans:decide": BOTH,
    "plans:follow_up": BOTH,
    "plans:end": BOTH,
    "plans:discard": SENT,
}


def example_values() -> dict[str, dict[str, str]]:
    """The plan that is decided and followed up, and the draft that revises it."""
    plan = Plan.objects.for_system(ASKING).get(state="followed_up")
    draft = Plan.objects.for_system(ASKING).get(state="draft")
    problem = PlanProblem.objects.for_system(ASKING).filter(plan=draft).earliest("pk")
    carried = PlanMeasure.objects.for_system(ASKING).get(plan=draft, carried_from__isnull=False)
    held, written = {"ref": plan.ref}, {"ref": draft.ref}
    at_problem = {"ref": draft.ref, "problem_ref": problem.ref}
    at_measure = {"ref": draft.ref, "measure_ref": carried.ref}
    return {
        "plans:plan": held,
        "plans:comparison": written,
        "plans:download": {"ref": plan.ref, "kind": "pdf"},
        "plans:facts": written,
        "plans:problems": written,
        "plans:problem": at_problem,
        "plans:fetch": at_problem,
        "plans:measure_new": at_problem,
        "plans:measure": at_measure,
        "plans:measure_remove": at_measure,
        "plans:propose": written,
        "plans:discard": written,
        "plans:take_back": held,
        "plans:decide": held,
        "plans:follow_up": held,
        "plans:revise": held,
        "plans:end": held,
    }
