"""What a company does with its order before it is sent: package, extras, code, who pays."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.versions import take_version
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders.models import Order, OrderAddOn
from registrations.orders.queries import standing_order
from registrations.orders.states import OrderState
from registrations.packages.models import AddOn, Discount, Package

CHOSEN = audit.verb("order.chosen", _("chose package and extras"))
BILLED = audit.verb("order.billed", _("said who pays"))

BILL_FIELDS = (
    "bill_name bill_number bill_street bill_postal_code bill_city bill_country bill_vat_number bill_email bill_reference "
    "bill_order_number bill_peppol_id"
).split()


class UnknownCode(Refusal):
    code = "unknown_code"
    message = _("The code “%(code)s” gives no discount here. Check the spelling, or go on without it.")


class AlreadySent(Refusal):
    code = "already_sent"
    message = _("The order is sent, and its price stands. Ask the organiser if you want to change it.")


class TooMany(Refusal):
    code = "too_many"
    message = _("At most %(most)s of “%(name)s” for one company.")


@transaction.atomic
def draft_order(*, exhibitor: Exhibitor, by: User, at: datetime) -> Order:
    """The exhibitor's order, begun now unless it was before; who pays is filled in from last time."""
    Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
    if known := standing_order(exhibitor):
        return known
    company = exhibitor.organisation
    last = Order.objects.filter(exhibitor__organisation=company).exclude(bill_name="").order_by("-pk").first()
    if last:
        billing = {name: getattr(last, name) for name in BILL_FIELDS if name != "bill_order_number"}
    else:
        billing = {
            "bill_name": company.name,
            "bill_number": company.number,
            "bill_street": company.street,
            "bill_postal_code": company.postal_code,
            "bill_city": company.city,
            "bill_country": company.country,
            "bill_email": exhibitor.contact_email or by.email,
        }
    return Order.objects.create(
        event=exhibitor.event, exhibitor=exhibitor, started_at=at, language=by.language or "sv", **billing
    )


@transaction.atomic
def choose(
    *, order: Order, package: Package, extras: Mapping[AddOn, int], code: str, seen: int, by: User, at: datetime
) -> Order:
    """Put ``package``, ``extras`` (how many of each) and the discount of ``code`` (may be empty) on a draft.

    Raises AlreadySent, TooMany, UnknownCode, Stale; then nothing is changed.
    """
    order = _draft(order)
    take_version(order, seen)
    for addon, quantity in extras.items():
        if quantity > addon.most:
            raise TooMany(most=addon.most, name=addon.title)
    discount = find_code(order, code, at) if code.strip() else None
    before = {row.addon_id: row.quantity for row in order.addons.all()}
    after = {addon.pk: quantity for addon, quantity in extras.items() if quantity}
    with audit.change(order, CHOSEN, by=by, at=at, extras=[before, after]):
        order.package, order.discount = package, discount
        order.save()
        order.addons.exclude(addon__in=after).delete()
        for addon_pk, quantity in after.items():
            OrderAddOn.objects.update_or_create(order=order, addon_id=addon_pk, defaults={"quantity": quantity})
    return order


@transaction.atomic
def bill(*, order: Order, seen: int, by: User, at: datetime, **fields: str) -> Order:
    """Say who pays. Possible until the invoice is issued: a wrong address is put right before it is printed.

    Raises AlreadySent (the order is confirmed or over), Stale.
    """
    order = _locked(order)
    if order.state not in {OrderState.DRAFT, OrderState.REQUESTED, OrderState.OFFERED}:
        raise AlreadySent
    if order.state != OrderState.DRAFT:
        # What was priced stands; another country or VAT number would be another price.
        fields = {name: value for name, value in fields.items() if name not in {"bill_country", "bill_vat_number"}}
    take_version(order, seen)
    with audit.change(order, BILLED, by=by, at=at):
        for name, value in fields.items():
            setattr(order, name, value)
        order.save()
    return order


def find_code(order: Order, code: str, at: datetime) -> Discount:
    """The discount that ``code`` gives at the order's event. Raises UnknownCode, whatever is wrong with it."""
    typed = "".join(code.split()).upper()
    found = Discount.objects.for_event(order.event).on_sale().filter(code__iexact=typed).first() if typed else None
    if found is None or (found.until_at is not None and at >= found.until_at):
        raise UnknownCode(code=code.strip()[:30])
    return found


def is_billed(order: Order) -> bool:
    """Whether everything that an invoice needs of the buyer is there."""
    return all((order.bill_name, order.bill_street, order.bill_postal_code, order.bill_city, order.bill_email))


def _draft(order: Order) -> Order:
    order = _locked(order)
    if order.state != OrderState.DRAFT or order.exhibitor.state != State.DRAFT:
        raise AlreadySent
    return order


def _locked(order: Order) -> Order:
    row = Order.objects.locked(order.pk)
    row.exhibitor, row.event = order.exhibitor, order.event
    row.exhibitor.refresh_from_db(fields=["state"])
    return row
