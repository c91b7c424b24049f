"""What waits for a decision, and what a company should do next."""

from datetime import timedelta

import pytest

from registrations.organisations.models import MembershipRole, MembershipState
from registrations.placement.models import StandOffer
from registrations.placement.pieces import next_steps, waiting_decisions
from registrations.placement.publishing import publish
from tests import factories
from tests.registrations.placement.floors import ready_proposal
from tests.stand_factories import PlacingFactory


@pytest.fixture(autouse=True)
def the_clock_is_the_tests_own(monkeypatch, now):
    monkeypatch.setattr("registrations.placement.pieces.timezone.now", lambda: now)


def counts(event, person) -> list[int]:
    return [one.count for one in waiting_decisions(event, person)]


def test_a_free_stand_waits_for_a_decision_once_stands_are_published(event, stands, companies, organiser, now):
    proposal = ready_proposal(event, dict(zip(companies[:2], stands, strict=False)), asked_at=now)
    assert counts(event, organiser) == []

    publish(proposal=proposal, by=organiser, at=now)

    assert counts(event, organiser) == [2]  # A3 and A4, for Gamma and Delta
    assert counts(event, factories.UserFactory()) == []
    for company, stand in zip(companies[2:], stands[2:], strict=True):
        PlacingFactory(stand=stand, exhibitor=company)
    assert counts(event, organiser) == []


def test_a_company_is_led_to_its_stand_and_its_offer(companies, stands, now):
    person = factories.UserFactory()
    for company in companies[:2]:
        factories.MembershipFactory(
            organisation=company.organisation, user=person, role=MembershipRole.OWNER, state=MembershipState.ACTIVE
        )
    assert next_steps(person, None) == []
    PlacingFactory(stand=stands[0], exhibitor=companies[0], told_at=now)
    until = now + timedelta(days=2)
    StandOffer.objects.create(stand=stands[1], exhibitor=companies[1], offered_at=now, until_at=until)

    assert [step.by for step in next_steps(person, None)] == [None, until]
