"""The pages of the rooms that came first."""

from __future__ import annotations

from tests.access.walk import NOBODY

COORDINATOR = "coordinator"

PAGES = [
    ("start", NOBODY, "overview"),
    ("logga-in", NOBODY, "account_login"),
    ("glomt-losenord", NOBODY, "account_reset_password"),
    ("tillganglighet", NOBODY, "accessibility"),
    ("om", NOBODY, "about"),
    ("installningar", NOBODY, "preferences"),
    ("home", COORDINATOR, "overview"),
    ("lagesbilder", COORDINATOR, "reports:index"),
    ("lagesbild", COORDINATOR, "reports:picture"),
    ("lagesbild-skriv", COORDINATOR, "reports:write"),
    ("lagesbild-versioner", COORDINATOR, "reports:history"),
    ("lagesbild-andringar", COORDINATOR, "reports:changes"),
    ("lagesbild-beslut", COORDINATOR, "reports:decide"),
    ("lagesbild-dela", COORDINATOR, "reports:share"),
    ("statistik", COORDINATOR, "statistics:index"),
    ("statistik-serie", COORDINATOR, "statistics:series"),
    ("handelser", COORDINATOR, "situation:incidents"),
    ("handelse", COORDINATOR, "situation:incident"),
    ("karta", COORDINATOR, "situation:map"),
    ("platser", COORDINATOR, "situation:places"),
    ("plats", COORDINATOR, "situation:place"),
    ("problem", COORDINATOR, "situation:problems"),
    ("ett-problem", COORDINATOR, "situation:problem"),
    ("nyheter", COORDINATOR, "situation:news"),
    ("grupper", COORDINATOR, "governance:groups"),
    ("grupp", COORDINATOR, "governance:group"),
    ("mote", COORDINATOR, "governance:meeting"),
    ("avtal", COORDINATOR, "agreements:agreements"),
    ("ett-avtal", COORDINATOR, "agreements:agreement"),
    ("sok", COORDINATOR, "search:results", "?q=torget"),
    ("funktioner", COORDINATOR, "functions"),
    ("funktion", COORDINATOR, "choose_function"),
    ("nycklar", COORDINATOR, "tokens:index"),
    ("konto", COORDINATOR, "accounts:index"),
    ("konto-2fa", COORDINATOR, "mfa_index"),
    ("konto-inloggningar", COORDINATOR, "usersessions_list"),
    ("import", COORDINATOR, "imports:index"),
    ("logg", "auditor", "audit:index"),
    ("loggpost", "auditor", "audit:detail"),
    ("forvaltning", "administrator", "staffing:index"),
    ("forvaltning-ny", "administrator", "staffing:new_function"),
    ("forvaltning-ta-over", "administrator", "staffing:assign"),
    ("inrapportor", "reporter", "situation:incidents"),
]
