"""A kind of group is a file: dropped in it works, broken it is told of at the start."""

from __future__ import annotations

import shutil

import pytest
from django.core import checks

from samverkan.governance import group_templates
from samverkan.governance.group_templates import kind_label, template_of, templates
from samverkan.governance.models import Group, Meeting, Seat
from samverkan.governance.template_checks import check_group_templates

SHIPPED = {"council", "est", "sspf", "violence_in_close_relations", "welfare_crime"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of templates of the test's own, with what is shipped."""
    for path in group_templates.FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(group_templates, "FOLDER", tmp_path)
    templates.cache_clear()
    yield tmp_path
    templates.cache_clear()


def change(folder, name, old, new):
    path = folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def ids(folder):
    templates.cache_clear()
    return [message.id for message in check_group_templates(None)]


def test_the_five_kinds_ship_and_hold():
    assert set(templates()) == SHIPPED
    assert check_group_templates(None) == []


def test_the_check_runs_with_djangos_own():
    assert check_group_templates in checks.registry.registry.get_checks()


def test_every_kind_speaks_both_languages_and_has_a_source_with_a_date():
    for template in templates().values():
        assert template.name.sv
        assert template.name.en
        assert template.name.sv != template.name.en
        assert template.legal_frame
        assert all(ground.source.startswith("https://") for ground in template.legal_frame)


def test_the_council_never_decides_for_a_party():
    assert template_of("council").decision_kinds == ("statement", "recommendation", "assignment")


def test_a_file_that_is_dropped_in_is_a_new_kind_of_group(folder, world, client_in):
    shutil.copy(folder / "welfare_crime.toml", folder / "school_safety.toml")
    change(folder, "school_safety", "Grupp mot välfärdsbrott", "Grupp för trygg skola")
    templates.cache_clear()
    assert ids(folder) == []
    official = world.function("council_official")
    client = client_in("administrator")
    assert "Grupp för trygg skola" in client.get("/grupper/ny/").text
    page = client.get("/grupper/ny/school_safety/").text
    assert "Starta i Storfors: Grupp för trygg skola" in page
    response = client.post(
        "/grupper/ny/school_safety/?kommun=1760",
        {
            "name": "Trygg skola",
            "seats": [official.ref],
            "chair": official.ref,
            "rhythm": "monthly",
            "first_on": "2026-12-10",
            "meets_at": "09:00",
            "minutes_long": "60",
        },
    )
    group = Group.objects.for_system("test").get(name="Trygg skola")
    assert response.url == f"/grupper/{group.ref}/"
    assert group.kind == "school_safety"
    assert Seat.objects.for_system("test").get(group=group).is_chair
    assert Meeting.objects.for_system("test").filter(group=group).count() == 1
    text = client.get(response.url).text
    assert "Grupp för trygg skola" in text
    assert "En gång i månaden på torsdagar kl. 09:00" in text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('rhythm = "quarterly"', 'rhythm = "sometimes"', "governance.E001"),
        ("weekday = 4", "weekday = 9", "governance.E001"),
        ('rule = ""', 'rule = "all"', "governance.E001"),
        ("[cadence]", "[cadense]", "governance.E001"),
        ('part = "signals"', 'part = "nothing"', "governance.E001"),
        ('function_kinds = ["council_official"]', 'function_kinds = ["king"]', "governance.E002"),
        ('retention = "governance"', 'retention = "for ever"', "governance.E002"),
        ('escalates_to = ["council"]', 'escalates_to = ["senate"]', "governance.E003"),
        ("chair = true", "chair = false", "governance.E004"),
    ],
)
def test_a_broken_file_is_told_of_by_name(folder, old, new, told):
    change(folder, "welfare_crime", old, new)
    assert ids(folder) == [told]
    assert "welfare_crime.toml" in check_group_templates(None)[0].msg


def test_a_file_without_a_source_is_warned_of(folder):
    change(folder, "welfare_crime", 'source = "SKR', 'source = ""\n# "SKR')
    assert ids(folder) == ["governance.W001"]


def test_a_group_whose_file_is_gone_can_still_be_read(folder, est_room, client_in):
    (folder / "est.toml").unlink()
    templates.cache_clear()
    assert kind_label("est", "sv") == "est"
    assert client_in("safety_coordinator").get(f"/grupper/{est_room.group.ref}/").status_code == 200
