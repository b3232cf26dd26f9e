"""The pages of the action plan: read, built, proposed, followed up, compared."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("atgardsplaner", COORDINATOR, "plans:plans"),
    ("atgardsplan", COORDINATOR, "plans:plan"),
    ("atgardsplan-ny", COORDINATOR, "plans:new"),
    ("atgardsplan-uppgifter", COORDINATOR, "plans:facts"),
    ("atgardsplan-valj-problem", COORDINATOR, "plans:problems"),
    ("atgardsplan-problem", COORDINATOR, "plans:problem"),
    ("atgardsplan-atgard", COORDINATOR, "plans:measure"),
    ("atgardsplan-ta-ut", COORDINATOR, "plans:measure_remove"),
    ("atgardsplan-foresla", COORDINATOR, "plans:propose"),
    ("atgardsplan-folj-upp", COORDINATOR, "plans:follow_up"),
    ("atgardsplan-revidera", COORDINATOR, "plans:revise"),
    ("atgardsplan-avsluta", COORDINATOR, "plans:end"),
    ("atgardsplan-jamforelse", COORDINATOR, "plans:comparison"),
]
