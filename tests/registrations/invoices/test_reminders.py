"""Reminders: in three stages, never too early, never twice in a stage, never of what is settled."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from events.mail.models import Letter
from registrations.invoices.crediting import credit_invoice
from registrations.invoices.models import Reminder
from registrations.invoices.reminders import NotToBeReminded, due_reminders, send_reminder, send_reminders
from registrations.invoices.reminding import Sent, fee_of, stage_due
from tests.factories import NOW, EventFactory
from tests.invoice_factories import TermsFactory, issued, pay
from tests.races import at_once

DUE = date(2027, 3, 31)


def day(n: int) -> date:
    return DUE + timedelta(days=n)


@pytest.mark.parametrize(
    ("sent", "left", "today", "stage"),
    [
        ([], 100, day(9), None),
        ([], 100, day(10), 1),
        ([], 0, day(40), None),
        ([], -1, day(40), None),
        ([Sent(1, day(10))], 100, day(19), None),
        ([Sent(1, day(10))], 100, day(20), 2),
        ([Sent(1, day(15)), Sent(2, day(30))], 100, day(39), None),
        ([Sent(1, day(15)), Sent(2, day(30))], 100, day(40), 3),
        ([Sent(1, day(10)), Sent(2, day(20)), Sent(3, day(30))], 100, day(400), None),
    ],
)
def test_the_stage_that_is_due(sent, left, today, stage):
    assert stage_due(DUE, sent, every_days=10, left_ore=left, today=today) == stage


def test_the_fee_comes_once_with_the_second():
    assert [fee_of(stage, 6000) for stage in (1, 2, 3)] == [0, 6000, 0]


pytestmark = pytest.mark.django_db


@pytest.fixture
def late():
    event = EventFactory()
    TermsFactory(event=event, reminder_fee_ore=6000)
    return issued(event)


def at_day(n):
    return NOW + timedelta(days=30 + n)


def test_three_stages_by_letters(late):
    for n, stage, fee in ((10, 1, 0), (20, 2, 6000), (30, 3, 0)):
        reminder = send_reminder(invoice=late, by=None, at=at_day(n))
        assert (reminder.stage, reminder.fee_ore) == (stage, fee)
        letter = Letter.objects.latest("pk")
        assert letter.to == "ekonomi@foretaget.example"
        assert late.name in letter.subject
        assert late.ocr in letter.text
        assert ("60 kr" in letter.text.replace("\u00a0", " ")) == (stage >= 2)  # the last asks for it once more
    with pytest.raises(NotToBeReminded):
        send_reminder(invoice=late, by=None, at=at_day(400))
    assert Letter.objects.count() == 3


def test_not_too_early_and_not_twice(late):
    with pytest.raises(NotToBeReminded):
        send_reminder(invoice=late, by=None, at=at_day(9))
    send_reminder(invoice=late, by=None, at=at_day(10))
    with pytest.raises(NotToBeReminded):
        send_reminder(invoice=late, by=None, at=at_day(10))

    assert Reminder.objects.count() == Letter.objects.count() == 1


@pytest.mark.parametrize("settle", ["paid", "overpaid", "credited"])
def test_what_is_settled_is_never_reminded(late, settle):
    if settle == "credited":
        credit_invoice(invoice=late, parts=None, reason="Fel", by=None, at=NOW)
    else:
        pay(late, late.payable_ore + (100 if settle == "overpaid" else 0))

    with pytest.raises(NotToBeReminded):
        send_reminder(invoice=late, by=None, at=at_day(40))
    assert due_reminders(late.event, day(40)) == []


def test_in_bulk_those_that_are_not_due_are_left(late):
    paid, other = issued(late.event), issued(late.event)
    stranger = issued(EventFactory())
    pay(paid)

    sent = send_reminders(event=late.event, chosen=[late.pk, paid.pk, other.pk, stranger.pk], by=None, at=at_day(12))

    assert sent == 2
    assert set(Reminder.objects.values_list("invoice", flat=True)) == {late.pk, other.pk}


def test_who_is_due_is_found_in_as_many_queries_for_three_as_for_one(late, django_assert_num_queries):
    assert late.event  # at hand
    with django_assert_num_queries(3):
        assert len(due_reminders(late.event, day(10))) == 1
    issued(late.event)
    issued(late.event)
    with django_assert_num_queries(3):
        assert len(due_reminders(late.event, day(10))) == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_remind_at_once_remind_once(late):
    told = at_once(*[lambda: send_reminder(invoice=late, by=None, at=at_day(10))] * 2)

    assert sorted(told) == ["done", "not_to_be_reminded"]


def test_the_database_keeps_stages_apart(late):
    send_reminder(invoice=late, by=None, at=at_day(10))
    with pytest.raises(IntegrityError):
        Reminder.objects.create(invoice=late, stage=1, pay_by_on=day(20))
