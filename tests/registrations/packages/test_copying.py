"""Next year's fair sells what last year's did; nothing that was sold comes along."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.timezone import localtime

from events.access.models import AuditEntry
from events.moments import STOCKHOLM
from events.programme.models import Event
from events.programme.services import EventDetails, create_event
from registrations.orders.models import Order, Terms
from registrations.orders.queries import discount_for
from registrations.packages.models import AddOn, Discount, Package
from tests import factories
from tests.order_factories import a_discount, a_draft, a_package, a_selling_event, an_addon, send

pytestmark = pytest.mark.django_db


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=STOCKHOLM)


def held_on(day: date, **terms: object) -> Event:
    """A selling fair that opens at nine on ``day``."""
    event = a_selling_event(**terms)
    event.starts_at, event.ends_at = at_nine(day), at_nine(day).replace(hour=16)
    event.save()
    return event


def copied(event: Event, day: date, at: datetime, **also: object) -> Event:
    """``event`` as somebody copies it to ``day``."""
    details = EventDetails(**{name: getattr(event, name) for name in EventDetails.__dataclass_fields__})
    hours = {"starts_at": at_nine(day), "ends_at": at_nine(day).replace(hour=16)}
    details = replace(details, **{"slug": f"mass-{day:%Y-%m-%d}", **hours, **also})
    return create_event(area=event.area, details=details, by=factories.UserFactory(), at=at, copied_from=event)


def test_packages_and_extras_come_along_at_their_prices_with_a_trail(now):
    earlier = held_on(date(2027, 3, 24))
    a_package(
        earlier,
        "Stor 2027",
        1_217_000,
        name_en="Large 2027",
        contents="Monter 9 m²",
        vat_rate=12,
        limit=10,
        rank=2,
        stand_m2=9,
        power_w=500,
        badges=4,
        shows_logo=False,
        early_price_ore=990_000,
        early_until_at=datetime(2027, 1, 31, 23, 0, tzinfo=UTC),
    )
    a_package(earlier, "Utgången", retired_at=now)
    an_addon(earlier, "El 16 A", 80_000, most=3, power_w=3_600, badges=1)
    an_addon(earlier, "Utgånget", retired_at=now)

    event = copied(earlier, date(2028, 3, 22), now)

    package, addon = Package.objects.get(event=event), AddOn.objects.get(event=event)
    assert (package.name, package.name_en, package.contents) == ("Stor 2028", "Large 2028", "Monter 9 m²")
    assert (package.price_ore, package.early_price_ore, package.vat_rate, package.limit) == (1_217_000, 990_000, 12, 10)
    assert (package.rank, package.stand_m2, package.power_w, package.badges, package.shows_logo) == (
        2,
        9,
        500,
        4,
        False,
    )
    assert (addon.name, addon.price_ore, addon.most, addon.power_w, addon.badges) == ("El 16 A", 80_000, 3, 3_600, 1)
    assert [AuditEntry.objects.about(one).get().verb for one in (package, addon)] == ["sale.made", "sale.made"]


@pytest.mark.parametrize(
    ("was", "becomes", "until", "moved_until", "free", "moved_free"),
    [
        # 364 days, over 29 February 2028: what was six weeks before is six weeks before.
        ("2027-03-24", "2028-03-22", "2027-01-31 23:00", "2028-01-30 23:00", "2027-02-10", "2028-02-09"),
        # From the leap day itself, 365 days.
        ("2028-02-29", "2029-02-28", "2028-02-28 23:00", "2029-02-27 23:00", "2028-02-29", "2029-02-28"),
        # Midnight before the clocks go forward: 23.00 in UTC both times.
        ("2027-04-07", "2028-04-05", "2027-03-27 23:00", "2028-03-25 23:00", "2027-03-28", "2028-03-26"),
        # A day later it is summer time: midnight on the wall is kept, 22.00 in UTC.
        ("2027-04-07", "2028-04-06", "2027-03-27 23:00", "2028-03-26 22:00", "2027-03-27", "2028-03-26"),
        # 02.30 never comes on the night when the clocks go forward: it is 03.30, half an hour into summer time.
        ("2027-04-07", "2028-04-06", "2027-03-27 01:30", "2028-03-26 01:30", None, None),
    ],
)
def test_days_move_as_far_as_the_event(was, becomes, until, moved_until, free, moved_free, now):
    until, moved_until = (datetime.fromisoformat(f"{one}+00:00") for one in (until, moved_until))
    free, moved_free = (date.fromisoformat(one) if one else None for one in (free, moved_free))
    earlier = held_on(date.fromisoformat(was), free_until_on=free, half_until_on=free)
    a_package(earlier, early_price_ore=100, early_until_at=until)
    a_discount(earlier, code="", organisation=factories.OrganisationFactory(), until_at=until)

    event = copied(earlier, date.fromisoformat(becomes), now)

    package, discount = Package.objects.get(event=event), Discount.objects.get(event=event)
    terms = Terms.objects.get(event=event)
    assert package.early_until_at == discount.until_at == moved_until
    assert (terms.free_until_on, terms.half_until_on) == (moved_free, moved_free)


def test_terms_come_along(now):
    earlier = held_on(
        date(2027, 3, 24), at_once=True, offer_days=7, due_days=20, reminder_days=8, takes_cards=False,
        reminder_fee_ore=6000, words="Gäller mässan 2027.",
    )  # fmt: skip

    terms = Terms.objects.get(event=copied(earlier, date(2028, 3, 22), now))

    assert (terms.sells_at_once, terms.offer_days, terms.due_days, terms.reminder_days) == (True, 7, 20, 8)
    assert (terms.reminder_fee_ore, terms.takes_cards, terms.words) == (6000, False, "Gäller mässan 2028.")
    assert AuditEntry.objects.about(terms).get().verb == "terms.set"


def test_partners_keep_their_discounts_and_codes_are_given_out_anew(now):
    earlier = held_on(date(2027, 3, 24))
    large, small = a_package(earlier, "Stor"), a_package(earlier, "Liten")
    gone = a_package(earlier, "Utgången", retired_at=now)
    free, lower, private, only_gone = (factories.OrganisationFactory() for _ in range(4))
    a_discount(earlier, code="VÅR27")
    a_discount(earlier, code="FRIPLATS", organisation=free, percent=100, limit=2, reason="Partner 2027")
    a_discount(earlier, code="HEMLIG", organisation=lower, percent=25).packages.set([large, gone])
    a_discount(earlier, code="", organisation=private, percent=100, retired_at=now)
    a_discount(earlier, code="", organisation=only_gone, percent=100).packages.set([gone])

    event = copied(earlier, date(2028, 3, 22), now)

    new = Package.objects.get(event=event, name="Stor")
    told = [
        (one.organisation, one.code, one.percent, one.limit, one.reason, list(one.packages.all()))
        for one in Discount.objects.filter(event=event)
    ]
    assert told == [(free, "FRIPLATS", 100, 2, "Partner 2028", []), (lower, "", 25, None, "", [new])]
    assert small.name in Package.objects.for_event(event).values_list("name", flat=True)


def test_nothing_sold_comes_along_and_a_limit_is_whole_again(now, organiser):
    earlier = held_on(date(2027, 3, 24), at_once=True)
    package = a_package(earlier, limit=1)
    order = a_draft(package, organiser, now)
    company = order.exhibitor.organisation
    a_discount(earlier, code="", organisation=company, percent=100, limit=1)
    send(order, organiser, now)

    event = copied(earlier, date(2028, 3, 22), now)

    assert Order.objects.filter(event=event).count() == 0
    again = Order(
        event=event,
        exhibitor=factories.ExhibitorFactory(event=event, organisation=company),
        package=Package.objects.get(event=event),
    )
    assert discount_for(again, localtime(event.starts_at)).event == event


def test_course_and_event_that_sold_nothing_sell_nothing(now):
    plain = factories.EventFactory()
    course = copied(held_on(date(2027, 3, 24)), date(2028, 3, 22), now, kind=Event.Kind.COURSE)

    assert Terms.objects.filter(event__in=[copied(plain, date(2028, 3, 21), now), course]).count() == 0
    assert Package.objects.filter(event=course).count() == 0
