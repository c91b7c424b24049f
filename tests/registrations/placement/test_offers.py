"""A company's yes or no, and a free stand that goes to the next in line: one at a time, with an end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.access.models import AuditEntry
from events.errors import Refusal
from events.mail.models import Letter
from events.programme.models import EventState
from registrations.exhibitors.decisions import decide
from registrations.exhibitors.services import withdraw
from registrations.exhibitors.states import State
from registrations.placement import offers
from registrations.placement.loading import load_ground
from registrations.placement.models import OfferEnd, StandOffer, StandWish
from registrations.placement.queries import Line, first_in_line, line_of, waiting_of
from registrations.stands import placing
from registrations.stands.models import PlacingState, Stand, StandHold, StandPlacing, StandSettings
from tests.order_factories import a_package
from tests.registrations.placement.floors import an_exhibitor
from tests.stand_factories import PlacingFactory


def offer(stand, exhibitor, organiser, now, days=1):
    return offers.offer_stand(
        stand=stand, exhibitor=exhibitor, until_at=now + timedelta(days=days), by=organiser, at=now
    )


def code(act, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as said:
        act(*args, **kwargs)
    return said.value.code


def test_a_company_confirms_the_stand_that_it_was_told_of(companies, stands, organiser, now):
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now)

    first = offers.confirm_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)
    again = offers.confirm_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    assert (first.state, again.state) == (PlacingState.CONFIRMED, PlacingState.CONFIRMED)


def test_what_it_was_not_told_of_it_can_not_confirm(companies, stands, organiser, now):
    PlacingFactory(stand=stands[0], exhibitor=companies[0])

    assert (
        code(offers.confirm_stand, exhibitor=companies[0], stand=stands[0], by=organiser, at=now) == "no_stand_offered"
    )


@pytest.fixture
def given(companies, stands, now):
    """Alfa's stand, which it was told of yesterday."""
    return PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now - timedelta(days=1))


def test_a_no_frees_the_stand_and_the_company_stays_first_in_line(event, companies, stands, given, organiser, now):
    declined = offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    assert (declined.end, declined.ended_at, declined.offered_at) == (OfferEnd.DECLINED, now, given.told_at)
    assert set(Stand.objects.free(now)) == set(stands)
    assert line_of(event) == companies
    companies[0].refresh_from_db()
    assert companies[0].state == State.ACCEPTED
    assert waiting_of(event, now).offers == [declined]


def test_what_a_company_said_no_to_goes_to_the_next_and_it_gets_another(
    event, companies, stands, given, organiser, now
):
    offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    assert first_in_line(event, stands[0], now) == companies[1]
    assert code(offer, stands[0], companies[0], organiser, now) == "not_next_in_line"
    assert offer(stands[0], companies[1], organiser, now).exhibitor == companies[1]
    assert offer(stands[1], companies[0], organiser, now).exhibitor == companies[0]


def test_a_no_is_told_to_the_organiser_and_stands_in_the_trail(event, companies, stands, given, organiser, now):
    offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    letter = Letter.objects.get()
    assert (letter.to, "Alfa AB" in letter.text, "A1" in letter.subject) == (event.contact_email, True, True)
    entry = AuditEntry.objects.get(verb=offers.DECLINED)
    assert (entry.actor, entry.object_name, entry.changes) == (organiser, "A1", {"exhibitor": ["Alfa AB", None]})


def test_a_second_no_changes_nothing(companies, stands, given, organiser, now):
    first, again = [
        offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now + timedelta(minutes=n))
        for n in range(2)
    ]

    assert (first, first.ended_at) == (again, again.ended_at)
    assert StandOffer.objects.count() == Letter.objects.count() == 1


def test_a_second_no_leaves_the_stand_that_the_company_was_given_meanwhile(companies, stands, given, organiser, now):
    offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)
    PlacingFactory(stand=stands[1], exhibitor=companies[0], told_at=now)

    assert code(offers.decline_stand, exhibitor=companies[0], stand=stands[0], by=organiser, at=now) == "another_stand"
    assert StandPlacing.objects.get().stand == stands[1]


def test_a_company_that_is_given_the_same_stand_again_can_say_no_again(companies, stands, given, organiser, now):
    offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now)

    offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    assert not StandPlacing.objects.exists()


def test_after_a_yes_there_is_no_no(event, companies, stands, given, organiser, now):
    offers.confirm_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    with pytest.raises(offers.StandConfirmed) as said:
        offers.decline_stand(exhibitor=companies[0], stand=stands[0], by=organiser, at=now)

    assert event.contact_email in str(said.value)
    assert StandPlacing.objects.get().state == PlacingState.CONFIRMED
    assert not Letter.objects.exists()


