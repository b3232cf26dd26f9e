"""The pages of agreements, commitments and pledges."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("avtal-nytt", COORDINATOR, "agreements:new"),
    ("avtal-avsnitt", COORDINATOR, "agreements:section"),
    ("avtal-historik", COORDINATOR, "agreements:history"),
    ("avtal-andringar", COORDINATOR, "agreements:changes"),
    ("avtal-dela", COORDINATOR, "agreements:share"),
    ("avtal-skicka", COORDINATOR, "agreements:send"),
    ("avtal-skriv-under", COORDINATOR, "agreements:sign"),
    ("avtal-fornya", COORDINATOR, "agreements:renew"),
    ("avtal-saga-upp", COORDINATOR, "agreements:notice"),
    ("avtal-delning", COORDINATOR, "agreements:sharing"),
    ("atagande", COORDINATOR, "agreements:commitment"),
    ("atagande-nytt", COORDINATOR, "agreements:commitment_new"),
    ("medborgarloften", COORDINATOR, "agreements:pledges"),
    ("medborgarlofte", COORDINATOR, "agreements:pledge"),
    ("medborgarlofte-nytt", COORDINATOR, "agreements:pledge_new"),
]
