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


def kept(response) -> tuple[str, set[str]]:
    """What a cache is told: Cache-Control, and which of the headers that make a piece of a page it must look at."""
    varies = {name.strip() for name in response.get("Vary", "").split(",")}
    return response.get("Cache-Control", ""), varies & {"HX-Request", "HX-Target"}


HTMX = {"HX-Request", "HX-Target"}


def test_page_of_somebody_signed_in_is_kept_by_nobody(client_for):
    response = client_for(factories.UserFactory()).get(reverse("events:home"))

    assert kept(response) == ("private, no-store", HTMX)


@pytest.mark.parametrize(
    ("name", "target"), [("exhibitor-list", "applications"), ("visitor-list", "visitors")], ids=lambda value: value
)
@pytest.mark.parametrize("is_piece", [True, False], ids=["a piece", "the page"])
def test_list_and_its_piece_never_stand_in_for_each_other(organiser_client, name, target, is_piece):
    event = factories.EventFactory()
    headers = {"hx-request": "true", "hx-target": target} if is_piece else {}

    response = organiser_client(event).get(reverse(f"registrations:{name}", args=[event.slug]), headers=headers)

    assert kept(response) == ("private, no-store", HTMX)
    assert (b"<html" in response.content) != is_piece


def test_public_page_may_be_kept_by_whoever_is_not_signed_in(client):
    assert kept(client.get(reverse("events:about"))) == ("", HTMX)


def test_view_says_itself_what_may_be_kept(client_for):
    event = factories.EventFactory()

    response = client_for(factories.UserFactory()).get(reverse("registrations:visitor-signup", args=[event.slug]))

    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
