"""After a year nobody knows who stood in the stand, after two nobody whom the organiser talked to."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.access.models import AuditEntry
from events.retention.services import erase_what_is_due
from registrations.exhibitors import services
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.states import State
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def exhibitor():
    return factories.ExhibitorFactory(state=State.ACCEPTED)


def test_trail_says_how_many_are_in_the_stand_and_not_who(exhibitor, organiser, now):
    first = services.add_staff(exhibitor=exhibitor, name="Åsa Öberg", email="asa@x.example", by=organiser, at=now)
    services.add_staff(exhibitor=exhibitor, name="Bo Ek", email="", by=organiser, at=now)
    services.remove_staff(staff=first, by=organiser, at=now)

    entries = AuditEntry.objects.about(exhibitor)

    assert [entry.changes for entry in entries] == [{"staff": [2, 1]}, {"staff": [1, 2]}, {"staff": [0, 1]}]


def test_stand_staff_are_erased_a_year_after_the_event(exhibitor, client_for, now):
    owner = factories.MembershipFactory(organisation=exhibitor.organisation).user
    factories.StandStaffFactory.create_batch(2, exhibitor=exhibitor, email="asa@x.example")
    factories.StandStaffFactory(exhibitor__event__ends_at=exhibitor.event.ends_at + YEAR, name="Next year")
    at = exhibitor.event.ends_at + YEAR + timedelta(seconds=1)

    counts = [erase_what_is_due(at=moment).get("stand-staff", 0) for moment in (at - timedelta(seconds=1), at, at)]

    assert counts == [0, 2, 0]
    assert list(StandStaff.objects.values_list("name", "email")) == [("", ""), ("", ""), ("Next year", "")]
    page = client_for(owner).get(reverse("registrations:own-exhibitor", args=[exhibitor.pk])).content.decode()
    assert page.count("<strong>Raderad</strong>") == 2


def test_contact_persons_are_erased_two_years_after_the_event_with_their_trail(exhibitor, organiser, now):
    changed = {"contact_name": "Åsa Öberg"}
    services.save_details(exhibitor=exhibitor, seen=exhibitor.version, by=organiser, at=now, **changed)
    AuditEntry.objects.update(at=exhibitor.event.ends_at + timedelta(days=30))
    at = exhibitor.event.ends_at + 2 * YEAR + timedelta(seconds=1)

    counts = [erase_what_is_due(at=moment).get("contacts", 0) for moment in (at - timedelta(seconds=1), at, at)]

    assert counts == [0, 1, 0]
    left = Exhibitor.objects.get()
    assert (left.contact_name, left.contact_email, left.contact_phone) == ("", "", "")
    assert (left.organisation, left.profile != "") == (exhibitor.organisation, True)
    assert not AuditEntry.objects.about(exhibitor).exists()
