"""Companies and their people."""

from datetime import timedelta

import pytest
from django.core import mail

from events.access.models import AuditEntry, Role
from events.errors import Stale
from events.mail.models import Letter
from registrations.organisations import services
from registrations.organisations.models import Membership, MembershipRole, MembershipState, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def test_add_organisation_makes_its_adder_the_owner(now):
    user = factories.UserFactory()

    company = services.add_organisation(
        name="Åkes Ägg & Örter AB", organisation_number="5560125790", municipality=None, by=user, at=now
    )

    membership = company.memberships.get()
    assert (membership.user, membership.role, membership.state) == (
        user,
        MembershipRole.OWNER,
        MembershipState.ACTIVE,
    )
    assert AuditEntry.objects.about(company).get().verb == services.ADDED


def test_add_organisation_refuses_a_number_that_is_taken_and_writes_nothing(now):
    factories.OrganisationFactory(organisation_number="5560125790")

    with pytest.raises(services.CompanyExists):
        services.add_organisation(
            name="Samma AB", organisation_number="5560125790", municipality=None, by=factories.UserFactory(), at=now
        )

    assert Organisation.objects.count() == 1
    assert Membership.objects.count() == 0


def test_add_organisation_keeps_several_without_a_number(now):
    for name in ("Enskild firma 1", "Enskild firma 2"):
        services.add_organisation(
            name=name, organisation_number=None, municipality=None, by=factories.UserFactory(), at=now
        )

    assert Organisation.objects.filter(organisation_number=None).count() == 2


def test_ask_to_join_writes_to_every_owner_once(now):
    company = factories.OrganisationFactory()
    owners = [factories.MembershipFactory(organisation=company).user for _ in range(2)]
    colleague = factories.UserFactory()

    services.ask_to_join(organisation=company, by=colleague, at=now)
    services.ask_to_join(organisation=company, by=colleague, at=now)

    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(owner.email for owner in owners)
    assert company.memberships.asked().get().user == colleague


def test_ask_to_join_a_company_without_owner_asks_the_organisers(now):
    event = factories.EventFactory()
    organiser = factories.UserFactory()
    factories.grant(organiser, Role.ORGANISER, event=event)
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, event=event)

    membership = services.ask_to_join(
        organisation=factories.OrganisationFactory(), by=factories.UserFactory(), at=now, event=event
    )

    assert list(Letter.objects.values_list("to", flat=True)) == [organiser.email]
    assert list(Membership.objects.to_adopt(event)) == [membership]


def test_ask_to_join_refuses_whoever_is_in_already(now):
    membership = factories.MembershipFactory()

    with pytest.raises(services.AlreadyWithCompany):
        services.ask_to_join(organisation=membership.organisation, by=membership.user, at=now)


def test_answer_request_yes_lets_the_colleague_in_and_tells(now, django_capture_on_commit_callbacks):
    company = factories.OrganisationFactory()
    owner = factories.MembershipFactory(organisation=company).user
    asked = factories.MembershipFactory(organisation=company, role=MembershipRole.MEMBER, state=MembershipState.ASKED)

    services.answer_request(membership=asked, welcome=True, by=owner, at=now)

    asked.refresh_from_db()
    assert (asked.state, asked.role) == (MembershipState.ACTIVE, MembershipRole.MEMBER)
    assert list(Letter.objects.values_list("to", flat=True)) == [asked.user.email]
    assert mail.outbox == []  # letters leave with the worker, never in the request


def test_answer_request_makes_the_first_person_of_a_company_its_owner(now):
    event = factories.EventFactory()
    asked = factories.MembershipFactory(role=MembershipRole.MEMBER, state=MembershipState.ASKED, event=event)

    services.answer_request(membership=asked, welcome=True, by=factories.UserFactory(), at=now)

    asked.refresh_from_db()
    assert asked.role == MembershipRole.OWNER


def test_answer_request_no_holds_for_two_weeks(now):
    asked = factories.MembershipFactory(state=MembershipState.ASKED)
    services.answer_request(membership=asked, welcome=False, by=factories.UserFactory(), at=now)

    with pytest.raises(services.TurnedDown):
        services.ask_to_join(organisation=asked.organisation, by=asked.user, at=now + timedelta(days=13))
    services.ask_to_join(organisation=asked.organisation, by=asked.user, at=now + timedelta(days=14))

    assert asked.organisation.memberships.asked().get().user == asked.user


def test_ask_to_join_at_another_event_reaches_that_events_organisers(now):
    first, second = factories.EventFactory.create_batch(2)
    organiser = factories.UserFactory()
    factories.grant(organiser, Role.ORGANISER, event=second)
    company, user = factories.OrganisationFactory(), factories.UserFactory()
    services.ask_to_join(organisation=company, by=user, at=now, event=first)

    services.ask_to_join(organisation=company, by=user, at=now, event=second)

    assert Membership.objects.to_adopt(second).get().user == user
    assert list(Letter.objects.values_list("to", flat=True)) == [organiser.email]


def test_add_organisation_without_number_on_a_double_click_is_one_company(now):
    user = factories.UserFactory()

    for _ in range(2):
        services.add_organisation(name="Firma Ek", organisation_number=None, municipality=None, by=user, at=now)

    assert Organisation.objects.count() == 1


def test_change_organisation_from_a_second_tab_is_stale(now):
    owner = factories.MembershipFactory()
    change = {"organisation": owner.organisation, "seen": 1, "by": owner.user, "at": now}
    services.change_organisation(street="Första gatan 1", **change)

    with pytest.raises(Stale):
        services.change_organisation(street="Andra gatan 2", **change)

    owner.organisation.refresh_from_db()
    assert owner.organisation.street == "Första gatan 1"


def test_make_owner_of_somebody_who_has_left_is_refused(now):
    owner = factories.MembershipFactory()
    colleague = factories.MembershipFactory(organisation=owner.organisation, role=MembershipRole.MEMBER)
    services.remove_member(membership=type(colleague).objects.get(pk=colleague.pk), by=owner.user, at=now)

    with pytest.raises(services.NoLongerThere):
        services.make_owner(membership=colleague, by=owner.user, at=now)


def test_answer_request_twice_is_one_answer(now):
    owner = factories.MembershipFactory()
    asked = factories.MembershipFactory(organisation=owner.organisation, state=MembershipState.ASKED)

    services.answer_request(membership=asked, welcome=True, by=owner.user, at=now)
    services.answer_request(membership=asked, welcome=False, by=owner.user, at=now)

    assert owner.organisation.memberships.active().count() == 2
    assert Letter.objects.count() == 1


def test_remove_member_keeps_the_last_owner(now):
    owner = factories.MembershipFactory()

    with pytest.raises(services.LastOwner):
        services.remove_member(membership=owner, by=owner.user, at=now)


def test_a_colleague_takes_over_when_the_contact_leaves(now):
    owner = factories.MembershipFactory()
    colleague = factories.MembershipFactory(organisation=owner.organisation, role=MembershipRole.MEMBER)

    services.make_owner(membership=colleague, by=owner.user, at=now)
    services.remove_member(membership=owner, by=colleague.user, at=now)

    assert [m.user for m in owner.organisation.memberships.active()] == [colleague.user]
