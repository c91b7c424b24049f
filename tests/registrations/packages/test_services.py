"""The price list: what is made, changed, retired and moved, and what the database itself refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.errors import Stale
from registrations.packages import services
from registrations.packages.forms import DiscountForm, PackageForm
from registrations.packages.models import AddOn, Discount, Package
from tests import factories
from tests.order_factories import a_discount, a_package, a_selling_event, an_addon

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return a_selling_event()


def names(event) -> list[str]:
    return [row.name for row in Package.objects.for_event(event)]


def test_new_ones_come_last_and_are_moved_a_step_at_a_time(event, organiser, now):
    for name in ("A", "B", "C"):
        services.put_up(event=event, model=Package, name=name, price_ore=100, by=organiser, at=now)
    first, last = Package.objects.get(name="A"), Package.objects.get(name="C")

    services.move(thing=last, up=True)
    assert names(event) == ["A", "C", "B"]
    services.move(thing=first, up=True)
    assert names(event) == ["A", "C", "B"]
    services.move(thing=first, up=False)
    assert names(event) == ["C", "A", "B"]


def test_second_editor_hears_of_the_first(event, organiser, now):
    package = a_package(event)
    services.change(thing=package, seen=1, name="Ny", by=organiser, at=now)

    with pytest.raises(Stale):
        services.change(thing=package, seen=1, name="Annan", by=organiser, at=now)

    assert names(event) == ["Ny"]


def test_retired_is_not_on_sale_and_comes_back(event, organiser, now):
    addon = an_addon(event)

    services.retire(thing=addon, back=False, by=organiser, at=now)
    assert not AddOn.objects.on_sale().exists()
    services.retire(thing=addon, back=True, by=organiser, at=now)
    assert AddOn.objects.on_sale().get() == addon


def test_a_partner_s_second_discount_is_not_put_beside_the_first(event, organiser, now):
    partner = factories.OrganisationFactory()
    old = a_discount(event, code="", organisation=partner)
    services.retire(thing=old, back=False, by=organiser, at=now)
    a_discount(event, code="", organisation=partner)

    with pytest.raises(ValidationError):
        services.retire(thing=old, back=True, by=organiser, at=now)

    assert Discount.objects.on_sale().count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"early_price_ore": 100},
        {"early_price_ore": 600_000, "early_until_at": factories.NOW},
        {"rank": 0},
        {"rank": 10},
        {"price_ore": 100_000_001},
    ],
)
def test_database_refuses_prices_that_make_no_sense(event, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_package(event, **facts)


@pytest.mark.parametrize(
    "facts", [{"percent": 0}, {"percent": 101}, {"percent": None}, {"amount_ore": 100}, {"code": ""}]
)
def test_database_refuses_discounts_that_make_no_sense(event, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Discount.objects.create(**({"event": event, "code": "X", "percent": 10} | facts))


def typed(**facts) -> dict:
    return {
        "name": "Bas",
        "price_ore": "4 900,50",
        "vat_rate": "25",
        "rank": "1",
        "stand_m2": "9",
        "power_w": "0",
        "badges": "2",
        "version": "1",
        **facts,
    }


def test_price_is_typed_in_kronor(event):
    form = PackageForm(typed(early_price_ore="3900 kr", early_until_at="2027-03-20T12:00"), event=event)

    assert form.is_valid(), form.errors
    assert (form.cleaned_data["price_ore"], form.cleaned_data["early_price_ore"]) == (490_050, 390_000)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"price_ore": "mycket"}, "price_ore"),
        ({"price_ore": "-1"}, "price_ore"),
        ({"price_ore": "1,234"}, "price_ore"),
        ({"price_ore": "99 999 999"}, "price_ore"),
        ({"early_price_ore": "3900"}, "__all__"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_price_says_where(event, facts, field):
    form = PackageForm(typed(**facts), event=event)

    assert field in form.errors


def test_same_name_twice_is_said_in_the_form(event):
    a_package(event)

    form = PackageForm(typed(), event=event)

    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]


def test_discount_is_for_a_partner_by_its_number(event, organiser, now):
    partner = factories.OrganisationFactory()
    form = DiscountForm(
        {"partner_number": partner.number, "percent": "100", "reason": "Partner", "version": "1"}, event=event
    )

    assert form.is_valid(), form.errors
    made = services.put_up(event=event, model=Discount, by=organiser, at=now, **form.changed_fields())
    assert (made.organisation, made.percent, made.code) == (partner, 100, "")


@pytest.mark.parametrize(
    "facts",
    [
        {"code": "", "percent": "10"},
        {"code": "A B!", "percent": "10"},
        {"code": "X"},
        {"code": "X", "percent": "10", "amount_ore": "100"},
        {"code": "X", "percent": "0"},
        {"partner_number": "559999-9999", "percent": "10"},
    ],
)
def test_discount_that_makes_no_sense_is_refused_in_the_form(event, facts):
    assert not DiscountForm({"version": "1", **facts}, event=event).is_valid()


def test_code_is_kept_in_capitals_without_spaces(event):
    form = DiscountForm({"code": "vår 27", "percent": "10", "version": "1"}, event=event)

    assert form.is_valid()
    assert form.cleaned_data["code"] == "VÅR27"
    assert a_discount(event, form.cleaned_data["code"]).code == "VÅR27"
