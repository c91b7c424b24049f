"""From a proposal to stands that companies know of; what stands against it; once and only once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.errors import Refusal
from events.mail.models import Letter
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import withdraw
from registrations.placement import publishing
from registrations.placement.instances import exhibitor_id, stand_id
from registrations.placement.models import StandOffer
from registrations.placement.offers import decline_stand
from registrations.placement.running import ask_for_proposal
from registrations.placement.tasks import work
from registrations.stands.geometry import Box, whole_square_metres
from registrations.stands.models import PlacingState, StandHold, StandPlacing, StandSettings
from tests import factories
from tests.order_factories import a_package
from tests.registrations.placement.floors import a_fair, an_exhibitor, four_stands, ready_proposal
from tests.registrations.placement.test_tasks import at_once
from tests.stand_factories import PlacingFactory


@pytest.fixture
def proposal(event, stands, companies, now):
    """Alfa to A1, Beta to A2, Gamma to A3; Delta has none."""
    return ready_proposal(event, dict(zip(companies[:3], stands, strict=False)), asked_at=now)


def code_of(proposal, organiser, at) -> tuple[str, list[tuple[str, str]]]:
    """The refusal of publishing, with what stands in the way; nothing is written or sent."""
    letters, placings = Letter.objects.count(), StandPlacing.objects.count()
    with pytest.raises(Refusal) as refused:
        publishing.publish(proposal=proposal, by=organiser, at=at)
    assert (Letter.objects.count(), StandPlacing.objects.count()) == (letters, placings)
    found = refused.value.facts.get("differences", [])
    return refused.value.code, [(one.code, one.exhibitor) for one in found]


def test_publishing_gives_stands_and_writes_to_everybody_once(proposal, event, stands, companies, organiser, now):
    later = now + timedelta(hours=1)

    done = publishing.publish(proposal=proposal, by=organiser, at=later)

    placings = StandPlacing.objects.order_by("exhibitor")
    assert [(row.exhibitor, row.stand, row.state, row.told_at, row.placed_by) for row in placings] == [
        (company, stand, PlacingState.OFFERED, later, organiser)
        for company, stand in zip(companies[:3], stands, strict=False)
    ]
    assert (done.new, done.waits) == ([one.pk for one in companies[:3]], [companies[3].pk])
    assert done.letters == 4
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(one.contact_email for one in companies)
    assert StandSettings.objects.get(event=event).told_at == later
    proposal.refresh_from_db()
    assert (proposal.published_at, proposal.published_by) == (later, organiser)


def test_publishing_again_changes_nothing_and_writes_to_nobody(proposal, organiser, now):
    publishing.publish(proposal=proposal, by=organiser, at=now)

    again = publishing.publish(proposal=proposal, by=organiser, at=now + timedelta(hours=1))

    assert again.letters == 0
    assert Letter.objects.count() == 4
    assert set(StandPlacing.objects.values_list("told_at", flat=True)) == {now}


def test_what_was_given_before_is_kept_and_hears_nothing_twice(event, stands, companies, organiser, now):
    alfa, beta, gamma, _delta = companies
    PlacingFactory(stand=stands[0], exhibitor=alfa, state=PlacingState.CONFIRMED, told_at=now - timedelta(days=1))
    PlacingFactory(stand=stands[1], exhibitor=beta)  # by hand, and nobody has told it
    proposal = ready_proposal(event, {gamma: stands[2]}, asked_at=now)

    done = publishing.publish(proposal=proposal, by=organiser, at=now)

    assert (done.kept, done.told, done.new) == ([alfa.pk], [beta.pk], [gamma.pk])
    assert not Letter.objects.filter(to=alfa.contact_email).exists()
    assert StandPlacing.objects.get(exhibitor=alfa).state == PlacingState.CONFIRMED
    assert StandPlacing.objects.get(exhibitor=beta).told_at == now


def test_who_was_placed_by_hand_after_the_proposal_is_told_too(proposal, event, stands, organiser, now):
    late = an_exhibitor(event, "Epsilon AB")
    PlacingFactory(stand=stands[3], exhibitor=late)

    done = publishing.publish(proposal=proposal, by=organiser, at=now)

    assert done.told == [late.pk]
    assert Letter.objects.filter(to=late.contact_email).count() == 1
    assert StandPlacing.objects.get(exhibitor=late).told_at == now


def test_who_waits_is_told_once_however_many_proposals_are_published(proposal, event, companies, organiser, now):
    publishing.publish(proposal=proposal, by=organiser, at=now)
    delta = companies[3]
    second = ready_proposal(event, {}, asked_at=now + timedelta(hours=1))

    done = publishing.publish(proposal=second, by=organiser, at=now + timedelta(hours=2))

    assert (done.letters, done.waits) == (0, [])
    assert Letter.objects.filter(to=delta.contact_email).count() == 1


@pytest.mark.parametrize("why", ["withdrawn", "offered"])
def test_who_has_left_or_has_an_offer_is_not_told_that_it_waits(proposal, companies, stands, organiser, now, why):
    delta = companies[3]
    if why == "withdrawn":
        withdraw(exhibitor=delta, by=organiser, at=now)
        Letter.objects.all().delete()
    else:
        StandOffer.objects.create(stand=stands[3], exhibitor=delta, offered_at=now, until_at=now + timedelta(days=1))

    done = publishing.publish(proposal=proposal, by=organiser, at=now)

    assert (done.letters, done.waits) == (3, [])
    assert not Letter.objects.filter(to=delta.contact_email).exists()


def block(stand, now):
    stand.blocked_at = now
    stand.save()


def shrink(stand, now):
    stand.width_cm = 100
    stand.save()


def hold(stand, now):
    other = Exhibitor.objects.get(organisation__name="Delta AB")
    StandHold.objects.create(stand=stand, exhibitor=other, until_at=now + timedelta(minutes=5))


def take(stand, now):
    PlacingFactory(stand=stand, exhibitor=Exhibitor.objects.get(organisation__name="Delta AB"))


def remove(stand, now):
    stand.delete()


def no_power(stand, now):
    stand.power_w = 0
    stand.save()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (block, "stand_blocked"),
        (shrink, "stand_too_small"),
        (hold, "stand_held"),
        (take, "stand_taken"),
        (remove, "stand_gone"),
        (no_power, "too_little_power"),
    ],
)
def test_a_stand_that_changed_stands_in_the_way(event, stands, organiser, now, act, code):
    alfa = an_exhibitor(event, "Alfa AB", package=a_package(event, stand_m2=9, power_w=500))
    an_exhibitor(event, "Delta AB")
    proposal = ready_proposal(event, {alfa: stands[1]}, asked_at=now)
    act(stands[1], now)

    assert code_of(proposal, organiser, now) == ("changed_since", [(code, exhibitor_id(alfa.pk))])


def test_an_exhibitor_that_has_withdrawn_stands_in_the_way(proposal, companies, organiser, now):
    withdraw(exhibitor=companies[1], by=organiser, at=now)
    Letter.objects.all().delete()

    assert code_of(proposal, organiser, now) == ("changed_since", [("exhibitor_gone", exhibitor_id(companies[1].pk))])


def test_an_exhibitor_that_was_given_another_stand_stands_in_the_way(proposal, companies, stands, organiser, now):
    PlacingFactory(stand=stands[3], exhibitor=companies[0])

    assert code_of(proposal, organiser, now)[1] == [("exhibitor_elsewhere", exhibitor_id(companies[0].pk))]


def test_a_given_stand_that_was_given_back_stands_in_the_way(event, companies, stands, organiser, now):
    placing = PlacingFactory(stand=stands[0], exhibitor=companies[0])
    proposal = ready_proposal(event, {companies[1]: stands[1]}, asked_at=now)
    placing.delete()

    assert code_of(proposal, organiser, now)[1] == [("given_back", exhibitor_id(companies[0].pk))]


def test_an_open_offer_of_another_stand_stands_in_the_way(proposal, companies, stands, organiser, now):
    StandOffer.objects.create(stand=stands[3], exhibitor=companies[0], offered_at=now, until_at=now + timedelta(days=1))

    assert code_of(proposal, organiser, now)[1] == [("offer_open", exhibitor_id(companies[0].pk))]


def test_a_stand_that_was_said_no_to_meanwhile_stands_in_the_way(proposal, companies, stands, organiser, now):
    given = PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now)
    decline_stand(exhibitor=given.exhibitor, stand=given.stand, by=organiser, at=now)

    code, differences = code_of(proposal, organiser, now)

    assert (code, differences) == ("changed_since", [("stand_refused", exhibitor_id(companies[0].pk))])


def test_the_company_s_own_hold_of_its_stand_is_not_in_the_way(proposal, companies, stands, organiser, now):
    StandHold.objects.create(stand=stands[0], exhibitor=companies[0], until_at=now + timedelta(minutes=5))

    publishing.publish(proposal=proposal, by=organiser, at=now)

    assert not StandHold.objects.exists()


def test_who_was_accepted_since_is_no_hindrance(proposal, event, organiser, now):
    late = an_exhibitor(event, "Epsilon AB")

    found = publishing.refuse_unless_publishable(proposal, now)

    assert [(one.code, one.exhibitor) for one in found] == [("exhibitor_new", exhibitor_id(late.pk))]


def test_only_one_of_two_proposals_made_side_by_side_is_published(proposal, event, companies, stands, organiser, now):
    other = ready_proposal(event, {companies[3]: stands[3]}, asked_at=now)
    publishing.publish(proposal=other, by=organiser, at=now + timedelta(minutes=1))

    assert code_of(proposal, organiser, now + timedelta(minutes=2)) == ("published_meanwhile", [])


def test_nothing_is_published_after_the_event(proposal, event, organiser):
    assert code_of(proposal, organiser, event.ends_at) == ("over_or_cancelled", [])


def test_solved_again_with_the_rest_fixed_only_the_rest_moves(proposal, event, companies, stands, organiser, now):
    block(stands[1], now)

    again = ask_for_proposal(
        event=event, seconds=2, seed=1, note="", keep=proposal, by=organiser, at=now + timedelta(minutes=1)
    )
    assert work(again.pk, at_once) == "done"

    again.refresh_from_db()
    alfa, _beta, gamma, _delta = (exhibitor_id(one.pk) for one in companies)
    assert again.fixed == {alfa: stand_id(stands[0].pk), gamma: stand_id(stands[2].pk)}
    assert {ident: again.arrangement[ident] for ident in (alfa, gamma)} == again.fixed
    assert len(again.arrangement) == 3


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_published_stands_are_nobody_else_s_and_fit(db, data):
    """Whatever companies need and the floor has: each stand once, large enough, with the power."""
    event = a_fair()
    now = factories.NOW
    stands = four_stands(event)
    for stand in stands:
        stand.width_cm = data.draw(st.sampled_from([200, 300]))
        stand.blocked_at = now if data.draw(st.integers(0, 5)) == 0 else None
        stand.save()
    packages = [
        a_package(event, name=f"P{n}", rank=n + 1, stand_m2=size, power_w=power)
        for n, (size, power) in enumerate([(9, 500), (6, 2000), (0, 0)])
    ]
    for n in range(data.draw(st.integers(1, 6))):
        an_exhibitor(event, f"Bolag{n} AB", package=data.draw(st.sampled_from([*packages, None])))
    person = factories.UserFactory()
    if all(stand.blocked_at for stand in stands):
        return
    asked = ask_for_proposal(event=event, seconds=1, seed=1, note="", by=person, at=now)
    assert work(asked.pk, at_once) == "done"
    asked.refresh_from_db()

    publishing.publish(proposal=asked, by=person, at=now)

    placings = list(StandPlacing.objects.filter(stand__event=event).select_related("stand", "exhibitor"))
    assert len({row.stand_id for row in placings}) == len(placings) == len(asked.arrangement)
    for row in placings:
        package = row.exhibitor.orders.get().package if row.exhibitor.orders.exists() else None
        box = Box(row.stand.x_cm, row.stand.y_cm, row.stand.width_cm, row.stand.depth_cm)
        assert row.stand.blocked_at is None
        assert package is None or (
            whole_square_metres(box) >= package.stand_m2 and row.stand.power_w >= package.power_w
        )
