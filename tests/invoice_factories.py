"""Orders that can be invoiced, and papers, for tests. Papers are issued by the services: nothing else can write them."""

from datetime import datetime

import factory
from factory.django import DjangoModelFactory

from events.programme.models import Event
from registrations.exhibitors.states import State
from registrations.invoices.models import Biller, Invoice
from registrations.invoices.services import issue_invoice
from registrations.money.amounts import Category
from registrations.orders.models import Order, OrderLine, Terms
from registrations.orders.states import OrderState
from registrations.packages.models import Package
from registrations.payments.models import Method, Payment
from tests.factories import NOW, ExhibitorFactory, IssuerFactory


class BillerFactory(DjangoModelFactory):
    class Meta:
        model = Biller

    issuer = factory.SubFactory(IssuerFactory, organisation_number="559000-0013")
    vat_number = "SE559000001301"
    street = "Scheelevägen 15"
    postal_code = "223 63"
    city = "Lund"
    seat = "Lund"
    email = "faktura@iuc.example"
    bankgiro = "50501055"
    iban = "SE4550000000058398257466"
    bic = "ESSESESS"
    is_f_tax_approved = True
    series_prefix = "IUC"


class TermsFactory(DjangoModelFactory):
    class Meta:
        model = Terms


class PackageFactory(DjangoModelFactory):
    class Meta:
        model = Package

    name = factory.Sequence(lambda n: f"Paket {n}")
    price_ore = 1_217_000


class ConfirmedOrderFactory(DjangoModelFactory):
    """A confirmed order of one stand at 12 170 kr, by a Lund company; ``lines=[…]`` (OrderLine's fields) for others."""

    class Meta:
        model = Order
        skip_postgeneration_save = True

    class Params:
        company = None

    exhibitor = factory.SubFactory(ExhibitorFactory, state=State.ACCEPTED)
    event = factory.LazyAttribute(lambda o: o.exhibitor.event)
    package = factory.LazyAttribute(
        lambda o: Package.objects.filter(event=o.event).first() or PackageFactory(event=o.event)
    )
    state = OrderState.CONFIRMED
    priced_at = NOW
    confirmed_at = NOW
    bill_name = factory.LazyAttribute(lambda o: o.exhibitor.organisation.name)
    bill_number = factory.LazyAttribute(lambda o: o.exhibitor.organisation.organisation_number or "")
    bill_street = "Verkstadsgatan 12"
    bill_postal_code = "224 78"
    bill_city = "Lund"
    bill_email = "ekonomi@foretaget.example"
    bill_reference = "Anna Ek"

    @factory.post_generation
    def lines(self, create, extracted, **kwargs):
        rows = extracted if extracted is not None else [{"unit_ore": 1_217_000}]
        for position, row in enumerate(rows):
            values = {
                "text": "Monter 9 m²",
                "quantity": 1,
                "vat_rate": 25,
                "vat_category": Category.STANDARD.value,
            } | row
            OrderLine.objects.create(order=self, position=position, **values)


def confirmed_order(event: Event | None = None, **kwargs) -> Order:
    """A confirmed order at an event whose issuer can issue; ``event`` may be given."""
    if event is not None:
        kwargs |= {"exhibitor__event": event}
    order = ConfirmedOrderFactory(**kwargs)
    if not Biller.objects.filter(issuer=order.event.issuer).exists():
        issuer = order.event.issuer
        issuer.organisation_number = issuer.organisation_number or "559000-0013"
        issuer.save()
        BillerFactory(issuer=issuer)
    return order


def issued(event: Event | None = None, at: datetime = NOW, **kwargs) -> Invoice:
    """An invoice that was issued at ``at``."""
    invoice = issue_invoice(order=confirmed_order(event, **kwargs), by=None, at=at)
    assert invoice is not None
    return invoice


def pay(invoice: Invoice, amount_ore: int | None = None, **kwargs) -> Payment:
    """``amount_ore`` (all of it: ``None``) came in."""
    amount = invoice.payable_ore if amount_ore is None else amount_ore
    values = {"method": Method.BANK, "paid_on": NOW.date(), "at": NOW} | kwargs
    return Payment.objects.create(invoice=invoice, amount_ore=amount, **values)
