"""The nightly comparison as the timer starts it."""

import pytest
from django.core.management import CommandError, call_command

from registrations.cards.services import begin_checkout
from tests import factories
from tests.money_factories import an_invoice

pytestmark = pytest.mark.django_db


def test_without_cards_there_is_nothing_to_compare(capsys):
    call_command("reconcile-cards")

    assert "nothing to compare" in capsys.readouterr().out


def test_payment_without_message_is_found(company, organiser, now, capsys):
    invoice = an_invoice(factories.EventFactory())
    checkout = begin_checkout(invoice=invoice, success_url="https://x/", cancel_url="https://x/", by=organiser, at=now)
    company.pay(checkout.session_id)

    call_command("reconcile-cards", days=9000)

    assert "0 new differences." in capsys.readouterr().out
    assert invoice.payments.get().amount_ore == 612_500


def test_company_that_does_not_answer_is_an_error_for_the_timer(company):
    company.fails = True

    with pytest.raises(CommandError):
        call_command("reconcile-cards")
