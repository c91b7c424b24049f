"""Reads a bank's file, settles what its reference settles, and lets a person settle the rest."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.moments import STOCKHOLM
from registrations.bank.bgmax import is_bgmax, read_bgmax
from registrations.bank.camt import is_camt, read_camt
from registrations.bank.matching import Suggestion, Sure, match
from registrations.bank.models import BankEntry, BankFile, EntryState
from registrations.bank.queries import invoices_by_ocr
from registrations.bank.told import LARGEST, Entry, NotReadable, Told
from registrations.invoices.models import Biller, Invoice
from registrations.money.references import read_bankgiro
from registrations.payments.models import Method, Payment
from registrations.payments.services import register_payment, take_back_payment

READ = audit.verb("bank_file.read", _("read a file from the bank"))
SETTLED = audit.verb("bank_entry.settled", _("settled a payment from the bank"))
LEFT = audit.verb("bank_entry.left", _("left a payment from the bank aside"))
REOPENED = audit.verb("bank_entry.reopened", _("took up a payment from the bank again"))

REASONS = {
    "start": _("This is neither a BgMax file nor a camt.054 file."),
    "kind": _("There is a line that the format does not have."),
    "order": _("The lines come in an order that the format does not allow."),
    "number": _("There is something else where a number should stand."),
    "date": _("There is something else where a day should stand."),
    "amount": _("There is something else where an amount should stand."),
    "sum": _("A deposit is not the sum of its payments: the file has been changed or is not whole."),
    "count": _("The numbers of payments at the end do not agree with the file: it has been changed or is not whole."),
    "end": _("The file ends too early. Fetch it from the bank again."),
    "xml": _("The file is no sound XML. Fetch it from the bank again."),
    "doctype": _("The file has a document type, which no bank's file has. It was not read."),
}


class BadFile(Refusal):
    """Nothing of the file was taken in; ``line`` says where the trouble is (0: nowhere in particular)."""

    code = "bad_file"

    def __init__(self, wrong: NotReadable):
        self.line = wrong.line
        where = _("Line %(line)s: %(reason)s") % {"line": wrong.line, "reason": REASONS[wrong.code]}
        super().__init__(where if wrong.line else REASONS[wrong.code])


class TooLarge(Refusal):
    code = "file_too_large"
    message = _("The file is larger than 5 MB, which no bank's file of payments is.")


class TestFile(Refusal):
    __test__ = False
    code = "test_file"
    message = _("The bank has marked this as a test file: no money has moved, so nothing was taken in.")


class OthersAccount(Refusal):
    code = "others_account"
    message = _("The file tells of payments to %(account)s, which is not the bankgiro of %(biller)s.")


class ReadBefore(Refusal):
    code = "read_before"
    message = _("This file was read before, %(when)s. Nothing was taken in twice.")


class SettledMeanwhile(Refusal):
    code = "settled_meanwhile"
    message = _("Somebody has settled that payment meanwhile.")


class NotInKronor(Refusal):
    code = "not_in_kronor"
    message = _("The payment is in %(currency)s. Note by hand what the bank credited in kronor.")


class NotIncoming(Refusal):
    code = "not_incoming"
    message = _("Money went out here: it settles no invoice.")


@transaction.atomic
def read_bank_file(*, biller: Biller, content: bytes, name: str, by: User | None, at: datetime) -> BankFile:
    """Take in every payment of a BgMax or camt.054 file that is not here yet.

    What bears an invoice's reference is registered on it, whatever its amount; for the rest one invoice may be suggested.
    All or nothing. Raises TooLarge, BadFile, TestFile, OthersAccount, ReadBefore.
    """
    Biller.objects.select_for_update(no_key=True).get(pk=biller.pk)
    told = _told(content)
    if told.is_test:
        raise TestFile
    _check_accounts(biller, told)
    digest = sha256(content).hexdigest()
    if before := BankFile.objects.filter(biller=biller, sha256=digest).first():
        raise ReadBefore(when=f"{before.read_at:%Y-%m-%d}")
    file = BankFile.objects.create(
        biller=biller, name=name[:120], format=told.format, sha256=digest, read_at=at, read_by=by
    )
    known = set(
        BankEntry.objects.filter(biller=biller, outside__in=[one.outside for one in told.entries]).values_list(
            "outside", flat=True
        )
    )
    invoices = invoices_by_ocr(biller)
    for position, one in enumerate(told.entries, start=1):
        if one.outside not in known:
            known.add(one.outside)
            _take_in(file, position, one, match(one, invoices), by=by, at=at)
    audit.created(file, READ, by=by, at=at)
    return file


@transaction.atomic
def settle_entry(*, entry: BankEntry, invoice: Invoice, by: User | None, at: datetime) -> BankEntry:
    """Register ``entry`` on ``invoice``: a person has said so. Raises SettledMeanwhile, NotInKronor, NotIncoming."""
    entry = _locked(entry)
    if entry.state == EntryState.MATCHED and entry.payment and entry.payment.invoice_id == invoice.pk:
        return entry
    if entry.state == EntryState.MATCHED:
        raise SettledMeanwhile
    if entry.currency != "SEK":
        raise NotInKronor(currency=entry.currency)
    if entry.amount_ore <= 0:
        raise NotIncoming
    with audit.change(entry, SETTLED, by=by, at=at):
        _settle(entry, invoice, by=by, at=at)
        entry.save()
    return entry


@transaction.atomic
def leave_entry(*, entry: BankEntry, note: str, by: User | None, at: datetime) -> BankEntry:
    """Put ``entry`` aside: it is for none of our invoices. Raises SettledMeanwhile."""
    entry = _locked(entry)
    if entry.state == EntryState.MATCHED:
        raise SettledMeanwhile
    with audit.change(entry, LEFT, by=by, at=at):
        entry.state, entry.note, entry.settled_at, entry.settled_by = EntryState.LEFT, note[:200], at, by
        entry.save()
    return entry


@transaction.atomic
def reopen_entry(*, entry: BankEntry, by: User | None, at: datetime) -> BankEntry:
    """Take up ``entry`` again: a payment that was settled on the wrong invoice is taken back there."""
    entry = _locked(entry)
    if entry.state == EntryState.OPEN:
        return entry
    with audit.change(entry, REOPENED, by=by, at=at):
        if entry.payment and not Payment.objects.filter(takes_back=entry.payment).exists():
            take_back_payment(payment=entry.payment, note="", by=by, at=at)
        entry.state, entry.payment, entry.by_reference = EntryState.OPEN, None, False
        entry.settled_at = entry.settled_by = None
        entry.save()
    return entry


def _told(content: bytes) -> Told:
    if len(content) > LARGEST:
        raise TooLarge
    try:
        if is_bgmax(content):
            return read_bgmax(content)
        if is_camt(content):
            return read_camt(content)
        raise NotReadable("start")
    except NotReadable as wrong:
        raise BadFile(wrong) from wrong


def _check_accounts(biller: Biller, told: Told) -> None:
    ours = {read_bankgiro(biller.bankgiro), biller.iban.replace(" ", "")} - {""}
    for one in told.entries:
        account = one.account.replace(" ", "").replace("-", "")
        if account and account not in ours:
            raise OthersAccount(account=one.account, biller=str(biller))


def _take_in(
    file: BankFile, position: int, one: Entry, found: Sure | Suggestion | None, *, by: User | None, at: datetime
) -> None:
    entry = BankEntry(
        file=file,
        biller=file.biller,
        position=position,
        outside=one.outside[:120],
        amount_ore=one.amount_ore,
        currency=one.currency[:3],
        paid_on=one.paid_on,
        reference=one.reference[:140],
        payer=one.payer[:140],
        payer_number=one.payer_number[:20],
        words=one.words[:500],
    )
    if isinstance(found, Sure):
        entry.by_reference = True
        _settle(entry, Invoice.objects.get(pk=found.key), by=by, at=at)
    elif found:
        entry.suggested_id = found.key
    entry.save()


def _settle(entry: BankEntry, invoice: Invoice, *, by: User | None, at: datetime) -> None:
    entry.payment = register_payment(
        invoice=invoice,
        amount_ore=entry.amount_ore,
        method=Method.BANK,
        paid_on=min(entry.paid_on, at.astimezone(STOCKHOLM).date()),
        by=by,
        at=at,
    )
    entry.state, entry.settled_at, entry.settled_by = EntryState.MATCHED, at, by


def _locked(entry: BankEntry) -> BankEntry:
    row: BankEntry = BankEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    return row
