"""Signing in with a code by e-mail, as a person does it."""

import re

import pytest
from django.urls import reverse

from events.access.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "anna.ek@foretag.example"


def ask_for_code(client, mailoutbox) -> str:
    client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    return re.match(r"(\d{6}) ", mailoutbox[-1].subject)[1]


def test_first_sign_in_needs_one_code_only(client, mailoutbox):
    code = ask_for_code(client, mailoutbox)

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == reverse("events:home")
    assert client.session["_auth_user_id"] == str(User.objects.get(email=ADDRESS).pk)
    assert len(mailoutbox) == 1


def test_wrong_code_lets_nobody_in_and_says_so_at_the_field(client, mailoutbox):
    code = ask_for_code(client, mailoutbox)

    response = client.post(reverse("account_confirm_login_code"), {"code": "000000" if code != "000000" else "111111"})

    assert "_auth_user_id" not in client.session
    assert 'aria-invalid="true"' in response.content.decode()


def test_a_new_code_can_be_asked_for(client, mailoutbox):
    ask_for_code(client, mailoutbox)

    client.post(reverse("account_confirm_login_code"), {"action": "resend"})

    assert len(mailoutbox) == 2


def test_letter_with_the_code_says_why_it_came(client, mailoutbox):
    code = ask_for_code(client, mailoutbox)

    letter = mailoutbox[-1]

    assert code in letter.body
    assert code in letter.alternatives[0][0]
    assert letter.to == [ADDRESS]
