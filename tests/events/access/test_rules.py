"""Who may do what, asked both ways."""

import pytest
from django.contrib.auth.models import AnonymousUser

from events.access.models import Grant, Role, User
from events.access.rules import (
    PERMISSIONS,
    areas_where,
    events_where,
    may,
    needs_strong_sign_in,
    plans_where,
    roles_of,
    users_who_may,
)
from tests import factories

pytestmark = pytest.mark.django_db

EVENT_PERMISSIONS = sorted(
    name for name in PERMISSIONS if not name.startswith(("organisation.", "exhibitor.", "area.", "plan.", "followup."))
)


@pytest.fixture
def person() -> User:
    return factories.UserFactory()


def test_stranger_and_nobody_may_nothing(person):
    event = factories.EventFactory()

    for user in (person, AnonymousUser()):
        assert [name for name in EVENT_PERMISSIONS if may(user, name, event)] == []


@pytest.mark.parametrize("role", Role)
def test_role_on_an_event_gives_what_the_table_says_there_and_nowhere_else(person, role):
    event, other = factories.EventFactory.create_batch(2)
    factories.grant(person, role, event=event)

    held = [name for name in EVENT_PERMISSIONS if may(person, name, event)]

    assert held == [name for name in EVENT_PERMISSIONS if role in PERMISSIONS[name]]
    assert [name for name in EVENT_PERMISSIONS if may(person, name, other)] == []


def test_role_on_an_area_reaches_its_events_plans_and_activities(person):
    activity = factories.ActivityFactory()
    area = activity.plan.area
    event = factories.EventFactory(area=area)
    foreign = factories.ActivityFactory()
    factories.grant(person, Role.READER, area=area)

    assert may(person, "event.view", event)
    assert may(person, "plan.view", activity.plan)
    assert may(person, "plan.view", activity)
    assert not may(person, "plan.edit", activity)
    assert not may(person, "plan.view", foreign)


def test_role_on_an_event_does_not_reach_its_area(person):
    event = factories.EventFactory()
    factories.grant(person, Role.ORGANISER, event=event)

    assert not may(person, "area.create_event", event.area)


def test_somebody_who_was_closed_out_may_nothing(person):
    event = factories.EventFactory()
    factories.grant(person, Role.ORGANISER, event=event)
    person.is_active = False

    assert not may(person, "event.view", event)


def test_unknown_permission_is_a_bug(person):
    with pytest.raises(KeyError):
        may(person, "event.veiw", factories.EventFactory())


def test_kind_of_thing_that_nobody_registered_is_a_bug(person):
    with pytest.raises(TypeError):
        roles_of(object(), person)


def test_users_who_may_are_those_for_whom_may_says_yes():
    event = factories.EventFactory()
    for role in Role:
        factories.grant(factories.UserFactory(), role, event=event)
        factories.grant(factories.UserFactory(), role, area=event.area)
    factories.grant(factories.UserFactory(), Role.ORGANISER, event=factories.EventFactory())
    factories.grant(factories.UserFactory(is_active=False), Role.ORGANISER, event=event)

    for name in EVENT_PERMISSIONS:
        assert set(users_who_may(name, event)) == {user for user in User.objects.all() if may(user, name, event)}


def test_lists_hold_what_may_says_yes_to(person):
    direct, through_area, _foreign = factories.EventFactory.create_batch(3)
    plan = factories.PlanFactory(area=through_area.area)
    factories.grant(person, Role.DOOR, event=direct)
    factories.grant(person, Role.READER, area=through_area.area)

    assert set(events_where(person, "event.view")) == {through_area}
    assert set(events_where(person, "checkin.scan")) == {direct}
    assert list(areas_where(person, "plan.view")) == [through_area.area]
    assert list(plans_where(person, "plan.view")) == [plan]
    assert list(plans_where(person, "plan.edit")) == []
    assert not events_where(AnonymousUser(), "event.view").exists()


def test_roles_are_read_once_however_much_is_asked(person, django_assert_num_queries):
    events = factories.EventFactory.create_batch(3)
    factories.grant(person, Role.ORGANISER, event=events[0])

    with django_assert_num_queries(1):
        assert [may(person, "event.edit", event) for event in events] == [True, False, False]


@pytest.mark.parametrize(("role", "strong"), [(role, role == Role.ORGANISER) for role in Role])
def test_only_organisers_need_a_second_factor(person, role, strong):
    Grant.objects.create(user=person, role=role, event=factories.EventFactory())

    assert needs_strong_sign_in(person) is strong
