"""Figures typed in a grid of months and series, by keyboard or pasted from a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samverkan.documents.formats import PeriodKind, period_label
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.imports.results import ImportResult

from ..definitions import sources
from ..statements import language_now
from ..typed_figures import (
    SOURCES,
    Grid,
    grid_of,
    save_typed,
    standing_figures,
    typable_series,
)
from ..typed_rules import CellFault, Judged, Place, Standing, Written, judge_cells

EARLIEST = 2000


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it."""

    name: str
    label: str
    text: str
    before: str
    error: str = ""


@require_http_methods(["GET", "POST"])
@requires(Capability.STATISTICS_WRITE)
def typed(request: ActorRequest, code: str) -> HttpResponse:
    place = municipality(request.actor, code)
    if place is None or code not in request.actor.municipality_codes:
        raise Http404
    grid = _grid(request, code)
    standing = standing_figures(request.actor, grid)
    if request.method != "POST":
        return _show(request, place.name, grid, _untouched(grid, standing), standing)
    judged = judge_cells(_written(request.POST, grid), standing)
    if any(cell.fault for cell in judged):
        return _show(request, place.name, grid, judged, standing, status=422)
    changed = [cell for cell in judged if cell.is_changed]
    if not changed:
        messages.info(request, _("Nothing was changed."))
        return redirect(_address(grid))
    result = save_typed(request.actor, grid, changed)
    if not result.is_done:
        messages.error(request, result.problems[0].message if result.problems else "")
        return _show(request, place.name, grid, judged, standing, status=422)
    _told(request, result, len(changed))
    return redirect(_address(grid))


def _grid(request: ActorRequest, code: str) -> Grid:
    source = request.GET.get("kalla", SOURCES[0])
    this_year = timezone.localdate(request.actor.at).year
    year = request.GET.get("ar", str(this_year))
    if source not in SOURCES or not year.isdigit() or not EARLIEST <= int(year) <= this_year:
        raise Http404
    return grid_of(request.actor, code, source, int(year), request.GET.getlist("serie"))


def _address(grid: Grid) -> str:
    query = QueryDict(mutable=True)
    query["kalla"] = grid.source_code
    query["ar"] = str(grid.months[0].year)
    query.setlist("serie", [each.code for each in grid.series])
    return f"{reverse('statistics:typed', args=[grid.municipality_code])}?{query.urlencode()}"


def _written(posted: QueryDict, grid: Grid) -> dict[Place, Written]:
    """What was sent for each cell; a cell that was not sent is as it was."""
    return {
        place: Written(
            text=posted.get(f"c-{place.name}", "").strip()[:20],
            before=posted.get(f"w-{place.name}", "")[:20],
            is_preliminary=f"p-{place.month:%Y-%m}" in posted,
            was_preliminary=posted.get(f"q-{place.month:%Y-%m}", "") == "1",
        )
        for place in grid.places
        if f"c-{place.name}" in posted
    }


def _untouched(grid: Grid, standing: dict[Place, Standing]) -> list[Judged]:
    marked = {place.month for place, each in standing.items() if each.is_preliminary}
    found = []
    for place in grid.places:
        stands = standing.get(place, Standing())
        is_marked = place.month in marked
        found.append(Judged(place, Written(stands.text, stands.text, is_marked, is_marked), stands))
    return found


def _show(
    request: ActorRequest,
    name: str,
    grid: Grid,
    judged: list[Judged],
    standing: dict[Place, Standing],
    status: int = 200,
) -> HttpResponse:
    language = language_now()
    by_place = {cell.place: cell for cell in judged}
    empty = Written("", "", is_preliminary=False, was_preliminary=False)
    rows: list[dict[str, object]] = []
    shown: list[list[Cell]] = []
    for month in grid.months:
        cells = [
            by_place.get(
                Place(each.code, month), Judged(Place(each.code, month), empty, Standing())
            )
            for each in grid.series
        ]
        label = period_label(PeriodKind.MONTH, month, language)
        marked = {place.month for place, each in standing.items() if each.is_preliminary}
        shown.append(
            [
                _cell(cell, f"{label}, {each.name(language)}")
                for cell, each in zip(cells, grid.series, strict=True)
            ]
        )
        rows.append(
            {
                "key": f"{month:%Y-%m}",
                "label": label,
                "is_preliminary": any(cell.written.is_preliminary for cell in cells),
                "was_preliminary": month in marked,
                "cells": shown[-1],
            }
        )
    this_year = timezone.localdate(request.actor.at).year
    context = {
        "code": grid.municipality_code,
        "place": name,
        "grid": grid,
        "address": _address(grid),
        "headings": [each.name(language) for each in grid.series],
        "rows": rows,
        "errors": [cell for cells in shown for cell in cells if cell.error],
        "year": grid.months[0].year,
        "years": range(this_year, max(EARLIEST, this_year - 10), -1),
        "source_choices": [(each, sources()[each].name(language)) for each in SOURCES],
        "series_choices": [
            (each.code, each.name(language), each in grid.series)
            for each in typable_series(grid.source_code)
        ],
    }
    return render(request, "statistics/typed.html", context, status=status)


def _cell(cell: Judged, label: str) -> Cell:
    """After a conflict the cell has seen the other's figure: saving again means one's own."""
    words = {
        None: "",
        CellFault.NOT_A_NUMBER: _("“%(text)s” is not a whole number. Write digits only.")
        % {"text": cell.written.text},
        CellFault.TOO_LARGE: _("%(text)s is too large.") % {"text": cell.written.text},
        CellFault.IS_FINAL: _(
            "A final figure (%(theirs)s) stands here; a preliminary one cannot take its place."
        )
        % {"theirs": cell.standing.text},
        CellFault.CONFLICT: _(
            "Somebody has changed this to %(theirs)s since you opened the page; you wrote "
            "%(mine)s. Save again to keep yours, or write theirs."
        )
        % {"theirs": cell.standing.text or _("nothing"), "mine": cell.written.text or _("nothing")},
    }
    is_conflict = cell.fault is CellFault.CONFLICT
    return Cell(
        name=cell.place.name,
        label=label,
        text=cell.written.text,
        before=cell.standing.text if is_conflict else cell.written.before,
        error=words[cell.fault],
    )


def _told(request: ActorRequest, result: ImportResult, figures: int) -> None:
    words = ngettext("%(figures)d figure is saved.", "%(figures)d figures are saved.", figures)
    link = reverse("imports:detail", args=[result.batch.ref])
    text = format_html(
        '{} <a href="{}">{}</a>', words % {"figures": figures}, link, _("See it, or undo it")
    )
    messages.success(request, text)
