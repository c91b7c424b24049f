"""Roles given and taken back, and one's own settings."""

import contextlib
import threading

import pytest
from django.db import connections

from events.access import services
from events.access.models import AuditEntry, Grant, Role, User
from events.mail.models import Letter
from tests import factories

pytestmark = pytest.mark.django_db


def give(organiser, now, role=Role.EDITOR, email="ny@torget.example", **scope) -> Grant:
    return services.grant_role(email=email, role=role, by=organiser, at=now, **scope)


def test_grant_role_waits_for_somebody_who_has_not_signed_in_yet(organiser, now):
    event = factories.EventFactory()

    grant = give(organiser, now, email=" Ny@Torget.example ", event=event)

    assert (grant.user.email, grant.user.has_usable_password(), grant.granted_at) == ("ny@torget.example", False, now)
    entry = AuditEntry.objects.about(event).get()
    assert (entry.verb, entry.changes) == (services.GRANTED, {"role": [None, "ny@torget.example: editor"]})


def test_grant_role_finds_a_known_person_in_any_case(organiser, now):
    known = factories.UserFactory(email="kim@torget.example")

    assert give(organiser, now, email="KIM@torget.example", event=factories.EventFactory()).user == known
    assert User.objects.filter(email__iexact="kim@torget.example").count() == 1


def test_grant_role_twice_is_refused(organiser, now):
    event = factories.EventFactory()
    give(organiser, now, event=event)

    with pytest.raises(services.AlreadyGranted):
        give(organiser, now, event=event)

    assert (Grant.objects.count(), AuditEntry.objects.count(), Letter.objects.count()) == (1, 1, 1)


def test_grant_role_is_felt_at_once(organiser, now):
    from events.access.rules import may

    event = factories.EventFactory()
    grant = give(organiser, now, event=event)

    assert may(grant.user, "event.edit", event)


def test_grant_role_writes_to_the_person_in_their_language(organiser, now):
    factories.UserFactory(email="kim@torget.example", language="en")
    event = factories.EventFactory(name_en="The fair")

    give(organiser, now, email="kim@torget.example", event=event)

    letter = Letter.objects.get()
    assert (letter.to, letter.language, letter.event) == ("kim@torget.example", "en", event)
    assert [words in letter.text for words in ("The fair", organiser.name, "/me/")] == [True] * 3


def test_grant_role_by_the_operator_writes_to_nobody(now):
    give(None, now, area=factories.AreaFactory())

    assert not Letter.objects.exists()


def test_revoke_role_leaves_its_trail(organiser, now):
    event = factories.EventFactory()
    grant = give(organiser, now, event=event)

    services.revoke_role(grant=grant, by=organiser, at=now)

    assert not Grant.objects.exists()
    entry = AuditEntry.objects.about(event).first()
    assert (entry.verb, entry.changes) == (services.REVOKED, {"role": ["ny@torget.example: editor", None]})


def test_revoke_role_of_the_last_organiser_is_refused(organiser, now):
    grant = give(organiser, now, role=Role.ORGANISER, event=factories.EventFactory())

    with pytest.raises(services.LastOrganiser):
        services.revoke_role(grant=grant, by=organiser, at=now)

    assert Grant.objects.filter(pk=grant.pk).exists()


@pytest.mark.parametrize("through_area", [True, False])
def test_revoke_role_of_an_organiser_is_fine_while_another_remains(organiser, now, through_area):
    event = factories.EventFactory()
    grant = give(organiser, now, role=Role.ORGANISER, event=event)
    scope = {"area": event.area} if through_area else {"event": event}
    factories.grant(factories.UserFactory(), Role.ORGANISER, **scope)

    services.revoke_role(grant=grant, by=organiser, at=now)

    assert Grant.objects.count() == 1


def test_revoke_role_of_an_areas_last_organiser_is_refused_whoever_runs_its_events(organiser, now):
    event = factories.EventFactory()
    factories.grant(factories.UserFactory(), Role.ORGANISER, event=event)
    grant = give(organiser, now, role=Role.ORGANISER, area=event.area)

    with pytest.raises(services.LastOrganiser):
        services.revoke_role(grant=grant, by=organiser, at=now)


def test_change_profile_leaves_its_trail_on_the_person(organiser, now):
    services.change_profile(user=organiser, name="Olle Ny", language="en", at=now)

    organiser.refresh_from_db()
    assert (organiser.name, organiser.language) == ("Olle Ny", "en")
    assert AuditEntry.objects.about(organiser).get().changes == {
        "name": ["Olle Organisatör", "Olle Ny"],
        "language": ["", "en"],
    }


# --- Two at once -----------------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "left"), [(True, 1), (False, 0)])
def test_two_organisers_who_remove_each_other_at_once_leave_one(now, locked, left, monkeypatch):
    """The event's lock is what makes it so: without it each sees the other still there, and nobody is left."""
    event = factories.EventFactory()
    grants = [factories.grant(factories.UserFactory(), Role.ORGANISER, event=event) for _ in range(2)]
    both_have_looked = threading.Barrier(2, timeout=1)
    record = services.audit.record

    def slowly(*args, **kwargs):
        # With the lock the second never comes this far in time.
        with contextlib.suppress(threading.BrokenBarrierError):
            both_have_looked.wait()
        return record(*args, **kwargs)

    def remove(mine, theirs):
        with contextlib.closing(connections["default"]), contextlib.suppress(services.LastOrganiser):
            services.revoke_role(grant=theirs, by=mine.user, at=now)

    monkeypatch.setattr(services.audit, "record", slowly)
    if not locked:
        monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **options: self)
    threads = [threading.Thread(target=remove, args=pair) for pair in (grants, grants[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert Grant.objects.filter(role=Role.ORGANISER).count() == left
