"""One's own settings, and the people of an event."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from events.access.models import Grant, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(organiser):
    event = factories.EventFactory()
    factories.grant(organiser, Role.ORGANISER, event=event)
    return event


@pytest.fixture
def client(client_for, organiser):
    return client_for(organiser)


def people(event) -> str:
    return reverse("events:event-people", args=[event.slug])


def removal(event, grant) -> str:
    return reverse("events:event-person-remove", args=[event.slug, grant.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_people_ask_as_often_for_one_as_for_three(client, event, count, django_assert_num_queries):
    for _ in range(count):
        factories.grant(factories.UserFactory(), Role.EDITOR, event=event)
        factories.grant(factories.UserFactory(), Role.READER, area=event.area)

    with django_assert_num_queries(5):
        assert client.get(people(event)).status_code == 200


def test_people_are_those_of_the_event_and_those_of_its_area(client, event, organiser):
    editor = factories.grant(factories.UserFactory(name="<b>Kim</b>"), Role.EDITOR, event=event)
    reader = factories.grant(factories.UserFactory(), Role.READER, area=event.area)
    factories.grant(factories.UserFactory(), Role.READER, event=factories.EventFactory())

    response = client.get(people(event))

    own = Grant.objects.get(user=organiser)
    assert set(response.context["own"]) == {own, editor}
    assert response.context["inherited"] == [reader]
    assert escape("<b>Kim</b>") in response.content.decode()
    assert removal(event, reader) not in response.content.decode()


def test_role_is_given_by_address(client, event):
    response = client.post(people(event), {"email": "ny@torget.example", "role": "door"})

    assert response.url == people(event)
    assert Grant.objects.get(user__email="ny@torget.example").role == Role.DOOR


@pytest.mark.parametrize(
    ("typed", "status", "field"),
    [
        ({"email": "inte en adress", "role": "door"}, 422, "email"),
        ({"email": "ny@torget.example", "role": "owner"}, 422, "role"),
        ({"email": "person@torget.example", "role": "editor"}, 409, "email"),
    ],
)
def test_role_that_can_not_be_given_keeps_what_was_typed(client, event, typed, status, field):
    factories.grant(factories.UserFactory(email="person@torget.example"), Role.EDITOR, event=event)

    response = client.post(people(event), typed)

    assert (response.status_code, list(response.context["form"].errors)) == (status, [field])
    assert typed["email"] in response.content.decode()


def test_role_is_taken_back_by_post_only(client, event):
    grant = factories.grant(factories.UserFactory(), Role.EDITOR, event=event)

    assert client.get(removal(event, grant)).status_code == 200
    assert Grant.objects.filter(pk=grant.pk).exists()
    assert client.post(removal(event, grant)).url == people(event)

    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_role_of_the_last_organiser_stays_and_says_why(client, event, organiser):
    grant = Grant.objects.get(user=organiser)

    response = client.post(removal(event, grant), follow=True)

    assert Grant.objects.filter(pk=grant.pk).exists()
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_role_that_one_gives_up_leads_to_ones_own_page(client, event, organiser):
    factories.grant(factories.UserFactory(), Role.ORGANISER, event=event)

    response = client.post(removal(event, Grant.objects.get(user=organiser)))

    assert response.url == reverse("events:home")


def test_role_of_another_event_or_of_the_area_is_404(client, event):
    foreign = factories.grant(factories.UserFactory(), Role.EDITOR, event=factories.EventFactory())
    inherited = factories.grant(factories.UserFactory(), Role.EDITOR, area=event.area)

    assert [client.post(removal(event, grant)).status_code for grant in (foreign, inherited)] == [404, 404]
    assert Grant.objects.count() == 3


def test_profile_saves_name_and_language_and_the_cookie_agrees(client, organiser, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"

    response = client.post(reverse("events:profile"), {"name": "Ängla 🎪", "language": "en"})

    organiser.refresh_from_db()
    assert (organiser.name, organiser.language) == ("Ängla 🎪", "en")
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": "å" * 200, "language": "sv"}, "name"), ({"name": "Kim", "language": "de"}, "language")],
)
def test_profile_with_a_fault_keeps_what_was_typed(client, organiser, typed, field):
    response = client.post(reverse("events:profile"), typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert typed["name"] in response.content.decode()
    organiser.refresh_from_db()
    assert organiser.name == "Olle Organisatör"
