"""Sign-in through a municipality's directory, from the moment it has answered."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from events.access.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _directory(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "kommun",
                    "name": "Kommunen",
                    "client_id": "torget",
                    "secret": "for tests",
                    "settings": {"server_url": "https://directory.example"},
                }
            ]
        }
    }


def arrive(email: str, *, verified: bool = True) -> User | AnonymousUser:
    """Somebody comes back from the directory with ``email``; who they are here then."""
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    request._messages = CookieStorage(request)
    login = SocialLogin(
        user=User(email=email, name="Anna Ek"),
        account=SocialAccount(provider="kommun", uid=email),
        email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
        provider=get_adapter().get_provider(request, "kommun"),
    )
    with context.request_context(request):
        complete_social_login(request, login)
    return request.user


def test_a_first_timer_gets_an_account():
    user = arrive("anna@kommun.example")

    assert user == User.objects.get(email="anna@kommun.example")
    assert user.is_authenticated


def test_somebody_who_is_here_already_keeps_the_account():
    known = factories.UserFactory(email="anna@kommun.example")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)

    assert arrive("anna@kommun.example") == known
    assert User.objects.count() == 1


def test_an_address_that_the_directory_does_not_vouch_for_takes_over_nobody():
    known = factories.UserFactory(email="anna@kommun.example")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)

    assert not arrive("anna@kommun.example", verified=False).is_authenticated
