"""The declared rule on the event's page, and how the places went."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from events.municipalities.models import Municipality
from events.nights.models import FirstAim
from registrations.allocation.models import ProposalState
from registrations.allocation.words import declared_order
from registrations.bookings.places.public import Line, municipality_lines
from tests import factories
from tests import night_factories as nf

pytestmark = pytest.mark.django_db


def published(night, **municipalities):
    Municipality.objects.get_or_create(code="1281", defaults={"name": "Lund"})
    Municipality.objects.get_or_create(code="1285", defaults={"name": "Eslöv"})
    lines = {code: {"demand": d, "target": t, "placed": p} for code, (d, t, p) in municipalities.items()}
    return nf.ProposalFactory(
        night=night,
        state=ProposalState.DONE,
        measures={"proposal": {"municipalities": lines}},
        published_at=timezone.now(),
    )


def test_the_rule_stands_on_the_page_before_anybody_books(client):
    night = nf.NightFactory(first_aim=FirstAim.MUNICIPALITIES)
    page = client.get(reverse("events:event", args=[night.event.slug])).text

    with translation.override("sv"):
        first, second = [escape(str(what)) for what, _why in declared_order(night.first_aim)[:2]]
    assert 0 < page.index('id="places"') < page.index(first) < page.index(second)


def test_after_publishing_the_table_has_those_who_applied():
    proposal = published(nf.NightFactory(), **{"1281": (212, 160, 156), "1285": (0, 0, 0)})

    assert municipality_lines(proposal) == [Line("Lund", applied=212, share=160, placed=156)]


def test_a_fair_has_no_such_section(client):
    event = factories.EventFactory()

    assert 'id="places"' not in client.get(reverse("events:event", args=[event.slug])).text


def test_the_latest_publishing_counts(client):
    night = nf.NightFactory()
    published(night, **{"1281": (212, 160, 156)})
    later = published(night, **{"1281": (212, 160, 171)})

    page = client.get(reverse("events:event", args=[night.event.slug])).text

    assert later.measures["proposal"]["municipalities"]["1281"]["placed"] == 171
    assert ">171<" in page
    assert ">156<" not in page
