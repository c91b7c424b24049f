"""What a form makes, it makes once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from events.access.models import Role
from events.once.guard import forget_sent_forms
from events.once.models import SentForm
from events.plan.models import Theme
from registrations.organisations.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organiser):
    plan = factories.PlanFactory()
    factories.grant(organiser, Role.ORGANISER, area=plan.area)
    return plan


def test_the_same_form_twice_makes_one_thing_and_leads_to_the_same_page(client_for, organiser, plan):
    client, address = client_for(organiser), reverse("events:theme-new", args=[plan.pk])
    form = {"title": "Kompetens", "position": 1, "once": str(uuid4())}

    first, second = client.post(address, form), client.post(address, form)

    assert Theme.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_two_forms_make_two_things(client_for, organiser, plan):
    client, address = client_for(organiser), reverse("events:theme-new", args=[plan.pk])

    for title in ("Kompetens", "Mötesplatser"):
        client.post(address, {"title": title, "position": 1, "once": str(uuid4())})

    assert Theme.objects.count() == 2


def test_a_form_that_was_refused_may_be_sent_again(client_for, organiser, plan):
    client, address = client_for(organiser), reverse("events:theme-new", args=[plan.pk])
    token = str(uuid4())

    refused = client.post(address, {"title": "", "position": 1, "once": token})
    made = client.post(address, {"title": "Kompetens", "position": 1, "once": token})

    assert (refused.status_code, made.status_code) == (422, 302)
    assert Theme.objects.count() == 1


@pytest.mark.parametrize("token", ["", "nonsense", "😀"])
def test_a_post_without_a_token_of_ours_goes_through(client_for, organiser, plan, token):
    client_for(organiser).post(
        reverse("events:theme-new", args=[plan.pk]), {"title": "Kompetens", "position": 1, "once": token}
    )

    assert Theme.objects.count() == 1
    assert SentForm.objects.count() == 0


def test_a_company_without_number_is_added_once(client_for, organiser):
    event = factories.EventFactory()
    address = reverse("registrations:company-add", args=[event.slug]) + "?without"
    form = {"name": "Firma Ek", "country": "SE", "once": str(uuid4())}
    client = client_for(organiser)

    client.post(address, form)
    client.post(address, form)

    assert Organisation.objects.count() == 1


def test_forget_sent_forms_after_a_day(now):
    _old, fresh = (SentForm.objects.create(token=uuid4(), at=now - timedelta(hours=hours)) for hours in (25, 23))

    forgotten = forget_sent_forms(at=now)

    assert forgotten == 1
    assert SentForm.objects.get() == fresh
