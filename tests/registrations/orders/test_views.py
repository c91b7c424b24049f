"""The company's way to buy, and the organiser's orders, through the pages."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.exhibitors.decisions import decide
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders.models import Order, Terms
from registrations.orders.states import OrderState
from registrations.organisations.models import MembershipState
from tests import factories
from tests.order_factories import ADDRESS, a_discount, a_draft, a_package, an_addon, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """A fair that sells, open at the real now: pages ask the real clock."""
    now = timezone.now()
    event = factories.EventFactory(
        registration_opens_at=now - timedelta(days=5),
        registration_closes_at=now + timedelta(days=5),
        starts_at=now + timedelta(days=40),
        ends_at=now + timedelta(days=40, hours=7),
    )
    Terms.objects.create(event=event)
    return event


@pytest.fixture
def package(event):
    return a_package(event)


@pytest.fixture
def exhibitor(event):
    exhibitor = factories.ExhibitorFactory(event=event, state=State.DRAFT, applied_at=None)
    factories.StandStaffFactory(exhibitor=exhibitor)
    return exhibitor


@pytest.fixture
def buyer(exhibitor, client_for):
    """A client of somebody who acts for the company."""
    person = factories.MembershipFactory(organisation=exhibitor.organisation, state=MembershipState.ACTIVE).user
    return client_for(person)


def url(name: str, *args) -> str:
    return reverse(f"registrations:{name}", args=args)


def offered(package, by) -> Order:
    """An order that waits for its company's yes."""
    at = timezone.now()
    order = send(a_draft(package, by, at), by, at)
    decide(exhibitor=Exhibitor.objects.get(pk=order.exhibitor_id), state=State.ACCEPTED, by=by, at=at)
    return Order.objects.get(pk=order.pk)


def test_whole_way_from_package_to_sent(buyer, exhibitor, event, package):
    extra = an_addon(event)
    a_discount(event)

    chosen = buyer.post(
        url("exhibitor-package", exhibitor.pk),
        {"package": package.pk, f"extra-{extra.pk}": "2", "code": "vår27", "version": "1"},
    )
    version = Order.objects.get().version
    billed = buyer.post(url("exhibitor-billing", exhibitor.pk), {**ADDRESS, "version": version})
    page = buyer.get(url("exhibitor-send", exhibitor.pk))
    # 4 900 − 490 + 1 600 = 6 010 kr; with 25 %: 7 512,50, which is 7 513.
    assert b'name="agreed" value="751300"' in page.content
    sent = buyer.post(url("exhibitor-send", exhibitor.pk), {"agreed": "751300"})

    order = Order.objects.get()
    assert [response.status_code for response in (chosen, billed, sent)] == [302, 302, 302]
    assert (order.state, order.bill_city) == (OrderState.REQUESTED, "Malmö")
    assert buyer.get(url("own-exhibitor", exhibitor.pk)).status_code == 200


def test_counting_the_price_keeps_nothing_and_going_on_still_works(buyer, exhibitor, package):
    address = url("exhibitor-package", exhibitor.pk)

    counted = buyer.post(address, {"package": package.pk, "code": "", "version": "1", "show": "1"})

    assert (counted.status_code, counted.context["price"].totals.payable_ore) == (200, 612_500)
    assert (Order.objects.get().package, Order.objects.get().version) == (None, 1)
    assert buyer.post(address, {"package": package.pk, "code": "", "version": "1"}).status_code == 302


def test_price_that_changed_is_shown_and_nothing_is_sent(buyer, exhibitor, package):
    buyer.post(url("exhibitor-package", exhibitor.pk), {"package": package.pk, "version": "1"})
    buyer.post(url("exhibitor-billing", exhibitor.pk), {**ADDRESS, "version": "2"})
    package.price_ore = 500_000
    package.save()

    response = buyer.post(url("exhibitor-send", exhibitor.pk), {"agreed": "612500"})

    assert response.status_code == 409
    assert b'value="625000"' in response.content
    assert response.context["refusal"].facts == {"before": 612_500, "now": 625_000}
    assert Order.objects.get().state == OrderState.DRAFT


