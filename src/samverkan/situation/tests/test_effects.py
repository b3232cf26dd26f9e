"""Did it work? The rule of comparison, the words, and the promised error rate at small counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.situation.effect_words import sentence_of, warnings_of
from samverkan.situation.models import EffectVerdict
from samverkan.situation.rules.comparison import ALPHA, Choice, Spot, sides, windows
from samverkan.situation.selectors.effects import effect_of, judge_counts
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


@pytest.mark.parametrize(("mean", "spread"), [(0.4, 0.0), (0.4, 0.5), (1.5, 0.0), (1.5, 0.5)])
def test_where_nothing_has_changed_a_change_is_claimed_in_at_most_one_case_of_twenty(mean, spread):
    """100 areas a case: the share of false claims stays within what chance allows around 5 %."""
    dice, weeks, areas = np.random.default_rng([2026, int(mean * 100)]), 16, 100

    def drawn(level: float) -> list[int]:
        means = level * dice.gamma(1 / spread, spread, weeks) if spread else np.full(weeks, level)
        return [int(count) for count in dice.poisson(means)]

    claims = 0
    for _area in range(areas):
        judged = judge_counts(drawn(mean), drawn(mean), drawn(4 * mean), drawn(4 * mean))
        claims += "crease" in judged.verdict
    # three standard errors above the promise
    assert claims / areas <= ALPHA + 3 * (ALPHA * (1 - ALPHA) / areas) ** 0.5


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
