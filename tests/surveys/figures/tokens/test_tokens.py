"""Tokens for other systems: what they open, for how long, how often, and who makes them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry, Role
from registrations.checkin.devices.tokens import hash_of
from surveys.figures.tokens import services
from surveys.figures.tokens.auth import PER_MINUTE
from surveys.figures.tokens.models import FigureToken
from surveys.figures.tokens.retention import TOKENS, erase_tokens
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return factories.EventFactory()


def made(reads, organiser, **facts):
    today = timezone.localdate()
    facts = {"name": "Statistiken", "ends_on": today + timedelta(days=9)} | facts
    return services.make_token(reads=reads, by=organiser, at=timezone.now(), **facts)


def ask(event, secret: str, **headers):
    return Client().get(
        reverse("api:figures-event", args=[event.slug]), headers={"Authorization": f"Bearer {secret}"} | headers
    )


# --- What it opens ----------------------------------------------------------------------------------------------------


def test_a_token_reads_its_event_and_no_other(event, organiser):
    _token, secret = made(event, organiser)
    other = factories.EventFactory(area=event.area)

    answer = ask(event, secret)

    assert (answer.status_code, answer.json()["event"]) == (200, event.slug)
    assert (ask(other, secret).status_code, ask(other, secret).json()["code"]) == (404, "not_found")


def test_a_token_for_an_area_reads_all_its_events(event, organiser):
    _token, secret = made(event.area, organiser)

    assert ask(event, secret).status_code == 200
    assert ask(factories.EventFactory(area=event.area), secret).status_code == 200
    assert ask(factories.EventFactory(area=factories.AreaFactory()), secret).status_code == 404


def test_a_token_opens_nothing_else(event, organiser):
    _token, secret = made(event, organiser)
    headers = {"Authorization": f"Bearer {secret}"}

    assert Client().get(reverse("surveys:event-figures", args=[event.slug]), headers=headers).status_code == 302
    assert Client().post(reverse("api:figures-event", args=[event.slug]), headers=headers).status_code == 405


def test_wrong_tokens_say_why(event, organiser):
    revoked, revoked_secret = made(event, organiser)
    services.revoke_token(token=revoked, by=organiser, at=timezone.now())
    ended, ended_secret = made(event, organiser)
    FigureToken.objects.filter(pk=ended.pk).update(ends_on=timezone.localdate() - timedelta(days=1))

    answers = [ask(event, secret) for secret in (revoked_secret, ended_secret, "a" * 43, "nothing", "å")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (401, "revoked"),
        (401, "expired"),
        *[(401, "unknown")] * 3,
    ]
    assert answers[0]["WWW-Authenticate"] == "Bearer"


def test_without_a_token_it_is_as_on_the_pages(event, organiser_client):
    address = reverse("api:figures-event", args=[event.slug])

    assert organiser_client(event).get(address).status_code == 200
    assert Client().get(address).status_code == 404
    assert Client().get(address, headers={"Authorization": "Basic eDp5"}).status_code == 404


def test_a_wrong_token_is_refused_though_somebody_is_signed_in(event, organiser_client):
    address = reverse("api:figures-event", args=[event.slug])

    assert organiser_client(event).get(address, headers={"Authorization": "Bearer nothing"}).status_code == 401


def test_the_last_day_is_one_of_them(event, organiser):
    _token, secret = made(event, organiser, ends_on=timezone.localdate())

    assert ask(event, secret).status_code == 200


def test_a_token_is_asked_so_often_and_no_more(event, organiser, limits):
    _token, secret = made(event, organiser)
    _other, another = made(event, organiser)

    answers = [ask(event, secret).status_code for _time in range(PER_MINUTE + 1)]

    assert answers == [200] * PER_MINUTE + [429]
    assert ask(event, secret)["Retry-After"] == "60"
    assert ask(event, another).status_code == 200


def test_wrong_tokens_are_counted_by_address(event, organiser, limits):
    statuses = [ask(event, "a" * 43).status_code for _time in range(22)]

    assert statuses == [401] * 21 + [429]


def test_the_day_of_the_last_use_is_remembered_once_a_day(event, organiser, django_assert_num_queries):
    token, secret = made(event, organiser)
    ask(event, secret)

    token.refresh_from_db()

    assert token.last_used_on == timezone.localdate()
    with django_assert_num_queries(0):
        services.note_use(token, timezone.now())


# --- How it is made ---------------------------------------------------------------------------------------------------


def test_only_a_hash_is_stored_and_making_stands_in_the_audit(event, organiser):
    token, secret = made(event, organiser)

    assert token.token_hash == hash_of(secret)
    assert secret not in str(FigureToken.objects.filter(pk=token.pk).values())
    (entry,) = AuditEntry.objects.about(token)
    assert secret not in str(entry.changes)
    assert token.token_hash not in str(entry.changes)


@pytest.mark.parametrize("days", [-1, 401])
def test_a_token_ends_within_a_year_or_so(event, organiser, days):
    with pytest.raises(services.WrongEnd):
        made(event, organiser, ends_on=timezone.localdate() + timedelta(days=days))


def test_revoking_twice_is_once(event, organiser):
    token, _secret = made(event, organiser)
    for _time in range(2):
        services.revoke_token(token=token, by=organiser, at=timezone.now())

    assert AuditEntry.objects.about(token).count() == 2  # made, revoked


def test_tokens_are_forgotten_a_year_after_their_end(event, organiser):
    now = timezone.now()
    tokens = [made(event, organiser)[0] for _number in range(4)]
    for token, facts in zip(
        tokens,
        (
            {"ends_on": timezone.localdate() - timedelta(days=366)},
            {"revoked_at": now - timedelta(days=366)},
            {"ends_on": timezone.localdate() - timedelta(days=364)},
            {},
        ),
        strict=True,
    ):
        FigureToken.objects.filter(pk=token.pk).update(**facts)

    assert erase_tokens(now - TOKENS.keep, 100) == 2
    assert set(FigureToken.objects.all()) == set(tokens[2:])


# --- The page ---------------------------------------------------------------------------------------------------------


def send(client, event, **data):
    form = {"name": "Statistiken", "scope": "event", "ends_on": str(timezone.localdate() + timedelta(days=30))} | data
    return client.post(reverse("surveys:figure-tokens", args=[event.slug]), form)


def test_the_page_shows_a_new_token_once(event, organiser_client):
    client = organiser_client(event)

    answer = send(client, event)
    secret = answer.context["secret"]

    assert ask(event, secret).status_code == 200
    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert secret not in client.get(reverse("surveys:figure-tokens", args=[event.slug])).content.decode()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"ends_on": "2001-01-01"}, {"ends_on": "i morgon"}, {"scope": "area"}])
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(event, organiser_client, wrong):
    answer = send(organiser_client(event), event, **wrong)

    assert answer.status_code in (409, 422)
    assert answer.context["form"].errors
    assert not FigureToken.objects.exists()
    assert "name" in wrong or "Statistiken" in answer.content.decode()


def test_who_organises_the_area_makes_tokens_for_it(event, organiser, client_for):
    factories.grant(organiser, Role.ORGANISER, area=event.area)

    send(client_for(organiser), event, scope="area")

    assert FigureToken.objects.get().area == event.area


def test_an_areas_token_is_not_an_events_organisers_to_revoke(event, organiser, organiser_client):
    token, _secret = made(event.area, organiser)
    client = organiser_client(event)
    address = reverse("surveys:figure-token-revoke", args=[event.slug, token.pk])

    assert client.post(address).status_code == 404
    assert token.name in client.get(reverse("surveys:figure-tokens", args=[event.slug])).content.decode()


def test_another_events_token_is_not_found(event, organiser, organiser_client):
    token, _secret = made(factories.EventFactory(area=event.area), organiser)

    address = reverse("surveys:figure-token-revoke", args=[event.slug, token.pk])
    assert organiser_client(event).get(address).status_code == 404


def test_the_page_revokes(event, organiser, organiser_client):
    token, secret = made(event, organiser)

    organiser_client(event).post(reverse("surveys:figure-token-revoke", args=[event.slug, token.pk]))

    assert ask(event, secret).status_code == 401


def test_the_page_takes_as_many_queries_for_three_tokens(event, organiser, organiser_client, django_assert_num_queries):
    client, address = organiser_client(event), reverse("surveys:figure-tokens", args=[event.slug])
    made(event, organiser)
    client.get(address)
    with django_assert_num_queries(30, exact=False) as one:
        client.get(address)
    made(event, organiser)
    made(event.area, organiser)

    with django_assert_num_queries(len(one)):
        client.get(address)
