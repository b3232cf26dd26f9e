"""What surveys say of an area, with what each figure is worth; and the counts of simple ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor

from .models import Answer, MeasuredShare, Measurement, OpenSurvey
from .questions import Question, questions
from .rules import FEWEST_ANSWERS, SKIP, Crossing, Phase, Worth, crossing, worth
from .services import survey_phase

UNSAFE, OTHERWISE = "unsafe", "otherwise"
COUNTED = "answers are counted together, never read one by one"


@dataclass(frozen=True)
class MeasuredFigure:
    """One figure of a survey; `worth` None: too few answered to give a percentage."""

    question: Question
    base: int
    worth: Worth | None


@dataclass(frozen=True)
class MeasurementFacts:
    ref: str
    municipality_code: str
    municipality: str
    title: str
    source: str
    reach: str
    reach_words: str
    area: str
    is_drawn: bool
    sampling_words: str
    asked_from: date
    asked_to: date
    population: int | None
    sample_size: int | None
    answers: int
    design_effect: float
    put_in_by: str
    put_in_on: date
    figures: tuple[MeasuredFigure, ...]

    @property
    def answers_words(self) -> str:
        words = ngettext("%(number)s answer", "%(number)s answers", self.answers)
        return words % {"number": self.answers}

    @property
    def response_rate(self) -> float | None:
        """Per cent of those asked who answered."""
        return 100 * self.answers / self.sample_size if self.sample_size else None


@dataclass(frozen=True)
class PublicAnswer:
    """A figure of a drawn sample as it may stand on a public page."""

    survey: str
    area: str
    question_sv: str
    question_en: str
    percent: float
    lower: float | None
    upper: float | None
    base: int
    period: str
    source: str


@dataclass(frozen=True)
class OptionCount:
    label: str
    count: int
    is_unsafe: bool


@dataclass(frozen=True)
class QuestionCounts:
    question: Question
    options: tuple[OptionCount, ...]
    answered: int
    unsafe: int


@dataclass(frozen=True)
class SurveyResult:
    """`questions` is empty while the survey is open, and when fewer than five have answered."""

    survey: OpenSurvey
    phase: Phase
    answers: int
    questions: tuple[QuestionCounts, ...] = ()
    crossing: Crossing | None = None

    @property
    def is_few(self) -> bool:
        return self.answers < FEWEST_ANSWERS


def measurements(
    actor: Actor, municipality_code: str = "", *, area: str | None = None
) -> list[MeasurementFacts]:
    """Surveys that the actor may see, the newest first; `area` "" is the whole municipality."""
    rows = Measurement.objects.visible_to(actor).select_related("municipality")
    if municipality_code:
        rows = rows.filter(municipality__code=municipality_code)
    if area is not None:
        rows = rows.filter(area=area)
    found = list(rows)
    shares = MeasuredShare.objects.visible_to(actor).filter(measurement__in=found)
    by_measurement: dict[int, list[MeasuredShare]] = {}
    for share in shares:
        by_measurement.setdefault(share.measurement_id, []).append(share)
    return [_facts(row, by_measurement.get(row.pk, [])) for row in found]


def measurement(actor: Actor, ref: str) -> MeasurementFacts | None:
    row = (
        Measurement.objects.visible_to(actor).select_related("municipality").filter(ref=ref).first()
    )
    if row is None:
        return None
    return _facts(row, list(MeasuredShare.objects.visible_to(actor).filter(measurement=row)))


def published_answers(actor: Actor, municipality_code: str) -> list[PublicAnswer]:
    """What may be published: the newest drawn sample of each survey, with base and interval."""
    newest: dict[tuple[str, str], MeasurementFacts] = {}
    for each in measurements(actor, municipality_code):
        if each.is_drawn:
            newest.setdefault((each.source, each.area), each)
    return [
        PublicAnswer(
            survey=each.title,
            area=each.area or each.reach_words,
            question_sv=f"Andel {figure.question.measured_sv}",
            question_en=f"Share of those who are or do: {figure.question.measured_en}",
            percent=round(figure.worth.percent, 1),
            lower=_rounded(figure.worth.lower),
            upper=_rounded(figure.worth.upper),
            base=figure.base,
            period=period_words(each),
            source=each.source,
        )
        for each in newest.values()
        for figure in each.figures
        if figure.worth is not None
    ]


def period_words(facts: MeasurementFacts) -> str:
    return f"{facts.asked_from:%Y-%m-%d}–{facts.asked_to:%Y-%m-%d}"


def open_surveys(actor: Actor, municipality_code: str = "") -> list[tuple[OpenSurvey, Phase]]:
    rows = OpenSurvey.objects.visible_to(actor).select_related("municipality")
    if municipality_code:
        rows = rows.filter(municipality__code=municipality_code)
    return [(row, survey_phase(row, actor)) for row in rows]


def survey(actor: Actor, ref: str) -> OpenSurvey | None:
    found: OpenSurvey | None = (
        OpenSurvey.objects.visible_to(actor).select_related("municipality").filter(ref=ref).first()
    )
    return found


def survey_to_answer(actor: Actor, code: str) -> tuple[OpenSurvey, Phase] | None:
    """Whoever has the address may answer: nobody needs to be signed in."""
    found = (
        OpenSurvey.objects.for_system("whoever has the address may answer")
        .select_related("municipality", "owner")
        .filter(code=code)
        .first()
    )
    return (found, survey_phase(found, actor)) if found else None


def survey_result(actor: Actor, ref: str, language: str) -> SurveyResult | None:
    """How the answers fell: only when it is closed, so that no answer can be told from the next."""
    found = survey(actor, ref)
    if found is None:
        return None
    given = list(
        Answer.objects.for_system(COUNTED).filter(survey=found).values_list("group", "choices")
    )
    now = survey_phase(found, actor)
    result = SurveyResult(found, now, len(given))
    if now is not Phase.CLOSED or result.is_few:
        return result
    asked = [questions()[code] for code in found.questions if code in questions()]
    return SurveyResult(
        found,
        now,
        len(given),
        tuple(_counted(question, given, language) for question in asked),
        _crossed(found, given, asked),
    )


def _crossed(
    found: OpenSurvey, given: list[tuple[str, dict[str, str]]], asked: list[Question]
) -> Crossing | None:
    """How many of each group are unsafe: one line a question, so that groups stay large."""
    if not found.asks_group:
        return None
    options: dict[str, tuple[str, ...]] = {each.code: (UNSAFE, OTHERWISE) for each in asked}
    sides = [
        (
            group,
            {
                each.code: UNSAFE if choices.get(each.code) in each.unsafe else OTHERWISE
                for each in asked
            },
        )
        for group, choices in given
    ]
    return crossing(sides, options)


def _counted(
    question: Question, given: list[tuple[str, dict[str, str]]], language: str
) -> QuestionCounts:
    counts = Counter(choices.get(question.code, SKIP) for _group, choices in given)
    return QuestionCounts(
        question,
        tuple(
            OptionCount(option.label(language), counts[option.code], option.code in question.unsafe)
            for option in question.options
        ),
        answered=sum(counts[option.code] for option in question.options),
        unsafe=sum(counts[code] for code in question.unsafe),
    )


def _facts(row: Measurement, shares: list[MeasuredShare]) -> MeasurementFacts:
    order = list(questions())
    is_drawn = row.sampling == Measurement.Sampling.DRAWN
    known = sorted(
        (share for share in shares if share.question in order),
        key=lambda share: order.index(share.question),
    )
    return MeasurementFacts(
        ref=row.ref,
        municipality_code=row.municipality.code,
        municipality=row.municipality.name,
        title=row.title,
        source=row.source,
        reach=row.reach,
        reach_words=row.get_reach_display(),
        area=row.area,
        is_drawn=is_drawn,
        sampling_words=row.get_sampling_display(),
        asked_from=row.asked_from,
        asked_to=row.asked_to,
        population=row.population,
        sample_size=row.sample_size,
        answers=row.answers,
        design_effect=row.design_effect,
        put_in_by=row.put_in_by,
        put_in_on=row.put_in_at.date(),
        figures=tuple(
            MeasuredFigure(
                questions()[share.question],
                share.base,
                worth(
                    share.percent,
                    share.base,
                    is_drawn=is_drawn,
                    effect=row.design_effect,
                    population=row.population,
                ),
            )
            for share in known
        ),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
