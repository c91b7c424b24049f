"""Issuers, orders and papers for the tests of money: small, but with sums that are right."""

from datetime import UTC, date, datetime

from events.programme.models import Event
from events.seal import canonical, seal
from registrations.bank.models import BankEntry, BankFile, BankFormat
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.invoices.models import Biller, Invoice, PaperKind, Series
from registrations.money.amounts import Line, totals_of
from registrations.money.references import make_ocr
from registrations.orders.models import Order
from registrations.orders.states import OrderState
from registrations.packages.models import Package
from tests import factories

BANKGIRO = "9912346"
IBAN = "SE3550000000054910000003"
BUYER = {"bill_name": "Kuggfro Automation AB", "bill_number": "559001-0014", "bill_email": "ekonomi@kuggfro.example"}


def a_biller(event: Event) -> Biller:
    """What the issuer of ``event`` says on its invoices."""
    given = {
        "vat_number": "SE559001001401",
        "street": "Stortorget 1",
        "postal_code": "211 22",
        "city": "Malmö",
        "email": "faktura@torget.example",
        "bankgiro": BANKGIRO,
        "iban": IBAN,
    }
    return Biller.objects.get_or_create(issuer=event.issuer, defaults=given)[0]


def an_order(
    event: Event, at: datetime, price_ore: int = 490_000, exhibitor: Exhibitor | None = None, **billing: str
) -> Order:
    """A confirmed order of one package, by a company of its own unless ``exhibitor`` is said."""
    name = f"Bas {price_ore}"
    package, _new = Package.objects.get_or_create(event=event, name=name, defaults={"price_ore": price_ore})
    exhibitor = exhibitor or factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    order = Order.objects.create(
        event=event,
        exhibitor=exhibitor,
        package=package,
        state=OrderState.CONFIRMED,
        priced_at=at,
        confirmed_at=at,
        **{**BUYER, **billing},
    )
    order.lines.create(position=1, text=package.name, quantity=1, unit_ore=price_ore, vat_rate=25, vat_category="S")
    return order


def an_invoice(
    event: Event,
    on: date = date(2027, 3, 1),
    due: date = date(2027, 3, 31),
    price_ore: int = 490_000,
    exhibitor: Exhibitor | None = None,
    **billing: str,
) -> Invoice:
    """An issued invoice over one package at 25 %, numbered after the last; its contents hold its sums only."""
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    order = an_order(event, at, price_ore, exhibitor, **billing)
    series, _new = Series.objects.get_or_create(biller=a_biller(event), year=on.year)
    series.last += 1
    series.save()
    totals = totals_of([Line(order.package.name, 1, price_ore)])
    sums = [
        {
            "rate": one.vat.rate,
            "category": one.vat.category.value,
            "taxable_ore": one.taxable_ore,
            "vat_ore": one.vat_ore,
        }
        for one in totals.sums
    ]
    amounts = {name: getattr(totals, name) for name in ("net_ore", "vat_ore", "rounding_ore", "payable_ore")}
    contents = canonical({"format": "torget.invoice/1", "sums": sums} | amounts)
    return Invoice.objects.create(
        series=series,
        number=series.last,
        name=f"{on.year}-{series.last:04}",
        kind=PaperKind.INVOICE,
        event=event,
        order=order,
        buyer=order.bill_name,
        issued_on=on,
        due_on=due,
        ocr=make_ocr(1_000 * series.pk + series.last),
        net_ore=totals.net_ore,
        vat_ore=totals.vat_ore,
        rounding_ore=totals.rounding_ore,
        payable_ore=totals.payable_ore,
        contents=contents,
        sha256=seal(contents),
        pdf_sha256="",
        issued_at=at,
    )


def a_bank_entry(biller: Biller, **facts: object) -> BankEntry:
    """A payment from the bank that waits to be settled."""
    file, _new = BankFile.objects.get_or_create(
        biller=biller, sha256="0" * 64, defaults={"name": "bg.txt", "format": BankFormat.BGMAX}
    )
    place = file.entries.count() + 1
    told = {"amount_ore": 612_500, "paid_on": date(2027, 3, 8), "payer": "Okänd AB", **facts}
    entry: BankEntry = file.entries.create(biller=biller, position=place, outside=f"bgmax/{place}", **told)
    return entry
