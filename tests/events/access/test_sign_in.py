"""Sign-in with a code by e-mail, from the address to one's own page."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from events.access.models import User
from tests import factories

pytestmark = pytest.mark.django_db

ASK = "account_request_login_code"
CONFIRM = "account_confirm_login_code"


def ask(client: Client, email: str, **other):
    return client.post(reverse(ASK), {"email": email, **other})


def code_in(message) -> str:
    return re.search(r"\b\d{6}\b", message.body).group()


def confirm(client: Client, code: str, **other):
    return client.post(reverse(CONFIRM), {"code": code, **other})


def signed_in(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.fixture
def known(db) -> User:
    user = factories.UserFactory(email="kim@foretaget.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_first_timer_gets_an_account_and_is_in_with_one_code(client):
    assert ask(client, "ny@foretaget.example").url == reverse(CONFIRM)
    assert [message.to for message in mail.outbox] == [["ny@foretaget.example"]]

    response = confirm(client, code_in(mail.outbox[0]))

    assert response.url == reverse("events:home")
    user = User.objects.get(email="ny@foretaget.example")
    assert signed_in(client) == user
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert len(mail.outbox) == 1
    assert client.get(reverse("events:home")).status_code == 200


def test_known_person_signs_in_in_any_case_of_the_address(client, known):
    ask(client, " KIM@foretaget.example")
    confirm(client, code_in(mail.outbox[0]))

    assert signed_in(client) == known
    assert User.objects.count() == 1


def test_sign_in_leads_on_to_the_page_that_asked_for_it(client, known):
    wanted = reverse("events:profile")
    assert client.get(wanted).url == f"{reverse(ASK)}?next={wanted}"

    response = ask(client, known.email, next=wanted)

    assert f'name="next" value="{wanted}"' in client.get(response.url).content.decode()
    assert confirm(client, code_in(mail.outbox[0]), next=wanted).url == wanted


def test_sign_in_never_leads_away_from_the_house(client, known):
    evil = "https://evil.example/"
    ask(client, known.email, next=evil)

    assert confirm(client, code_in(mail.outbox[0]), next=evil).url == reverse("events:home")


def test_wrong_code_may_be_tried_again_but_not_three_times(client, known):
    ask(client, known.email)
    right = code_in(mail.outbox[0])
    wrong = "000000" if right != "000000" else "111111"

    first, second = confirm(client, wrong), confirm(client, wrong)
    assert (first.status_code, second.status_code) == (200, 200)
    third = confirm(client, wrong)
    assert (third.status_code, third.url) == (302, reverse(ASK))

    confirm(client, right)
    assert signed_in(client) is None


def test_code_works_once_and_only_in_the_browser_that_asked(client, known):
    ask(client, known.email)
    code = code_in(mail.outbox[0])
    thief = Client()

    confirm(thief, code)
    assert signed_in(thief) is None
    confirm(client, code)
    assert signed_in(client) == known

    client.logout()
    confirm(client, code)
    assert signed_in(client) is None


def test_known_and_unknown_addresses_look_the_same(known):
    answers = []
    for email in (known.email, "okand@foretaget.example"):
        client = Client()
        response = ask(client, email)
        page = client.get(response.url).content.decode().replace(email, "")
        tokens = re.compile(r'(name="csrfmiddlewaretoken" value|X-CSRFToken&quot;: &quot;|"X-CSRFToken":)[^>]*')
        answers.append((response.status_code, response.url, tokens.sub("", page)))

    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2
    assert len({re.sub(r"\d{6}", "", message.subject) for message in mail.outbox}) == 1


@pytest.mark.parametrize(
    "email", ["", "ingen adress", "a@b", "å" * 300 + "@foretaget.example", "kim@foretaget.example\nBcc: x"]
)
def test_what_is_no_address_is_answered_at_the_field_and_kept(client, email):
    response = ask(client, email)

    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert (User.objects.count(), mail.outbox) == (0, [])


def test_somebody_who_was_closed_out_does_not_get_in(client, known):
    known.is_active = False
    known.save()

    ask(client, known.email)
    for message in mail.outbox:
        if re.search(r"\b\d{6}\b", message.body):
            confirm(client, code_in(message))

    assert client.get(reverse("events:home")).status_code == 302


def test_codes_are_six_digits_and_differ(client, known):
    codes = set()
    for _ in range(5):
        mail.outbox.clear()
        ask(Client(), known.email)
        codes.add(code_in(mail.outbox[0]))

    assert len(codes) > 1


def test_asking_too_often_for_one_address_sends_no_more_codes(known, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/key"}
    cache.clear()

    answers = [ask(Client(), email) for email in [known.email] * 2 + [known.email.upper()] * 2]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert list(answers[3].context["form"].errors) == ["email"]
    assert len(mail.outbox) == 3
    assert ask(Client(), "en.annan@foretaget.example").status_code == 302
    cache.clear()


def test_asking_too_often_from_one_place_sends_no_more_codes(settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/ip"}
    cache.clear()

    answers = [ask(Client(), f"person{n}@foretaget.example").status_code for n in range(4)]

    assert (answers, len(mail.outbox)) == ([302, 302, 302, 200], 3)
    cache.clear()


def test_there_is_no_page_to_make_an_account_on(client):
    response = client.get(reverse("account_signup"))

    assert "password1" not in response.content.decode()
    assert not User.objects.exists()
