"""From an address to an object: whoever may not learns nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from events.access.gate import get_activity_for, get_area_for, get_event_for, get_plan_for, get_public_event
from events.access.models import Role
from events.programme.models import EventState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(organiser):
    activity = factories.ActivityFactory()
    factories.grant(organiser, Role.EDITOR, area=activity.plan.area)
    return activity


@pytest.fixture
def event(activity):
    return factories.EventFactory(area=activity.plan.area, activity=activity)


def gates(event, activity):
    plan = activity.plan
    return [
        (lambda user: get_event_for(user, event.slug, "event.edit"), event),
        (lambda user: get_area_for(user, plan.area.slug, "area.create_event"), plan.area),
        (lambda user: get_plan_for(user, plan.pk, "plan.edit"), plan),
        (lambda user: get_activity_for(user, plan.pk, activity.pk, "plan.edit"), activity),
    ]


def test_gate_opens_to_those_who_may(event, activity, organiser):
    assert [gate(organiser) for gate, _thing in gates(event, activity)] == [
        thing for _gate, thing in gates(event, activity)
    ]


@pytest.mark.parametrize("make_user", [AnonymousUser, factories.UserFactory])
def test_gate_is_404_to_strangers(event, activity, make_user):
    for gate, _thing in gates(event, activity):
        with pytest.raises(Http404):
            gate(make_user())


def test_gate_is_404_without_the_permission_that_is_asked(event, organiser):
    with pytest.raises(Http404):
        get_event_for(organiser, event.slug, "event.publish")


def test_gate_is_the_same_404_for_what_is_not_there(event, organiser):
    for ask in (
        lambda: get_event_for(organiser, "b2b-1999", "event.edit"),
        lambda: get_plan_for(organiser, 0, "plan.edit"),
        lambda: get_activity_for(organiser, 0, event.activity_id, "plan.edit"),
    ):
        with pytest.raises(Http404):
            ask()


def test_activity_is_found_only_under_its_own_plan(activity, organiser):
    other = factories.PlanFactory(area=activity.plan.area, first_year=2030, last_year=2031)

    with pytest.raises(Http404):
        get_activity_for(organiser, other.pk, activity.pk, "plan.view")


@pytest.mark.parametrize(
    ("state", "seen"), [(EventState.DRAFT, False), (EventState.PUBLISHED, True), (EventState.CANCELLED, True)]
)
def test_public_event_hides_only_drafts_from_strangers(event, organiser, state, seen):
    event.state = state
    event.save()

    assert get_public_event(organiser, event.slug) == event
    if seen:
        assert get_public_event(AnonymousUser(), event.slug) == event
    else:
        with pytest.raises(Http404):
            get_public_event(AnonymousUser(), event.slug)
