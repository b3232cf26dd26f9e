"""Fear and reported crime of one area, beside each other and never merged."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.documents.charts import Bar, IntervalBars, SourceKind, table_of
from samverkan.documents.formats import number
from samverkan.platform.access.actor import Actor
from samverkan.statistics.findings import group_findings
from samverkan.statistics.presentation import FigureView, as_html, drawing, figure_view
from samverkan.statistics.statements import language_now

from .questions import Question
from .selectors import MeasuredFigure, MeasurementFacts, measurements

MOST_SURVEYS = 5
LONGEST_LABEL = 25


@dataclass(frozen=True)
class Pair:
    """One subject: what people feel, and what has been reported. Either may be missing."""

    subject: str
    fear: SafeString
    crime: SafeString | None


@dataclass(frozen=True)
class AreaPage:
    pairs: tuple[Pair, ...]
    silent: tuple[str, ...]
    """Figures that too few answered for a percentage, in words."""
    areas: tuple[str, ...]


def area_page(actor: Actor, municipality_code: str, area: str) -> AreaPage:
    """Every question that a survey of the area has asked, with the crime of the same subject."""
    every = measurements(actor, municipality_code)
    # What is known of the municipality itself leads before what holds for the police area.
    own = sorted(
        (each for each in every if each.area == area), key=lambda each: each.reach == "police_area"
    )
    asked: dict[str, list[tuple[MeasurementFacts, MeasuredFigure]]] = {}
    for facts in own:
        for figure in facts.figures:
            asked.setdefault(figure.question.code, []).append((facts, figure))
    crime = {
        group.definition.code: as_html(figure_view(group.leading))
        for group in group_findings(actor, municipality_code)
    }
    pairs, silent, shown = [], [], set()
    for rows in asked.values():
        question = rows[0][1].question
        told = [(facts, figure) for facts, figure in rows if figure.worth is not None]
        silent += [_silent(facts, figure) for facts, figure in rows if figure.worth is None]
        if told:
            repeated = question.subject in shown
            beside = None if repeated else crime.get(question.subject)
            shown.add(question.subject)
            name = question.measured(language_now())
            pairs.append(Pair(name, as_html(_figure(question, told[:MOST_SURVEYS])), beside))
    areas = tuple(dict.fromkeys(each.area for each in every if each.area))
    return AreaPage(tuple(pairs), tuple(silent), areas)


def area_named(actor: Actor, municipality_code: str, name: str) -> str | None:
    """The area whose name gives this address; None when no survey knows it."""
    found = {each.area for each in measurements(actor, municipality_code) if each.area}
    return next((area for area in sorted(found) if area_slug(area) == name), None)


def area_slug(area: str) -> str:
    """ "Norra området" as norra-omradet."""
    return slugify(area) or "omrade"


def _figure(question: Question, told: list[tuple[MeasurementFacts, MeasuredFigure]]) -> FigureView:
    language = language_now()
    newest, figure = told[0]
    sentence = fear_sentence(newest, figure)
    chart = IntervalBars(
        key=f"fear-{question.code}",
        title=sentence,
        description=sentence,
        unit=_("per cent"),
        row_heading=_("Survey"),
        bars=tuple(
            Bar(
                _label(facts),
                each.worth.percent if each.worth else None,
                each.worth.lower if each.worth else None,
                each.worth.upper if each.worth else None,
                is_emphasised=facts is newest,
            )
            for facts, each in told
        ),
        language=language,
        source_kind=SourceKind.SURVEY,
    )
    return FigureView(
        key=chart.key,
        title=sentence,
        subtitle=_("Per cent of those who answered, with a 95 % interval where one may be given."),
        wide=drawing(chart, is_phone=False),
        phone=drawing(chart, is_phone=True),
        remarks=tuple(_remarks(newest, figure)),
        source=_source(newest),
        definition=f"{question.text(language)} {question.source}.",
        table=table_of(chart),
    )


def _label(facts: MeasurementFacts) -> str:
    """The survey's name with its year, short enough to stand beside a bar."""
    year = f"{facts.asked_to:%Y}"
    name = facts.title if year in facts.title else f"{facts.title} {year}"
    if len(name) > LONGEST_LABEL:
        name = name[: LONGEST_LABEL - 1].rstrip() + "…"
    return name


def fear_sentence(facts: MeasurementFacts, figure: MeasuredFigure) -> str:
    """The finding: how many feel so, and between which ends when a sample was drawn."""
    language, worth = language_now(), figure.worth
    if worth is None:
        return ""
    words = {
        "percent": number(worth.percent, language),
        "measured": figure.question.measured(language),
        "year": facts.asked_to.year,
    }
    if worth.lower is None or worth.upper is None:
        return _("%(percent)s per cent of those who answered: %(measured)s (%(year)d)") % words
    ends = {"low": number(worth.lower, language), "high": number(worth.upper, language)}
    return _("%(percent)s per cent (%(low)s to %(high)s): %(measured)s (%(year)d)") % {
        **words,
        **ends,
    }


def _remarks(facts: MeasurementFacts, figure: MeasuredFigure) -> list[str]:
    language = language_now()
    answered = ngettext(
        "%(count)s person answered the question.",
        "%(count)s persons answered the question.",
        figure.base,
    ) % {"count": number(figure.base, language)}
    found = [answered]
    if facts.reach == "police_area":
        found.append(_("It holds for the whole local police area, not for the municipality alone."))
    if facts.response_rate is not None:
        rate = number(facts.response_rate, language)
        found.append(_("%(rate)s per cent of those asked answered.") % {"rate": rate})
    if not facts.is_drawn:
        found.append(
            _(
                "No sample was drawn: no margin of error can be given, "
                "and the answers hold for those who answered."
            )
        )
    return found


def _source(facts: MeasurementFacts) -> str:
    return _(
        "%(title)s, %(source)s. Asked %(first)s to %(last)s; put in by %(person)s %(day)s."
    ) % {
        "title": facts.title,
        "source": facts.source,
        "first": facts.asked_from.isoformat(),
        "last": facts.asked_to.isoformat(),
        "person": facts.put_in_by,
        "day": facts.put_in_on.isoformat(),
    }


def _silent(facts: MeasurementFacts, figure: MeasuredFigure) -> str:
    return _("%(measured)s (%(title)s): only %(base)s answered, too few for a percentage") % {
        "measured": figure.question.measured(language_now()),
        "title": facts.title,
        "base": number(figure.base, language_now()),
    }
