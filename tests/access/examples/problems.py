"""Examples of problems, causes and measures."""

from __future__ import annotations

from samverkan.situation.models import Cause, Measure, Problem

ASKING = "an example for the access table"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "situation:problem_new": BOTH,
    "situation:problem_edit": BOTH,
    "situation:gather": BOTH,
    "situation:let_go": SENT,
    "situation:problem_neighbours": BOTH,
    "situation:problem_rate": BOTH,
    "situation:problem_step": BOTH,
    "situation:cause_new": BOTH,
    "situation:cause_edit": BOTH,
    "situation:cause_remove": BOTH,
    "situation:measure_new": BOTH,
    "situation:measure_edit": BOTH,
    "situation:measure_effect": BOTH,
    "situation:measure_step": BOTH,
}
OF_PROBLEM = (
    "problem_edit",
    "problem_history",
    "gather",
    "let_go",
    "problem_neighbours",
    "problem_rate",
    "cause_new",
    "measure_new",
)
OF_MEASURE = ("measure", "measure_edit", "measure_history", "measure_effect")
OF_CAUSE = ("cause_edit", "cause_remove")


def example_values() -> dict[str, dict[str, str]]:
    problem = Problem.objects.for_system(ASKING).earliest("pk")
    measure = Measure.objects.for_system(ASKING).earliest("pk")
    cause = Cause.objects.for_system(ASKING).latest("pk")
    by_problem, by_measure = {"ref": problem.ref}, {"ref": measure.ref}
    return {
        **{f"situation:{name}": by_problem for name in OF_PROBLEM},
        **{f"situation:{name}": by_measure for name in OF_MEASURE},
        **{f"situation:{name}": {"ref": cause.ref} for name in OF_CAUSE},
        "situation:problem_step": {**by_problem, "event": "reopen"},
        "situation:measure_step": {**by_measure, "event": "go_on"},
    }
