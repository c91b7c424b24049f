"""Next year's price list out of last year's: the same packages, extras and partners' discounts. Nothing sold comes along."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from events.access.models import User
from events.programme.copying import moved, with_year
from events.programme.models import Event
from registrations.packages.models import AddOn, Discount, Package
from registrations.packages.services import put_up

SOLD = ("price_ore", "vat_rate", "limit", "power_w", "badges")
OF_PACKAGE = (*SOLD, "early_price_ore", "rank", "stand_m2", "shows_logo")
OF_ADDON = (*SOLD, "most")
WHOLE = 100


@transaction.atomic
def copy_price_list(earlier: Event, event: Event, by: User, at: datetime) -> None:
    """Give ``event`` what ``earlier`` sells, at the same prices; its days move by as many days as the event was.

    What was taken out of sale stays behind. So do discounts for whoever knows a code: they are given out anew. A partner's
    discount follows it, without its code unless that is for a free place.
    """
    if not event.takes_exhibitors:
        return
    start, last = localtime(event.starts_at), localtime(earlier.starts_at)
    shift = start.date() - last.date()
    new: dict[int, Package] = {}
    for package in Package.objects.for_event(earlier).on_sale():
        until = package.early_until_at
        new[package.pk] = put_up(
            event=event,
            model=Package,
            by=by,
            at=at,
            early_until_at=moved(until, shift) if until else None,
            **_words(package, ("name", "name_en", "contents", "contents_en"), last.year, start.year),
            **{name: getattr(package, name) for name in OF_PACKAGE},
        )
    for addon in AddOn.objects.for_event(earlier).on_sale():
        put_up(
            event=event,
            model=AddOn,
            by=by,
            at=at,
            **_words(addon, ("name", "name_en"), last.year, start.year),
            **{name: getattr(addon, name) for name in OF_ADDON},
        )
    partners = Discount.objects.for_event(earlier).on_sale().filter(organisation__isnull=False)
    for discount in partners.select_related("organisation").prefetch_related("packages"):
        _copy_discount(discount, event, new, shift, years=(last.year, start.year), by=by, at=at)


def _copy_discount(
    discount: Discount,
    event: Event,
    new: dict[int, Package],
    shift: timedelta,
    *,
    years: tuple[int, int],
    by: User,
    at: datetime,
) -> None:
    chosen = list(discount.packages.all())
    packages = [new[one.pk] for one in chosen if one.pk in new]
    if chosen and not packages:
        # It was for packages that are no longer sold; without any it would hold for all of them.
        return
    put_up(
        event=event,
        model=Discount,
        by=by,
        at=at,
        packages=packages,
        organisation=discount.organisation,
        code=discount.code if discount.percent == WHOLE else "",
        percent=discount.percent,
        amount_ore=discount.amount_ore,
        limit=discount.limit,
        until_at=moved(discount.until_at, shift) if discount.until_at else None,
        **_words(discount, ("reason",), *years),
    )


def _words(thing: Package | AddOn | Discount, names: tuple[str, ...], old: int, new: int) -> dict[str, str]:
    return {name: with_year(getattr(thing, name), old, new) for name in names}
