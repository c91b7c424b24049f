"""Who has which stand: given, swapped, held, chosen, freed; and who is written to."""

from datetime import timedelta

import pytest

from events.errors import Refusal
from events.mail.models import Letter
from registrations.exhibitors import decisions
from registrations.exhibitors import services as applications
from registrations.exhibitors.states import State
from registrations.stands import layout, placing, refusals
from registrations.stands.models import PlacingState, Stand, StandHold, StandPlacing
from tests.order_factories import a_package
from tests.stand_factories import StandFactory

pytestmark = pytest.mark.django_db


def who_has() -> dict[str, str]:
    rows = StandPlacing.objects.select_related("stand", "exhibitor__organisation")
    return {row.stand.number: row.exhibitor.organisation.name for row in rows}


def test_moving_a_company_frees_the_stand_it_had(row, companies, organiser, now):
    placing.place(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    placing.place(stand=row[3], exhibitor=companies[0], by=organiser, at=now)
    placing.place(stand=row[3], exhibitor=companies[0], by=organiser, at=now)  # a double click

    assert who_has() == {"A4": "Anka AB"}
    assert not Letter.objects.exists()  # nobody has been told of any stand


def test_taken_stand_is_refused_with_its_nearest_free_neighbours(row, companies, organiser, now):
    placing.place(stand=row[2], exhibitor=companies[0], by=organiser, at=now)
    layout.block(stand=row[1], reason="", by=organiser, at=now)

    with pytest.raises(refusals.StandTaken) as refusal:
        placing.place(stand=row[2], exhibitor=companies[1], by=organiser, at=now)

    assert refusal.value.nearest == ["A4", "A1", "A5", "A6"]  # a neighbour first, then by distance
    with pytest.raises(refusals.StandBlocked):
        placing.place(stand=row[1], exhibitor=companies[1], by=organiser, at=now)


def test_company_without_a_place_gets_no_stand(row, companies, organiser, now):
    companies[0].state = State.WAITING
    companies[0].save()

    with pytest.raises(refusals.NoPlaceYet):
        placing.place(stand=row[0], exhibitor=companies[0], by=organiser, at=now)


def test_swapping_keeps_both_and_their_states(row, companies, organiser, now):
    placing.place(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    placing.place(stand=row[1], exhibitor=companies[1], by=organiser, at=now)
    StandPlacing.objects.filter(exhibitor=companies[0]).update(state=PlacingState.CONFIRMED)

    placing.swap(one=companies[0], other=companies[1], by=organiser, at=now)

    assert who_has() == {"A1": "Bofink AB", "A2": "Anka AB"}
    assert StandPlacing.objects.get(exhibitor=companies[0]).state == PlacingState.CONFIRMED
    with pytest.raises(refusals.NotPlaced):
        placing.swap(one=companies[0], other=companies[2], by=organiser, at=now)


def test_companies_are_told_once_and_then_of_every_change(row, companies, organiser, now):
    event = companies[0].event
    placing.place(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    placing.place(stand=row[1], exhibitor=companies[1], by=organiser, at=now)

    assert placing.tell_companies(event=event, by=organiser, at=now) == 2
    assert placing.tell_companies(event=event, by=organiser, at=now) == 0
    assert Letter.objects.count() == 2

    placing.place(stand=row[2], exhibitor=companies[0], by=organiser, at=now)
    assert Letter.objects.count() == 3
    placing.swap(one=companies[0], other=companies[1], by=organiser, at=now)
    assert Letter.objects.count() == 5
    placing.free(exhibitor=companies[0], by=organiser, at=now)
    assert Letter.objects.count() == 6
    placing.place(stand=row[4], exhibitor=companies[2], by=organiser, at=now)
    assert Letter.objects.count() == 7


def test_first_to_press_holds_the_stand_and_the_second_is_shown_its_neighbours(
    row, companies, choosing, organiser, now
):
    kept = placing.hold(stand=row[2], exhibitor=companies[0], by=organiser, at=now)

    with pytest.raises(refusals.StandTaken) as refusal:
        placing.hold(stand=row[2], exhibitor=companies[1], by=organiser, at=now + timedelta(seconds=1))

    assert refusal.value.nearest[:2] == ["A2", "A4"]
    assert kept.until_at == now + timedelta(minutes=10)


def test_hold_ends_by_itself_and_cannot_be_taken_afterwards(row, companies, choosing, organiser, now):
    placing.hold(stand=row[2], exhibitor=companies[0], by=organiser, at=now)
    late = now + timedelta(minutes=10)

    with pytest.raises(refusals.HoldOver):
        placing.choose(stand=row[2], exhibitor=companies[0], by=organiser, at=late)
    placing.hold(stand=row[2], exhibitor=companies[1], by=organiser, at=late)
    placing.choose(stand=row[2], exhibitor=companies[1], by=organiser, at=late)

    assert who_has() == {"A3": "Bofink AB"}
    assert not StandHold.objects.exists()


def test_holding_another_lets_the_first_go(row, companies, choosing, organiser, now):
    placing.hold(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    placing.hold(stand=row[1], exhibitor=companies[0], by=organiser, at=now)

    placing.hold(stand=row[0], exhibitor=companies[1], by=organiser, at=now)

    assert StandHold.objects.count() == 2


def test_choosing_twice_is_choosing_once_and_choosing_again_is_moving(row, companies, choosing, organiser, now):
    placing.hold(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    first = placing.choose(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    again = placing.choose(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    placing.hold(stand=row[5], exhibitor=companies[0], by=organiser, at=now)
    placing.choose(stand=row[5], exhibitor=companies[0], by=organiser, at=now)

    assert first == again
    assert who_has() == {"A6": "Anka AB"}


def test_nobody_chooses_before_it_is_open_or_after(row, companies, hall, organiser, now):
    with pytest.raises(refusals.ChoiceClosed):
        placing.hold(stand=row[0], exhibitor=companies[0], by=organiser, at=now)

    layout.save_settings(event=hall.event, seen=1, choice_open_until_at=now, by=organiser, at=now)
    with pytest.raises(refusals.ChoiceClosed):
        placing.hold(stand=row[0], exhibitor=companies[0], by=organiser, at=now)


@pytest.mark.parametrize(("size", "numbers"), [(9, ["A1"]), (8, ["A1"]), (12, ["B1"]), (18, []), (None, ["A1", "B1"])])
def test_company_chooses_among_stands_of_its_packages_size(size, numbers, hall):
    stands = [
        StandFactory(hall=hall, number="A1", x_cm=0, y_cm=0),
        StandFactory(hall=hall, number="B1", x_cm=0, y_cm=600, width_cm=400, depth_cm=300),
    ]

    assert [stand.number for stand in stands if placing.fits(stand, size)] == numbers


def test_package_that_is_too_small_is_told(row, companies, choosing, organiser, now):
    package = a_package(companies[0].event, stand_m2=18)
    companies[0].orders.create(event=companies[0].event, package=package)

    with pytest.raises(refusals.WrongSize):
        placing.hold(stand=row[0], exhibitor=companies[0], by=organiser, at=now)


@pytest.mark.parametrize("how", ["withdrawn", "declined"])
def test_stand_is_free_when_its_company_does_not_come(how, row, companies, organiser, now):
    placing.place(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    placing.tell_companies(event=companies[0].event, by=organiser, at=now)
    Letter.objects.all().delete()

    if how == "withdrawn":
        applications.withdraw(exhibitor=companies[0], by=organiser, at=now)
    else:
        decisions.decide(exhibitor=companies[0], state=State.WAITING, by=organiser, at=now)

    assert who_has() == {}
    assert Stand.objects.free(now).count() == 6
    assert Letter.objects.filter(to=companies[0].contact_email).count() <= 1  # not another one about the stand


def test_past_fair_stays_as_it_was(row, companies, organiser, now):
    placing.place(stand=row[0], exhibitor=companies[0], by=organiser, at=now)
    after = companies[0].event.ends_at

    for act in (
        lambda: placing.place(stand=row[1], exhibitor=companies[0], by=organiser, at=after),
        lambda: placing.tell_companies(event=companies[0].event, by=organiser, at=after),
        lambda: placing.free(exhibitor=companies[0], by=organiser, at=after),
        lambda: placing.swap(one=companies[0], other=companies[1], by=organiser, at=after),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "fair_over"
    assert who_has() == {"A1": "Anka AB"}
