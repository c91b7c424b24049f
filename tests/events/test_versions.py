"""Two who edit the same thing at once."""

from copy import copy

import pytest

from events.errors import Stale
from events.municipalities.models import Municipality
from events.plan.forms import ActivityForm
from events.programme.forms import EventForm
from events.versions import show_stale, take_version
from tests import factories
from tests.typed import typed_activity, typed_event


def test_take_version_moves_the_row_on():
    event = factories.EventFactory.build(version=4)

    take_version(event, 4)

    assert event.version == 5


@pytest.mark.parametrize("seen", [3, 5, None])
def test_take_version_of_another_version_is_stale(seen):
    with pytest.raises(Stale):
        take_version(factories.EventFactory.build(version=4), seen)


@pytest.mark.django_db
def test_stale_form_keeps_what_was_typed_and_names_what_is_stored():
    event = factories.EventFactory(capacity=140, visitor_capacity=None, version=3)
    typed = typed_event(event, name="Min mässa", starts_at="2027-03-24T08:30", visitor_capacity=10, version=1)
    form = EventForm(typed, area=event.area, instance=copy(event))
    assert form.is_valid()

    name, starts_at, visitor_capacity = [text for _label, text in show_stale(form, event)]

    assert (name, visitor_capacity) == (event.name, "")
    assert starts_at.startswith("ons\u00a024\u00a0mars")  # the year is left out when it is this one
    assert (form["name"].value(), form["version"].value()) == ("Min mässa", "3")


@pytest.mark.django_db
def test_stale_form_with_several_chosen_compares_them_whatever_their_order():
    activity = factories.ActivityFactory()
    activity.responsible.set(["1281", "1280"])
    typed = typed_activity(activity, responsible=["1280", "1281"])
    form = ActivityForm(typed, plan=activity.plan, instance=copy(activity))
    assert form.is_valid()
    assert show_stale(form, activity) == []

    activity.responsible.add(Municipality.objects.get(code="1285"))

    assert [text for _label, text in show_stale(form, activity)] == ["Eslöv, Lund, Malmö"]
