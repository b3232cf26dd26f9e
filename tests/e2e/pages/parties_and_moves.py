"""A draft's parties, an earlier version, a party that leaves, a meeting that moves."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("avtal-parter", COORDINATOR, "agreements:parties"),
    ("avtal-lamna", COORDINATOR, "agreements:leave"),
    ("avtal-aterta", COORDINATOR, "agreements:restore"),
    ("mote-flytta", COORDINATOR, "governance:move"),
]
