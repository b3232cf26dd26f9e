"""State machines as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samverkan.platform.state_drawing import described, draw_machine
from samverkan.platform.states import (
    Event,
    Guard,
    GuardRefusedError,
    IllegalTransitionError,
    State,
    StateMachine,
    Transition,
)

LAMP = StateMachine(
    key="lamp",
    title="A lamp <in> the park",
    initial="dark",
    states=(State("dark", "Dark"), State("lit", "Lit"), State("broken", "Broken", is_end=True)),
    events=(Event("light", "Light"), Event("put_out", "Put out"), Event("fall", "Fall")),
    transitions=(
        Transition("light", "dark", "lit", guard="has_current"),
        Transition("put_out", "lit", "dark"),
        Transition("fall", "dark", "broken"),
        Transition("fall", "lit", "broken"),
    ),
    guards=(Guard("has_current", "there is current"),),
)


def test_an_event_leads_to_the_next_state_when_its_guard_holds():
    assert LAMP.step("dark", "light", lambda guard: guard == "has_current") == "lit"


def test_a_guard_that_does_not_hold_is_named():
    with pytest.raises(GuardRefusedError) as refused:
        LAMP.step("dark", "light", lambda guard: False)
    assert refused.value.guard == "has_current"


def test_an_event_that_the_state_does_not_know_is_illegal():
    with pytest.raises(IllegalTransitionError):
        LAMP.step("broken", "light", lambda guard: True)


def test_a_state_tells_what_can_happen_in_it():
    assert [each.event for each in LAMP.transitions_from("lit")] == ["put_out", "fall"]


def test_a_history_replays_to_the_state_it_led_to():
    assert LAMP.replay(["light", "put_out", "light", "fall"]) == "broken"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"initial": "lost"}, "unknown initial state"),
        ({"transitions": LAMP.transitions[:2]}, "'broken' is never reached"),
        ({"transitions": (*LAMP.transitions, Transition("light", "broken", "lit"))}, "is an end"),
        ({"transitions": (*LAMP.transitions, Transition("fall", "lit", "dark"))}, "two ways"),
        ({"transitions": (*LAMP.transitions, Transition("kick", "lit", "dark"))}, "unknown event"),
        ({"guards": ()}, "unknown guard"),
    ],
)
def test_a_machine_that_does_not_hold_together_cannot_be_made(change, says):
    with pytest.raises(ValueError, match=says):
        replace(LAMP, **change)


def test_the_drawing_holds_every_word_escaped_and_says_it_to_a_listener():
    drawing = draw_machine(LAMP)
    assert "A lamp &lt;in&gt; the park" in drawing
    assert "Light [there is current]" in drawing
    assert "Dark → Lit: Light [there is current]" in described(LAMP)
