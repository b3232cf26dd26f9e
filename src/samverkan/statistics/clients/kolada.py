"""Kolada, version 3 and 2 of its interface: pages of key figures, put together as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samverkan.platform.fetching.client import Client
from samverkan.platform.fetching.errors import ChangedAnswerError
from samverkan.platform.fetching.page_store import PageStore
from samverkan.platform.fetching.transport import host_of

from ..definitions import series_definitions
from .catalogue import Fetchable, Question

ENTRY = frozenset({"kpi", "municipality", "period", "values"})
VALUE = frozenset({"gender", "value"})
NEXT = ("next_url", "next_page")


def kolada_codes() -> list[str]:
    """The key figures that have a definition here."""
    return [code for code, each in series_definitions().items() if each.source_codes == ("kolada",)]


def kolada_file(
    client: Client,
    fetchable: Fetchable,
    question: Question,
    store: Callable[[str], PageStore],
    told: Callable[[int, int | None], None],
) -> list[dict[str, Any]]:
    """Every page of the answers, in order; a page that looks different stops it all.

    The last page of a question that was answered whole says what was `asked`: what is missing from
    such an answer is gone at the source.
    """
    questions = list(_questions(fetchable, question))
    max_age = 0.0 if question.is_forced else fetchable.fresh_hours * 3600.0
    pages: list[dict[str, Any]] = []
    for number, (address, asked) in enumerate(questions):
        answer = _Answer(client, max_age)
        found = store(address).pages(
            address,
            answer.page,
            _next,
            lambda _pages, at=number: told(at, len(questions)),  # type: ignore[misc]
        )
        own = list(found)
        pages += [{"count": len(page["values"]), "values": page["values"]} for page in own]
        if answer.is_whole(own):
            pages[-1]["asked"] = asked
    told(len(questions), len(questions))
    return pages


@dataclass
class _Answer:
    """One question's answer as it comes, page by page."""

    client: Client
    max_age: float
    fetched: int = 0
    from_cache: int = 0

    def page(self, address: str) -> dict[str, Any]:
        before = self.client.counts.from_cache
        page = _checked(self.client.json(address, max_age=self.max_age), address)
        self.fetched += 1
        self.from_cache += self.client.counts.from_cache - before
        return page

    def is_whole(self, pages: Sequence[dict[str, Any]]) -> bool:
        """Whether all pages are of one moment, and hold as much as the publisher says there is.

        Pages kept since an interrupted try, or of different ages, may have shifted against each
        other: a value can have slipped through between two of them.
        """
        is_of_one_moment = self.fetched == len(pages) and self.from_cache in (
            (0, 1) if len(pages) == 1 else (0,)
        )
        held = sum(len(page["values"]) for page in pages)
        said = [page["count"] for page in pages if isinstance(page.get("count"), int)]
        return is_of_one_moment and held >= max(said, default=0)


def _questions(fetchable: Fetchable, question: Question) -> Iterator[tuple[str, dict[str, Any]]]:
    """One address for each set of ids that a question may hold, and what it asks for; years all
    in one."""
    years = list(range(question.from_year, question.to_year + 1))
    base = fetchable.address(question.api)
    most_places = max(1, min(len(question.municipality_codes), fetchable.most_ids - 1))
    for places in _pieces(question.municipality_codes, most_places):
        for kpis in _pieces(kolada_codes(), fetchable.most_ids - len(places)):
            address = (
                f"{base}/data/kpi/{','.join(kpis)}/municipality/{','.join(places)}"
                f"/year/{','.join(map(str, years))}?per_page={fetchable.per_page}"
            )
            yield address, {"kpis": list(kpis), "municipalities": list(places), "years": years}


def _pieces(values: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), most):
        yield values[start : start + most]


def _next(page: dict[str, Any]) -> str:
    return next((str(page[name]) for name in NEXT if page.get(name)), "")


def _checked(page: Any, address: str) -> dict[str, Any]:
    """The page as it is, or ChangedAnswerError that names what is new or gone."""
    host = host_of(address)
    if not isinstance(page, dict) or not isinstance(page.get("values"), list):
        raise ChangedAnswerError(host, _("it holds no list of values"))
    for entry in page["values"]:
        if not isinstance(entry, dict) or not entry.keys() >= ENTRY:
            raise ChangedAnswerError(host, _difference(ENTRY, entry))
        if not isinstance(entry["values"], list):
            raise ChangedAnswerError(host, _("the values of an entry are no list"))
        for value in entry["values"]:
            if not isinstance(value, dict) or not value.keys() >= VALUE:
                raise ChangedAnswerError(host, _difference(VALUE, value))
    return page


def _difference(known: frozenset[str], found: Any) -> str:
    """What is missing, and what has come instead."""
    names = set(found) if isinstance(found, dict) else set()
    gone = ", ".join(sorted(known - names))
    new = ", ".join(sorted(names - known))[:120]
    if new:
        return _("%(gone)s is missing, there is %(new)s instead") % {"gone": gone, "new": new}
    return _("%(gone)s is missing") % {"gone": gone}
