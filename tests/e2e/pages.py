"""The main pages, each as the function that uses it: for the browser tests and the pictures."""

from __future__ import annotations

from dataclasses import dataclass

from tests.access.examples import example_values
from tests.access.walk import NOBODY, routes

COORDINATOR = "coordinator"


@dataclass(frozen=True)
class MainPage:
    slug: str
    walker: str
    path: str


def main_pages() -> list[MainPage]:
    """Every page that a person comes to, with example objects of the demo in the addresses."""
    values = example_values()
    by_name = {route.name: route for route in routes()}

    def page(slug: str, walker: str, name: str, query: str = "") -> MainPage:
        return MainPage(slug, walker, by_name[name].path(values.get(name, {})) + query)

    return [
        page("start", NOBODY, "overview"),
        page("logga-in", NOBODY, "account_login"),
        page("glomt-losenord", NOBODY, "account_reset_password"),
        page("tillganglighet", NOBODY, "accessibility"),
        page("om", NOBODY, "about"),
        page("installningar", NOBODY, "preferences"),
        MainPage("finns-inte", NOBODY, "/finns/inte/"),
        page("home", COORDINATOR, "overview"),
        page("lagesbilder", COORDINATOR, "reports:index"),
        page("lagesbild", COORDINATOR, "reports:picture"),
        page("lagesbild-skriv", COORDINATOR, "reports:write"),
        page("lagesbild-versioner", COORDINATOR, "reports:history"),
        page("lagesbild-andringar", COORDINATOR, "reports:changes"),
        page("lagesbild-beslut", COORDINATOR, "reports:decide"),
        page("lagesbild-dela", COORDINATOR, "reports:share"),
        page("statistik", COORDINATOR, "statistics:index"),
        page("statistik-serie", COORDINATOR, "statistics:series"),
        page("handelser", COORDINATOR, "situation:incidents"),
        page("handelse", COORDINATOR, "situation:incident"),
        page("karta", COORDINATOR, "situation:map"),
        page("platser", COORDINATOR, "situation:places"),
        page("plats", COORDINATOR, "situation:place"),
        page("problem", COORDINATOR, "situation:problems"),
        page("ett-problem", COORDINATOR, "situation:problem"),
        page("nyheter", COORDINATOR, "situation:news"),
        page("grupper", COORDINATOR, "governance:groups"),
        page("grupp", COORDINATOR, "governance:group"),
        page("mote", COORDINATOR, "governance:meeting"),
        page("avtal", COORDINATOR, "agreements:agreements"),
        page("ett-avtal", COORDINATOR, "agreements:agreement"),
        page("sok", COORDINATOR, "search:results", "?q=torget"),
        page("funktioner", COORDINATOR, "functions"),
        page("funktion", COORDINATOR, "choose_function"),
        page("nycklar", COORDINATOR, "tokens:index"),
        page("konto", COORDINATOR, "accounts:index"),
        page("konto-2fa", COORDINATOR, "mfa_index"),
        page("konto-inloggningar", COORDINATOR, "usersessions_list"),
        page("import", COORDINATOR, "imports:index"),
        page("logg", "auditor", "audit:index"),
        page("loggpost", "auditor", "audit:detail"),
        page("forvaltning", "administrator", "staffing:index"),
        page("forvaltning-ny", "administrator", "staffing:new_function"),
        page("forvaltning-ta-over", "administrator", "staffing:assign"),
        page("inrapportor", "reporter", "situation:incidents"),
    ]
