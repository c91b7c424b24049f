"""The organiser's pages: made, copied, changed, published, cancelled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from events.access.models import Role
from events.programme import services
from events.programme.hooks import Decision, Number
from events.programme.models import Event, EventState
from tests import factories
from tests.typed import typed_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(organiser) -> Event:
    """A draft whose area the organiser runs."""
    event = factories.EventFactory(state=EventState.DRAFT)
    factories.grant(organiser, Role.ORGANISER, area=event.area)
    return event


@pytest.fixture
def client(client_for, organiser, bare):
    return client_for(organiser)


def address(name: str, *args) -> str:
    return reverse(f"events:{name}", args=args)


def test_new_event_becomes_a_draft_and_leads_to_its_overview(client, fair):
    typed = typed_event(fair, slug="", name="🎪 Mässan <script>")

    response = client.post(address("event-new", fair.area.slug), typed)

    event = Event.objects.exclude(pk=fair.pk).get()
    assert (event.state, event.slug, event.name) == (EventState.DRAFT, "massan-script-2027", "🎪 Mässan <script>")
    assert (response.status_code, response.url) == (302, address("event-overview", event.slug))


def test_new_event_stands_under_the_activity_that_was_asked_for(client, fair):
    activity = factories.ActivityFactory(plan__area=fair.area)
    foreign = factories.ActivityFactory()

    def chosen(pk):
        return client.get(address("event-new", fair.area.slug), {"activity": pk}).context["form"]["activity"].value()

    assert chosen(activity.pk) == activity.pk
    assert [chosen(pk) for pk in (foreign.pk, "x", "9" * 40, "")] == [None] * 4


def test_new_event_with_a_fault_keeps_everything_typed(client, fair):
    typed = typed_event(
        fair, slug="", starts_at="2027-03-28T02:30", name="Mässan é", venue="", new_venue_name="Stadion 🎪"
    )

    response = client.post(address("event-new", fair.area.slug), typed)

    assert response.status_code == 422
    text = response.content.decode()
    assert [escape(value) in text for value in ("2027-03-28T02:30", "Mässan é", "Stadion 🎪")] == [True] * 3
    assert set(response.context["form"].errors) == {
        "starts_at",
        "new_venue_street",
        "new_venue_postal_code",
        "new_venue_city",
    }


def test_new_event_whose_address_was_taken_meanwhile_keeps_everything_typed(client, fair, monkeypatch):
    monkeypatch.setattr("events.programme.forms.EventForm.validate_unique", lambda self: None)

    response = client.post(address("event-new", fair.area.slug), typed_event(fair, name="Andra mässan"))

    assert (response.status_code, list(response.context["form"].errors)) == (409, ["slug"])
    assert "Andra mässan" in response.content.decode()


def test_copy_is_a_draft_of_the_next_year(client, fair):
    form = client.get(address("event-copy", fair.slug)).context["form"]
    typed = typed_event(form.instance)

    response = client.post(address("event-copy", fair.slug), typed)

    copy = fair.copies.get()
    assert response.url == address("event-overview", copy.slug)
    assert (copy.state, copy.capacity, copy.venue) == (EventState.DRAFT, fair.capacity, fair.venue)
    weeks, rest = divmod(copy.starts_at - fair.starts_at, timedelta(weeks=1))
    assert (weeks % 52, rest) in {(0, timedelta()), (0, timedelta(hours=-1)), (0, timedelta(hours=1))}


def test_copy_is_for_those_who_may_make_events_in_the_area(client_for, fair, bare):
    helper = factories.UserFactory()
    factories.grant(helper, Role.ORGANISER, event=fair)

    assert client_for(helper).get(address("event-copy", fair.slug)).status_code == 404


def test_edit_saves_and_says_so(client, fair):
    response = client.post(address("event-edit", fair.slug), typed_event(fair, capacity=99))

    fair.refresh_from_db()
    assert (response.status_code, fair.capacity, fair.version) == (302, 99, 2)


def test_edit_of_two_at_once_shows_the_second_what_the_first_saved(client, fair):
    client.post(address("event-edit", fair.slug), typed_event(fair, capacity=99))

    response = client.post(address("event-edit", fair.slug), typed_event(fair, name="Min mässa", capacity=55))

    assert response.status_code == 409
    assert response.context["refusal"].code == "stale"
    form = response.context["form"]
    assert (form["name"].value(), form["capacity"].value(), form["version"].value()) == ("Min mässa", "55", "2")
    assert ("99" in {text for _label, text in response.context["stored"]}) is True
    fair.refresh_from_db()
    assert fair.capacity == 99

    again = client.post(address("event-edit", fair.slug), typed_event(fair, capacity=55))
    assert again.status_code == 302


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "999"])
def test_edit_without_a_true_version_never_overwrites(client, fair, version):
    response = client.post(address("event-edit", fair.slug), typed_event(fair, capacity=55, version=version))

    fair.refresh_from_db()
    assert (response.status_code in {409, 422}, fair.capacity) == (True, 140)


def test_edit_in_the_hour_that_comes_twice_is_answered_at_the_field(client, fair):
    response = client.post(
        address("event-edit", fair.slug), typed_event(fair, registration_opens_at="2026-10-25T02:30")
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["registration_opens_at"])


def test_venue_of_the_event_is_changed_for_all_its_events(client, fair):
    factories.EventFactory(venue=fair.venue)
    typed = {
        "name": fair.venue.name,
        "street": "Nya gatan 2",
        "postal_code": "21762",
        "city": "Lund",
        "accessibility": "Utan trösklar.",
        "version": 1,
    }
    assert client.get(address("event-venue", fair.slug)).context["others"] == 1

    first, second = (client.post(address("event-venue", fair.slug), typed).status_code for _ in range(2))

    fair.venue.refresh_from_db()
    assert (fair.venue.street, fair.venue.postal_code, fair.venue.accessibility) == (
        "Nya gatan 2",
        "217 62",
        "Utan trösklar.",
    )
    assert (first, second) == (302, 409)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("event-publish", EventState.DRAFT, EventState.PUBLISHED),
        ("event-unpublish", EventState.PUBLISHED, EventState.DRAFT),
        ("event-cancel", EventState.PUBLISHED, EventState.CANCELLED),
        ("event-restore", EventState.CANCELLED, EventState.PUBLISHED),
    ],
)
def test_state_is_changed_by_post_only_and_a_second_click_is_harmless(client, fair, name, before, after):
    Event.objects.update(state=before)

    client.get(address(name, fair.slug))
    fair.refresh_from_db()
    assert fair.state == before

    for _ in range(2):
        assert client.post(address(name, fair.slug)).url == address("event-overview", fair.slug)
    fair.refresh_from_db()
    assert fair.state == after


def test_overview_shows_numbers_decisions_and_the_trail(client, fair, organiser, bare):
    bare.overview_numbers.register(lambda event, user: [Number("Utställare", 1234, "/list/", of=2000)])
    bare.waiting_decisions.register(lambda event, user: [Decision("ansökningar", 7, "/wait/")])
    services.publish_event(event=fair, by=organiser, at=timezone.now())

    text = client.get(address("event-overview", fair.slug)).content.decode()

    assert [piece in text for piece in ("1\u00a0234", "2\u00a0000", "/list/", "ansökningar", "/wait/")] == [True] * 5
    assert organiser.name in text


@pytest.mark.parametrize("count", [1, 3])
def test_overview_asks_as_often_for_one_change_as_for_three(client, fair, organiser, count, django_assert_num_queries):
    at = timezone.now()
    for n in range(count):
        act = services.publish_event if n % 2 == 0 else services.unpublish_event
        act(event=fair, by=organiser, at=at)

    client.get(address("event-overview", fair.slug))  # the names of the content types are read once a process
    with django_assert_num_queries(6):
        client.get(address("event-overview", fair.slug))


def test_overview_of_a_reader_has_no_buttons_that_write(client_for, fair, bare):
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, event=fair)

    text = client_for(reader).get(address("event-overview", fair.slug)).content.decode()

    writing = ("event-edit", "event-copy", "event-publish", "event-cancel", "event-people")
    assert [name for name in writing if address(name, fair.slug) in text] == []
