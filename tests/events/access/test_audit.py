"""The trail: who, what, when, before and after."""

import pytest
from django.db import transaction

from events.access import audit
from events.access.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db

CHANGED = audit.verb("test.changed", "ändrade provet")


def test_change_records_the_columns_that_changed(organiser, now):
    event = factories.EventFactory(capacity=100, name="Mässan")

    with audit.change(event, CHANGED, by=organiser, at=now):
        event.capacity = 120
        event.save()

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.at, entry.object_name) == (CHANGED, organiser, now, "Mässan")
    assert (entry.event, entry.changes) == (event, {"capacity": [100, 120]})


def test_change_of_nothing_leaves_no_trail(organiser, now):
    event = factories.EventFactory()

    with audit.change(event, CHANGED, by=organiser, at=now):
        event.save()

    assert not AuditEntry.objects.exists()


def test_change_that_fails_leaves_no_trail(organiser, now):
    event = factories.EventFactory()

    def fail():
        with audit.change(event, CHANGED, by=organiser, at=now):
            event.capacity = 5
            raise ValueError

    with pytest.raises(ValueError):
        fail()

    assert not AuditEntry.objects.exists()


def test_change_keeps_moments_days_and_lists_as_json(organiser, now):
    plan = factories.PlanFactory()
    event = factories.EventFactory()

    with audit.change(event, CHANGED, by=organiser, at=now, towns=[["Lund"], ["Malmö"]], same=[1, 1]):
        event.starts_at = now
    with audit.change(plan, CHANGED, by=organiser, at=now):
        plan.decided_on = now.date()

    newest, oldest = AuditEntry.objects.order_by("-pk")
    assert oldest.changes == {
        "starts_at": ["2027-03-24T08:00:00Z", "2027-03-01T09:00:00Z"],
        "towns": [["Lund"], ["Malmö"]],
    }
    assert newest.changes == {"decided_on": [None, "2027-03-01"]}


def test_change_leaves_out_what_the_model_keeps_to_itself(organiser, now):
    with audit.change(organiser, CHANGED, by=organiser, at=now):
        organiser.set_password("hemligt")
        organiser.name = "Ny"

    assert AuditEntry.objects.get().changes == {"name": ["Olle Organisatör", "Ny"]}


def test_created_records_every_value_that_is_not_empty(organiser, now):
    venue = factories.VenueFactory(name="Hallen", accessibility="")

    entry = audit.created(venue, CHANGED, by=organiser, at=now)

    assert entry.changes == {
        "name": [None, "Hallen"],
        "street": [None, "Mässgatan 1"],
        "postal_code": [None, "223 50"],
        "city": [None, "Lund"],
    }


def test_trail_is_lost_with_the_transaction_that_it_is_about(organiser, now):
    event = factories.EventFactory()

    @transaction.atomic
    def fail():
        audit.record(event, CHANGED, by=organiser, at=now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert not AuditEntry.objects.exists()


def test_trail_of_the_system_has_no_actor_and_one_of_a_part_knows_its_event(now):
    exhibitor = factories.ExhibitorFactory()

    entry = audit.record(exhibitor, CHANGED, by=None, at=now)

    assert (entry.actor, entry.event) == (None, exhibitor.event)


def test_about_gives_the_newest_first_of_just_those_things(organiser, now):
    event, other = factories.EventFactory.create_batch(2)
    first = audit.record(event, CHANGED, by=organiser, at=now)
    second = audit.record(event.venue, CHANGED, by=organiser, at=now)
    audit.record(other, CHANGED, by=organiser, at=now)

    assert list(AuditEntry.objects.about(event, event.venue)) == [second, first]


def test_label_of_a_verb_is_its_words_and_of_an_unknown_one_its_code():
    assert (audit.label_of(CHANGED), audit.label_of("no.such")) == ("ändrade provet", "no.such")
