"""A move by hand: its effect first, then a copy that has it; what was computed stays."""

import pytest

from events.errors import Refusal, Stale
from events.mail.models import Letter
from registrations.placement import adjusting
from registrations.placement.instances import exhibitor_id, stand_id
from registrations.placement.models import NeighbourWish, ProposalKind, StandProposal
from registrations.placement.offers import decline_stand
from registrations.placement.publishing import publish
from registrations.placement.words import BY_HAND
from tests.order_factories import a_package
from tests.registrations.placement.floors import an_exhibitor, ready_proposal
from tests.stand_factories import PlacingFactory


@pytest.fixture
def proposal(event, stands, companies, now):
    """Alfa to A1, Beta to A2, Gamma to A3; Alfa wants Beta beside it and not Gamma."""
    alfa, beta, gamma, _delta = companies
    NeighbourWish.objects.create(exhibitor=alfa, other=beta, kind="near")
    NeighbourWish.objects.create(exhibitor=alfa, other=gamma, kind="apart")
    return ready_proposal(event, dict(zip(companies[:3], stands, strict=False)), asked_at=now)


def keep(proposal, company, stand, organiser, now, seen=0) -> StandProposal:
    return adjusting.keep_move(
        proposal=proposal,
        exhibitor=exhibitor_id(company.pk),
        stand=stand_id(stand.pk) if stand else "",
        seen=seen,
        by=organiser,
        at=now,
    )


def test_an_effect_is_shown_and_nothing_kept(proposal, companies, stands):
    alfa, beta, gamma, _delta = (exhibitor_id(one.pk) for one in companies)

    found = adjusting.try_move(proposal, gamma, stand_id(stands[1].pk))

    second, third = (stand_id(one.pk) for one in stands[1:3])
    assert found.moved == [(beta, second, third), (gamma, third, second)]
    assert found.new_competitors == [tuple(sorted((alfa, gamma)))]
    assert [wish.exhibitor for wish in found.lost] == [alfa]
    assert StandProposal.objects.count() == 1


def test_a_kept_move_makes_a_proposal_of_its_own(proposal, companies, stands, organiser, now):
    before = proposal.arrangement

    made = keep(proposal, companies[2], stands[3], organiser, now)

    proposal.refresh_from_db()
    assert proposal.arrangement == before
    assert (made.kind, made.base, made.number) == (ProposalKind.BY_HAND, proposal, 2)
    assert made.arrangement == before | {exhibitor_id(companies[2].pk): stand_id(stands[3].pk)}
    assert made.moves == [[exhibitor_id(companies[2].pk), stand_id(stands[2].pk), stand_id(stands[3].pk)]]
    assert made.measures["placed"] == [3, 4]


def test_further_moves_change_the_copy_and_a_stale_page_none(proposal, companies, stands, organiser, now):
    made = keep(proposal, companies[2], stands[3], organiser, now)

    with pytest.raises(Stale):
        keep(made, companies[2], stands[2], organiser, now)
    again = keep(made, companies[3], stands[2], organiser, now, seen=1)

    assert again == made
    assert again.measures["placed"] == [4, 4]
    assert again.solution["reasons"] == {}
    assert StandProposal.objects.count() == 2


def test_who_is_taken_off_its_stand_has_a_reason(proposal, companies, organiser, now):
    made = keep(proposal, companies[0], None, organiser, now)

    assert made.solution["reasons"][exhibitor_id(companies[0].pk)]["code"] == "by_hand"
    assert made.solution["objective"][0]["proven"] is False


def test_no_letter_says_that_somebody_was_taken_off_a_stand(proposal, companies, stands, organiser, now, monkeypatch):
    told = []
    monkeypatch.setattr("registrations.placement.letters.reason_in_words", lambda reason: told.append(reason) or "")
    made = keep(proposal, companies[0], None, organiser, now)

    publish(proposal=made, by=organiser, at=now)

    assert Letter.objects.filter(to=companies[0].contact_email).count() == 1
    assert BY_HAND not in [reason and reason["code"] for reason in told]


def test_a_move_must_be_possible(event, stands, companies, organiser, now):
    alfa, beta, *_ = companies
    thirsty = an_exhibitor(event, "Ström AB", package=a_package(event, power_w=500))
    PlacingFactory(stand=stands[0], exhibitor=alfa)
    proposal = ready_proposal(event, {beta: stands[3], thirsty: stands[1]}, asked_at=now)
    cases = [
        (alfa, stands[2], "stand_is_given"),
        (beta, stands[0], "stand_is_given"),
        (beta, stands[3], "nothing_moves"),
    ]
    for company, stand, code in cases:
        assert refused(proposal, company, stand, organiser, now) == code
    with pytest.raises(adjusting.UnknownChoice):
        adjusting.try_move(proposal, exhibitor_id(beta.pk), "s999999")


def test_nobody_is_moved_to_a_stand_without_its_power(event, stands, companies, organiser, now):
    thirsty = an_exhibitor(event, "Ström AB", package=a_package(event, power_w=500))
    proposal = ready_proposal(event, {companies[0]: stands[0], thirsty: stands[1]}, asked_at=now)

    assert refused(proposal, thirsty, stands[0], organiser, now) == "does_not_fit"
    assert refused(proposal, companies[0], stands[1], organiser, now) == "does_not_fit"


def test_nobody_is_moved_to_a_stand_that_it_has_said_no_to(event, stands, companies, organiser, now):
    alfa, beta = companies[:2]
    PlacingFactory(stand=stands[0], exhibitor=alfa, told_at=now)
    decline_stand(exhibitor=alfa, stand=stands[0], by=organiser, at=now)
    proposal = ready_proposal(event, {alfa: stands[1], beta: stands[0]}, asked_at=now)

    assert refused(proposal, alfa, stands[0], organiser, now) == "stand_refused"
    assert refused(proposal, beta, stands[1], organiser, now) == "stand_refused"  # alfa would get beta's
    assert keep(proposal, beta, stands[3], organiser, now).arrangement[exhibitor_id(beta.pk)] == stand_id(stands[3].pk)


def test_what_is_published_is_not_moved(proposal, companies, stands, organiser, now):
    publish(proposal=proposal, by=organiser, at=now)

    assert refused(proposal, companies[2], stands[3], organiser, now) == "is_published"


def test_an_adjusted_proposal_is_published_as_it_was_adjusted(proposal, companies, stands, organiser, now):
    made = keep(proposal, companies[2], stands[3], organiser, now)

    publish(proposal=made, by=organiser, at=now)

    companies[2].refresh_from_db()
    assert companies[2].placing.stand == stands[3]


def refused(proposal, company, stand, organiser, now) -> str:
    with pytest.raises(Refusal) as said:
        keep(proposal, company, stand, organiser, now)
    return said.value.code
