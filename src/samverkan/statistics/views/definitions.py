"""What each series counts: definition, codes, setting, breaks, rule, and the sources."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from samverkan.documents.formats import period_label, plain
from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.tones import Tone

from ..comparability import BreakScope, ComparabilityBreak, code_lists, known_breaks
from ..definitions import (
    Sensitivity,
    SeriesDefinition,
    SeriesSetting,
    series_definitions,
    sources,
)
from ..rule_selectors import RuleLine, rule_lines
from ..statements import language_now
from .shares import share_rows


@require_GET
@requires(Capability.STATISTICS_READ)
def definition_list(request: ActorRequest) -> HttpResponse:
    """Every series with what it counts, crime groups first."""
    rows = [_row(definition) for definition in series_definitions().values()]
    return render(
        request,
        "statistics/definitions.html",
        {
            "groups": [
                (_("Crime groups, counted"), [row for row in rows if row["is_counted"]]),
                (
                    _("Crime per inhabitant"),
                    [row for row in rows if row["is_crime"] and not row["is_counted"]],
                ),
                (pgettext("series", "Other"), [row for row in rows if not row["is_crime"]]),
            ],
        },
    )


@require_GET
@requires(Capability.STATISTICS_READ)
def one_definition(request: ActorRequest, series_code: str) -> HttpResponse:
    """One series: everything that is needed to read its figures right."""
    definition = series_definitions().get(series_code)
    if definition is None:
        raise Http404
    language = language_now()
    codes = code_lists().get(series_code)
    breaks = [_break(each, series_code) for each in known_breaks() if _is_told(each, definition)]
    places = list(municipalities_of(request.actor))
    return render(
        request,
        "statistics/definition.html",
        {
            "name": definition.name(language),
            "row": _row(definition),
            "definition": definition,
            "codes": codes,
            "codes_text": codes.text(language) if codes else "",
            "breaks": breaks,
            "sources": [
                {"source": sources()[code], "name": sources()[code].name(language)}
                for code in definition.source_codes
            ],
            "parts": [
                _row(each)
                for each in series_definitions().values()
                if each.part_of == series_code or each.same_subject_as == series_code
            ],
            "rule": definition.rule.words(language) if definition.rule else "",
            "rule_parts": [
                series_definitions()[code].name(language)
                for code in (definition.rule.parts if definition.rule else ())
            ],
            "rule_rows": [
                _rule_row(line, place.name)
                for place in places
                for line in rule_lines(request.actor, place.code, definition)
            ],
            "shares": [
                row for place in places for row in share_rows(request.actor, place, definition)
            ],
            "places": places,
        },
    )


def _is_told(broken: ComparabilityBreak, definition: SeriesDefinition) -> bool:
    if not definition.is_crime:
        return False
    return broken.scope is not BreakScope.SERIES or definition.code in broken.series


def _row(definition: SeriesDefinition) -> dict[str, object]:
    language = language_now()
    settings = {
        SeriesSetting.ANY: "",
        SeriesSetting.HOME: _("in homes"),
        SeriesSetting.PUBLIC: _("in public places"),
        SeriesSetting.SEMI_PUBLIC: _("in shops and the like"),
        SeriesSetting.DIGITAL: _("online"),
    }
    part_of = series_definitions().get(definition.part_of)
    return {
        "code": definition.code,
        "name": definition.name(language),
        "text": definition.definition(language),
        "setting": settings[definition.setting],
        "is_sensitive": definition.sensitivity is Sensitivity.SENSITIVE,
        "is_crime": definition.is_crime,
        "is_counted": definition.is_crime and definition.unit == "count",
        "is_computed": definition.rule is not None,
        "part_of": part_of,
        "part_of_name": part_of.name(language) if part_of else "",
        "sources": ", ".join(sources()[code].name(language) for code in definition.source_codes),
    }


def _break(broken: ComparabilityBreak, series_code: str) -> dict[str, object]:
    told = _("Source: %(source)s, not read.") % {"source": broken.source}
    if broken.read_on is not None:
        told = _("Source: %(source)s, read %(day)s.") % {
            "source": broken.source,
            "day": f"{broken.read_on:%Y-%m-%d}",
        }
    if not (broken.is_day_known and broken.concerns(series_code)):
        told += " " + _("It is not known whether this series is among them: not drawn in charts.")
    return {
        "day": f"{broken.on:%Y-%m-%d}" if broken.is_day_known else _("Day not known"),
        "text": broken.text(language_now()),
        "note": told,
        "word": _("confirmed") if broken.is_confirmed else _("not confirmed"),
        "tone": Tone.OK if broken.is_confirmed else Tone.WARN,
    }


def _rule_row(line: RuleLine, place: str) -> dict[str, object]:
    language = language_now()

    def shown(value: float | None) -> str:
        return _("missing") if value is None else plain(value, language)

    return {
        "place": place,
        "period": period_label(line.kind, line.start, language),
        "source": line.source.name(language),
        "parts": [shown(value) for value in line.parts],
        "result": shown(line.result),
        "is_contradiction": line.is_contradiction,
    }
