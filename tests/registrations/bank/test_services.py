"""A file from the bank: what is settled at once, what waits, and that nothing is taken in twice or silently."""

from datetime import date

import pytest

from registrations.bank import services
from registrations.bank.models import BankEntry, EntryState
from registrations.bank.queries import suggestion_for
from registrations.payments.models import Payment
from registrations.payments.queries import with_balance
from registrations.payments.services import take_back_payment
from tests import factories
from tests.money_factories import a_biller, an_invoice
from tests.registrations.bank.files import Paid, bgmax, camt

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def biller(event):
    return a_biller(event)


@pytest.fixture
def read(biller, organiser, now):
    """``read(content)``: the file is taken in by the organiser, a week after the payments."""

    def take(content: bytes, name: str = "bg.txt"):
        return services.read_bank_file(biller=biller, content=content, name=name, by=organiser, at=now.replace(day=15))

    return take


def left(invoice) -> int:
    return with_balance(type(invoice).objects.filter(pk=invoice.pk)).get().left_ore


def test_payment_with_the_reference_is_settled_at_once(event, read):
    invoice = an_invoice(event)

    file = read(bgmax(Paid(invoice.ocr, 612_500, payer="Kuggfro Automation AB")))

    entry = file.entries.get()
    assert (entry.state, entry.by_reference) == (EntryState.MATCHED, True)
    assert (entry.payment.invoice, entry.payment.amount_ore, entry.payment.paid_on) == (
        invoice,
        612_500,
        date(2027, 3, 8),
    )
    assert left(invoice) == 0


@pytest.mark.parametrize(("paid", "remains"), [(600_000, 12_500), (700_000, -87_500)])
def test_wrong_amount_shows_as_part_paid_or_overpaid(event, read, paid, remains):
    invoice = an_invoice(event)

    read(bgmax(Paid(invoice.ocr, paid)))

    assert left(invoice) == remains


def test_without_reference_nothing_is_registered_silently(event, read):
    invoice = an_invoice(event)

    file = read(bgmax(Paid("", 612_500, payer="Kuggfro Automation")))

    entry = file.entries.get()
    assert (entry.state, entry.payment, entry.suggested) == (EntryState.OPEN, None, invoice)
    assert left(invoice) == 612_500
    assert not Payment.objects.exists()


def test_suggestion_follows_what_is_left_today(event, read, organiser, now):
    invoice = an_invoice(event)
    entry = read(bgmax(Paid("", 612_500, payer="Kuggfro Automation"))).entries.get()
    assert suggestion_for(entry).invoice == invoice

    read(bgmax(Paid(invoice.ocr, 612_500), deposit=37), "next.txt")

    assert suggestion_for(entry) is None


def test_person_settles_what_the_reference_did_not(event, read, organiser, now):
    invoice = an_invoice(event)
    entry = read(bgmax(Paid("", 612_500, payer="Okänd"))).entries.get()

    settled = services.settle_entry(entry=entry, invoice=invoice, by=organiser, at=now.replace(day=15))
    again = services.settle_entry(entry=entry, invoice=invoice, by=organiser, at=now.replace(day=15))

    assert (settled.state, settled.by_reference, settled.settled_by) == (EntryState.MATCHED, False, organiser)
    assert again.payment == settled.payment
    assert left(invoice) == 0


def test_settled_on_the_wrong_invoice_is_taken_back_and_settled_again(event, read, organiser, now):
    wrong, right = an_invoice(event), an_invoice(event)
    at = now.replace(day=15)
    entry = read(bgmax(Paid(wrong.ocr, 612_500))).entries.get()

    services.reopen_entry(entry=entry, by=organiser, at=at)
    services.settle_entry(entry=entry, invoice=right, by=organiser, at=at)

    assert (left(wrong), left(right)) == (612_500, 0)
    assert [payment.amount_ore for payment in wrong.payments.all()] == [612_500, -612_500]


def test_one_whose_payment_was_taken_back_on_the_invoice_is_taken_up_again(event, read, organiser, now):
    invoice, at = an_invoice(event), now.replace(day=15)
    entry = read(bgmax(Paid(invoice.ocr, 612_500))).entries.get()
    take_back_payment(payment=entry.payment, note="Fel", by=organiser, at=at)

    assert services.reopen_entry(entry=entry, by=organiser, at=at).state == EntryState.OPEN
    assert left(invoice) == 612_500


