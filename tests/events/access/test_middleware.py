"""Whoever reaches many people's data needs a second factor, where the setting says so."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from events.access.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _needed(settings):
    settings.ORGANISERS_NEED_MFA = True


def with_role(role: Role | None):
    user = factories.UserFactory()
    if role:
        factories.grant(user, role, event=factories.EventFactory())
    return user


@pytest.mark.parametrize("name", ["events:home", "events:start", "events:plan-list"])
def test_organiser_without_a_second_factor_is_sent_to_get_one(client_for, name):
    client = client_for(with_role(Role.ORGANISER))

    response = client.get(reverse(name), follow=True)

    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["info"]


@pytest.mark.parametrize("name", ["mfa_index", "account_logout", "healthz"])
def test_organiser_without_a_second_factor_may_get_one_or_leave(client_for, name):
    assert client_for(with_role(Role.ORGANISER)).get(reverse(name)).status_code == 200


def test_organiser_without_a_second_factor_writes_nothing(client_for):
    user = with_role(Role.ORGANISER)

    response = client_for(user).post(reverse("events:profile"), {"name": "Ny", "language": "sv"})

    user.refresh_from_db()
    assert (response.url, user.name == "Ny") == (reverse("mfa_index"), False)


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_organiser_with_a_second_factor_gets_on(client_for, kind):
    user = with_role(Role.ORGANISER)
    Authenticator.objects.create(user=user, type=kind, data={})

    assert client_for(user).get(reverse("events:home")).status_code == 200


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ORGANISER)])
def test_everybody_else_gets_on_without(client_for, role):
    assert client_for(with_role(role)).get(reverse("events:home")).status_code == 200


def test_organiser_gets_on_without_where_the_setting_does_not_ask(client_for, settings):
    settings.ORGANISERS_NEED_MFA = False

    assert client_for(with_role(Role.ORGANISER)).get(reverse("events:home")).status_code == 200


def test_visitor_who_is_nobody_is_left_alone(client):
    assert client.get(reverse("events:start")).status_code == 200
