"""Answering through a link, as a browser does it: forms posted as the page gives them."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.answers import services
from surveys.answers.links import token_of
from surveys.answers.models import SealedBallot
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(db):
    survey = factories.SurveyFactory(closes_at=timezone.now() + timedelta(days=3))
    factories.QuestionFactory(survey=survey)
    factories.QuestionFactory(
        survey=survey, key="contacts", position=2, kind="yes_no", text="Fick du kontakter?", text_en="Any contacts?"
    )
    return factories.InvitationFactory(survey=survey)


def address(invitation) -> str:
    return reverse("surveys:answer", args=[token_of(invitation)])


def hidden(response) -> dict[str, str]:
    """The hidden fields of the page's form."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return dict(inputs)


def press(client: Client, url: str, response, **button: str):
    """Post the page's form with one of its buttons."""
    return client.post(url, {**hidden(response), **button})


# --- The way --------------------------------------------------------------------------------------------------------


def test_answers_are_sent_after_a_question_a_view_and_a_summary(invitation):
    client, url = Client(enforce_csrf_checks=True), address(invitation)

    first = client.get(url)
    second = press(client, url, first, choice="very_satisfied")
    summary = press(client, url, second, choice="yes")
    done = press(client, url, summary, go="send")

    assert [page.status_code for page in (first, second, summary, done)] == [200, 200, 200, 302]
    assert "Hur nöjd är du?" in first.content.decode()
    assert "Fick du kontakter?" in second.content.decode()
    assert done.url == "/s/thanks/?language=sv"
    ballot = SealedBallot.objects.get()
    assert [value for _question, _version, value in ballot.answers] == ["very_satisfied", "yes"]
    assert client.get(done.url).status_code == 200


def test_opening_the_link_spends_nothing(invitation, client):
    for _ in range(3):
        assert client.get(address(invitation)).status_code == 200
        assert client.head(address(invitation)).status_code == 200

    invitation.refresh_from_db()
    assert not invitation.used


def test_nothing_is_kept_until_the_answers_are_sent(invitation, client):
    url = address(invitation)
    press(client, url, client.get(url), choice="very_satisfied")

    assert SealedBallot.objects.count() == 0
    assert "sessionid" not in client.cookies


def test_back_shows_what_was_chosen(invitation, client):
    url = address(invitation)
    second = press(client, url, client.get(url), choice="satisfied")

    first = press(client, url, second, go="back").content.decode()

    chosen = re.findall(r'value="(\w+)" aria-pressed="true"', first)
    assert chosen == ["satisfied"]


def test_language_follows_the_invitation_and_the_switch(invitation, client):
    invitation.language = "en"
    invitation.save()
    url = address(invitation)
    english = client.get(url)

    swedish = press(client, url, press(client, url, english, choice="satisfied"), language="sv")
    still_swedish = press(client, url, swedish, go="back")

    assert [page.headers["Content-Language"] for page in (english, swedish, still_swedish)] == ["en", "sv", "sv"]
    assert 'lang="en"' in english.content.decode()
    assert "How satisfied are you?" in english.content.decode()
    assert "Hur nöjd är du?" in still_swedish.content.decode()


def test_answer_that_is_missing_is_asked_for(invitation, client):
    url = address(invitation)

    response = press(client, url, client.get(url), go="send")

    assert response.status_code == 422
    assert "Hur nöjd är du?" in response.content.decode()


def test_question_that_was_reworded_is_asked_again(invitation, client):
    url = address(invitation)
    summary = press(client, url, press(client, url, client.get(url), choice="satisfied"), choice="no")
    invitation.survey.questions.filter(key="satisfied").update(text="Hur missnöjd är du?", version=2)

    response = press(client, url, summary, go="send")

    assert response.status_code == 422
    assert "Hur missnöjd är du?" in response.content.decode()
    assert SealedBallot.objects.count() == 0


def test_question_that_is_reworded_while_they_press_is_asked_again(invitation, client, monkeypatch):
    """Between the page's reading of the questions and the lock: the service refuses, the page asks the new words."""
    url = address(invitation)
    summary = press(client, url, press(client, url, client.get(url), choice="satisfied"), choice="no")
    submit = services.submit_answers

    def reword_first(**facts):
        invitation.survey.questions.filter(key="contacts").update(text="Inga kontakter?", version=2)
        submit(**facts)

    monkeypatch.setattr(services, "submit_answers", reword_first)

    response = press(client, url, summary, go="send")

    assert response.status_code == 422
    assert "Inga kontakter?" in response.content.decode()
    assert hidden(response)["answer-satisfied"] == "1.satisfied"
    assert SealedBallot.objects.count() == 0
    invitation.refresh_from_db()
    assert not invitation.used


