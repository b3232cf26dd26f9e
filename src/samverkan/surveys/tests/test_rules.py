"""What a share is worth, when a survey is open, and what of small groups may be shown."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from samverkan.surveys.questions import questions
from samverkan.surveys.rules import SKIP, Crossing, Phase, crossing, phase, worth

DAY = date(2026, 11, 23)


def test_a_small_base_is_silent() -> None:
    assert worth(40.0, 29, is_drawn=True) is None
    assert worth(40.0, 30, is_drawn=True) is not None


def test_those_who_chose_themselves_have_no_margin_of_error() -> None:
    found = worth(40.0, 300, is_drawn=False)
    assert found is not None
    assert found.lower is None
    assert found.upper is None


def test_weights_widen_the_interval_and_a_small_population_narrows_it() -> None:
    plain = worth(27.0, 400, is_drawn=True)
    weighted = worth(27.0, 400, is_drawn=True, effect=1.5)
    small = worth(27.0, 400, is_drawn=True, population=1000)
    assert plain
    assert weighted
    assert small
    assert weighted.upper - weighted.lower > plain.upper - plain.lower
    assert small.upper - small.lower < plain.upper - plain.lower


def test_a_population_that_cannot_be_is_left_out_of_the_count() -> None:
    assert worth(27.0, 400, is_drawn=True, population=10) == worth(27.0, 400, is_drawn=True)


@pytest.mark.parametrize(
    ("opens", "closes", "is_closed", "expected"),
    [
        (DAY, DAY, False, Phase.OPEN),
        (date(2026, 11, 24), date(2026, 11, 30), False, Phase.COMING),
        (date(2026, 11, 1), date(2026, 11, 22), False, Phase.CLOSED),
        (DAY, DAY, True, Phase.CLOSED),
    ],
)
def test_the_closing_day_itself_is_open(
    opens: date, closes: date, is_closed: bool, expected: Phase
) -> None:
    assert phase(opens, closes, is_closed=is_closed, today=DAY) is expected


def test_every_question_has_its_source_and_the_answers_that_count_as_fear() -> None:
    for question in questions().values():
        assert question.source
        assert question.unsafe
        assert question.text("en") != question.text("sv")


def test_one_group_alone_is_no_crossing() -> None:
    assert crossing([("girl", {"q": "yes"})] * 20, {"q": ("yes", "no")}) is None


def test_large_groups_are_shown_apart() -> None:
    answers = [("girl", {"q": "yes"})] * 12 + [("boy", {"q": "yes"})] * 9
    answers += [("girl", {"q": "no"})] * 8 + [("boy", {"q": "no"})] * 11
    found = crossing(answers, {"q": ("yes", "no")})
    assert found is not None
    assert found.counts["q"]["yes"] == (9, 12)
    assert found.totals == (20, 20)


def test_a_single_child_of_a_group_cannot_be_singled_out() -> None:
    answers = [("girl", {"q": "yes"})] * 14 + [("boy", {"q": "no"})] * 15 + [("other", {"q": "no"})]
    found = crossing(answers, {"q": ("yes", "no")})
    assert found is None or found.totals[found.groups.index("other")] is None


def ends(found: Crossing, answers: list, options: dict) -> dict[tuple[str, str, str], float]:
    """How narrow a reader of the crossing and of the margins can make each hidden cell."""
    keys = [
        (question, option, group)
        for question in options
        for option in (*options[question], SKIP)
        for group in found.groups
    ]
    rows, right = [], []

    def equation(members: list[int], value: float) -> None:
        row = np.zeros(len(keys))
        row[members] = 1
        rows.append(row)
        right.append(value)

    for at, (question, option, group) in enumerate(keys):
        shown = found.counts[question][option][found.groups.index(group)]
        if shown is not None:
            equation([at], shown)
    for question in options:
        for option in (*options[question], SKIP):
            members = [i for i, key in enumerate(keys) if key[:2] == (question, option)]
            equation(members, sum(c.get(question, SKIP) == option for _g, c in answers))
        for at, group in enumerate(found.groups):
            members = [i for i, key in enumerate(keys) if key[0] == question and key[2] == group]
            if found.totals[at] is not None:
                equation(members, found.totals[at])
    first, *others = options
    for group in found.groups:
        base = [i for i, key in enumerate(keys) if key[0] == first and key[2] == group]
        for other in others:
            row = np.zeros(len(keys))
            row[base] = 1
            row[[i for i, key in enumerate(keys) if key[0] == other and key[2] == group]] = -1
            rows.append(row)
            right.append(0.0)
    widths = {}
    for at, key in enumerate(keys):
        goal = np.zeros(len(keys))
        goal[at] = 1
        low, high = (
            linprog(sign * goal, A_eq=np.array(rows), b_eq=right, bounds=(0, None)).fun * sign
            for sign in (1.0, -1.0)
        )
        widths[key] = high - low
    return widths


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["girl", "boy", "other"]), st.sampled_from("abc"), st.sampled_from("xy")
        ),
        min_size=5,
        max_size=60,
    )
)
@settings(max_examples=15, deadline=None)
def test_no_small_cell_of_any_class_can_be_worked_out(given_answers: list) -> None:
    options = {"first": ("a", "b", "c"), "second": ("x", "y")}
    answers = [(group, {"first": one, "second": two}) for group, one, two in given_answers]
    found = crossing(answers, options)
    if found is None:
        return
    widths = ends(found, answers, options)
    for (question, option, group), width in widths.items():
        true = sum(g == group and c.get(question, SKIP) == option for g, c in answers)
        if 1 <= true < 5:
            assert found.counts[question][option][found.groups.index(group)] is None
            assert width >= 5 - 1e-4
