"""The pages of groups and meetings."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("grupp-slag", COORDINATOR, "governance:templates"),
    ("grupp-starta", "administrator", "governance:start_group"),
    ("grupp-platser", COORDINATOR, "governance:seats"),
    ("grupp-plats", COORDINATOR, "governance:seat"),
    ("grupp-plats-ny", COORDINATOR, "governance:new_seat"),
    ("grupp-rytm", COORDINATOR, "governance:rhythm"),
    ("grupp-avsluta", COORDINATOR, "governance:end_group"),
    ("grupp-beslut", COORDINATOR, "governance:decisions"),
    ("grupp-formellt-beslut", COORDINATOR, "governance:formal_decision"),
    ("grupp-ny-ledamot", "politician", "governance:onboarding"),
    ("moten-planera", COORDINATOR, "governance:plan_meetings"),
    ("mote-dagordning", COORDINATOR, "governance:agenda"),
    ("mote-underlag", COORDINATOR, "governance:paper"),
    ("moteslage", COORDINATOR, "governance:mode"),
    ("mote-narvaro", COORDINATOR, "governance:attendance"),
    ("mote-avsluta", COORDINATOR, "governance:end"),
    ("mote-stall-in", COORDINATOR, "governance:cancel"),
    ("protokoll", COORDINATOR, "governance:minutes"),
    ("protokoll-ratta", COORDINATOR, "governance:write_minutes"),
    ("protokoll-justerare", COORDINATOR, "governance:adjusters"),
    ("uppdrag", COORDINATOR, "governance:assignments"),
    ("ett-uppdrag", COORDINATOR, "governance:assignment"),
    ("uppdrag-rapport", COORDINATOR, "governance:report_assignment"),
    ("overblick", "politician", "governance:overview"),
]
