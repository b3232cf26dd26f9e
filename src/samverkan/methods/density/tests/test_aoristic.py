import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import aoristic
from samverkan.methods.errors import MethodError

MONDAY = np.datetime64("2026-01-05T00:00", "m")
WEEK = 7 * 24 * 60


def minutes(*values):
    return MONDAY + np.array(values, dtype="timedelta64[m]")


def test_an_exactly_timed_event_is_wholly_in_its_hour():
    made = aoristic.aoristic_profile(["2026-01-07T13:30"], ["2026-01-07T13:30"])
    assert made.weights[2 * 24 + 13] == 1
    assert made.weights.sum() == 1
    assert made.n_within_bin == 1
    assert made.effective_number == 1


def test_shares_are_the_parts_of_the_interval_in_each_hour():
    made = aoristic.aoristic_profile(["2026-01-05T22:30"], ["2026-01-06T01:00"])
    assert made.weights[22:26].tolist() == [0.2, 0.4, 0.4, 0]
    assert made.n_within_bin == 0
    assert made.effective_number == pytest.approx(0.04 + 0.16 + 0.16)


def test_a_weekend_goes_round_the_end_of_the_week():
    made = aoristic.aoristic_profile(["2026-01-11T23:00"], ["2026-01-12T01:00"])
    assert made.weights[167] == made.weights[0] == 0.5
    table = made.by_weekday_and_hour
    assert table.shape == (7, 24)
    assert table[6, 23] == table[0, 0] == 0.5


def test_an_hour_from_stroke_to_stroke_is_known_to_its_hour():
    made = aoristic.aoristic_profile(["2026-01-05T22:00"], ["2026-01-05T23:00"])
    assert made.weights[22] == 1
    assert made.n_within_bin == 1


def test_more_than_a_week_lifts_all_hours():
    made = aoristic.aoristic_profile(minutes(0), minutes(WEEK + 60))
    assert made.n_whole_cycle == 1
    assert made.weights[0] == pytest.approx(2 / 169)
    assert made.weights[1:] == pytest.approx(np.full(167, 1 / 169))


def test_hours_of_the_day_and_weekdays_are_sums_of_hours_of_the_week():
    generator = np.random.default_rng(1)
    start = minutes(*generator.integers(0, 50 * WEEK, 300))
    end = start + generator.integers(0, 3 * WEEK, 300).astype("timedelta64[m]")
    week = aoristic.aoristic_profile(start, end).by_weekday_and_hour
    day = aoristic.aoristic_profile(start, end, cycle="hour_of_day")
    weekday = aoristic.aoristic_profile(start, end, cycle="weekday")
    assert day.weights == pytest.approx(week.sum(axis=0))
    assert weekday.weights == pytest.approx(week.sum(axis=1))
    with pytest.raises(MethodError):
        _ = day.by_weekday_and_hour


def test_shares_agree_with_counting_minute_by_minute():
    generator = np.random.default_rng(2)
    first = generator.integers(0, WEEK, 20)
    last = first + generator.integers(1, 2 * WEEK, 20)
    shares = aoristic.aoristic_shares(minutes(*first), minutes(*last))
    for row, begin, end in zip(shares, first, last, strict=True):
        hours = (np.arange(begin, end) // 60) % 168
        assert row == pytest.approx(np.bincount(hours, minlength=168) / (end - begin))


def test_no_events_give_zero_and_weights_count_events_that_often():
    empty = aoristic.aoristic_profile([], [])
    assert empty.weights.sum() == 0
    assert empty.n_events == 0
    made = aoristic.aoristic_profile(minutes(0, 60), minutes(30, 90), weights=[2.5, 0])
    assert made.weights[0] == 2.5
    assert made.weights[1] == 0


def test_times_before_1970_are_times_too():
    made = aoristic.aoristic_profile(["1969-12-29T00:15"], ["1969-12-29T00:45"])
    assert made.weights[0] == 1


def test_many_events_are_taken_in_chunks_to_the_same_answer(monkeypatch):
    generator = np.random.default_rng(3)
    start = minutes(*generator.integers(0, WEEK, 500))
    end = start + generator.integers(0, WEEK, 500).astype("timedelta64[m]")
    whole = aoristic.aoristic_profile(start, end)
    monkeypatch.setattr(aoristic, "CHUNK_OF_SHARES", 1000)
    parts = aoristic.aoristic_profile(start, end)
    assert parts.weights == pytest.approx(whole.weights)
    assert parts.effective_number == pytest.approx(whole.effective_number)


@pytest.mark.parametrize(
    ("start", "end", "settings_"),
    [
        (["2026-01-05T10"], ["2026-01-05T09"], {}),
        (["NaT"], ["2026-01-05T09"], {}),
        (["2026-01-05T09"], ["NaT"], {}),
        (["2026-01-05T09"], [], {}),
        (["yesterday"], ["today"], {}),
        (["2026-01-05"], ["2026-01-06"], {"cycle": "month"}),
        (["2026-01-05"], ["2026-01-06"], {"weights": [1, 2]}),
        (["2026-01-05"], ["2026-01-06"], {"weights": [np.nan]}),
    ],
)
def test_times_that_are_none_are_refused(start, end, settings_):
    with pytest.raises(MethodError):
        aoristic.aoristic_profile(start, end, **settings_)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10 * WEEK), st.integers(0, 4 * WEEK)), max_size=20),
    st.sampled_from(list(aoristic.Cycle)),
    st.integers(-200, 200),
)
def test_weights_add_to_the_events_and_whole_weeks_later_they_are_the_same(events, cycle, weeks):
    start = minutes(*(begin for begin, _ in events))
    end = minutes(*(begin + length for begin, length in events))
    made = aoristic.aoristic_profile(start, end, cycle=cycle)
    assert made.weights.sum() == pytest.approx(len(events), abs=1e-9)
    assert (made.weights >= 0).all()
    shift = np.timedelta64(weeks * WEEK, "m")
    later = aoristic.aoristic_profile(start + shift, end + shift, cycle=cycle)
    assert np.array_equal(later.weights, made.weights)