def test_double_click_leaves_one_ballot_and_thanks_twice(invitation, client):
    url = address(invitation)
    summary = press(client, url, press(client, url, client.get(url), choice="satisfied"), choice="no")

    first, again = press(client, url, summary, go="send"), press(client, url, summary, go="send")

    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert SealedBallot.objects.count() == 1


def test_used_link_is_gone_for_who_has_not_the_forms_number(invitation, client):
    url = address(invitation)
    summary = press(client, url, press(client, url, client.get(url), choice="satisfied"), choice="no")
    press(client, url, summary, go="send")

    another = client.post(url, {**hidden(summary), "receipt": "y" * 22, "go": "send"})

    assert (another.status_code, client.get(url).status_code) == (410, 410)
    assert SealedBallot.objects.count() == 1


def test_answers_sent_again_after_the_survey_has_closed_are_thanked_for(invitation, client):
    """The first answer's thanks were lost on the way."""
    url = address(invitation)
    summary = press(client, url, press(client, url, client.get(url), choice="satisfied"), choice="no")
    press(client, url, summary, go="send")
    type(invitation.survey).objects.update(state="closed")

    assert press(client, url, summary, go="send").url == "/s/thanks/?language=sv"


# --- No oracle ------------------------------------------------------------------------------------------------------


def gone_links(invitation) -> dict[str, str]:
    """A link of each kind that cannot be used."""
    closed = factories.InvitationFactory(survey=factories.SurveyFactory(state="closed"))
    draft = factories.InvitationFactory(survey=factories.SurveyFactory(state="draft"))
    expired = factories.InvitationFactory(survey=factories.SurveyFactory(closes_at=timezone.now()), language="en")
    used = factories.InvitationFactory(survey=invitation.survey, used=True, language="en")
    unsaved = factories.InvitationFactory.build(survey=invitation.survey)
    made_up = {"made up": "/s/made-up/", "changed": address(invitation)[:-2] + "/", "odd": "/s/%C3%A5.%00/"}
    real = {"closed": closed, "draft": draft, "expired": expired, "used": used, "of nobody": unsaved}
    return {name: address(one) for name, one in real.items()} | made_up


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_link_that_cannot_be_used_gets_the_same_answer(invitation, client, method):
    answers = {}
    for name, url in gone_links(invitation).items():
        response = getattr(client, method)(url, {"at": "3", "go": "send"} if method == "post" else {})
        answers[name] = (response.status_code, response.content, dict(response.headers))

    assert {status for status, _content, _headers in answers.values()} == {410}
    assert len({content for _status, content, _headers in answers.values()}) == 1
    assert len({tuple(sorted(headers.items())) for _status, _content, headers in answers.values()}) == 1


def test_page_about_a_spent_link_speaks_both_languages(client):
    assert client.get("/s/made-up/").content.decode().count("<h") >= 2


# --- Kept to itself -------------------------------------------------------------------------------------------------


def test_pages_are_kept_out_of_caches_search_and_referrers(invitation, client):
    for url in (address(invitation), "/s/thanks/", "/s/made-up/"):
        headers = client.get(url).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "strict-origin"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_form_passes_the_check_of_its_origin(invitation):
    """What a browser sends under our referrer policy; "Origin: null" would be refused."""
    client, url = Client(enforce_csrf_checks=True), address(invitation)
    first = client.get(url)

    response = client.post(url, {**hidden(first), "choice": "satisfied"}, headers={"Origin": "http://testserver"})

    assert response.status_code == 200


def test_page_without_a_form_has_a_token_for_what_waits_on_the_phone(invitation):
    client, url = Client(enforce_csrf_checks=True), address(invitation)
    thanks = client.get("/s/thanks/")

    assert press(client, url, thanks).status_code == 200


def test_log_shows_no_link(invitation, client, caplog):
    from surveys.answers.logs import WithoutTokens

    url = address(invitation)
    type(invitation).objects.update(used=True)
    caplog.handler.addFilter(WithoutTokens())
    with caplog.at_level(logging.INFO):
        client.get(url)

    assert "/s/…" in caplog.text
    assert token_of(invitation) not in caplog.text


@pytest.mark.parametrize("path", ["/t/0123456789ABCDEF/", "/T/0123456789ABCDEF"])
def test_log_shows_no_ticket(path, caplog):
    from surveys.answers.logs import WithoutTokens

    caplog.handler.addFilter(WithoutTokens())
    logging.getLogger("django.request").error("Internal Server Error: %s", path)

    assert f"{path[:3]}…" in caplog.text
    assert "0123456789" not in caplog.text


def test_page_has_no_inline_script_or_style(invitation, client):
    page = client.get(address(invitation)).content.decode()

    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert "style=" not in page


def test_htmx_is_led_to_the_thanks(invitation, client):
    carried = {"answer-satisfied": "1.satisfied", "answer-contacts": "1.yes"}

    response = client.post(address(invitation), {"at": "3", "go": "send", **carried}, headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/s/thanks/?language=sv")
