"""Statistics: what the figures of a municipality say, series by series."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samverkan.documents.formats import period_label, plain
from samverkan.organisations.selectors import municipalities_of, municipality
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.tones import Tone

from ..definitions import series_definitions
from ..exports import csv_of
from ..findings import GroupFindings, group_findings, series_findings
from ..judgement import Level
from ..presentation import as_html, figure_view
from ..selectors import (
    Provenance,
    SupersededFigure,
    figure_series,
    missing_series,
    superseded_figures,
)
from ..statements import language_now
from .shares import Place, share_rows

TONES = {
    Level.STABLE: Tone.OK,
    Level.HIGHER: Tone.WARN,
    Level.LOWER: Tone.NEUTRAL,
    Level.CANNOT_SAY: Tone.NEUTRAL,
    Level.NOTHING_EARLIER: Tone.NEUTRAL,
}


@dataclass(frozen=True)
class GroupRow:
    """One crime group in the list: its finding, and in a word how it stands."""

    code: str
    name: str
    sentence: str
    last_period: str
    tag: str
    tone: Tone


@require_GET
@requires(Capability.STATISTICS_READ)
def index(request: ActorRequest, code: str = "") -> HttpResponseBase:
    place = _municipality(request, code)
    choices = municipalities_of(request.actor)
    groups = group_findings(request.actor, place.code) if place else []
    rows = [_row(group) for group in groups]
    absent = missing_series(request.actor, place.code) if place else []
    return render(
        request,
        "statistics/index.html",
        {
            "place": place,
            "choices": choices,
            "offences": [row for row, group in _both(rows, groups) if group.definition.is_crime],
            "others": [row for row, group in _both(rows, groups) if not group.definition.is_crime],
            "absent": [definition.name(language_now()) for definition in absent],
        },
    )


@require_GET
@requires(Capability.STATISTICS_READ)
def series(request: ActorRequest, code: str, series_code: str) -> HttpResponseBase:
    place = municipality(request.actor, code)
    definition = series_definitions().get(series_code)
    if place is None or definition is None:
        raise Http404
    group = series_findings(request.actor, code, series_code)
    if group is None:
        raise Http404
    ordered = sorted(group.all, key=lambda finding: finding is not group.leading)
    return render(
        request,
        "statistics/series.html",
        {
            "place": place,
            "definition": definition,
            "name": definition.name(language_now()),
            "leading": group.leading,
            "statements": group.leading.statements(),
            "figures": [as_html(figure_view(finding)) for finding in ordered],
            "shares": share_rows(request.actor, place, definition),
            "definition_text": definition.definition(language_now()),
            "imports": _imports(group),
            "superseded": [
                _superseded_row(figure)
                for figure in superseded_figures(request.actor, code, series_code)
            ],
        },
    )


@require_GET
@requires(Capability.STATISTICS_READ)
def export(request: ActorRequest, code: str, series_code: str = "") -> HttpResponseBase:
    place = municipality(request.actor, code)
    if place is None or (series_code and series_code not in series_definitions()):
        raise Http404
    codes = [series_code] if series_code else []
    found = figure_series(request.actor, code, codes=codes)
    name = "-".join(part for part in (_("statistics"), code, series_code) if part)
    response = HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _municipality(request: ActorRequest, code: str) -> Place | None:
    """The one asked for, or the first that the function acts in."""
    if code:
        found: Place | None = municipality(request.actor, code)
        if found is None:
            raise Http404
        return found
    return next(iter(municipalities_of(request.actor)), None)


def _both(
    rows: list[GroupRow], groups: list[GroupFindings]
) -> list[tuple[GroupRow, GroupFindings]]:
    return list(zip(rows, groups, strict=True))


def _imports(group: GroupFindings) -> list[Provenance]:
    """The files behind every figure of the page, the latest first."""
    found = {each.import_ref: each for one in group.all for each in one.series.provenance}
    return sorted(found.values(), key=lambda each: each.fetched_at, reverse=True)


def _superseded_row(figure: SupersededFigure) -> dict[str, object]:
    language = language_now()

    def shown(value: float | None) -> str:
        return "–" if value is None else plain(value, language)

    return {
        "label": period_label(figure.period_kind, figure.start, language),
        "was": shown(figure.value),
        "became": shown(figure.became),
        "file_name": figure.file_name,
        "fetched_at": figure.fetched_at,
        "became_at": figure.became_at,
        "is_preliminary": figure.is_preliminary,
    }


def _row(group: GroupFindings) -> GroupRow:
    words = {
        Level.STABLE: _("normal variation"),
        Level.HIGHER: _("more"),
        Level.LOWER: _("fewer"),
        Level.CANNOT_SAY: _("too few to tell"),
        Level.NOTHING_EARLIER: _("nothing earlier"),
    }
    level = group.leading.judgement.level
    is_count = group.leading.series.is_count
    return GroupRow(
        code=group.definition.code,
        name=group.definition.name(language_now()),
        sentence=group.leading.sentence,
        last_period=group.leading.last_period,
        tag=words[level] if is_count else "",
        tone=TONES[level],
    )
