"""Walk every registered route as every demo function and as nobody, and say what happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from samverkan.organisations.middleware import SESSION_KEY
from samverkan.organisations.models import Function, Holding

ASKING = "the access table walks as every demo function"
NOBODY = "nobody"
# Who walks: a heading of the table, and the demo function whose title it is.
WALKERS = {
    "coordinator": "Säkerhetssamordnare, Storfors",
    "neighbour": "Säkerhetssamordnare, Kristinehamn",
    "reporter": "Rektor, grundskolan, Storfors",
    "housing": "Bovärd, Storfors",
    "officer": "Kommunpolis, Storfors och Filipstad",
    "police chief": "Chef för lokalpolisområde Kristinehamn",
    "politician": "Kommunstyrelsens ordförande, Storfors",
    "official": "Kommunchef, Storfors",
    "auditor": "Granskare av loggen, Storfors",
    "administrator": "Systemförvaltare, Storfors",
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"<(?:\w+:)?(\w+)>", self.pattern))

    def path(self, values: dict[str, str]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], self.pattern)


def routes() -> list[Route]:
    """Every address that the house answers at, by the name that the code knows it under."""
    return sorted(_walk(get_resolver(), "", ""), key=lambda route: (route.pattern, route.name))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        full = prefix + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, full, inner)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name or pattern.callback.__name__}", full)


def _plain(pattern: str) -> str:
    """Regular expressions of a library's routes, in the form of our own."""
    pattern = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern)
    return pattern.lstrip("^").rstrip("$").replace("\\.", ".")


def client_of(walker: str) -> Client:
    client = Client()
    if walker != NOBODY:
        function = Function.objects.for_system(ASKING).get(title=WALKERS[walker])
        holding = Holding.objects.for_system(ASKING).get(function=function, role="holder")
        client.force_login(holding.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SESSION_KEY] = function.ref
        session.save()
    return client


def outcome(response: HttpResponse) -> str:
    """What the walker met, in one word."""
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith("/konto/login/"):
        return "sign in"
    words = {401: "sign in", 403: "refused", 404: "hidden", 405: "method", 500: "broken"}
    return words.get(response.status_code, "open")


def meet(client: Client, method: str, path: str) -> str:
    send: Callable[..., HttpResponse] = client.post if method == "POST" else client.get
    response = send(path)
    if response.streaming:
        b"".join(response.streaming_content)
    return outcome(response)
