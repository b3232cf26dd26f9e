"""Gathers what politicians are shown from the statistics' findings: nothing is typed."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samverkan.documents.formats import Language, month_name, period_label
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.statistics.comparison.findings import Comparison, GroupComparison, comparison_of
from samverkan.statistics.comparison.peers import Choice
from samverkan.statistics.findings import GroupFindings, SeriesFinding, group_findings
from samverkan.statistics.statements import language_now

from ..headline import headline, steady_words, unsure_words
from ..rules import end_of_month
from .content import BasisFile, BasisRow, Briefing, BriefingSlide, basis_version
from .slides_of_findings import (
    compared_group,
    comparison_slide,
    group_slide,
    places_slide,
    shown_groups,
)

FEWEST_SLIDES = 5
MOST_SLIDES = 8


class UnknownMunicipalityError(LookupError):
    """No such municipality, or none that the actor may see."""


class NoFiguresError(LookupError):
    """There is nothing to show, and nothing is shown in its place."""


def compose(
    actor: Actor, municipality_code: str, period_start: date, language: Language
) -> Briefing:
    """The presentation in the language, from the figures up to the month.

    Errors: UnknownMunicipalityError; NoFiguresError when no crime figures may be seen.
    """
    place = municipality(actor, municipality_code)
    if place is None:
        raise UnknownMunicipalityError(municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    with override(language.value):
        until = end_of_month(period_start) - timedelta(days=1)
        groups = group_findings(actor, municipality_code, until=until)
        shown = shown_groups(groups)
        if not shown:
            raise NoFiguresError(municipality_code)
        findings = [group.leading for group in shown]
        comparison = comparison_of(actor, municipality_code, Choice())
        compared = compared_group(comparison)
        basis = (*_basis(findings), *_basis_of_comparison(compared))
        return Briefing(
            language=language.value,
            municipality_code=municipality_code,
            municipality=place.name,
            owner=owner.name if owner else place.name,
            period=f"{period_start:%Y-%m}",
            period_label=month_name(period_start, language),
            title=headline(shown, period_start),
            lead=_lead(shown, place.name),
            plain=tuple(_plain(findings)),
            how_sure=tuple(_how_sure(findings)),
            not_said=tuple(_not_said(findings, period_start)),
            slides=_slides(findings, _compared_slide(comparison, compared), period_start, basis),
            opening_notes=_opening_notes(basis),
            basis=basis,
            composed_at=timezone.localtime(actor.at).isoformat(timespec="minutes"),
        )


def _lead(shown: list[GroupFindings], place: str) -> str:
    return " ".join(part for part in (steady_words(shown, place), unsure_words(shown)) if part)


def _plain(findings: list[SeriesFinding]) -> list[str]:
    """What the page says first: one sentence a crime group, and where."""
    said = []
    for finding in findings:
        said.append(f"{finding.sentence}.")
        if finding.places:
            said.append(finding.places)
    return said


def _how_sure(findings: list[SeriesFinding]) -> list[str]:
    language = language_now()
    return [
        f"{finding.series.definition.name(language)}: {finding.could_be_seen}"
        for finding in findings
        if finding.could_be_seen
    ]


def _not_said(findings: list[SeriesFinding], period_start: date) -> list[str]:
    """What must be known before anybody repeats the figures."""
    said = [
        _("The figures count reported offences, not all offences. More reports can mean trust."),
    ]
    late = [each for each in findings if _ends_before(each, period_start)]
    if late:
        last = min(each.series.last for each in late)
        kind = late[0].series.period_kind
        said.append(
            _("Some figures end before the month asked for: the earliest with %(period)s.")
            % {"period": period_label(kind, last, language_now())}
        )
    if any(each.series.preliminary_from is not None for each in findings):
        said.append(_("The last figures are preliminary and can still change."))
    crossed = sorted({on.year for each in findings for on in each.judgement.crossed_breaks})
    if crossed:
        years = ", ".join(str(year) for year in crossed)
        said.append(
            _("Offence codes changed in %(years)s: small differences across it may come from that.")
            % {"years": years}
        )
    said.append(_("The municipality is not ranked: chance alone would make the order."))
    return said


def _ends_before(finding: SeriesFinding, period_start: date) -> bool:
    series = finding.series
    end = series.last.year * 12 + series.last.month + series.period_kind.months
    return end <= period_start.year * 12 + period_start.month


def _compared_slide(
    comparison: Comparison | None, compared: GroupComparison | None
) -> list[BriefingSlide]:
    if comparison is None or compared is None:
        return []
    return [comparison_slide(compared, comparison.model)]


def _slides(
    findings: list[SeriesFinding],
    compared: list[BriefingSlide],
    period_start: date,
    basis: tuple[BasisRow, ...],
) -> tuple[BriefingSlide, ...]:
    """The slides after the opening: four to seven, so that the whole is five to eight."""
    slides = [group_slide(finding) for finding in findings]
    slides += [slide for slide in (places_slide(finding) for finding in findings) if slide][:1]
    slides += compared
    closing = _closing(findings, period_start, basis)
    if len(slides) + 2 < FEWEST_SLIDES:
        slides.append(_seen(findings))
    if len(slides) + 2 < FEWEST_SLIDES:
        slides.append(_how_to_read())
    return (*slides[: MOST_SLIDES - 2], closing)


def _seen(findings: list[SeriesFinding]) -> BriefingSlide:
    points = _how_sure(findings) or [_("There are too few earlier figures for a test.")]
    return BriefingSlide(
        key="seen",
        title=_("Small changes cannot be seen in so few offences"),
        points=tuple(points),
        chart=None,
        source="",
        notes=_("The limits come from the power of the exact test; nobody has chosen them by eye."),
    )


def _how_to_read() -> BriefingSlide:
    return BriefingSlide(
        key="reading",
        title=_("A dot is a month; the shaded band is what is expected"),
        points=(
            _("Nineteen months of twenty lie in the band when nothing has changed."),
            _("Hollow dots are preliminary."),
            _("A single month outside the band says little by itself."),
        ),
        chart=None,
        source="",
        notes=_("The band comes from the years before the last one."),
    )


def _closing(
    findings: list[SeriesFinding], period_start: date, basis: tuple[BasisRow, ...]
) -> BriefingSlide:
    files = {file.sha256: file for row in basis for file in row.files}
    latest = max((file.fetched_at for file in files.values()), default="")
    points = [
        *_not_said(findings, period_start),
        ngettext(
            "The figures come from %(count)d file, fetched %(date)s. Basis %(version)s.",
            "The figures come from %(count)d files, the last fetched %(date)s. Basis %(version)s.",
            len(files),
        )
        % {"count": len(files), "date": latest, "version": basis_version(basis)},
    ]
    return BriefingSlide(
        key="basis",
        title=_("Reported offences are not all offences, and chance is part of every figure"),
        points=tuple(points),
        chart=None,
        source="",
        notes="\n".join(basis_line(row) for row in basis),
    )


def basis_line(row: BasisRow) -> str:
    """One series: how many figures, and the latest file; the others stand in the basis file."""
    said = _("%(series)s: %(count)d figures, %(first)s to %(last)s; %(source)s") % {
        "series": row.series,
        "count": row.n_figures,
        "first": row.first[:7],
        "last": row.last[:7],
        "source": row.source,
    }
    if not row.files:
        return f"{said}."
    return said + _(", latest file %(file)s, fetched %(date)s, fingerprint %(sha256)s.") % {
        "file": row.files[0].name,
        "date": row.files[0].fetched_at,
        "sha256": row.files[0].sha256[:12],
    }


def _opening_notes(basis: tuple[BasisRow, ...]) -> str:
    return _(
        "Every sentence and figure is made from the figures in Samverkan by exact methods for "
        "small counts; nobody has typed them. Basis %(version)s."
    ) % {"version": basis_version(basis)}


def _basis(findings: list[SeriesFinding]) -> tuple[BasisRow, ...]:
    rows = []
    for finding in findings:
        series = finding.series
        values = tuple((figure.start.isoformat(), figure.value) for figure in series.figures)
        files = sorted(series.provenance, key=lambda each: each.fetched_at, reverse=True)
        rows.append(
            BasisRow(
                series=series.definition.name(language_now()),
                source=series.source.citation(language_now()),
                files=tuple(
                    BasisFile(
                        each.file_name,
                        each.sha256,
                        f"{timezone.localdate(each.fetched_at):%Y-%m-%d}",
                    )
                    for each in files
                ),
                first=series.first.isoformat(),
                last=series.last.isoformat(),
                n_figures=len(values),
                values=values,
            )
        )
    return tuple(rows)


def _basis_of_comparison(compared: GroupComparison | None) -> tuple[BasisRow, ...]:
    """The counts of every municipality in the funnel."""
    if compared is None:
        return ()
    values = tuple((each.place.code, float(each.place.count)) for each in compared.compared.places)
    first, _dash, last = compared.years.partition("\u2013")
    return (
        BasisRow(
            series=_("%(name)s, like municipalities") % {"name": compared.name},
            source=compared.source.split(";")[0],
            files=(),
            first=first,
            last=last or first,
            n_figures=len(values),
            values=values,
        ),
    )
