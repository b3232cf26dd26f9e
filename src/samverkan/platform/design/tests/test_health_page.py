"""Whether the house is well, for a person and for a watcher."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from samverkan.platform.design import health
from samverkan.platform.jobs.models import Job

URL = reverse("health")


def waiting_since(minutes):
    return Job.objects.create(kind="import", created_at=timezone.now() - timedelta(minutes=minutes))


def test_a_well_house_says_so_to_a_person(db, client):
    response = client.get(URL)
    assert response.status_code == 200
    assert "Allt mår bra" in response.text


def test_a_well_house_says_so_to_a_watcher(db, client):
    answer = client.get(URL, headers={"accept": "application/json"}).json()
    assert answer["status"] == "ok"
    assert set(answer["checks"]) == {"database", "migrations", "worker", "disk"}
    assert answer["version"]


def test_work_that_has_waited_long_makes_it_unwell(db, client):
    waiting_since(11)
    response = client.get(URL, {"format": "json"})
    assert response.status_code == 503
    assert not response.json()["checks"]["worker"]["ok"]


def test_work_that_has_just_come_does_not(db, client):
    waiting_since(5)
    assert client.get(URL).status_code == 200


def test_a_full_disk_makes_it_unwell(db, client, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=1))
    response = client.get(URL, {"format": "json"})
    assert response.status_code == 503
    assert not response.json()["checks"]["disk"]["ok"]


def test_a_database_that_does_not_answer_is_told_without_its_words(db, client, monkeypatch):
    def refuse():
        raise DatabaseError("password for user secret")

    with monkeypatch.context() as broken:
        broken.setattr(health.connection, "cursor", refuse)
        response = client.get(URL, {"format": "json"})
    assert response.status_code == 503
    assert response.json()["checks"].keys() == {"database", "disk"}
    assert "secret" not in response.text


def test_a_database_behind_the_program_makes_it_unwell(db, client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    assert client.get(URL).status_code == 503


@pytest.mark.parametrize("secret", ["SECRET", "sqlite", "postgres", "/tmp", "Traceback"])
def test_nothing_secret_is_told(db, client, secret):
    assert secret not in client.get(URL, {"format": "json"}).text