def test_what_it_was_not_told_of_it_can_not_decline(companies, stands, organiser, now):
    PlacingFactory(stand=stands[0], exhibitor=companies[0])

    for company in companies[:2]:
        assert (
            code(offers.decline_stand, exhibitor=company, stand=stands[0], by=organiser, at=now) == "no_stand_offered"
        )


@pytest.mark.parametrize("gone", ["over", "cancelled"])
def test_at_a_fair_that_is_over_or_cancelled_nobody_says_no(event, companies, stands, given, organiser, now, gone):
    if gone == "cancelled":
        event.state = EventState.CANCELLED
        event.save()
    at = event.ends_at if gone == "over" else now

    assert (
        code(offers.decline_stand, exhibitor=companies[0], stand=stands[0], by=organiser, at=at) == "over_or_cancelled"
    )
    assert StandPlacing.objects.get() == given


def test_a_yes_to_another_stand_than_the_company_has_does_not_count(companies, stands, given, organiser, now):
    assert code(offers.confirm_stand, exhibitor=companies[0], stand=stands[1], by=organiser, at=now) == "another_stand"
    given.refresh_from_db()
    assert given.state == PlacingState.OFFERED


def test_an_answer_to_another_offer_than_the_company_has_does_not_count(companies, stands, organiser, now):
    made = offer(stands[0], companies[0], organiser, now)

    for takes_it in (True, False):
        facts = {"exhibitor": companies[0], "stand": stands[1], "takes_it": takes_it}
        assert code(offers.answer_offer, **facts, by=organiser, at=now) == "another_stand"
    made.refresh_from_db()
    assert made.is_open(now)
    assert not StandPlacing.objects.exists()


def test_the_line_goes_by_when_they_were_accepted(event, companies, stands, now):
    early = an_exhibitor(event, "Tidig AB", decided_at=now - timedelta(days=9))
    late = an_exhibitor(event, "Sen AB", decided_at=now + timedelta(days=9))
    an_exhibitor(event, "Väntar AB", state=State.WAITING)
    PlacingFactory(stand=stands[0], exhibitor=companies[0])

    assert line_of(event) == [early, *companies[1:], late]


def test_the_next_is_the_first_that_the_stand_fits(event, stands, now):
    large = an_exhibitor(event, "Stora AB", package=a_package(event, "Stor", stand_m2=18))
    thirsty = an_exhibitor(event, "Ström AB")
    StandWish.objects.create(exhibitor=thirsty, power_w=1000)
    modest = an_exhibitor(event, "Små AB")

    line = Line.of(event, now)

    assert [line.next_for(stand) for stand in stands] == [modest, modest, modest, thirsty]
    assert large in line.waiting


def test_an_offer_holds_the_stand_and_writes_one_letter(event, companies, stands, organiser, now):
    made = offer(stands[0], companies[0], organiser, now)
    again = offer(stands[0], companies[0], organiser, now)

    assert made == again
    assert Letter.objects.filter(to=companies[0].contact_email).count() == 1
    assert StandHold.objects.get(stand=stands[0]).until_at == made.until_at
    assert stands[0] not in Stand.objects.free(now)
    ground = load_ground(event, now)
    assert ground.offered == {companies[0].pk}


def test_only_the_next_in_line_is_offered(companies, stands, organiser, now):
    assert code(offer, stands[0], companies[1], organiser, now) == "not_next_in_line"


def test_an_offer_ends_in_the_future_and_before_the_event(event, companies, stands, organiser, now):
    assert code(offer, stands[0], companies[0], organiser, now, days=0) == "until_wrong"
    assert code(offer, stands[0], companies[0], organiser, now, days=99) == "until_wrong"


def test_a_taken_or_blocked_or_offered_stand_is_not_offered(companies, stands, organiser, now):
    PlacingFactory(stand=stands[0], exhibitor=companies[3])
    stands[1].blocked_at = now
    stands[1].save()
    offer(stands[2], companies[0], organiser, now)

    assert [code(offer, stand, companies[1], organiser, now) for stand in stands[:3]] == ["stand_not_free"] * 3


def test_who_has_a_stand_meanwhile_is_no_longer_asked(event, companies, stands, organiser, now):
    offer(stands[0], companies[0], organiser, now)
    PlacingFactory(stand=stands[1], exhibitor=companies[0])

    assert load_ground(event, now).offered == frozenset()
    assert (
        code(offers.answer_offer, exhibitor=companies[0], stand=stands[0], takes_it=True, by=organiser, at=now)
        == "stand_not_free"
    )


