"""Did it work? The rule of comparison, the words, and the promised error rate at small counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.effect_words import (
    finding_words,
    lesson_words,
    moved_of,
    sentence_of,
    warnings_of,
)
from samverkan.situation.measure_kinds import kind_of, measure_kinds
from samverkan.situation.models import EffectVerdict
from samverkan.situation.rules.comparison import ALPHA, Choice, Spot, sides, windows
from samverkan.situation.selectors.displaced import Course, judge_displacement
from samverkan.situation.selectors.effects import effect_of, judge_counts, neighbours_of
from samverkan.situation.selectors.measures import lessons_for
from samverkan.situation.services.verdicts import keep_verdict
from tests.world import NOW

from .factories import make_incident, make_measure, make_place, make_problem

BEGUN = date(2026, 8, 3)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
)
def test_windows_are_whole_weeks_of_equal_length_and_never_ahead(started, days):
    today = started + timedelta(days=days)
    span = windows(started, today)
    assert span.start - span.before_from == span.after_to - span.start
    assert span.after_to <= today
    assert span.start <= started
    assert 0 <= span.weeks <= 52


def test_near_places_are_kept_apart_from_the_comparison():
    spots = [Spot(1, 0, 0), Spot(2, 300, 0), Spot(3, 5000, 0), Spot(4)]
    by_rule = sides([1], spots, Choice.BY_RULE)
    assert (by_rule.comparison, by_rule.nearby) == ((3, 4), (2,))
    assert sides([1], spots, Choice.EVERYWHERE).comparison == (2, 3, 4)
    assert sides([1], spots, Choice.NONE).comparison == ()


def drawn(dice: np.random.Generator, level: float, spread: float, weeks: int) -> list[int]:
    """Counts a week around a level that does not change, uneven when there is a spread."""
    means = level * dice.gamma(1 / spread, spread, weeks) if spread else np.full(weeks, level)
    return [int(count) for count in dice.poisson(means)]


def claims(areas: int, mean: float, spread: float, seed: int, weeks: int = 16) -> list[str]:
    """The findings in words of areas where nothing has changed."""
    dice = np.random.default_rng([2026, seed])
    said = []
    for _area in range(areas):
        before, after = (drawn(dice, mean, spread, weeks) for _phase in range(2))
        others = [drawn(dice, 4 * mean, spread, weeks) for _phase in range(2)]
        said.append(finding_words(judge_counts(before, after, *others).verdict))
    return said


FEWER = {"Tecken på minskning", "Färre händelser än väntat"}
MORE = {"Tecken på ökning", "Fler händelser än väntat"}


@pytest.mark.parametrize(("mean", "spread"), [(0.4, 0.0), (1.5, 0.5)])
def test_where_nothing_has_changed_a_change_is_seldom_claimed(mean, spread):
    """40 areas a case, as a first alarm; the promise itself is tried on 1,000 areas below."""
    with translation.override("sv"):
        said = claims(40, mean, spread, seed=1)
    wrong = sum(each in FEWER | MORE for each in said)
    assert wrong / len(said) <= ALPHA + 3 * (ALPHA * (1 - ALPHA) / len(said)) ** 0.5


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "spread"), [(0.4, 0.0), (0.4, 0.5), (1.5, 0.0), (1.5, 0.5)])
def test_of_a_thousand_areas_without_change_at_most_five_in_a_hundred_are_called_a_decrease(
    mean, spread
):
    """As the reader sees it: "Tecken på minskning" or more, in 1,000 areas a case."""
    with translation.override("sv"):
        said = claims(1000, mean, spread, seed=2)
    assert set(said) <= FEWER | MORE | {"Ingen säker förändring", "För få händelser för att avgöra"}
    assert sum(each in FEWER for each in said) <= 50
    assert sum(each in FEWER | MORE for each in said) <= 50


def test_few_incidents_are_too_few_to_tell_even_when_all_are_gone():
    judged = judge_counts([1, 1, 1, 1] * 2, [0] * 8, [5] * 8, [5] * 8)
    assert judged.verdict == "too few to tell"


def test_a_great_fall_against_an_unchanged_comparison_is_seen():
    judged = judge_counts([4] * 12, [0, 1] * 6, [5] * 12, [5] * 12)
    assert judged.verdict in {"decrease", "sign of decrease"}


def test_a_place_chosen_at_its_peak_is_warned_for():
    judged = judge_counts([3] * 12, [1] * 12, [4] * 12, [4] * 12, pool=[9, 11, 10, 12, 8, 10])
    assert judged.is_chosen_at_a_peak
    assert judged.usual_before is not None
    assert judged.usual_before < 36


@pytest.fixture
def measured(world):
    """A place that became calm after the measure, another far away that did not."""
    target = make_place(world.storfors, "Busstorget", east=0, north=0)
    other = make_place(world.storfors, "Badplatsen", east=9000, north=0)
    for place in (target, other):
        place.area = make_place(world.storfors, f"Området {place.name}")
        place.save()
    for week in range(-16, 16):
        day = NOW.replace(year=2026, month=8, day=5) + timedelta(weeks=week)
        for _each in range(3 if week < 0 else 0):
            make_incident(world.school, place=target, occurred=day)
        for _each in range(3):
            make_incident(world.school, place=other, occurred=day)
    problem = make_problem(world.storfors, place=target, category="E10")
    function = world.function("safety_coordinator")
    return make_measure(problem, function, state="done", started_on=BEGUN)


def test_the_comparison_is_made_by_the_rule_and_said_in_words_without_percentages(world, measured):
    effect = effect_of(world.actor("safety_coordinator"), measured, Choice.BY_RULE)
    assert effect is not None
    assert (effect.target.before, effect.target.after) == (48, 0)
    assert effect.verdict == "decrease"
    assert "48 händelser på 16 veckor före, 0 på 16 veckor efter" in sentence_of(effect)
    assert "%" not in sentence_of(effect) + " ".join(warnings_of(effect))


def test_a_measure_that_has_not_begun_has_no_effect_to_judge(world, measured):
    measured.started_on = None
    assert effect_of(world.actor("safety_coordinator"), measured, Choice.BY_RULE) is None


def test_it_is_too_early_before_eight_weeks(world, measured):
    actor = world.actor("safety_coordinator")
    early = replace(actor, at=NOW.replace(month=8, day=20))
    effect = effect_of(early, measured, Choice.BY_RULE)
    assert effect is not None
    assert effect.verdict == "too few to tell"
    assert "för tidigt" in " ".join(warnings_of(effect))


def test_a_kept_verdict_is_dated_and_stands_where_the_same_kind_of_problem_next_appears(
    world, measured
):
    actor = world.actor("safety_coordinator")
    kept = keep_verdict(actor, measured.ref, Choice.BY_RULE, "Ny lampa")
    assert kept.judged_at == actor.at
    assert kept.inputs["comparison"] == "rule"
    following = make_problem(world.storfors, "Skador vid skolan", category="E10")
    lessons = lessons_for(actor, following)
    assert [lesson.measure for lesson in lessons] == ["Bättre belysning"]
    assert lessons_for(actor, make_problem(world.storfors, "Annat", category="E60")) == ()


def test_the_page_says_the_finding_and_keeps_it(world, client_in, measured, monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)
    client = client_in("safety_coordinator")
    url = reverse("situation:measure_effect", args=[measured.ref])
    text = client.get(url).text
    assert "Färre händelser än väntat" in text
    assert client.post(url, {"note": ""}).status_code == 302
    assert EffectVerdict.objects.for_system("test").get().verdict == "decrease"
    assert "Sagt tidigare" in client.get(url).text


def test_an_outsider_finds_no_effect_page(world, client_in, measured):
    outsider = client_in("safety_coordinator", world.kristinehamn)
    url = reverse("situation:measure_effect", args=[measured.ref])
    assert outsider.get(url).status_code == 404


def shared_with(world, detail):
    """Kristinehamn lets Storfors have its incidents, in this detail, and its places."""
    world.share(Information.INCIDENTS, detail, giver=world.kristinehamn, receiver=world.storfors)
    there = make_place(world.kristinehamn, "Hamntorget")
    for week in range(-16, 16):
        day = NOW.replace(year=2026, month=8, day=5) + timedelta(weeks=week)
        for _each in range(2):
            make_incident(world.kristinehamn, place=there, occurred=day)


def test_another_municipality_that_a_clause_shows_is_chosen_by_hand(
    world, client_in, measured, monkeypatch
):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)
    shared_with(world, Detail.DETAIL)
    actor = world.actor("safety_coordinator")
    assert [each.name for each in neighbours_of(actor, measured).offered] == ["Kristinehamn"]
    effect = effect_of(actor, measured, Choice.MUNICIPALITY, "1781")
    assert effect is not None
    assert effect.elsewhere is not None
    assert (effect.comparison.before, effect.comparison.after) == (32, 32)
    assert effect.verdict == "decrease"
    assert "I Kristinehamn, som det jämförs med: 32 före, 32 efter." in sentence_of(effect)
    assert "valdes för hand" in " ".join(warnings_of(effect))
    url = reverse("situation:measure_effect", args=[measured.ref]) + "?jamfor=municipality-1781"
    client = client_in("safety_coordinator")
    page = client.get(url).text
    assert '<option value="municipality-1781" selected>Kristinehamn</option>' in page
    client.post(url, {"note": ""})
    kept = EffectVerdict.objects.for_system("test").get()
    assert (kept.inputs["comparison"], kept.inputs["municipality"]) == ("municipality", "1781")


def test_counts_only_are_too_coarse_to_compare_with_and_the_page_says_so(
    world, client_in, measured, monkeypatch
):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)
    shared_with(world, Detail.AGGREGATE)
    found = neighbours_of(world.actor("safety_coordinator"), measured)
    assert found.offered == ()
    assert [each.name for each in found.too_coarse] == ["Kristinehamn"]
    url = reverse("situation:measure_effect", args=[measured.ref]) + "?jamfor=municipality-1781"
    page = client_in("safety_coordinator").get(url).text
    assert "för grovt att jämföra med" in page
    assert '<option value="rule" selected>' in page


@pytest.mark.parametrize(
    "asked", ["municipality-", "municipality-%00", "municipality-99999", "%3Cscript%3E", "x" * 5000]
)
def test_a_comparison_that_is_not_offered_is_the_rule_s(
    world, client_in, measured, monkeypatch, asked
):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)
    url = reverse("situation:measure_effect", args=[measured.ref]) + f"?jamfor={asked}"
    response = client_in("safety_coordinator").get(url)
    assert response.status_code == 200
    assert '<option value="rule" selected>' in response.text
    assert "<script>" not in response.text.split("<main")[1]


def test_without_a_clause_another_municipality_is_never_compared_with(world, measured):
    actor = world.actor("safety_coordinator")
    effect = effect_of(actor, measured, Choice.MUNICIPALITY, "1781")
    assert effect is not None
    assert (effect.choice, effect.elsewhere) == (Choice.BY_RULE, None)


@pytest.mark.parametrize(
    ("target", "comparison", "nearby", "course"),
    [
        ((60, 20), (400, 400), (40, 70), Course.MOVED),
        ((60, 20), (400, 400), (60, 180), Course.MORE_MOVED_THAN_PREVENTED),
        ((60, 20), (400, 400), (60, 25), Course.CALMER_TOO),
        ((200, 40), (2000, 2000), (60, 60), Course.STAYED),
        ((30, 15), (400, 400), (12, 12), Course.TOO_FEW),
        ((20, 60), (400, 400), (40, 70), Course.NO_FALL),
        ((60, 20), (400, 400), (2, 5), Course.TOO_FEW),
    ],
)
def test_whether_it_moved_is_said_by_the_displacement_quotient(target, comparison, nearby, course):
    assert judge_displacement(target, comparison, nearby).course is course


def test_where_nothing_moved_moving_is_claimed_in_at_most_five_cases_of_a_hundred():
    dice = np.random.default_rng(2026)
    courses = [
        judge_displacement(
            (int(dice.poisson(30)), int(dice.poisson(15))),
            (int(dice.poisson(200)), int(dice.poisson(200))),
            (int(dice.poisson(15)), int(dice.poisson(15))),
        ).course
        for _area in range(500)
    ]
    claimed = [each for each in courses if each in {Course.MOVED, Course.MORE_MOVED_THAN_PREVENTED}]
    assert len(claimed) <= 25


def test_a_problem_that_went_next_door_is_warned_for_in_words(world, measured):
    near = make_place(world.storfors, "Parken", east=200, north=0)
    near.area = make_place(world.storfors, "Området Parken")
    near.save()
    for week in range(-16, 16):
        day = NOW.replace(year=2026, month=8, day=5) + timedelta(weeks=week)
        for _each in range(1 if week < 0 else 4):
            make_incident(world.school, place=near, occurred=day)
    effect = effect_of(world.actor("safety_coordinator"), measured, Choice.BY_RULE)
    assert effect is not None
    assert effect.moved is not None
    assert effect.moved.course in {Course.MOVED, Course.MORE_MOVED_THAN_PREVENTED}
    assert "flyttat" in " ".join(warnings_of(effect))
    assert "16 före, 64 efter" in moved_of(effect)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Bättre belysning", "lighting"),
        ("Nya lampor vid gången", "lighting"),
        ("Fler nattvandrare på fredagar", "adults_out"),
        ("Åtgärd utan kännetecken", None),
        ("Placera bänkar", None),
    ],
)
def test_a_measures_kind_is_known_by_its_words(title, key):
    kind = kind_of(title)
    assert (kind.key if kind else None) == key
    assert len({each.key for each in measure_kinds()}) == len(measure_kinds())


def test_the_last_time_lighting_was_tried_is_told_where_the_same_kind_next_appears(
    world, client_in, measured
):
    actor = world.actor("safety_coordinator")
    keep_verdict(actor, measured.ref, Choice.BY_RULE)
    same = make_problem(world.storfors, "Skador vid skolan", category="E10")
    (lesson,) = lessons_for(actor, same)
    with translation.override("sv"):
        assert lesson_words(lesson).startswith(
            "Förra gången belysning prövades mot den här sortens problem: färre händelser"
        )
    page = client_in("safety_coordinator").get(reverse("situation:problem", args=[same.ref])).text
    assert "Förra gången belysning prövades" in page
    other = make_problem(world.storfors, "Mopeder", category="E60")
    assert lessons_for(actor, other) == ()
    make_measure(other, world.function("safety_coordinator"), "Lampor vid cykelvägen")
    (lesson,) = lessons_for(actor, other)
    assert (lesson.is_same_problem, lesson.is_same_measure) == (False, True)


def test_the_methods_are_explained_one_link_away(client_in, measured):
    client = client_in("safety_coordinator")
    page = client.get(reverse("situation:measure_effect", args=[measured.ref])).text
    methods = reverse("situation:effect_methods")
    explained = client.get(methods).text
    for anchor in ("jamforelse", "topp", "flytt"):
        assert f'href="{methods}#{anchor}"' in page
        assert f'id="{anchor}"' in explained
