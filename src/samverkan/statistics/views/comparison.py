"""A municipality beside itself, a model and like municipalities."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samverkan.documents.charts import table_of
from samverkan.documents.formats import number
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..comparison.findings import Comparison, GroupComparison, comparison_of
from ..comparison.forms import ChoiceForm
from ..comparison.places import FACTS_YEAR, place_facts
from ..findings import group_findings
from ..harm import doubt_sentence, harm_of, harm_sentence
from ..presentation import FigureView, as_html, drawing
from ..statements import language_now


@dataclass(frozen=True)
class PeerRow:
    code: str
    name: str
    county: str
    inhabitants: str
    density: str
    distance: str
    why: str


@require_GET
@requires(Capability.STATISTICS_READ)
def comparison(request: ActorRequest, code: str) -> HttpResponseBase:
    place = municipality(request.actor, code)
    form = ChoiceForm(request.GET or None, own=code)
    found = comparison_of(request.actor, code, form.choice()) if place else None
    if place is None or found is None:
        raise Http404
    _offer_to_leave_out(form, found)
    groups = group_findings(request.actor, code)
    harm = harm_of(groups)
    return render(
        request,
        "statistics/comparison.html",
        {
            "place": place,
            "form": form,
            "is_changed": bool(request.GET),
            "itself": [
                group.leading
                for group in groups
                if group.definition.is_crime and group.leading.series.is_count
            ],
            "model": found.model,
            "figures": [_figures(group, code) for group in found.groups],
            "lacking": found.lacking,
            "peers": [_own_row(code), *_peer_rows(found)],
            "facts_year": FACTS_YEAR,
            "harm": harm,
            "harm_sentence": harm_sentence(harm) if harm else "",
            "harm_doubt": doubt_sentence(harm) if harm else "",
        },
    )


def _offer_to_leave_out(form: ChoiceForm, found: Comparison) -> None:
    """Only those in the list, and those already left out: 290 boxes would help nobody."""
    offered = {peer.facts.code for peer in found.peers} | set(form.choice().removed)
    form.fields["removed"].choices = [  # type: ignore[attr-defined]
        (code, place.name) for code, place in place_facts().items() if code in offered
    ]


def _figures(group: GroupComparison, code: str) -> tuple[SafeString, SafeString]:
    funnel = FigureView(
        key=group.funnel.key,
        title=group.sentence,
        subtitle=f"{group.name}, {group.years}, {group.funnel.unit}.",
        wide=drawing(group.funnel, is_phone=False),
        phone=drawing(group.funnel, is_phone=True),
        remarks=group.remarks,
        source=group.source,
        definition=group.definition,
        table=table_of(group.funnel),
        heading=3,
    )
    evened = FigureView(
        key=group.shrinkage.key,
        title=group.shrinkage.title,
        subtitle=f"{group.years}, {group.shrinkage.unit}.",
        wide=drawing(group.shrinkage, is_phone=False),
        phone=drawing(group.shrinkage, is_phone=True),
        remarks=(group.shrinkage.description,),
        source=group.source,
        definition=group.definition,
        table=table_of(group.shrinkage),
        heading=3,
    )
    return as_html(funnel), as_html(evened)


def _own_row(code: str) -> PeerRow:
    place = place_facts()[code]
    language = language_now()
    return PeerRow(
        code=code,
        name=place.name,
        county=place.county_name,
        inhabitants=number(place.inhabitants, language),
        density=number(place.density, language, 1),
        distance="–",
        why=_("the municipality itself"),
    )


def _peer_rows(found: Comparison) -> list[PeerRow]:
    language = language_now()
    rows = []
    for peer in found.peers:
        reasons = [
            word
            for word, holds in (
                (_("alike"), peer.is_like),
                (_("neighbour"), peer.is_neighbour),
                (_("added"), peer.is_added),
            )
            if holds
        ]
        rows.append(
            PeerRow(
                code=peer.facts.code,
                name=peer.facts.name,
                county=peer.facts.county_name,
                inhabitants=number(peer.facts.inhabitants, language),
                density=number(peer.facts.density, language, 1),
                distance="–" if peer.distance is None else number(peer.distance, language, 2),
                why=", ".join(reasons),
            )
        )
    return rows
