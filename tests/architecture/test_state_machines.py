"""Every state machine: the docs draw what the code does, and no walk leaves the machine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.platform.states import (
    GuardRefusedError,
    IllegalTransitionError,
    StateMachine,
    machines,
)
from scripts.state_machines import FOLDER, drawings

MACHINES = machines()


def test_the_committed_drawings_are_what_the_code_draws():
    drawn = drawings()
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert committed.keys() == drawn.keys(), "run python -m scripts.state_machines"
    for name, content in drawn.items():
        assert committed[name] == content, f"{name}: run python -m scripts.state_machines"


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.key)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_walk_stays_in_the_machine_and_its_history_replays(machine: StateMachine, data):
    events = [event.key for event in machine.events]
    steps = st.lists(st.tuples(st.sampled_from(events), st.booleans()), max_size=30)
    state, history = machine.initial, []
    for event, does_guard_hold in data.draw(steps):
        before = state
        try:
            state = machine.step(state, event, lambda _guard, holds=does_guard_hold: holds)
        except (IllegalTransitionError, GuardRefusedError):
            assert state == before
        else:
            history.append(event)
        assert state in {each.key for each in machine.states}
    assert machine.replay(history) == state
