"""The pages of the week, the feedback and the neighbours."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("veckan", COORDINATOR, "situation:week"),
    ("en-vecka", COORDINATOR, "situation:one_week", "?kommun=1760"),
    ("planerat", COORDINATOR, "situation:planned"),
    ("planerat-nytt", COORDINATOR, "situation:new_planned"),
    ("planerat-andra", COORDINATOR, "situation:change_planned"),
    ("mina-rapporter", "reporter", "situation:my_reports"),
    ("svara", COORDINATOR, "situation:answer"),
    ("grannar", COORDINATOR, "situation:joint_picture"),
]
