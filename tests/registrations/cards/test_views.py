"""The pages on the way: what they say is what is known."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from registrations.cards.models import Checkout, Difference
from registrations.organisations.models import MembershipState
from tests import factories
from tests.money_factories import an_invoice

pytestmark = pytest.mark.django_db
COMPLETED = "checkout.session.completed"


@pytest.fixture
def invoice():
    return an_invoice(factories.EventFactory())


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def company_client(invoice, client):
    person = factories.MembershipFactory(
        organisation=invoice.order.exhibitor.organisation, state=MembershipState.ACTIVE
    ).user
    client.force_login(person)
    return client


def url(name: str, invoice) -> str:
    return reverse(f"registrations:{name}", args=[invoice.order.exhibitor_id, invoice.pk])


def test_button_leads_to_the_card_company(company_client, company, invoice):
    response = company_client.post(url("card-begin", invoice))

    assert (response.status_code, response["Location"]) == (303, Checkout.objects.get().url)


def test_down_says_that_the_order_stands(company_client, company, invoice):
    company.fails = True

    response = company_client.post(url("card-begin", invoice))

    assert response.status_code == 409
    assert response.context["refusal"].code == "stripe_down"


def test_back_waits_until_the_message_is_here(company_client, company, invoice, client):
    company_client.post(url("card-begin", invoice))
    checkout = Checkout.objects.get()
    waiting = company_client.get(url("card-back", invoice))
    payload, signature = company.message(COMPLETED, company.pay(checkout.session_id))

    told = client.post(
        reverse("registrations:card-messages"), payload, "application/json", headers={"Stripe-Signature": signature}
    )
    after = company_client.get(url("card-back", invoice), headers={"HX-Request": "true", "HX-Target": "standing"})

    assert (waiting.context["waits"], waiting.context["is_paid"]) == (True, False)
    assert told.status_code == 204
    assert (after.context["waits"], after.context["is_paid"]) == (False, True)


def test_forged_message_is_400_and_needs_no_csrf(client, company):
    response = Client(enforce_csrf_checks=True).post(
        reverse("registrations:card-messages"), b"{}", "application/json", headers={"Stripe-Signature": "t=1,v1=x"}
    )

    assert response.status_code == 400


def test_message_too_large_is_not_read(client, company):
    response = client.post(reverse("registrations:card-messages"), b"x" * 300_000, "application/json")

    assert response.status_code == 413


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(
    organiser_client, event, company, now, django_assert_num_queries, rows
):
    for place in range(rows):
        checkout = an_invoice(event).checkouts.create(key=uuid4(), amount_ore=100, started_at=now)
        checkout.refunds.create(key=uuid4(), amount_ore=1, asked_at=now)
        Difference.objects.create(kind="unknown", about=f"cs_{place}", found_at=now)
    address = reverse("registrations:cards", args=[event.slug])
    treasurer = organiser_client(event)
    treasurer.get(address)

    with django_assert_num_queries(7):
        response = treasurer.get(address)

    assert len(response.context["checkouts"]) == rows


def test_difference_is_seen_and_leaves_the_list(organiser_client, event, now):
    row = Difference.objects.create(kind="unknown", about="cs_1", theirs_ore=100, found_at=now)

    treasurer = organiser_client(event)
    treasurer.post(reverse("registrations:card-difference-seen", args=[event.slug, row.pk]))

    assert treasurer.get(reverse("registrations:cards", args=[event.slug])).context["differences"] == []
