"""Who to call, and what goes on when somebody is away."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("kontaktvagar", COORDINATOR, "contacts:index"),
    ("kontaktvag", COORDINATOR, "contacts:path"),
    ("kontaktvag-skriv", COORDINATOR, "contacts:write"),
    ("larm", COORDINATOR, "contacts:call"),
    ("bortfall", COORDINATOR, "contacts:stops"),
    ("franvaro", "reporter", "contacts:absences"),
    ("funktionens-arbete", COORDINATOR, "contacts:function"),
]
