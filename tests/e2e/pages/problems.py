"""Problems, causes and measures."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("problem-nytt", COORDINATOR, "situation:problem_new"),
    ("problem-beskriv", COORDINATOR, "situation:problem_edit"),
    ("problem-samla", COORDINATOR, "situation:gather"),
    ("problem-forslag", COORDINATOR, "situation:suggestions"),
    ("problem-ordning", COORDINATOR, "situation:priority"),
    ("problem-bedom", COORDINATOR, "situation:problem_rate"),
    ("problem-grannar", COORDINATOR, "situation:problem_neighbours"),
    ("problem-nivaer", COORDINATOR, "situation:escalations"),
    ("problem-historik", COORDINATOR, "situation:problem_history"),
    ("orsak-ny", COORDINATOR, "situation:cause_new"),
    ("orsak-ta-bort", COORDINATOR, "situation:cause_remove"),
    ("atgard", COORDINATOR, "situation:measure"),
    ("atgard-ny", COORDINATOR, "situation:measure_new"),
    ("atgard-andra", COORDINATOR, "situation:measure_edit"),
    ("atgard-effekt", COORDINATOR, "situation:measure_effect"),
    ("atgard-historik", COORDINATOR, "situation:measure_history"),
]
