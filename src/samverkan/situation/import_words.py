"""The words of an EST list looked up once each: categories, places, units, municipalities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from samverkan.organisations.lookup import MunicipalityIndex, municipality_index, units_by_name
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.values import looks_like_formula
from samverkan.swedish.sorting import search_key

from .categories import categories, codes_by_word
from .models import Place

Found = TypeVar("Found")
LONGEST_PLACE = 120


class FaultyCellError(Exception):
    """A cell cannot be read; the row is left out and the next one is read."""

    def __init__(self, field_key: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.field_key, self.message, self.remedy = field_key, message, remedy


@dataclass
class Words:
    """Answers for one file. Lists repeat their words, so each is looked up once and remembered."""

    run: ImportRun
    party_id: int
    municipalities: MunicipalityIndex
    units: dict[str, int]
    places: dict[tuple[int, str], int]
    new_places: list[str] = field(default_factory=list)
    _remembered: dict[tuple[object, ...], object] = field(default_factory=dict)

    @classmethod
    def of(cls, run: ImportRun) -> Words:
        party_id = run.actor.party_id
        if party_id is None:
            raise PermissionDenied("incidents are owned by a party")
        places = Place.objects.for_system("the owner's places, for reading its own list")
        own = places.filter(owner_id=party_id)
        return cls(
            run,
            party_id,
            municipality_index(run.actor),
            units_by_name(run.actor),
            {
                (row[0], row[1]): row[2]
                for row in own.values_list("municipality_id", "search_key", "pk")
            },
        )

    def category(self, text: str) -> str:
        return self._once(("category", text), lambda: self._category(text))

    def municipality(self, text: str) -> int:
        return self._once(("municipality", text), lambda: self._municipality(text))

    def unit(self, text: str) -> int:
        return self._once(("unit", text), lambda: self._unit(text))

    def place(self, municipality_id: int, text: str) -> int | None:
        return self._once(
            ("place", municipality_id, text), lambda: self._place(municipality_id, text)
        )

    def _once(self, key: tuple[object, ...], find: Callable[[], Found]) -> Found:
        """Remembers faults as well: a word that is wrong a million times is judged once."""
        if key not in self._remembered:
            try:
                self._remembered[key] = find()
            except FaultyCellError as fault:
                self._remembered[key] = fault
        found = self._remembered[key]
        if isinstance(found, FaultyCellError):
            # A fresh one: an exception that is raised again and again grows.
            raise FaultyCellError(found.field_key, found.message, found.remedy)
        return found  # type: ignore[return-value]

    def _category(self, text: str) -> str:
        code = codes_by_word().get(search_key(text))
        if code is None:
            raise FaultyCellError(
                "category",
                _("“%(text)s” is not a category.") % {"text": text[:40]},
                _("The guide to import formats lists the categories and their words."),
            )
        if not categories()[code].is_incident:
            raise FaultyCellError(
                "category",
                _("“%(text)s” is not an incident.") % {"text": text[:40]},
                _("Say that a week had nothing to report on the page Händelser."),
            )
        return code

    def _municipality(self, text: str) -> int:
        codes = self.run.actor.municipality_codes
        if not text and len(codes) == 1:
            return self.municipalities.by_code[next(iter(codes))]
        found = self.municipalities.find(text)
        if found is None:
            raise FaultyCellError(
                "municipality",
                _("“%(text)s” is not a Swedish municipality.") % {"text": text[:40]},
                _("Use the SCB code of four digits, for example 1760, or the name."),
            )
        if self.municipalities.code_of[found] not in codes:
            raise FaultyCellError(
                "municipality",
                _("Municipality %(code)s lies outside your function.")
                % {"code": self.municipalities.code_of[found]},
            )
        return found

    def _unit(self, text: str) -> int:
        own = self.run.actor.organisation_id or self.run.actor.party_id
        if not text and own is not None:
            return own
        found = self.units.get(search_key(text))
        if found is None:
            raise FaultyCellError(
                "organisation",
                _("“%(text)s” is not a unit of yours.") % {"text": text[:40]},
                _("Leave the column out, or ask the administrator to put the unit in."),
            )
        return found

    def _place(self, municipality_id: int, text: str) -> int | None:
        if not text:
            return None
        key = (municipality_id, search_key(text))
        if key not in self.places:
            self._refuse_strange_place(text)
            place: Place = Place.objects.create(
                owner_id=self.party_id,
                municipality_id=municipality_id,
                name=text,
                search_key=key[1],
            )
            self.new_places.append(place.ref)
            self.places[key] = place.pk
        return self.places[key]

    def _refuse_strange_place(self, text: str) -> None:
        if looks_like_formula(text):
            raise FaultyCellError(
                "place",
                _("“%(text)s” is a formula, not the name of a place.") % {"text": text[:40]},
                _("Formulas are never run. Write the name of the place."),
            )
        if len(text) > LONGEST_PLACE:
            raise FaultyCellError("place", _("The name of the place is too long."))
        if not self.run.options.creates_places:
            raise FaultyCellError(
                "place",
                _("“%(text)s” is not in the register of places.") % {"text": text[:40]},
                _("Correct the name, or choose that new places are put in the register."),
            )
