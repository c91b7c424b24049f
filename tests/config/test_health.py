"""Alive, ready, and how it is going."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events.mail.tasks import deliver
from registrations.allocation.tasks import make_proposal


def ready(client) -> tuple[int, dict]:
    response = client.get("/readyz")
    return response.status_code, response.json()


ALL_WELL = {"database": True, "migrations": True, "task_queue": True}


def test_healthz_answers_without_asking_the_database(client):
    response = client.get("/healthz")  # a query would fail: the test has no database

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_is_only_looked_at(client, path, method):
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.django_db
def test_readyz_with_everything_in_order(client):
    assert ready(client) == (200, ALL_WELL)


@pytest.mark.django_db
def test_readyz_without_its_last_migration_is_not_ready(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="surveys").last().delete()

    assert ready(client) == (503, ALL_WELL | {"migrations": False})


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status"), [(4, 200), (6, 503)])
def test_readyz_minds_tasks_that_nobody_takes(client, minutes, status):
    deliver.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=minutes))

    assert ready(client) == (status, ALL_WELL | {"task_queue": status == 200})


@pytest.mark.django_db
def test_readyz_does_not_mind_a_proposal_that_waits(client):
    """Two long computations in a row, or no worker for them: bookings and letters go on as ever."""
    make_proposal.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))

    assert ready(client) == (200, ALL_WELL)


@pytest.mark.django_db
@pytest.mark.parametrize(("due_in", "status"), [(60, 200), (-4, 200), (-6, 503)])
def test_readyz_minds_planned_tasks_only_when_they_are_long_due(client, due_in, status):
    deliver.using(run_after=timezone.now() + timedelta(minutes=due_in)).enqueue(1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=3))

    assert ready(client)[0] == status


def test_readyz_without_its_database_is_not_ready(client, monkeypatch):
    def gone(*args, **kwargs):
        raise DatabaseError("no such host")

    monkeypatch.setattr("config.health.MigrationExecutor", gone)

    assert ready(client) == (503, {"database": False, "migrations": False, "task_queue": False})


@pytest.mark.django_db
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer fel", "Bearer å", "rätt"])
def test_metrics_are_nothing_to_a_stranger(client, settings, header):
    settings.METRICS_TOKEN = "rätt-och-hemlig"

    assert client.get("/metrics", headers={"Authorization": header} if header else {}).status_code == 404


@pytest.mark.django_db
def test_metrics_without_a_token_are_nothing_to_anybody(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_metrics_count_tasks_for_the_one_with_the_token(client, settings):
    settings.METRICS_TOKEN = "hemlig"
    deliver.enqueue(1)
    deliver.enqueue(2)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=90))

    lines = client.get("/metrics", headers={"Authorization": "Bearer hemlig"}).content.decode().splitlines()

    assert 'torget_tasks{status="ready"} 2' in lines
    assert int(lines[-1].split()[-1]) in range(90, 100)
