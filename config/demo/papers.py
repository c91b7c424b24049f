"""What the issuers' invoices say, and the invoices of the fair of 2019: most are paid, some were late, one was credited.

The fair's issuer is invented in the story's file; so are bankgiro, prices and payments here.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from config.demo.dates import at_clock
from config.demo.files import toml
from events.access.models import User
from events.moments import STOCKHOLM
from events.programme.models import Event, Issuer
from registrations.exhibitors.models import Exhibitor
from registrations.invoices.crediting import credit_invoice
from registrations.invoices.models import Biller, Invoice, Reminder
from registrations.invoices.services import issue_invoice
from registrations.orders.models import Order, OrderLine, Terms
from registrations.orders.states import OrderState
from registrations.packages.models import Package
from registrations.payments.models import Method, Payment

BANKGIROS = {"lund": "9912346", "malmo": "50501055", "iuc": "56140007"}
INVOICED = 134
PRICE_ORE = 490_000
PARTLY, TOO_MUCH, CREDITED = 5, 9, 14
UNPAID = (23, 57, 88, 120)
LATE = (11, 35, 64, 99, 131)


def add_billers() -> None:
    """Every issuer of the story can issue."""
    for key, row in toml("events_2019.toml")["issuers"].items():
        issuer = Issuer.objects.get(name=row["name"])
        digits = issuer.organisation_number.replace("-", "")
        Biller.objects.get_or_create(
            issuer=issuer,
            defaults={
                "vat_number": f"SE{digits}01",
                "street": row["street"],
                "postal_code": row["postal_code"],
                "city": row["city"],
                "seat": row["city"],
                "email": row["contact_email"].replace("personuppgifter", "faktura"),
                "bankgiro": BANKGIROS[key],
                "is_f_tax_approved": "municipality" not in row,
                "series_prefix": key.upper(),
            },
        )


def issue_papers_of_2019(event: Event, treasurer: User) -> None:
    """An invoice to each of the 134, in the order in which they confirmed; then what became of it."""
    orders = Order.objects.for_event(event).filter(state=OrderState.CONFIRMED)
    if not orders.exists():
        _order(event)
    rows = orders.select_related("event__venue", "event__issuer", "exhibitor__organisation")
    invoices = []
    for order in rows.order_by("confirmed_at", "pk")[:INVOICED]:
        paper = issue_invoice(order=order, by=None, at=_issued_at(order))
        if paper is not None:
            invoices.append(paper)
    Payment.objects.bulk_create(_payments(invoices))
    _remind(invoices, treasurer)
    if len(invoices) > CREDITED:
        credited = invoices[CREDITED]
        at = at_clock(credited.issued_on + timedelta(days=9), "10:15")
        credit_invoice(invoice=credited, parts=None, reason="Företaget avbokade i tid", by=treasurer, at=at)


def _order(event: Event) -> None:
    """A package at one price for each exhibitor, where the story has told of no orders."""
    Terms.objects.get_or_create(event=event, defaults={"reminder_fee_ore": 6000})
    package, _new = Package.objects.get_or_create(event=event, name="Monter", defaults={"price_ore": PRICE_ORE})
    exhibitors = Exhibitor.objects.for_event(event).holding_a_place().select_related("organisation").order_by("pk")
    orders = Order.objects.bulk_create(_confirmed(exhibitor, package) for exhibitor in exhibitors[:INVOICED])
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=1,
            text="Monter på mässan",
            quantity=1,
            unit_ore=PRICE_ORE,
            vat_rate=25,
            vat_category="S",
        )
        for order in orders
    )


def _confirmed(exhibitor: Exhibitor, package: Package) -> Order:
    company, at = exhibitor.organisation, exhibitor.decided_at or exhibitor.applied_at or exhibitor.started_at
    return Order(
        event_id=exhibitor.event_id,
        exhibitor=exhibitor,
        package=package,
        state=OrderState.CONFIRMED,
        started_at=at,
        priced_at=at,
        confirmed_at=at,
        bill_name=company.name,
        bill_number=company.organisation_number or "",
        bill_street=company.street,
        bill_postal_code=company.postal_code,
        bill_city=company.city,
        bill_email=exhibitor.contact_email,
        bill_reference=exhibitor.contact_name,
    )


def _issued_at(order: Order) -> datetime:
    assert order.confirmed_at is not None
    return order.confirmed_at + timedelta(minutes=1)


def _payments(invoices: list[Invoice]) -> Iterator[Payment]:
    for place, invoice in enumerate(invoices):
        if place in UNPAID or place == CREDITED or invoice.due_on is None:
            continue
        amount = invoice.payable_ore
        if place == PARTLY:
            amount = amount // 2 // 100 * 100
        elif place == TOO_MUCH:
            amount += 100_00
        yield Payment(
            invoice=invoice,
            amount_ore=amount,
            method=Method.CARD if place % 6 == 0 else Method.BANK,
            paid_on=_paid_on(place, invoice.due_on),
            at=at_clock(_paid_on(place, invoice.due_on), "06:30"),
        )


def _paid_on(place: int, due_on: date) -> date:
    if place in LATE:
        return due_on + timedelta(days=6 + place % 9)
    return due_on - timedelta(days=place % 17)


def _remind(invoices: list[Invoice], treasurer: User) -> None:
    """The four that never paid were reminded three times, by hand."""
    reminders = []
    for invoice in (one for place, one in enumerate(invoices) if place in UNPAID):
        for stage, days in ((1, 12), (2, 24), (3, 38)):
            assert invoice.due_on is not None
            sent = at_clock(invoice.due_on + timedelta(days=days), "09:40")
            reminders.append(
                Reminder(
                    invoice=invoice,
                    stage=stage,
                    sent_at=sent,
                    sent_by=treasurer,
                    fee_ore=6000 if stage == 2 else 0,
                    pay_by_on=sent.astimezone(STOCKHOLM).date() + timedelta(days=10),
                )
            )
    Reminder.objects.bulk_create(reminders)
