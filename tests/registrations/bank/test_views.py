"""The treasurer's page of one payment from the bank."""

import pytest
from django.urls import reverse

from events.templatetags.torget import state_badge
from registrations.bank.models import EntryState
from tests import factories
from tests.money_factories import a_bank_entry, an_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice():
    return an_invoice(factories.EventFactory())


@pytest.fixture
def entry(invoice):
    """A payment that names the invoice in its message."""
    return a_bank_entry(invoice.series.biller, words=f"Faktura {invoice.name}")


def test_suggestion_is_a_button_and_the_other_form_is_empty(organiser_client, invoice, entry):
    page = organiser_client(invoice.event).get(reverse("registrations:bank-entry", args=[invoice.event.slug, entry.pk]))

    assert page.context["suggestion"].invoice == invoice
    assert page.context["settling"]["number"].value() is None


def test_payment_that_waits_does_not_look_settled(entry):
    waiting = state_badge(entry)
    entry.state = EntryState.MATCHED

    assert (waiting["tone"], state_badge(entry)["tone"]) == ("mind", "good")
