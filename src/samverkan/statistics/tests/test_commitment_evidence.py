"""A commitment shows the series that it names, in the words of the series' own page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from samverkan.agreements import evidence
from samverkan.agreements.evidence import EvidenceQuery
from samverkan.statistics.commitment_evidence import statistics_named
from samverkan.statistics.findings import group_findings
from tests.world import NOW, World

from .figures import FIRST_MONTH, TWO_A_MONTH, make_series

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def query(words: str) -> EvidenceQuery:
    after = TODAY + timedelta(days=1)
    return EvidenceQuery("", frozenset({"1760"}), FIRST_MONTH, after, words)


def test_the_kind_can_be_chosen_for_a_commitment() -> None:
    assert "statistics" in {kind.key for kind in evidence.kinds()}


def test_the_series_that_the_goal_names_is_told_as_on_its_own_page(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.storfors)
    actor = world.actor("safety_coordinator")
    (group,) = group_findings(actor, "1760", until=TODAY)
    shown = statistics_named(actor, query("Färre anmälda skadegörelsebrott"))
    assert shown is not None
    assert (shown.count, shown.sentence) == (1, group.leading.sentence)
    assert "%" not in shown.sentence
    assert shown.links[0].url.endswith("/1760/vandalism/")


def test_a_goal_that_names_no_series_shows_none(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.storfors)
    shown = statistics_named(world.actor("safety_coordinator"), query("Fyrtio låsbara platser"))
    assert shown is not None
    assert (shown.count, shown.links) == (0, ())


def test_whoever_may_not_read_statistics_is_shown_nothing(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.storfors)
    outsider = replace(world.actor("safety_coordinator"), capabilities=frozenset())
    assert statistics_named(outsider, query("skadegörelsebrott")) is None


def test_a_party_without_a_clause_gets_no_figures_of_another(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.storfors)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    shown = statistics_named(neighbour, query("skadegörelsebrott"))
    assert shown is not None
    assert shown.count == 0
