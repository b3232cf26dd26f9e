"""The pages of the reporting."""

from __future__ import annotations

COORDINATOR = "coordinator"
REPORTER = "reporter"

PAGES = [
    ("rapportera", REPORTER, "situation:report"),
    ("rapportera-skal", "nobody", "situation:report_shell"),
    ("rapportera-svara", REPORTER, "situation:answer_question"),
    ("hem-inrapportor", REPORTER, "overview"),
    ("granskning", COORDINATOR, "situation:review_queue"),
    ("granska-en", COORDINATOR, "situation:review"),
    ("granska-ta-bort", COORDINATOR, "situation:redact_report"),
    ("kategorier", COORDINATOR, "situation:categories"),
    ("utan-nat", "nobody", "offline_fallback"),
]