def test_wrong_vat_number_loses_nothing_that_was_typed(buyer, exhibitor, package):
    typed = {
        **ADDRESS,
        "bill_country": "DE",
        "bill_vat_number": "DE136695977",
        "bill_reference": "Kst 12",
        "version": "1",
    }

    response = buyer.post(url("exhibitor-billing", exhibitor.pk), typed)

    assert response.status_code == 422
    assert "bill_vat_number" in response.context["form"].errors
    assert b"Kst 12" in response.content


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"package": ""}, "package"),
        ({"package": "999999"}, "package"),
        ({"code": "GISSAT"}, "code"),
        ({"extra": "99"}, "extra"),
    ],
)
def test_bad_choice_is_422_and_says_where(buyer, exhibitor, event, package, facts, field):
    extra = an_addon(event)
    data = {"package": package.pk, "version": "1", **facts}
    if "extra" in data:
        data[f"extra-{extra.pk}"] = data.pop("extra")
        field = f"extra-{extra.pk}"

    response = buyer.post(url("exhibitor-package", exhibitor.pk), data)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_guessing_codes_is_stopped(buyer, exhibitor, event, package, limits):
    a_discount(event, "RÄTT")
    address = url("exhibitor-package", exhibitor.pk)
    statuses = [
        buyer.post(address, {"package": package.pk, "code": f"GISS{n}", "version": "1"}).status_code for n in range(20)
    ]

    stopped = buyer.post(address, {"package": package.pk, "code": "RÄTT", "version": "1"})

    assert set(statuses) == {422}
    assert (stopped.status_code, stopped.context["refusal"].code) == (409, "too_many_codes")
    without = buyer.post(address, {"package": package.pk, "code": "", "version": "1"})
    assert without.status_code == 302


def test_guessing_from_one_address_is_stopped_whoever_signs_in(exhibitor, event, package, client_for, limits):
    a_discount(event, "RÄTT")
    address = url("exhibitor-package", exhibitor.pk)
    company = {"organisation": exhibitor.organisation, "state": MembershipState.ACTIVE}
    colleagues = [client_for(factories.MembershipFactory(**company).user) for _person in range(4)]

    def guess(client, code: str, ip: str = "192.0.2.1") -> int:
        form = {"package": package.pk, "code": code, "version": "1"}
        return client.post(address, form, REMOTE_ADDR=ip).status_code

    guessed = [guess(client, f"GISS{n}") for client in colleagues[:3] for n in range(20)]

    assert set(guessed) == {422}
    assert guess(colleagues[3], "RÄTT") == 409
    assert guess(colleagues[3], "RÄTT", ip="192.0.2.2") == 302


def test_own_page_says_first_that_the_offer_waits(client_for, package, organiser):
    order = offered(package, organiser)
    company = client_for(factories.MembershipFactory(organisation=order.exhibitor.organisation).user)
    own_page = url("own-exhibitor", order.exhibitor_id)

    before = company.get(own_page).context["first"]
    company.post(url("order-confirm", order.exhibitor_id))
    after = company.get(own_page).context["first"]

    assert (before.url, before.by) == (
        url("order-confirm", order.exhibitor_id),
        order.offer_ends_at - timedelta(minutes=1),
    )
    assert after is None


def test_counting_the_price_with_a_right_code_is_no_guessing(buyer, exhibitor, event, package, limits):
    extra, code = an_addon(event, most=30), a_discount(event).code
    address = url("exhibitor-package", exhibitor.pk)
    choice = {"package": package.pk, "code": code, "version": "1"}

    counted = [buyer.post(address, {**choice, f"extra-{extra.pk}": n, "show": "1"}).status_code for n in range(25)]

    assert set(counted) == {200}
    assert buyer.post(address, choice).status_code == 302


