"""The words of an EST list looked up once each: categories, places, units, municipalities."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from samverkan.organisations.lookup import municipality_index, units_by_name
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.values import looks_like_formula
from samverkan.swedish.sorting import search_key

from .categories import categories, codes_by_word
from .models import Place

Word = TypeVar("Word")
Found = TypeVar("Found")
LONGEST_PLACE = 120
MOST_REMEMBERED = 50_000
# No municipality has so many: then the column is another one.
MOST_NEW_PLACES = 3_000


class FaultyCellError(Exception):
    """A cell cannot be read; the row is left out and the next one is read."""

    def __init__(self, field_key: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.field_key, self.message, self.remedy = field_key, message, remedy


class Remembered(dict[Word, Found]):
    """Looks each word up once; one that is wrong a million times is judged once as well."""

    def __init__(self, find: Callable[[Word], Found]) -> None:
        super().__init__()
        self._find = find
        self._faults: dict[Word, FaultyCellError] = {}

    def __missing__(self, word: Word) -> Found:
        fault = self._faults.get(word)
        if fault is None:
            # Lists that never repeat a word must not fill the memory.
            if len(self) + len(self._faults) >= MOST_REMEMBERED:
                self.clear()
                self._faults.clear()
            try:
                found = self._find(word)
            except FaultyCellError as error:
                fault = self._faults[word] = error
            else:
                self[word] = found
                return found
        # A fresh one: an exception that is raised again and again grows.
        raise FaultyCellError(fault.field_key, fault.message, fault.remedy)


class Words:
    """The answers for one file, each a dictionary from the file's word to what it means."""

    def __init__(self, run: ImportRun) -> None:
        if run.actor.party_id is None:
            raise PermissionDenied("incidents are owned by a party")
        self.run = run
        self.party_id = run.actor.party_id
        self.new_places: list[str] = []
        self.categories = Remembered(self._category)
        self.municipalities = Remembered(self._municipality)
        self.units = Remembered(self._unit)
        # By municipality and name; no name is no place.
        self.places = Remembered(self._place)
        self._index = municipality_index(run.actor)
        self._units = units_by_name(run.actor)
        places = Place.objects.for_system("the owner's places, for reading its own list")
        own = places.filter(owner_id=self.party_id)
        self._places: dict[tuple[int, str], int] = {
            row[:2]: row[2] for row in own.values_list("municipality_id", "search_key", "pk")
        }

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
        found = self._index.find(text)
        if found is None:
            raise FaultyCellError(
                "municipality",
                _("“%(text)s” is not a Swedish municipality.") % {"text": text[:40]},
                _("Use the SCB code of four digits, for example 1760, or the name."),
            )
        if self._index.code_of[found] not in codes:
            raise FaultyCellError(
                "municipality",
                _("Municipality %(code)s lies outside your function.")
                % {"code": self._index.code_of[found]},
            )
        return found

    def _unit(self, text: str) -> int:
        own = self.run.actor.organisation_id or self.run.actor.party_id
        if not text and own is not None:
            return own
        found = self._units.get(search_key(text))
        if found is None:
            raise FaultyCellError(
                "organisation",
                _("“%(text)s” is not a unit of yours.") % {"text": text[:40]},
                _("Leave the column out, or ask the administrator to put the unit in."),
            )
        return found

    def _place(self, where: tuple[int, str]) -> int | None:
        municipality_id, text = where
        if not text:
            return None
        key = (municipality_id, search_key(text))
        if key not in self._places:
            self._refuse_strange_place(text)
            if len(self.new_places) == MOST_NEW_PLACES:
                raise UnreadableFileError(
                    _("The file names more than %(most)d new places.") % {"most": MOST_NEW_PLACES},
                    _("Check that the right column is chosen for the place."),
                )
            place: Place = Place.objects.create(
                owner_id=self.party_id,
                municipality_id=municipality_id,
                name=text,
                search_key=key[1],
            )
            self.new_places.append(place.ref)
            self._places[key] = place.pk
        return self._places[key]

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