def test_a_yes_gives_the_stand(companies, stands, organiser, now):
    offer(stands[0], companies[0], organiser, now)

    answered = offers.answer_offer(exhibitor=companies[0], stand=stands[0], takes_it=True, by=organiser, at=now)

    assert answered.end == OfferEnd.ACCEPTED
    placing = StandPlacing.objects.get(exhibitor=companies[0])
    assert (placing.stand, placing.state, placing.told_at) == (stands[0], PlacingState.CONFIRMED, now)
    assert not StandHold.objects.exists()
    assert (
        code(offers.answer_offer, exhibitor=companies[0], stand=stands[0], takes_it=True, by=organiser, at=now)
        == "offer_over"
    )


def test_after_a_no_the_next_is_asked_and_the_first_not_again(event, companies, stands, organiser, now):
    offer(stands[0], companies[0], organiser, now)

    offers.answer_offer(exhibitor=companies[0], stand=stands[0], takes_it=False, by=organiser, at=now)

    assert first_in_line(event, stands[0], now) == companies[1]
    assert first_in_line(event, stands[1], now) == companies[0]
    assert stands[0].number in Letter.objects.get(to=event.contact_email).subject


def test_an_unanswered_offer_ends_by_itself_and_the_next_can_be_offered(event, companies, stands, organiser, now):
    first = offer(stands[0], companies[0], organiser, now)
    later = first.until_at

    assert (
        code(offers.answer_offer, exhibitor=companies[0], stand=stands[0], takes_it=True, by=organiser, at=later)
        == "offer_over"
    )
    assert first_in_line(event, stands[0], later) == companies[1]
    offer(stands[0], companies[1], organiser, later)

    first.refresh_from_db()
    assert (first.end, first.ended_at) == (OfferEnd.LAPSED, later)
    assert StandHold.objects.get(stand=stands[0]).exhibitor == companies[1]


def test_a_stand_that_was_given_to_somebody_meanwhile_is_not_taken(companies, stands, organiser, now):
    offer(stands[0], companies[0], organiser, now)
    PlacingFactory(stand=stands[0], exhibitor=companies[1])

    assert (
        code(offers.answer_offer, exhibitor=companies[0], stand=stands[0], takes_it=True, by=organiser, at=now)
        == "stand_not_free"
    )


def test_the_database_allows_one_open_offer_a_stand_and_a_company(companies, stands, now):
    facts = {"offered_at": now, "until_at": now + timedelta(days=1)}
    StandOffer.objects.create(stand=stands[0], exhibitor=companies[0], **facts)
    for stand, company in ((stands[0], companies[1]), (stands[1], companies[0])):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandOffer.objects.create(stand=stand, exhibitor=company, **facts)


@pytest.mark.parametrize("leaves", ["withdraws", "declined"])
def test_who_is_no_longer_accepted_frees_its_stand_and_its_offer(companies, stands, organiser, now, leaves):
    alfa, beta = companies[:2]
    PlacingFactory(stand=stands[0], exhibitor=alfa, told_at=now)
    offer(stands[1], beta, organiser, now)

    for company in (alfa, beta):
        if leaves == "withdraws":
            withdraw(exhibitor=company, by=organiser, at=now)
        else:
            decide(exhibitor=company, state=State.DECLINED, by=organiser, at=now)

    assert set(Stand.objects.free(now)) == set(stands)
    assert StandOffer.objects.get().end == OfferEnd.DROPPED


@pytest.mark.parametrize("many", [1, 3])
def test_the_waiting_list_takes_a_constant_number_of_queries(event, stands, now, many, django_assert_num_queries):
    package = a_package(event)
    for n in range(many):
        an_exhibitor(event, f"Bolag{n} AB", package=package)
        an_exhibitor(event, f"Annat{n} AB")
    with django_assert_num_queries(8):
        found = waiting_of(event, now)
    assert len(found.lines) == 2 * many


def test_offer_stays_while_its_company_looks_at_other_stands_and_ends_when_it_takes_one(
    event, companies, stands, organiser, now
):
    given = offer(stands[0], companies[0], organiser, now)
    StandSettings.objects.create(event=event, choice_open_until_at=event.starts_at)

    placing.hold(stand=stands[1], exhibitor=companies[0], by=organiser, at=now)
    placing.hold(stand=stands[2], exhibitor=companies[0], by=organiser, at=now)
    placing.hold(stand=stands[0], exhibitor=companies[0], by=organiser, at=now)  # what is offered is not held for less
    assert set(StandHold.objects.values_list("stand__number", "until_at")) == {("A1", given.until_at)}

    placing.hold(stand=stands[3], exhibitor=companies[0], by=organiser, at=now)
    placing.choose(stand=stands[3], exhibitor=companies[0], by=organiser, at=now)
    given.refresh_from_db()
    assert given.end == OfferEnd.DROPPED
    assert offer(stands[0], companies[1], organiser, now).exhibitor == companies[1]
