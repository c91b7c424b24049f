"""Swedish until somebody chooses otherwise, and what browsers may do."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def language_of(client, **headers) -> str:
    response = client.get(reverse("events:about"), headers=headers)
    assert f'lang="{response["Content-Language"]}"' in response.content.decode()
    return response["Content-Language"]


def test_page_is_swedish_whatever_the_browser_asks_for(client):
    assert language_of(client, accept_language="en-GB,en;q=0.9") == "sv"


@pytest.mark.parametrize(
    ("cookie", "language"),
    [("en", "en"), ("sv", "sv"), ("de", "sv"), ("", "sv"), ("<script>", "sv"), ("e" * 5000, "sv")],
)
def test_cookie_chooses_among_the_languages_that_there_are(client, settings, cookie, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    assert language_of(client) == language


def test_signed_in_reader_gets_the_language_of_their_settings(client_for):
    assert language_of(client_for(factories.UserFactory(language="en"))) == "en"


def test_cookie_goes_before_the_settings(client_for, settings):
    client = client_for(factories.UserFactory(language="en"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"

    assert language_of(client) == "sv"


def test_page_may_be_kept_only_for_the_same_cookies(client):
    assert "Cookie" in client.get(reverse("events:about"))["Vary"]


def test_language_button_remembers_for_pages_and_mails_and_leads_back(client_for, settings):
    user = factories.UserFactory()
    client = client_for(user)

    response = client.post(reverse("set_language"), {"language": "en", "next": "/about/"})

    user.refresh_from_db()
    assert (response.url, user.language) == ("/about/", "en")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize("language", ["de", "", "<script>"])
def test_language_button_knows_only_the_languages_that_there_are(client_for, language):
    user = factories.UserFactory()

    client_for(user).post(reverse("set_language"), {"language": language})

    user.refresh_from_db()
    assert user.language == ""


def test_language_button_never_leads_away_from_the_house(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})

    assert response.url == "/"


def test_pages_may_not_use_camera_or_place(client):
    policy = client.get(reverse("events:about"))["Permissions-Policy"]

    assert ("camera=()" in policy, "geolocation=()" in policy) == (True, True)


def test_pages_allow_nothing_inline_and_nobody_to_frame_them(client):
    response = client.get(reverse("events:about"))

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert [part in policy for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")] == [
        True
    ] * 3
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
