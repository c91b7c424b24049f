"""The public pages and somebody's own page, as they are asked for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from events.access.models import Role
from events.programme.hooks import Decision, Step
from events.programme.models import Event, EventState
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def fair(**fields) -> Event:
    """A fair whose registration is open at the real now: pages ask the real clock."""
    now = timezone.now()
    dates = {
        "registration_opens_at": now - DAY,
        "registration_closes_at": now + DAY,
        "starts_at": now + 20 * DAY,
        "ends_at": now + 20 * DAY + timedelta(hours=7),
    }
    return factories.EventFactory(**dates | fields)


def past_fair(**fields) -> Event:
    then = timezone.now() - 300 * DAY
    dates = {"registration_opens_at": then - 60 * DAY, "registration_closes_at": then - 30 * DAY}
    return factories.EventFactory(starts_at=then, ends_at=then + timedelta(hours=7), **dates | fields)


def page(client, name: str, *args, **query) -> str:
    return client.get(reverse(f"events:{name}", args=args), query).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_start_asks_the_database_as_often_for_one_event_as_for_three(client, bare, count, django_assert_num_queries):
    for _ in range(count):
        fair()
        past_fair()

    with django_assert_num_queries(3):
        page(client, "start")


def test_start_shows_what_comes_and_what_has_been_but_no_drafts(client, bare):
    coming, past, draft = fair(), past_fair(), fair(state=EventState.DRAFT)

    response = client.get(reverse("events:start"))

    assert [one["event"] for one in response.context["coming"]] == [coming]
    assert list(response.context["past"]) == [past]
    assert draft.name not in response.content.decode()


def test_start_has_a_button_for_each_kind_of_visitor(client, bare):
    event = fair()

    text = page(client, "start")

    assert reverse("registrations:apply", args=[event.slug]) in text
    assert reverse("registrations:visitor-signup", args=[event.slug]) in text


def test_start_without_events_says_so(client, bare):
    assert client.get(reverse("events:start")).status_code == 200


def test_start_pages_through_what_has_been(client, bare):
    for _ in range(13):
        past_fair()

    assert len(client.get(reverse("events:start")).context["past"]) == 12
    assert len(client.get(reverse("events:start"), {"page": 2}).context["past"]) == 1
    assert client.get(reverse("events:start"), {"page": "<script>"}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({}, ["apply", "visitor-signup"]),
        ({"registration_opens_at": timezone.now() + timedelta(hours=1)}, []),
        ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, ["visitor-signup"]),
        ({"state": EventState.CANCELLED}, []),
    ],
)
def test_event_offers_the_ways_that_are_open(client, bare, fields, links):
    event = fair(**fields)

    text = page(client, "event", event.slug)

    offered = [
        name for name in ("apply", "visitor-signup") if reverse(f"registrations:{name}", args=[event.slug]) in text
    ]
    assert offered == links


def test_event_that_is_over_offers_nothing(client, bare):
    event = past_fair()

    response = client.get(reverse("events:event", args=[event.slug]))

    assert response.context["is_over"]
    assert reverse("registrations:apply", args=[event.slug]) not in response.content.decode()


def test_event_names_its_controller_and_the_accessibility_of_the_place(client, bare):
    event = fair(venue__accessibility="Hörslinga i salen.", issuer__name="Malmö stad")

    text = page(client, "event", event.slug)

    assert "Hörslinga i salen." in text
    assert "Malmö stad" in text


def test_event_shows_the_pieces_of_the_higher_apps(client, bare):
    bare.event_page_sections.register(lambda event, request: f"<section>{event.slug}</section>")

    assert escape(f"<section>{(event := fair()).slug}</section>") in page(client, "event", event.slug)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "🎪 Mässan", "å" * 120])
def test_event_writes_any_name_as_it_is(client, bare, name):
    event = fair(name=name, summary=name, description=name)

    text = page(client, "event", event.slug)

    assert escape(name) in text
    assert "<script>alert" not in text


def test_draft_is_there_only_for_its_makers(client, client_for, organiser, bare):
    event = fair(state=EventState.DRAFT)
    factories.grant(organiser, Role.READER, event=event)
    door = factories.UserFactory()
    factories.grant(door, Role.DOOR, event=event)
    address = reverse("events:event", args=[event.slug])

    answers = [c.get(address).status_code for c in (client, client_for(door), client_for(organiser))]

    assert answers == [404, 404, 200]


@pytest.mark.parametrize("slug", ["b2b-1999", "företag", "🎪", "b2b%00", "-" * 300])
def test_event_that_is_not_there_is_404(client, slug):
    assert client.get(f"/e/{slug}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_as_often_for_one_event_and_plan_as_for_three(
    client_for, organiser, bare, count, django_assert_num_queries
):
    area = factories.AreaFactory()
    factories.grant(organiser, Role.ORGANISER, area=area)
    for year in range(count):
        fair(area=area)
        past_fair(area=area)
        factories.PlanFactory(area=area, first_year=2020 + year, last_year=2020 + year)
    client = client_for(organiser)

    with django_assert_num_queries(8):
        assert client.get(reverse("events:home")).status_code == 200


def test_home_puts_the_nearest_step_first(client_for, organiser, bare):
    now = timezone.now()
    steps = [
        Step("Someday", "", "/c/", "Go"),
        Step("Next week", "", "/b/", "Go", by=now + 7 * DAY),
        Step("Tomorrow", "", "/a/", "Go", by=now + DAY),
    ]
    bare.next_steps.register(lambda user, request: steps)

    response = client_for(organiser).get(reverse("events:home"))

    assert [step.title for step in response.context["steps"]] == ["Tomorrow", "Next week", "Someday"]


def test_home_of_an_organiser_asks_to_publish_and_to_decide(client_for, organiser, bare):
    event = fair()
    draft = fair(state=EventState.DRAFT, registration_opens_at=timezone.now() + timedelta(hours=1))
    for one in (event, draft):
        factories.grant(organiser, Role.ORGANISER, event=one)
    bare.waiting_decisions.register(lambda event, user: [Decision("ansökningar", 1234, f"/{event.slug}/")])

    steps = client_for(organiser).get(reverse("events:home")).context["steps"]

    assert [(step.url, step.by) for step in steps] == [
        (reverse("events:event-overview", args=[draft.slug]), draft.registration_opens_at),
        (f"/{event.slug}/", None),
        (f"/{draft.slug}/", None),
    ]
    assert steps[1].title == "1\u00a0234 ansökningar"


def test_home_of_a_reader_asks_for_nothing(client_for, organiser, bare):
    factories.grant(organiser, Role.READER, event=fair(state=EventState.DRAFT))

    assert client_for(organiser).get(reverse("events:home")).context["steps"] == []


def test_home_leads_door_staff_to_the_door_and_not_to_the_overview(client_for, organiser, bare):
    event = fair()
    factories.grant(organiser, Role.DOOR, event=event)

    text = page(client_for(organiser), "home")

    assert reverse("registrations:door", args=[event.slug]) in text
    assert reverse("events:event-overview", args=[event.slug]) not in text


def test_home_of_a_stranger_shows_what_comes(client_for, bare):
    event = fair()

    response = client_for(factories.UserFactory()).get(reverse("events:home"))

    assert list(response.context["public"]) == [event]


def test_home_of_nobody_asks_to_sign_in(client):
    response = client.get(reverse("events:home"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_request_login_code"))
