"""Sentences of a comparison: where one lies, how sure that is, and that nobody is ranked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samverkan.documents.formats import number, plain

from ..statements import language_now
from .rates import Compared, PlaceRate, Standing
from .selectors import ModelExpected, YearsOfPlaces


def unit_words(compared: Compared) -> str:
    if compared.per == 1000:
        return _("per 1,000 inhabitants and year")
    return _("per 100,000 inhabitants and year")


def years_words(years: YearsOfPlaces) -> str:
    if years.first_year == years.last_year:
        return str(years.last_year)
    return f"{years.first_year}\u2013{years.last_year}"


def standing_sentence(years: YearsOfPlaces, own: PlaceRate) -> str:
    """The finding: does chance explain where the municipality lies?"""
    noun = years.definition.noun(language_now(), is_plural=True)
    phrase = {
        Standing.WITHIN: _(
            "%(place)s has as many %(noun)s as can be expected of a municipality of its size"
        ),
        Standing.EDGE: _(
            "%(place)s lies at the edge of what can be expected in %(noun)s; that can be chance"
        ),
        Standing.ABOVE: _("%(place)s has more %(noun)s than chance and size explain"),
        Standing.BELOW: _("%(place)s has fewer %(noun)s than chance and size explain"),
    }[own.standing]
    return phrase % {"place": own.place.name, "noun": noun}


def rate_sentence(years: YearsOfPlaces, compared: Compared, own: PlaceRate) -> str:
    language = language_now()
    return _(
        "%(count)s in %(years)s: %(rate)s %(unit)s; with chance allowed for between %(low)s and "
        "%(high)s. All together: %(average)s."
    ) % {
        "count": number(own.place.count, language),
        "years": years_words(years),
        "rate": number(own.rate, language, 1),
        "unit": unit_words(compared),
        "low": number(own.interval[0], language, 1),
        "high": number(own.interval[1], language, 1),
        "average": number(compared.average, language, 1),
    }


def shrunk_sentence(compared: Compared, own: PlaceRate) -> str:
    """What is left of the difference when chance is evened out."""
    language = language_now()
    return _(
        "Evened out: %(shrunk)s (%(low)s to %(high)s) %(unit)s. The fewer inhabitants, the more a "
        "rate is drawn towards the others."
    ) % {
        "shrunk": number(own.shrunk, language, 1),
        "low": number(own.shrunk_interval[0], language, 1),
        "high": number(own.shrunk_interval[1], language, 1),
        "unit": unit_words(compared),
    }


def many_sentence(compared: Compared) -> str:
    """That many are looked at, and what chance does then."""
    return _(
        "%(count)d municipalities are looked at: chance alone puts about %(outside)s of them "
        "outside the inner lines, so only what lies outside the shaded funnel is named."
    ) % {
        "count": len(compared.places),
        "outside": plain(compared.expected_outside_inner, language_now()),
    }


def zero_sentence(own: PlaceRate) -> str:
    """None counted is not none expected."""
    if own.place.count > 0:
        return ""
    return _(
        "None were reported. In a small municipality that is often chance: up to %(high)s would "
        "be no surprise."
    ) % {"high": number(own.expected[1], language_now(), 1)}


def model_sentence(found: ModelExpected, name: str) -> str:
    phrase = {
        2: _("%(name)s: fewer than the model expects (%(year)d)."),
        1: _("%(name)s: as many as the model expects (%(year)d)."),
        0: _("%(name)s: more than the model expects (%(year)d)."),
    }[found.value]
    return phrase % {"name": name, "year": found.year}


def funnel_description(compared: Compared, own: PlaceRate | None) -> str:
    """What the funnel shows, for whoever hears it."""
    outside = sum(each.standing in {Standing.ABOVE, Standing.BELOW} for each in compared.places)
    language = language_now()
    text = _(
        "Each dot is a municipality, by inhabitants and rate; the funnel is what chance and usual "
        "differences give. %(outside)d of %(count)d lie outside it. All together "
        "%(average)s %(unit)s."
    ) % {
        "outside": outside,
        "count": len(compared.places),
        "average": number(compared.average, language, 1),
        "unit": unit_words(compared),
    }
    if own is None:
        return text
    return f"{text} {own.place.name}: {number(own.rate, language, 1)}."


def shrunk_description(compared: Compared) -> str:
    return _(
        "Hollow dots are the rates as reported, filled ones evened out, with their intervals. The "
        "municipalities stand in the order of their names. All together %(average)s %(unit)s."
    ) % {
        "average": number(compared.average, language_now(), 1),
        "unit": unit_words(compared),
    }