def test_wrong_code_says_so_beside_the_price_without_it(buyer, exhibitor, event, package, limits):
    address = url("exhibitor-package", exhibitor.pk)
    choice = {"package": package.pk, "code": "GISSAT", "version": "1", "show": "1"}

    answers = [buyer.post(address, choice, headers={"HX-Request": "true"}) for _change in range(25)]

    assert {answer.status_code for answer in answers} == {422}
    assert answers[-1].context["price"].totals.payable_ore == 612_500
    price = answers[-1].text.split('id="price"')[1]
    assert str(answers[-1].context["form"].errors["code"][0]) in unescape(price)
    assert Order.objects.get().package is None


def test_event_that_sells_nothing_has_no_such_pages(buyer, exhibitor, event):
    Terms.objects.all().delete()

    assert buyer.get(url("exhibitor-package", exhibitor.pk)).status_code == 404
    assert buyer.get(url("exhibitor-billing", exhibitor.pk)).status_code == 404


def test_company_confirms_its_offer(package, organiser, client_for):
    order = offered(package, organiser)
    person = factories.MembershipFactory(organisation=order.exhibitor.organisation, state=MembershipState.ACTIVE).user
    client = client_for(person)
    page = client.get(url("order-confirm", order.exhibitor_id))

    first = client.post(url("order-confirm", order.exhibitor_id))
    second = client.post(url("order-confirm", order.exhibitor_id))

    assert page.status_code == 200
    assert (first.status_code, second.status_code) == (302, 302)
    order.refresh_from_db()
    assert (order.state, order.confirmed_by) == (OrderState.CONFIRMED, person)


def test_ended_offer_is_released_to_the_first_in_line(event, package, organiser, organiser_client):
    ended = offered(package, organiser)
    at = timezone.now()
    line = [send(a_draft(package, organiser, at), organiser, at) for _place in range(2)]
    for order in line:
        decide(exhibitor=Exhibitor.objects.get(pk=order.exhibitor_id), state=State.WAITING, by=organiser, at=at)
    Order.objects.filter(pk=ended.pk).update(offer_ends_at=at - timedelta(hours=1))

    organiser_client(event).post(url("order-release", event.slug, ended.pk))

    states = [Order.objects.get(pk=order.pk).state for order in (ended, *line)]
    assert states == [OrderState.REQUESTED, OrderState.OFFERED, OrderState.REQUESTED]


@pytest.mark.parametrize("rows", [1, 3])
def test_orders_ask_the_database_as_often_for_one_as_for_three(
    event, package, organiser, organiser_client, django_assert_num_queries, rows
):
    at = timezone.now()
    for _place in range(rows):
        send(a_draft(package, organiser, at), organiser, at)
    client = organiser_client(event)
    client.get(url("order-list", event.slug))

    with django_assert_num_queries(11):
        response = client.get(url("order-list", event.slug))

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("kind", ["package", "addon", "discount"])
@pytest.mark.parametrize("rows", [1, 3])
def test_price_list_asks_the_database_as_often_for_one_as_for_three(
    event, organiser_client, django_assert_num_queries, kind, rows
):
    make = {"package": a_package, "addon": an_addon, "discount": a_discount}[kind]
    for place in range(rows):
        make(event, f"NR{place}")
    client = organiser_client(event)
    client.get(url(f"{kind}-list", event.slug))

    with django_assert_num_queries(6 if kind == "discount" else 5):
        response = client.get(url(f"{kind}-list", event.slug))

    assert len(response.context["rows"]) == rows


def test_terms_open_the_shop(organiser_client):
    event = factories.EventFactory()
    client = organiser_client(event)

    response = client.post(
        url("terms", event.slug),
        {"offer_days": "14", "due_days": "30", "reminder_days": "10", "reminder_fee_ore": "60", "version": "1"},
    )

    assert response.status_code == 302
    terms = Terms.objects.get(event=event)
    assert (terms.reminder_fee_ore, terms.sells_at_once) == (6000, False)


def test_fee_above_the_law_is_refused(organiser_client):
    event = factories.EventFactory()

    response = organiser_client(event).post(
        url("terms", event.slug),
        {"offer_days": "14", "due_days": "30", "reminder_days": "10", "reminder_fee_ore": "61", "version": "1"},
    )

    assert response.status_code == 422
    assert "reminder_fee_ore" in response.context["form"].errors