def test_two_treasurers_cannot_settle_one_payment_on_two_invoices(event, read, organiser, now):
    one, other = an_invoice(event), an_invoice(event)
    entry = read(bgmax(Paid("", 612_500))).entries.get()
    services.settle_entry(entry=entry, invoice=one, by=organiser, at=now.replace(day=15))

    with pytest.raises(services.SettledMeanwhile):
        services.settle_entry(entry=entry, invoice=other, by=organiser, at=now.replace(day=15))

    assert left(other) == 612_500


def test_same_file_twice_is_refused_and_changes_nothing(event, read):
    invoice = an_invoice(event)
    content = bgmax(Paid(invoice.ocr, 612_500))
    read(content)

    with pytest.raises(services.ReadBefore):
        read(content, "same again.txt")

    assert left(invoice) == 0


def test_same_payment_in_a_second_file_is_taken_in_once(event, read):
    """Bankgirot sends the day again, with one payment more in the same deposit's place."""
    invoice = an_invoice(event)
    first = Paid(invoice.ocr, 612_500, serial="000000000001")
    read(bgmax(first))

    read(bgmax(first, Paid("", 100, serial="000000000002")), "again.txt")

    assert BankEntry.objects.count() == 2
    assert left(invoice) == 0


def test_paid_twice_is_overpaid(event, read):
    invoice = an_invoice(event)

    read(bgmax(Paid(invoice.ocr, 612_500, serial="1"), Paid(invoice.ocr, 612_500, serial="2")))

    assert left(invoice) == -612_500


def test_camt_settles_as_well(event, read):
    invoice = an_invoice(event)

    file = read(camt(Paid(invoice.ocr, 612_500)), "camt.xml")

    assert (file.format, file.entries.get().state) == ("camt.054", EntryState.MATCHED)
    assert left(invoice) == 0


def test_other_currency_waits_and_cannot_be_registered_as_kronor(event, read, organiser, now):
    invoice = an_invoice(event)

    entry = read(camt(Paid(invoice.ocr, 612_500), currency="EUR"), "camt.xml").entries.get()

    assert entry.state == EntryState.OPEN
    with pytest.raises(services.NotInKronor):
        services.settle_entry(entry=entry, invoice=invoice, by=organiser, at=now)


def test_deduction_waits_and_settles_nothing(event, read, organiser, now):
    invoice = an_invoice(event)

    _kept, deduction = read(bgmax(Paid("", 1_000), Paid(invoice.ocr, -500))).entries.all()

    assert deduction.state == EntryState.OPEN
    with pytest.raises(services.NotIncoming):
        services.settle_entry(entry=deduction, invoice=invoice, by=organiser, at=now)


def test_payment_put_aside_waits_no_longer(read, organiser, now):
    entry = read(bgmax(Paid("", 100))).entries.get()

    services.leave_entry(entry=entry, note="Hyra för hallen", by=organiser, at=now)

    assert not BankEntry.objects.open().exists()
    assert services.reopen_entry(entry=entry, by=organiser, at=now).state == EntryState.OPEN


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"hej", services.BadFile),
        (bgmax(Paid("1", 100), mark="T"), services.TestFile),
        (bgmax(Paid("1", 100), account="50501055"), services.OthersAccount),
        (camt(Paid("1", 100), iban="SE4550000000058398257466"), services.OthersAccount),
        (b"01BGMAX" + b" " * 5_300_000, services.TooLarge),
        (bgmax(Paid("1", 100)).replace(b"SEK00000001", b"SEK00000001", 1)[:-170], services.BadFile),
    ],
    ids=["no bank's", "test", "other's bankgiro", "other's account", "large", "cut off"],
)
def test_bad_file_takes_in_nothing(read, content, refusal):
    with pytest.raises(refusal):
        read(content)

    assert not BankEntry.objects.exists()


def test_bad_line_is_named(read):
    with pytest.raises(services.BadFile) as refused:
        read(
            bgmax(Paid("1", 100))
            .replace(b"SEK00000001", b"SEX00000001")
            .replace(b"000000000000000100", b"00000000000000010x")
        )

    assert refused.value.line == 3
