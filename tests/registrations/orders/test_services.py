"""An order's way through the house: what is fixed when, what is left, what it costs to turn back."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from events.look.formats import kronor
from events.mail.models import Letter
from events.programme.models import Event, EventQuerySet
from registrations.exhibitors.decisions import FairFull, decide
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import Incomplete, missing_steps, send_application, withdraw
from registrations.exhibitors.states import State
from registrations.orders import choosing, services
from registrations.orders.models import Order
from registrations.orders.queries import price_now, standing_order, totals_of_lines
from registrations.orders.releasing import release_offer
from registrations.orders.states import OrderState
from tests import factories
from tests.order_factories import a_discount, a_draft, a_package, a_selling_event, an_addon, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return a_selling_event()


@pytest.fixture
def package(event):
    return a_package(event)


def exhibitor_of(order: Order) -> Exhibitor:
    return Exhibitor.objects.select_related("event").get(pk=order.exhibitor_id)


def offered(package, by, at, **facts) -> Order:
    """An order that was sent and that the organiser has said yes to."""
    order = send(a_draft(package, by, at, **facts), by, at)
    decide(exhibitor=exhibitor_of(order), state=State.ACCEPTED, by=by, at=at)
    return Order.objects.get(pk=order.pk)


def confirmed(package, by, at) -> Order:
    return services.confirm_order(order=offered(package, by, at), by=by, at=at)


def test_event_without_terms_sells_nothing_and_asks_for_nothing(organiser):
    exhibitor = factories.ExhibitorFactory(state=State.DRAFT)
    factories.StandStaffFactory(exhibitor=exhibitor)

    assert missing_steps(exhibitor) == []


def test_application_to_a_fair_that_sells_needs_package_and_billing(event, organiser, now):
    exhibitor = factories.ExhibitorFactory(event=event, state=State.DRAFT)
    factories.StandStaffFactory(exhibitor=exhibitor)

    assert missing_steps(exhibitor) == ["package", "billing"]
    with pytest.raises(Incomplete):
        send_application(exhibitor=exhibitor, by=organiser, at=now)


def test_price_stands_from_when_it_was_sent(event, package, organiser, now):
    order = send(a_draft(package, organiser, now, extras={an_addon(event): 2}), organiser, now)
    package.price_ore, package.name = 990_000, "Dyrare"
    package.save()

    assert order.state == OrderState.REQUESTED
    assert [(row.text, row.quantity, row.unit_ore) for row in order.lines.all()] == [
        ("Bas", 1, 490_000),
        ("El 16 A", 2, 80_000),
    ]
    assert totals_of_lines(order).payable_ore == 812_500


def test_price_that_changed_while_the_page_was_open_is_asked_again(package, organiser, now):
    draft = a_draft(package, organiser, now)
    package.price_ore = 500_000
    package.save()

    with pytest.raises(services.PriceChanged) as refused:
        send(draft, organiser, now, agreed=612_500)

    assert refused.value.facts == {"before": 612_500, "now": 625_000}
    for language in ("sv", "en"):
        with override(language):
            assert all(kronor(ore, language) in str(refused.value) for ore in (612_500, 625_000))
    assert Order.objects.get().state == OrderState.DRAFT
    assert exhibitor_of(draft).state == State.DRAFT
    assert send(draft, organiser, now, agreed=625_000).state == OrderState.REQUESTED


def test_early_price_holds_until_its_last_moment(event, organiser, now):
    package = a_package(event, early_price_ore=390_000, early_until_at=now)

    before = price_now(a_draft(package, organiser, now), now - timedelta(microseconds=1))
    after = price_now(a_draft(package, organiser, now), now)

    assert (before.totals.net_ore, after.totals.net_ore) == (390_000, 490_000)


def test_accepted_is_offered_and_its_letter_names_the_day(package, organiser, now):
    """Fourteen days from Monday 1 March: through the 15th, at midnight in Stockholm."""
    order = offered(package, organiser, now)

    assert order.state == OrderState.OFFERED
    assert order.offer_ends_at.isoformat() == "2027-03-15T23:00:00+00:00"
    assert "15 mars 2027" in Letter.objects.last().text.replace("\xa0", " ")


def test_confirming_twice_is_confirming_once(package, organiser, now):
    order = offered(package, organiser, now)

    first = services.confirm_order(order=order, by=organiser, at=now)
    second = services.confirm_order(order=order, by=organiser, at=now + timedelta(hours=1))

    assert first.confirmed_at == second.confirmed_at == now


def test_ended_offer_is_not_confirmed_but_can_be_prolonged(package, organiser, now):
    order = offered(package, organiser, now)
    late = order.offer_ends_at

    with pytest.raises(services.OfferEnded):
        services.confirm_order(order=order, by=organiser, at=late)
    services.prolong_offer(order=order, by=organiser, at=late)

    assert services.confirm_order(order=order, by=organiser, at=late).state == OrderState.CONFIRMED


@pytest.mark.parametrize("what", ["cancelled", "over"])
def test_nothing_is_sold_or_prolonged_at_an_event_that_is_cancelled_or_over(package, organiser, now, what):
    order, at = offered(package, organiser, now), now
    if what == "cancelled":
        Event.objects.filter(pk=package.event_id).update(state=Event.State.CANCELLED)
    else:
        Event.objects.filter(pk=package.event_id).update(
            starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1)
        )
    order = Order.objects.select_related("event").get(pk=order.pk)

    with pytest.raises(services.OfferEnded):
        services.confirm_order(order=order, by=organiser, at=at)
    with pytest.raises(services.NothingOffered):
        services.prolong_offer(order=order, by=organiser, at=at)


def test_an_offer_that_was_prolonged_meanwhile_is_not_released(package, organiser, now):
    order = offered(package, organiser, now)
    late = order.offer_ends_at
    services.prolong_offer(order=order, by=organiser, at=late)

    with pytest.raises(services.NothingOffered):
        release_offer(order=order, by=organiser, at=late)

    assert Order.objects.get(pk=order.pk).state == OrderState.OFFERED


def test_no_more_packages_are_offered_than_there_are(event, organiser, now):
    package = a_package(event, limit=1)
    first = offered(package, organiser, now)
    with pytest.raises(services.SoldOut):
        send(a_draft(package, organiser, now), organiser, now)

    assert first.state == OrderState.OFFERED


def test_last_one_goes_to_whom_the_organiser_accepts_first(event, organiser, now):
    package = a_package(event, limit=1)
    one, other = (send(a_draft(package, organiser, now), organiser, now) for _place in range(2))
    decide(exhibitor=exhibitor_of(other), state=State.ACCEPTED, by=organiser, at=now)

    with pytest.raises(services.SoldOut):
        decide(exhibitor=exhibitor_of(one), state=State.ACCEPTED, by=organiser, at=now)

    assert exhibitor_of(one).state == State.APPLIED
    assert Order.objects.get(pk=one.pk).state == OrderState.REQUESTED


def test_extras_are_counted_by_how_many(event, package, organiser, now):
    power = an_addon(event, limit=3)
    offered(package, organiser, now, extras={power: 2})

    with pytest.raises(services.SoldOut):
        send(a_draft(package, organiser, now, extras={power: 2}), organiser, now)
    assert send(a_draft(package, organiser, now, extras={power: 1}), organiser, now).state == OrderState.REQUESTED


def test_at_most_so_many_for_one_company(event, package, organiser, now):
    with pytest.raises(choosing.TooMany):
        a_draft(package, organiser, now, extras={an_addon(event, most=1): 2})


def test_first_come_first_served_buys_at_once(organiser, now):
    event = a_selling_event(at_once=True, capacity=1)
    package = a_package(event)

    first = send(a_draft(package, organiser, now), organiser, now)
    late = a_draft(package, organiser, now)
    with pytest.raises(FairFull):
        send(late, organiser, now)

    assert (first.state, exhibitor_of(first).state) == (OrderState.CONFIRMED, State.ACCEPTED)
    assert (Order.objects.get(pk=late.pk).state, exhibitor_of(late).state) == (OrderState.DRAFT, State.DRAFT)


def test_first_come_on_a_double_click_buys_once(organiser, now):
    draft = a_draft(a_package(a_selling_event(at_once=True)), organiser, now)

    first, second = send(draft, organiser, now), send(draft, organiser, now + timedelta(seconds=1))

    assert (second.state, second.confirmed_at) == (OrderState.CONFIRMED, first.confirmed_at)
    assert Letter.objects.count() == 1


def test_sold_out_is_told_without_waiting_in_line(organiser, now, monkeypatch):
    package = a_package(a_selling_event(at_once=True), limit=1)
    first, late = (a_draft(package, organiser, now) for _company in range(2))
    send(first, organiser, now)
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: pytest.fail("waited for the lock"))

    with pytest.raises(services.SoldOut):
        send(late, organiser, now)


def test_first_come_is_not_told_to_wait_for_an_answer(organiser, now):
    order = send(a_draft(a_package(a_selling_event(at_once=True)), organiser, now), organiser, now)

    letter = Letter.objects.get()
    assert letter.to == order.exhibitor.contact_email
    assert order.event.venue.name in letter.text  # it is the acceptance, which says where and when


@pytest.mark.parametrize("many", [1, 3])
def test_sending_asks_the_database_as_often_for_one_extra_as_for_three(
    event, package, organiser, now, django_assert_num_queries, many
):
    extras = {an_addon(event, name=f"El {number}", limit=20): 1 for number in range(many)}
    draft = a_draft(package, organiser, now, extras=extras)
    send(a_draft(package, organiser, now), organiser, now)  # content types are remembered from here on
    exhibitor = exhibitor_of(draft)

    with django_assert_num_queries(23):  # 2 of them for the savepoints, 2 for each of the two receipts
        send_application(exhibitor=exhibitor, by=organiser, at=now, agreed=None)


@pytest.mark.parametrize(
    ("day", "cost"),
    [(date(2027, 3, 1), 0), (date(2027, 3, 2), 50), (date(2027, 3, 5), 50), (date(2027, 3, 6), 100)],
)
def test_cancelling_costs_what_the_terms_say_that_day(organiser, now, day, cost):
    event = a_selling_event(free_until_on=date(2027, 3, 1), half_until_on=date(2027, 3, 5))
    order = confirmed(a_package(event), organiser, now)

    withdraw(exhibitor=exhibitor_of(order), by=organiser, at=now.replace(day=day.day))

    order.refresh_from_db()
    assert (order.state, order.cost_of_cancelling) == (OrderState.CANCELLED, cost)


@pytest.mark.parametrize("state", [State.WAITING, State.DECLINED])
def test_company_pays_nothing_when_the_organiser_takes_its_place_back(organiser, now, state):
    order = confirmed(a_package(a_selling_event()), organiser, now)

    decide(exhibitor=exhibitor_of(order), state=state, by=organiser, at=now)

    order.refresh_from_db()
    assert (order.state, order.cost_of_cancelling) == (OrderState.CANCELLED, 0)


def test_offer_that_was_not_confirmed_costs_nothing_to_leave(package, organiser, now):
    order = offered(package, organiser, now)

    withdraw(exhibitor=exhibitor_of(order), by=organiser, at=now)

    order.refresh_from_db()
    assert (order.state, order.cost_of_cancelling) == (OrderState.CANCELLED, 0)


def test_waiting_list_keeps_the_order_in_line(package, organiser, now):
    order = offered(package, organiser, now)

    decide(exhibitor=exhibitor_of(order), state=State.WAITING, by=organiser, at=now)

    order.refresh_from_db()
    assert (order.state, order.offer_ends_at) == (OrderState.REQUESTED, None)


def test_company_that_applies_again_begins_anew_with_its_address_kept(package, organiser, now):
    order = send(a_draft(package, organiser, now), organiser, now)
    exhibitor = exhibitor_of(order)
    withdraw(exhibitor=exhibitor, by=organiser, at=now)

    assert standing_order(exhibitor) is None
    again = choosing.draft_order(exhibitor=exhibitor, by=organiser, at=now)

    assert (again.pk != order.pk, again.bill_street, again.package) == (True, "Kugggatan 1", None)


class TestDiscounts:
    def test_code_is_taken_whatever_its_capitals_and_spaces(self, event, package, organiser, now):
        a_discount(event, "VÅR27", percent=10)

        order = send(a_draft(package, organiser, now, code=" vår 27"), organiser, now)

        assert [(row.text, row.quantity, row.unit_ore) for row in order.lines.all()][1][1:] == (-1, 49_000)

    @pytest.mark.parametrize("code", ["VAR27", "X", "VÅR2"])
    def test_wrong_code_tells_nothing_of_others(self, event, package, organiser, now, code):
        a_discount(event)

        with pytest.raises(choosing.UnknownCode) as refused:
            a_draft(package, organiser, now, code=code)

        assert "VÅR27" not in str(refused.value)

    def test_ended_code_is_as_unknown(self, event, package, organiser, now):
        a_discount(event, until_at=now)

        with pytest.raises(choosing.UnknownCode):
            a_draft(package, organiser, now, code="VÅR27")

    def test_code_is_used_as_often_as_it_may(self, event, package, organiser, now):
        a_discount(event, limit=1)
        send(a_draft(package, organiser, now, code="VÅR27"), organiser, now)

        with pytest.raises(services.DiscountUsed):
            send(a_draft(package, organiser, now, code="VÅR27"), organiser, now)

    def test_partner_needs_no_code_and_gets_the_better_of_the_two(self, event, package, organiser, now):
        a_discount(event, percent=10)
        draft = a_draft(package, organiser, now, code="VÅR27")
        a_discount(event, "", organisation=draft.exhibitor.organisation, percent=100, reason="Partner")

        order = send(draft, organiser, now)

        assert totals_of_lines(order).payable_ore == 0
        assert [row.text for row in order.lines.all()] == ["Bas", "Partner"]

    def test_code_for_another_package_takes_nothing_off(self, event, package, organiser, now):
        a_discount(event).packages.add(a_package(event, "Plus", 990_000))

        order = send(a_draft(package, organiser, now, code="VÅR27"), organiser, now)

        assert (totals_of_lines(order).payable_ore, order.discount) == (612_500, None)
