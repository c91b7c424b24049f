"""The site's own pages."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from events.retention.rules import DEFAULT, all_rules
from tests import factories

pytestmark = pytest.mark.django_db


def text_of(client, name: str) -> str:
    return client.get(reverse(f"events:{name}")).content.decode()


def test_accessibility_statement_names_who_is_behind_and_where_to_complain(client, settings):
    settings.OPERATOR_NAME = "Lunds kommun"
    settings.CONTACT_EMAIL = "torget@lund.example"

    text = text_of(client, "accessibility")

    wanted = ("Lunds kommun", "mailto:torget@lund.example", "https://www.digg.se/tdosanmalan", "2018:1937", "WCAG 2.1")
    assert [piece for piece in wanted if piece not in text] == []


def test_privacy_names_the_controllers_that_have_events_once(client):
    issuer = factories.IssuerFactory(name="IUC <Syd>", contact_email="gdpr@iuc.example")
    factories.EventFactory.create_batch(2, issuer=issuer)
    factories.IssuerFactory(name="Utan evenemang")

    text = text_of(client, "privacy")

    assert (text.count("IUC &lt;Syd&gt;"), text.count('gdpr@iuc.example">')) == (1, 1)
    assert "Utan evenemang" not in text


def test_privacy_lists_every_cookie_that_is_set(client, client_for, settings):
    settings.LANGUAGE_COOKIE_NAME = "torget_language"
    signed_in = client_for(factories.UserFactory())
    signed_in.post(reverse("events:profile"), {"name": "Kim", "language": "en"})
    signed_in.get(reverse("events:profile"))

    text = text_of(client, "privacy")

    assert [name for name in signed_in.cookies if f"<code>{name}</code>" not in text] == []


def test_privacy_prints_every_rule_that_tend_goes_by(client):
    text = text_of(client, "privacy")

    assert [rule.code for rule in all_rules() if escape(str(rule.what)) not in text or rule.period not in text] == []
    assert text.count(escape(str(DEFAULT))) == 1


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
def test_page_is_found_from_every_foot(client, name):
    assert reverse(f"events:{name}") in text_of(client, "start")
